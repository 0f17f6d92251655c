//! What tests share: every test on both engines, each with a fresh database of its own.
#![expect(
    clippy::expect_used,
    reason = "only tests use this crate, and a test stops at the first surprise"
)]

mod browser;
mod database;

pub use browser::{Browser, Page};
pub use database::TestDatabase;
pub use db::Engine;

/// The moment at which the fixed clock of a test starts: a Saturday noon in the 2026 fiscal year.
pub fn clock() -> kernel::Clock {
    kernel::Clock::fixed("2026-11-21T12:00:00Z".parse().expect("a moment"))
}

/// A vault with a key that only tests know.
pub fn vault() -> kernel::Vault {
    let keys = std::collections::BTreeMap::from([(1, vec![7; 32])]);
    kernel::Vault::new(&keys, b"tests only").expect("a vault")
}

/// Runs each test once on SQLite and once on PostgreSQL, as `name::sqlite` and `name::postgres`.
///
/// `testkit::on_each_engine! { Migrator; async fn it_works(db) { … } }`; `db` is a
/// [`TestDatabase`] whose migrations have run.
#[macro_export]
macro_rules! on_each_engine {
    ($migrator:ty; $(async fn $name:ident($db:ident) $body:block)+) => { $(
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes)]
            use super::*;

            async fn run($db: $crate::TestDatabase) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                run($crate::TestDatabase::fresh::<$migrator>($crate::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if $crate::TestDatabase::leaves_out_postgres() {
                    return;
                }
                run($crate::TestDatabase::fresh::<$migrator>($crate::Engine::Postgres).await).await;
            }
        }
    )+ };
}
