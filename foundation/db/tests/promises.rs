//! What both engines promise alike: conflict names, microsecond times, and writers that wait.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may stop at the first surprise, and its tasks end with it"
)]

use db::Error;
use kernel::{Id, Time};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait};
use sea_orm_migration::prelude::*;

mod parcel {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "parcel")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: kernel::Id<Model>,
        pub street: String,
        pub number: i32,
        pub sent_at: kernel::Time,
    }

    /// It has none.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(First)]
    }
}

struct First;

impl MigrationName for First {
    fn name(&self) -> &'static str {
        "m0001_parcel"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for First {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("parcel")
                    .col(ColumnDef::new("id").uuid().not_null().primary_key())
                    .col(ColumnDef::new("street").text().not_null())
                    .col(ColumnDef::new("number").integer().not_null())
                    .col(ColumnDef::new("sent_at").timestamp_with_time_zone().not_null())
                    .to_owned(),
            )
            .await?;
        let unique = Index::create()
            .unique()
            .name("uq_parcel_street_number")
            .table("parcel")
            .col("street")
            .col("number")
            .to_owned();
        manager.create_index(unique).await
    }
}

fn parcel(now: Time, number: i32) -> parcel::ActiveModel {
    parcel::ActiveModel {
        id: Set(Id::new(now)),
        street: Set("Rue Principale".to_owned()),
        number: Set(number),
        sent_at: Set(now),
    }
}

testkit::on_each_engine! { Migrator;
    async fn a_conflict_has_the_same_name_on_both_engines(test) {
        let now = testkit::clock().now();
        let tx = test.db.begin().await.unwrap();
        parcel(now, 1).insert(&tx).await.unwrap();
        let refused = parcel(now, 1).insert(&tx).await.map_err(Error::from).unwrap_err();
        assert!(refused.is_conflict("uq_parcel_street_number"), "{refused:?}");
    }

    async fn a_time_is_read_back_as_it_was_written(test) {
        let now = kernel::Clock::system().now();
        let tx = test.db.begin().await.unwrap();
        let written = parcel(now, 2).insert(&tx).await.unwrap();
        tx.commit().await.unwrap();
        let read = parcel::Entity::find_by_id(written.id).one(test.db.read()).await.unwrap();
        assert_eq!(read.unwrap().sent_at, now);
    }

    async fn a_dropped_transaction_leaves_nothing(test) {
        let now = testkit::clock().now();
        let tx = test.db.begin().await.unwrap();
        parcel(now, 3).insert(&tx).await.unwrap();
        drop(tx);
        assert!(parcel::Entity::find().all(test.db.read()).await.unwrap().is_empty());
    }

    async fn writers_that_read_first_wait_and_none_is_refused(test) {
        let tasks = (0..8).map(|task| {
            let db = test.db.clone();
            tokio::spawn(async move {
                for turn in 0..25 {
                    let tx = db.begin().await.unwrap();
                    tx.execute_unprepared("SELECT 1 FROM parcel").await.unwrap();
                    parcel(kernel::Clock::system().now(), task * 100 + turn).insert(&tx).await.unwrap();
                    tx.commit().await.unwrap();
                }
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.unwrap();
        }
        assert_eq!(parcel::Entity::find().all(test.db.read()).await.unwrap().len(), 200);
    }
}
