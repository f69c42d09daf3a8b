import assert from 'node:assert/strict';
import { DISGUISED, LEASE } from '../harness/files.mjs';
import { beginShop, handInLease } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';

export const name = 'mistakes: wrong input and wrong files are named, nothing typed is lost';

export async function run(world) {
  const owner = await world.citizen('shenlijuan');
  await signInWrongly(world);
  await beginShop(owner);
  await wrongInput(owner);
  await finishForm(owner);
  await wrongFiles(owner);
  await missing(owner);
}

async function signInWrongly(world) {
  const guest = await world.guest();
  await guest.open('/sign-in');
  await guest.type('账号名', 'nobody-here');
  await guest.type('密码', 'Wrong-2026');
  await guest.press('登录');
  await guest.errors();
  await guest.look('sign-in-error');
  assert.equal(await guest.field('账号名').inputValue(), 'nobody-here');
}

async function wrongInput(owner) {
  await owner.type('联系手机', '12345');
  await owner.type('经营者住所', '短');
  await owner.press(W.save);
  assert.equal((await owner.errors()).length, 2);
  await owner.look('form-errors');
  assert.equal(await owner.field('联系手机').inputValue(), '12345');
  assert.equal(await owner.field('经营者住所').inputValue(), '短');
  await owner.page.reload();
  assert.equal(await owner.field('联系手机').inputValue(), '12345', 'what was typed wrongly is kept in the draft too');
  await owner.type('联系手机', '13800000007');
  await owner.type('经营者住所', '云溪县云山街道桂花巷9号');
  await owner.press(W.save);
}

async function finishForm(owner) {
  await owner.press(W.save);
  await owner.errors();
  await owner.choose('组成形式', '家庭经营');
  await owner.type('参加经营的家庭成员姓名', '沈丽华');
  await owner.press(W.save);
  await owner.type('名称', '云溪县桂花糕点铺');
  await owner.press(W.save);
  await owner.pick('主营行业', '食品零售');
  await owner.type('经营范围', '食品销售');
  await owner.press(W.save);
  await owner.pick('经营场所所在区划', '城关镇');
  await owner.type('经营场所详细地址', '云溪县城关镇解放街90号');
  await owner.press(W.save);
  await owner.type('从业人数', '很多');
  await owner.press(W.save);
  await owner.errors();
  assert.equal(await owner.field('从业人数').inputValue(), '很多');
  await owner.type('从业人数', '2');
  await owner.press(W.save);
}

async function wrongFiles(owner) {
  await handInLease(owner, DISGUISED);
  assert.match((await owner.errors()).join(), /租赁合同/);
  await owner.look('materials-error');
  await handInLease(owner, { ...LEASE, name: '空.pdf', buffer: Buffer.alloc(0) });
  await owner.errors();
  await handInLease(owner);
  await owner.sees(LEASE.name);
  await owner.press(W.remove);
}

async function missing(owner) {
  await owner.press(W.next);
  assert.match((await owner.errors()).join(), /租赁合同/);
  await handInLease(owner);
  await owner.press(W.next);
  await owner.sees('云溪县桂花糕点铺');
  await owner.sees('沈丽华');
  await owner.press(W.next);
  await owner.press(W.submit);
  await owner.errors();
  await owner.look('submit-error');
}
