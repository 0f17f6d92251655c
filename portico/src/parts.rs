//! What every command opens first: the database, the keys, the time.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use db::{Connect, Db};
use kernel::{Clock, Vault};

use crate::{Config, Migrator, keys};

/// The opened parts.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub db: Db,
    /// What seals personal data.
    pub vault: Arc<Vault>,
    /// The time.
    pub clock: Clock,
}

impl Parts {
    /// Opens the database and the keys; the tables must be up to date.
    pub async fn open(config: &Config) -> Result<Self> {
        let parts = Self {
            vault: Arc::new(keys::open(&config.keys.folder)?),
            db: database(config).await?,
            clock: Clock::system(),
        };
        let missing = db::migrate::pending::<Migrator>(&parts.db).await?;
        ensure!(missing == 0, "{missing} changes of the tables are missing: run `portico migrate`");
        Ok(parts)
    }
}

/// Opens the database; for SQLite the folder of its file is made.
pub async fn database(config: &Config) -> Result<Db> {
    let url = config.database.url.expose();
    let file = url.strip_prefix("sqlite:").map(|path| path.trim_start_matches("//"));
    if let Some(folder) = file.and_then(|path| std::path::Path::new(path).parent()) {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let how = Connect { url: url.to_owned(), connections: config.database.connections };
    Db::connect(&how).await.context("cannot open the database (database.url)")
}
