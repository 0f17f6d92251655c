// Somebody registers, adds a passkey of a virtual device, signs in with it in every way, and removes it.
const assert = require("node:assert/strict");
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core");

const [address] = process.argv.slice(2);
const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const [email, password] = ["noor@example.gc.ca", "quiet river walks home"];

async function main() {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", ...quiet] });
  const context = await browser.newContext({ locale: "en-CA", viewport: { width: 320, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  const complaints = [];
  // A refused form is answered with 422, which the browser itself writes to its console.
  page.on("console", (message) => message.type() === "error" && !message.text().includes("422") && complaints.push(message.text()));
  const device = await context.newCDPSession(page);
  await device.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  await device.send("WebAuthn.addVirtualAuthenticator", { options });
  await register(page);
  await add(page);
  await alone(page);
  await second(page);
  await remove(page);
  assert.deepEqual(complaints, []);
  await withoutScript(browser);
  await browser.close();
  console.log("added, used alone and after the password, removed");
}

const heading = (page, words) => page.getByRole("heading", { level: 1, name: words }).waitFor();
const press = (page, words) => page.getByRole("button", { name: words, exact: true }).click();

async function look(page) {
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], iframes: false }));
  assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.help} ${v.nodes.map((n) => n.html).join(" ")}`), [], page.url());
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 320, `${page.url()} is ${wide} px wide at 320`);
}

// The newest link of this kind in the development mailbox.
async function link(page, kind) {
  for (let tries = 0; tries < 100; tries += 1) {
    const list = await (await page.request.get(`${address}/dev/mailbox`)).text();
    for (const [, path] of list.matchAll(/href="(\/dev\/mailbox\/[0-9a-f-]{36})"/g)) {
      const letter = await (await page.request.get(`${address}${path}/html`)).text();
      const found = letter.match(new RegExp(`/${kind}/[\\w-]+`));
      if (found) return found[0];
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`no letter with a link to ${kind}`);
}

async function register(page) {
  await page.goto(`${address}/register`);
  await page.fill("#name", "Noor");
  await page.fill("#email_address", email);
  await page.fill("#password", password);
  await page.check("#agree");
  await press(page, "Create the account");
  await page.goto(address + (await link(page, "confirm")));
  await press(page, "Confirm and sign in");
  await heading(page, "Welcome");
}

async function add(page) {
  await page.goto(`${address}/profile/passkeys`);
  await heading(page, "Enter your password");
  await page.fill("#password", password);
  await press(page, "Continue");
  await heading(page, "Passkeys");
  await look(page);
  await page.fill("#name", "Work phone");
  await press(page, "Add the passkey");
  await page.getByText("The passkey was added.").waitFor();
  await page.getByText("Work phone").first().waitFor();
  await look(page);
  // The same device is not added twice.
  await page.fill("#name", "Again");
  await press(page, "Add the passkey");
  await page.getByText("Your device gave no passkey.").waitFor();
  assert.equal(await page.locator("tbody tr").count(), 1);
}

async function alone(page) {
  await press(page, "Sign out");
  await heading(page, "Sign in");
  await look(page);
  await page.goto(`${address}/sign-in?next=/profile`);
  await press(page, "Sign in with a passkey");
  await heading(page, "Your profile");
  await page.getByText("One passkey").waitFor();
  assert.equal(await page.locator("table").nth(1).locator("tbody tr").first().locator("td").first().innerText(), "Passkey");
  await look(page);
}

async function second(page) {
  await press(page, "Sign out");
  await page.fill("#email_address", email);
  await page.fill("#password", password);
  await press(page, "Continue");
  await heading(page, "Enter your code");
  await look(page);
  await press(page, "Use a passkey");
  await heading(page, "Welcome");
}

async function remove(page) {
  await page.goto(`${address}/profile/passkeys`);
  await heading(page, "Enter your password");
  await look(page);
  await press(page, "Use a passkey");
  await heading(page, "Passkeys");
  await press(page, "Remove Work phone");
  await page.getByText("The passkey was removed.").waitFor();
  await press(page, "Sign out");
  await press(page, "Sign in with a passkey");
  await page.getByText("This passkey did not work.").first().waitFor();
  await look(page);
}

async function withoutScript(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "fr-CA" });
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  assert.equal(await page.getByRole("button", { name: "Se connecter avec une clé d’accès" }).isVisible(), false);
  await page.fill("#email_address", email);
  await page.fill("#password", password);
  await press(page, "Continuer");
  await heading(page, "Entrez votre code");
  await context.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
