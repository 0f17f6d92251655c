// Journey 5: sending one message while on trial, to oneself, to a colleague, and to nobody else.
const assert = require("node:assert/strict");
const { address, mail, register, service } = require("./ways.js");

module.exports = async (site) => {
  const noor = await site.person();
  const mine = address(site, "noor.sends");
  await register(site, noor, { name: "Noor", address: mine });
  const permits = await service(noor, `Sending ${site.language} ${site.way}`);
  await noor.go(`${permits}/templates/new/email`);
  await noor.submit('main form[action*="/templates/"]');
  await noor.look("template-empty", { failed: true });
  await noor.fill("#name", "Permit");
  await noor.fill("#subject", "Your permit, ((name))");
  await noor.fill("#body", "Hello ((name)).\n\n((urgent??Come today.))");
  await noor.tick("input[name=category]");
  await noor.submit('main form[action*="/templates/"]');
  const send = `${noor.place}/send`;

  await noor.go(send);
  await noor.submit();
  await noor.look("send-empty", { failed: true });
  await noor.fill("#to", "somebody.else@example.com");
  await noor.fill("#value-0", "Noor");
  await noor.tick('input[type=radio][value="yes"]');
  await noor.submit();
  await noor.look("send-outside", { failed: true });
  assert.equal(await noor.page.locator("#to").inputValue(), "somebody.else@example.com");

  await noor.fill("#to", mine);
  await noor.submit();
  await noor.look("send-check");
  await noor.press("main form button[formaction]");
  assert.equal(await noor.page.locator("#to").inputValue(), mine, "nothing is lost when something is changed");
  await noor.submit();
  await noor.submit();
  await noor.look("message");
  const message = noor.place;
  await mail(site, mine, /Your permit, Noor/);
  // Loading the page again sends nothing again.
  await noor.page.reload();
  await noor.go(`${permits}/messages`);
  assert.equal(await noor.page.locator('main a[href*="/messages/"]').count(), 1);
  await noor.look("messages");
  await noor.go(message);
  await noor.says(mine);
  await noor.leave();
};
