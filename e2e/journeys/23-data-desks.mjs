export const name = 'data desks: catalogue, sharing, exchange and open data are accessible, and fit a phone; a share request is made on one, a table offered';

const DESKS = [
  ['kejiayi', [
    ['catalogue', '/workspace/catalogue'],
    ['catalogue-new', '/workspace/catalogue/new'],
    ['catalogue-import', '/workspace/catalogue/import'],
    ['catalogue-review', '/workspace/catalogue/review'],
    ['catalogue-monitor', '/workspace/catalogue/monitor'],
    ['catalogue-duplicates', '/workspace/catalogue/duplicates'],
    ['catalogue-negative', '/workspace/catalogue/negative'],
    ['catalogue-board', '/workspace/catalogue/board'],
    ['catalogue-formulas', '/workspace/catalogue/formulas'],
    ['registers', '/workspace/registers'],
    ['register-new', '/workspace/registers/new'],
  ]],
  ['duanxiaofeng', [
    ['register', '/workspace/registers/population'],
    ['register-declaration', '/workspace/registers/population/declaration'],
    ['register-correct', '/workspace/registers/population/correct'],
    ['quality-rules', '/workspace/quality/population/rules'],
  ]],
  ['chengsiyuan', [
    ['datasets', '/workspace/data'],
    ['dataset-new', '/workspace/data/new'],
    ['voices', '/workspace/data/voices'],
    ['harvest', '/workspace/data/harvest'],
    ['sharing-authority', '/workspace/sharing'],
    ['exchange', '/workspace/exchange'],
    ['exchange-members', '/workspace/exchange/members'],
    ['exchange-log', '/workspace/exchange/log'],
  ]],
  ['admin-system', [['exchange-feeds', '/workspace/exchange/feeds'], ['exchange-deliveries', '/workspace/exchange/deliveries']]],
  ['tongjianguo', [['exchange-feed-start', '/workspace/exchange/feeds']]],
  ['luohuimin', [
    ['sharing', '/workspace/sharing'],
    ['sharing-ask', '/workspace/sharing/ask'],
    ['sharing-grants', '/workspace/sharing/grants'],
    ['sharing-lists', '/workspace/sharing/lists'],
    ['sharing-disputes', '/workspace/sharing/disputes'],
  ]],
];

export async function run(world) {
  for (const skin of ['staff', 'staff-phone']) {
    for (const [login, pages] of DESKS) await (await world.staff(login, skin)).tour(pages);
  }
  await resource(await world.staff('kejiayi', 'staff-phone'));
  await services(await world.staff('chengsiyuan', 'staff-phone'));
  await asks(await world.staff('luohuimin', 'staff-phone'));
  await offersTable(await world.staff('duanxiaofeng', 'staff-phone'));
}

/** A resource of one's own organ, with its grades. */
async function resource(officer) {
  await officer.open('/workspace/catalogue');
  const links = officer.page.locator('main a[href^="/workspace/catalogue/resources/"]');
  const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  for (const address of addresses) {
    const grade = await officer.page.context().request.get(new URL(`${address}/grade`, officer.page.url()).href);
    if (grade.status() !== 200) continue;
    await officer.tour([['catalogue-resource', address], ['catalogue-grade', `${address}/grade`], ['catalogue-edit', `${address}/edit`]]);
    return;
  }
  throw new Error('the officer must find a resource of her organ');
}

/** What the own organ offers, and to whom. */
async function services(officer) {
  await officer.open('/workspace/exchange/services');
  const first = await officer.page.locator('main a[href^="/workspace/exchange/service?"]').first().getAttribute('href');
  const id = encodeURIComponent(new URL(first, officer.page.url()).searchParams.get('id'));
  await officer.tour([
    ['exchange-services', '/workspace/exchange/services'],
    ['exchange-service', first],
    ['exchange-duty', `/workspace/exchange/duty?service=${id}`],
    ['exchange-offer', `/workspace/exchange/offer?id=${id}`],
  ]);
}

/** Asks for data on a phone: first with mistakes, then right. */
async function asks(handler) {
  await handler.open('/workspace/sharing/ask');
  await handler.follow('常住人口基本信息');
  await handler.look('sharing-form');
  await handler.fits();
  await handler.press('提交申请');
  await handler.errors();
  await handler.look('sharing-errors');
  await handler.fits();
  await handler.page.locator('input[name="fields"]').first().check();
  await handler.choose('数据形式', '核验（只回答是否）');
  await handler.choose('共享方式', '服务接口');
  await handler.type(/^使用场景/, '办理个体工商户设立登记时核对经营者');
  await handler.type(/^使用依据/, '市场主体登记管理条例 第十九条');
  await handler.choose('随什么使用？', '办理具体办件时使用');
  await handler.tick('个体工商户设立登记');
  const day = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
  await handler.type(/^使用时限/, day);
  await handler.type('联系人和电话', '罗惠敏 0999-6000025');
  await handler.page.locator('input[name="promised"]').check();
  await handler.press('提交申请');
  await handler.sees(/已提交，编号/);
  await handler.look('sharing-request');
  await handler.fits();
}

/** The police take a table on a phone: first with mistakes, then right; and look at what another service has received. */
async function offersTable(officer) {
  await officer.open('/workspace/exchange/services');
  await officer.pick('提供什么', '不提供登记，接收别人送来的数据表');
  await officer.press('下一步');
  await officer.look('offer-table');
  await officer.fits();
  await officer.type('服务代码', 'births');
  await officer.type('接收的数据项', 'id_number，文本，身份号码，Identity number');
  await officer.choose('这些数据关于谁', '不关于任何个人或单位');
  await officer.press('发布');
  await officer.errors();
  await officer.sees('这个代码的服务已经发布');
  await officer.look('offer-table-errors');
  await officer.fits();
  await officer.type('服务代码', 'deaths');
  await officer.type('中文名称', '死亡医学证明信息接收');
  await officer.type('英文名称', 'Deaths');
  await officer.choose('这些数据关于谁', '每一行关于一个人或一个单位');
  await officer.type('当事人号码的数据项', 'id_number');
  await officer.press('发布');
  await officer.sees('还没有收到批次');
  await officer.open('/workspace/exchange/services');
  await officer.follow('出生医学证明信息接收');
  await officer.sees('云溪县卫生健康局业务系统');
  await officer.look('service-received');
  await officer.fits();
}
