// What many journeys begin with: an account, a service, a template, the letters that came.
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");

const PASSWORD = "quiet river walks home";

// The newest message in the development mailbox to `recipient` whose words match and which is not among `read`;
// gives the match. Waits for it.
async function mail(site, recipient, wanted, read = new Set()) {
  const context = await site.browser.newContext({ locale: "en-CA" });
  const page = await context.newPage();
  for (let round = 0; round < 40; round += 1) {
    await page.goto(`${site.address}/dev/mailbox`);
    const rows = page.locator("main table tbody tr").filter({ hasText: recipient });
    const links = await rows.locator("a").evaluateAll((all) => all.map((link) => link.href));
    for (const link of [...new Set(links)].filter((link) => !read.has(link)).slice(0, 5)) {
      await page.goto(link);
      const found = (await page.locator("main").innerText()).match(wanted);
      if (found) {
        read.add(link);
        await context.close();
        return found;
      }
    }
    await new Promise((done) => setTimeout(done, 250));
  }
  return assert.fail(`no message to ${recipient} matches ${wanted}`);
}

// The path of a link in a letter that begins like `path`.
async function link(site, recipient, path) {
  const [found] = await mail(site, recipient, new RegExp(`${site.address}${path}[\\w-]+`));
  return found.slice(site.address.length);
}

const codes = new Set();

// The code of the newest letter that has one and was not read before.
async function code(site, recipient) {
  // No port of an address, and no part of an identifier.
  const [digits] = await mail(site, recipient, /(?<![\w:-])\d{5}(?![\w-])/, codes);
  return digits;
}

// Registers as anybody does; ends signed in.
async function register(site, person, { name, address }) {
  await person.go("/register");
  await person.fill("#name", name);
  await person.fill("#email_address", address);
  await person.fill("#password", PASSWORD);
  await person.tick("#agree");
  await person.submit();
  await person.go(await link(site, address, "/confirm/"));
  await person.submit();
}

// Signs in with password and the code from the letter.
async function signIn(site, person, address, password = PASSWORD) {
  await person.go("/sign-in");
  await person.fill("#email_address", address);
  await person.fill("#password", password);
  await person.submit();
  await person.fill("#code", await code(site, address));
  await person.submit();
}

// Makes a service and gives its address, such as /services/….
async function service(person, name) {
  await person.go("/services/new");
  await person.fill("#name", name);
  await person.submit();
  return person.place;
}

// Runs a command of the same installation, as its operator would.
function command(...words) {
  const { PORTICO_BINARY, PORTICO_FOLDER } = process.env;
  return execFileSync(PORTICO_BINARY, words, { cwd: PORTICO_FOLDER, encoding: "utf8" });
}

// Addresses are new in each run, because all runs share one server.
function address(site, who) {
  return `${who}.${site.language}.${site.way}@example.gc.ca`;
}

module.exports = { PASSWORD, address, code, command, link, mail, register, service, signIn };
