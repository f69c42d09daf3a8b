import assert from 'node:assert/strict';
import { LEASE } from '../harness/files.mjs';
import { MATERIAL_LEASE, applyForShop, beginAct, beginShop, fillShop } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';
import { PASSWORD } from '../harness/world.mjs';

export const name = 'a session that ends in the middle of a form: everything typed is there after signing in again';

const ADDRESS = '云溪县云山街道半途巷16号';
const REASONS = '登记机关查明：所填经营场所与租赁合同不一致。';

export async function run(world) {
  await citizen(world, 'citizen');
  await citizen(world, 'plain');
  await materials(world);
  await official(world);
}

async function signInAgain(who, login) {
  await who.look('sign-in-again');
  await who.type('账号名', login);
  await who.type('密码', PASSWORD);
  await who.press('登录');
}

async function citizen(world, skin) {
  const login = skin === 'plain' ? 'gaojianjun' : 'linxiaohe';
  const owner = await world.citizen(login, skin);
  await beginShop(owner);
  await owner.type('联系手机', '13800000016');
  await owner.type('经营者住所', ADDRESS);
  await world.endSession(owner);
  await owner.press(W.save);
  await owner.sees(/刚才填写的内容已经保留/);
  await signInAgain(owner, login);
  await owner.sees('您刚才填写的内容还在');
  await owner.sees(ADDRESS);
  await owner.sees('13800000016');
  await owner.look('kept-form');
  await owner.press('继续提交');
  await owner.reads('组成形式');
  await owner.follow('返回');
  assert.equal(await owner.field('经营者住所').inputValue(), ADDRESS);
  assert.equal(await owner.field('联系手机').inputValue(), '13800000016');
}

/** A file cannot be kept: one is led back to where it is handed in, and what was typed before is there. */
async function materials(world) {
  const owner = await world.citizen('zhoumin');
  await beginShop(owner);
  await fillShop(owner, '云溪县断网汤圆店');
  await owner.upload(`上传${MATERIAL_LEASE}`, LEASE);
  await world.endSession(owner);
  await owner.press('上传');
  await owner.look('sign-in-after-upload');
  await signInAgain(owner, 'zhoumin');
  await owner.sees(MATERIAL_LEASE);
}

async function official(world) {
  const owner = await world.citizen('linxiaohe');
  const { number } = await applyForShop(owner, '云溪县断线豆浆店');
  const clerk = await world.staff('suwanqing');
  await beginAct(clerk, number, '不予受理');
  await clerk.type('事实和理由', REASONS);
  await clerk.type('法律依据', '《市场主体登记管理条例》第十八条');
  await world.endSession(clerk);
  await clerk.press('下一步：核对');
  await signInAgain(clerk, 'suwanqing');
  await clerk.sees(REASONS);
  await clerk.look('kept-form');
  await clerk.press('继续提交');
  await clerk.sees('请核对后确认：不予受理');
  await clerk.sees(REASONS);
}
