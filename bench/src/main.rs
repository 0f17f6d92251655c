//! Measures Portico beside a baseline in the same run, because only ratios mean something on a
//! shared machine. `cargo xtask bench` starts what it needs and runs it.

mod accept;
mod bare;
mod deliver;
mod flat;
mod load;
mod pages;
mod process;
mod progress;
mod render;
mod rounds;
mod sink;
mod stock;
mod table;
mod world;

use clap::{Args, Parser, Subcommand, ValueEnum};
use testkit::Engine;

use crate::{progress::say, sink::Sink, world::World};

/// Prints tables of ratios for docs/benchmarks.md; what is being measured goes to the error stream.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    plan: Plan,
    /// One engine only; without this, both.
    #[arg(long)]
    engine: Option<Only>,
    /// What to measure; without it, everything.
    #[command(subcommand)]
    what: Option<What>,
}

/// How long and how much to measure.
#[derive(Args)]
struct Plan {
    /// Seconds of a closed loop.
    #[arg(long, default_value_t = 4)]
    seconds: u64,
    /// Seconds of an open loop.
    #[arg(long, default_value_t = 10)]
    open_seconds: u64,
    /// Requests a second of an open loop.
    #[arg(long, default_value_t = 1_000)]
    rate: u32,
    /// Rounds of each figure (at most three where the bare route is beside it); the middle one counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Stored notifications of the large database; the small one has 1,000.
    #[arg(long, default_value_t = 1_000_000)]
    stored: usize,
    /// Messages of a round of delivery.
    #[arg(long, default_value_t = 30_000)]
    messages: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Only {
    Sqlite,
    Postgres,
}

#[derive(Subcommand)]
enum What {
    /// Accepting over HTTP, beside the bare route.
    Accept,
    /// Accepting, reading, delays and start, with few and with many stored notifications.
    Flat,
    /// The site's pages with many stored notifications.
    Pages,
    /// Rendering, on one core.
    Render,
    /// From the queue to an SMTP sink, beside smtp-source, with few and with many stored.
    Deliver,
    /// The bare route itself, as a process of its own.
    #[command(hide = true)]
    Bare {
        /// The database.
        url: String,
        /// The port.
        port: u16,
    },
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        if let Some(What::Bare { url, port }) = &arguments.what {
            return bare::serve(url, *port).await;
        }
        say("begins");
        if matches!(arguments.what, None | Some(What::Render)) {
            render::measure()?;
        }
        let engines = match arguments.engine {
            Some(Only::Sqlite) => vec![Engine::Sqlite],
            Some(Only::Postgres) => vec![Engine::Postgres],
            None => vec![Engine::Sqlite, Engine::Postgres],
        };
        for engine in engines {
            on(engine, &arguments).await?;
        }
        say("done");
        Ok(())
    })
}

/// What is wanted, on one engine.
async fn on(engine: Engine, Arguments { plan, what, .. }: &Arguments) -> anyhow::Result<()> {
    if matches!(what, None | Some(What::Accept)) {
        accept::measure(engine, plan).await?;
    }
    let flat = matches!(what, None | Some(What::Flat));
    let pages = matches!(what, None | Some(What::Pages));
    let deliver = matches!(what, None | Some(What::Deliver));
    if flat || pages || deliver {
        say(&format!("{engine:?}: storing {} notifications", plan.stored));
        let sink = Sink::start()?;
        let mut large = World::with(engine, &sink.settings(), plan.stored).await?;
        if flat {
            flat::measure(engine, plan, &mut large).await?;
        }
        if pages {
            pages::measure(engine, plan, &large).await?;
        }
        if deliver {
            deliver::measure(engine, plan, &sink, &large).await?;
        }
    }
    Ok(())
}
