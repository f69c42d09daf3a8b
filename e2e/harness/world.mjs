// What all journeys share: the server, the browser, who is signed in, which pages have been looked at.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { OUT } from './places.mjs';
import { Visitor } from './visitor.mjs';

export const PASSWORD = 'Yunxi-2026';

const PATIENCE_MS = 20_000;
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const WINDOWS = {
  citizen: { viewport: { width: 1280, height: 900 } },
  elder: { viewport: { width: 1280, height: 900 } },
  staff: { viewport: { width: 1440, height: 900 } },
  'staff-phone': PHONE,
  phone: PHONE,
  'elder-phone': PHONE,
  plain: { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
};
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync',
];

export class World {
  static async start({ url, publish }) {
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    return new World(url, await chromium.launch({ executablePath, args: FLAGS }), publish);
  }

  /** `publish` publishes the package of a folder; there is none for a server that was not started here. */
  constructor(url, browser, publish) {
    this.url = url;
    this.browser = browser;
    this.publish = publish;
    this.sessions = new Map();
    this.looks = new Set();
    this.contexts = [];
    this.faults = [];
  }

  /** The same browser before another server; faults, pictures and windows are counted together. */
  at(url) {
    const there = new World(url, this.browser);
    return Object.assign(there, { looks: this.looks, contexts: this.contexts, faults: this.faults });
  }

  /** A window of somebody unknown. */
  async guest(skin = 'citizen', state = undefined) {
    const context = await this.browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', storageState: state, ...WINDOWS[skin] });
    context.setDefaultTimeout(PATIENCE_MS);
    this.contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.fault(`script error on ${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) this.fault(`blocked on ${page.url()}: ${message.text()}`);
    });
    page.on('request', (request) => {
      const outside = !request.url().startsWith(this.url) && /^https?:/.test(request.url());
      if (outside) this.fault(`${page.url()} asks another site: ${request.url()}`);
    });
    const visitor = new Visitor(this, page, skin);
    if (skin.startsWith('elder')) await visitor.open('/preferences?skin=elder&back=/');
    return visitor;
  }

  /** A window of a citizen who is signed in. */
  async citizen(login, skin = 'citizen') {
    return this.#signedIn(login, skin, '/sign-in');
  }

  /** A window of a member of staff who is signed in; `staff-phone` for a small one. */
  async staff(login, skin = 'staff') {
    return this.#signedIn(login, skin, '/workspace/sign-in');
  }

  async #signedIn(login, skin, door) {
    const kept = this.sessions.get(`${login} ${skin}`);
    if (kept) return this.guest(skin, kept);
    const visitor = await this.guest(skin);
    await visitor.open(door);
    await visitor.type('账号名', login);
    await visitor.type('密码', PASSWORD);
    await visitor.press('登录');
    this.sessions.set(`${login} ${skin}`, await visitor.page.context().storageState());
    return visitor;
  }

  /** Signs somebody out in another window of the same browser: the page in this one stays open, and its session is over. */
  async endSession(visitor) {
    const other = await this.guest(visitor.skin, await visitor.page.context().storageState());
    await other.open(visitor.skin.startsWith('staff') ? '/workspace' : '/account');
    await other.press('退出登录');
    await other.close();
    this.sessions.clear();
  }

  firstLook(skin, kind) {
    const key = `${skin} ${kind}`;
    const isFirst = !this.looks.has(key);
    this.looks.add(key);
    return isFirst;
  }

  /** Something is wrong that does not end the journey, but fails it. */
  fault(sentence) {
    this.faults.push(sentence);
  }

  /** Faults since the last call. */
  takeFaults() {
    return this.faults.splice(0);
  }

  /** Pictures of all open windows, for whoever looks into a failure. */
  async picture(name) {
    await mkdir(OUT, { recursive: true });
    const pages = this.contexts.flatMap((context) => context.pages());
    const shots = pages.map((page, at) => page.screenshot({ path: path.join(OUT, `failed-${name}-${at + 1}.png`), fullPage: true }).catch(() => {}));
    await Promise.all(shots);
    return pages.map((page) => page.url());
  }

  async closeWindows() {
    await Promise.all(this.contexts.splice(0).map((context) => context.close().catch(() => {})));
  }

  async stop() {
    await this.closeWindows();
    await this.browser.close();
  }
}
