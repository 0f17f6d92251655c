//! kill -9 at random moments under load: what was answered 201 is delivered, always.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may stop at the first surprise, and its tasks end with it"
)]

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use serde_json::{Value, json};
use testkit::Engine;
use tests::{Portico, sink::Sink};

/// Messages that may be in hand at a kill, and so may be delivered twice: `work.email.in_hand`, as
/// `docs/guides/operator.md` says.
const IN_HAND: usize = 1000;

async fn kills(engine: Engine) {
    let kills = how_many();
    let (sink, port) = Sink::start().await;
    let port = port.to_string();
    let mut portico = Portico::start(engine, &settings(&port)).await;
    portico.command(&[
        "admin",
        "limits",
        "set",
        "--service",
        "Demonstration",
        "--rate",
        "1000000",
        "--email-daily",
        "1000000",
    ]);
    let template = portico.template("Application").await;
    let load = Load::start(&portico, &template);
    for _ in 0..kills {
        tokio::time::sleep(Duration::from_millis(some_millis())).await;
        portico.kill();
        portico.restart();
    }
    let accepted = load.stop().await;
    assert!(accepted.len() > kills, "the load got only {} messages accepted", accepted.len());
    let patience = Instant::now();
    while accepted.iter().any(|id| sink.times(id) == 0) {
        let missing = accepted.iter().filter(|id| sink.times(id) == 0).count();
        assert!(
            patience.elapsed() < Duration::from_secs(90),
            "{missing} of {} never came",
            accepted.len()
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let (taken, twice) = sink.count();
    println!(
        "{kills} kills on {engine:?}: {} accepted, {taken} delivered, {twice} of them twice",
        accepted.len()
    );
    assert!(twice <= kills * IN_HAND, "{twice} delivered twice");
    settled(&portico, &accepted).await;
    let (status, took) = portico.stop();
    assert!(status.success() && took < Duration::from_secs(10), "{status} after {took:?}");
}

fn settings(port: &str) -> [(&str, &str); 5] {
    [
        ("PORTICO__PROVIDERS__EMAIL__ROUTE", "smtp"),
        ("PORTICO__PROVIDERS__EMAIL__SMTP__HOST", "127.0.0.1"),
        ("PORTICO__PROVIDERS__EMAIL__SMTP__PORT", port),
        ("PORTICO__PROVIDERS__EMAIL__SMTP__PROTECTION", "plain"),
        ("PORTICO__WORK__LEASE_SECONDS", "5"),
    ]
}

/// Every accepted message has come to one final status and says so.
async fn settled(portico: &Portico, accepted: &[String]) {
    let http = Portico::http();
    for id in accepted.iter().step_by(accepted.len() / 200 + 1) {
        let url = format!("{}/v2/notifications/{id}", portico.address);
        let mut status = Value::Null;
        for _ in 0..100 {
            let asked = http.get(&url).header("Authorization", portico.authorization());
            status = asked.send().await.unwrap().json::<Value>().await.unwrap()["status"].clone();
            if status == "sent" {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(status, "sent", "{id}");
    }
}

struct Load {
    stop: Arc<AtomicBool>,
    accepted: Arc<Mutex<Vec<String>>>,
    senders: Vec<tokio::task::JoinHandle<()>>,
}

impl Load {
    fn start(portico: &Portico, template: &str) -> Self {
        let (stop, accepted) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let url = format!("{}/v2/notifications/email", portico.address);
        let body = json!({
            "email_address": "noor@example.gc.ca",
            "template_id": template,
            "personalisation": { "name": "Noor", "reference": "A-1", "days": 5 },
        });
        let senders = (0..16).map(|_| {
            let (stop, accepted) = (stop.clone(), accepted.clone());
            let request = Portico::http()
                .post(&url)
                .header("Authorization", portico.authorization())
                .json(&body);
            tokio::spawn(async move {
                while !stop.load(SeqCst) {
                    let Some(id) = send(request.try_clone().unwrap()).await else {
                        tokio::time::sleep(Duration::from_millis(5)).await;
                        continue;
                    };
                    accepted.lock().unwrap().push(id);
                }
            })
        });
        let senders = senders.collect();
        Self { stop, accepted, senders }
    }

    async fn stop(self) -> Vec<String> {
        self.stop.store(true, SeqCst);
        for sender in self.senders {
            sender.await.unwrap();
        }
        self.accepted.lock().unwrap().clone()
    }
}

/// The id of the message if it was answered 201; none if the server was gone before it answered.
async fn send(request: reqwest::RequestBuilder) -> Option<String> {
    let answer = request.timeout(Duration::from_secs(20)).send().await.ok()?;
    let status = answer.status();
    let body: Value = answer.json().await.ok()?;
    assert!(status == 201 || status == 503, "{status} {body}");
    (status == 201).then(|| body["id"].as_str().unwrap().to_owned())
}

/// 50 unless `PORTICO_KILLS` says more, for a longer run on demand.
fn how_many() -> usize {
    std::env::var("PORTICO_KILLS").map_or(50, |n| n.parse().unwrap())
}

/// A random moment in the next half second.
fn some_millis() -> u64 {
    u64::from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos()) / 1000 % 500
}

tests::on_each_engine! {
    async fn fifty_kills_lose_nothing(engine) {
        kills(engine).await;
    }
}
