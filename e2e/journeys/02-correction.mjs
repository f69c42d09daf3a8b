import { LEASE } from '../harness/files.mjs';
import { MATERIAL_LEASE, applyForShop, act, openCase, requestCorrection } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';

export const name = 'correction: told once and in full, answered in place, accepted';

export async function run(world) {
  const owner = await world.citizen('zhoumin');
  const { number } = await applyForShop(owner, '云溪县滨溪面馆');
  const clerk = await world.staff('duxiaochuan');
  await requestCorrection(clerk, number);
  await answer(owner, number);
  await act(clerk, number, '予以受理');
  await openCase(owner, number);
  await owner.sees('已受理');
}

async function answer(owner, number) {
  await openCase(owner, number);
  await owner.look('case-correcting');
  await owner.sees('合同缺少最后一页的签名，请上传完整的合同。');
  await owner.press(W.correct);
  await owner.look('correction');
  await owner.type('经营场所详细地址', '云溪县城关镇解放街88号一层101室');
  await owner.upload(`上传${MATERIAL_LEASE}`, { ...LEASE, name: '完整合同.pdf' });
  await owner.press(W.sendCorrection);
  await owner.sees('补正已提交');
  await owner.seesNot('合同缺少最后一页的签名，请上传完整的合同。');
}
