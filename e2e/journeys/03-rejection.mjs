import { act, applyForShop, beginAct, download, openCase } from '../harness/steps.mjs';

export const name = 'rejection: reasons, basis and remedies are told';

const REASONS = '所填场所已由他人登记为住宅，不能作为经营场所使用。';

export async function run(world) {
  const owner = await world.citizen('gaojianjun');
  const { number } = await applyForShop(owner, '云溪县山泉小吃店');
  await act(await world.staff('suwanqing'), number, '予以受理');
  await reject(await world.staff('tangwenbo'), number);
  await openCase(owner, number);
  await owner.look('case-rejected');
  await owner.sees(REASONS);
  await owner.sees('市场主体登记管理条例');
  await owner.sees(/行政复议/);
  await owner.sees(/行政诉讼/);
  await download(owner, '决定书|通知书');
}

async function reject(approver, number) {
  await beginAct(approver, number, '不予批准');
  await approver.look('act-reject');
  await approver.press('下一步：核对');
  await approver.errors();
  await approver.look('act-reject-errors');
  await approver.type('事实和理由', REASONS);
  await approver.type('法律依据', '《市场主体登记管理条例》第二十条');
  await approver.press('下一步：核对');
  await approver.sees('请核对后确认：不予批准');
  await approver.look('act-confirm');
  await approver.press('确认不予批准');
  await approver.sees('已办理');
}
