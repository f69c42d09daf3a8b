import assert from 'node:assert/strict';
import { SHOP, act, applyForShop, download, openCase, rate } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';

export const name = '奶茶店: search, apply, receipt, acceptance, approval, licence, verification, rating';

export async function run(world) {
  const owner = await world.citizen('linxiaohe');
  await find(owner);
  const { number } = await applyForShop(owner, '云溪县溪上奶茶店');
  await verifyReceipt(owner, number);
  await act(await world.staff('suwanqing'), number, '予以受理');
  await act(await world.staff('tangwenbo'), number, '准予');
  await openCase(owner, number);
  await owner.look('case-approved');
  await download(owner, '受理通知书');
  const licence = await download(owner, '营业执照');
  await verifyLicence(world, licence);
  await rate(owner, '非常满意', '一天就办好了。');
  await owner.sees('感谢您的评价。');
  await wallet(owner);
}

async function find(owner) {
  await owner.open('/');
  await owner.look('home');
  await owner.page.getByRole('searchbox').or(owner.page.getByLabel('搜索服务事项')).first().fill('奶茶店');
  await owner.press(/搜索/);
  await owner.look('search');
  await owner.follow(new RegExp(`^${SHOP}`));
  await owner.reads(SHOP);
  await owner.look('item');
  await owner.press('在线办理');
}

async function verifyReceipt(owner, number) {
  await openCase(owner, number);
  await owner.look('case-submitted');
  await owner.follow(W.receipt);
  await owner.sees('核验通过：本记录已写入日志，未被改动。');
  await owner.look('receipt');
  const { status, body } = await owner.fetch(owner.button('下载凭证'));
  assert.equal(status, 200);
  const receipt = JSON.parse(body.toString('utf8'));
  assert.equal(receipt.entry.kind ?? receipt.entry.header?.kind, 'case-submitted');
  await checkInBrowser(owner, body);
}

/** The page for receipts: a genuine one holds, an altered one does not. */
async function checkInBrowser(owner, body) {
  await owner.open('/receipts/check');
  await owner.look('receipt-check');
  await owner.type('或者粘贴回执内容', body.toString('utf8'));
  await owner.button('核验回执').click();
  await owner.sees(/核验通过/);
  const altered = JSON.parse(body.toString('utf8'));
  altered.entry.at_ms += 1;
  await owner.open('/receipts/check');
  await owner.type('或者粘贴回执内容', JSON.stringify(altered));
  await owner.button('核验回执').click();
  await owner.sees(/核验不通过/);
}

async function verifyLicence(world, pdf) {
  const anybody = await world.guest();
  await anybody.open('/verify');
  await anybody.look('verify');
  await anybody.upload('电子文件（PDF）', { name: '营业执照.pdf', mimeType: 'application/pdf', buffer: pdf });
  await anybody.press('上传并核验');
  await anybody.reads('真实有效');
  await anybody.look('verify-valid');
  const altered = Buffer.from(pdf);
  altered[altered.length >> 1] ^= 1;
  await anybody.open('/verify');
  await anybody.upload('电子文件（PDF）', { name: '营业执照.pdf', mimeType: 'application/pdf', buffer: altered });
  await anybody.press('上传并核验');
  await anybody.reads(/文件被改动|查无此文书/);
}

async function wallet(owner) {
  await owner.open('/certificates');
  await owner.look('certificates');
  await owner.sees('云溪县溪上奶茶店');
  await owner.open('/messages');
  await owner.look('messages');
}
