//! The tables of jobs and schedules.

use sea_orm_migration::{MigrationTrait, prelude::*, schema::*};

/// The migrations of this crate, oldest first.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(First), Box::new(Share)]
}

struct First;

impl MigrationName for First {
    fn name(&self) -> &'static str {
        "m0001_jobs"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for First {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(job()).await?;
        manager.create_table(schedule()).await?;
        let due = Index::create().name("ix_job_run_at").table("job").col("run_at").to_owned();
        manager.create_index(due).await?;
        let once = "CREATE UNIQUE INDEX uq_job_name_unique_key ON job (name, unique_key) \
                    WHERE unique_key IS NOT NULL";
        manager.get_connection().execute_unprepared(once).await?;
        Ok(())
    }
}

struct Share;

impl MigrationName for Share {
    fn name(&self) -> &'static str {
        "m0002_jobs_share"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Share {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let share = Table::alter().table("job").add_column(text_null("share")).take();
        manager.alter_table(share).await
    }
}

fn job() -> TableCreateStatement {
    Table::create()
        .table("job")
        .col(uuid("id").primary_key())
        .col(text("name"))
        .col(text("payload"))
        .col(timestamp_with_time_zone("run_at"))
        .col(uuid_null("lease"))
        .col(integer("attempt"))
        .col(text_null("last_error"))
        .col(text_null("unique_key"))
        .col(timestamp_with_time_zone_null("failed_at"))
        .take()
}

fn schedule() -> TableCreateStatement {
    Table::create()
        .table("schedule")
        .col(text("name").primary_key())
        .col(timestamp_with_time_zone("due_at"))
        .take()
}
