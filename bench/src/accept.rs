//! The most that is accepted over HTTP, beside the bare route.

use std::{
    process::{Child, Command},
    sync::Arc,
    time::Duration,
};

use anyhow::Result;
use testkit::{Engine, TestDatabase};

use crate::{
    Plan,
    load::{self, Caller, Request},
    process,
    progress::say,
    rounds::Rounds,
    table,
    world::{World, email},
};

const CONNECTIONS: [usize; 3] = [32, 64, 256];

/// Closed loops in alternating rounds; prints the table of this engine.
pub async fn measure(engine: Engine, plan: &Plan) -> Result<()> {
    let world = World::start(engine, &[("PORTICO__NOTIFY__DELIVER", "false")]).await?;
    let bare = Bare::start(engine).await?;
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
        say(&format!("{engine:?}: accepting over {connections} connections"));
        row(&world, &bare, connections, plan).await?;
    }
    println!(
        "\nMost memory of the server process: {:.0} MB",
        process::peak_memory(world.portico.process())?
    );
    Ok(())
}

async fn row(world: &World, bare: &Bare, connections: usize, plan: &Plan) -> Result<()> {
    let length = Duration::from_secs(plan.seconds);
    let [mut real, mut base, mut ratio, mut cpu, mut half, mut slow] =
        [0; 6].map(|_| Rounds::default());
    for _ in 0..plan.rounds.min(3) {
        let seen = load::closed(&bare.host, connections, length, 201, bare.request()).await?;
        base.add(seen.rate());
        let before = process::cpu_seconds(world.portico.process())?;
        let ours = load::closed(&world.host(), connections, length, 201, world.send()).await?;
        let used = process::cpu_seconds(world.portico.process())? - before;
        real.add(ours.rate());
        ratio.add(100.0 * ours.rate() / seen.rate());
        cpu.add(used * 1000.0 / ours.answers as f64);
        half.add(ours.delay(0.5));
        slow.add(ours.delay(0.99));
    }
    table::row(&[
        connections.to_string(),
        real.shown(0),
        base.shown(0),
        format!("{} %", ratio.shown(0)),
        format!("{:.3}", cpu.median()),
        format!("{:.1}", half.median()),
        format!("{:.1}", slow.median()),
    ]);
    Ok(())
}

/// The bare route in a process of its own, on a database of its own.
pub struct Bare {
    /// `host:port`.
    pub host: String,
    child: Child,
    _database: TestDatabase,
}

impl Bare {
    /// Starts it on `engine`.
    pub async fn start(engine: Engine) -> Result<Self> {
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

    /// POST of the same body.
    pub fn request(&self) -> Request {
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
