// Somebody in front of a browser, in one of three ways: with script, without it ("plain"), or with the keyboard alone.
// Counts what they do, and looks at every page as the house wants it.
const assert = require("node:assert/strict");
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core");

const QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const NARROW = { width: 320, height: 800 };
const WIDE = { width: 1280, height: 900 };
// More stops of the Tab key than any page has.
const MOST_STOPS = 300;

async function open(address, { language, way }) {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", ...QUIET] });
  return {
    browser,
    address,
    language,
    way,
    // A new person who has never been here; `way` may differ from the journey's for what only prepares it.
    person: (how = {}) => Person.arrive({ browser, address, language, way, ...how }),
    close: () => browser.close(),
  };
}

class Person {
  static async arrive({ browser, address, language, way }) {
    const person = new Person();
    Object.assign(person, { address, language, way, counted: { pages: 0, fields: 0, clicks: 0, seconds: 0 }, complaints: [], expected: [] });
    person.context = await browser.newContext({
      locale: `${language}-CA`,
      timezoneId: "America/Toronto",
      viewport: WIDE,
      bypassCSP: true,
      javaScriptEnabled: way !== "plain",
    });
    person.page = await person.context.newPage();
    person.page.setDefaultTimeout(15_000);
    person.page.on("console", (said) => said.type() === "error" && person.complaints.push(`${person.page.url()}: ${said.text()}`));
    person.page.on("response", (answer) => person.note(answer));
    return person;
  }

  note(answer) {
    if (answer.request().resourceType() !== "document" || answer.frame() !== this.page.mainFrame()) return;
    const { requestStart, responseStart } = answer.request().timing();
    if (responseStart > 0) this.counted.seconds += (responseStart - requestStart) / 1000;
    if (answer.status() < 300 || answer.status() >= 400) this.counted.pages += 1;
    if (answer.status() >= 400) this.expected.push(answer.status());
  }

  // Opens an address of the site as somebody does who follows a link from elsewhere.
  async go(path) {
    const answer = await this.page.goto(path.startsWith("http") ? path : this.address + path);
    return answer.status();
  }

  get path() {
    const { pathname, search } = new URL(this.page.url());
    return pathname + search;
  }

  // The address of the page without its query.
  get place() {
    return new URL(this.page.url()).pathname;
  }

  async says(words) {
    const text = await this.page.locator("body").innerText();
    assert.ok(text.replace(/\s+/g, " ").includes(words), `${this.path} does not say “${words}”:\n${text.slice(0, 1500)}`);
  }

  async saysNot(words) {
    const text = await this.page.locator("body").innerText();
    assert.ok(!text.replace(/\s+/g, " ").includes(words), `${this.path} says “${words}”`);
  }

  async has(selector) {
    return (await this.page.locator(selector).count()) > 0;
  }

  // Fills in a field.
  async fill(selector, words) {
    this.counted.fields += 1;
    const field = this.page.locator(selector).first();
    if (this.way !== "keyboard") return field.fill(words);
    await this.reach(field);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.insertText(words);
    assert.equal(await field.inputValue(), words.replace(/\r\n/g, "\n"), selector);
  }

  // Ticks a box or chooses a radio button.
  async tick(selector) {
    this.counted.clicks += 1;
    const box = this.page.locator(selector).first();
    if (await box.isChecked()) return;
    if (this.way !== "keyboard") return box.check();
    if ((await box.getAttribute("type")) === "radio") await this.reachRadio(box);
    else await this.reach(box);
    if (!(await box.isChecked())) await this.page.keyboard.press("Space");
    assert.ok(await box.isChecked(), selector);
  }

  async untick(selector) {
    const box = this.page.locator(selector).first();
    if (!(await box.isChecked())) return;
    this.counted.clicks += 1;
    if (this.way !== "keyboard") return box.uncheck();
    await this.reach(box);
    await this.page.keyboard.press("Space");
    assert.ok(!(await box.isChecked()), selector);
  }

  // Chooses from a list by the value of the option.
  async choose(selector, value) {
    this.counted.fields += 1;
    const list = this.page.locator(selector).first();
    if (this.way === "keyboard") await this.reach(list);
    await list.selectOption(value);
  }

  // Gives a file. No key opens the system's own window in a test, so the keyboard only reaches the field.
  async give(selector, file) {
    this.counted.fields += 1;
    const field = this.page.locator(selector).first();
    if (this.way === "keyboard") await this.reach(field);
    await field.setInputFiles(file);
  }

  // Follows a link or pushes a button that leads to another page.
  async press(selector) {
    this.counted.clicks += 1;
    const target = this.page.locator(selector).filter({ visible: true }).first();
    await target.waitFor();
    // The old page's document is gone once the new one stands.
    await this.page.evaluate(() => document.documentElement.setAttribute("data-old", ""));
    if (this.way === "keyboard") {
      await this.reach(target);
      await this.page.keyboard.press("Enter");
    } else {
      await target.click();
    }
    await this.page.locator("html:not([data-old])").waitFor({ state: "attached" });
    await this.page.waitForLoadState("load");
  }

  // The one main button of the page's form.
  async submit(form = "main form") {
    await this.press(`${form} button:not([type=button])`);
  }

  async reach(target) {
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await target.evaluate((it) => it === document.activeElement)) return;
      await this.page.keyboard.press("Tab");
      await this.seen();
    }
    assert.fail(`the Tab key does not reach ${target} on ${this.path}`);
  }

  // Tab stops at one button of a group; the arrows move within it.
  async reachRadio(target) {
    const group = await target.getAttribute("name");
    const here = () => this.page.evaluate(() => document.activeElement?.getAttribute("name"));
    for (let stop = 0; stop < MOST_STOPS && (await here()) !== group; stop += 1) await this.page.keyboard.press("Tab");
    for (let step = 0; step < 30; step += 1) {
      if (await target.evaluate((it) => it === document.activeElement)) return;
      await this.page.keyboard.press("ArrowDown");
    }
    assert.fail(`the arrows do not reach ${target} on ${this.path}`);
  }

  // What has the focus is on the page and shows it.
  async seen() {
    const bare = await this.page.evaluate(() => {
      const it = document.activeElement;
      if (!it || it === document.body || it.tagName === "IFRAME") return null;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(it);
      const shown = (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
      return shown ? null : it.outerHTML.slice(0, 150);
    });
    assert.equal(bare, null, `nothing shows the focus on ${this.path}`);
  }

  // Looks at the page as the house wants every page: one heading, its language, a title, nothing wider than 320 px, and
  // nothing that axe finds. `failed` says that a form came back with errors.
  async look(name, { failed = false } = {}) {
    const { page, language } = this;
    assert.equal(await page.getAttribute("html", "lang"), language, `${this.path}: lang`);
    assert.equal(await page.locator("h1").count(), 1, `${this.path}: one h1`);
    const title = await page.title();
    const h1 = (await page.locator("h1").innerText()).replace(/\s+/g, " ").trim();
    assert.ok(title.replace(/\s+/g, " ").includes(h1), `${this.path}: title “${title}” without “${h1}”`);
    if (failed) {
      assert.match(title, language === "fr" ? /^Erreur/ : /^Error/, `${this.path}: title of a failed form`);
      assert.ok(await this.has("[role=alert], .error-summary, #error-summary"), `${this.path}: error summary`);
    }
    await this.narrow(name);
    if (this.way !== "plain") await this.axe();
  }

  async narrow(name) {
    await this.picture(name, "wide");
    await this.page.setViewportSize(NARROW);
    // Without script the width cannot be asked for, and is the same.
    if (this.way !== "plain") {
      const wide = await this.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= NARROW.width, `${this.path} is ${wide} px wide at 320`);
    }
    await this.picture(name, "narrow");
    await this.page.setViewportSize(WIDE);
  }

  async picture(name, width) {
    if (!process.env.PICTURES) return;
    const file = `${process.env.PICTURES}/${name}-${this.language}-${width}.png`;
    await this.page.screenshot({ path: file, fullPage: true });
  }

  async axe() {
    await this.page.addScriptTag({ path: axe });
    const found = await this.page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], iframes: false }));
    const words = found.violations.map((v) => `${v.id}: ${v.help} ${v.nodes.map((n) => n.html.slice(0, 200)).join(" | ")}`);
    assert.deepEqual(words, [], `axe on ${this.path} in ${this.language}`);
  }

  // Nothing was wrong in the browser's console, beyond answers that the journey wanted refused.
  calm() {
    const rest = this.complaints.filter((said) => !/the server responded with a status of 4\d\d/.test(said));
    assert.deepEqual(rest, []);
  }

  async leave() {
    this.calm();
    await this.context.close();
  }
}

module.exports = { open, Person };
