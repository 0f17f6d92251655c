//! `db up` and `db down`: a PostgreSQL for development that stays until it is taken down.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use clap::Subcommand;

use crate::{
    needs,
    postgres::{Durability, Server},
    shell::root,
};

#[derive(Subcommand)]
pub enum Task {
    /// Start it and print how to reach it.
    Up,
    /// Stop it and remove its data.
    Down,
}

pub fn run(task: &Task) -> Result<()> {
    let folder = folder();
    match (task, Server::in_folder(&folder)) {
        (Task::Up, Some(_)) => {
            bail!("it is there already, in {}; `cargo xtask db down` removes it", folder.display())
        }
        (Task::Up, None) => up(&folder),
        (Task::Down, Some(server)) => server.remove(),
        (Task::Down, None) => {
            eprintln!("there is none");
            Ok(())
        }
    }
}

fn up(folder: &Path) -> Result<()> {
    needs::for_database()?;
    let server = Server::start(folder, Durability::Kept)?;
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
