//! A private PostgreSQL: its own folder, a free port on the loopback address, a password of its own, an unprivileged user.

use std::{
    fs::{self, Permissions},
    io::Read,
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, id},
};

use anyhow::{Context, Result, bail};

use crate::shell::{is_root, run_quietly};

/// The system user that the Debian package makes; the server refuses to run as root.
const USER: &str = "postgres";

/// The beginning of the name of a task's folder; the rest is the task's process.
const TASK: &str = "portico-task-";

/// What happens to data at a power cut.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Commits reach the disk, as in production. For measuring and for development.
    Kept,
    /// Nothing waits for the disk. For tests, whose databases do not outlive them.
    Dropped,
}

/// A running server.
pub struct Server {
    folder: PathBuf,
    /// How to reach it, with the right to make databases.
    pub url: String,
}

impl Server {
    /// A server for this task alone. Those of tasks that were interrupted are removed on the way.
    pub fn for_this_task(durability: Durability) -> Result<Self> {
        let home = std::env::temp_dir();
        for entry in fs::read_dir(&home)?.flatten() {
            let name = entry.file_name();
            let owner = name.to_str().and_then(|name| name.strip_prefix(TASK));
            let left = owner.is_some_and(|process| !Path::new("/proc").join(process).exists());
            if let Some(server) = Self::in_folder(&entry.path()).filter(|_| left) {
                eprintln!("removing the server of an interrupted task in {}", home.display());
                server.remove()?;
            }
        }
        Self::start(&home.join(format!("{TASK}{}", id())), durability)
    }

    /// Makes the data in `folder`, which must not exist, and starts the server.
    pub fn start(folder: &Path, durability: Durability) -> Result<Self> {
        let programs = programs().context("PostgreSQL's initdb and pg_ctl were not found")?;
        let password = password()?;
        fs::create_dir(folder).with_context(|| folder.display().to_string())?;
        fs::set_permissions(folder, Permissions::from_mode(0o700))?;
        let secret = folder.join("password");
        fs::write(&secret, &password)?;
        if is_root() {
            let owner = format!("{USER}:{USER}");
            run_quietly(Command::new("chown").args(["-R", &owner]).arg(folder))?;
        }
        // Anything but a plain password costs each test connection thousands of hashes; it stays on this machine.
        run_quietly(
            as_user(&programs.join("initdb"))
                .args(["--username=portico", "--auth=password", "--encoding=UTF8"])
                .args(["--locale=C.UTF-8", "--no-sync", "--no-instructions"])
                .arg(format!("--pwfile={}", secret.display()))
                .arg(folder.join("data")),
        )?;
        Self::run(folder, &password, durability)
    }

    /// The server whose data lies in `folder`: as it runs, or started again on a free port.
    pub fn again(folder: &Path, durability: Durability) -> Result<Self> {
        let password = fs::read_to_string(folder.join("password"))
            .with_context(|| format!("cannot read the password in {}", folder.display()))?;
        let server = Self { folder: folder.to_owned(), url: String::new() };
        if !folder.join("data/postmaster.pid").exists() || server.control(&["status"]).is_err() {
            return Self::run(folder, &password, durability);
        }
        // The fourth line is the port.
        let state = fs::read_to_string(folder.join("data/postmaster.pid"))?;
        let port = state.lines().nth(3).context("no port in postmaster.pid")?;
        Ok(Self { url: url(&password, port), ..server })
    }

    fn run(folder: &Path, password: &str, durability: Durability) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = Self { folder: folder.to_owned(), url: url(password, &port.to_string()) };
        server.control(&["start", "--wait", "-o", &settings(folder, port, durability)])?;
        Ok(server)
    }

    /// The server that runs in `folder`, if its data is there.
    pub fn in_folder(folder: &Path) -> Option<Self> {
        folder.join("data").exists().then(|| Self { folder: folder.to_owned(), url: String::new() })
    }

    /// Stops the server at once, if it still runs, and removes its data.
    pub fn remove(&self) -> Result<()> {
        let runs = self.folder.join("data/postmaster.pid").exists();
        let stopped = if runs { self.control(&["stop", "--mode=immediate"]) } else { Ok(()) };
        fs::remove_dir_all(&self.folder)
            .with_context(|| format!("cannot remove {}", self.folder.display()))?;
        stopped
    }

    fn control(&self, arguments: &[&str]) -> Result<()> {
        let programs = programs().context("PostgreSQL's pg_ctl was not found")?;
        run_quietly(
            as_user(&programs.join("pg_ctl"))
                .args(arguments)
                .args(["--silent", "--timeout=60"])
                .arg(format!("--log={}", self.folder.join("log").display()))
                .arg(format!("--pgdata={}", self.folder.join("data").display())),
        )
    }
}

fn url(password: &str, port: &str) -> String {
    format!("postgres://portico:{password}@127.0.0.1:{port}/postgres")
}

fn settings(folder: &Path, port: u16, durability: Durability) -> String {
    let socket = folder.display();
    let mut settings = format!(
        "-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={socket} \
         -c max_connections=400 -c shared_buffers=256MB"
    );
    if durability == Durability::Dropped {
        settings.push_str(" -c fsync=off -c synchronous_commit=off -c full_page_writes=off");
    }
    settings
}

/// The folder of `initdb` and `pg_ctl`: the newest of Debian's, else where the search path finds them.
pub fn programs() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = debian
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(version, bin)| *version >= 15 && bin.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop().map(|(_, bin)| bin).or_else(on_the_search_path)
}

fn on_the_search_path() -> Option<PathBuf> {
    let found = Command::new("pg_config").arg("--bindir").output().ok()?;
    let bin = PathBuf::from(String::from_utf8(found.stdout).ok()?.trim());
    (bin.join("initdb").exists() && bin.join("pg_ctl").exists()).then_some(bin)
}

/// The program under the unprivileged user, who may not see the folder that the task runs in.
fn as_user(program: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", USER, "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/").env("LC_ALL", "C.UTF-8");
    command
}

fn password() -> Result<String> {
    let mut bytes = [0; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    if bytes == [0; 16] {
        bail!("the system gives no randomness");
    }
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
