// Somebody in front of a browser, who finds things by what they are called.
import assert from 'node:assert/strict';
import path from 'node:path';
import { faults } from './axe.mjs';
import { OUT } from './places.mjs';

/** A page of one browser window. Names are those on the page, exact unless a pattern is given. */
export class Visitor {
  /** `skin` is one of citizen, elder, phone, elder-phone, staff, staff-phone, plain (without script). */
  constructor(world, page, skin) {
    this.world = world;
    this.page = page;
    this.skin = skin;
  }

  /** Opens an address of the server; `status` is the answer expected. */
  async open(address, status = 200) {
    const answer = await this.page.goto(new URL(address, this.world.url).href);
    assert.equal(answer.status(), status, `GET ${address}`);
  }

  /** Path of the address now shown. */
  get path() {
    return new URL(this.page.url()).pathname;
  }

  button(name) {
    return this.page.getByRole('button', named(name)).first();
  }

  link(name) {
    return this.page.getByRole('link', named(name)).first();
  }

  /** Presses a button that leads to another page. */
  async press(name) {
    await this.#leave(this.button(name));
  }

  /** Presses a button of the form in which some words stand. */
  async pressIn(words, name) {
    await this.#leave(this.page.locator('form').filter({ hasText: words }).getByRole('button', named(name)).first());
  }

  /** Follows a link to another page. */
  async follow(name) {
    await this.#leave(this.link(name));
  }

  async #leave(locator) {
    const gone = this.page.waitForNavigation({ waitUntil: 'load' });
    // Without a handler of its own a refused click would leave this promise unheard.
    gone.catch(() => {});
    await locator.click();
    await gone;
  }

  field(label) {
    return this.page.getByLabel(label, { exact: typeof label === 'string' }).and(this.page.locator('input, textarea, select')).first();
  }

  async type(label, value) {
    await this.field(label).fill(value);
  }

  async pick(label, option) {
    await this.field(label).selectOption({ label: option });
  }

  /** Chooses a radio button of a group. */
  async choose(group, option) {
    await this.page.getByRole('group', { name: group }).getByRole('radio', named(option)).check();
  }

  async tick(label) {
    await this.page.getByRole('checkbox', named(label)).check();
  }

  /** Chooses a file; with script the control is a button that opens the chooser, without it is the browser's own. */
  async upload(label, file) {
    const chooser = this.page.getByRole('button', { name: label });
    if (this.skin === 'plain' || (await chooser.count()) === 0) {
      await this.field(label).setInputFiles(file);
      return;
    }
    const opened = this.page.waitForEvent('filechooser');
    await chooser.first().click();
    await (await opened).setFiles(file);
  }

  /** Waits until the page says something. */
  async sees(text) {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** Waits for the main heading. */
  async reads(heading) {
    await this.page.getByRole('heading', { level: 1, name: heading }).first().waitFor();
  }

  async seesNot(text) {
    assert.equal(await this.page.getByText(text).filter({ visible: true }).count(), 0, `the page must not say ${text}`);
  }

  /** The value of a line of a summary list. */
  async fact(name) {
    const row = this.page.locator('.govuk-summary-list__row').filter({ has: this.page.locator('dt', { hasText: name }) }).first();
    return (await row.locator('dd').first().innerText()).trim();
  }

  /** The errors of the summary on top, each of which must stand at its field too. */
  async errors() {
    const summary = this.page.locator('.govuk-error-summary');
    await summary.waitFor();
    const lines = await summary.getByRole('link').allInnerTexts();
    assert.ok(lines.length > 0, 'the error summary must list what is wrong');
    return lines.map((line) => line.trim());
  }

  /** Fetches what a link leads to, with the cookies of this window. */
  async fetch(link) {
    const answer = await this.page.context().request.get(new URL(await link.getAttribute('href'), this.page.url()).href);
    return { status: answer.status(), type: answer.headers()['content-type'] ?? '', body: await answer.body() };
  }

  /** Takes a picture of a kind of page and checks it for accessibility, each once per skin. */
  async look(kind) {
    if (!this.world.firstLook(this.skin, kind)) return;
    await this.page.screenshot({ path: path.join(OUT, `${this.skin}-${kind}.png`), fullPage: true, animations: 'disabled' });
    if (this.skin === 'plain') return;
    const found = await faults(this.page);
    if (found.length > 0) this.world.fault(`${this.skin} ${kind} (${this.path}) is not accessible:\n      ${found.join('\n      ')}`);
  }

  /** Nothing may be wider than the window. */
  async fits() {
    const widths = await this.page.evaluate(() => {
      const room = document.documentElement.clientWidth;
      const isWide = (one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1 && getComputedStyle(one).overflowX === 'visible';
      const wide = [...document.querySelectorAll('main *')].filter((one) => isWide(one) && ![...one.children].some(isWide));
      return { room, needed: document.documentElement.scrollWidth, wide: wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)) };
    });
    if (widths.needed > widths.room) {
      this.world.fault(`${this.path} scrolls sideways: ${widths.needed} px in a window of ${widths.room} px: ${widths.wide.join(' | ')}`);
    }
  }

  /** Goes round pages, pairs of a kind and an address: each is there, accessible, and on a phone no wider than it. */
  async tour(pages) {
    for (const [kind, address] of pages) {
      await this.open(address);
      await this.page.getByRole('heading', { level: 1 }).first().waitFor();
      await this.look(kind);
      if (this.skin.includes('phone')) await this.fits();
    }
  }

  async close() {
    await this.page.context().close();
  }
}

const named = (name) => ({ name, exact: typeof name === 'string' });
