//! Opening the database the same safe way everywhere.

use std::{str::FromStr, time::Duration};

use sea_orm::{
    DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use sqlx::{
    ConnectOptions, Executor,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{Error, Result};

/// A write transaction; dropping it rolls back, `commit` keeps it.
pub type Transaction = DatabaseTransaction;

/// Which engine stands behind a [`Db`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Inside the process, one file.
    Sqlite,
    /// A server that many machines share.
    Postgres,
}

/// How to open a database.
#[derive(Clone, Debug)]
pub struct Connect {
    /// `sqlite:path/to/file.db`, or `postgres://user@host/name`.
    pub url: String,
    /// The most connections at a time: readers on SQLite (one more writes), all on PostgreSQL.
    pub connections: u32,
}

/// The open database: many readers, and writers in short transactions.
#[derive(Clone, Debug)]
pub struct Db {
    read: DatabaseConnection,
    write: DatabaseConnection,
    engine: Engine,
}

impl Db {
    /// Opens the database, making the SQLite file when there is none. It does not migrate.
    ///
    /// SQLite runs in WAL mode with `synchronous=FULL`, so that what was committed survives a power
    /// cut, with foreign keys checked and one connection that writes.
    pub async fn connect(how: &Connect) -> Result<Self> {
        if how.url.starts_with("postgres") { postgres(how).await } else { sqlite(how).await }
    }

    /// For queries.
    pub const fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// A write transaction; on SQLite it takes the write lock at once, because a lock that is taken
    /// later can be refused without waiting.
    pub async fn begin(&self) -> Result<Transaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.engine == Engine::Sqlite)
                .then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.write.begin_with_options(options).await?)
    }

    /// The engine, for the few hot queries that have an arm for each.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The connection that migrations run on.
    pub(crate) const fn writer(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.read.ping().await?)
    }

    /// Waits for what is under way and closes.
    pub async fn close(self) -> Result<()> {
        self.read.close_by_ref().await?;
        Ok(self.write.close_by_ref().await?)
    }
}

/// What SQLite keeps of the file for the connection that writes, in KiB as its pragma takes them: 8 MiB.
const WRITER_CACHE: &str = "-8192";
/// The same for each connection that reads; the machine's own cache stands behind it.
const READER_CACHE: &str = "-2048";

/// What PostgreSQL is to think that a page costs which is not the next one; its own default is for turning disks.
///
/// With that, and before it has counted a new table, it reads the whole table where it should take a few hundred rows
/// by their keys: delivery took four times as long (docs/benchmarks.md).
const RANDOM_PAGE_COST: &str = "SET random_page_cost = 1.1";

async fn sqlite(how: &Connect) -> Result<Db> {
    let options = SqliteConnectOptions::from_str(&how.url)
        .map_err(unreachable_database)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("temp_store", "memory")
        .pragma("cache_size", WRITER_CACHE)
        .disable_statement_logging();
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(options.clone())
        .await
        .map_err(unreachable_database)?;
    let read = SqlitePoolOptions::new()
        .max_connections(how.connections)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .connect_with(options.read_only(true).pragma("cache_size", READER_CACHE))
        .await
        .map_err(unreachable_database)?;
    Ok(Db { read: read.into(), write: write.into(), engine: Engine::Sqlite })
}

async fn postgres(how: &Connect) -> Result<Db> {
    let options = PgConnectOptions::from_str(&how.url)
        .map_err(unreachable_database)?
        .application_name("portico")
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(how.connections)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .after_connect(|connection, _| {
            Box::pin(async move { connection.execute(RANDOM_PAGE_COST).await.map(drop) })
        })
        .connect_with(options)
        .await
        .map_err(unreachable_database)?;
    let pool: DatabaseConnection = pool.into();
    Ok(Db { read: pool.clone(), write: pool, engine: Engine::Postgres })
}

#[expect(clippy::needless_pass_by_value, reason = "it stands where map_err wants a function")]
fn unreachable_database(cause: sqlx::Error) -> Error {
    Error::Busy(cause.to_string())
}
