import assert from 'node:assert/strict';
import { applyForShop, beginShop, openTask } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';

export const name = 'two windows: the later one is told, and keeps what was typed';

export async function run(world) {
  await drafts(world);
  await clerks(world);
}

/** One draft in two windows of the same person. */
async function drafts(world) {
  const first = await world.citizen('gaojianjun', 'plain');
  await beginShop(first);
  const second = await world.citizen('gaojianjun', 'plain');
  await second.open(first.path);
  await first.type('联系手机', '13800000018');
  await first.press(W.save);
  await second.type('联系手机', '13800000028');
  const answered = second.page.waitForResponse((answer) => answer.request().method() === 'POST');
  await second.press(W.save);
  assert.equal((await answered).status(), 409);
  assert.equal(await second.field('联系手机').inputValue(), '13800000028');
  await second.press(W.save);
  await second.sees('组成形式');
}

/** One task before two clerks of the same post. */
async function clerks(world) {
  const owner = await world.citizen('shenlijuan');
  const { number } = await applyForShop(owner, '云溪县两窗豆花店');
  const first = await world.staff('suwanqing');
  const second = await world.staff('duxiaochuan');
  await openTask(first, number);
  await openTask(second, number);
  await first.press('予以受理');
  await first.sees('已办理');
  const answered = second.page.waitForResponse((answer) => answer.request().method() === 'POST');
  await second.press('予以受理');
  assert.equal((await answered).status(), 409);
  await second.sees('这个环节已经由同岗位的人办完');
  await second.look('task-overtaken');
}
