export const name = 'who may read: a consent is given and taken back, a digest begun, figures are public; quality, comparison and burden at the desks';

const DESK = [
  ['quality', '/workspace/quality'],
  ['quality-population', '/workspace/quality/population'],
  ['quality-trend', '/workspace/quality/trend'],
  ['quality-compare', '/workspace/quality/compare'],
  ['burden', '/workspace/burden'],
];

export async function run(world) {
  await (await world.guest('phone')).tour([['figures-of-readings', '/figures/readings']]);
  await answers(await world.citizen('linxiaohe', 'phone'));
  await reads(await world.citizen('linxiaohe'));
  for (const skin of ['staff', 'staff-phone']) await (await world.staff('chengsiyuan', skin)).tour(DESK);
}

/** Agrees to what an organ asks, and takes it back. */
async function answers(owner) {
  await owner.open('/consents');
  await owner.sees('入学登记免交户口簿');
  await owner.look('consent-asked');
  await owner.fits();
  await owner.press(/^同意/);
  await owner.sees('您已同意，可以随时撤回。');
  await owner.look('consent-given');
  await owner.fits();
  await owner.press(/^撤回同意/);
  await owner.sees('已撤回，从现在起不能再读取。');
  await owner.look('consent-taken-back');
}

/** Chooses the daily digest, and gives it up again. */
async function reads(owner) {
  await owner.open('/data-tracker/digests');
  await owner.look('digests');
  await owner.press('开始每日摘要');
  await owner.sees('已开始，明天早上8点写第一份。');
  await owner.look('digests-begun');
  await owner.press('停止每日摘要');
  await owner.sees('已停止，以前的摘要仍可查看。');
}
