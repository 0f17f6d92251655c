//! The way back: a provider's receipt comes in by its own route, changes the message and calls the service back.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testkit::Engine;
use tests::Portico;
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{method, path},
};

const TOKEN: &str = "what-the-provider-shows";

/// A text provider with receipts, as an operator describes it.
fn settings(provider: &str) -> String {
    format!(
        r#"
[providers.text]
route = "http"

[providers.text.http]
name = "texts"
url = "{provider}/send"
body = '{{"to": {{to_json}}, "text": {{body_json}}, "ref": {{id_json}}}}'

[providers.text.http.answer]
id = "/id"

[providers.text.http.receipts]
authentication = {{ bearer = "{TOKEN}" }}

[providers.text.http.receipts.receipt]
reference = "/id"
status = "/status"
words = "/words"
statuses = {{ DELIVRD = "delivered", UNDELIV = "permanent-failure" }}
"#
    )
}

async fn answering(at: &str, template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path(at)).respond_with(template).mount(&server).await;
    server
}

async fn status(portico: &Portico, id: &str) -> Value {
    let path = format!("{}/v2/notifications/{id}", portico.address);
    let asked = Portico::http().get(path).header("Authorization", portico.authorization());
    asked.send().await.unwrap().json().await.unwrap()
}

async fn until(is: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    while !is().await {
        assert!(begun.elapsed() < Duration::from_secs(20), "it did not come to that");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What the provider posts; the status of our answer.
async fn post(portico: &Portico, provider: &str, token: Option<&str>, body: &Value) -> u16 {
    let path = format!("{}/providers/{provider}/receipts", portico.address);
    let mut request = Portico::http().post(path).body(body.to_string());
    if let Some(token) = token {
        request = request.header("Authorization", format!("Bearer {token}"));
    }
    request.send().await.unwrap().status().as_u16()
}

/// Calls about messages; the question whether anybody is there is none.
async fn told(receiver: &MockServer) -> Vec<Request> {
    let all = receiver.received_requests().await.unwrap();
    all.into_iter()
        .filter(|call| !call.body.windows(12).any(|part| part == b"health_check"))
        .collect()
}

async fn send(portico: &Portico) -> String {
    let code = portico.template("Sign-in code").await;
    let body = json!({"phone_number": "+16135550142", "template_id": code, "personalisation": {"code": "204811"}});
    let sent = Portico::http()
        .post(format!("{}/v2/notifications/sms", portico.address))
        .header("Authorization", portico.authorization())
        .body(body.to_string());
    let sent: Value = sent.send().await.unwrap().json().await.unwrap();
    sent["id"].as_str().unwrap().to_owned()
}

async fn a_receipt_ends_a_text_and_calls_back(engine: Engine) {
    let taken = ResponseTemplate::new(200).set_body_json(json!({"id": "theirs-1"}));
    let provider = answering("/send", taken).await;
    let receiver = answering("/told", ResponseTemplate::new(204)).await;
    let folder = tempfile::tempdir().unwrap();
    let (file, token) = (folder.path().join("portico.toml"), folder.path().join("token"));
    std::fs::write(&file, settings(&provider.uri())).unwrap();
    std::fs::write(&token, "chosen-by-the-service").unwrap();
    let portico = Portico::start(engine, &[("PORTICO_CONFIG", file.to_str().unwrap())]).await;
    let url = format!("{}/told", receiver.uri());
    let service = ["--service", "Demonstration", "--this-machine", "--token-file"];
    let set = [&["admin", "callback", "set"], &service[..], &[token.to_str().unwrap(), &url]];
    portico.command(&set.concat());

    let id = send(&portico).await;
    until(async || status(&portico, &id).await["status"] == "sending").await;
    let receipt = json!({"id": "theirs-1", "status": "DELIVRD", "words": "on the phone"});
    assert_eq!(post(&portico, "texts", None, &receipt).await, 401);
    assert_eq!(post(&portico, "texts", Some("somebody-elses-token"), &receipt).await, 403);
    assert_eq!(post(&portico, "others", Some(TOKEN), &receipt).await, 404);
    assert_eq!(status(&portico, &id).await["status"], "sending");
    assert_eq!(post(&portico, "texts", Some(TOKEN), &receipt).await, 204);

    is_told(&portico, &receiver, &id).await;
    // The same receipt again changes nothing and tells nobody.
    assert_eq!(post(&portico, "texts", Some(TOKEN), &receipt).await, 204);
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(told(&receiver).await.len(), 1);
}

/// The message has ended as the receipt says, and the call-back said so once.
async fn is_told(portico: &Portico, receiver: &MockServer, id: &str) {
    let ended = status(portico, id).await;
    assert_eq!(
        (&ended["status"], &ended["provider_response"]),
        (&json!("delivered"), &json!("on the phone"))
    );
    until(async || !told(receiver).await.is_empty()).await;
    let call = told(receiver).await.remove(0);
    let body: Value = call.body_json().unwrap();
    assert_eq!((&body["id"], &body["status"]), (&json!(id), &json!("delivered")));
    assert_eq!(body["to"], "+16135550142");
    assert_eq!(call.headers["authorization"], "Bearer chosen-by-the-service");
    assert!(call.headers.contains_key("portico-signature"));
}

tests::on_each_engine! {
    async fn a_receipt_changes_the_message_and_is_told(engine) {
        a_receipt_ends_a_text_and_calls_back(engine).await;
    }
}
