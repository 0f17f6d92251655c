//! What the audit promises on both engines: it keeps what is recorded, and nobody changes it.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use audit::{Actor, Entry, Filter, Stamp, record};
use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use serde_json::json;
use uuid::Uuid;

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        audit::migrations()
    }
}

async fn keep(db: &db::Db, stamp: &Stamp, service: Option<Uuid>, action: &str) {
    let tx = db.begin().await.unwrap();
    let details = json!({"reason": "asked"});
    let entry = Entry { stamp, service, action, subject: "one".to_owned(), details };
    record(&tx, &entry).await.unwrap();
    tx.commit().await.unwrap();
}

testkit::on_each_engine! { Migrator;
    async fn a_record_is_kept_as_written_and_found_by_its_filters(test) {
        let clock = testkit::clock();
        let service = Uuid::from_u128(7);
        let operator = Stamp { actor: Actor::Operator("sam".to_owned()), at: clock.now() };
        keep(&test.db, &operator, Some(service), "service.suspend").await;
        clock.advance(TimeDelta::seconds(1));
        keep(&test.db, &Stamp::system(clock.now()), None, "key.purge").await;

        let all = audit::page(test.db.read(), &Filter::default(), None, 10).await.unwrap();
        let actions: Vec<_> = all.iter().map(|record| record.action.as_str()).collect();
        assert_eq!(actions, ["key.purge", "service.suspend"]);
        let of_service = Filter { service: Some(service), ..Filter::default() };
        let found = audit::page(test.db.read(), &of_service, None, 10).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].actor.0, operator.actor);
        assert_eq!(found[0].details, r#"{"reason":"asked"}"#);
        let of_actor = Filter { actor: Some(Actor::System), ..Filter::default() };
        assert_eq!(audit::page(test.db.read(), &of_actor, None, 10).await.unwrap()[0].action, "key.purge");
        let of_action = Filter { action: Some("key.purge".to_owned()), ..Filter::default() };
        assert_eq!(audit::page(test.db.read(), &of_action, None, 10).await.unwrap().len(), 1);
    }

    async fn pages_follow_one_another_without_a_gap(test) {
        let clock = testkit::clock();
        let stamps: Vec<_> = (0..2500).map(|_| {
            clock.advance(TimeDelta::milliseconds(1));
            Stamp::system(clock.now())
        }).collect();
        let entry = |stamp| Entry { stamp, service: None, action: "a.b", subject: String::new(), details: json!({}) };
        let entries: Vec<_> = stamps.iter().map(entry).collect();
        let tx = test.db.begin().await.unwrap();
        audit::record_many(&tx, &entries).await.unwrap();
        tx.commit().await.unwrap();

        let (mut seen, mut last) = (Vec::new(), None);
        loop {
            let page = audit::page(test.db.read(), &Filter::default(), last, 999).await.unwrap();
            let Some(end) = page.last() else { break };
            last = Some(end.id);
            seen.extend(page.iter().map(|record| record.at));
        }
        let expected: Vec<_> = stamps.iter().rev().map(|stamp| stamp.at).collect();
        assert_eq!(seen, expected);
    }

    async fn a_record_can_be_neither_changed_nor_removed(test) {
        keep(&test.db, &Stamp::system(testkit::clock().now()), None, "key.purge").await;
        for attempt in ["UPDATE audit SET actor = 'operator:nobody'", "DELETE FROM audit"] {
            let tx = test.db.begin().await.unwrap();
            let refused = tx.execute_unprepared(attempt).await.unwrap_err().to_string();
            assert!(refused.contains("audit is append-only"), "{attempt}: {refused}");
        }
        let all = audit::page(test.db.read(), &Filter::default(), None, 10).await.unwrap();
        assert_eq!(all[0].actor.0, Actor::System);
    }

    async fn a_record_goes_with_its_deed_when_the_deed_is_undone(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let tx = test.db.begin().await.unwrap();
        let entry = Entry { stamp: &stamp, service: None, action: "a.b", subject: String::new(), details: json!({}) };
        record(&tx, &entry).await.unwrap();
        drop(tx);
        assert!(audit::page(test.db.read(), &Filter::default(), None, 10).await.unwrap().is_empty());
    }
}
