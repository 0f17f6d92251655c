// Journey 8: inviting, accepting, permitting and removing a member.
const assert = require("node:assert/strict");
const { PASSWORD, address, link, register, service } = require("./ways.js");

module.exports = async (site) => {
  const noor = await site.person();
  const mine = address(site, "noor.team");
  await register(site, noor, { name: "Noor", address: mine });
  const permits = await service(noor, `Team ${site.language} ${site.way}`);
  await noor.go(`${permits}/team`);
  await noor.look("team");
  await noor.press(`a[href="${permits}/team/invite"]`);
  for (const wrong of ["", mine, "someone@example.com"]) {
    await noor.fill("#email_address", wrong);
    await noor.submit();
    await noor.look("invite-wrong", { failed: true });
  }
  const guest = address(site, "guest");
  await noor.fill("#email_address", guest);
  await noor.untick('input[value="view_activity"]');
  await noor.tick('input[value="send_messages"]');
  await noor.submit();
  await noor.look("team-invited");

  const invitation = await link(site, guest, "/invitation/");
  // Somebody else who has signed in is told whose account is open.
  await noor.go(invitation);
  await noor.says(mine);
  await noor.look("invitation-other");

  const ada = await site.person();
  await ada.go(invitation);
  await ada.look("invitation");
  await ada.fill("#name", "Ada");
  await ada.fill("#password", "short");
  await ada.submit();
  await ada.look("invitation-wrong", { failed: true });
  await ada.fill("#password", PASSWORD);
  await ada.submit();
  assert.ok(ada.place.startsWith(permits), ada.place);
  for (const closed of ["/settings", "/api", "/team/invite"]) {
    assert.equal(await ada.go(permits + closed), 403, closed);
    await ada.look("forbidden");
  }
  assert.ok(!(await ada.has(`a[href="${permits}/settings"]`)));

  // Noor gives her the settings, then takes her off the team.
  await noor.go(`${permits}/team`);
  await noor.press('main tr:has-text("Ada") a');
  await noor.look("member");
  await noor.tick('input[value="manage_service"]');
  await noor.submit();
  assert.equal(await ada.go(`${permits}/settings`), 200);
  await noor.press('main tr:has-text("Ada") a');
  await noor.press('main a[href$="/remove"]');
  await noor.look("member-remove");
  await noor.submit();
  await noor.look("team-removed");
  assert.equal(await ada.go(`${permits}/settings`), 404);
  await ada.look("not-found");
  await ada.leave();
  await noor.leave();
};
