//! What the tests need from the system. As root on Debian it is installed; elsewhere the reader is told what to install.

use std::{fs, path::Path, process::Command};

use anyhow::{Result, bail};

use crate::{
    postgres,
    shell::{self, command, is_root, root, run, run_quietly, succeeds},
};

/// One thing that the system must have.
struct Need {
    what: &'static str,
    /// The Debian packages that bring it.
    packages: &'static [&'static str],
    there: fn() -> bool,
}

const POSTGRES: Need = Need {
    what: "PostgreSQL 15 or later (initdb, pg_ctl)",
    packages: &["postgresql"],
    there: || postgres::programs().is_some(),
};

const TOOLS: [Need; 5] = [
    Need {
        what: "Python 3 with venv",
        packages: &["python3", "python3-venv"],
        there: || succeeds("python3", &["-c", "import venv, ensurepip"]),
    },
    Need {
        what: "Node.js 18 or later",
        packages: &["nodejs"],
        there: || {
            let modern = "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)";
            succeeds("node", &["--eval", modern])
        },
    },
    Need { what: "npm", packages: &["npm"], there: || succeeds("npm", &["--version"]) },
    Need {
        what: "Chromium as /usr/bin/chromium",
        packages: &["chromium"],
        there: || Path::new("/usr/bin/chromium").exists(),
    },
    Need {
        what: "postfix's smtp-sink and smtp-source in /usr/sbin",
        packages: &["postfix"],
        there: || Path::new("/usr/sbin/smtp-sink").exists(),
    },
];

/// Sees to it that programs are there for every test; PostgreSQL only when its half is to run.
pub fn for_tests(with_postgres: bool) -> Result<()> {
    let mut missing: Vec<&Need> = TOOLS.iter().filter(|need| !(need.there)()).collect();
    if with_postgres && !(POSTGRES.there)() {
        missing.push(&POSTGRES);
    }
    install(&missing)?;
    python_packages()?;
    node_packages()
}

/// PostgreSQL alone.
pub fn for_database() -> Result<()> {
    if (POSTGRES.there)() { Ok(()) } else { install(&[&POSTGRES]) }
}

/// What the benchmarks need beyond cargo.
pub fn for_bench() -> Result<()> {
    let sink = TOOLS.iter().filter(|need| need.packages == ["postfix"]);
    let missing: Vec<&Need> = sink.chain([&POSTGRES]).filter(|need| !(need.there)()).collect();
    install(&missing)
}

fn install(missing: &[&Need]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    if !(is_root() && Path::new("/usr/bin/apt-get").exists()) {
        let lines: Vec<String> = missing.iter().map(|need| format!("  - {}", need.what)).collect();
        bail!(
            "the tests need what this machine lacks:\n{}\nOn Debian or Ubuntu:\n  \
             sudo apt-get install --no-install-recommends {}",
            lines.join("\n"),
            packages.join(" ")
        );
    }
    let apt = |arguments: &[&str]| {
        let mut apt = command("apt-get", arguments);
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    run(&mut apt(&["update", "--quiet"]))?;
    let mut arguments = vec!["install", "--quiet", "--yes", "--no-install-recommends"];
    arguments.extend(&packages);
    run(&mut apt(&arguments))?;
    match missing.iter().find(|need| !(need.there)()) {
        Some(need) => {
            bail!("{} is still missing after the installation of its packages", need.what)
        }
        None => Ok(()),
    }
}

/// The packages of `tests/requirements.txt` in an environment of their own, renewed when the list changes.
fn python_packages() -> Result<()> {
    let tests = root().join("tests");
    let home = tests.join(".tools/python");
    let list = tests.join("requirements.txt");
    let Ok(wanted) = fs::read_to_string(&list) else { return Ok(()) };
    let stamp = home.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    eprintln!("installing the Python packages of tests/requirements.txt");
    run_quietly(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home))?;
    let mut pip = Command::new(home.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&list);
    shell::run(&mut pip)?;
    Ok(fs::write(stamp, wanted)?)
}

/// The packages of `tests/package-lock.json`, renewed when it changes.
fn node_packages() -> Result<()> {
    let tests = root().join("tests");
    let Ok(wanted) = fs::read_to_string(tests.join("package-lock.json")) else { return Ok(()) };
    let stamp = tests.join("node_modules/.installed.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let mut npm = command("npm", &["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    run(npm.current_dir(&tests))?;
    Ok(fs::write(stamp, wanted)?)
}
