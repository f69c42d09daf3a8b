import { answerGuide, confirmation } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';

export const name = 'my data: what is held, who read it, an objection to one reading; on the phone too';

const PAGES = [['my-data', '/my-data'], ['data-tracker', '/data-tracker']];

export async function run(world) {
  const owner = await world.citizen('linxiaohe');
  await owner.tour(PAGES);
  await (await world.citizen('linxiaohe', 'elder')).tour(PAGES);
  const phone = await world.citizen('linxiaohe', 'phone');
  await phone.tour(PAGES);
  await objects(phone);
}

/** From a line of the tracker to an objection that names it. */
async function objects(owner) {
  await owner.open('/data-tracker');
  await owner.sees('哪些内容');
  await owner.follow(/^提出异议/);
  await owner.look('objection-start');
  await owner.fits();
  await owner.press(W.start);
  await answerGuide(owner, [['您是不是对办件的决定不服？', '不是，是对数据的读取或者内容有异议']]);
  await owner.look('objection-notice');
  await owner.press(W.next);
  await owner.reads('对哪一次读取有异议');
  const reading = await owner.field(/^读取记录或者登记记录的编号/).inputValue();
  if (!reading.startsWith('reading_')) throw new Error(`the reading must be filled in, but there is ${reading}`);
  await owner.look('objection-reading');
  await owner.fits();
  await owner.choose('为什么有异议', '看的内容超出需要');
  await owner.press(W.save);
  await owner.type('具体情况', '核对经营者身份，不需要看住址和联系手机。');
  await owner.choose('希望怎么处理', '说明理由和依据');
  await owner.press(W.save);
  await owner.press(W.save);
  await owner.look('objection-materials');
  await owner.fits();
  await owner.press(W.next);
  await owner.look('objection-check');
  await owner.fits();
  await owner.press(W.next);
  await owner.tick(W.promise);
  await owner.press(W.submit);
  await confirmation(owner);
  await owner.fits();
}
