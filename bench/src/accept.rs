//! Accepting over HTTP beside the bare route, delays under an open load, reading, and starting.

use std::{
    process::{Child, Command},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use testkit::{Engine, TestDatabase};

use crate::{
    load::{self, Caller, Request, Seen},
    process, table,
    world::{World, email},
};

/// How long and how much to measure.
#[derive(Clone, Copy)]
pub struct Size {
    /// Seconds a round.
    pub seconds: u64,
    /// Notifications of the large database.
    pub stored: usize,
}

const CONNECTIONS: [usize; 3] = [32, 64, 256];

/// Prints the tables of this engine.
pub async fn measure(engine: Engine, size: Size) -> Result<()> {
    let length = Duration::from_secs(size.seconds);
    let world = World::start(engine, &[("PORTICO__NOTIFY__DELIVER", "false")]).await?;
    let bare = Bare::start(engine).await?;
    world.store(1_000).await?;
    limits(engine, &world, &bare, length).await?;
    let small = figures(&world, length).await?;
    world.store(size.stored).await?;
    let large = figures(&world, length).await?;
    flat(engine, size, &small, &large);
    println!(
        "\nMost memory of the server process: {:.0} MB",
        process::peak_memory(world.portico.process())?
    );
    starts(world).await
}

/// Closed loops: the most that is accepted, beside the bare route, in alternating rounds.
async fn limits(engine: Engine, world: &World, bare: &Bare, length: Duration) -> Result<()> {
    table::begin(
        &format!("Accepted a second, durable, {engine:?}"),
        &[
            "connections",
            "POST /v2/notifications/email",
            "bare route",
            "ratio",
            "CPU ms a message",
            "p50 ms",
            "p99 ms",
        ],
    );
    for connections in CONNECTIONS {
        let (mut real, mut base) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            base.push(load::closed(&bare.host, connections, length, 201, bare.request()).await?);
            let used = process::cpu_seconds(world.portico.process())?;
            let seen = load::closed(&world.host(), connections, length, 201, world.send()).await?;
            let used = process::cpu_seconds(world.portico.process())? - used;
            real.push((used * 1000.0 / seen.answers as f64, seen));
        }
        real.sort_by(|a, b| a.1.rate().total_cmp(&b.1.rate()));
        base.sort_by(|a, b| a.rate().total_cmp(&b.rate()));
        let ((cpu, real), base) = (&real[1], &base[1]);
        table::row(&[
            connections.to_string(),
            format!("{:.0}", real.rate()),
            format!("{:.0}", base.rate()),
            format!("{:.0} %", 100.0 * real.rate() / base.rate()),
            format!("{cpu:.3}"),
            format!("{:.1}", real.delay(0.5)),
            format!("{:.1}", real.delay(0.99)),
        ]);
    }
    Ok(())
}

/// The figures that must not change with the number of stored notifications.
struct Figures {
    accepted: Seen,
    delays: Seen,
    read: Seen,
}

async fn figures(world: &World, length: Duration) -> Result<Figures> {
    let accepted = load::closed(&world.host(), 64, length, 201, world.send()).await?;
    let delays = load::open(&world.host(), 1000, length, 201, world.send()).await?;
    let body = Caller::connect(&world.host()).await?.ask(&world.send()(), 201).await?;
    let sent: serde_json::Value = serde_json::from_slice(&body)?;
    let id = sent["id"].as_str().context("an id")?;
    let read = load::closed(&world.host(), 32, length, 200, world.read(id)).await?;
    Ok(Figures { accepted, delays, read })
}

fn flat(engine: Engine, size: Size, small: &Figures, large: &Figures) {
    table::begin(
        &format!("With few and with {} stored notifications, {engine:?}", size.stored),
        &["figure", "10³", "large", "large ÷ 10³"],
    );
    let row = |name: &str, few: f64, many: f64, digits: usize| {
        table::row(&[
            name.to_owned(),
            format!("{few:.digits$}"),
            format!("{many:.digits$}"),
            format!("{:.2}", many / few),
        ]);
    };
    row("accepted a second, 64 connections", small.accepted.rate(), large.accepted.rate(), 0);
    row("GET by id a second, 32 connections", small.read.rate(), large.read.rate(), 0);
    row(
        "p50 ms at 1,000 a second (open loop)",
        small.delays.delay(0.5),
        large.delays.delay(0.5),
        2,
    );
    row(
        "p99 ms at 1,000 a second (open loop)",
        small.delays.delay(0.99),
        large.delays.delay(0.99),
        2,
    );
}

/// From the start of the process to the first 200 of /readyz, on the large database.
async fn starts(mut world: World) -> Result<()> {
    let mut best = Duration::MAX;
    for _ in 0..5 {
        world.portico.kill();
        let started = Instant::now();
        world.portico.restart();
        let ready = load::request("GET /readyz", &world.host(), "", "");
        while Caller::connect(&world.host()).await?.ask(&ready, 200).await.is_err() {}
        best = best.min(started.elapsed());
    }
    println!("Start to ready, best of five: {:.2} s", best.as_secs_f64());
    Ok(())
}

/// The bare route in a process of its own, on a database of its own.
struct Bare {
    host: String,
    child: Child,
    _database: TestDatabase,
}

impl Bare {
    async fn start(engine: Engine) -> Result<Self> {
        let database = TestDatabase::fresh::<portico::Migrator>(engine).await;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let child = Command::new(std::env::current_exe()?)
            .args(["bare", &database.url, &port.to_string()])
            .spawn()?;
        let host = format!("127.0.0.1:{port}");
        while Caller::connect(&host).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(Self { host, child, _database: database })
    }

    fn request(&self) -> Request {
        let (host, body) = (self.host.clone(), email("bare"));
        Arc::new(move || load::request("POST /bare", &host, "", &body))
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
