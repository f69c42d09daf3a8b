export const name = 'data desks: catalogue, sharing, exchange and open data are accessible, and fit a phone; a share request is made on one';

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
