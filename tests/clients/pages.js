// Opens each page in Chromium and asks axe; in both languages, narrow and wide, with and without script.
const assert = require("node:assert/strict");
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core");

const [address, ...paths] = process.argv.slice(2);
const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

async function main() {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", ...quiet] });
  let looks = 0;
  for (const language of ["en-CA", "fr-CA"]) {
    for (const width of [320, 1280]) {
      for (const path of paths) {
        await look(browser, { language, width, path });
        looks += 1;
      }
    }
  }
  await withoutScript(browser);
  await browser.close();
  console.log(`${looks} looks, nothing found`);
}

async function look(browser, { language, width, path }) {
  const context = await browser.newContext({ locale: language, viewport: { width, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  const answer = await page.goto(address + path);
  assert.equal(answer.status(), 200, path);
  assert.equal(await page.getAttribute("html", "lang"), language.slice(0, 2), path);
  assert.equal(await page.locator("h1").count(), 1, path);
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], iframes: false }));
  const words = found.violations.map((v) => `${v.id}: ${v.help} ${v.nodes.map((n) => n.html).join(" ")}`);
  assert.deepEqual(words, [], `${path} ${language} ${width}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= width, `${path} is ${wide} px wide at ${width}`);
  assert.deepEqual(complaints, [], path);
  await context.close();
}

async function withoutScript(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of paths) {
    await page.goto(address + path);
    assert.ok((await page.locator("main").innerText()).length > 20, `${path} needs script`);
  }
  await context.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
