import { RECTIFICATION, askHotline, beginAct, openCase, rate } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';

export const name = 'complaint: assigned, resolved, rated badly, rectification opened, handled again';

export async function run(world) {
  const person = await world.citizen('zhoumin');
  const { number } = await askHotline(person, '和平路12号门前路灯不亮');
  await assign(await world.staff('zhongxiaolan'), number);
  const handler = await world.staff('zhaotieshan');
  await resolve(handler, number, '已经派人到现场，更换了灯泡。');
  await openCase(person, number);
  await person.look('case-resolved');
  await person.sees('已经派人到现场，更换了灯泡。');
  await rate(person, '非常不满意', '灯还是不亮，没有人来过。');
  await rectification(handler);
  await reopen(person, number);
  await resolve(handler, number, '重新检修了线路，今晚起正常照明。');
}

async function assign(dispatcher, number) {
  await beginAct(dispatcher, number, '派单');
  await dispatcher.look('act-assign');
  await dispatcher.page.getByLabel('承办单位').selectOption({ label: '云溪县城市管理局' });
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

async function rectification(handler) {
  await handler.open('/workspace/inbox?item=haochaping-zhenggai');
  await handler.sees(RECTIFICATION);
  await handler.page.locator('tbody').getByRole('link').last().click();
  await handler.sees('灯还是不亮，没有人来过。');
  await handler.look('task-rectification');
}

async function reopen(person, number) {
  await openCase(person, number);
  await person.follow(W.reopen);
  await person.look('reopen');
  await person.type(W.reopenReason, '灯仍然不亮。');
  await person.press('提交');
  await person.sees('已要求重新办理。');
}
