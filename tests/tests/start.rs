//! The newcomer's road: start, send what the greeting says, see it; and how the process stops.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{os::unix::fs::PermissionsExt, process::Command, time::Duration};

use serde_json::Value;
use testkit::Engine;
use tests::{Portico, tool::run};

/// Runs the curl line of the greeting, as a newcomer pastes it.
fn paste_curl(portico: &Portico) -> Value {
    let from = portico.greeting.find("curl -X").unwrap();
    let to = portico.greeting.find("with Python").unwrap();
    let line = format!("{} -s", portico.greeting[from..to].trim_end());
    let output = run(Command::new("sh").args(["-c", &line]));
    serde_json::from_slice(&output.stdout).unwrap()
}

async fn page(portico: &Portico, path: &str) -> (u16, String) {
    let answer = Portico::http().get(format!("{}{path}", portico.address)).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn first_message(engine: Engine) {
    let mut portico = Portico::start(engine, &[]).await;
    let sent = paste_curl(&portico);
    assert_eq!(sent["content"]["from_email"], "demonstration@notification.example.ca", "{sent}");
    let mut listed = String::new();
    for _ in 0..50 {
        listed = page(&portico, "/dev/mailbox").await.1;
        if listed.contains("you@example.gc.ca") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(listed.contains("you@example.gc.ca"), "{listed}");

    let key = portico.key.clone();
    let (status, took) = portico.stop();
    assert!(status.success() && took < Duration::from_secs(10), "{status} {took:?}");
    portico.restart();
    assert!(portico.greeting.contains(&key), "the second start made another key");
    assert!(page(&portico, "/dev/mailbox").await.1.contains("you@example.gc.ca"));
}

tests::on_each_engine! {
    async fn a_newcomer_sees_the_first_message(engine) {
        first_message(engine).await;
    }
}

#[tokio::test]
async fn keys_are_readable_by_their_owner_only() {
    let portico = Portico::start(Engine::Sqlite, &[]).await;
    let files: Vec<_> = std::fs::read_dir(portico.folder().join("var/keys")).unwrap().collect();
    assert_eq!(files.len(), 3);
    for file in files {
        let mode = file.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[tokio::test]
async fn the_log_never_shows_a_recipient_or_a_value() {
    let portico = Portico::start(Engine::Sqlite, &[("PORTICO__LOG__FILTER", "trace")]).await;
    let sent = paste_curl(&portico);
    let url = format!("{}/v2/notifications/{}", portico.address, sent["id"].as_str().unwrap());
    let read = Portico::http().get(url).header("Authorization", portico.authorization());
    assert_eq!(read.send().await.unwrap().status(), 200);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let log = portico.log();
    assert!(log.contains("notification"), "nothing was logged");
    for personal in ["you@example.gc.ca", "Noor", &portico.key[portico.key.len() - 36..]] {
        let line = log.lines().find(|line| line.contains(personal));
        assert!(line.is_none(), "{personal} is in the log: {line:?}");
    }
}

#[tokio::test]
async fn metrics_tell_of_accepts_and_deliveries() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let port = port.to_string();
    let portico =
        Portico::start(Engine::Sqlite, &[("PORTICO__SERVER__METRICS_ADDRESS", &port)]).await;
    paste_curl(&portico);
    let mut metrics = String::new();
    for _ in 0..50 {
        let answer = Portico::http().get(format!("http://{port}/metrics")).send().await.unwrap();
        metrics = answer.text().await.unwrap();
        if metrics.contains("notify_deliveries_total") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    for name in ["notify_deliveries_total", "http_requests_total", "notify_queue_age_seconds"] {
        assert!(metrics.contains(name), "{name} is missing in {metrics}");
    }
    assert_eq!(page(&portico, "/metrics").await.0, 404, "metrics are not for the public address");
}

#[tokio::test]
async fn probes_answer() {
    let portico = Portico::start(Engine::Sqlite, &[]).await;
    for path in ["/healthz", "/readyz", "/_status", "/_status?simple=1"] {
        assert_eq!(page(&portico, path).await.0, 200, "{path}");
    }
}
