//! Tasks of the workspace: `cargo xtask <task>`.

mod bench;
mod check;
mod database;
mod needs;
mod openapi;
mod pictures;
mod postgres;
mod shell;
mod start;
mod test;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

/// Tasks of the workspace.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build and start everything for a first look: database, keys, a demonstration service.
    Start {
        /// Handed on to `portico demo`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Format, lints, layers, and dependencies where cargo-deny is installed.
    Check,
    /// Who depends on whom, against the table.
    Layers,
    /// Install or start what the tests need, then run all of them.
    Test(test::Wanted),
    /// A private PostgreSQL for development.
    #[command(subcommand)]
    Db(database::Task),
    /// Write what is generated from the API's code anew: docs/api/notify.json and docs/errors.md.
    Openapi,
    /// Take the pictures of the README anew: docs/pictures.
    Pictures,
    /// Check a folder of golden vectors and say what differs.
    Vectors {
        /// The folder with the `.jsonl` files, and `quirks.jsonl` if there is one.
        folder: PathBuf,
        /// Show what is given instead of each questionable expectation too.
        #[arg(long)]
        quirks: bool,
    },
    /// Measure beside a baseline and print ratios.
    Bench {
        /// Handed on to the benchmark, such as `--engine sqlite deliver`; without any, everything is measured.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

fn main() -> anyhow::Result<ExitCode> {
    match Arguments::parse().task {
        Task::Start { arguments } => start::run(&arguments)?,
        Task::Check => check::run()?,
        Task::Layers => check::layers()?,
        Task::Test(wanted) => test::run(&wanted)?,
        Task::Db(task) => database::run(&task)?,
        Task::Openapi => openapi::run()?,
        Task::Pictures => pictures::run()?,
        Task::Vectors { folder, quirks } => return vectors(&folder, quirks),
        Task::Bench { arguments } => bench::run(&arguments)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn vectors(folder: &Path, quirks: bool) -> anyhow::Result<ExitCode> {
    let report = xtask::vectors::check_folder(folder)?;
    print!("{report}");
    for difference in report.outcomes.iter().flat_map(|outcome| &outcome.quirks_other) {
        if quirks {
            print!("{difference}");
        }
    }
    Ok(if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
