import assert from 'node:assert/strict';

export const name = 'elder skin: large print on every kind of page, help first, nothing covered, on a phone too';

const PAGES = [
  ['home', '/'],
  ['search', '/search?q=%E9%AB%98%E9%BE%84%E6%B4%A5%E8%B4%B4'],
  ['item', '/items/gaoling-jintie'],
  ['track', '/track'],
  ['verify', '/verify'],
  ['receipt-check', '/receipts/check'],
  ['ratings', '/ratings'],
  ['organs', '/organs'],
  ['about', '/about'],
  ['sign-in', '/sign-in'],
  ['register', '/register'],
];
const OWN = [
  ['cases', '/cases'],
  ['certificates', '/certificates'],
  ['messages', '/messages'],
  ['delegations', '/delegations'],
  ['account', '/account'],
  ['act-for', '/act-for'],
];

export async function run(world) {
  const guest = await world.guest();
  await guest.open('/');
  await guest.follow('长者版');
  await large(guest);
  await guest.follow('标准版');
  const elder = await world.guest('elder');
  await tour(elder, PAGES);
  await tour(await world.citizen('linxiaohe', 'elder'), OWN);
  await tour(await world.guest('elder-phone'), [...PAGES, ['sitemap', '/sitemap'], ['themes', '/themes/person/035']]);
  await tour(await world.citizen('linxiaohe', 'elder-phone'), OWN);
}

async function tour(who, pages) {
  for (const [kind, address] of pages) {
    await who.open(address);
    await large(who);
    await who.look(kind);
    if (who.skin === 'elder-phone') await nothingCovered(who);
  }
}

/** On a phone no bar lies over anything, wherever one has scrolled to. */
async function nothingCovered(who) {
  await who.fits();
  const bars = await who.page.evaluate(() => [...document.querySelectorAll('body *')]
    .filter((one) => one.closest('.zs-footer') === null && ['fixed', 'sticky'].includes(getComputedStyle(one).position))
    .map((one) => one.className));
  assert.deepEqual(bars, [], `${who.path} has bars that stay in the window`);
}

async function large(who) {
  const size = await who.page.evaluate(() => {
    const text = document.querySelector('main .govuk-body, main .govuk-body-l, main .govuk-label, main p, main .govuk-label');
    return text ? parseFloat(getComputedStyle(text).fontSize) : 24;
  });
  assert.ok(size >= 22, `text of the elder skin must be large, but ${who.path} has ${size} px`);
  await who.page.getByRole('link', { name: /12345/ }).first().waitFor();
}
