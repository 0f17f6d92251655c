//! Measuring: a durable PostgreSQL and the release build, then the benchmark's own words.

use anyhow::Result;

use crate::{
    needs,
    postgres::{Durability, Server},
    shell::{self, cargo},
};

/// Runs the benchmark with `arguments`; without any it measures everything.
pub fn run(arguments: &[String]) -> Result<()> {
    needs::for_bench()?;
    shell::run(&mut cargo(&["build", "--release", "--package", "portico", "--package", "bench"]))?;
    let server = Server::for_this_task(Durability::Kept)?;
    let mut bench = cargo(&["run", "--quiet", "--release", "--package", "bench", "--"]);
    bench.env("TEST_POSTGRES_URL", &server.url).args(arguments);
    let outcome = shell::run(&mut bench);
    server.remove()?;
    outcome
}
