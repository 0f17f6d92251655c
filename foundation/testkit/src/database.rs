//! A fresh, migrated database for one test.

use std::time::UNIX_EPOCH;

use db::{Connect, Db, Engine};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use sea_orm_migration::MigratorTrait;
use tempfile::TempDir;
use uuid::Uuid;

/// A database that exists for one test and is open.
pub struct TestDatabase {
    /// The open database.
    pub db: Db,
    /// How another process can open it.
    pub url: String,
    _place: Place,
}

/// Where a database lies; with this it is gone.
enum Place {
    Folder { _folder: TempDir },
    Server { server: String, name: String },
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Self::Server { server, name } = self {
            let (server, name) = (server.clone(), name.clone());
            // A thread of its own, because this one may be a runtime's.
            if std::thread::spawn(move || dropped(&server, &name)).join().is_err() {
                eprintln!("a test database was left on the server");
            }
        }
    }
}

/// Removes a database with whatever connections there are left.
fn dropped(server: &str, name: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let admin = Database::connect(server).await.expect("PostgreSQL answers");
        run(&admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
    });
}

impl TestDatabase {
    /// A fresh database on `engine` with the migrations of `M` run.
    ///
    /// PostgreSQL is found by `TEST_POSTGRES_URL`; without it this panics, because a test that is
    /// skipped in silence proves nothing.
    pub async fn fresh<M: MigratorTrait>(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => sqlite::<M>().await,
            Engine::Postgres => postgres::<M>().await,
        }
    }

    /// Whether the person at the keyboard asked for the SQLite half only.
    #[expect(clippy::disallowed_methods, reason = "tests are told by the environment")]
    pub fn leaves_out_postgres() -> bool {
        std::env::var("PORTICO_TEST_ENGINE").is_ok_and(|engine| engine == "sqlite")
    }
}

async fn sqlite<M: MigratorTrait>() -> TestDatabase {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("portico.db").display());
    let db = open(&url).await;
    db::migrate::up::<M>(&db).await.expect("migrations run");
    TestDatabase { db, url, _place: Place::Folder { _folder: folder } }
}

#[expect(clippy::disallowed_methods, reason = "a name that no other test has")]
async fn postgres<M: MigratorTrait>() -> TestDatabase {
    let server = server();
    let admin = Database::connect(&server).await.expect("PostgreSQL answers");
    let template = template::<M>(&admin, &server).await;
    let name = format!("t_{}", Uuid::new_v4().simple());
    run(&admin, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    let url = named(&server, &name);
    let db = open(&url).await;
    TestDatabase { db, url, _place: Place::Server { server, name } }
}

/// The name of a migrated database to copy, made by whichever test comes first.
async fn template<M: MigratorTrait>(admin: &DatabaseConnection, server: &str) -> String {
    let program = std::env::current_exe().expect("a path").metadata().expect("a file");
    let built = program.modified().expect("a time").duration_since(UNIX_EPOCH).expect("after 1970");
    let migrations = M::migrations().len();
    let name = format!("m_{migrations}_{}_{}", program.len(), built.as_nanos());
    // Two tests must not make it at once; the lock ends with this connection.
    let lock = Database::connect(server).await.expect("PostgreSQL answers");
    run(&lock, "SELECT pg_advisory_lock(7464)").await;
    let known = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    if admin.query_one_raw(statement(&known)).await.expect("a list").is_none() {
        let draft = format!("{name}_draft");
        run(admin, &format!("DROP DATABASE IF EXISTS {draft}")).await;
        run(admin, &format!("CREATE DATABASE {draft}")).await;
        let db = open(&named(server, &draft)).await;
        db::migrate::up::<M>(&db).await.expect("migrations run");
        db.close().await.expect("closes");
        run(admin, &format!("ALTER DATABASE {draft} RENAME TO {name}")).await;
    }
    lock.close().await.expect("closes");
    name
}

#[expect(clippy::disallowed_methods, reason = "tests are told by the environment")]
fn server() -> String {
    std::env::var("TEST_POSTGRES_URL").expect(
        "TEST_POSTGRES_URL is not set: `cargo xtask test` starts a server and sets it, \
         or set PORTICO_TEST_ENGINE=sqlite to leave PostgreSQL out knowingly",
    )
}

fn named(server: &str, database: &str) -> String {
    let (base, _) = server.rsplit_once('/').expect("a URL with a database name");
    format!("{base}/{database}")
}

async fn open(url: &str) -> Db {
    Db::connect(&Connect { url: url.to_owned(), connections: 4 }).await.expect("opens")
}

fn statement(sql: &str) -> sea_orm::Statement {
    sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, sql)
}

async fn run(admin: &DatabaseConnection, sql: &str) {
    admin.execute_unprepared(sql).await.expect(sql);
}
