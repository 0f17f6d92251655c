//! The index by which staff sum a few days of all services.

use sea_orm_migration::prelude::*;

/// Makes the index.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0014_statistic_day"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = "CREATE INDEX ix_statistic_day ON statistic (day)";
        manager.get_connection().execute_unprepared(index).await?;
        Ok(())
    }
}
