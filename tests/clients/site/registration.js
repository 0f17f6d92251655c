// Journey 1: self-registration with a government address.
const assert = require("node:assert/strict");
const { address, link, mail } = require("./ways.js");

module.exports = async (site) => {
  const noor = await site.person();
  const mine = address(site, "noor.registers");
  await noor.go("/");
  await noor.go("/register");
  await noor.submit();
  await noor.look("register-empty", { failed: true });
  for (const field of ["name", "email_address", "password", "agree"]) assert.ok(await noor.has(`[role=alert] a[href="#${field}"]`), field);

  await noor.fill("#name", "Noor");
  await noor.fill("#email_address", "someone@example.com");
  await noor.fill("#password", "password1");
  await noor.submit();
  await noor.look("register-wrong", { failed: true });
  assert.equal(await noor.page.locator("#email_address").inputValue(), "someone@example.com");
  assert.equal(await noor.page.locator("#name").inputValue(), "Noor");

  await noor.fill("#email_address", mine);
  await noor.fill("#password", "password1234");
  await noor.tick("#agree");
  await noor.submit();
  await noor.look("register-common", { failed: true });

  await noor.fill("#password", "quiet river walks home");
  await noor.submit();
  assert.equal(noor.place, "/register/sent");
  const confirm = await link(site, mine, "/confirm/");

  // The same page for an address that has an account; its owner gets another letter.
  const other = await site.person({ way: "script" });
  await other.go(confirm);
  await other.submit();
  await other.leave();
  const again = await site.person();
  await again.go("/register");
  await again.fill("#name", "Noor");
  await again.fill("#email_address", mine);
  await again.fill("#password", "another long sentence here");
  await again.tick("#agree");
  await again.submit();
  assert.equal(again.place, "/register/sent");
  await mail(site, mine, /\/(sign-in|new-password)/);

  // The link works once; one that nobody sent leads nowhere.
  assert.ok([200, 404, 410].includes(await again.go(confirm)));
  await again.look("link-over");
  assert.equal(await again.go("/confirm/this-was-never-sent"), 404);
  await again.look("link-unknown");
  await again.leave();
  await noor.leave();
};
