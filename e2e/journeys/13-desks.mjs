export const name = 'desks: every page of officials, heads and administrators is accessible';

const DESKS = [
  ['suwanqing', [['start', '/workspace'], ['done', '/workspace/done'], ['cases', '/workspace/cases'], ['absence', '/workspace/absence']]],
  ['fangyuanzhi', [['due', '/workspace/due'], ['cases-head', '/workspace/cases'], ['absence-head', '/workspace/absence']]],
  ['chengsiyuan', [['packages', '/workspace/packages'], ['package', '/workspace/packages/shipin-jingying-xuke'], ['calendar', '/workspace/calendar']]],
  ['admin-system', [['jobs', '/workspace/jobs']]],
  ['admin-security', [['accounts', '/workspace/accounts']]],
  ['admin-audit', [['audit', '/workspace/audit']]],
];

export async function run(world) {
  for (const [login, pages] of DESKS) {
    const official = await world.staff(login);
    await official.tour(pages);
  }
  await closed(world);
}

/** What is not theirs does not exist, and the doors of others stay shut. */
async function closed(world) {
  const clerk = await world.staff('suwanqing');
  for (const address of ['/workspace/jobs', '/workspace/accounts', '/workspace/audit', '/workspace/tasks/task_00000000000000000000000000']) {
    await clerk.open(address, 404);
  }
  await clerk.look('not-found');
  const citizen = await world.citizen('linxiaohe');
  await citizen.open('/cases/case_00000000000000000000000000', 404);
  await citizen.look('not-found');
}
