// Runs the journeys: `node e2e/run.mjs [http://server] [--database "host=… dbname=…"] [part of a name …]`. Without an address it starts a server
// of its own from ZHENGSHU_BIN (target/debug/zhengshu), with --database on an empty PostgreSQL database. Ends with a line `N passed, N failed`
// and an exit code other than 0 when anything failed.
import { readdir, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { OUT } from './harness/places.mjs';
import { startServer, takeServer } from './harness/server.mjs';
import { World } from './harness/world.mjs';

const JOURNEY_MS_MAX = 600_000;

const { values: { database }, positionals } = parseArgs({ allowPositionals: true, options: { database: { type: 'string' } } });
const given = positionals.find((word) => /^https?:/.test(word)) ?? process.env.ZHENGSHU_URL;
const wanted = positionals.filter((word) => !/^https?:/.test(word));

async function journeys() {
  const files = (await readdir(new URL('./journeys/', import.meta.url))).filter((file) => file.endsWith('.mjs')).sort();
  const chosen = files.filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)));
  return Promise.all(chosen.map(async (file) => ({ file: file.replace('.mjs', ''), ...(await import(`./journeys/${file}`)) })));
}

async function play(world, journey) {
  const tooLong = sleep(JOURNEY_MS_MAX, undefined, { ref: false }).then(() => {
    throw new Error(`the journey took more than ${JOURNEY_MS_MAX / 1000} s`);
  });
  try {
    await Promise.race([journey.run(world), tooLong]);
    return world.takeFaults();
  } catch (error) {
    const addresses = await world.picture(journey.file);
    return [...world.takeFaults(), `${error.stack}\n      open windows: ${addresses.join(' ')}`];
  } finally {
    await world.closeWindows();
  }
}

async function all(world) {
  const counts = { passed: 0, failed: 0 };
  for (const journey of await journeys()) {
    const started = Date.now();
    const faults = await play(world, journey);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    counts[faults.length === 0 ? 'passed' : 'failed'] += 1;
    console.log(`${faults.length === 0 ? 'ok' : 'not ok'} ${journey.file}: ${journey.name} (${seconds} s)`);
    for (const fault of faults) console.log(`    ${fault}`);
  }
  return counts;
}

async function main() {
  await rm(OUT, { recursive: true, force: true });
  const server = given ? await takeServer(given) : await startServer({ database });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => server.stop().finally(() => process.exit(130)));
  }
  try {
    const world = await World.start(server);
    try {
      return await all(world);
    } finally {
      await world.stop();
    }
  } finally {
    await server.stop();
  }
}

try {
  const { passed, failed } = await main();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
} catch (error) {
  console.error(error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
