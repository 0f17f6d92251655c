//! Receipts and received texts as providers write them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use http::HeaderMap;
use kernel::Secret;
use notify_work::{
    outbound::signature,
    provider::receipts::{Incoming, News, Unread, read, settings::ReceiptSettings},
};
use serde_json::{Value, json};

const SECRET: &str = "a-secret-of-16-bytes";

fn settings(authentication: &Value, more: &Value) -> ReceiptSettings {
    let mut all = json!({
        "authentication": authentication,
        "receipt": {
            "reference": "/id", "status": "/status", "words": "/text",
            "statuses": { "DELIVRD": "delivered", "UNDELIV": "permanent-failure", "3": "temporary-failure", "SENT": "pending" }
        },
        "received": {
            "reference": "/messageId", "source": "/from", "destination": "/to", "message": "/body", "received_at": "/at"
        }
    });
    for (name, value) in more.as_object().unwrap() {
        all[name] = value.clone();
    }
    let settings: ReceiptSettings = serde_json::from_value(all).unwrap();
    settings.check().unwrap();
    settings
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
}

fn bearer() -> (ReceiptSettings, HeaderMap) {
    let proof = format!("Bearer {SECRET}");
    (settings(&json!({ "bearer": SECRET }), &json!({})), headers(&[("authorization", &proof)]))
}

fn receipt(reference: &str, news: News, words: Option<&str>) -> Incoming {
    Incoming::Receipt { reference: reference.to_owned(), news, words: words.map(str::to_owned) }
}

#[test]
fn a_receipt_is_read_by_its_pointers() {
    let (settings, headers) = bearer();
    let one = |body: &str| read(&settings, &headers, body.as_bytes());
    assert_eq!(
        one(r#"{"id":"a1","status":"UNDELIV","text":"no such number"}"#),
        Ok(vec![receipt("a1", News::PermanentFailure, Some("no such number"))])
    );
    assert_eq!(one(r#"{"id":7,"status":3}"#), Ok(vec![receipt("7", News::TemporaryFailure, None)]));
    assert_eq!(one(r#"{"id":7,"status":"SENT"}"#), Ok(vec![receipt("7", News::Pending, None)]));
    assert_eq!(one(r#"{"id":7,"status":"?"}"#), Err(Unread::Status("?".to_owned())));
    for body in [
        "",
        "[]",
        "{}",
        "null",
        "{\"id\":null,\"status\":\"SENT\"}",
        "\u{0}",
        "{\"id\":[],\"status\":{}}",
    ] {
        assert!(matches!(one(body), Err(Unread::Body(_))), "{body}");
    }
}

#[test]
fn a_received_text_is_told_from_a_receipt() {
    let (settings, headers) = bearer();
    let body = json!({ "messageId": "m", "from": "+16135550100", "to": "55555", "body": "STOP", "at": "2026-11-21T07:00:00-05:00" });
    let text = |reference: &str, received_at: Option<&str>| Incoming::Text {
        reference: reference.to_owned(),
        source: "+16135550100".to_owned(),
        destination: "55555".to_owned(),
        message: "STOP".to_owned(),
        received_at: received_at.map(|at| at.parse().unwrap()),
    };
    let read = |body: &Value| read(&settings, &headers, body.to_string().as_bytes());
    assert_eq!(read(&body), Ok(vec![text("m", Some("2026-11-21T12:00:00Z"))]));
    let bare = json!({ "from": "+16135550100", "to": "55555", "body": "STOP", "at": 0 });
    let items = read(&bare).unwrap();
    assert!(matches!(&items[0], Incoming::Text { reference, .. } if reference.len() == 64));
    let later = json!({ "from": "+16135550100", "to": "55555", "body": "STOP", "at": 1 });
    assert_ne!(read(&bare), read(&later));
}

#[test]
fn lists_and_forms_are_read_as_well() {
    let (_, headers) = bearer();
    let list = settings(&json!({ "bearer": SECRET }), &json!({ "list": "/results" }));
    let body = br#"{"results":[{"id":"a","status":"DELIVRD"},{"id":"b","status":"SENT"}]}"#;
    let both = vec![receipt("a", News::Delivered, None), receipt("b", News::Pending, None)];
    assert_eq!(read(&list, &headers, body), Ok(both));
    assert!(matches!(read(&list, &headers, b"{}"), Err(Unread::Body(_))));
    let form = settings(&json!({ "bearer": SECRET }), &json!({ "content": "form" }));
    let one = vec![receipt("a b", News::Delivered, Some("é"))];
    assert_eq!(read(&form, &headers, b"id=a+b&status=DELIVRD&text=%C3%A9"), Ok(one));
}

#[test]
fn nothing_is_read_without_proof() {
    let body = br#"{"id":"a","status":"DELIVRD"}"#;
    let good = Ok(vec![receipt("a", News::Delivered, None)]);
    let bearer = settings(&json!({ "bearer": SECRET }), &json!({}));
    let try_bearer = |value: &str| read(&bearer, &headers(&[("authorization", value)]), body);
    assert_eq!(try_bearer(&format!("bearer {SECRET}")), good);
    for wrong in [
        format!("Basic {SECRET}"),
        format!("Bearer {SECRET}x"),
        "Bearer ".to_owned(),
        "B".to_owned(),
        SECRET.to_owned(),
    ] {
        assert_eq!(try_bearer(&wrong), Err(Unread::WrongProof), "{wrong}");
    }
    assert_eq!(read(&bearer, &HeaderMap::new(), body), Err(Unread::NoProof));

    let own = settings(&json!({ "header": { "name": "X-Key", "value": SECRET } }), &json!({}));
    assert_eq!(read(&own, &headers(&[("x-key", SECRET)]), body), good);
    assert_eq!(read(&own, &headers(&[("x-key", "no")]), body), Err(Unread::WrongProof));
}

#[test]
fn a_signature_covers_the_whole_body() {
    // python3: hmac.new(b"a-secret-of-16-bytes", body, "sha256")
    let body = br#"{"id":"a","status":"DELIVRD"}"#;
    let hex = "9567f0518e8ab7a66c4855a7901542402c11c97557f18ced180c6a9c1675ca72";
    let base64 = "lWfwUY6Kt6ZsSFWnkBVCQCwRyXVX8YztGAxqnBZ1ynI=";
    let signed = |more: Value| {
        let mut proof = json!({ "header": "X-Signature", "secret": SECRET });
        for (name, value) in more.as_object().unwrap() {
            proof[name] = value.clone();
        }
        settings(&json!({ "hmac": proof }), &json!({}))
    };
    let plain = signed(json!({}));
    assert!(read(&plain, &headers(&[("x-signature", hex)]), body).is_ok());
    assert_eq!(read(&plain, &headers(&[("x-signature", hex)]), b"{}"), Err(Unread::WrongProof));
    assert_eq!(read(&plain, &headers(&[("x-signature", "zz")]), body), Err(Unread::WrongProof));
    let prefixed = signed(json!({ "prefix": "sha256=", "encoding": "base64" }));
    let value = format!("sha256={base64}");
    assert!(read(&prefixed, &headers(&[("x-signature", &value)]), body).is_ok());
    assert_eq!(
        read(&prefixed, &headers(&[("x-signature", base64)]), body),
        Err(Unread::WrongProof)
    );
    // Our own signatures are of another form and do not pass here.
    let own = signature::sign(&Secret::new(SECRET), "2026-11-21T12:00:00Z".parse().unwrap(), body);
    assert_eq!(read(&plain, &headers(&[("x-signature", &own)]), body), Err(Unread::WrongProof));
}

#[test]
fn weak_settings_are_refused() {
    let from = |authentication: Value| {
        let all = json!({ "authentication": authentication, "received": { "source": "/a", "destination": "/b", "message": "/c" } });
        serde_json::from_value::<ReceiptSettings>(all).unwrap().check().is_ok()
    };
    assert!(from(json!({ "bearer": SECRET })));
    assert!(!from(json!({ "bearer": "short" })));
    assert!(!from(json!({ "header": { "name": "a b", "value": SECRET } })));
    let nothing = json!({ "authentication": { "bearer": SECRET } });
    assert!(serde_json::from_value::<ReceiptSettings>(nothing).unwrap().check().is_err());
}
