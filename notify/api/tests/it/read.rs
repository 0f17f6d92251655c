use accounts::KeyKind;
use chrono::TimeDelta;
use http::Method;
use kernel::{Id, Word};
use notify::{Channel, Permission, Status};
use notify_store::{
    notification::{self, Step},
    setting,
    statistic::Tally,
};
use serde_json::{Value, json};

use crate::app::{App, Key, Migrator};

fn ids(page: &Value) -> Vec<&str> {
    let listed = page["notifications"].as_array().unwrap();
    listed.iter().map(|one| one["id"].as_str().unwrap()).collect()
}

async fn send(app: &App, key: &Key, body: Value) -> Value {
    let sent = app.post("/v2/notifications/email", key, &body).await;
    assert_eq!(sent.status, 201, "{}", sent.body);
    sent.body
}

async fn walk(app: &App, first: &str) -> Vec<String> {
    let (mut seen, mut next) = (Vec::new(), first.to_owned());
    loop {
        let page = app.get(&next, &app.key).await.body;
        let found = ids(&page);
        if found.is_empty() {
            assert!(page["links"].get("next").is_none());
            return seen;
        }
        seen.extend(found.into_iter().map(str::to_owned));
        let link = page["links"]["next"].as_str().unwrap();
        // As the Python client does: the first thing in the link that looks like a UUID.
        let start = link.find("older_than=").unwrap() + "older_than=".len();
        assert_eq!(link[start..start + 36], *seen.last().unwrap());
        assert!(!link[..start].contains("reference"), "older_than comes first");
        next = link.strip_prefix("https://api.example.ca").unwrap().to_owned();
    }
}

async fn step(app: &App, id: &str, from: Status, to: Status, words: Option<&str>) {
    let tx = app.db.begin().await.unwrap();
    let step = Step {
        from,
        to,
        at: app.clock.now(),
        provider: Some("smtp".to_owned()),
        provider_reference: None,
        provider_response: words.map(str::to_owned),
    };
    let ids = [id.parse().unwrap()];
    let mut tally = Tally::default();
    assert_eq!(notification::step(&tx, &ids, &step, &mut tally).await.unwrap().len(), 1);
    tally.write(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

testkit::on_each_engine! { Migrator;
    async fn a_message_can_be_read_as_soon_as_it_is_accepted_and_says_the_same(test) {
        let app = App::start(&test).await;
        let template = app.email("Hello ((name))", "Dear ((name)),\n((items))").await;
        let sent = send(&app, &app.key, json!({
            "email_address": "Noor@Example.gc.ca", "template_id": template, "reference": "r1",
            "personalisation": {"name": "Noor", "items": ["tea", "cake"]},
            "one_click_unsubscribe_url": "https://example.ca/u",
        })).await;
        let id = sent["id"].as_str().unwrap();
        let path = format!("/v2/notifications/{id}");
        let read = app.get(&path, &app.key).await;
        assert_eq!(read.status, 200, "{}", read.body);
        assert_eq!(read.body["subject"], sent["content"]["subject"]);
        assert_eq!(read.body["body"], sent["content"]["body"]);
        assert_eq!(read.body, json!({
            "id": id, "reference": "r1", "email_address": "Noor@Example.gc.ca", "phone_number": null,
            "line_1": null, "line_2": null, "line_3": null, "line_4": null, "line_5": null, "line_6": null,
            "postcode": null, "type": "email", "status": "created", "status_description": "In transit",
            "status_description_fr": "En transit", "provider_response": null,
            "template": {"id": template, "version": 1, "uri": format!("https://api.example.ca/v2/template/{template}/version/1")},
            "body": sent["content"]["body"], "subject": "Hello Noor", "created_at": "2026-11-21T12:00:00.000000Z",
            "sent_at": null, "completed_at": null, "created_by_name": null, "scheduled_for": null, "postage": null,
            "one_click_unsubscribe_url": "https://example.ca/u", "is_cost_data_ready": true, "cost_in_pounds": 0.0,
            "cost_details": {},
        }));
        let upper = app.get(&format!("/v2/notifications/{{{}}}", id.to_uppercase().replace('-', "")).replace(['{', '}'], ""), &app.key).await;
        assert_eq!(upper.status, 200, "any spelling of a UUID");
    }

    async fn a_text_shows_its_parts_and_every_ended_status_its_time(test) {
        let app = App::start(&test).await;
        let template = app.sms("Line\r\none ((n))").await;
        let body = json!({"phone_number": "613 555 0123", "template_id": template, "personalisation": {"n": 1}});
        let sent = app.post("/v2/notifications/sms", &app.key, &body).await.body;
        let id = sent["id"].as_str().unwrap();
        app.clock.advance(TimeDelta::seconds(5));
        step(&app, id, Status::Created, Status::ProviderFailure, Some("DESTINATION_COUNTRY_BLOCKED")).await;
        let read = app.get(&format!("/v2/notifications/{id}"), &app.key).await.body;
        assert_eq!((&read["phone_number"], &read["body"]), (&json!("613 555 0123"), &json!("Line\none 1")));
        assert_eq!((&read["subject"], &read["type"]), (&Value::Null, &json!("sms")));
        assert_eq!(read["cost_details"], json!({"billable_sms_fragments": 1, "international_rate_multiplier": 1, "sms_rate": 0.0}));
        assert_eq!(read["status_description"], "Can't send to this international number");
        assert_eq!(read["completed_at"], "2026-11-21T12:00:05.000000Z");
    }

    async fn an_unknown_or_malformed_id_is_told_apart(test) {
        let app = App::start(&test).await;
        let bad = app.get("/v2/notifications/not-a-uuid", &app.key).await;
        bad.refused(400, "ValidationError", "notification_id is not a valid UUID");
        let strange = format!("/v2/notifications/{}", Id::<()>::new(app.clock.now()));
        app.get(&strange, &app.key).await.refused(404, "NoResultFound", "No result found");
        app.get(&format!("{strange}/pdf"), &app.key).await.refused(404, "NoResultFound", "No result found");
        let no_text = app.get("/v2/notifications/%FF", &app.key).await;
        assert_eq!(no_text.status, 400, "{}", no_text.body);
        let template = app.email("s", "b").await;
        let sent = send(&app, &app.key, json!({"email_address": "a@b.ca", "template_id": template})).await;
        let pdf = app.get(&format!("/v2/notifications/{}/pdf", sent["id"].as_str().unwrap()), &app.key).await;
        pdf.refused(400, "BadRequestError", "Notification is not a letter");
    }

    async fn a_list_refuses_what_it_does_not_know_and_tells_all_of_it(test) {
        let app = App::start(&test).await;
        let refused = app.get("/v2/notifications?status=elephant", &app.key).await;
        refused.refused(400, "ValidationError", "status elephant is not one of [cancelled, created, sending, sent, delivered, pending, failed, technical-failure, temporary-failure, permanent-failure, provider-failure, pending-virus-check, validation-failed, virus-scan-failed, returned-letter, pii-check-failed, accepted, received]");
        let refused = app.get("/v2/notifications?template_type=orange&older_than=x&include_jobs=1&page=2&rows=3", &app.key).await;
        assert_eq!(refused.status, 400);
        assert_eq!(refused.messages(), [
            "Additional properties are not allowed (page, rows were unexpected)",
            "include_jobs 1 is not one of [true, True, false, False]",
            "older_than is not a valid UUID",
            "template_type orange is not one of [sms, email, letter]",
        ]);
    }

    async fn following_next_shows_every_message_once_and_ends(test) {
        let app = App::start(&test).await;
        let template = app.email("s", "b").await;
        let reference = "6fa1ecdf-5a3f-4d84-ae1f-d7a3a2d2b1aa";
        let mut rows = Vec::new();
        for nth in 0..520 {
            app.clock.advance(TimeDelta::milliseconds(2));
            let now = app.clock.now();
            rows.push((now, (nth % 2 == 0).then(|| reference.to_owned())));
        }
        let first = send(&app, &app.key, json!({"email_address": "a@b.ca", "template_id": template})).await;
        let sample = notification::find(app.db.read(), app.service, first["id"].as_str().unwrap().parse().unwrap()).await.unwrap().unwrap();
        let content = notification::Content::open(&app.vault, sample.id, &sample.sealed).unwrap();
        let rows = rows.into_iter().map(|(now, reference)| {
            let id = Id::new(now);
            notification::Model { id, created_at: now, reference, sealed: content.seal(&app.vault, id).unwrap(), ..sample.clone() }
        });
        let rows: Vec<_> = rows.collect();
        let tx = app.db.begin().await.unwrap();
        for group in rows.chunks(100) {
            notification::insert(&tx, group.to_vec()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut newest_first: Vec<_> = rows.iter().map(|row| row.id).chain([sample.id]).collect();
        newest_first.sort_unstable_by(|a, b| b.cmp(a));
        let all: Vec<_> = newest_first.iter().map(ToString::to_string).collect();
        assert_eq!(walk(&app, "/v2/notifications").await, all);
        let some = walk(&app, &format!("/v2/notifications?reference={reference}")).await;
        assert_eq!(some.len(), 260);
        assert!(walk(&app, &format!("/v2/notifications?older_than={}", Id::<()>::new(app.clock.now()))).await.is_empty());
    }

    async fn statuses_and_types_filter_alone_repeated_and_with_commas(test) {
        let app = App::start(&test).await;
        let (email, sms) = (app.email("s", "b").await, app.sms("t").await);
        let mut sent = Vec::new();
        for _ in 0..3 {
            app.clock.advance(TimeDelta::milliseconds(2));
            sent.push(send(&app, &app.key, json!({"email_address": "a@b.ca", "template_id": email})).await["id"].as_str().unwrap().to_owned());
        }
        app.clock.advance(TimeDelta::milliseconds(2));
        let text = app.post("/v2/notifications/sms", &app.key, &json!({"phone_number": "+16135550123", "template_id": sms})).await.body;
        sent.push(text["id"].as_str().unwrap().to_owned());
        step(&app, &sent[0], Status::Created, Status::PermanentFailure, None).await;
        step(&app, &sent[1], Status::Created, Status::Sending, None).await;
        let cases: [(&str, &[usize]); 9] = [
            ("", &[3, 2, 1, 0]),
            ("?status=failed", &[0]),
            ("?status=created%2Cfailed", &[3, 2, 0]),
            ("?status=created&status=sending", &[3, 2, 1]),
            ("?status=accepted", &[3, 2, 1]),
            ("?status=accepted%2C%20received", &[3, 2, 1]),
            ("?template_type=sms", &[3]),
            ("?template_type=letter", &[]),
            ("?template_type=letter,email&status=created", &[2]),
        ];
        for (query, expected) in cases {
            let page = app.get(&format!("/v2/notifications{query}"), &app.key).await.body;
            let expected: Vec<_> = expected.iter().map(|nth| sent[*nth].as_str()).collect();
            assert_eq!(ids(&page), expected, "{query}");
        }
    }

    async fn a_list_holds_what_keys_of_the_same_kind_sent_and_batches_only_on_demand(test) {
        let app = App::start(&test).await;
        let (tester, template) = (app.key(app.service, KeyKind::Test).await, app.email("s", "b").await);
        let body = json!({"email_address": "a@b.ca", "template_id": template});
        let normal = send(&app, &app.key, body.clone()).await;
        let test_one = send(&app, &tester, body).await;
        let listed = app.get("/v2/notifications", &tester).await.body;
        assert_eq!(ids(&listed), [test_one["id"].as_str().unwrap()]);
        let listed = app.get("/v2/notifications", &app.key).await.body;
        assert_eq!(ids(&listed), [normal["id"].as_str().unwrap()]);
        let read = app.get(&format!("/v2/notifications/{}", test_one["id"].as_str().unwrap()), &app.key).await;
        assert_eq!(read.status, 200, "any key of the service reads every message");
        let kept = app.stored().await.into_iter().find(|row| *row.key_kind == KeyKind::Normal).unwrap();
        let id = Id::new(app.clock.now());
        let content = notification::Content::open(&app.vault, kept.id, &kept.sealed).unwrap();
        let of_batch = notification::Model {
            id, batch_id: Some(Id::new(app.clock.now())), row_number: Some(2),
            sealed: content.seal(&app.vault, id).unwrap(), key_kind: Word(KeyKind::Normal), ..kept
        };
        let tx = app.db.begin().await.unwrap();
        notification::insert(&tx, vec![of_batch]).await.unwrap();
        tx.commit().await.unwrap();
        for (query, many) in [("", 1), ("?include_jobs=false", 1), ("?include_jobs=true", 2), ("?include_jobs=True", 2)] {
            let page = app.get(&format!("/v2/notifications{query}"), &app.key).await.body;
            assert_eq!(ids(&page).len(), many, "{query}");
        }
    }

    async fn a_scheduled_message_is_deleted_once_and_stays_readable(test) {
        let app = App::start(&test).await;
        let template = app.email("s", "b").await;
        let plain = json!({"email_address": "a@b.ca", "template_id": template});
        let now = send(&app, &app.key, plain).await;
        let later = send(&app, &app.key, json!({"email_address": "a@b.ca", "template_id": template, "scheduled_for": "2026-11-21T18:00:00"})).await;
        let path = |sent: &Value| format!("/v2/notifications/{}", sent["id"].as_str().unwrap());
        let delete = async |path: String| app.call(Method::DELETE, &path, Some(&app.key.header()), "").await;
        delete(path(&now)).await.refused(400, "BadRequestError", "Notification is not scheduled and cannot be deleted");
        let gone = delete(path(&later)).await;
        assert_eq!((gone.status.as_u16(), gone.body), (200, json!({"result": "success"})));
        let again = delete(path(&later)).await;
        again.refused(400, "BadRequestError", "Notification has already been sent and cannot be deleted");
        let read = app.get(&path(&later), &app.key).await.body;
        assert_eq!((&read["status"], &read["scheduled_for"]), (&json!("cancelled"), &json!("2026-11-21T18:00:00.000000Z")));
        let strange = format!("/v2/notifications/{}", Id::<()>::new(app.clock.now()));
        delete(strange).await.refused(404, "NotificationNotFoundError", "Notification not found in database");
        delete("/v2/notifications/x".to_owned()).await.refused(400, "ValidationError", "notification_id is not a valid UUID");
    }

    async fn a_suspended_service_may_still_read(test) {
        let app = App::start(&test).await;
        let template = app.email("s", "b").await;
        let sent = send(&app, &app.key, json!({"email_address": "a@b.ca", "template_id": template})).await;
        let tx = app.db.begin().await.unwrap();
        accounts::service::suspend(&tx, &app.stamp(), app.service).await.unwrap();
        tx.commit().await.unwrap();
        app.api.directory.invalidate(app.service).await;
        let path = format!("/v2/notifications/{}", sent["id"].as_str().unwrap());
        assert_eq!(app.get(&path, &app.key).await.status, 200);
        let bearer = app.key.bearer(&app.clock, 0);
        assert_eq!(app.call(Method::GET, &path, Some(&bearer), "").await.status, 200);
    }

    async fn a_service_without_a_channel_still_reads_its_messages(test) {
        let app = App::start(&test).await;
        let template = app.sms("t").await;
        let body = json!({"phone_number": "+16135550123", "template_id": template});
        let sent = app.post("/v2/notifications/sms", &app.key, &body).await.body;
        let only = setting::Change { permissions: Some([Permission::to_send(Channel::Email)].into()), ..Default::default() };
        app.set(only).await;
        let path = format!("/v2/notifications/{}", sent["id"].as_str().unwrap());
        assert_eq!(app.get(&path, &app.key).await.status, 200);
    }
}
