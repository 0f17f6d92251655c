//! The HTTPS text provider against a provider that answers as the test wants.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use notify::status::Cause;
use notify_work::provider::{
    Outcome, OutgoingText, Refusal, TextRoute,
    http_text::{HttpText, settings::HttpTextSettings},
};
use serde_json::{Value, json};
use uuid::Uuid;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{any, body_json, body_string, header, method, path, query_param},
};

fn text() -> OutgoingText {
    OutgoingText {
        id: Uuid::from_u128(9),
        from: None,
        to: "+16132532222".to_owned(),
        body: "Bonjour \"Zoé\" & co".to_owned(),
    }
}

fn settings(url: &str, more: &Value) -> HttpTextSettings {
    let mut all = json!({
        "url": url, "from": "55555", "seconds": 1,
        "headers": { "Authorization": "Bearer of-ours" },
        "body": r#"{"to":"{to}","from":{from_json},"text":"{body}","ref":"{id}"}"#,
        "answer": {
            "id": "/messages/0/id", "words": "/error/message",
            "rules": [
                { "value": { "pointer": "/error/code", "values": ["21211"] }, "means": "permanent-failure" },
                { "value": { "pointer": "/error/code", "values": ["21408"] }, "means": "provider-failure",
                  "cause": "DESTINATION_COUNTRY_BLOCKED" },
                { "value": { "pointer": "/error/code", "values": ["21610"] }, "means": "technical-failure" },
                { "status": "410", "means": "temporary-failure" }
            ]
        }
    });
    for (name, value) in more.as_object().unwrap() {
        all[name] = value.clone();
    }
    serde_json::from_value(all).unwrap()
}

async fn outcome(template: ResponseTemplate, more: Value) -> Outcome {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(template).mount(&server).await;
    HttpText::new(settings(&server.uri(), &more)).unwrap().send(&text()).await
}

#[tokio::test]
async fn a_text_is_one_request_and_its_name_is_kept() {
    let server = MockServer::start().await;
    let wanted =
        json!({ "to": "+16132532222", "from": "55555", "text": text().body, "ref": text().id });
    Mock::given(method("POST"))
        .and(path("/v1"))
        .and(header("authorization", "Bearer of-ours"))
        .and(header("content-type", "application/json"))
        .and(body_json(wanted))
        .respond_with(
            ResponseTemplate::new(202).set_body_json(json!({ "messages": [{ "id": 77 }] })),
        )
        .expect(1)
        .mount(&server)
        .await;
    let provider = HttpText::new(settings(&format!("{}/v1", server.uri()), &json!({}))).unwrap();
    assert_eq!(
        provider.send(&text()).await,
        Outcome::Accepted { reference: Some("77".to_owned()) }
    );
    assert!(!provider.gives_receipts());
}

#[tokio::test]
async fn forms_and_addresses_are_filled_too() {
    let server = MockServer::start().await;
    Mock::given(method("PUT"))
        .and(query_param("to", "+16132532222"))
        .and(body_string("Body=Bonjour+%22Zo%C3%A9%22+%26+co&From=SERVICE"))
        .respond_with(ResponseTemplate::new(200))
        .expect(1)
        .mount(&server)
        .await;
    let more = json!({ "method": "PUT", "content": "form", "body": "Body={body}&From={from}" });
    let provider = HttpText::new(settings(&format!("{}/?to={{to}}", server.uri()), &more)).unwrap();
    let named = OutgoingText { from: Some("SERVICE".to_owned()), ..text() };
    assert_eq!(provider.send(&named).await, Outcome::Accepted { reference: None });
}

#[tokio::test]
async fn the_rules_decide_what_a_refusal_means() {
    let cases = [
        (400, "21211", Some(Refusal::Permanent)),
        (400, "21408", Some(Refusal::Provider(Some(Cause::DestinationCountryBlocked)))),
        (400, "21610", Some(Refusal::Technical)),
        (410, "0", Some(Refusal::Temporary)),
        (422, "0", Some(Refusal::Provider(None))),
        (401, "0", None),
        (403, "0", None),
        (429, "0", None),
        (500, "0", None),
        (302, "0", None),
    ];
    for (status, code, wanted) in cases {
        let body = json!({ "error": { "code": code, "message": "because" } });
        let got = outcome(ResponseTemplate::new(status).set_body_json(body), json!({})).await;
        let words = "because".to_owned();
        let wanted = match wanted {
            Some(kind) => Outcome::Refused { kind, words },
            None => Outcome::Later { words, after: None },
        };
        assert_eq!(got, wanted, "{status} {code}");
    }
}

#[tokio::test]
async fn a_success_may_have_to_prove_itself() {
    let answer = json!({ "answer": { "id": "/id", "success": { "pointer": "/status", "values": ["0", "ok"] } } });
    let good = ResponseTemplate::new(200).set_body_json(json!({ "status": 0, "id": "a" }));
    assert_eq!(
        outcome(good, answer.clone()).await,
        Outcome::Accepted { reference: Some("a".to_owned()) }
    );
    let bad = ResponseTemplate::new(200).set_body_json(json!({ "status": 7 }));
    let words = "the provider answered 200";
    assert_eq!(outcome(bad, answer).await, Outcome::refused(Refusal::Provider(None), words));
}

#[tokio::test]
async fn waits_and_failures_of_the_network_are_tried_again() {
    let busy = ResponseTemplate::new(503).insert_header("retry-after", "30");
    let after = Some(Duration::from_secs(30));
    assert_eq!(
        outcome(busy, json!({})).await,
        Outcome::Later { words: "the provider answered 503".to_owned(), after }
    );
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(5));
    assert!(matches!(outcome(slow, json!({})).await, Outcome::Later { .. }));
    let away = HttpText::new(settings("http://127.0.0.1:9/{to}", &json!({}))).unwrap();
    let Outcome::Later { words, .. } = away.send(&text()).await else { panic!("not later") };
    assert!(!words.contains("6132532222"), "{words}");
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let refused = |more: Value| settings("https://api.example/", &more).check().unwrap_err().field;
    assert!(settings("https://api.example/", &json!({})).check().is_ok());
    assert_eq!(settings("http://api.example/", &json!({})).check().unwrap_err().field, "url");
    assert_eq!(settings("http://10.0.0.1/", &json!({})).check().unwrap_err().field, "url");
    assert_eq!(refused(json!({ "method": "DELETE" })), "method");
    assert_eq!(refused(json!({ "body": "{\"to\":{to},\"text\":\"{body}\"}" })), "body");
    assert_eq!(refused(json!({ "body": "{\"to\":\"{to}\"}" })), "body");
    assert_eq!(refused(json!({ "headers": { "a b": "c" } })), "headers");
    assert_eq!(refused(json!({ "headers": { "a": "c\r\nd" } })), "headers");
    let rule = json!({ "answer": { "rules": [{ "status": "abc", "means": "retry" }] } });
    assert_eq!(refused(rule), "answer.rules.status");
}
