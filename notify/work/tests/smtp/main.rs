//! The SMTP provider against a server that misbehaves on request.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod server;

use std::{path::PathBuf, sync::Arc, time::Duration};

use kernel::Clock;
use notify_work::provider::{
    EmailRoute, Outcome, OutgoingEmail, Refusal,
    smtp::{Smtp, settings::SmtpSettings},
};
use serde_json::{Value, json};
use server::{Act, Server, Tls};
use uuid::Uuid;

const PIPELINED: &[&str] = &["PIPELINING", "8BITMIME"];

fn email(number: u128) -> OutgoingEmail {
    OutgoingEmail {
        id: Uuid::from_u128(number),
        from_name: "Service".to_owned(),
        from_address: "service@notify.example".to_owned(),
        to: "someone@example.com".to_owned(),
        reply_to: None,
        subject: "Hello".to_owned(),
        html: "<p>Hello</p>".to_owned(),
        plain: "Hello\n.\n..two dots\n".to_owned(),
        unsubscribe: None,
    }
}

fn settings(server: &Server, more: &Value) -> SmtpSettings {
    let mut all = json!({
        "host": server.address.ip().to_string(), "port": server.address.port(), "protection": "plain",
        "connections": 1, "connect_seconds": 2, "command_seconds": 1, "verdict_seconds": 1
    });
    for (name, value) in more.as_object().unwrap() {
        all[name] = value.clone();
    }
    serde_json::from_value(all).unwrap()
}

fn smtp(server: &Server, more: &Value) -> Smtp {
    Smtp::new(settings(server, more), Clock::system()).unwrap()
}

async fn plain(
    offers: &[&'static str],
    rule: impl Fn(usize, &str) -> Option<Act> + Send + Sync + 'static,
) -> (Server, Smtp) {
    let server = Server::start(offers, Tls::None, rule).await;
    let smtp = smtp(&server, &json!({}));
    (server, smtp)
}

fn accepted() -> Outcome {
    Outcome::Accepted { reference: Some("4F3aX9".to_owned()) }
}

fn words(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Refused { words, .. } | Outcome::Later { words, .. } => words,
        Outcome::Accepted { .. } => "accepted",
    }
}

#[tokio::test]
async fn a_message_arrives_whole_with_its_own_names() {
    let (server, smtp) = plain(PIPELINED, |_, _| None).await;
    assert_eq!(smtp.send(&email(7)).await, accepted());
    let taken = server.taken();
    let id = Uuid::from_u128(7);
    assert_eq!(taken[0].from, format!("MAIL FROM:<bounce+{id}@notify.example>"));
    assert_eq!(taken[0].to, "RCPT TO:<someone@example.com>");
    assert!(taken[0].data.contains(&format!("\r\nMessage-ID: <{id}@notify.example>\r\n")));
    assert!(taken[0].data.contains("Hello\r\n.\r\n..two dots\r\n"));
}

#[tokio::test]
async fn the_next_envelope_travels_with_the_data_before_it() {
    let (server, smtp) = plain(PIPELINED, |_, _| None).await;
    let smtp = Arc::new(smtp);
    let all = (0..50).map(|n| {
        let smtp = Arc::clone(&smtp);
        async move { smtp.send(&email(n)).await }
    });
    let outcomes = futures::future::join_all(all).await;
    assert!(outcomes.iter().all(|outcome| *outcome == accepted()), "{outcomes:?}");
    let taken = server.taken();
    let mut senders: Vec<_> = taken.iter().map(|taken| taken.from.clone()).collect();
    senders.sort();
    senders.dedup();
    assert_eq!((taken.len(), senders.len(), server.connections()), (50, 50, 1));
    assert!(taken.iter().filter(|taken| taken.followed).count() >= 45, "hardly pipelined");
}

#[tokio::test]
async fn a_refused_recipient_ends_only_its_own_message() {
    let (server, smtp) = plain(PIPELINED, |_, command| {
        command.contains("bob@").then_some(Act::Say("550 5.1.1 <Bob@example.com>: no such user"))
    })
    .await;
    let bad = OutgoingEmail { to: "bob@example.com".to_owned(), ..email(1) };
    let outcome = smtp.send(&bad).await;
    // The server gave 354 all the same, so the transaction was ended with a dot alone.
    assert_eq!(
        outcome,
        Outcome::refused(Refusal::Permanent, "550 5.1.1 <[address]>: no such user")
    );
    assert_eq!(smtp.send(&email(2)).await, accepted());
    assert_eq!((server.taken().len(), server.connections()), (1, 1));
}

#[tokio::test]
async fn a_refused_transaction_is_reset_before_the_next() {
    for offers in [PIPELINED, &["8BITMIME"], &["PIPELINING", "CHUNKING"], &["CHUNKING"]] {
        let (server, smtp) = plain(offers, |_, command| match command {
            c if c.contains("bob@") => Some(Act::Say("450 4.2.1 later")),
            _ => None,
        })
        .await;
        let server_says_no = OutgoingEmail { to: "bob@example.com".to_owned(), ..email(1) };
        assert_eq!(
            smtp.send(&server_says_no).await,
            Outcome::later("450 4.2.1 later"),
            "{offers:?}"
        );
        assert_eq!(smtp.send(&email(2)).await, accepted(), "{offers:?}");
        assert_eq!(server.connections(), 1, "{offers:?}");
    }
    let (server, smtp) = plain(PIPELINED, |_, command| match command {
        c if c.contains("bob@") => Some(Act::Say("550 no")),
        "DATA" => None,
        _ => None,
    })
    .await;
    let _ = smtp.send(&OutgoingEmail { to: "bob@example.com".to_owned(), ..email(1) }).await;
    assert_eq!(smtp.send(&email(2)).await, accepted());
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn every_reply_has_its_meaning() {
    let cases: [(&str, &'static str, Option<Refusal>); 6] = [
        ("MAIL", "550 5.7.1 not you", Some(Refusal::Technical)),
        ("MAIL", "451 4.3.0 later", None),
        ("RCPT", "554 no", Some(Refusal::Permanent)),
        ("DATA", "554 5.5.1 no", Some(Refusal::Technical)),
        (".", "554 5.7.1 spam", Some(Refusal::Technical)),
        (".", "452 4.3.1 disk full", None),
    ];
    for (at, said, wanted) in cases {
        for offers in [PIPELINED, &[]] {
            let (server, smtp) =
                plain(offers, move |_, command| command.starts_with(at).then_some(Act::Say(said)))
                    .await;
            let outcome = smtp.send(&email(1)).await;
            let kind = match &outcome {
                Outcome::Refused { kind, .. } => Some(kind.clone()),
                _ => None,
            };
            assert_eq!((kind, words(&outcome)), (wanted.clone(), said), "{at} {said} {offers:?}");
            assert_eq!(server.taken().len(), 0);
        }
    }
}

#[tokio::test]
async fn a_drop_before_the_end_of_the_data_is_tried_again_later() {
    for at in ["connect", "EHLO", "MAIL", "RCPT", "DATA"] {
        for offers in [PIPELINED, &[]] {
            let (server, smtp) =
                plain(offers, move |_, command| command.starts_with(at).then_some(Act::Drop)).await;
            let outcome = smtp.send(&email(1)).await;
            assert!(matches!(outcome, Outcome::Later { .. }), "{at}: {outcome:?}");
            assert!(!words(&outcome).contains("unknown"), "{at}: {outcome:?}");
            assert_eq!(server.taken().len(), 0);
        }
    }
}

#[tokio::test]
async fn a_drop_after_the_end_of_the_data_is_never_repeated_by_us() {
    for offers in [PIPELINED, &[], &["PIPELINING", "CHUNKING"]] {
        // The second message of the first, kept connection: it would be retried if it were safe.
        let (server, smtp) = plain(offers, {
            let seen = std::sync::atomic::AtomicUsize::new(0);
            move |_, command| {
                let ends =
                    command == "." && seen.fetch_add(1, std::sync::atomic::Ordering::SeqCst) >= 2;
                ends.then_some(Act::Drop)
            }
        })
        .await;
        assert_eq!(smtp.send(&email(1)).await, accepted());
        let outcome = smtp.send(&email(2)).await;
        assert!(words(&outcome).starts_with("Outcome unknown"), "{outcome:?}");
        assert_eq!((server.taken().len(), server.connections()), (2, 1), "{offers:?}");
    }
}

#[tokio::test]
async fn a_kept_connection_that_has_grown_old_is_replaced_once() {
    for act in [Act::Drop, Act::Say("421 4.4.2 idle too long")] {
        for offers in [PIPELINED, &[]] {
            let act = act.clone();
            let mails = std::sync::atomic::AtomicUsize::new(0);
            let (server, smtp) = plain(offers, move |_, command| {
                let old = command.starts_with("MAIL")
                    && mails.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 1;
                old.then(|| act.clone())
            })
            .await;
            assert_eq!(smtp.send(&email(1)).await, accepted());
            assert_eq!(smtp.send(&email(2)).await, accepted());
            assert_eq!((server.taken().len(), server.connections()), (2, 2));
        }
    }
}

#[tokio::test]
async fn a_server_without_pipelining_is_asked_one_thing_at_a_time() {
    let (server, smtp) = plain(&[], |_, _| None).await;
    assert_eq!(smtp.send(&email(1)).await, accepted());
    assert_eq!(smtp.send(&email(2)).await, accepted());
    assert!(server.taken().iter().all(|taken| !taken.followed));
}

#[tokio::test]
async fn a_chunk_carries_the_whole_message() {
    for offers in [&["PIPELINING", "CHUNKING"][..], &["CHUNKING"]] {
        let (server, smtp) = plain(offers, |_, _| None).await;
        assert_eq!(smtp.send(&email(1)).await, accepted());
        assert!(server.taken()[0].data.contains("Hello\r\n.\r\n..two dots\r\n"));
        assert!(server.commands().iter().any(|command| command.starts_with("BDAT ")));
    }
}

#[tokio::test]
async fn a_slow_server_is_not_waited_for_for_ever() {
    let (_server, smtp) =
        plain(PIPELINED, |_, command| command.starts_with("RCPT").then_some(Act::Hang)).await;
    assert_eq!(words(&smtp.send(&email(1)).await), "no answer in time: RCPT");
    let (_server, smtp) =
        plain(PIPELINED, |_, command| (command == ".").then_some(Act::Hang)).await;
    let outcome = smtp.send(&email(1)).await;
    assert!(words(&outcome).starts_with("Outcome unknown"), "{outcome:?}");
}

#[tokio::test]
async fn size_and_odd_addresses_follow_the_offers() {
    let (server, smtp) = plain(&["SIZE 100"], |_, _| None).await;
    let outcome = smtp.send(&email(1)).await;
    assert!(matches!(outcome, Outcome::Refused { kind: Refusal::Technical, .. }), "{outcome:?}");
    assert!(!server.commands().iter().any(|command| command.starts_with("MAIL")));

    let accented = OutgoingEmail { to: "rené@example.com".to_owned(), ..email(1) };
    let (_server, smtp) = plain(PIPELINED, |_, _| None).await;
    let outcome = smtp.send(&accented).await;
    assert!(matches!(outcome, Outcome::Refused { kind: Refusal::Technical, .. }), "{outcome:?}");

    let (server, smtp) = plain(&["8BITMIME", "SMTPUTF8", "SIZE 100000"], |_, _| None).await;
    assert_eq!(smtp.send(&accented).await, accepted());
    let taken = server.taken();
    assert!(taken[0].from.ends_with(" BODY=8BITMIME SMTPUTF8"), "{}", taken[0].from);
    assert!(taken[0].from.contains(" SIZE="));
    assert_eq!(taken[0].to, "RCPT TO:<rené@example.com>");
}

/// The server's certificate in a file of its own.
fn authority(server: &Server) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.pem");
    std::fs::write(&path, server.authority.as_ref().unwrap()).unwrap();
    (folder, path)
}

#[tokio::test]
async fn starttls_then_sign_in_then_mail() {
    let server =
        Server::start(&["PIPELINING", "STARTTLS", "AUTH PLAIN LOGIN"], Tls::Later, |_, _| None)
            .await;
    let (_folder, path) = authority(&server);
    let more = json!({ "protection": "starttls", "ca_file": path, "username": "me", "password": "secret" });
    let smtp = smtp(&server, &more);
    assert_eq!(smtp.send(&email(1)).await, accepted());
    let commands = server.commands();
    let place =
        |start: &str| commands.iter().position(|command| command.starts_with(start)).unwrap();
    assert!(place("STARTTLS") < place("AUTH PLAIN AG1lAHNlY3JldA=="));
    assert!(place("AUTH") < place("MAIL"));
}

#[tokio::test]
async fn tls_from_the_start_with_the_older_sign_in() {
    let server = Server::start(&["AUTH LOGIN"], Tls::FromTheStart, |_, _| None).await;
    let (_folder, path) = authority(&server);
    let more =
        json!({ "protection": "tls", "ca_file": path, "username": "me", "password": "secret" });
    let smtp = smtp(&server, &more);
    assert_eq!(smtp.send(&email(1)).await, accepted());
    assert!(server.commands().contains(&"c2VjcmV0".to_owned()));
}

#[tokio::test]
async fn nothing_is_said_without_the_tls_that_was_asked_for() {
    let untrusted = Server::start(&["STARTTLS"], Tls::Later, |_, _| None).await;
    let without = Server::start(PIPELINED, Tls::None, |_, _| None).await;
    let hasty = Server::start(&["STARTTLS"], Tls::Later, |_, command| {
        (command == "STARTTLS").then_some(Act::Say("220 go\r\n250-test\r\n250 AUTH PLAIN"))
    })
    .await;
    let wrong = Server::start(&["STARTTLS", "AUTH PLAIN"], Tls::Later, |_, command| {
        command.starts_with("AUTH").then_some(Act::Say("535 5.7.8 no"))
    })
    .await;
    let (_folder, path) = authority(&hasty);
    let (_folder2, path2) = authority(&wrong);
    let own = json!({ "protection": "starttls", "ca_file": path });
    let signed = json!({ "protection": "starttls", "ca_file": path2, "username": "me", "password": "secret" });
    let cases = [
        (&untrusted, json!({ "protection": "starttls" }), "invalid peer certificate"),
        (&without, json!({ "protection": "starttls" }), "does not offer STARTTLS"),
        (&hasty, own, "does not speak SMTP"),
        (&wrong, signed, "refuses our sign-in"),
    ];
    for (server, more, wanted) in cases {
        let outcome = smtp(server, &more).send(&email(1)).await;
        assert!(matches!(outcome, Outcome::Later { .. }), "{outcome:?}");
        assert!(words(&outcome).contains(wanted), "{outcome:?}");
        assert!(!server.commands().iter().any(|command| command.starts_with("MAIL")));
    }
}

#[tokio::test]
async fn a_server_that_is_away_is_left_alone_for_a_while() {
    let (server, _) =
        plain(PIPELINED, |_, command| (command == "connect").then_some(Act::Say("554 go away")))
            .await;
    let smtp = smtp(&server, &json!({}));
    let first = smtp.send(&email(1)).await;
    let second = smtp.send(&email(2)).await;
    for outcome in [first, second] {
        let Outcome::Later { words, after: Some(after) } = outcome else { panic!("{outcome:?}") };
        assert!(words.contains("554 go away"), "{words}");
        assert!(after <= Duration::from_secs(1));
    }
    assert_eq!(server.connections(), 1);
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let _ = smtp.send(&email(3)).await;
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_server_that_takes_nothing_is_left_alone_for_longer_and_longer() {
    let server = Server::start(PIPELINED, Tls::None, |_, command| {
        command.starts_with("MAIL").then_some(Act::Say("421 4.3.2 closing"))
    })
    .await;
    let smtp = smtp(&server, &json!({ "connections": 4 }));
    let all = (0..20).map(|n| {
        let smtp = &smtp;
        async move { smtp.send(&email(n)).await }
    });
    for outcome in futures::future::join_all(all).await {
        assert!(words(&outcome).contains("421 4.3.2 closing"), "{outcome:?}");
    }
    assert!(server.connections() <= 4, "{}", server.connections());
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let before = server.connections();
    let _ = smtp.send(&email(30)).await;
    let Outcome::Later { after: Some(after), .. } = smtp.send(&email(31)).await else {
        panic!("no pause")
    };
    assert!(after > Duration::from_millis(1_100), "{after:?}");
    assert_eq!(server.connections(), before + 1);
}

#[tokio::test]
async fn a_full_server_leaves_the_work_to_the_connections_that_stand() {
    let server = Server::start(PIPELINED, Tls::None, |number, command| {
        (command == "connect" && number > 0).then_some(Act::Say("421 too many connections"))
    })
    .await;
    let smtp = Arc::new(smtp(&server, &json!({ "connections": 5 })));
    assert_eq!(smtp.send(&email(0)).await, accepted());
    let all = (1..40).map(|n| {
        let smtp = Arc::clone(&smtp);
        async move { smtp.send(&email(n)).await }
    });
    let outcomes = futures::future::join_all(all).await;
    assert!(outcomes.iter().all(|outcome| *outcome == accepted()), "{outcomes:?}");
    assert_eq!(server.taken().len(), 40);
}

#[tokio::test]
async fn connections_end_after_their_share_and_with_a_goodbye() {
    let server = Server::start(PIPELINED, Tls::None, |_, _| None).await;
    let smtp = Arc::new(smtp(&server, &json!({ "messages_per_connection": 3 })));
    let all = (0..7).map(|n| {
        let smtp = Arc::clone(&smtp);
        async move { smtp.send(&email(n)).await }
    });
    let outcomes = futures::future::join_all(all).await;
    assert!(outcomes.iter().all(|outcome| *outcome == accepted()), "{outcomes:?}");
    assert_eq!((server.connections(), server.taken().len()), (3, 7));
    smtp.close().await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.commands().iter().filter(|command| *command == "QUIT").count(), 3);
    assert_eq!(words(&smtp.send(&email(9)).await), "we are stopping");
}

#[test]
fn settings_that_would_leak_are_refused() {
    let from = |value: Value| serde_json::from_value::<SmtpSettings>(value).unwrap().check();
    assert!(from(json!({ "host": "192.0.2.1", "protection": "plain" })).is_err());
    assert!(from(json!({ "host": "::1", "protection": "plain" })).is_ok());
    assert!(
        from(
            json!({ "host": "127.0.0.1", "protection": "plain", "username": "a", "password": "b" })
        )
        .is_err()
    );
    assert!(from(json!({ "host": "mail.example", "username": "a" })).is_err());
    assert!(from(json!({ "host": "mail.example", "hello": "a\r\nb" })).is_err());
    assert!(from(json!({ "host": "mail.example", "connections": 0 })).is_err());
}
