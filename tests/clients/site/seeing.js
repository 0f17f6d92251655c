// Journeys 9 (call-backs), 11 and 12 (settings): what a service sends, where it stands, and what is set about it.
const assert = require("node:assert/strict");
const { PASSWORD, address, mail, register, service } = require("./ways.js");

module.exports = async (site) => {
  const noor = await site.person();
  const mine = address(site, "noor.sees");
  await register(site, noor, { name: "Noor", address: mine });
  const harbours = await service(noor, `Seeing ${site.language} ${site.way}`);
  await noor.look("dashboard-first");
  assert.equal(await noor.page.locator("#first-1-status").count(), 1, "a new service has first steps");

  await noor.go(`${harbours}/templates/new/email`);
  await noor.fill("#name", "Berth");
  await noor.fill("#subject", "Your berth, ((name))");
  await noor.fill("#body", "Hello ((name)).");
  await noor.tick("input[name=category]");
  await noor.submit('main form[action*="/templates/"]');
  await noor.go(`${noor.place}/send`);
  await noor.fill("#to", mine);
  await noor.fill("#value-0", "Noor");
  await noor.submit();
  await noor.submit();
  const message = noor.place;
  await mail(site, mine, /Your berth, Noor/);
  await noor.go(message);
  await noor.look("message-history");

  // What was sent stands on the first page and in the usage, and both name the same rest.
  await noor.go(harbours);
  await noor.look("dashboard");
  const used = await noor.page.locator(".bar-said").nth(2).innerText();
  await noor.press(`main a[href="${harbours}/usage"]`);
  await noor.look("usage");
  assert.equal(await noor.page.locator(".bar-said").first().innerText(), used);
  await noor.press(`main a[href^="${harbours}/usage/templates"]:not([download])`);
  await noor.look("usage-templates");
  await noor.go(`${harbours}/problem-addresses`);
  await noor.look("problem-addresses");

  // The list is narrowed down, and a recipient stands in no address.
  await noor.go(`${harbours}/messages?channel=sms`);
  assert.equal(await noor.page.locator('main a[href*="/messages/"]').count(), 0);
  await noor.go(`${harbours}/messages?from=soon`);
  await noor.look("messages-wrong", { failed: true });
  await noor.go(`${harbours}/messages`);
  await noor.fill("#recipient", mine.slice(0, 6));
  await noor.submit('main form[action$="/search"]');
  assert.equal(await noor.page.locator('main a[href*="/messages/"]').count(), 1);
  assert.ok(!noor.path.includes("noor"), noor.path);
  await noor.go(`${harbours}/inbox`);
  await noor.look("inbox-without-number");

  await noor.go(`${harbours}/api`);
  await noor.press(`main a[href="${harbours}/api/callbacks"]`);
  await noor.look("callbacks");
  await noor.press(`main a[href="${harbours}/api/callbacks/delivery"]`);
  for (const wrong of ["http://example.ca/", "https://10.0.0.1/", "https://localhost:1/"]) {
    await noor.fill("#url", wrong);
    await noor.fill("#token", "a-long-enough-token");
    await noor.press("main form button[value=save]");
    await noor.look("callback-wrong", { failed: true });
    assert.equal(await noor.page.locator("#url").inputValue(), wrong);
    assert.equal(await noor.page.locator("#token").inputValue(), "", "a token is never shown");
  }
  await noor.go(`${harbours}/api/log`);
  await noor.look("message-log");

  // A new name is seen first, and takes the password.
  await noor.go(`${harbours}/settings`);
  await noor.look("settings");
  await noor.press(`main a[href="${harbours}/settings/name#name"]`);
  await noor.look("settings-name");
  const name = `Harbours and quays ${site.language} ${site.way}`;
  await noor.fill("#name", name);
  await noor.submit('main form[action$="/name"]');
  await noor.says(name);
  await noor.fill("#password", "not my password at all");
  await noor.submit('main form[action$="/confirm"]');
  await noor.look("settings-name-wrong", { failed: true });
  await noor.fill("#password", PASSWORD);
  await noor.submit('main form[action$="/confirm"]');
  assert.equal(await noor.page.locator(".band strong").innerText(), name);
  for (const page of ["change", "retention", "senders", "reply-to", "archive"]) {
    await noor.go(`${harbours}/settings/${page}`);
    await noor.look(`settings-${page}`);
  }
  await noor.fill("#name", name.toLowerCase());
  await noor.fill("#password", PASSWORD);
  await noor.submit('main form[action$="/archive"]');
  await noor.look("archive-wrong", { failed: true });
  await noor.fill("#name", name);
  await noor.fill("#password", PASSWORD);
  await noor.submit('main form[action$="/archive"]');
  assert.equal(noor.place, "/services");
  assert.equal(await noor.go(harbours), 404);
  await noor.leave();
};
