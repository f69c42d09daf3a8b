import assert from 'node:assert/strict';

export const name = 'English: guide, form and errors are in English, and in whole sentences';

export async function run(world) {
  const owner = await world.citizen('gaojianjun');
  await owner.open('/preferences?lang=en&back=/items/12345-suqiu');
  await owner.reads('12345 request');
  await owner.look('item-en');
  await owner.press('Apply online');
  await owner.press(/^Start (now|another application)$/);
  for (const question of [/^Is anyone in danger now/, /^Is the matter before a court/]) {
    await owner.reads(question);
    await owner.choose(question, 'No');
    await owner.press('Continue');
  }
  await owner.press('Continue');
  await owner.type('Short description', 'Hm');
  await owner.press('Save and continue');
  await owner.look('form-errors-en');
  const errors = await owner.errors();
  assert.deepEqual(errors, [
    'Select the kind of request',
    'The short description must have at least 4 characters; add what is missing',
    'Enter the details and the outcome you want',
  ]);
}
