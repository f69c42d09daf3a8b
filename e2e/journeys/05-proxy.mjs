import { actFor, actForSelf, answerGuide, confirmation, download, openCase } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';

export const name = 'proxy: a daughter applies for her father, who is granted the allowance at once with an explanation';

export async function run(world) {
  const daughter = await world.citizen('zhoumin');
  await actFor(daughter, '周德全');
  await daughter.open('/delegations');
  await daughter.look('delegations');
  await daughter.open('/items/gaoling-jintie');
  await daughter.press(W.apply);
  await daughter.sees('周德全');
  await daughter.look('apply-proxy');
  await daughter.press(W.start);
  await answerGuide(daughter, [['为谁申请？', '为家里老人'], ['老人现在在领高龄津贴吗？', '没有']]);
  await daughter.press(W.next);
  await fill(daughter);
  const { number } = await confirmation(daughter);
  await openCase(daughter, number);
  await daughter.look('case-granted');
  await daughter.sees(/60元/);
  await daughter.sees(/人口库/);
  await daughter.sees(/要求由工作人员复核/);
  await download(daughter, '高龄津贴审批告知书');
  await backToMyself(daughter, number);
}

async function fill(daughter) {
  await daughter.look('form-prefilled');
  await daughter.press(W.save);
  await daughter.type('开户银行', '云溪农商银行');
  await daughter.type('老年人本人账户', '6228480000000000018');
  await daughter.press(W.save);
  await daughter.choose(/是否要求由工作人员审批/, '否');
  await daughter.press(W.save);
  await daughter.press(W.next);
  await daughter.press(W.next);
  await daughter.tick(W.promise);
  await daughter.press(W.submit);
}

/** For herself again, she does not see her father's cases among her own. */
async function backToMyself(daughter, number) {
  await actForSelf(daughter);
  await daughter.open('/cases');
  await daughter.seesNot(number);
}
