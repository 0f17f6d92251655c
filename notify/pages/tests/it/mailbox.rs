//! The development mailbox as a newcomer sees it, on both engines and in both languages.

use db::Db;
use kernel::{Id, Word};
use notify::Channel;
use notify_store::{MailboxMessageId, mailbox_message};
use sea_orm::ActiveModelTrait;
use testkit::on_each_engine;

use crate::house::{Migrations, ask, ask_router, house, is_sound};

fn email(number: u8) -> mailbox_message::Model {
    mailbox_message::Model {
        id: Id::new(testkit::clock().now() + std::time::Duration::from_secs(number.into())),
        notification_id: Id::new(testkit::clock().now()),
        channel: Word(Channel::Email),
        sender: "Benefits <benefits@example.ca>".to_owned(),
        recipient: "amala@example.ca".to_owned(),
        subject: Some(format!("Letter {number} <b>&")),
        headers: Some("Subject: Letter\nMessage-ID: <1@example.ca>".to_owned()),
        html: Some("<!doctype html><p style=\"color:#111\">Hello</p>".to_owned()),
        plain: "Hello & welcome".to_owned(),
        encoding: None,
        parts: 0,
        received_at: testkit::clock().now(),
    }
}

fn text_message() -> mailbox_message::Model {
    mailbox_message::Model {
        channel: Word(Channel::Sms),
        recipient: "+16135550123".to_owned(),
        subject: None,
        headers: None,
        html: None,
        plain: "Votre code est 1234, ça expire bientôt".to_owned(),
        encoding: Some("ucs2".to_owned()),
        parts: 2,
        ..email(90)
    }
}

async fn keep(db: &Db, message: mailbox_message::Model) -> MailboxMessageId {
    let id = message.id;
    let columns: mailbox_message::ActiveModel = message.into();
    let tx = db.begin().await.unwrap();
    columns.reset_all().insert(&tx).await.unwrap();
    tx.commit().await.unwrap();
    id
}

on_each_engine! { Migrations;
    async fn an_empty_mailbox_says_what_to_do(test) {
        let page = ask(&test.db, "/dev/mailbox").await;
        is_sound(&page, "en", "Development mailbox");
        assert!(page.html.contains("Nothing has been sent yet"));
        assert!(page.html.contains("curl http://localhost:6015/v2/notifications/email"));
        let page = ask(&test.db, "/dev/mailbox?lang=fr").await;
        is_sound(&page, "fr", "Boîte de développement");
        assert!(page.html.contains("Rien n’a encore été envoyé"));
    }

    async fn the_list_is_newest_first_and_pages_downwards(test) {
        for number in 0..51 {
            keep(&test.db, email(number)).await;
        }
        let first = ask(&test.db, "/dev/mailbox").await;
        is_sound(&first, "en", "Development mailbox");
        let (newest, second) = (first.html.find("Letter 50"), first.html.find("Letter 49"));
        assert!(newest.unwrap() < second.unwrap());
        assert!(first.html.contains("Letter 50 &#60;b&#62;&#38;"), "{}", first.html);
        assert!(!first.html.contains("Letter 0 "));

        let link = first.html.split(r#"<a rel="next" href=""#).nth(1).unwrap();
        let last = ask(&test.db, link.split('"').next().unwrap()).await;
        assert!(last.html.contains("Letter 0 ") && !last.html.contains("Letter 1 "));
        assert!(last.html.contains(r#"<a rel="prev" href="/dev/mailbox">Newer</a>"#));
    }

    async fn an_email_shows_every_form_it_was_sent_in(test) {
        let id = keep(&test.db, email(7)).await;
        let page = ask(&test.db, &format!("/dev/mailbox/{id}")).await;
        is_sound(&page, "en", "Email to amala@example.ca");
        assert!(page.html.contains(&format!("<iframe src=\"/dev/mailbox/{id}/html\"")));
        assert!(page.html.contains("Hello &#38; welcome"));
        assert!(page.html.contains("Message-ID: &#60;1@example.ca&#62;"));
        assert!(page.html.contains("November 21, 2026, 12:00 UTC"));
    }

    async fn the_html_of_an_email_cannot_run_or_reach_anything(test) {
        let id = keep(&test.db, email(7)).await;
        let alone = ask(&test.db, &format!("/dev/mailbox/{id}/html")).await;
        assert_eq!(alone.html, email(7).html.unwrap());
        let policy = alone.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("sandbox; default-src 'none';"), "{policy}");
        assert!(!policy.contains("script-src") && policy.contains("form-action 'none'"));
    }

    async fn a_text_shows_its_encoding_and_parts(test) {
        let id = keep(&test.db, text_message()).await;
        let page = ask(&test.db, &format!("/dev/mailbox/{id}?lang=fr")).await;
        is_sound(&page, "fr", "Message texte à +16135550123");
        assert!(page.html.contains("UCS-2"));
        assert!(page.html.contains("2 segments, 38 caractères"), "{}", page.html);
        assert!(page.html.contains("ça expire bientôt"));
        let html = ask(&test.db, &format!("/dev/mailbox/{id}/html")).await;
        assert_eq!(html.status, 404);
    }

    async fn what_is_not_there_is_a_page_too(test) {
        for path in ["/dev/mailbox/nonsense", "/dev/mailbox/01890a5d-ac96-774b-bcce-b302099a8057"] {
            let page = ask(&test.db, path).await;
            assert_eq!(page.status, 404);
            assert!(page.html.contains("<h1>Page not found</h1>"), "{}", page.html);
        }
        let page = ask(&test.db, "/dev/mailbox?older_than=x").await;
        assert_eq!(page.status, 400);
    }

    async fn production_has_no_mailbox(test) {
        let id = keep(&test.db, email(7)).await;
        for path in ["/dev/mailbox".to_owned(), format!("/dev/mailbox/{id}")] {
            let answer = ask_router(house(&test.db, false), &path).await;
            assert_eq!(answer.status, 404);
        }
    }
}
