//! The product as its users meet it: the real binary, real clients, a real browser, over a socket.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "only tests use this crate, and a test stops at the first surprise"
)]

pub mod gallery;
pub mod mailbox;
pub mod sink;
pub mod tool;

use std::{
    fs::File,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;
use testkit::{Engine, TestDatabase};

/// A running `portico demo` with a database and keys of its own.
pub struct Portico {
    /// Where it listens, for instance `http://127.0.0.1:40001`.
    pub address: String,
    /// The key of the demonstration service.
    pub key: String,
    /// What it printed until it was ready.
    pub greeting: String,
    settings: Vec<(String, String)>,
    folder: TempDir,
    child: Child,
    database: TestDatabase,
}

impl Portico {
    /// Starts on `engine` with more settings as `PORTICO__SECTION__KEY` variables; `{port}` in a value becomes the port.
    pub async fn start(engine: Engine, more: &[(&str, &str)]) -> Self {
        let database = TestDatabase::fresh::<portico::Migrator>(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let port = free_port().to_string();
        let address = format!("127.0.0.1:{port}");
        let mut settings = vec![
            ("PORTICO__DATABASE__URL".to_owned(), database.url.clone()),
            ("PORTICO__SERVER__ADDRESS".to_owned(), address.clone()),
            ("PORTICO__SERVER__METRICS_ADDRESS".to_owned(), String::new()),
            ("PORTICO__SERVER__PUBLIC_URL".to_owned(), format!("http://{address}")),
        ];
        let with_port = |value: &str| value.replace("{port}", &port);
        settings.extend(more.iter().map(|(name, value)| ((*name).to_owned(), with_port(value))));
        let (child, greeting) = launch(folder.path(), &settings);
        let key = after(&greeting, "API key");
        let address = format!("http://{address}");
        Self { address, key, greeting, settings, folder, child, database }
    }

    /// Ends it without warning, as a power cut would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again on what it left.
    pub fn restart(&mut self) {
        (self.child, self.greeting) = launch(self.folder.path(), &self.settings);
    }

    /// Asks it to stop, and gives how it ended and how long that took.
    pub fn stop(&mut self) -> (ExitStatus, Duration) {
        let asked = Instant::now();
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        (self.child.wait().unwrap(), asked.elapsed())
    }

    /// What it wrote to its log since it first started.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    /// The process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Its database, opened beside it.
    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// The folder it runs in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs another command of the same installation and gives what it printed.
    pub fn command(&self, arguments: &[&str]) -> String {
        let mut command = portico(self.folder.path(), &self.settings);
        let output = command.args(arguments).stderr(Stdio::inherit()).output().unwrap();
        assert!(output.status.success(), "portico {arguments:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Starts another command of the same installation beside it.
    pub fn beside(&self, arguments: &[&str]) -> Child {
        let log = File::options().append(true).create(true).open(self.folder.path().join("log"));
        let mut command = portico(self.folder.path(), &self.settings);
        command.args(arguments).stdout(Stdio::null()).stderr(log.unwrap()).spawn().unwrap()
    }

    /// Lets a program run commands of this installation: `PORTICO_BINARY` in `PORTICO_FOLDER`, with its settings.
    pub fn lend(&self, program: &mut Command) {
        program.envs(self.settings.iter().cloned());
        program.env("PORTICO_BINARY", binary()).env("PORTICO_FOLDER", self.folder.path());
    }

    /// An HTTP client.
    pub fn http() -> reqwest::Client {
        let _ = rustls::crypto::ring::default_provider().install_default();
        reqwest::Client::builder().no_proxy().build().unwrap()
    }

    /// The `Authorization` header of the demonstration key.
    pub fn authorization(&self) -> String {
        format!("ApiKey-v1 {}", self.key)
    }

    /// The id of the demonstration template whose name contains `part`.
    pub async fn template(&self, part: &str) -> String {
        let answer: serde_json::Value = Self::http()
            .get(format!("{}/v2/templates", self.address))
            .header("Authorization", self.authorization())
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let named = |t: &&serde_json::Value| t["name"].as_str().unwrap().contains(part);
        let found = answer["templates"].as_array().unwrap().iter().find(named);
        found.expect("a demonstration template")["id"].as_str().unwrap().to_owned()
    }
}

impl Drop for Portico {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn portico(folder: &Path, settings: &[(String, String)]) -> Command {
    let mut command = Command::new(binary());
    command.current_dir(folder);
    for (name, value) in settings {
        command.env(name, value);
    }
    command
}

fn launch(folder: &Path, settings: &[(String, String)]) -> (Child, String) {
    let log = File::options().append(true).create(true).open(folder.join("log")).unwrap();
    let mut command = portico(folder, settings);
    let mut child = command.arg("demo").stdout(Stdio::piped()).stderr(log).spawn().unwrap();
    let mut greeting = String::new();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    while !greeting.ends_with("Ctrl-C stops it.\n") {
        let ended = lines.read_line(&mut greeting).unwrap() == 0;
        assert!(
            !ended,
            "portico ended:\n{greeting}{}",
            std::fs::read_to_string(folder.join("log")).unwrap()
        );
    }
    (child, greeting)
}

/// The word that follows a label of the greeting.
fn after(greeting: &str, label: &str) -> String {
    let line = greeting.lines().find(|line| line.trim_start().starts_with(label));
    line.expect(label).trim_start()[label.len()..].trim().to_owned()
}

/// The binary that was built with this program: beside it, or above `deps` for a test.
fn binary() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let beside = program.ancestors().skip(1).take(2).map(|folder| folder.join("portico"));
    let found = beside.into_iter().find(|binary| binary.is_file());
    found.expect("build it first: cargo build --package portico")
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Runs each journey once on each engine, as `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! on_each_engine {
    ($(async fn $name:ident($engine:ident) $body:block)+) => { $(
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes)]
            use super::*;

            async fn journey($engine: testkit::Engine) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                journey(testkit::Engine::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                journey(testkit::Engine::Postgres).await;
            }
        }
    )+ };
}
