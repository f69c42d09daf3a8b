import assert from 'node:assert/strict';
import { applyForShop, openCase } from '../harness/steps.mjs';
import { W } from '../harness/words.mjs';

export const name = 'receipts: checked by the browser itself, by the server without script; altered and unreadable ones are named';

export async function run(world) {
  const owner = await world.citizen('gaojianjun');
  const { number } = await applyForShop(owner, '云溪县存证糖水铺');
  await openCase(owner, number);
  await owner.follow(W.receipt);
  await owner.sees('核验通过：本记录已写入日志，未被改动。');
  const { body } = await owner.fetch(owner.button('下载凭证'));
  await scriptDecides(await world.citizen('gaojianjun'), owner.path);
  const receipt = JSON.parse(body.toString('utf8'));
  await byScript(await world.guest(), receipt);
  await byServer(await world.guest('plain'), receipt);
  await byServer(await world.guest('phone'), receipt, '连同签名由服务器核验');
}

const altered = (receipt) => {
  const copy = structuredClone(receipt);
  copy.entry.at_ms += 1;
  return copy;
};

const file = (content) => ({ name: '回执.json', mimeType: 'application/json', buffer: Buffer.from(content, 'utf8') });

/** What the page says is what the script of the browser computed: the same page with an altered receipt in it says the opposite. */
async function scriptDecides(owner, address) {
  await owner.page.addInitScript(() => {
    new MutationObserver((changes, observer) => {
      const receipt = document.querySelector('[data-receipt]');
      if (!receipt || !document.querySelector('footer')) return;
      observer.disconnect();
      receipt.textContent = receipt.textContent.replace(/"at_ms": (\d+)/, '"at_ms": 1$1');
    }).observe(document, { childList: true, subtree: true });
  });
  await owner.open(address);
  await owner.sees(/核验不通过/);
  await owner.look('receipt-broken');
  await owner.close();
}

/** Nothing leaves the browser. */
async function byScript(anybody, receipt) {
  await anybody.open('/receipts/check');
  const sent = [];
  anybody.page.on('request', (request) => {
    if (!request.url().includes('/assets/')) sent.push(`${request.method()} ${request.url()}`);
  });
  await anybody.upload('回执文件', file(JSON.stringify(receipt)));
  await anybody.button('核验回执').click();
  await anybody.sees(/核验通过/);
  await anybody.look('receipt-check-holds');
  await anybody.upload('回执文件', file(JSON.stringify(altered(receipt))));
  await anybody.button('核验回执').click();
  await anybody.sees(/核验不通过/);
  await anybody.look('receipt-check-broken');
  await anybody.upload('回执文件', file('这不是回执'));
  await anybody.button('核验回执').click();
  await anybody.sees(/这不是一份完整的回执/);
  assert.deepEqual(sent, [], 'the browser checks by itself');
}

async function byServer(anybody, receipt, button = '核验回执') {
  await anybody.open('/receipts/check');
  await anybody.press(button);
  await anybody.errors();
  await anybody.look('receipt-check-empty');
  await anybody.type('或者粘贴回执内容', '{"entry":');
  await anybody.press(button);
  await anybody.errors();
  assert.equal(await anybody.field('或者粘贴回执内容').inputValue(), '{"entry":');
  await anybody.type('或者粘贴回执内容', JSON.stringify(altered(receipt)));
  await anybody.press(button);
  await anybody.sees(/核验不通过/);
  await anybody.look('receipt-server-broken');
  await anybody.open('/receipts/check');
  await anybody.upload('回执文件', file(JSON.stringify(receipt)));
  await anybody.press(button);
  await anybody.sees(/核验通过/);
  await anybody.look('receipt-server-holds');
}
