//! From the queue to an SMTP sink, beside smtp-source into the same sink; every message is accounted for.

use std::{
    process::Child,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use notify::{Channel, Lane, Status};
use notify_store::{NotificationId, delivery, notification};
use testkit::Engine;

use crate::{
    Plan, load, process,
    progress::say,
    rounds::Rounds,
    sink::Sink,
    table,
    world::{FEW, World},
};

/// How long a queue may take to empty; then something is broken, not slow.
const PATIENCE: Duration = Duration::from_secs(600);

/// What one round of delivery showed.
struct Delivered {
    rate: f64,
    source: f64,
    cpu: f64,
    memory: f64,
}

/// Prints the tables of this engine: with few and with many stored notifications, then everything at once.
pub async fn measure(engine: Engine, plan: &Plan, sink: &Sink, large: &World) -> Result<()> {
    let (mut few, mut many) = (Vec::new(), Vec::new());
    for round in 1..=plan.rounds {
        say(&format!("{engine:?}: delivering, round {round} of {}", plan.rounds));
        let small = World::with(engine, &sink.settings(), FEW).await?;
        few.push(delivered(&small, sink, plan.messages).await?);
        many.push(delivered(large, sink, plan.messages).await?);
    }
    table::begin(
        &format!("Delivered a second into smtp-sink, {engine:?}"),
        &[
            "stored",
            "Portico, 10 sessions",
            "smtp-source, 10 sessions",
            "ratio",
            "CPU ms a message",
            "most memory MB",
        ],
    );
    for (stored, seen) in [(FEW, &few), (plan.stored, &many)] {
        row(stored, seen);
    }
    let pairs = few.iter().zip(&many).map(|(few, many)| many.rate / few.rate);
    println!(
        "\nMany ÷ few, round by round: {}; the sink took and the database calls `sent` each of \
         {} messages a round.",
        pairs.collect::<Rounds>().shown(2),
        plan.messages
    );
    at_once(engine, plan).await
}

fn row(stored: usize, seen: &[Delivered]) {
    let each = |figure: fn(&Delivered) -> f64| seen.iter().map(figure).collect::<Rounds>();
    table::row(&[
        stored.to_string(),
        each(|seen| seen.rate).shown(0),
        each(|seen| seen.source).shown(0),
        format!("{} %", each(|seen| 100.0 * seen.rate / seen.source).shown(0)),
        each(|seen| seen.cpu).shown(3),
        format!("{:.0}", each(|seen| seen.memory).most()),
    ]);
}

/// Accepts messages while nobody delivers, then lets a worker loose on them.
async fn delivered(world: &World, sink: &Sink, messages: usize) -> Result<Delivered> {
    let source = sink.source(messages).await?;
    let accepted = load::so_many(&world.host(), 64, messages, 201, world.send()).await?;
    let ids = accepted.iter().map(|body| World::id(body)).collect::<Result<Vec<_>>>()?;
    let (before, started) = (sink.taken(), Instant::now());
    let worker = Ended(world.portico.beside(&["work"]));
    emptied(world).await?;
    let took = started.elapsed().as_secs_f64();
    let cpu = process::cpu_seconds(worker.0.id())? * 1000.0 / messages as f64;
    let memory = process::peak_memory(worker.0.id())?;
    sink.took(before + messages).await?;
    all_sent(world, &ids).await?;
    Ok(Delivered { rate: messages as f64 / took, source, cpu, memory })
}

/// Waits until no e-mail waits, whose outcome is then on disk.
async fn emptied(world: &World) -> Result<()> {
    let (db, asked) = (world.portico.database().db.clone(), Instant::now());
    while !delivery::services(db.read(), Channel::Email, Lane::Normal).await?.is_empty() {
        ensure!(asked.elapsed() < PATIENCE, "the queue never emptied");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(())
}

/// Every one of these messages ended `sent`; an empty queue alone would not say so.
async fn all_sent(world: &World, ids: &[NotificationId]) -> Result<()> {
    let db = world.portico.database().db.read();
    for ids in ids.chunks(500) {
        let rows = notification::claimed(db, ids).await?;
        ensure!(rows.len() == ids.len(), "{} of {} messages are there", rows.len(), ids.len());
        if let Some(row) = rows.iter().find(|row| *row.status != Status::Sent) {
            anyhow::bail!("{} is {} instead of sent", row.id, *row.status);
        }
    }
    Ok(())
}

/// One process that accepts as fast as it can and delivers at the same time: its memory at full load.
async fn at_once(engine: Engine, plan: &Plan) -> Result<()> {
    say(&format!("{engine:?}: accepting and delivering at once"));
    let sink = Sink::start()?;
    let settings = sink.settings();
    let world = World::start(engine, &settings[1..]).await?;
    let length = Duration::from_secs(2 * plan.seconds);
    let seen = load::closed(&world.host(), 256, length, 201, world.send()).await?;
    let (accepting, meanwhile) = (seen.rate(), sink.taken() as f64 / seen.took.as_secs_f64());
    emptied(&world).await?;
    sink.took(seen.answers as usize).await?;
    println!(
        "\nOne process that accepts over 256 connections and delivers at once: {accepting:.0} accepted \
         and {meanwhile:.0} delivered a second, at most {:.0} MB of memory; all {} were taken once.",
        process::peak_memory(world.portico.process())?,
        seen.answers
    );
    Ok(())
}

/// A process that ends with its measurement.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
