// Validates HTML: files and folders of them, or pages of a running server, each in both languages.
// usage: node html.js FILE_OR_FOLDER...   or   node html.js http://ADDRESS PATH...
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { HtmlValidate, StaticConfigLoader } = require("html-validate");

const [address] = process.argv.slice(2).filter((word) => /^https?:/.test(word));
// A mail program shows the subject above the message, so its headings begin one step lower than those of a page.
const highest = address ? "h1" : "h2";
const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ["html-validate:recommended", "html-validate:document"],
    rules: {
      "heading-level": ["error", { minInitialRank: highest }],
      // Several boxes of one question have one name.
      "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "reset", "submit"] }],
      "doctype-style": "off", // the standard allows both cases
      "no-trailing-whitespace": address ? "off" : "error", // a loop in a page leaves blanks that nobody is sent an e-mail of
      "no-redundant-role": "off", // a table that is shown as blocks on a narrow screen keeps its roles only by saying them
      "require-sri": ["error", { target: "crossorigin" }], // our own server vouches for our own files
    },
  }),
);

/** The documents to look at, each with a name and its HTML; all of a server's before the first is validated, which takes long. */
async function documents(places) {
  const all = [];
  if (address) {
    for (const page of places.slice(1)) {
      for (const language of ["en", "fr"]) {
        const answer = await fetch(address + page, { headers: { "Accept-Language": language, Accept: "text/html" } });
        const html = await answer.text();
        assert.match(answer.headers.get("content-type"), /^text\/html/, page);
        assert.match(html, new RegExp(`<html[^>]* lang="${language}`), `${page} in ${language}`);
        all.push([`${page} (${language}, ${answer.status})`, html]);
      }
    }
    return all;
  }
  for (const place of places) {
    const inside = fs.statSync(place).isDirectory() ? fs.readdirSync(place).map((name) => path.join(place, name)) : [place];
    for (const file of inside.filter((name) => name.endsWith(".html"))) all.push([file, fs.readFileSync(file, "utf8")]);
  }
  return all;
}

async function main() {
  let [looked, found] = [0, 0];
  for (const [name, html] of await documents(process.argv.slice(2))) {
    looked += 1;
    const report = await validator.validateString(html, name);
    for (const message of report.results.flatMap((result) => result.messages)) {
      found += 1;
      console.log(`${name}:${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
    }
  }
  console.log(`${looked} documents, ${found} problems`);
  process.exitCode = looked > 0 && found === 0 ? 0 : 1;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
