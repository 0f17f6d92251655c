//! E-mails as another program reads them: Python's own parser (python3 must be there), strict about
//! every defect it knows.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::Write,
    process::{Command, Stdio},
};

use notify_work::{
    mime::{self, Unwritable},
    provider::{OutgoingEmail, Unsubscribe},
};
use serde_json::Value;
use uuid::Uuid;

/// Parses the message on stdin and prints what it holds.
const READER: &str = r#"
import email, email.header, email.policy, email.utils, json, sys
raw = sys.stdin.buffer.read()
message = email.message_from_bytes(raw, policy=email.policy.default.clone(raise_on_defect=True))
parts = list(message.iter_parts())
# The modern parser keeps the blank between encoded words of a name (a known defect of it), so
# names are decoded by the older one.
name, address = email.utils.parseaddr(email.message_from_bytes(raw)["From"])
name = str(email.header.make_header(email.header.decode_header(name)))
print(json.dumps({
    "headers": [[name, str(value)] for name, value in message.items()],
    "from": [[name if a.display_name else "", a.username, a.domain] for a in message["From"].addresses],
    "to": [[a.display_name, a.username, a.domain] for a in message["To"].addresses],
    "type": message.get_content_type(),
    "parts": [[p.get_content_type(), p.get_content_charset(), p["Content-Transfer-Encoding"],
               p.get_payload(decode=True).decode("utf-8")] for p in parts],
}))
"#;

fn email() -> OutgoingEmail {
    OutgoingEmail {
        id: Uuid::from_u128(3),
        from_name: "Service".to_owned(),
        from_address: "service@notify.example".to_owned(),
        to: "someone@example.com".to_owned(),
        reply_to: None,
        subject: "Hello".to_owned(),
        html: "<p>Hello</p>".to_owned(),
        plain: "Hello\n".to_owned(),
        unsubscribe: None,
    }
}

fn written(email: &OutgoingEmail) -> Vec<u8> {
    mime::write(email, "2026-11-21T12:00:00Z".parse().unwrap()).unwrap().bytes
}

/// What holds for every message, and what Python makes of it.
fn read(email: &OutgoingEmail) -> Value {
    let bytes = written(email);
    assert!(bytes.ends_with(b"\r\n"));
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        assert!(line.ends_with(b"\r\n") && line.len() <= 1000, "{}", String::from_utf8_lossy(line));
        let inner = &line[..line.len() - 2];
        assert!(!inner.contains(&b'\r') && !inner.contains(&0) && inner.is_ascii());
    }
    let mut python = Command::new("python3")
        .args(["-c", READER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(&bytes).unwrap();
    let out = python.wait_with_output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&bytes));
    serde_json::from_slice(&out.stdout).unwrap()
}

fn header<'a>(read: &'a Value, name: &str) -> Vec<&'a str> {
    let all = read["headers"].as_array().unwrap().iter();
    all.filter(|pair| pair[0] == name).map(|pair| pair[1].as_str().unwrap()).collect()
}

#[test]
fn the_parts_come_back_as_they_went_in() {
    let texts = [
        "Hello\n",
        "",
        "no end",
        "Bonjour Élise, ça va? = oui\n",
        "tab at the end\t\nblank at the end \nboth é \t\n",
        "é \n\n\n.\n..\n.a\nFrom here\n",
        &"long ".repeat(400),
        &"é".repeat(2000),
        &"x".repeat(5000),
        "ᐃᓄᒃᑎᑐᑦ ᐃᓄᒃᑎᑐᑦ\nᐃᓄᒃᑎᑐᑦ\n",
        "--=_00000000000000000000000000000003--\n",
        "a=\nb=3D=\u{A0}\n",
        "controls \u{0}\u{7}\u{7f}\u{1b}[0m\n",
    ];
    for text in texts {
        let read =
            read(&OutgoingEmail { plain: text.to_owned(), html: text.to_owned(), ..email() });
        assert_eq!(read["type"], "multipart/alternative");
        let wanted = text.replace('\n', "\r\n");
        for (part, kind) in [(0, "text/plain"), (1, "text/html")] {
            let part = &read["parts"][part];
            assert_eq!((&part[0], &part[1]), (&kind.into(), &"utf-8".into()));
            assert_eq!(part[3].as_str().unwrap(), wanted, "{text:?}");
        }
    }
}

#[test]
fn line_ends_of_any_kind_become_one_kind() {
    let read = read(&OutgoingEmail { plain: "a\r\nb\nc\rd é\r\n".to_owned(), ..email() });
    // A lone carriage return is no line end; it travels escaped.
    assert_eq!(read["parts"][0][3], "a\r\nb\r\nc\rd é\r\n");
}

#[test]
fn each_text_travels_in_the_encoding_that_suits_it() {
    let way = |text: &str| {
        read(&OutgoingEmail { plain: text.to_owned(), ..email() })["parts"][0][2].clone()
    };
    assert_eq!(way("plain ascii"), "7bit");
    assert_eq!(way("un peu de français, assez long pour que cela compte"), "quoted-printable");
    assert_eq!(way("ᐃᓄᒃᑎᑐᑦ"), "base64");
    assert_eq!(way(&"x".repeat(999)), "quoted-printable");
}

#[test]
fn subjects_and_names_come_back_whole_and_cannot_add_a_header() {
    let subjects = [
        ("Hello", "Hello"),
        ("", ""),
        (
            "Votre demande a été reçue – Your application was received",
            "Votre demande a été reçue – Your application was received",
        ),
        ("a\r\nBcc: evil@example.com", "a  Bcc: evil@example.com"),
        ("a\nBcc: evil@example.com\n\nbody", "a Bcc: evil@example.com  body"),
        ("a\u{2028}Bcc: x\u{85}y\u{0}z", "a Bcc: x y z"),
        ("=?utf-8?B?QmNjOiBldmls?=", "=?utf-8?B?QmNjOiBldmls?="),
        ("two  blanks   three", "two  blanks   three"),
    ];
    for (given, wanted) in subjects {
        let read = read(&OutgoingEmail {
            subject: given.to_owned(),
            from_name: given.to_owned(),
            ..email()
        });
        assert_eq!(header(&read, "Subject"), [wanted]);
        assert_eq!(header(&read, "Bcc"), Vec::<&str>::new());
        assert_eq!(read["from"][0][0], wanted);
        assert_eq!(read["headers"].as_array().unwrap().len(), 7);
    }
    for long in ["mot ".repeat(300), "x".repeat(3000), "é".repeat(1000), "👩‍👩‍👧 ".repeat(200)]
    {
        let read =
            read(&OutgoingEmail { subject: long.clone(), from_name: long.clone(), ..email() });
        assert_eq!(header(&read, "Subject"), [long.trim()]);
        assert_eq!(read["from"][0][0], long.trim());
    }
}

#[test]
fn a_name_cannot_become_an_address() {
    for name in ["a\" <evil@example.com>, \"b", "a, b", "(comment)", "<x@y.z>", "\\", "\"", "a@b.c"]
    {
        let read = read(&OutgoingEmail { from_name: name.to_owned(), ..email() });
        assert_eq!(read["from"].as_array().unwrap().len(), 1, "{name}");
        assert_eq!(read["from"][0], serde_json::json!([name, "service", "notify.example"]));
    }
}

#[test]
fn the_envelope_headers_are_ours() {
    let all = OutgoingEmail {
        reply_to: Some("answers@service.example".to_owned()),
        unsubscribe: Unsubscribe::parse("https://service.example/u?a=b&c=é x"),
        to: ".odd..one.@exämple.com".to_owned(),
        ..email()
    };
    let read = read(&all);
    let id = Uuid::from_u128(3);
    assert_eq!(header(&read, "Message-ID"), [format!("<{id}@notify.example>")]);
    assert_eq!(header(&read, "Date"), ["Sat, 21 Nov 2026 12:00:00 +0000"]);
    assert_eq!(header(&read, "Reply-To"), ["answers@service.example"]);
    assert_eq!(header(&read, "List-Unsubscribe"), ["<https://service.example/u?a=b&c=%C3%A9%20x>"]);
    assert_eq!(header(&read, "List-Unsubscribe-Post"), ["List-Unsubscribe=One-Click"]);
    assert_eq!(read["to"][0], serde_json::json!(["", ".odd..one.", "xn--exmple-cua.com"]));
}

#[test]
fn an_address_that_breaks_out_is_not_written() {
    let now = "2026-11-21T12:00:00Z".parse().unwrap();
    let bad = [
        "",
        "a",
        "@b.c",
        "a@",
        "a b@c.d",
        "a@b.c\r\nRCPT TO:<evil@example.com>",
        "a@b.c>",
        "<a@b.c",
        "a,b@c.d",
        "\"a\"@b.c",
        "a@b@c.d",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a@b c",
        "a\u{0}@b.c",
        "a\\@b.c",
        "a@b.c\u{2028}",
    ];
    for address in bad {
        let address = || address.to_owned();
        let error = |email: &OutgoingEmail| mime::write(email, now).map(|w| w.to.to_string());
        assert_eq!(error(&OutgoingEmail { to: address(), ..email() }), Err(Unwritable::Recipient));
        assert_eq!(
            error(&OutgoingEmail { from_address: address(), ..email() }),
            Err(Unwritable::Sender)
        );
        assert_eq!(
            error(&OutgoingEmail { reply_to: Some(address()), ..email() }),
            Err(Unwritable::ReplyTo)
        );
    }
}

#[test]
fn an_accented_mailbox_asks_for_smtputf8() {
    let written = mime::write(
        &OutgoingEmail { to: "rené@example.com".to_owned(), ..email() },
        "2026-11-21T12:00:00Z".parse().unwrap(),
    )
    .unwrap();
    assert!(written.international);
    assert!(String::from_utf8(written.bytes).unwrap().contains("To: rené@example.com\r\n"));
}

#[test]
fn an_unsubscribe_address_is_https_with_a_dot_or_nothing() {
    for bad in [
        "http://a.b/",
        "https://localhost/",
        "https://a.b/\r\nX: y",
        "https://a.b/\t",
        "mailto:a@b.c",
        "",
        "a.b",
    ] {
        assert_eq!(Unsubscribe::parse(bad), None, "{bad:?}");
    }
    let long = format!("https://a.b/{}", "x".repeat(2000));
    assert_eq!(Unsubscribe::parse(&long), None);
    let odd = Unsubscribe::parse("https://a.b/<>\"").unwrap();
    assert!(!odd.as_str().contains(['<', '>', '"']));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]
    #[test]
    fn no_text_adds_a_header_or_a_long_line(name in ".*", subject in "\\PC*|(.|\r|\n){0,2000}", body in "(.|\r|\n)*") {
        let email = OutgoingEmail {
            from_name: name, subject, plain: body.clone(), html: body, ..email()
        };
        let text = String::from_utf8(written(&email)).unwrap();
        let (head, rest) = text.split_once("\r\n\r\n").unwrap();
        let names: Vec<_> = head
            .split("\r\n")
            .filter(|line| !line.starts_with(' '))
            .map(|line| line.split(':').next().unwrap())
            .collect();
        let wanted = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"];
        proptest::prop_assert_eq!(names, wanted);
        proptest::prop_assert!(text.split("\r\n").all(|line| line.len() <= 998 && line.is_ascii()));
        proptest::prop_assert!(head.split("\r\n").all(|line| !line.trim().is_empty() && line.len() <= 90));
        proptest::prop_assert_eq!(rest.matches("\r\n--=_").count() + usize::from(rest.starts_with("--=_")), 3);
    }
}
