// What several journeys do on their way.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { LEASE } from './files.mjs';
import { W } from './words.mjs';

export const SHOP = '个体工商户设立登记';
export const ALLOWANCE = '高龄津贴';
export const REQUEST = '12345 诉求';
export const RECTIFICATION = '好差评整改';
export const PERMIT = '食品经营许可';
export const MATERIAL_LEASE = '经营场所租赁合同';

const PDF_MS_MAX = 240_000;

/** Answers guide questions: pairs of question and answer. */
export async function answerGuide(who, answers) {
  for (const [question, answer] of answers) {
    await who.reads(question);
    await who.look('guide');
    await who.choose(question, answer);
    await who.press(W.next);
  }
}

/** Begins an application for a shop in rented rooms and goes as far as the first page of the form. */
export async function beginShop(who) {
  await who.open('/items/geti-shangpu-dengji/apply');
  await who.look('apply');
  await who.press(W.start);
  await answerGuide(who, [
    ['谁来当经营者？', '内地居民'],
    ['经营者是在职公务员吗？', '不是'],
    ['在哪里经营？', '租的店面、摊位、办公室'],
    ['要不要给店起一个登记名称？', '要名称'],
    ['要做的生意需要许可证吗？', '需要，领执照后再办（餐饮、食品销售、美容美发、旅馆等）'],
  ]);
  await who.look('notice');
  await who.press(W.next);
  await who.reads('经营者');
}

/** Fills in the form of a shop from its first page. */
export async function fillShop(who, name) {
  await who.look('form');
  await who.press(W.save);
  await who.choose('组成形式', '个人经营');
  await who.press(W.save);
  await who.type('名称', name);
  await who.press(W.save);
  await who.pick('主营行业', '餐饮服务');
  await who.type('经营范围', '餐饮服务；食品销售');
  await who.press(W.save);
  await who.pick('经营场所所在区划', '城关镇');
  await who.type('经营场所详细地址', '云溪县城关镇解放街88号一层');
  await who.press(W.save);
  await who.type('从业人数', '3');
  await who.press(W.save);
}

export async function handInLease(who, file = LEASE) {
  await handIn(who, MATERIAL_LEASE, file);
}

/** Chooses the file of a material and sends it. */
async function handIn(who, material, file) {
  await who.upload(`上传${material}`, file);
  await who.pressIn(`上传${material}`, '上传');
}

/** From the materials page over the check to the confirmation; answers `{ number, code }`. */
export async function submit(who) {
  await who.look('check');
  await who.press(W.next);
  await who.look('submit');
  await who.tick(W.promise);
  await who.press(W.submit);
  return confirmation(who);
}

/** Reads number and query code of the confirmation. */
export async function confirmation(who) {
  const panel = who.page.locator('.govuk-panel');
  await panel.waitFor();
  await who.look('submitted');
  const [number, code] = await panel.locator('strong').allInnerTexts();
  assert.ok(number && code, 'the confirmation must show number and query code');
  return { number: number.trim(), code: code.trim() };
}

/** An application for a shop, from its start to the confirmation. */
export async function applyForShop(who, name) {
  await beginShop(who);
  await fillShop(who, name);
  await who.look('materials');
  await handInLease(who);
  await who.sees(LEASE.name);
  await who.press(W.next);
  return submit(who);
}

/** An application for a food permit on behalf of a company, from its start to the confirmation. */
export async function applyForPermit(who, company) {
  await actFor(who, company);
  await who.open('/items/shipin-jingying-xuke/apply');
  await who.sees(company);
  await who.press(W.start);
  await answerGuide(who, [
    ['有营业执照（或者其他主体资格）了吗？', '有'],
    ['您经营哪些食品？', '制作并销售餐食、饮品、糕点'],
    ['经营用水来自哪里？', '市政自来水'],
    ['经营面积有多大？', '不足300平方米'],
  ]);
  await who.press(W.next);
  await fillPermit(who);
  await who.look('materials-permit');
  for (const material of PERMIT_MATERIALS) {
    await handIn(who, material, { ...LEASE, name: `${material}.pdf` });
    await who.sees(`${material}.pdf`);
  }
  await who.press(W.next);
  return submit(who);
}

const PERMIT_MATERIALS = ['经营场所布局平面图', '主要设备设施清单', '食品加工操作流程', '保证食品安全的规章制度', '从业人员健康证明'];

async function fillPermit(who) {
  await who.reads('经营者');
  await who.look('form-company');
  await who.type('联系手机', '13800000003');
  await who.press(W.save);
  await who.choose('主体业态', '餐饮服务经营者');
  await who.tick('热食类食品制售');
  await who.tick('自制饮品制售');
  await who.choose('是否通过网络经营', '否');
  await who.look('form-choices');
  await who.press(W.save);
  await who.pick('经营场所所在区划', '白石镇');
  await who.type('经营场所面积（平方米）', '120');
  await who.type('食品处理区面积（平方米）', '40');
  await who.press(W.save);
  await who.type('从业人数', '6');
  await who.type('食品安全管理人员姓名', '沈丽娟');
  await who.press(W.save);
  await who.choose('希望什么时间核查', '都可以');
  await who.press(W.save);
}

/** From now on for oneself again. */
export async function actForSelf(who) {
  await who.open('/act-for');
  await who.choose('您为谁办理？', /我自己/);
  await who.press('继续');
}

/** From now on for somebody else. */
export async function actFor(who, name) {
  await who.open('/act-for');
  await who.look('act-for');
  await who.choose('您为谁办理？', name);
  await who.press('继续');
  await who.sees(new RegExp(`代.*${name}`));
}

/** A request to the hotline. */
export async function askHotline(who, title) {
  await who.open('/items/12345-suqiu/apply');
  await who.press(W.start);
  await answerGuide(who, [
    ['现在有人身危险、火情、急病或者交通事故吗？', '没有'],
    ['这件事正在法院、仲裁、复议或者信访办理吗？', '没有'],
  ]);
  await who.press(W.next);
  await who.choose('诉求类别', '投诉');
  await who.type('一句话说明', title);
  await who.type('具体情况和希望怎么解决', '夜里路灯不亮已经一周，老人出门容易摔倒，希望尽快修好。');
  await who.press(W.save);
  await who.pick('事发地区划', '城关镇');
  await who.type('详细地点', '城关镇和平路12号门前');
  await who.press(W.save);
  await who.choose('需要电话答复吗', '是');
  await who.choose('是否要求身份保密', '否');
  await who.press(W.save);
  await who.press(W.next);
  return submit(who);
}

/** Opens the task of a case in the inbox. */
export async function openTask(clerk, number) {
  await clerk.open(`/workspace/inbox?number=${encodeURIComponent(number)}`);
  await clerk.look('inbox');
  await clerk.follow(number);
  await clerk.look('task');
}

/** Makes an act for which nothing need be said. */
export async function act(clerk, number, label) {
  await openTask(clerk, number);
  await clerk.press(label);
  await clerk.sees('已办理');
}

/** Chooses an act that asks for something, and goes to its form. */
export async function beginAct(clerk, number, label) {
  await openTask(clerk, number);
  await clerk.press(`${label}…`);
}

/** Tells an applicant once what is missing: the lease and the address. */
export async function requestCorrection(clerk, number) {
  await beginAct(clerk, number, '一次性告知补正');
  await clerk.look('act-correction');
  const item = (n) => clerk.page.getByRole('group', { name: `补正项${n}`, exact: true });
  await item(1).getByLabel('字段或材料').selectOption({ label: MATERIAL_LEASE });
  await item(1).getByLabel('需要怎样补正').fill('合同缺少最后一页的签名，请上传完整的合同。');
  await item(2).getByLabel('字段或材料').selectOption({ label: '经营场所详细地址' });
  await item(2).getByLabel('需要怎样补正').fill('请写到门牌号和楼层。');
  await clerk.press('一次性告知补正');
  await clerk.sees('已办理');
}

/** Opens one of my cases by its number. */
export async function openCase(who, number) {
  await who.open('/cases');
  await who.look('cases');
  await who.follow(new RegExp(`^查看.*${number}`));
  await who.sees(number);
}

/** Downloads a document of the case now shown, once it has been made. */
export async function download(who, name) {
  const link = who.page.getByRole('link', { name: new RegExp(`下载.*${name}`) }).first();
  const last = Date.now() + PDF_MS_MAX;
  while ((await link.count()) === 0) {
    assert.ok(Date.now() < last, `${name} was not made within ${PDF_MS_MAX / 1000} s`);
    await sleep(500);
    await who.page.reload();
  }
  const { status, type, body } = await who.fetch(link);
  assert.equal(status, 200);
  assert.match(type, /application\/pdf/);
  assert.equal(body.subarray(0, 5).toString('latin1'), '%PDF-', `${name} must be a PDF`);
  return body;
}

/** Rates the case now shown. */
export async function rate(who, level, comment) {
  await who.press(W.rate);
  await who.look('rate');
  await who.page.getByRole('radio', { name: new RegExp(`^${level}`) }).check();
  await who.press(W.next);
  await who.look('rate-why');
  await who.type(W.ratingComment, comment);
  await who.press(W.sendRating);
}
