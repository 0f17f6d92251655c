// Follows every link of the site, as a member with all permissions and as staff, and looks at each kind of page once in
// each language. The kinds are the addresses in docs/permissions.md: one that no link leads to is a finding, unless
// it stands below with the reason. crawl.js ADDRESS
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { open } = require("./site/person.js");
const { address, command, register } = require("./site/ways.js");
const { furnish } = require("./site/furnish.js");

// Pages that links do not lead to from here, each with who looks at it instead.
const ELSEWHERE = require("./site/elsewhere.json");

const site = { address: process.argv[2] };
// What is wrong anywhere; all of it is told at the end.
const found = [];

function kinds() {
  const table = readFileSync(join(__dirname, "../../docs/permissions.md"), "utf8");
  const rows = [...table.matchAll(/^\| GET (\S+) \|/gm)].map(([, path]) => path);
  const pattern = (path) => new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`);
  // The one with the fewest variables speaks for an address that two fit.
  const variables = (path) => path.split("{").length;
  return rows.sort((one, other) => variables(one) - variables(other)).map((path) => ({ path, pattern: pattern(path), looked: 0 }));
}

async function main() {
  const all = kinds();
  for (const language of ["en", "fr"]) {
    const own = await open(site.address, { language, way: "script" });
    const noor = await own.person();
    const first = await furnish(own, noor);
    await crawl(own, noor, all, [first, "/services", "/profile", "/"]);
    await noor.leave();
    const staff = await own.person();
    const mine = address(own, "staff.crawls");
    await register(own, staff, { name: "Staff", address: mine });
    command("admin", "person", "employ", mine);
    command("admin", "organisation", "create", `Agency ${language}`);
    await crawl(own, staff, all, ["/staff", first]);
    await staff.leave();
    const nobody = await own.person();
    await crawl(own, nobody, all, ["/sign-in", "/"]);
    await nobody.leave();
    await own.close();
  }
  const missed = all.filter((kind) => kind.looked === 0 && !(kind.path in ELSEWHERE)).map((kind) => kind.path);
  assert.deepEqual(found, []);
  assert.deepEqual(missed, [], "no link leads to these");
  // A public page has another address in the other language, which is a kind of its own.
  const one = (kind) => kind.looked === 1 && /^\/(services|staff|profile|organisations)/.test(kind.path);
  const both = all.filter(one).map((kind) => kind.path);
  assert.deepEqual(both, [], "seen in one language only");
  console.log(`${all.filter((kind) => kind.looked).length} kinds of pages in both languages, nothing found`);
}

// Breadth first from `starts`; looks at each kind of page that was not looked at in this language before.
async function crawl(own, person, all, starts) {
  const waiting = [...starts];
  const known = new Set(waiting);
  const turn = own.language === "en" ? 0 : 1;
  while (waiting.length > 0) {
    const path = waiting.shift();
    const kind = all.find((one) => one.pattern.test(path.split("?")[0]));
    if (!kind || kind.looked > turn || kind.path in ELSEWHERE) continue;
    const answer = await person.page.goto(own.address + path).catch((error) => error);
    // What is only to be kept as a file opens no page.
    if (answer instanceof Error) {
      assert.match(answer.message, /Download is starting|ERR_ABORTED/, path);
      kind.looked = turn + 1;
      continue;
    }
    if (answer.status() === 403 || answer.status() === 404 || person.place !== path.split("?")[0]) continue;
    assert.equal(answer.status(), 200, path);
    kind.looked = turn + 1;
    if ((answer.headers()["content-type"] ?? "").startsWith("text/html") && !(await isFramed(answer))) {
      await person.look(kind.path.replace(/[^a-z]+/g, "-")).catch((error) => found.push(`${own.language} ${path}: ${error.message}`));
    }
    const links = await person.page.locator("a[href]").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    for (const link of links) {
      const to = link.split("#")[0];
      if (!to.startsWith("/") || /[?&]lang=/.test(to) || known.has(to)) continue;
      known.add(to);
      waiting.push(to);
    }
  }
}

// A letter in its frame is no page of the house.
async function isFramed(answer) {
  return (answer.headers()["content-security-policy"] ?? "").startsWith("sandbox");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
