import assert from 'node:assert/strict';
import { startServer } from '../harness/server.mjs';
import { PERMIT, act, applyForShop, download, openCase } from '../harness/steps.mjs';
import { PASSWORD } from '../harness/world.mjs';

export const name = 'verification: in force, by code and by file; altered, unknown, suspended, revoked, expired';

const NEW_PASSWORD = 'Yunxi-2027';
/** A permit is granted for five years. */
const PERMIT_YEARS = 5;
const PDF_MS_MAX = 240_000;

export async function run(world) {
  const owner = await world.citizen('gaojianjun');
  const { number } = await applyForShop(owner, '云溪县验真酒酿店');
  await act(await world.staff('suwanqing'), number, '予以受理');
  await act(await world.staff('tangwenbo'), number, '准予');
  await openCase(owner, number);
  const licence = await download(owner, '营业执照');
  const code = await codeOf(owner);
  const anybody = await world.guest();
  await inForce(anybody, code, licence);
  await wrongInput(anybody, code, licence);
  const head = await world.staff('fangyuanzhi');
  await change(head, number, '暂停', '停业整顿期间');
  await says(anybody, code, licence, '已暂停', 'verify-suspended');
  await change(head, number, '恢复', '整顿完毕');
  await says(anybody, code, licence, '真实有效', 'verify-valid');
  await change(head, number, '撤销', '隐瞒有关情况取得登记');
  await says(anybody, code, licence, '已失效', 'verify-revoked');
  await anybody.sees('隐瞒有关情况取得登记');
  await says(await world.guest('phone'), code, licence, '已失效', 'verify-revoked');
  await says(await world.guest('elder'), code, licence, '已失效', 'verify-revoked');
  await expired(world);
}

/** From the newest licence in the wallet. */
async function codeOf(owner) {
  await owner.open('/certificates');
  await owner.look('certificates');
  const card = owner.page.locator('.govuk-summary-card').filter({ hasText: '云溪县验真酒酿店' });
  const href = await card.getByRole('link', { name: /^核验/ }).getAttribute('href');
  return href.replace('/verify/', '');
}

async function byCode(anybody, code) {
  await anybody.open('/verify');
  await anybody.look('verify');
  await anybody.type('核验码', code);
  await anybody.press('核验');
}

async function byFile(anybody, buffer, file = '营业执照.pdf') {
  await anybody.open('/verify');
  await anybody.upload('电子文件（PDF）', { name: file, mimeType: 'application/pdf', buffer });
  await anybody.press('上传并核验');
}

async function says(anybody, code, licence, verdict, kind) {
  await byFile(anybody, licence);
  await anybody.reads(verdict);
  await byCode(anybody, code);
  await anybody.reads(verdict);
  await anybody.look(kind);
  if (anybody.skin === 'phone') await anybody.fits();
}

/** The code may be typed in small letters and with spaces; the name of the file is of no matter. */
async function inForce(anybody, code, licence) {
  await byCode(anybody, ` ${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)} `.toLowerCase());
  await anybody.reads('真实有效');
  await anybody.look('verify-valid');
  await anybody.seesNot('云溪县验真酒酿店 高建军');
  await byFile(anybody, licence, '随便什么名字.pdf');
  await anybody.reads('真实有效');
}

async function wrongInput(anybody, code, licence) {
  const altered = Buffer.concat([licence, Buffer.from('\n% changed\n')]);
  await byFile(anybody, altered);
  await anybody.reads('文件被改动');
  await anybody.look('verify-altered');
  await byFile(anybody, Buffer.from('%PDF-1.7\n% nothing of ours\n'));
  await anybody.reads('查无此文书');
  await anybody.look('verify-unknown');
  await anybody.open('/verify');
  await anybody.press('上传并核验');
  await anybody.errors();
  await anybody.look('verify-no-file');
  await byCode(anybody, code.slice(0, 7));
  await anybody.errors();
  await anybody.look('verify-bad-code');
  assert.equal(await anybody.field('核验码').inputValue(), code.slice(0, 7));
}

/** The head of the organ changes what the certificate is worth: first without a reason, which is asked for. */
async function change(head, number, act, reason) {
  await head.open(`/workspace/cases?number=${encodeURIComponent(number)}`);
  await head.follow(number);
  await head.follow(/办理暂停、注销、撤销/);
  await head.look('certificate');
  await head.choose('办理', act);
  await head.press('确认办理');
  await head.errors();
  await head.look('certificate-errors');
  await head.type('理由', reason);
  await head.type('法律依据', '《行政许可法》第六十九条第二款');
  await head.press('确认办理');
  await head.sees('已变更证照状态，公开核验即时生效。');
  await head.look(`certificate-${act}`);
}

/** A town whose year ended so long ago that its food permits have run out since. */
async function expired(world) {
  const day = new Date();
  day.setFullYear(day.getFullYear() - PERMIT_YEARS);
  day.setDate(day.getDate() - 20);
  const old = await startServer({ on: day.toISOString().slice(0, 10), log: 'old-' });
  try {
    const then = world.at(old.url);
    const head = await agedPassword(then);
    const permit = await grantedPermit(head);
    const anybody = await then.guest();
    await byFile(anybody, permit, `${PERMIT}证.pdf`);
    await anybody.reads('已过期');
    await anybody.look('verify-expired');
  } finally {
    await old.stop();
  }
}

/** Whoever has not signed in for years must take a new password first. */
async function agedPassword(world) {
  const head = await world.guest('staff');
  await head.open('/workspace/sign-in');
  await head.type('账号名', 'fangyuanzhi');
  await head.type('密码', PASSWORD);
  await head.press('登录');
  await head.sees('密码已使用超过 90 天，请修改。');
  await head.look('password-aged');
  await head.type('现在的密码', PASSWORD);
  await head.type('新密码', NEW_PASSWORD);
  await head.type('再次输入新密码', NEW_PASSWORD);
  await head.press('修改密码');
  await head.sees(/密码已修改/);
  return head;
}

/** A permit that was granted and whose PDF has been made by now: the town of then has many to make. */
async function grantedPermit(head) {
  await head.open('/workspace/cases?item=shipin-jingying-xuke&status=closed');
  await head.look('cases-closed');
  const files = await head.page.locator('tbody').getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const last = Date.now() + PDF_MS_MAX;
  while (Date.now() < last) {
    for (const file of files) {
      await head.open(file);
      const link = head.page.locator('tr').filter({ hasText: new RegExp(`^${PERMIT}证`) }).getByRole('link').first();
      if ((await link.count()) === 0) continue;
      await head.sees('过期');
      await head.look('case-expired');
      const { status, body } = await head.fetch(link);
      assert.equal(status, 200);
      return body;
    }
  }
  return assert.fail(`no permit was made within ${PDF_MS_MAX / 1000} s`);
}
