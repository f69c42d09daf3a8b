import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../harness/places.mjs';
import { actForSelf, openTask } from '../harness/steps.mjs';

export const name = 'the burden meter proposes and the owner changes the item; a consent is asked, given and read under; who follows a dataset is told';

const BURDEN = '/workspace/burden';
const CONSENTS = '/workspace/registers/population/consents';
const ALLOWANCE = 'gaoling-jintie';
const SOURCE = ' "x-prefill": "population.birth_date",';
/** A server learns within a minute of what was published beside it. */
const LEARNT_MS_MAX = 90_000;
const DAUGHTER = '33992119720614012X';

export async function run(world) {
  await consent(world);
  await renewal(world);
  if (world.publish) await proposal(world);
  else console.log('# nothing can be published to this server: no item asks for what registers hold');
}

/** An item forgets a source, anybody proposes the change, its owner adopts it and publishes the item anew. */
async function proposal(world) {
  const folder = await mkdtemp(path.join(tmpdir(), 'zhengshu-package-'));
  try {
    const form = path.join(folder, 'form.json');
    await cp(path.join(ROOT, 'packages', ALLOWANCE), folder, { recursive: true });
    const whole = await readFile(form, 'utf8');
    assert.ok(whole.includes(SOURCE));
    await writeFile(form, whole.replace(SOURCE, ''));
    await world.publish(folder);
    const anybody = await world.staff('suwanqing', 'staff-phone');
    const number = await proposes(anybody);
    const owner = await world.staff('yaozhiqiang');
    await adopts(owner, number);
    // Not the version before: that one was published already, and would change nothing.
    await writeFile(form, whole.replace(SOURCE, ` ${SOURCE}`));
    await world.publish(folder);
    await closes(owner, number);
    await until(anybody, /已采纳/);
    await anybody.look('burden-adopted');
    await anybody.fits();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Loads the page of the burden meter until it says something. */
async function until(who, words) {
  const last = Date.now() + LEARNT_MS_MAX;
  await who.open(BURDEN);
  while ((await who.page.getByText(words).count()) === 0) {
    assert.ok(Date.now() < last, `the burden meter did not say ${words} within ${LEARNT_MS_MAX / 1000} s`);
    await sleep(2000);
    await who.open(BURDEN);
  }
}

async function proposes(anybody) {
  await until(anybody, /提出减负建议/);
  await anybody.sees('出生日期');
  await anybody.look('burden-avoidable');
  await anybody.fits();
  await anybody.press(/^提出减负建议/);
  await anybody.sees(/已立件/);
  await anybody.look('burden-proposed');
  await anybody.fits();
  const [, number] = (await anybody.page.locator('main').innerText()).match(/已立件(\S+?)，送事项主管单位/);
  assert.equal(await anybody.page.getByRole('button', { name: /^提出减负建议/ }).count(), 0, 'it is proposed once');
  return number;
}

async function adopts(owner, number) {
  await openTask(owner, number);
  await owner.sees('办事减负建议');
  await owner.sees('云溪县民政局');
  await owner.look('task-proposal');
  const difference = await owner.fetch(owner.link('下载规程包差异'));
  assert.match(difference.body.toString(), /^\+.*population\.birth_date/m);
  await owner.press('同意');
  await owner.sees('已办理');
}

async function closes(owner, number) {
  await openTask(owner, number);
  await owner.press('办结答复…');
  await owner.type('答复内容', '已恢复出生日期的免填来源，新版本自今天起施行。');
  await owner.press('办结答复');
  await owner.sees('已办理');
}

/** A clerk asks with mistakes and then right; the daughter agrees on her phone; the clerk reads under it, and she sees the reading. */
async function consent(world) {
  const clerk = await world.staff('zouyihan');
  await clerk.open(CONSENTS);
  await clerk.look('consents-desk');
  await clerk.type(/^目的/, '核对转学片区');
  await clerk.press('征求同意');
  assert.ok((await clerk.errors()).length >= 4);
  await clerk.look('consents-errors');
  assert.equal(await clerk.field(/^目的/).inputValue(), '核对转学片区');
  await clerk.type(/^本人的证件号码/, DAUGHTER);
  await clerk.type(/^事由/, '转学免交户口簿');
  await clerk.tick('住址');
  await clerk.type(/^截止日期/, day(120));
  await clerk.press('征求同意');
  await clerk.sees(/已征求同意，编号/);
  const row = clerk.page.getByRole('row').filter({ hasText: '转学免交户口簿' }).first();
  assert.match(await row.innerText(), /等待答复/);
  const id = (await row.locator('code').innerText()).trim();
  await refused(clerk, id);
  const daughter = await world.citizen('zhoumin', 'phone');
  await actForSelf(daughter);
  await daughter.open('/consents');
  await daughter.sees('核对转学片区');
  await daughter.press(/^同意.*转学免交户口簿/);
  await daughter.sees('您已同意，可以随时撤回。');
  await clerk.open(CONSENTS);
  assert.match(await row.innerText(), /有效/);
  await clerk.look('consents-given');
  await reads(clerk, id);
  await clerk.sees('本次查询已记入当事人的数据使用踪迹。');
  await clerk.look('record-under-consent');
  await daughter.open('/data-tracker');
  await daughter.sees(/云溪县教育局/);
  await daughter.look('tracker-consent');
  await daughter.fits();
}

/** Before she has agreed nothing is read. */
async function refused(clerk, id) {
  await reads(clerk, id);
  assert.match((await clerk.errors()).join(' '), /同意/);
  await clerk.seesNot('滨溪路');
}

async function reads(clerk, id) {
  await clerk.open('/workspace/registers/population/read');
  await clerk.type('公民身份号码', DAUGHTER);
  await clerk.tick('住址');
  await clerk.choose('显示方式', '显示原值');
  await clerk.type('用途', '核对转学片区');
  await clerk.type(/^法律依据/, '个人信息保护法 第十三条');
  await clerk.type(/^同意编号/, id);
  await clerk.press('查询并留痕');
}

function day(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Who follows a dataset finds a message once its organ has published it anew: described, scanned, approved twice, published. */
async function renewal(world) {
  const reader = await world.citizen('zhoumin', 'phone');
  await reader.open('/data/parks');
  await reader.press('订阅更新');
  const clerk = await world.staff('zhaotieshan');
  await clerk.open('/workspace/data');
  await clerk.follow('公园绿地');
  const dataset = clerk.path;
  await clerk.follow('修改说明');
  await clerk.look('dataset-edit');
  await clerk.type('联系电话', '0999-6000078');
  await clerk.press('保存');
  await clerk.press('提交检查');
  await clerk.sees('已提交并检查完毕，结果见下。');
  const head = await world.staff('panguohua');
  await step(head, dataset, '本单位审核通过');
  await step(await world.staff('chengsiyuan'), dataset, '主管部门审核通过');
  await head.open(dataset);
  await head.type('原因或更新说明', '更新了联系电话。');
  await head.press('发布');
  await head.sees('已发布，公众现在可以看到。');
  await reader.open('/messages');
  await reader.sees('我订阅的数据集有更新');
  await reader.sees('更新了联系电话。');
  await reader.look('messages-renewed');
  await reader.fits();
  await reader.press('全部标为已读');
  await reader.seesNot('未读');
  await reader.follow('公园绿地');
  await reader.press('取消订阅');
}

async function step(official, dataset, label) {
  await official.open(dataset);
  await official.look('dataset-step');
  await official.press(label);
  await official.sees(new RegExp(label));
}
