//! `db up` and `db down`: a PostgreSQL for development that stays until it is taken down.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::Result;
use clap::Subcommand;

use crate::{
    needs,
    postgres::{Durability, Server},
    shell::root,
};

#[derive(Subcommand)]
pub enum Task {
    /// Start it, unless it runs, and print how to reach it.
    Up,
    /// Stop it and remove its data.
    Down,
}

pub fn run(task: &Task) -> Result<()> {
    let folder = folder();
    match (task, Server::in_folder(&folder)) {
        (Task::Up, there) => up(&folder, there.is_some()),
        (Task::Down, Some(server)) => {
            server.remove()?;
            eprintln!("stopped, and its data is removed");
            Ok(())
        }
        (Task::Down, None) => {
            eprintln!("there is none");
            Ok(())
        }
    }
}

fn up(folder: &Path, is_there: bool) -> Result<()> {
    needs::for_database()?;
    let server = if is_there {
        eprintln!("it is there already; `cargo xtask db down` removes it");
        Server::again(folder, Durability::Kept)?
    } else {
        Server::start(folder, Durability::Kept)?
    };
    println!("export PORTICO__DATABASE__URL={}", server.url);
    println!("export TEST_POSTGRES_URL={}", server.url);
    Ok(())
}

/// One for each clone, outside it: the server's user may not see a clone in somebody's home.
fn folder() -> PathBuf {
    let mut hasher = DefaultHasher::new();
    root().hash(&mut hasher);
    std::env::temp_dir().join(format!("portico-db-{:016x}", hasher.finish()))
}
