import { applyForShop, openCase } from '../harness/steps.mjs';

export const name = 'phone, 360 px: nothing scrolls sideways, and one can apply';

const PUBLIC = [
  ['home', '/'],
  ['search', '/search?q=%E5%BC%80%E5%BA%97'],
  ['item', '/items/geti-shangpu-dengji'],
  ['item-permit', '/items/shipin-jingying-xuke'],
  ['themes', '/themes/person/035'],
  ['organs', '/organs'],
  ['track', '/track'],
  ['verify', '/verify'],
  ['receipt-check', '/receipts/check'],
  ['ratings', '/ratings'],
  ['about', '/about'],
  ['accessibility', '/accessibility'],
  ['life-event', '/life-events/open-a-shop'],
  ['sitemap', '/sitemap'],
  ['sign-in', '/sign-in'],
  ['register', '/register'],
];
const OWN = [['cases', '/cases'], ['certificates', '/certificates'], ['messages', '/messages'], ['delegations', '/delegations'], ['account', '/account']];

export async function run(world) {
  await (await world.guest('phone')).tour(PUBLIC);
  const owner = await world.citizen('linxiaohe', 'phone');
  await owner.tour(OWN);
  watchWidth(owner);
  const { number } = await applyForShop(owner, '云溪县掌上凉粉店');
  await openCase(owner, number);
  await owner.look('case');
  await owner.fits();
}

/** From now on every kind of page looked at must fit. */
function watchWidth(who) {
  const look = who.look.bind(who);
  who.look = async (kind) => {
    await who.fits();
    await look(kind);
  };
}
