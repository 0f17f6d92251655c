//! From the queue to an SMTP sink, beside smtp-source into the same sink.

use std::{
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use notify::{Channel, Lane};
use notify_store::delivery;
use testkit::Engine;

use crate::{load, process, table, world::World};

const MESSAGES: usize = 20_000;

/// Prints the table of this engine: with few and with many stored notifications.
pub async fn measure(engine: Engine, stored: usize) -> Result<()> {
    let sink = Sink::start()?;
    table::begin(
        &format!("Delivered a second into smtp-sink, {engine:?}"),
        &[
            "stored",
            "Portico, 10 sessions",
            "smtp-source, 10 sessions",
            "ratio",
            "CPU ms a message",
        ],
    );
    let world = World::start(engine, &sink.settings()).await?;
    for (stored, name) in [(1_000, "10³".to_owned()), (stored, stored.to_string())] {
        world.store(stored).await?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            theirs.push(sink.source()?);
            ours.push(drained(&world).await?);
        }
        ours.sort_by(|a, b| a.0.total_cmp(&b.0));
        theirs.sort_by(f64::total_cmp);
        let ((rate, cpu), base) = (ours[1], theirs[1]);
        table::row(&[
            name,
            format!("{rate:.0}"),
            format!("{base:.0}"),
            format!("{:.0} %", 100.0 * rate / base),
            format!("{cpu:.3}"),
        ]);
    }
    Ok(())
}

/// Accepts messages while nobody delivers, then lets a worker loose on them; gives messages a
/// second and CPU milliseconds a message.
async fn drained(world: &World) -> Result<(f64, f64)> {
    let length = Duration::from_secs(600);
    load::so_many(&world.host(), 64, MESSAGES, 201, world.send()).await?;
    let started = Instant::now();
    let worker = Ended(world.portico.beside(&["work"]));
    let db = world.portico.database().db.clone();
    while !delivery::services(db.read(), Channel::Email, Lane::Normal).await?.is_empty() {
        ensure!(started.elapsed() < length, "the queue never emptied");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let took = started.elapsed().as_secs_f64();
    let used = process::cpu_seconds(worker.0.id())?;
    Ok((MESSAGES as f64 / took, used * 1000.0 / MESSAGES as f64))
}

/// A process that ends with its measurement.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The mail server that throws everything away, from the Debian package postfix.
struct Sink {
    port: String,
    child: Child,
}

impl Sink {
    fn start() -> Result<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port().to_string();
        let child = Command::new("/usr/sbin/smtp-sink")
            .args(["-u", "nobody", &format!("127.0.0.1:{port}"), "1000"])
            .stderr(Stdio::inherit())
            .spawn()
            .context("smtp-sink: install the package postfix")?;
        Ok(Self { port, child })
    }

    fn settings(&self) -> [(&str, &str); 5] {
        [
            ("PORTICO__NOTIFY__DELIVER", "false"),
            ("PORTICO__PROVIDERS__EMAIL__ROUTE", "smtp"),
            ("PORTICO__PROVIDERS__EMAIL__SMTP__HOST", "127.0.0.1"),
            ("PORTICO__PROVIDERS__EMAIL__SMTP__PORT", &self.port),
            ("PORTICO__PROVIDERS__EMAIL__SMTP__PROTECTION", "plain"),
        ]
    }

    /// Messages a second that smtp-source brings to the sink: 5 KB each over 10 kept connections.
    fn source(&self) -> Result<f64> {
        let started = Instant::now();
        let status = Command::new("/usr/sbin/smtp-source")
            .args(["-d", "-s", "10", "-l", "5120", "-m", &MESSAGES.to_string()])
            .args([
                "-f",
                "a@example.gc.ca",
                "-t",
                "b@example.gc.ca",
                &format!("127.0.0.1:{}", self.port),
            ])
            .status()?;
        ensure!(status.success(), "smtp-source failed");
        Ok(MESSAGES as f64 / started.elapsed().as_secs_f64())
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
