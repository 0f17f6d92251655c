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
    },
}

fn main() -> anyhow::Result<ExitCode> {
    match Arguments::parse().task {
        Task::Vectors { folder } => {
            let report = xtask::vectors::check_folder(&folder)?;
            print!("{report}");
            Ok(if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}
