// Journey 3: making a service, which begins on trial.
const assert = require("node:assert/strict");
const { address, register, service } = require("./ways.js");

module.exports = async (site) => {
  const noor = await site.person();
  await register(site, noor, { name: "Noor", address: address(site, "noor.service") });
  await noor.look("welcome");
  const name = `Harbours ${site.language} ${site.way}`;
  const first = await service(noor, name);

  await noor.go("/services/new");
  for (const wrong of ["", 'The "best" harbours', name.toUpperCase()]) {
    await noor.fill("#name", wrong);
    await noor.submit();
    await noor.look("new-service-wrong", { failed: true });
    assert.equal(await noor.page.locator("#name").inputValue(), wrong);
  }
  // Somebody without a government's address gets no way to make one: only an invitation brings them here.
  await noor.go("/services");
  await noor.look("services");
  await noor.press(`main a[href="${first}"]`);
  await noor.look("dashboard-empty");
  assert.ok(await noor.has(`.band a[href="${first}/go-live"]`));
  await noor.go(`${first}/settings`);
  await noor.says(name);
  await noor.look("settings");
  // The other language shows the same page.
  await noor.press(".language a");
  const other = site.language === "en" ? "fr" : "en";
  assert.equal(await noor.page.getAttribute("html", "lang"), other);
  assert.equal(noor.place, `${first}/settings`);
  await noor.leave();
};
