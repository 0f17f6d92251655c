// Takes the pictures of the README from a running installation: pictures.js ADDRESS FOLDER
const { open } = require("./site/person.js");
const { mail, register, service } = require("./site/ways.js");

const [address, folder] = process.argv.slice(2);
const MINE = "noor@example.gc.ca";
const BODY = [
  "[[en]]",
  "# Your passport is ready",
  "Hello ((name)), pick it up by ((date)). Bring:",
  "* this email",
  "* a document with your photo",
  "[[/en]]",
  "[[fr]]",
  "# Votre passeport est prêt",
  "Bonjour ((name)), venez le chercher d’ici le ((date)). Apportez :",
  "* ce courriel",
  "* une pièce d’identité avec photo",
  "[[/fr]]",
].join("\n\n");

async function main() {
  const site = await open(address, { language: "en", way: "script" });
  const noor = await site.person();
  const take = (name) => noor.page.screenshot({ path: `${folder}/${name}.png` });
  await register(site, noor, { name: "Noor", address: MINE });
  const passports = await service(noor, "Passports – Passeports");
  await noor.go(`${passports}/templates/new/email`);
  await noor.fill("#name", "Passport ready – Passeport prêt");
  await noor.fill("#subject", "Your passport is ready – Votre passeport est prêt");
  await noor.fill("#body", BODY);
  await noor.tick('input[name=language][value="both"], input[name=language]:last-of-type');
  await noor.tick("input[name=category]");
  await noor.submit('main form[action*="/templates/"]');
  const template = noor.place;
  for (const date of ["December 1", "December 2", "December 3"]) {
    await noor.go(`${template}/send`);
    await noor.fill("#to", MINE);
    await noor.fill("#value-0", "Noor");
    await noor.fill("#value-1", date);
    await noor.submit();
    if (date === "December 3") await take("check");
    await noor.press('main form[action$="/send"] button:not([formaction])');
  }
  await mail(site, MINE, /December 3/);
  await noor.go(passports);
  await take("dashboard");
  await noor.go("/dev/mailbox");
  await noor.press("main table tbody tr a");
  await take("mailbox");
  await site.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
