import { askHotline } from '../harness/steps.mjs';

export const name = 'progress by number and query code, without signing in';

export async function run(world) {
  const person = await world.citizen('linxiaohe');
  const { number, code } = await askHotline(person, '解放街垃圾桶满了没人收');
  const guest = await world.guest();
  await guest.open('/track');
  await guest.look('track');
  await guest.press('查询');
  await guest.errors();
  await guest.look('track-error');
  await guest.type('办件编号', number);
  await guest.type('查询码', 'WRONG234');
  await guest.press('查询');
  await guest.sees('办件编号或者查询码不对，请核对后再试');
  await guest.type('查询码', code);
  await guest.press('查询');
  await guest.reads('办理进度');
  await guest.look('progress');
  await guest.sees('12345 诉求');
  await guest.seesNot('解放街垃圾桶满了没人收');
  await guest.seesNot('林晓禾');
}
