//! Call-backs against receivers that behave well and badly, on this machine under the development reach.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::{Duration, Instant};

use chrono::DateTime;
use kernel::{Secret, Time};
use notify_work::outbound::{Call, Called, Health, Outbound, Unhealthy, address::Reach, signature};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_util::task::TaskTracker;
use uuid::Uuid;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_string, header, headers, method, path},
};

const BODY: &str = r#"{"id":"1"}"#;

fn now() -> Time {
    DateTime::from_timestamp(1_700_000_000, 0).unwrap()
}

async fn call(url: &str) -> Called {
    call_within(url, Duration::from_secs(5)).await
}

async fn call_within(url: &str, limit: Duration) -> Called {
    let outbound = Outbound::new(Reach::ThisMachineToo).unwrap().with_limit(limit);
    let (bearer, signing) = (Secret::new("token-of-theirs"), Secret::new("top"));
    let call = Call {
        event: Uuid::from_u128(5),
        url,
        bearer: Some(&bearer),
        signing: Some(&signing),
        body: BODY.as_bytes().to_vec(),
    };
    outbound.call(call, now()).await
}

async fn answering(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(template).mount(&server).await;
    server
}

#[tokio::test]
async fn a_call_carries_token_signature_and_event() {
    let server = MockServer::start().await;
    let signed = signature::sign(&Secret::new("top"), now(), BODY.as_bytes());
    // The matcher takes a comma for the end of a value.
    let signed: Vec<_> = signed.split(',').collect();
    Mock::given(method("POST"))
        .and(path("/hook"))
        .and(header("authorization", "Bearer token-of-theirs"))
        .and(header("content-type", "application/json"))
        .and(header("portico-event", Uuid::from_u128(5).to_string().as_str()))
        .and(headers("portico-signature", signed))
        .and(body_string(BODY))
        .respond_with(ResponseTemplate::new(204))
        .expect(1)
        .mount(&server)
        .await;
    assert_eq!(call(&format!("{}/hook", server.uri())).await, Called::Taken);
}

#[tokio::test]
async fn the_answer_decides_whether_to_try_again() {
    for (status, again) in [
        (500, true),
        (503, true),
        (429, true),
        (400, false),
        (404, false),
        (410, false),
        (304, false),
    ] {
        let server = answering(ResponseTemplate::new(status)).await;
        let called = call(&server.uri()).await;
        assert_eq!(
            matches!(called, Called::Again { after: None, .. }),
            again,
            "{status}: {called:?}"
        );
        assert_eq!(matches!(called, Called::Dropped { .. }), !again, "{status}: {called:?}");
    }
    for status in [200, 201, 303] {
        let server = answering(ResponseTemplate::new(status)).await;
        assert_eq!(call(&server.uri()).await, Called::Taken, "{status}");
    }
}

#[tokio::test]
async fn a_receiver_may_ask_for_time() {
    let cases = [("120", 120), ("Tue, 14 Nov 2023 22:15:20 GMT", 60), ("99999999999", 86_400)];
    for (wish, seconds) in cases {
        let template = ResponseTemplate::new(429)
            .insert_header("retry-after", wish)
            .insert_header("date", "Tue, 14 Nov 2023 22:14:20 GMT");
        let server = answering(template).await;
        let Called::Again { after, .. } = call(&server.uri()).await else { panic!("not again") };
        assert_eq!(after, Some(Duration::from_secs(seconds)), "{wish}");
    }
}

#[tokio::test]
async fn a_redirect_is_followed_with_its_body_but_not_to_strangers_with_the_token() {
    let other = MockServer::start().await;
    Mock::given(method("POST"))
        .and(body_string(BODY))
        .respond_with(ResponseTemplate::new(200))
        .expect(4)
        .mount(&other)
        .await;
    for status in [301, 302, 307, 308] {
        let target = format!("{}/there", other.uri());
        let first =
            answering(ResponseTemplate::new(status).insert_header("location", target)).await;
        assert_eq!(call(&first.uri()).await, Called::Taken, "{status}");
    }
    for request in other.received_requests().await.unwrap() {
        assert!(!request.headers.contains_key("authorization"));
        assert!(request.headers.contains_key("portico-signature"));
    }
    let same = MockServer::start().await;
    Mock::given(path("/a"))
        .respond_with(ResponseTemplate::new(307).insert_header("location", "/b"))
        .mount(&same)
        .await;
    Mock::given(path("/b"))
        .and(header("authorization", "Bearer token-of-theirs"))
        .respond_with(ResponseTemplate::new(200))
        .mount(&same)
        .await;
    assert_eq!(call(&format!("{}/a", same.uri())).await, Called::Taken);
}

#[tokio::test]
async fn a_redirect_into_a_private_network_or_a_circle_is_dropped() {
    for target in [
        "https://10.0.0.1/",
        "http://169.254.169.254/latest",
        "http://example.com/",
        "file:///etc/passwd",
    ] {
        let server = answering(ResponseTemplate::new(307).insert_header("location", target)).await;
        let called = call(&server.uri()).await;
        let Called::Dropped { words } = called else { panic!("{target}: {called:?}") };
        assert!(words.starts_with("redirected: "), "{words}");
    }
    let circle = answering(ResponseTemplate::new(307).insert_header("location", "/")).await;
    assert_eq!(
        call(&circle.uri()).await,
        Called::Dropped { words: "too many redirects".to_owned() }
    );
    assert_eq!(circle.received_requests().await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_receiver_that_is_slow_or_away_is_tried_again() {
    let slow = answering(ResponseTemplate::new(200).set_delay(Duration::from_secs(3))).await;
    let started = Instant::now();
    let called = call_within(&slow.uri(), Duration::from_millis(200)).await;
    assert!(matches!(called, Called::Again { .. }), "{called:?}");
    assert!(started.elapsed() < Duration::from_secs(2));

    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let called = call(&format!("http://{closed}/")).await;
    assert!(matches!(called, Called::Again { .. }), "{called:?}");
    let called = call("https://no-such-name.invalid/").await;
    assert!(matches!(called, Called::Again { .. }), "{called:?}");
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    TaskTracker::new().spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = vec![0; 4096];
        let _ = socket.read(&mut request).await;
        let _ = socket.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        while socket.write_all(&[b'x'; 4096]).await.is_ok() {}
    });
    assert_eq!(call(&format!("http://{address}/")).await, Called::Taken);
}

#[tokio::test]
async fn names_of_this_machine_are_refused_in_production() {
    let outbound = Outbound::new(Reach::Public).unwrap();
    let (bearer, signing) = (Secret::new("token"), Secret::new("top"));
    for url in ["https://localhost/", "https://127.0.0.1/"] {
        let call = Call {
            event: Uuid::nil(),
            url,
            bearer: Some(&bearer),
            signing: Some(&signing),
            body: Vec::new(),
        };
        let called = outbound.call(call, now()).await;
        let Called::Dropped { words } = called else { panic!("{url}: {called:?}") };
        assert!(words.starts_with("it leads to a "), "{words}");
    }
}

#[tokio::test]
async fn a_token_that_cannot_stand_in_a_header_is_dropped() {
    let outbound = Outbound::new(Reach::ThisMachineToo).unwrap();
    let (bearer, signing) = (Secret::new("a\r\nX-Evil: b"), Secret::new("top"));
    let url = "http://127.0.0.1:9/";
    let call = Call {
        event: Uuid::nil(),
        url,
        bearer: Some(&bearer),
        signing: Some(&signing),
        body: Vec::new(),
    };
    assert!(matches!(outbound.call(call, now()).await, Called::Dropped { .. }));
}

async fn health(url: &str) -> Result<Health, Unhealthy> {
    let outbound = Outbound::new(Reach::ThisMachineToo).unwrap();
    outbound.health(url, &Secret::new("token-of-theirs"), now()).await
}

#[tokio::test]
async fn a_receiver_that_answers_may_be_kept_even_when_it_stumbles() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(header("authorization", "Bearer token-of-theirs"))
        .and(body_string(r#"{"health_check": true}"#))
        .respond_with(ResponseTemplate::new(500))
        .expect(1)
        .mount(&server)
        .await;
    let told = health(&server.uri()).await.unwrap();
    assert_eq!((told.status, told.is_slow()), (500, false));
}

#[tokio::test]
async fn a_receiver_that_refuses_or_is_not_there_is_told_in_a_sentence() {
    let server = answering(ResponseTemplate::new(404)).await;
    let told = health(&server.uri()).await.unwrap_err();
    assert_eq!(told, Unhealthy::Refused(404));
    assert_eq!(
        told.to_string(),
        "it answers with the status 404: check the address and the bearer token"
    );
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let told = health(&format!("http://{gone}/")).await.unwrap_err();
    assert!(matches!(told, Unhealthy::Unreachable(_)), "{told:?}");
    let told = health("https://10.0.0.1/").await.unwrap_err();
    assert_eq!(told.to_string(), "it cannot be reached: it leads to a private address");
}

#[tokio::test]
async fn a_slow_receiver_is_noticed_and_a_silent_one_is_not_waited_for() {
    let slow = ResponseTemplate::new(204).set_delay(Duration::from_millis(1100));
    let told = health(&answering(slow).await.uri()).await.unwrap();
    assert!(told.is_slow(), "{told:?}");
    let silent = ResponseTemplate::new(204).set_delay(Duration::from_secs(30));
    let begun = Instant::now();
    assert_eq!(health(&answering(silent).await.uri()).await, Err(Unhealthy::Silent));
    assert!(begun.elapsed() < Duration::from_secs(4));
}
