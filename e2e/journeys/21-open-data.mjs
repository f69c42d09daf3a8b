import assert from 'node:assert/strict';

export const name = 'open data: found, previewed, drawn, downloaded, asked in SQL; prepared and scanned at once; on the phone too';

const PAGES = [
  ['data', '/data'],
  ['data-found', '/data?q=%E5%85%AC%E4%BA%A4&theme=tran'],
  ['data-none', '/data?q=qqqqqq'],
  ['dataset-map', '/data/bus-stops'],
  ['dataset-chart', '/data/air-quality-daily'],
  ['dataset-derived', '/data/case-figures-monthly'],
  ['dataset-versions', '/data/bus-stops/versions'],
  ['dataset-computed', '/data/case-figures-monthly/computed'],
  ['dataset-feedback', '/data/bus-stops/feedback'],
  ['data-developers', '/data/developers'],
  ['data-requests', '/data/requests'],
  ['data-reuses', '/data/reuses'],
];
const OWN = [['data-following', '/data/following'], ['data-keys', '/data/keys']];
const PERSONAL = 'name,phone\n王小明,13812345678\n';
const PLAIN = 'line,stops\n1,12\n2,15\n3,9\n';

export async function run(world) {
  const anybody = await world.guest();
  await readsADataset(anybody);
  await asksInSql(anybody);
  await anybody.tour(PAGES);
  const phone = await world.guest('phone');
  await phone.tour(PAGES);
  await drawsForThePhone(phone);
  await (await world.guest('elder-phone')).tour(PAGES.slice(0, 5));
  await withoutScript(await world.guest('plain'));
  await follows(await world.citizen('linxiaohe', 'phone'));
  await prepares(await world.staff('mengxiangyu'));
}

async function readsADataset(anybody) {
  await anybody.open('/data');
  await anybody.page.getByRole('searchbox').last().fill('公交');
  await anybody.pressIn('搜索', '搜索').catch(() => anybody.open('/data?q=公交'));
  await anybody.follow('公交站点');
  await anybody.sees('数据预览');
  await drawn(anybody, 720);
  await anybody.page.getByRole('searchbox').last().fill('中山路');
  await anybody.page.getByRole('searchbox').last().press('Enter');
  await anybody.sees(/中山路/);
  const file = await anybody.fetch(anybody.page.getByRole('link', { name: /^CSV/ }).first());
  assert.deepEqual([file.status, file.body.subarray(0, 10).toString()], [200, 'code,name,']);
  const points = await anybody.fetch(anybody.page.getByRole('link', { name: 'GeoJSON' }).first());
  assert.equal(JSON.parse(points.body.toString()).features.length > 100, true);
}

/** Every picture of the page has come, and is drawn for this width. */
async function drawn(who, width) {
  const pictures = who.page.locator('.zs-picture img');
  assert.ok((await pictures.count()) > 0, 'there must be a picture');
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await who.page.waitForFunction((img) => img.complete, await picture.elementHandle());
    assert.equal(await picture.evaluate((img) => img.naturalWidth), width);
    assert.notEqual(await picture.getAttribute('alt'), '');
  }
}

async function drawsForThePhone(phone) {
  for (const address of ['/data/bus-stops', '/data/air-quality-daily']) {
    await phone.open(address);
    await drawn(phone, 330);
    const box = await phone.page.locator('.zs-picture img').first().boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 360, 'a picture is no wider than the phone');
  }
}

async function asksInSql(anybody) {
  const ask = async (action, data) => {
    const answer = await anybody.page.context().request.post(new URL(`/api/3/action/${action}`, anybody.page.url()).href, { data });
    return [answer.status(), await answer.json()];
  };
  const [, shown] = await ask('package_show', { id: 'bus-stops' });
  const file = shown.result.resources[0].id;
  const [status, counted] = await ask('datastore_search_sql', { sql: `select town, count(*) as n from "${file}" group by town order by n desc` });
  assert.equal(status, 200);
  assert.equal(counted.result.records.reduce((sum, row) => sum + row.n, 0), 420);
  const [refused, error] = await ask('datastore_search_sql', { sql: `delete from "${file}"` });
  assert.deepEqual([refused, error.error.__type], [403, 'Authorization Error']);
}

async function withoutScript(plain) {
  await plain.open('/data/air-quality-daily');
  await plain.sees('数据字典');
  assert.equal((await plain.fetch(plain.page.getByRole('link', { name: 'JSON' }).first())).status, 200);
}

async function follows(reader) {
  await reader.open('/data/bus-stops');
  await reader.press('订阅更新');
  await reader.open('/data/following');
  await reader.sees('公交站点');
  await reader.tour(OWN);
}

/** A clerk prepares a dataset: what holds personal data comes back at once, with the lines and without the values. */
async function prepares(clerk) {
  await clerk.open('/workspace/data/new');
  await clerk.look('dataset-new');
  await clerk.press('保存');
  await clerk.errors();
  await clerk.look('dataset-errors');
  await clerk.type(/^网址中的名称/, 'bus-lines-e2e');
  await clerk.type('标题', '公交线路');
  await clerk.type('说明', '全县公交线路');
  await clerk.pick('主题', '交通运输');
  await clerk.pick('许可', '知识共享 署名 4.0');
  await clerk.pick('更新周期', '每月');
  await clerk.press('保存');
  await handIn(clerk, 'members.csv', PERSONAL);
  await clerk.sees(/像是手机号码/);
  await clerk.seesNot(/13812345678/);
  await clerk.look('dataset-findings');
  await clerk.press(/^移除/);
  await handIn(clerk, 'lines.csv', PLAIN);
  await clerk.sees('没有发现问题。');
  await clerk.look('dataset-scanned');
}

async function handIn(clerk, file, text) {
  await clerk.type('文件名称', '线路表');
  await clerk.upload(/^上传文件/, { name: file, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await clerk.press('上传');
  await clerk.press('提交检查');
  await clerk.sees('已提交并检查完毕，结果见下。');
}
