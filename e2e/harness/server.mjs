// A server of its own: a fresh data folder with the example town, a free port, stopped and thrown away at the end.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OUT, ROOT } from './places.mjs';

const SEED_MS_MAX = 600_000;
const READY_MS_MAX = 60_000;
const STOP_MS_MAX = 15_000;
const NOT_INHERITED = ['ZHENGSHU_DATABASE', 'ZHENGSHU_PUBLIC_URL', 'ZHENGSHU_LISTEN', 'ZHENGSHU_DATA'];

/** Takes the server that runs at `given`. Answers `{ url, stop }`: where its data lie is not known, so that nothing is published to it. */
export async function takeServer(given) {
  const url = given.replace(/\/+$/, '');
  await untilReady(url, () => null);
  return { url, stop: async () => {} };
}

/**
 * Starts a server on a town of its own. Answers `{ url, stop, publish }`; `publish` signs and publishes the package of a folder. `database` is the address of an empty PostgreSQL database instead of a
 * file; `on` is the day on which the year of the town ends, instead of today; `log` begins the names of its logs.
 */
export async function startServer({ database, on, log = '' } = {}) {
  const binary = path.resolve(ROOT, process.env.ZHENGSHU_BIN ?? 'target/debug/zhengshu');
  const data = await mkdtemp(path.join(tmpdir(), 'zhengshu-e2e-'));
  const place = ['--data', data, ...(database ? ['--database', database] : [])];
  try {
    await mkdir(OUT, { recursive: true });
    const started = Date.now();
    await seed(binary, [...place, ...(on ? ['--on', on] : [])], `${log}demo.log`);
    console.log(`# the town was made in ${((Date.now() - started) / 1000).toFixed(0)} s, ${database ? 'on PostgreSQL' : 'on SQLite'}`);
    return await serve(binary, data, place, `${log}server.log`);
  } catch (error) {
    await rm(data, { recursive: true, force: true });
    throw error;
  }
}

function environment() {
  const env = { ...process.env };
  for (const name of NOT_INHERITED) delete env[name];
  return env;
}

function start(binary, line, log) {
  const child = spawn(binary, line, { cwd: ROOT, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const file = createWriteStream(path.join(OUT, log));
  child.stdout.pipe(file);
  child.stderr.pipe(file);
  child.ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
  return child;
}

async function seed(binary, line, log) {
  const child = start(binary, ['demo', ...line], log);
  const answer = await Promise.race([child.ended, sleep(SEED_MS_MAX, 'too slow', { ref: false })]);
  if (answer !== 0) {
    child.kill('SIGKILL');
    throw new Error(`expected ${binary} demo to make the example town, but it ended with ${answer}; see e2e/out/${log}`);
  }
}

async function serve(binary, data, place, log) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = start(binary, ['serve', ...place, '--listen', `127.0.0.1:${port}`], log);
  let answer = null;
  child.ended.then((value) => { answer = value; });
  const stop = async () => {
    child.kill('SIGTERM');
    const ended = await Promise.race([child.ended, sleep(STOP_MS_MAX, 'too slow', { ref: false })]);
    if (ended === 'too slow') child.kill('SIGKILL');
    await rm(data, { recursive: true, force: true });
  };
  try {
    await untilReady(url, () => answer);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop, publish: (folder) => publish(binary, place, folder) };
}

/** Beside the server, as an operator does it; the server learns of it within a minute. */
async function publish(binary, place, folder) {
  const answer = await start(binary, ['publish', ...place, folder], 'publish.log').ended;
  if (answer !== 0) throw new Error(`expected ${binary} to publish ${folder}, but it ended with ${answer}; see e2e/out/publish.log`);
}

async function untilReady(url, ended) {
  const last = Date.now() + READY_MS_MAX;
  while (Date.now() < last) {
    if (ended() !== null) throw new Error(`the server ended with ${ended()}; see e2e/out/server.log`);
    const ready = await fetch(`${url}/health/ready`).then((answer) => answer.ok, () => false);
    if (ready) return;
    await sleep(200);
  }
  throw new Error(`${url}/health/ready did not answer 200 within ${READY_MS_MAX / 1000} s`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
