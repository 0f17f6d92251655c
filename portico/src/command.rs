//! The commands, each told as a story.

use anyhow::Result;
use telemetry::Form;

use crate::{
    Config, Migrator, admin,
    config::LogForm,
    demo, keys,
    parts::{self, Parts},
    serve,
};

/// Runs a command's future to its end on all cores.
pub fn wait_for(command: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(command)
}

/// Prints every setting that is in force, as JSON, with secrets hidden.
pub fn check_config(file: Option<&std::path::PathBuf>) -> Result<()> {
    Config::read(file)?;
    println!("{:#}", Config::shown(file)?);
    Ok(())
}

/// Makes the keys that are missing and says which.
pub fn keys(config: &Config, rotate: bool) -> Result<()> {
    let folder = config.keys.folder.display();
    for name in keys::make(&config.keys.folder, rotate)? {
        println!("made {folder}/{name}");
    }
    keys::open(&config.keys.folder)?;
    println!("the keys in {folder} are complete; keep a copy of them in a safe place");
    Ok(())
}

/// Brings the tables up to date.
pub async fn migrate(config: &Config) -> Result<()> {
    let db = parts::database(config).await?;
    let missing = db::migrate::pending::<Migrator>(&db).await?;
    db::migrate::up::<Migrator>(&db).await?;
    println!("{missing} changes of the tables were made; they are up to date");
    Ok(db.close().await?)
}

/// Serves until told to stop.
pub async fn serve(config: Config) -> Result<()> {
    start_logs(&config)?;
    let parts = Parts::open(&config).await?;
    serve::run(&config, parts, serve::Role::Serve, || {}).await
}

/// Delivers until told to stop.
pub async fn work(config: Config) -> Result<()> {
    start_logs(&config)?;
    let parts = Parts::open(&config).await?;
    serve::run(&config, parts, serve::Role::Work, || {}).await
}

/// Makes everything for a first look and serves.
pub async fn demo(config: Config) -> Result<()> {
    anyhow::ensure!(!config.is_production(), "`portico demo` is for development only");
    start_logs(&config)?;
    keys::make(&config.keys.folder, false)?;
    let db = parts::database(&config).await?;
    db::migrate::up::<Migrator>(&db).await?;
    db.close().await?;
    let parts = Parts::open(&config).await?;
    let shown = demo::seed(&config, &parts).await?;
    serve::run(&config, parts, serve::Role::Serve, move || print!("{shown}")).await
}

/// Runs one `portico admin` command.
pub async fn admin(config: Config, what: admin::Arguments) -> Result<()> {
    let Parts { db, vault, clock } = Parts::open(&config).await?;
    admin::run(what, &admin::Context { db, vault, clock }).await
}

fn start_logs(config: &Config) -> Result<()> {
    let form = match config.log.form {
        LogForm::Auto => Form::for_this_terminal(),
        LogForm::Plain => Form::Plain,
        LogForm::Json => Form::Json,
    };
    Ok(telemetry::start_logs(form, &config.log.filter)?)
}
