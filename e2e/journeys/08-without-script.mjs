import { act, applyForShop, openCase } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';

export const name = 'without script: search, apply, upload, submit, read the receipt';

export async function run(world) {
  const owner = await world.citizen('gaojianjun', 'plain');
  await owner.open('/');
  await owner.page.getByLabel('搜索服务事项').first().fill('开店');
  await owner.press(/搜索/);
  await owner.sees('个体工商户设立登记');
  const { number } = await applyForShop(owner, '云溪县无脚本豆腐坊');
  await openCase(owner, number);
  await owner.follow(W.receipt);
  await owner.sees(/核验通过|下载凭证/);
  await act(await world.staff('duxiaochuan'), number, '予以受理');
  await openCase(owner, number);
  await owner.sees('已受理');
}
