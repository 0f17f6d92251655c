"""Every public call of the published Python client that does not concern letters, against a running server."""

import io
import sys
import time
import uuid

from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient
from notifications_python_client.utils import DOCUMENT_UPLOAD_SIZE_LIMIT, prepare_upload

address, key = sys.argv[1:3]
client = NotificationsAPIClient(key, base_url=address)


def refused(status, call, *arguments, **named):
    """Calls, and gives the errors it was refused with."""
    try:
        call(*arguments, **named)
    except HTTPError as error:
        assert error.status_code == status, (error.status_code, error.message)
        return error.message
    raise AssertionError("was not refused")


def until(status, notification):
    """The notification once it has come to this status."""
    for _ in range(100):
        found = client.get_notification_by_id(notification)
        if found["status"] == status:
            return found
        time.sleep(0.1)
    raise AssertionError(found)


# Templates
templates = client.get_all_templates()["templates"]
assert len(templates) == 4, templates
emails = client.get_all_templates("email")["templates"]
texts = client.get_all_templates(template_type="sms")["templates"]
assert len(emails) == len(texts) == 2
email = next(t for t in emails if t["name"].startswith("Appointment"))
text = next(t for t in texts if t["name"].startswith("Sign-in"))
one = client.get_template(email["id"])
assert one == email, (one, email)
assert client.get_template_version(email["id"], 1)["version"] == 1
assert client.get_all_template_versions(email["id"])["data"][0]["version"] == 1
values = {name: f"value of {name}" for name in email["personalisation"]}
preview = client.post_template_preview(email["id"], values)
assert "value of" in preview["body"] and "<p" in preview["html"], preview
missing = refused(400, client.post_template_preview, email["id"], None)
assert missing[0]["message"].startswith("Missing personalisation: "), missing

# An e-mail
reference = str(uuid.uuid4())
sent = client.send_email_notification(
    "noor@example.gc.ca",
    email["id"],
    personalisation=values,
    reference=reference,
    one_click_unsubscribe_url="https://example.gc.ca/unsubscribe",
    sanitise_content_for=list(values)[:1],
)
assert sent["reference"] == reference and sent["content"]["subject"], sent
assert sent["uri"] == f"{address}/v2/notifications/{sent['id']}", sent
assert sent["content"]["one_click_unsubscribe_url"] == "https://example.gc.ca/unsubscribe"
assert "sanitised_content" in sent
at_once = client.get_notification_by_id(sent["id"])
assert at_once["email_address"] == "noor@example.gc.ca", at_once
delivered = until("delivered", sent["id"])
assert delivered["sent_at"] and delivered["completed_at"] and delivered["body"] == sent["content"]["body"]

# A text
sms = client.send_sms_notification("+16135550142", text["id"], personalisation={"code": "204811"}, reference="r2")
assert "204811" in sms["content"]["body"], sms
assert until("delivered", sms["id"])["phone_number"] == "+16135550142"

# Lists and their pages
found = client.get_all_notifications(reference=reference)["notifications"]
assert [n["id"] for n in found] == [sent["id"]]
assert client.get_all_notifications(status="delivered", template_type="sms")["notifications"]
for _ in range(5):
    client.send_sms_notification("+16135550142", text["id"], personalisation={"code": "1"}, reference=reference)
listed = [n["id"] for n in client.get_all_notifications_iterator(reference=reference)]
assert len(listed) == len(set(listed)) == 6, listed
older = client.get_all_notifications(older_than=listed[0], include_jobs=True)["notifications"]
assert listed[0] not in [n["id"] for n in older] and listed[1] in [n["id"] for n in older]

# Received texts
assert client.get_received_texts()["received_text_messages"] == []
assert list(client.get_received_texts_iterator()) == []

# Refusals
bad = refused(400, client.send_email_notification, "noor@", email["id"], personalisation=values)
assert bad[0]["error"] == "ValidationError", bad
assert bad[0]["message"] == "email_address Not a valid email address", bad
missing = refused(400, client.send_sms_notification, "+16135550142", text["id"])
assert missing[0]["message"] == f"Missing personalisation for template ID {text['id']}: code", missing
unknown = refused(404, client.get_notification_by_id, str(uuid.uuid4()))
assert unknown[0] == {**unknown[0], "error": "NoResultFound", "message": "No result found"}, unknown
file = prepare_upload(io.BytesIO(b"a file"), filename="file.txt")
assert DOCUMENT_UPLOAD_SIZE_LIMIT
name = next(iter(values))
files = refused(400, client.send_email_notification, "noor@example.gc.ca", email["id"], {**values, name: file})
assert files[0]["error"] == "BadRequestError", files
print("the Python client is content")
