//! Documents that are generated from the API's code and kept in the repository.

use std::process::Command;

use anyhow::Result;

use crate::shell::{self, cargo};

/// The tests that compare the documents write them anew when they differ; the second run sees that they are fresh.
pub fn run() -> Result<()> {
    shell::run(&mut fresh(&["--no-run"]))?;
    if fresh(&["fresh"]).output()?.status.success() {
        eprintln!("docs/api/notify.json and docs/errors.md were fresh");
        return Ok(());
    }
    shell::run_quietly(&mut fresh(&["fresh"]))?;
    eprintln!("docs/api/notify.json and docs/errors.md were written anew");
    Ok(())
}

/// The tests of the documents, which do not differ between the engines.
fn fresh(arguments: &[&str]) -> Command {
    let mut command = cargo(&["test", "--quiet", "--package", "notify-api", "--test", "it"]);
    command.args(arguments).env("PORTICO_TEST_ENGINE", "sqlite");
    command
}
