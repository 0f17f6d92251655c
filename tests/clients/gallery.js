// Looks at every component in Chromium: axe, widths, forced colours, and what script adds; without script, what stays.
const assert = require("node:assert/strict");
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core");

const [address, pictures] = process.argv.slice(2);
const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const paths = ["/form", "/form?wrong=1", "/shown", "/figures"];

async function main() {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", ...quiet] });
  try {
    for (const locale of ["en-CA", "fr-CA"]) {
      for (const width of [320, 1280]) {
        for (const path of paths) await look(browser, { locale, width, path });
      }
      for (const path of paths) await look(browser, { locale, width: 1280, path, forcedColors: "active" });
    }
    await withScript(browser);
    await withoutScript(browser);
  } finally {
    await browser.close();
  }
}

async function look(browser, { locale, width, path, forcedColors = "none" }) {
  const context = await browser.newContext({ locale, viewport: { width, height: 900 }, forcedColors, reducedMotion: "reduce", bypassCSP: true });
  const page = await context.newPage();
  const complaints = heard(page);
  await page.goto(address + path);
  const name = `${path.replace(/\W+/g, "-")}-${locale.slice(0, 2)}-${width}-${forcedColors}`;
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], iframes: false }));
  const words = found.violations.map((v) => `${v.id}: ${v.help} ${v.nodes.map((n) => n.html).join(" ")}`);
  assert.deepEqual(words, [], name);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= width, `${name} is ${wide} px wide`);
  assert.deepEqual(complaints, [], name);
  await context.close();
}

function heard(page) {
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}

async function withScript(browser) {
  const context = await browser.newContext({ locale: "en-CA", permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  const complaints = heard(page);

  await page.goto(`${address}/form?wrong=1`);
  assert.equal(await focused(page, "role"), "alert");
  await page.click(".summary-wrong a[href='#channel']");
  assert.equal(await focused(page, "id"), "channel");
  await page.fill("#password", "correct horse");
  const reveal = page.locator("[data-reveal]");
  await reveal.click();
  assert.equal(await page.getAttribute("#password", "type"), "text");
  assert.equal(await reveal.textContent(), "Hide password");
  await reveal.click();
  assert.equal(await page.getAttribute("#password", "type"), "password");
  await page.fill("#body", "Hello <b>Ada</b>");
  await page.locator("#body-count", { hasText: "16 characters" }).waitFor();
  await page.locator("#shown", { hasText: "Hello <b>Ada</b>" }).waitFor();
  await page.fill("#body", "Hello Ada");
  await page.evaluate(() => document.getElementById("body").setSelectionRange(6, 9));
  await page.locator(".inserts button").first().click();
  assert.equal(await page.inputValue("#body"), "Hello **Ada**");
  await page.keyboard.press("Control+z");
  assert.equal(await page.inputValue("#body"), "Hello Ada");
  await page.check("#may-2");
  assert.equal(await page.textContent("[data-selected]"), "2 selected");
  await page.check("#channel");
  assert.equal(await page.locator("#number").isVisible(), false);
  await page.check("#channel-2");
  assert.equal(await page.locator("#number").isVisible(), true);
  let sent = 0;
  await page.route("**/form", (route) => (route.request().method() === "POST" ? ((sent += 1), route.fulfill({ status: 204 })) : route.continue()));
  await page.locator(".buttons button").first().dblclick();
  await page.waitForTimeout(200);
  assert.equal(sent, 1, "a form was sent twice");

  await page.goto(`${address}/shown`);
  await page.locator("#news", { hasText: "News by event" }).waitFor();
  await page.locator("#asked", { hasText: "News by asking" }).waitFor();
  assert.equal(await page.getAttribute("#asked", "data-live"), null, "a finished region goes on asking");
  await page.fill("#templates-filter", "elec");
  await page.locator(".filter [role=status]", { hasText: "1 found" }).waitFor();
  assert.equal(await page.locator("#templates tbody tr:visible").count(), 1);
  await page.click("[data-copy=key]");
  await page.locator(".copy-said", { hasText: "Copied" }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^notify-0199/);
  await passkey(context, page);
  assert.deepEqual(complaints, []);
  await context.close();
}

// A device of the browser's own makes the passkey; its answer comes with the form.
async function passkey(context, page) {
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  await devtools.send("WebAuthn.addVirtualAuthenticator", { options });
  await page.goto(`${address.replace("127.0.0.1", "localhost")}/form`);
  await page.click("#key button");
  await page.waitForURL("**/passkey");
  const credential = JSON.parse(await page.textContent("body"));
  assert.equal(credential.type, "public-key");
  assert.ok(credential.response.attestationObject.length > 50);
}

const focused = (page, attribute) => page.evaluate((name) => document.activeElement.getAttribute(name), attribute);

async function withoutScript(browser) {
  const context = await browser.newContext({ locale: "en-CA", javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${address}/form?wrong=1`);
  assert.equal(await page.locator("[data-reveal]").isVisible(), false);
  assert.equal(await page.locator("#body-count").isVisible(), true);
  await page.goto(`${address}/shown`);
  assert.equal(await page.locator(".filter").isVisible(), false);
  assert.equal(await page.locator("#key").isVisible(), true);
  await context.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
