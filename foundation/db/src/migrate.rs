//! Bringing the tables up to date, forwards only.

use sea_orm::{ConnectionTrait, Statement};
use sea_orm_migration::MigratorTrait;

use crate::{Db, Result};

/// Runs every migration of `M` that has not run yet, each once.
pub async fn up<M: MigratorTrait>(db: &Db) -> Result<()> {
    Ok(M::up(db.writer(), None).await?)
}

/// The name of the migration that ran last, for people who ask what a database is like.
pub async fn newest(db: &Db) -> Result<Option<String>> {
    let sql = "SELECT version FROM seaql_migrations ORDER BY applied_at DESC, version DESC LIMIT 1";
    let statement = Statement::from_string(db.read().get_database_backend(), sql);
    let row = db.read().query_one_raw(statement).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// How many migrations of `M` have not run yet; a server is ready only at zero.
pub async fn pending<M: MigratorTrait>(db: &Db) -> Result<usize> {
    Ok(M::get_pending_migrations(db.writer()).await?.len())
}
