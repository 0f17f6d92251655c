// Journey 2: signing in with the code from the letter, wrong tries, a new password, signing out.
const assert = require("node:assert/strict");
const { PASSWORD, address, code, link, register, signIn } = require("./ways.js");

module.exports = async (site) => {
  const mine = address(site, "noor.signs.in");
  const before = await site.person({ way: "script" });
  await register(site, before, { name: "Noor", address: mine });

  const noor = await site.person();
  await noor.go("/services?from=a-link");
  assert.equal(noor.place, "/sign-in");
  await noor.look("sign-in");
  const refusals = [];
  for (const who of [mine, address(site, "nobody.there")]) {
    await noor.fill("#email_address", who);
    await noor.fill("#password", "not the password at all");
    await noor.submit();
    await noor.look("sign-in-wrong", { failed: true });
    refusals.push(await noor.page.locator("[role=alert]").innerText());
  }
  assert.equal(refusals[0], refusals[1], "the same words for an unknown address");

  await noor.fill("#email_address", mine);
  await noor.fill("#password", PASSWORD);
  await noor.submit();
  assert.equal(noor.place, "/sign-in/code");
  await noor.look("sign-in-code");
  for (const wrong of ["abcde", "123"]) {
    await noor.fill("#code", wrong);
    await noor.submit();
    await noor.look("sign-in-code-wrong", { failed: true });
  }
  await noor.fill("#code", await code(site, mine));
  await noor.submit();
  assert.equal(noor.path, "/services?from=a-link", "where one wanted to go");

  // The profile lists both browsers, and a click ends the other one.
  await noor.go("/profile");
  await noor.look("profile");
  await noor.press('button[formaction*="/profile/sessions/"], form[action*="/profile/sessions/"] button');
  await before.go("/services");
  assert.equal(before.place, "/sign-in");
  await before.leave();

  await noor.press('form[action="/sign-out"] button');
  await noor.look("signed-out");
  await noor.go("/services");
  assert.equal(noor.place, "/sign-in");

  await noor.go("/forgot-password");
  await noor.look("forgot-password");
  await noor.fill("#email_address", mine);
  await noor.submit();
  const reset = await link(site, mine, "/new-password/");
  await noor.go(reset);
  await noor.look("new-password");
  await noor.fill("#password", "a completely different one");
  await noor.submit();
  await noor.go(reset);
  await noor.look("new-password-used");
  const later = await site.person({ way: "script" });
  await signIn(site, later, mine, "a completely different one");
  assert.equal(later.place, "/services");
  await later.leave();
  await noor.leave();
};
