import { LEASE } from '../harness/files.mjs';
import { MATERIAL_LEASE, act, applyForShop, openCase, requestCorrection } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';

export const name = 'phone, 360 px: a correction is answered, a mistake in it is named, nothing scrolls sideways';

const ADDRESS = '云溪县城关镇解放街17号一层102室';

export async function run(world) {
  const owner = await world.citizen('zhoumin', 'phone');
  const { number } = await applyForShop(owner, '云溪县口袋饼店');
  const clerk = await world.staff('duxiaochuan');
  await requestCorrection(clerk, number);
  await openCase(owner, number);
  await fits(owner, 'case-correcting');
  await owner.press(W.correct);
  await fits(owner, 'correction');
  await owner.type('经营场所详细地址', '短');
  await owner.press(W.sendCorrection);
  await owner.errors();
  await fits(owner, 'correction-errors');
  await owner.type('经营场所详细地址', ADDRESS);
  await owner.upload(`上传${MATERIAL_LEASE}`, { ...LEASE, name: '补交的一份名字特别特别长的租赁合同扫描件最终版第二次修改.pdf' });
  await owner.press(W.sendCorrection);
  await owner.sees('补正已提交');
  await fits(owner, 'case-corrected');
  await act(clerk, number, '予以受理');
  await openCase(owner, number);
  await owner.sees('已受理');
}

async function fits(who, kind) {
  await who.fits();
  await who.look(kind);
}
