// Walks one journey of the admin specification, section (b): journeys.js ADDRESS JOURNEY LANGUAGE WAY
// The ways are "script", "plain" (no script) and "keyboard" (no mouse). Prints what the person did, as JSON.
const { open } = require("./site/person.js");

const [address, journey, language, way] = process.argv.slice(2);

async function main() {
  const site = await open(address, { language, way });
  try {
    const counted = await require(`./site/${journey}.js`)(site);
    console.log(JSON.stringify(counted ?? {}));
  } finally {
    await site.close();
  }
}

main().catch((error) => {
  console.error(`${journey} ${language} ${way}:`, error);
  process.exit(1);
});
