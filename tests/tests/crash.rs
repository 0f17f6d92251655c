//! kill -9 at random moments under load: what was answered 201 is delivered, always, and twice only if
//! it was between the mail server and the database at a kill.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may stop at the first surprise, and its tasks end with it"
)]

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, prelude::Uuid};
use serde_json::{Value, json};
use testkit::Engine;
use tests::{Portico, sink::Sink};

/// How many messages a kill may catch between the mail server and the database, on average: the 16 that
/// are being handed over, and those that wait some 20 ms for a group commit. Seen on a busy machine: 3 to
/// 11. `docs/guides/operator.md` says what it means.
const BETWEEN: usize = 100;

async fn kills(engine: Engine) {
    let kills = how_many();
    let (sink, port) = Sink::start().await;
    let port = port.to_string();
    let mut portico = Portico::start(engine, &settings(&port)).await;
    let limits = ["--rate", "1000000", "--email-daily", "1000000"];
    portico.command(
        &[&["admin", "limits", "set", "--service", "Demonstration"][..], &limits].concat(),
    );
    let template = portico.template("Application").await;
    let load = Load::start(&portico, &template);
    // How often each message was taken by a process that died before it had written that down.
    let mut between: HashMap<String, usize> = HashMap::new();
    let mut before = HashMap::new();
    for _ in 0..kills {
        tokio::time::sleep(Duration::from_millis(some_millis())).await;
        portico.kill();
        sink.deserted().await;
        let waiting = waiting(portico.database().db.read()).await;
        let taken = sink.all();
        for (id, times) in &taken {
            if before.get(id) != Some(times) && waiting.contains(id) {
                *between.entry(id.clone()).or_default() += 1;
            }
        }
        before = taken;
        portico.restart();
    }
    let accepted = load.stop().await;
    assert!(accepted.len() > kills, "the load got only {} messages accepted", accepted.len());
    ended(&portico, &accepted).await;
    judge(engine, kills, &accepted, &sink.all(), &between);
    settled(&portico, &accepted).await;
    let (status, took) = portico.stop();
    assert!(status.success() && took < Duration::from_secs(10), "{status} after {took:?}");
}

/// Nothing is lost, and each further delivery of a message is paid for by a kill that caught it
/// between the mail server and the database.
fn judge(
    engine: Engine,
    kills: usize,
    accepted: &[String],
    taken: &HashMap<String, usize>,
    between: &HashMap<String, usize>,
) {
    let lost: Vec<_> = accepted.iter().filter(|id| !taken.contains_key(*id)).collect();
    assert!(lost.is_empty(), "{} of {} never came: {lost:?}", lost.len(), accepted.len());
    let mut again = 0;
    for (id, times) in taken {
        let allowed = 1 + between.get(id).copied().unwrap_or(0);
        assert!(*times <= allowed, "{id} came {times} times, and {allowed} are explained");
        again += times - 1;
    }
    let caught: usize = between.values().sum();
    println!(
        "{kills} kills on {engine:?}: {} accepted, {} delivered, {again} deliveries too many; {caught} \
         were between mail server and database at a kill",
        accepted.len(),
        taken.len()
    );
    assert!(again <= kills * BETWEEN, "{again} deliveries too many in {kills} kills");
}

/// The messages whose outcome is not in the database: their place in the queue goes with it.
async fn waiting(db: &DatabaseConnection) -> HashSet<String> {
    let all =
        Statement::from_string(db.get_database_backend(), "SELECT notification_id FROM delivery");
    let rows = db.query_all_raw(all).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index::<Uuid>(0).unwrap().to_string()).collect()
}

/// Waits until the queue is empty, which it must be in reasonable time.
async fn ended(portico: &Portico, accepted: &[String]) {
    let (asked, db) = (Instant::now(), portico.database().db.read());
    loop {
        let left = waiting(db).await.len();
        if left == 0 {
            return;
        }
        assert!(asked.elapsed() < Duration::from_secs(90), "{left} of {} wait", accepted.len());
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
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

/// Every message has come to one final status, and the API says so of those that were answered 201.
async fn settled(portico: &Portico, accepted: &[String]) {
    let db = portico.database().db.read();
    let other = "SELECT count(*) FROM notification WHERE status <> 'sent'";
    let counted = Statement::from_string(db.get_database_backend(), other);
    let row = db.query_one_raw(counted).await.unwrap().unwrap();
    assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 0, "a message did not end as sent");
    let http = Portico::http();
    for id in accepted.iter().step_by(accepted.len() / 200 + 1) {
        let url = format!("{}/v2/notifications/{id}", portico.address);
        let asked = http.get(&url).header("Authorization", portico.authorization());
        let answer = asked.send().await.unwrap().json::<Value>().await.unwrap();
        assert_eq!(answer["status"], "sent", "{id}");
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
