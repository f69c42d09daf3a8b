import assert from 'node:assert/strict';
import { RECTIFICATION, askHotline, beginAct, openCase, rate } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';

const COMMENT = '灯还是不亮，没有人来过。';

export const name = 'complaint: assigned, resolved, rated badly, rectification opened, handled again';

export async function run(world) {
  const person = await world.citizen('zhoumin');
  const { number } = await askHotline(person, '和平路12号门前路灯不亮');
  const dispatcher = await world.staff('zhongxiaolan');
  await assign(dispatcher, number);
  const handler = await world.staff('zhaotieshan');
  await resolve(handler, number, '已经派人到现场，更换了灯泡。');
  await openCase(person, number);
  await person.look('case-resolved');
  await person.sees('已经派人到现场，更换了灯泡。');
  await rate(person, '非常不满意', COMMENT);
  await rectification([handler, await world.staff('baixuemei')]);
  await reopen(person, number);
  await assign(dispatcher, number);
  await resolve(handler, number, '重新检修了线路，今晚起正常照明。');
  await openCase(person, number);
  await person.sees('重新检修了线路，今晚起正常照明。');
  assert.equal(await person.link(W.reopen).count(), 0, 'it can be handled again only once');
}

async function assign(dispatcher, number) {
  await beginAct(dispatcher, number, '派单');
  await dispatcher.look('act-assign');
  await dispatcher.page.getByLabel('承办单位').selectOption({ label: '云溪县综合行政执法局' });
  await dispatcher.press('派单');
  await dispatcher.sees('已办理');
}

async function resolve(handler, number, reply) {
  await beginAct(handler, number, '办结答复');
  await handler.look('act-reply');
  await handler.type('答复内容', reply);
  await handler.press('办结答复');
  await handler.sees('已办理');
}

/** It opens with the organ that was rated: whoever handled the request, or the hotline that answers for it. */
async function rectification(desks) {
  for (const desk of desks) {
    await desk.open('/workspace/inbox?item=haochaping-zhenggai&unclaimed=1');
    const cases = desk.page.locator('tbody').getByRole('link');
    for (const href of await cases.evaluateAll((links) => links.map((link) => link.getAttribute('href')).reverse())) {
      await desk.open(href);
      if ((await desk.page.getByText(COMMENT).count()) === 0) continue;
      await desk.sees(RECTIFICATION);
      await desk.look('task-rectification');
      return;
    }
  }
  assert.fail('the bad rating must open a rectification case');
}

async function reopen(person, number) {
  await openCase(person, number);
  await person.follow(W.reopen);
  await person.look('reopen');
  await person.type(W.reopenReason, '灯仍然不亮。');
  await person.press('提交');
  await person.sees('已要求重新办理。');
}
