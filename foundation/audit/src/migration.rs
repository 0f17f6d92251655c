//! The table `audit` and the triggers that keep its rows as they were written.

use sea_orm_migration::prelude::*;

/// The migrations of this crate, oldest first.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Audit), Box::new(Deeds)]
}

struct Audit;

impl MigrationName for Audit {
    fn name(&self) -> &'static str {
        "m0001_audit"
    }
}

const SQLITE: &str = "
    CREATE TRIGGER audit_keeps_rows BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
    CREATE TRIGGER audit_loses_no_rows BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;";

const POSTGRES: &str = "
    CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$;
    CREATE TRIGGER audit_keeps_rows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();";

#[async_trait::async_trait]
impl MigrationTrait for Audit {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("audit")
            .col(ColumnDef::new("id").uuid().not_null().primary_key())
            .col(ColumnDef::new("at").timestamp_with_time_zone().not_null())
            .col(ColumnDef::new("actor").text().not_null())
            .col(ColumnDef::new("service_id").uuid())
            .col(ColumnDef::new("action").text().not_null())
            .col(ColumnDef::new("subject").text().not_null())
            .col(ColumnDef::new("details").text().not_null())
            .to_owned();
        manager.create_table(table).await?;
        let by_service = Index::create()
            .name("ix_audit_service_id_id")
            .table("audit")
            .col("service_id")
            .col("id")
            .to_owned();
        manager.create_index(by_service).await?;
        let db = manager.get_connection();
        let triggers = match manager.get_database_backend() {
            sea_orm::DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        db.execute_unprepared(triggers).await?;
        Ok(())
    }
}

/// Indexes by which people look for deeds; what programs send is not in them, so sending pays nothing for them.
struct Deeds;

impl MigrationName for Deeds {
    fn name(&self) -> &'static str {
        "m0002_audit_deeds"
    }
}

/// Both engines read these alike.
const DEEDS: [&str; 4] = [
    "CREATE INDEX ix_audit_deed_id ON audit (id) WHERE action <> 'notification.accept'",
    "CREATE INDEX ix_audit_deed_actor ON audit (actor, id) WHERE action <> 'notification.accept'",
    "CREATE INDEX ix_audit_deed_subject ON audit (subject, id) WHERE action <> 'notification.accept'",
    "CREATE INDEX ix_audit_deed_service ON audit (service_id, id) WHERE action <> 'notification.accept'",
];

#[async_trait::async_trait]
impl MigrationTrait for Deeds {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for index in DEEDS {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }
}
