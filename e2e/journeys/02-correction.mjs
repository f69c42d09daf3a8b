import { LEASE } from '../harness/files.mjs';
import { MATERIAL_LEASE, applyForShop, act, beginAct, openCase } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';

export const name = 'correction: told once and in full, answered in place, accepted';

export async function run(world) {
  const owner = await world.citizen('zhoumin');
  const { number } = await applyForShop(owner, '云溪县滨溪面馆');
  const clerk = await world.staff('duxiaochuan');
  await request(clerk, number);
  await answer(owner, number);
  await act(clerk, number, '予以受理');
  await openCase(owner, number);
  await owner.sees('已受理');
}

async function request(clerk, number) {
  await beginAct(clerk, number, '一次性告知补正');
  await clerk.look('act-correction');
  const item = (n) => clerk.page.getByRole('group', { name: `补正项${n}`, exact: true });
  await item(1).getByLabel('字段或材料').selectOption({ label: MATERIAL_LEASE });
  await item(1).getByLabel('需要怎样补正').fill('合同缺少最后一页的签名，请上传完整的合同。');
  await item(2).getByLabel('字段或材料').selectOption({ label: '经营场所详细地址' });
  await item(2).getByLabel('需要怎样补正').fill('请写到门牌号和楼层。');
  await clerk.press('一次性告知补正');
  await clerk.sees('已办理');
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
