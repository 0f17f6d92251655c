//! Every test, on both engines, with nothing left out in silence.

use std::process::Command;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::{
    needs,
    postgres::{Durability, Server},
    shell::{self, cargo, succeeds},
};

#[derive(Args)]
pub struct Wanted {
    /// One engine's half only; without this, both.
    #[arg(long)]
    engine: Option<Engine>,
    /// Handed on to the test runner, such as `--package web`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Engine {
    Sqlite,
    Postgres,
}

pub fn run(wanted: &Wanted) -> Result<()> {
    let with_postgres = wanted.engine != Some(Engine::Sqlite);
    needs::for_tests(with_postgres)?;
    if !with_postgres {
        return tests(wanted, &[("PORTICO_TEST_ENGINE", "sqlite")]);
    }
    let server = Server::for_this_task(Durability::Dropped)?;
    let outcome = tests(wanted, &[("TEST_POSTGRES_URL", &server.url)]);
    server.remove()?;
    outcome
}

fn tests(wanted: &Wanted, environment: &[(&str, &str)]) -> Result<()> {
    let with = |command: &mut Command| {
        command.envs(environment.iter().copied());
        shell::run(command)
    };
    // The end-to-end tests start the binary itself.
    shell::run(&mut cargo(&["build", "--package", "portico"]))?;
    let runner = with(cargo(&runner(wanted)).args(&wanted.arguments));
    if wanted.arguments.is_empty() {
        let documentation = with(&mut cargo(&["test", "--workspace", "--doc", "--quiet"]));
        return both(runner, documentation);
    }
    runner
}

/// The test runner with what it needs to leave out the other engine.
fn runner(wanted: &Wanted) -> Vec<&'static str> {
    let nextest = succeeds("cargo", &["nextest", "--version"]);
    let mut arguments =
        if nextest { vec!["nextest", "run"] } else { vec!["test", "--no-fail-fast"] };
    if wanted.arguments.is_empty() {
        arguments.push("--workspace");
        if !nextest {
            arguments.extend(["--lib", "--bins", "--tests"]);
        }
    }
    let other = match wanted.engine {
        Some(Engine::Sqlite) => "::postgres",
        Some(Engine::Postgres) => "::sqlite",
        None => return arguments,
    };
    match (nextest, other) {
        (true, "::postgres") => arguments.extend(["--filterset", "not test(/::postgres$/)"]),
        (true, _) => arguments.extend(["--filterset", "not test(/::sqlite$/)"]),
        (false, _) => arguments.extend(["--", "--skip", other]),
    }
    arguments
}

fn both(tests: Result<()>, documentation: Result<()>) -> Result<()> {
    match (tests, documentation) {
        (Ok(()), Ok(())) => Ok(()),
        (Err(one), Err(other)) => bail!("{one:#}; {other:#}"),
        (Err(error), Ok(())) | (Ok(()), Err(error)) => Err(error),
    }
}
