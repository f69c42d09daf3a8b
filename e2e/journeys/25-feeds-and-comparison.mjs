import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { openTask } from '../harness/steps.mjs';

export const name = 'feeds are started, delivered, stopped, resumed and replayed, rows set aside given up; two sources are compared, a register examined';

const FEEDS = '/workspace/exchange/feeds';
const DELIVERIES = '/workspace/exchange/deliveries';
const COMPARE = '/workspace/quality/compare';
const RECEIVER = '云溪县应急管理局业务系统';
const REGISTER = '标准地址和地名库';
/** The server delivers every ten seconds. */
const DELIVERED_MS_MAX = 60_000;
/** Behind the documents that the worker has still to make after the town was made. */
const EXAMINED_MS_MAX = 240_000;
const SIGNS = csv('门牌.csv', '编号,名称\n3399210010001,溪口街道\nM-1,长安路\nM-2,永安路\nM-2,永安路\nM-3,平安路\n');
const PLACES = csv('地名.csv', 'code,name\nM-1,长安大道\nM-2,永安路\nM-4,新安路\n');

function csv(file, text) {
  return { name: file, mimeType: 'text/csv', buffer: Buffer.from(text) };
}

export async function run(world) {
  const head = await world.staff('tongjianguo');
  await starts(head);
  await stopsAndResumes(await world.staff('tongjianguo', 'staff-phone'), await world.staff('shaojing', 'staff-phone'));
  await replays(head);
  await givesUp(await world.staff('leizhenyu', 'staff-phone'));
  const officer = await world.staff('kejiayi');
  const corrections = [await comparesFiles(await world.staff('kejiayi', 'plain')), await comparesARegister(officer)];
  await examines(await world.staff('chengsiyuan', 'staff-phone'));
  const keeper = await world.staff('shaojing');
  for (const number of corrections) {
    await openTask(keeper, number);
    await keeper.sees('数据质量整改');
    await keeper.look('task-correction-of-data');
  }
}

/** The feed to a receiver; of one that was just begun there is none yet. */
function feedTo(head, receiver) {
  return head.page.locator('.zs-action').filter({ has: head.page.getByRole('heading', { name: receiver }) });
}

/** First with mistakes, of which nothing typed is lost; then right, until every change has arrived; and not a second time. */
async function starts(head) {
  await head.open(FEEDS);
  await head.press('开始');
  assert.equal((await head.errors()).length, 3);
  await head.look('feed-empty');
  await head.pick('发送的子系统', '云溪县自然资源和规划局业务系统');
  await head.pick('登记', REGISTER);
  await head.pick('接收方', '其他节点：云北县人民法院');
  await head.type(/^接收服务的代码/, '地名/变更');
  await head.press('开始');
  await head.errors();
  await head.look('feed-errors');
  assert.equal(await head.field(/^接收服务的代码/).inputValue(), '地名/变更');
  assert.match(await head.field('登记').locator('option:checked').innerText(), new RegExp(REGISTER));
  await begin(head);
  await head.sees('已办理。');
  await delivered(head);
  await head.look('feed-delivered');
  await begin(head);
  assert.match((await head.errors()).join(' '), /已经送往这项服务/);
}

async function begin(head) {
  await head.pick('发送的子系统', '云溪县自然资源和规划局业务系统');
  await head.pick('登记', REGISTER);
  await head.pick('接收方', `${RECEIVER} · 地名地址变更接收`);
  await head.type(/^接收服务的代码/, '');
  await head.press('开始');
}

/** Waits until nothing of the feed is on its way. */
async function delivered(head) {
  const last = Date.now() + DELIVERED_MS_MAX;
  const text = async () => (await feedTo(head, RECEIVER).innerText()).replace(/\s+/g, ' ');
  while (!/已送达到 第[1-9]\d*项变更 待送达 没有/.test(await text())) {
    assert.ok(Date.now() < last, `the changes did not arrive within ${DELIVERED_MS_MAX / 1000} s: ${await text()}`);
    await sleep(1000);
    await head.open(FEEDS);
  }
}

/** What is loaded while a feed is stopped waits, and arrives once it is resumed. */
async function stopsAndResumes(head, clerk) {
  await head.open(FEEDS);
  const feed = feedTo(head, RECEIVER);
  const stop = async (reason) => {
    await feed.getByLabel('停止的原因').fill(reason);
    await Promise.all([head.page.waitForNavigation(), feed.getByRole('button', { name: '停止' }).click()]);
  };
  await stop('');
  assert.match((await head.errors()).join(' '), /没有写明原因/);
  await head.look('feed-stop-errors');
  await head.fits();
  await stop('接收方机房检修');
  await head.sees('停止的原因：接收方机房检修');
  await loads(clerk);
  await head.open(FEEDS);
  assert.match(await feed.innerText(), /2项变更/);
  await head.look('feed-stopped');
  await head.fits();
  await Promise.all([head.page.waitForNavigation(), feed.getByRole('button', { name: '恢复' }).click()]);
  await delivered(head);
}

/** Two new places, of whose file a third row does not fit. */
async function loads(clerk) {
  await clerk.open('/workspace/registers/addresses/load');
  await clerk.press('检查并导入');
  await clerk.errors();
  await clerk.look('register-load-errors');
  await clerk.fits();
  const rows = ['place_code,kind,name,address,division', 'E2E-1,road,城关镇长安路,,339921100', 'E2E-2,road,城关镇永安路,,339921100', 'E2E-3,river,云溪,,339921'];
  await clerk.upload(/^文件/, csv('新地名.csv', rows.join('\n')));
  await clerk.press('检查并导入');
  await clerk.sees('文件已处理，请查看报告。');
  await clerk.look('register-load-report');
  await clerk.fits();
}

/** Nobody answered for a day; the organ has it tried once more. */
async function replays(head) {
  await head.open(FEEDS);
  const feed = feedTo(head, '云北县人民法院');
  assert.match(await feed.innerText(), /连续8次没有送到，已搁置/);
  await head.press('重放');
  await head.sees('已办理。');
  assert.match(await feed.innerText(), /投递中/);
}

/** A row that does not fit is tried again, and given up with a reason. */
async function givesUp(receiver) {
  await receiver.open(DELIVERIES);
  await receiver.look('rows-set-aside');
  await receiver.fits();
  const rows = receiver.page.locator('.zs-action');
  const count = await rows.count();
  assert.ok(count > 0, 'rows must be set aside');
  await receiver.press('重放');
  await receiver.sees(/这一行仍不符合服务登记的数据项/);
  await receiver.press('放弃');
  assert.match((await receiver.errors()).join(' '), /没有写明原因/);
  await receiver.look('rows-set-aside-errors');
  await receiver.fits();
  await receiver.page.getByLabel('放弃的原因').first().fill('与住建局核实，该消火栓已拆除');
  await receiver.press('放弃');
  await receiver.sees('已处理。');
  assert.equal(await rows.count(), count - 1);
}

/** Two files; without script. Answers the number of the case that corrects. */
async function comparesFiles(officer) {
  await officer.open(COMPARE);
  await officer.type('核对哪几列（可不填）', '名称=name');
  await officer.press('比对');
  assert.equal((await officer.errors()).length, 3);
  assert.equal(await officer.field('核对哪几列（可不填）').inputValue(), '名称=name');
  await officer.upload(/^甲方：文件/, SIGNS);
  await officer.upload(/^乙方：文件/, PLACES);
  await officer.type(/^按哪几列比对/, '号码=code');
  await officer.press('比对');
  assert.match((await officer.errors()).join(' '), /没有名为“号码”的列/);
  await officer.upload(/^甲方：文件/, SIGNS);
  await officer.upload(/^乙方：文件/, PLACES);
  await officer.type(/^按哪几列比对/, '编号=code');
  await officer.press('比对');
  await officer.sees('比对完成。');
  assert.deepEqual([await officer.fact('甲方'), await officer.fact('乙方')], ['门牌.csv（5）', '地名.csv（3）']);
  assert.deepEqual([await officer.fact('内容不一致'), await officer.fact('只在乙方')], ['1', '1']);
  await officer.seesNot('长安大道');
  await officer.press(/^立件交办整改/);
  await officer.errors();
  await officer.pick('由哪个单位整改', '云溪县自然资源和规划局');
  await officer.press(/^立件交办整改/);
  await officer.sees('已立件交办整改。');
  return numberOfCase(officer);
}

/** A register against a file: its keeper corrects. */
async function comparesARegister(officer) {
  await officer.open(COMPARE);
  await officer.press('比对');
  await officer.errors();
  await officer.look('compare-errors');
  await officer.pick('甲方：登记', REGISTER);
  await officer.upload(/^乙方：文件/, csv('街道.csv', '编号,名称\n3399210010001,溪口街道办事处\nX-1,不在册\n'));
  await officer.type(/^按哪几列比对/, 'place_code=编号');
  await officer.type('核对哪几列（可不填）', 'name=名称');
  await officer.press('比对');
  await officer.sees('比对完成。');
  await officer.look('comparison');
  assert.match(await officer.fact('甲方'), new RegExp(REGISTER));
  assert.deepEqual([await officer.fact('内容不一致'), await officer.fact('只在乙方')], ['1', '1']);
  await officer.press(/^立件交办整改/);
  await officer.sees('已立件交办整改。');
  await officer.look('comparison-sent');
  return numberOfCase(officer);
}

/** Has a register examined at once, and opens what was found. */
async function examines(owner) {
  const quality = '/workspace/quality/macro-economy';
  await owner.open(quality);
  const runs = owner.page.locator('main a[href*="/runs/"]');
  const before = await runs.count();
  await owner.press('立即检查');
  await owner.sees('已安排检查，完成后结果显示在本页。');
  const last = Date.now() + EXAMINED_MS_MAX;
  while ((await runs.count()) === before) {
    assert.ok(Date.now() < last, `the register was not examined within ${EXAMINED_MS_MAX / 1000} s`);
    await sleep(1000);
    await owner.open(quality);
  }
  await owner.tour([['quality-run', await runs.first().getAttribute('href')]]);
}

async function numberOfCase(officer) {
  return (await officer.page.locator('main a[href^="/workspace/cases/"]').first().innerText()).trim();
}
