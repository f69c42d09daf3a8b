import assert from 'node:assert/strict';
import { act, applyForShop, download, openCase } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';

export const name = 'withdrawal: taken back before a decision, told in writing, gone from the desks; after a decision no more';

export async function run(world) {
  const owner = await world.citizen('gaojianjun');
  const clerk = await world.staff('suwanqing');
  const { number } = await applyForShop(owner, '云溪县反悔面包房');
  await act(clerk, number, '予以受理');
  await keepThenWithdraw(owner, number);
  await gone(clerk, await world.staff('tangwenbo'), number);
  await tooLate(world, clerk);
}

async function keepThenWithdraw(owner, number) {
  await openCase(owner, number);
  await owner.follow(W.withdraw);
  await owner.look('withdraw');
  await owner.follow('不撤回');
  await owner.sees('已受理');
  await owner.follow(W.withdraw);
  await owner.press('撤回申请');
  await owner.sees('申请已撤回。');
  await owner.sees('您已撤回这次申请；以后可以重新申请。');
  await owner.look('case-withdrawn');
  assert.equal(await owner.link(W.withdraw).count(), 0, 'it can be taken back only once');
  await download(owner, '撤回申请确认书');
}

async function gone(clerk, approver, number) {
  for (const desk of [clerk, approver]) {
    await desk.open(`/workspace/inbox?number=${encodeURIComponent(number)}`);
    assert.equal(await desk.link(number).count(), 0, 'nothing of it waits for anybody');
    await desk.look('inbox-empty');
  }
}

async function tooLate(world, clerk) {
  const owner = await world.citizen('zhoumin');
  const { number } = await applyForShop(owner, '云溪县已定饼屋');
  await openCase(owner, number);
  await owner.follow(W.withdraw);
  await act(clerk, number, '予以受理');
  await act(await world.staff('tangwenbo'), number, '准予');
  const answered = owner.page.waitForResponse((answer) => answer.request().method() === 'POST');
  await owner.press('撤回申请');
  assert.ok([409, 422].includes((await answered).status()), 'what is decided cannot be taken back');
  await owner.look('withdraw-too-late');
  await openCase(owner, number);
  await owner.sees(/已作出准予决定/);
  assert.equal(await owner.link(W.withdraw).count(), 0);
}
