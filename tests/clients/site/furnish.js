// A service with one of everything, so that every page of it has something to show.
const { address, link, mail, register, service } = require("./ways.js");

async function furnish(site, noor) {
  const mine = address(site, "noor.furnishes");
  await register(site, noor, { name: "Noor", address: mine });
  const first = await service(noor, `Everything ${site.language}`);
  const template = await emailTemplate(noor, first);
  await textTemplate(noor, first);
  await message(noor, template, mine);
  await mail(site, mine, /Your permit, Noor/);
  await invite(site, noor, first);
  await key(noor, first);
  await folder(noor, first);
  await goLive(noor, first);
  return first;
}

async function emailTemplate(noor, first) {
  await noor.go(`${first}/templates/new/email`);
  await noor.fill("#name", "Permit ready");
  await noor.fill("#subject", "Your permit, ((name))");
  await noor.fill("#body", "# Your permit is ready\n\nHello ((name)).");
  await noor.tick("input[name=category]");
  await noor.submit('main form[action*="/templates/"]');
  return noor.place;
}

async function textTemplate(noor, first) {
  await noor.go(`${first}/templates/new/sms`);
  await noor.fill("#name", "Permit by text");
  await noor.fill("#body", "Your permit is ready, ((name)).");
  await noor.tick("input[name=category]");
  await noor.submit('main form[action*="/templates/"]');
}

async function message(noor, template, to) {
  await noor.go(`${template}/send`);
  await noor.fill("#to", to);
  await noor.fill("#value-0", "Noor");
  await noor.submit();
  await noor.press('main form[action$="/send"] button:not([formaction])');
}

async function invite(site, noor, first) {
  const colleague = address(site, "emile.joins");
  await noor.go(`${first}/team/invite`);
  await noor.fill("#email_address", colleague);
  await noor.tick('input[value="manage_service"]');
  await noor.submit();
  const emile = await site.person();
  await emile.go(await link(site, colleague, "/invitation/"));
  await emile.fill("#name", "Émile");
  await emile.fill("#password", "slow green tram at noon");
  await emile.submit();
  await emile.leave();
}

async function key(noor, first) {
  await noor.go(`${first}/api/keys/new`);
  await noor.fill("#name", "Permits program");
  await noor.tick('input[name=kind][value="team"]');
  await noor.submit();
}

async function folder(noor, first) {
  await noor.go(`${first}/templates`);
  await noor.press(`main a[href^="${first}/templates/folders/new"]`);
  await noor.fill("#name", "Permits");
  await noor.submit('main form[action*="/folders"]');
}

async function goLive(noor, first) {
  await noor.go(`${first}/go-live/purpose`);
  await noor.fill("#purpose", "Telling people that their permit is ready.");
  await noor.fill("#recipients", "The public");
  await noor.fill("#email_daily", "100");
  await noor.fill("#sms_daily", "0");
  await noor.submit();
  await noor.go(`${first}/go-live/terms`);
  await noor.tick("main form input[type=checkbox]");
  await noor.submit();
  await noor.submit(`main form[action="${first}/go-live"]`);
}

module.exports = { furnish };
