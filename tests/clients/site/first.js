// The first journey, as docs/journeys.md counts it: register, confirm, service, template, message in the mailbox, go live.
const { address, command, link, mail, register } = require("./ways.js");

module.exports = async (site) => {
  const noor = await site.person();
  const mine = address(site, "noor.first");
  await noor.go("/register");
  await noor.fill("#name", "Noor");
  await noor.fill("#email_address", mine);
  await noor.fill("#password", "quiet river walks home");
  await noor.tick("#agree");
  await noor.look("register");
  await noor.submit();
  await noor.look("register-sent");
  await noor.go(await link(site, mine, "/confirm/"));
  await noor.look("confirm");
  await noor.submit();
  await noor.look("welcome");

  await noor.press('main a[href="/services/new"]');
  await noor.fill("#name", `Passports ${site.language} ${site.way}`);
  await noor.look("new-service");
  await noor.submit();
  const service = noor.place;
  await noor.look("dashboard-first");

  await noor.press(`main a[href^="${service}/templates/new"]`);
  if (await noor.has(`main a[href^="${service}/templates/new/email"]`)) {
    await noor.look("template-kind");
    await noor.press(`main a[href^="${service}/templates/new/email"]`);
  }
  await noor.fill("#name", "Passport ready");
  await noor.fill("#subject", "Your passport is ready, ((name))");
  await noor.fill("#body", "# Your passport is ready\n\nHello ((name)),\n\n* bring a document with your photo\n* come within 30 days");
  await noor.tick("input[name=category]");
  await noor.look("template-edit");
  await noor.submit('main form[action*="/templates/"]');
  await noor.look("template");

  await noor.press('main a[href$="/send"]');
  await noor.fill("#to", mine);
  await noor.fill("#value-0", "Noor");
  await noor.look("send");
  await noor.submit();
  await noor.look("check");
  await noor.press('main form[action$="/send"] button:not([formaction])');
  await noor.look("sent");
  await mail(site, mine, /Your passport is ready, Noor/);

  // A colleague who can manage the service, as going live asks.
  const colleague = address(site, "emile.first");
  await noor.press(`a[href="${service}/go-live"]`);
  await noor.press(`main a[href^="${service}/team/invite"]`);
  await noor.fill("#email_address", colleague);
  await noor.look("invite");
  await noor.submit();
  await accept(site, colleague);

  await noor.press(`a[href="${service}/go-live"]`);
  await noor.look("go-live");
  await noor.press(`main a[href="${service}/go-live/purpose"]`);
  await noor.fill("#purpose", "Telling applicants that their passport is ready.");
  await noor.fill("#recipients", "The public");
  await noor.fill("#email_daily", "2000");
  await noor.fill("#sms_daily", "0");
  await noor.look("go-live-purpose");
  await noor.submit();
  await noor.press(`main a[href="${service}/go-live/terms"]`);
  await noor.tick("main form input[type=checkbox]");
  await noor.look("go-live-terms");
  await noor.submit();
  await noor.submit(`main form[action="${service}/go-live"]`);
  await noor.look("go-live-asked");
  await decide(site, service);
  await mail(site, mine, /Passports/);
  await noor.go(service);
  await noor.look("dashboard-live");
  const counted = { ...noor.counted };
  await noor.leave();
  return counted;
};

// The colleague's way in; it is prepared with script, whatever the journey's way is.
async function accept(site, colleague) {
  const person = await site.person({ way: "script" });
  await person.go(await link(site, colleague, "/invitation/"));
  await person.fill("#name", "Émile");
  await person.fill("#password", "slow green tram at noon");
  await person.submit();
  await person.leave();
}

// Somebody of the staff opens the queue and approves.
async function decide(site, service) {
  const staff = await site.person({ way: "script" });
  const mine = address(site, "staff.first");
  await register(site, staff, { name: "Staff", address: mine });
  command("admin", "person", "employ", mine);
  await staff.go("/staff/go-live");
  await staff.look("staff-queue");
  await staff.press(`main tr:has-text("${site.language} ${site.way}") a[href^="/staff/go-live/"]`);
  await staff.look("staff-request");
  await staff.fill("#organisation", `Passport Office ${site.language} ${site.way}`);
  await staff.tick("#create");
  await staff.press('main form[action$="/approve"] button');
  await staff.look("staff-decided");
  await staff.leave();
}

