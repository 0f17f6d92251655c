//! Tasks of the workspace: `cargo xtask <task>`.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

/// Tasks of the workspace.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check a folder of golden vectors and say what differs.
    Vectors {
        /// The folder with the `.jsonl` files, and `quirks.jsonl` if there is one.
        folder: PathBuf,
        /// Show what is given instead of each questionable expectation too.
        #[arg(long)]
        quirks: bool,
    },
}

fn main() -> anyhow::Result<ExitCode> {
    match Arguments::parse().task {
        Task::Vectors { folder, quirks } => {
            let report = xtask::vectors::check_folder(&folder)?;
            print!("{report}");
            for difference in report.outcomes.iter().flat_map(|outcome| &outcome.quirks_other) {
                if quirks {
                    print!("{difference}");
                }
            }
            Ok(if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}
