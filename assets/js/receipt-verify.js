// Checks a receipt of the journal in the browser, offline: content, leaf, both Merkle paths, checkpoint. Nothing is sent anywhere.
// The hashes are here because the browser's own need https, and know no SM3.

const rotl = (x, n) => (x << n) | (x >>> ((32 - n) & 31));
const rotr = (x, n) => (x >>> n) | (x << (32 - n));

// Both hashes take blocks of 64 bytes and end the message alike.
function padded(bytes) {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const out = new Uint8Array(length);
  out.set(bytes);
  out[bytes.length] = 0x80;
  const view = new DataView(out.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(length - 4, (bytes.length << 3) >>> 0);
  return view;
}

function digest(words) {
  const out = new Uint8Array(32);
  words.forEach((word, i) => new DataView(out.buffer).setUint32(i * 4, word));
  return out;
}

// GB/T 32905
export function sm3(bytes) {
  const p1 = (x) => x ^ rotl(x, 15) ^ rotl(x, 23);
  const data = padded(bytes);
  let v = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
  const w = new Int32Array(68);
  for (let at = 0; at < data.byteLength; at += 64) {
    for (let j = 0; j < 16; j += 1) w[j] = data.getInt32(at + j * 4);
    for (let j = 16; j < 68; j += 1) w[j] = p1(w[j - 16] ^ w[j - 9] ^ rotl(w[j - 3], 15)) ^ rotl(w[j - 13], 7) ^ w[j - 6];
    let [a, b, c, d, e, f, g, h] = v;
    for (let j = 0; j < 64; j += 1) {
      const a12 = rotl(a, 12);
      const ss1 = rotl((a12 + e + rotl(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32)) | 0, 7);
      const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
      const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
      const tt1 = (ff + d + (ss1 ^ a12) + (w[j] ^ w[j + 4])) | 0;
      const tt2 = (gg + h + ss1 + w[j]) | 0;
      d = c; c = rotl(b, 9); b = a; a = tt1;
      h = g; g = rotl(f, 19); f = e; e = tt2 ^ rotl(tt2, 9) ^ rotl(tt2, 17);
    }
    v = [a, b, c, d, e, f, g, h].map((x, i) => (x ^ v[i]) >>> 0);
  }
  return digest(v);
}

// The constants of FIPS 180-4: the first 32 bits of the fractional parts of roots of the first primes.
const primes = [];
for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
const fraction = (x) => ((x - Math.floor(x)) * 0x100000000) | 0;
const K = primes.map((p) => fraction(Math.cbrt(p)));
const H = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));

// FIPS 180-4
export function sha256(bytes) {
  const data = padded(bytes);
  let v = H;
  const w = new Int32Array(64);
  for (let at = 0; at < data.byteLength; at += 64) {
    for (let j = 0; j < 16; j += 1) w[j] = data.getInt32(at + j * 4);
    for (let j = 16; j < 64; j += 1) {
      const s0 = rotr(w[j - 15], 7) ^ rotr(w[j - 15], 18) ^ (w[j - 15] >>> 3);
      const s1 = rotr(w[j - 2], 17) ^ rotr(w[j - 2], 19) ^ (w[j - 2] >>> 10);
      w[j] = (w[j - 16] + s0 + w[j - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = v;
    for (let j = 0; j < 64; j += 1) {
      const t1 = (h + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) + ((e & f) ^ (~e & g)) + K[j] + w[j]) | 0;
      const t2 = ((rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    v = [a, b, c, d, e, f, g, h].map((x, i) => (x + v[i]) | 0);
  }
  return digest(v.map((x) => x >>> 0));
}

const utf8 = (text) => new TextEncoder().encode(text);
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const same = (one, two) => hex(one) === hex(two);

function unhex(text) {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Error('no hexadecimal digits');
  return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
}

function joined(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => { out.set(part, at); return at + part.length; }, 0);
  return out;
}

// A hash computed wrongly must never say yes: both are tried on a published vector first.
const SOUND = hex(sm3(utf8('abc'))) === '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'
  && hex(sha256(utf8('abc'))) === 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

function leafText(entry) {
  const lines = ['zhengshu-entry-1', entry.at_ms, entry.node, entry.actor, entry.on_behalf ?? '-', entry.action, entry.stream,
    entry.version, entry.kind, entry.commitment];
  return `${lines.join('\n')}\n`;
}

// RFC 9162, 2.1.3.2
function rootOf(hash, leaf, index, size, path) {
  if (!(index >= 0 && index < size)) return null;
  let [node, last, sum] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      sum = hash(joined([1], sibling, sum));
      while (node % 2 === 0 && node !== 0) { node = Math.floor(node / 2); last = Math.floor(last / 2); }
    } else {
      sum = hash(joined([1], sum, sibling));
    }
    node = Math.floor(node / 2); last = Math.floor(last / 2);
  }
  return last === 0 ? sum : null;
}

const base64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

function readCheckpoint(note) {
  const [origin, size, sha, sm] = note.split('\n');
  if (!sm.startsWith('sm3 ')) throw new Error('no SM3 root');
  return { origin, size: Number(size), sha256: base64(sha), sm3: base64(sm.slice(4)) };
}

// What was checked, and whether it holds. Throws when the text is no receipt.
export function checkReceipt(text) {
  const { entry, proof, checkpoint } = JSON.parse(text);
  const signed = readCheckpoint(checkpoint);
  const leaf = joined([0], utf8(leafText(entry)));
  const leads = (hash, path, root) => {
    const found = rootOf(hash, hash(leaf), proof.index, proof.size, path.map(unhex));
    return found !== null && same(found, root);
  };
  const intact = entry.payload === null || entry.payload === undefined
    || hex(sm3(joined(unhex(entry.salt), utf8(entry.payload)))) === entry.commitment;
  const checks = [
    ['content', intact],
    ['sm3-path', leads(sm3, proof.sm3, signed.sm3)],
    ['sha256-path', leads(sha256, proof.sha256, signed.sha256)],
    ['checkpoint', signed.size === proof.size && entry.index === proof.index],
  ];
  return { entry, proof, checks: checks.map(([what, holds]) => ({ what, holds: SOUND && holds })) };
}

const holdsAll = (report) => report.checks.every((check) => check.holds);

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

// The same blocks as the server makes.
function answerBlocks(report, word, lang) {
  const holds = holdsAll(report);
  const list = element('ul', 'zs-checks', ...report.checks.map((check) => element('li', check.holds ? 'zs-checks__yes' : 'zs-checks__no',
    word(check.what), element('span', 'zs-checks__word', word(check.holds ? 'yes' : 'no')))));
  const verdict = element('div', `zs-verdict zs-verdict--${holds ? 'good' : 'bad'}`, element('p', 'zs-verdict__kind', word('by-browser')),
    element('h2', 'zs-verdict__title', word(holds ? 'holds' : 'broken')), list, element('p', 'zs-verdict__when', word('signatures')));
  const time = new Date(report.entry.at_ms).toLocaleString(lang, { timeZone: 'Asia/Shanghai', hour12: false });
  const facts = [['time', time], ['node', report.entry.node], ['kind', report.entry.kind], ['stream', report.entry.stream],
    ['index', report.entry.index], ['size', report.proof.size]];
  const rows = facts.map(([key, value]) => element('div', 'govuk-summary-list__row', element('dt', 'govuk-summary-list__key', word(key)),
    element('dd', 'govuk-summary-list__value', String(value))));
  return [verdict, element('dl', 'govuk-summary-list', ...rows)];
}

function problemBlock(sentence) {
  return [element('div', 'zs-verdict zs-verdict--unknown', element('h2', 'zs-verdict__title', sentence))];
}

const RECEIPT_BYTES_MAX = 2 * 1024 * 1024;

async function receiptOf(form) {
  const file = form.querySelector('input[type=file]')?.files?.[0];
  if (!file) return form.elements.receipt.value;
  if (file.size > RECEIPT_BYTES_MAX) throw new RangeError('too large');
  return file.text();
}

function startForm(form) {
  const answer = document.getElementById('receipt-answer');
  const words = document.getElementById('receipt-words');
  const word = (key) => words.querySelector(`[data-key="${key}"]`)?.textContent ?? key;
  form.addEventListener('submit', async (event) => {
    if (event.submitter?.value === 'server') return;
    event.preventDefault();
    let blocks;
    try {
      const text = await receiptOf(form);
      blocks = text.trim() ? answerBlocks(checkReceipt(text), word, form.dataset.lang) : problemBlock(word('empty'));
    } catch (problem) {
      blocks = problemBlock(word(problem instanceof RangeError ? 'too-large' : 'unreadable'));
    }
    answer.replaceChildren(...blocks);
    answer.scrollIntoView({ block: 'center' });
  });
}

// A receipt shown on the page of a case.
function startProof(block) {
  const receipt = block.querySelector('[data-receipt]')?.textContent;
  const output = block.querySelector('output');
  if (!receipt || !output) return;
  let holds = false;
  try { holds = holdsAll(checkReceipt(receipt)); } catch { holds = false; }
  block.classList.remove('zs-proof--holds', 'zs-proof--broken');
  block.classList.add(holds ? 'zs-proof--holds' : 'zs-proof--broken');
  output.textContent = holds ? block.dataset.holds : block.dataset.broken;
}

if (typeof document !== 'undefined') {
  document.querySelectorAll('form[data-module="zs-receipt"]').forEach(startForm);
  document.querySelectorAll('[data-module="zs-proof"]').forEach(startProof);
}
