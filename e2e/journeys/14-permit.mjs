import assert from 'node:assert/strict';
import { PERMIT, act, actForSelf, applyForPermit, beginAct, download, openCase, openTask } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';

export const name = 'food permit: for a company, visited by two officers, paused for inspection, extended by the head, granted';

const COMPANY = '云溪县山泉食品有限公司';
const FINDINGS = '布局与图纸一致，冷藏、消毒、洗手设施齐全，抽样检验合格。';
const WHY = '复检样品需要送市级机构，负责人批准延长。';

export async function run(world) {
  const accountant = await world.citizen('shenlijuan');
  const { number } = await applyForPermit(accountant, COMPANY);
  await act(await world.staff('suwanqing'), number, '予以受理');
  await act(await world.staff('hansonglin'), number, '审查通过');
  const inspector = await world.staff('chenlixing');
  await pause(inspector, accountant, number);
  await goOn(inspector, number);
  await extend(await world.staff('fangyuanzhi'), accountant, number);
  await visit(inspector, number);
  await act(await world.staff('tangwenbo'), number, '准予');
  await permit(accountant, number);
}

/** 行政许可法 第四十五条: the clock stands still, and meanwhile nothing is decided. */
async function pause(inspector, accountant, number) {
  await openTask(inspector, number);
  await inspector.look('task-visit');
  await inspector.press('中止计时（特别程序）…');
  await inspector.look('suspend');
  await inspector.press('中止计时');
  await inspector.errors();
  await inspector.look('suspend-errors');
  await inspector.choose('事由', '检验');
  await inspector.type('预计需要的天数', '6');
  await inspector.press('中止计时');
  await inspector.sees('已中止计时，并告知申请人。');
  await inspector.look('case-suspended');
  assert.equal(await inspector.button('核查合格…').count(), 0, 'a case that is paused cannot be handled');
  await openCase(accountant, number);
  await accountant.look('case-suspended');
  await accountant.sees(/特别程序/);
  await download(accountant, '特别程序告知书');
}

async function goOn(inspector, number) {
  await openTask(inspector, number);
  await inspector.press('结束特别程序，恢复计时…');
  await inspector.look('resume');
  await inspector.press('恢复计时');
  await inspector.sees('已恢复计时。');
}

/** 行政许可法 第四十二条: once, by the head, at most ten working days. */
async function extend(head, accountant, number) {
  await head.open(`/workspace/cases?number=${encodeURIComponent(number)}`);
  await head.follow(number);
  await head.press('延长办理期限…');
  await head.look('extend');
  await head.type('延长多少个工作日', '11');
  await head.type('理由（告知申请人）', WHY);
  await head.press('批准延长');
  await head.errors();
  await head.look('extend-errors');
  assert.equal(await head.field('理由（告知申请人）').inputValue(), WHY);
  await head.type('延长多少个工作日', '10');
  await head.press('批准延长');
  await head.sees(/已延长至.*并告知申请人/);
  assert.equal(await head.button('延长办理期限…').count(), 0, 'it is extended only once');
  await openCase(accountant, number);
  await accountant.look('case-extended');
  await download(accountant, '延长办理期限告知书');
}

/** 行政许可法 第三十四条: two officers or more. */
async function visit(inspector, number) {
  await beginAct(inspector, number, '核查合格');
  await inspector.look('act-visit');
  await inspector.type('核查人员1', '陈立行（执法证号3399210101）');
  await inspector.type('核查情况', FINDINGS);
  await inspector.press('核查合格');
  await inspector.errors();
  await inspector.look('act-visit-errors');
  assert.equal(await inspector.field('核查情况').inputValue(), FINDINGS);
  await inspector.type('核查人员2', '吴清平（执法证号3399210102）');
  await inspector.press('核查合格');
  await inspector.sees('已办理');
}

async function permit(accountant, number) {
  await openCase(accountant, number);
  await accountant.sees(/已作出准予决定/);
  await accountant.look('case-permit');
  await download(accountant, `${PERMIT}证`);
  await accountant.open('/certificates');
  await accountant.sees(COMPANY);
  await accountant.look('certificates-company');
  await accountant.open('/items/gaoling-jintie/apply');
  await accountant.sees(/给您的授权不包括这个事项/);
  await accountant.look('apply-not-authorised');
  assert.equal(await accountant.button(W.start).count(), 0, 'no button for what one may not do');
  await actForSelf(accountant);
}
