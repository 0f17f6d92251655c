//! The figures that must not change with the number of stored notifications: few and many, round by round.

use std::time::{Duration, Instant};

use anyhow::Result;
use testkit::Engine;

use crate::{
    Plan,
    accept::Bare,
    load::{self, Caller, Seen},
    progress::say,
    rounds::Rounds,
    stock, table,
    world::{FEW, World},
};

/// The aim: many stored cost at most 20 % more than few.
const AIM: f64 = 1.2;

/// What one round showed of one database.
struct Figures {
    accepted: Seen,
    delays: Seen,
    read: Seen,
}

/// Prints the tables of this engine; `large` has `plan.stored` notifications and more.
pub async fn measure(engine: Engine, plan: &Plan, large: &mut World) -> Result<()> {
    let bare = Bare::start(engine).await?;
    let (mut few, mut many, mut base) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=plan.rounds {
        say(&format!("{engine:?}: few and many stored, round {round} of {}", plan.rounds));
        // Begins anew each time: what a round accepts would soon be more than a few.
        let small = World::with(engine, &[("PORTICO__NOTIFY__DELIVER", "false")], FEW).await?;
        few.push(figures(&small, plan).await?);
        drop(small);
        many.push(figures(large, plan).await?);
        let length = Duration::from_secs(plan.open_seconds);
        base.push(load::open(&bare.host, plan.rate, length, 201, bare.request()).await?);
    }
    flat(engine, plan, &few, &many);
    delays(engine, plan, &[&open_loop(&few), &open_loop(&many), &base.iter().collect::<Vec<_>>()]);
    starts(large).await
}

async fn figures(world: &World, plan: &Plan) -> Result<Figures> {
    let (closed, open) =
        (Duration::from_secs(plan.seconds), Duration::from_secs(plan.open_seconds));
    // The open loop first: it adds the fewest rows.
    let delays = load::open(&world.host(), plan.rate, open, 201, world.send()).await?;
    let read = load::closed(&world.host(), 32, closed, 200, world.read()).await?;
    let accepted = load::closed(&world.host(), 64, closed, 201, world.send()).await?;
    stock::empty_queue(world).await?;
    Ok(Figures { accepted, delays, read })
}

fn open_loop(rounds: &[Figures]) -> Vec<&Seen> {
    rounds.iter().map(|figures| &figures.delays).collect()
}

fn flat(engine: Engine, plan: &Plan, few: &[Figures], many: &[Figures]) {
    table::begin(
        &format!("With {FEW} and with {} stored notifications, {engine:?}", plan.stored),
        &["figure", &FEW.to_string(), &plan.stored.to_string(), "many ÷ few", "at most 20 % worse"],
    );
    let row = |name: &str, digits: usize, is_delay: bool, figure: fn(&Figures) -> f64| {
        let each = |of: &[Figures]| of.iter().map(figure).collect::<Rounds>();
        let pairs = few.iter().zip(many).map(|(few, many)| figure(many) / figure(few));
        let ratio: Rounds = pairs.collect();
        let worse = if is_delay { ratio.median() } else { 1.0 / ratio.median() };
        table::row(&[
            name.to_owned(),
            each(few).shown(digits),
            each(many).shown(digits),
            ratio.shown(2),
            if worse <= AIM { "yes" } else { "no" }.to_owned(),
        ]);
    };
    row("accepted a second, 64 connections", 0, false, |seen| seen.accepted.rate());
    row("GET by id a second, 32 connections", 0, false, |seen| seen.read.rate());
    row("p50 ms (open loop)", 2, true, |seen| seen.delays.delay(0.5));
    row("p99 ms (open loop)", 2, true, |seen| seen.delays.delay(0.99));
}

/// The delays of the open loop beside those of the bare route, whose outliers are the machine's, the
/// disk's and the group commit's.
fn delays(engine: Engine, plan: &Plan, seen: &[&[&Seen]; 3]) {
    table::begin(
        &format!("Delay in ms at {} a second (open loop), {engine:?}", plan.rate),
        &["what", "p50", "p99", "p99.9", "worst", "we asked late, p99"],
    );
    let names = [
        format!("Portico with {FEW} stored"),
        format!("Portico with {}", plan.stored),
        "bare route".to_owned(),
    ];
    for (name, seen) in names.into_iter().zip(seen) {
        let at = |quantile: f64| seen.iter().map(|seen| seen.delay(quantile)).collect::<Rounds>();
        let late: Rounds = seen.iter().map(|seen| seen.lateness(0.99)).collect();
        table::row(&[
            name,
            at(0.5).shown(2),
            at(0.99).shown(2),
            at(0.999).shown(1),
            at(1.0).shown(1),
            late.shown(1),
        ]);
    }
}

/// From the start of the process to the first 200 of /readyz, on the large database.
async fn starts(world: &mut World) -> Result<()> {
    let mut best = Duration::MAX;
    for _ in 0..5 {
        world.portico.kill();
        let started = Instant::now();
        world.portico.restart();
        let ready = load::request("GET /readyz", &world.host(), "", "");
        while Caller::connect(&world.host()).await?.ask(&ready, 200).await.is_err() {}
        best = best.min(started.elapsed());
    }
    println!("\nStart to ready with many stored, best of five: {:.2} s", best.as_secs_f64());
    Ok(())
}
