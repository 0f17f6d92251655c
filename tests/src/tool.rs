//! The tools that `cargo xtask test` installs for the tests: Python and Node packages, Chromium.

use std::{
    path::PathBuf,
    process::{Command, Output},
};

/// The folder `tests/` of the repository.
pub fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Python with the packages of `tests/requirements.txt`.
pub fn python() -> Command {
    installed(here().join(".tools/python/bin/python3"))
}

/// A command that one of those packages brings.
pub fn python_command(name: &str) -> Command {
    installed(here().join(".tools/python/bin").join(name))
}

/// Node, which finds the packages of `tests/package.json`.
pub fn node() -> Command {
    assert!(here().join("node_modules").exists(), "no Node packages: run `cargo xtask test`");
    let mut command = Command::new("node");
    command.current_dir(here());
    command
}

fn installed(program: PathBuf) -> Command {
    assert!(program.exists(), "{} is missing: run `cargo xtask test`", program.display());
    let mut command = Command::new(program);
    command.current_dir(here());
    command
}

/// Runs a tool and shows what it said if it failed.
pub fn run(command: &mut Command) -> Output {
    let output = command.output().expect("the tool starts");
    assert!(
        output.status.success(),
        "{command:?}\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}
