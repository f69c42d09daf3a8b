import assert from 'node:assert/strict';
import { act, applyForShop, openCase } from '../harness/steps.mjs';

export const name = 'absence: the substitute sees and handles the task of a colleague, and no more once the colleague is back';

/** Days from today, as the control for dates wants them. */
const day = (days) => new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });

export async function run(world) {
  const owner = await world.citizen('gaojianjun');
  const { number } = await applyForShop(owner, '云溪县代岗烧饼店');
  await act(await world.staff('duxiaochuan'), number, '予以受理');
  const substitute = await world.staff('luohuimin');
  await waitsFor(substitute, number, 0);
  await arrange(await world.staff('fangyuanzhi'));
  await waitsFor(substitute, number, 1);
  await substitute.look('inbox-substitute');
  await act(substitute, number, '准予');
  await openCase(owner, number);
  await owner.sees(/已作出准予决定/);
  await back(world, owner, substitute);
}

async function waitsFor(official, number, count) {
  await official.open(`/workspace/inbox?number=${encodeURIComponent(number)}`);
  assert.equal(await official.link(number).count(), count);
}

/** The head arranges it; what is missing is named, and what was chosen is kept. */
async function arrange(head) {
  await head.open('/workspace/absence');
  await head.pick('离岗人员', '唐文博');
  await head.type('第一天', day(0));
  await head.press('登记');
  assert.ok((await head.errors()).length >= 2);
  await head.look('absence-errors');
  assert.equal(await head.field('第一天').inputValue(), day(0));
  await head.type('最后一天', day(3));
  await head.pick('代岗人', '罗惠敏');
  await head.press('登记');
  await head.sees('已保存。');
  await head.sees('离岗中');
  await head.look('absence-recorded');
}

async function back(world, owner, substitute) {
  const approver = await world.staff('tangwenbo');
  await approver.open('/workspace/absence');
  await approver.look('absence-own');
  await approver.press('销假');
  const { number } = await applyForShop(owner, '云溪县回岗烧饼店');
  await act(await world.staff('suwanqing'), number, '予以受理');
  await waitsFor(substitute, number, 0);
  await waitsFor(approver, number, 1);
}
