//! The command `portico`.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use portico::{Config, command};

/// Portico sends a government's emails and text messages.
///
/// A first look, on a laptop: `portico demo` makes a database, keys and a demonstration service, and
/// starts. For real use: write a configuration file (`portico check-config` shows every setting),
/// make keys with `portico keys`, the tables with `portico migrate`, services with `portico admin`,
/// and run `portico serve`.
#[derive(Parser)]
#[command(version, about, long_about)]
struct Arguments {
    /// The configuration file; without one, the defaults and the environment (PORTICO__SECTION__KEY).
    #[arg(long, global = true, env = "PORTICO_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer the API and deliver messages until told to stop (SIGTERM or Ctrl-C).
    Serve,
    /// Deliver messages without answering the API, beside other processes on the same database.
    Work,
    /// Bring the database's tables up to date. Safe to repeat, and while an older version runs.
    Migrate,
    /// Make the sealing keys that are missing.
    Keys {
        /// Also add the next sealing key; what older keys sealed can still be read.
        #[arg(long)]
        rotate: bool,
    },
    /// Make everything for a first look, print how to send a message, and serve.
    Demo,
    /// Check the configuration and print every setting that is in force, without secrets.
    CheckConfig,
    /// Make and change organisations, services, keys, templates and limits.
    Admin(portico::admin::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("portico: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(Arguments { config, command }: Arguments) -> anyhow::Result<()> {
    if let Command::CheckConfig = command {
        return command::check_config(config.as_ref());
    }
    let config = Config::read(config.as_ref())?;
    match command {
        Command::CheckConfig => Ok(()),
        Command::Keys { rotate } => command::keys(&config, rotate),
        Command::Migrate => command::wait_for(command::migrate(&config)),
        Command::Serve => command::wait_for(command::serve(config)),
        Command::Work => command::wait_for(command::work(config)),
        Command::Demo => command::wait_for(command::demo(config)),
        Command::Admin(what) => command::wait_for(command::admin(config, what)),
    }
}
