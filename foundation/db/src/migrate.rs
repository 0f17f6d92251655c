//! Bringing the tables up to date, forwards only.

use sea_orm_migration::MigratorTrait;

use crate::{Db, Result};

/// Runs every migration of `M` that has not run yet, each once.
pub async fn up<M: MigratorTrait>(db: &Db) -> Result<()> {
    Ok(M::up(db.writer(), None).await?)
}

/// How many migrations of `M` have not run yet; a server is ready only at zero.
pub async fn pending<M: MigratorTrait>(db: &Db) -> Result<usize> {
    Ok(M::get_pending_migrations(db.writer()).await?.len())
}
