// Every public call of the published Node client that does not concern letters, against a running server.
const assert = require("node:assert/strict");
const { randomUUID } = require("node:crypto");
const { NotifyClient } = require("notifications-node-client");

const [address, key] = process.argv.slice(2);

/** The errors that a call was refused with. */
async function refused(status, call) {
  try {
    await call;
  } catch (error) {
    assert.equal(error.response?.status, status, error.message);
    return error.response.data.errors;
  }
  throw new Error("was not refused");
}

/** The notification once it has come to this status. */
async function until(client, status, id) {
  for (let turn = 0; turn < 100; turn += 1) {
    const { data } = await client.getNotificationById(id);
    if (data.status === status) return data;
    await new Promise((rested) => setTimeout(rested, 100));
  }
  throw new Error(`${id} never came to ${status}`);
}

async function templates(client) {
  const all = (await client.getAllTemplates()).data.templates;
  assert.equal(all.length, 4);
  const emails = (await client.getAllTemplates("email")).data.templates;
  const email = emails.find((template) => template.name.startsWith("Appointment"));
  const texts = (await client.getAllTemplates("sms")).data.templates;
  const text = texts.find((template) => template.name.startsWith("Sign-in"));
  assert.deepEqual((await client.getTemplateById(email.id)).data, email);
  assert.equal((await client.getTemplateByIdAndVersion(email.id, 1)).data.version, 1);
  const values = Object.fromEntries(Object.keys(email.personalisation).map((name) => [name, `value of ${name}`]));
  const preview = (await client.previewTemplateById(email.id, values)).data;
  assert.match(preview.body, /value of/);
  assert.match(preview.html, /<p/);
  const missing = await refused(400, client.previewTemplateById(email.id));
  assert.match(missing[0].message, /^Missing personalisation: /);
  return { email, text, values };
}

async function messages(client, { email, text, values }) {
  const reference = randomUUID();
  const sent = (await client.sendEmail(email.id, "noor@example.gc.ca", {
    personalisation: values,
    reference,
    oneClickUnsubscribeURL: "https://example.gc.ca/unsubscribe",
    sanitiseContentFor: [Object.keys(values)[0]],
  })).data;
  assert.equal(sent.reference, reference);
  assert.equal((await client.getNotificationById(sent.id)).data.email_address, "noor@example.gc.ca");
  assert.equal((await until(client, "delivered", sent.id)).body, sent.content.body);
  const sms = (await client.sendSms(text.id, "+16135550142", { personalisation: { code: "204811" }, reference: "r" })).data;
  assert.match(sms.content.body, /204811/);
  await until(client, "delivered", sms.id);
  return { reference, sent, sms };
}

async function lists(client, { reference, sent, sms }) {
  const found = (await client.getNotifications("email", "delivered", reference)).data;
  assert.deepEqual(found.notifications.map((n) => n.id), [sent.id]);
  assert.match(found.links.next, /older_than=/);
  const either = (await client.getNotifications(undefined, ["delivered", "created"])).data.notifications;
  assert.ok(either.some((n) => n.id === sms.id));
  const older = (await client.getNotifications(undefined, undefined, undefined, sms.id)).data.notifications;
  assert.ok(older.some((n) => n.id === sent.id) && !older.some((n) => n.id === sms.id));
  assert.deepEqual((await client.getReceivedTexts()).data.received_text_messages, []);
}

async function refusals(client, { email, text, values }) {
  const bad = await refused(400, client.sendEmail(email.id, "noor@", { personalisation: values }));
  assert.equal(bad[0].message, "email_address Not a valid email address");
  const missing = await refused(400, client.sendSms(text.id, "+16135550142"));
  assert.equal(missing[0].message, `Missing personalisation for template ID ${text.id}: code`);
  const unknown = await refused(404, client.getNotificationById(randomUUID()));
  assert.equal(unknown[0].error, "NoResultFound");
  const file = client.prepareUpload(Buffer.from("a file"), { filename: "file.txt" });
  const [name] = Object.keys(values);
  const files = await refused(400, client.sendEmail(email.id, "noor@example.gc.ca", { personalisation: { ...values, [name]: file } }));
  assert.equal(files[0].error, "BadRequestError");
  const stranger = new NotifyClient(address, `${key.slice(0, -36)}${randomUUID()}`);
  assert.equal((await refused(403, stranger.getAllTemplates()))[0].error, "AuthError");
}

async function everything() {
  // The address with and without the slash at its end, and each way to name service and key.
  const [service, secret] = [key.slice(-73, -37), key.slice(-36)];
  await new NotifyClient(`${address}/`, key).getAllTemplates();
  await new NotifyClient(address, service, secret).getAllTemplates();
  const client = new NotifyClient(address, key);
  const made = await templates(client);
  await lists(client, await messages(client, made));
  await refusals(client, made);
  console.log("the Node client is content");
}

everything().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
