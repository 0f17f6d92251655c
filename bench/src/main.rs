//! Measures Portico beside a baseline in the same run, because only ratios mean something on a
//! shared machine. `cargo xtask bench` starts what it needs and runs it.

mod accept;
mod bare;
mod deliver;
mod load;
mod process;
mod render;
mod table;
mod world;

use clap::{Parser, Subcommand};
use testkit::Engine;

/// Prints tables of ratios for docs/benchmarks.md.
#[derive(Parser)]
struct Arguments {
    /// Seconds for each measured round.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Stored notifications of the large database.
    #[arg(long, default_value_t = 1_000_000)]
    stored: usize,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Everything, on both engines.
    All,
    /// Accepting and reading over HTTP, beside the bare route.
    Accept,
    /// Rendering, on one core.
    Render,
    /// From the queue to an SMTP sink, beside smtp-source.
    Deliver,
    /// The bare route itself, as a process of its own; used by `accept`.
    #[command(hide = true)]
    Bare {
        /// The database.
        url: String,
        /// The port.
        port: u16,
    },
}

fn main() -> anyhow::Result<()> {
    let Arguments { seconds, stored, what } = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let size = accept::Size { seconds, stored };
    runtime.block_on(async {
        match what {
            What::Bare { url, port } => return bare::serve(&url, port).await,
            What::Render => render::measure()?,
            What::Accept => each(|engine| accept::measure(engine, size)).await?,
            What::Deliver => each(|engine| deliver::measure(engine, stored)).await?,
            What::All => {
                render::measure()?;
                each(|engine| accept::measure(engine, size)).await?;
                each(|engine| deliver::measure(engine, stored)).await?;
            }
        }
        Ok(())
    })
}

async fn each<F, R>(measure: F) -> anyhow::Result<()>
where
    F: Fn(Engine) -> R,
    R: Future<Output = anyhow::Result<()>>,
{
    for engine in [Engine::Sqlite, Engine::Postgres] {
        measure(engine).await?;
    }
    Ok(())
}
