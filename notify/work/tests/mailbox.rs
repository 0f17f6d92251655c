//! The development mailbox keeps what would have been sent, on both engines.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use notify::Channel;
use notify_store::mailbox_message;
use notify_work::provider::{
    EmailRoute, Outcome, OutgoingEmail, OutgoingText, Refusal, TextRoute,
    mailbox::Mailbox,
    settings::{Providers, Unusable},
};
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use serde_json::json;
use uuid::Uuid;

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        audit::migrations().into_iter().chain(notify_store::migrations()).collect()
    }
}

fn email() -> OutgoingEmail {
    OutgoingEmail {
        id: Uuid::from_u128(3),
        from_name: "Service".to_owned(),
        from_address: "service@notify.example".to_owned(),
        to: "someone@example.com".to_owned(),
        reply_to: None,
        subject: "Reçu".to_owned(),
        html: "<p>Reçu</p>".to_owned(),
        plain: "Reçu\n".to_owned(),
        unsubscribe: None,
    }
}

testkit::on_each_engine! { Migrator;
    async fn messages_are_kept_whole_and_found_again(test) {
        let mailbox = Mailbox::new(test.db.clone(), testkit::clock());
        let accepted = EmailRoute::send(&mailbox, &email()).await;
        let Outcome::Accepted { reference: Some(id) } = accepted else { panic!("{accepted:?}") };
        let kept = mailbox_message::find(test.db.read(), id.parse().unwrap()).await.unwrap().unwrap();
        assert_eq!(kept.channel.0, Channel::Email);
        assert_eq!(kept.subject.as_deref(), Some("Reçu"));
        assert_eq!((kept.html.as_deref(), kept.plain.as_str()), (Some("<p>Reçu</p>"), "Reçu\n"));
        let headers = kept.headers.unwrap();
        assert!(headers.starts_with("From: =?utf-8?B?U2VydmljZQ==?=\r\n <service@notify.example>\r\n"));
        assert!(headers.contains("\r\nContent-Type: multipart/alternative;"));

        let text = OutgoingText {
            id: Uuid::from_u128(4),
            from: Some("55555".to_owned()),
            to: "+16132532222".to_owned(),
            body: "ᐃ".repeat(71),
        };
        assert!(matches!(TextRoute::send(&mailbox, &text).await, Outcome::Accepted { .. }));
        let all = mailbox_message::page(test.db.read(), None, 10).await.unwrap();
        let kept = all.iter().find(|kept| kept.channel.0 == Channel::Sms).unwrap();
        assert_eq!((kept.encoding.as_deref(), kept.parts), (Some("ucs2"), 2));
        assert_eq!((kept.sender.as_str(), kept.recipient.as_str()), ("55555", "+16132532222"));
    }

    async fn what_could_not_be_sent_is_not_kept(test) {
        let mailbox = Mailbox::new(test.db.clone(), testkit::clock());
        let bad = OutgoingEmail { to: "nobody".to_owned(), ..email() };
        let outcome = EmailRoute::send(&mailbox, &bad).await;
        assert!(matches!(outcome, Outcome::Refused { kind: Refusal::Technical, .. }), "{outcome:?}");
        assert!(mailbox_message::page(test.db.read(), None, 10).await.unwrap().is_empty());
    }

    async fn settings_open_the_routes_and_keep_the_mailbox_out_of_production(test) {
        let open = |settings: &serde_json::Value, development| {
            let providers: Providers = serde_json::from_value(settings.clone()).unwrap();
            providers.open(development, &test.db, &testkit::clock())
        };
        let routes = open(&json!({}), true).unwrap();
        assert_eq!((routes.email.name(), routes.text.name()), ("mailbox", "mailbox"));
        let field = |settings, development| open(&settings, development).err().map(|e: Unusable| e.field);
        assert_eq!(field(json!({}), false), Some("email.route"));
        let smtp = json!({ "route": "smtp", "smtp": { "host": "mail.example" } });
        assert_eq!(field(json!({ "email": smtp }), false), Some("text.route"));
        assert_eq!(field(json!({ "email": { "route": "smtp" } }), true), Some("email.smtp"));
        let http = json!({ "route": "http", "http": {
            "url": "https://api.example/", "body": r#"{"to":"{to}","text":"{body}"}"#
        } });
        let routes = open(&json!({ "email": smtp, "text": http }), false).unwrap();
        assert_eq!((routes.email.name(), routes.text.name()), ("smtp", "http"));
    }
}
