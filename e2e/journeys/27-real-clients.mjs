import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { E2E, PYTHON } from '../harness/places.mjs';

export const name = "real clients: CKAN's own library reads and prepares data, the catalogue keeps the official shapes of DCAT-AP in three forms";

export async function run(world) {
  await access(PYTHON).catch(() => assert.fail(`${PYTHON} is not there: ./test makes it`));
  const clerk = await world.staff('mengxiangyu');
  await client('action_api.py', world.url, await keyOf(clerk));
  await clerk.press(/^停用/);
  await clerk.sees('密钥已停用。');
  await client('shapes.py', world.url);
}

/** Runs a program of `clients/`, past any proxy; what it said is the fault when it fails. */
function client(file, ...words) {
  return new Promise((resolve, reject) => {
    execFile(PYTHON, [path.join(E2E, 'clients', file), ...words], { env: { ...process.env, no_proxy: '*' } }, (error, said, complained) => {
      if (error) reject(new Error(`${file} failed:\n${said}${complained}`));
      else resolve();
    });
  });
}

/** A developer key, which the page shows once. */
async function keyOf(clerk) {
  await clerk.open('/data/keys');
  await clerk.type('用途', '客户端测试');
  await clerk.press('生成密钥');
  await clerk.sees('新密钥（只显示这一次，请立即保存）：');
  return (await clerk.page.locator('.govuk-inset-text code').innerText()).trim();
}
