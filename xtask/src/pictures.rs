//! The pictures of the README, taken anew from the pages as they are.

use anyhow::Result;

use crate::{
    needs,
    shell::{self, cargo, root},
};

/// Starts the product, walks through it in Chromium and keeps what the pages look like in `docs/pictures`.
pub fn run() -> Result<()> {
    needs::for_tests(false)?;
    shell::run(&mut cargo(&["build", "--package", "portico"]))?;
    let folder = root().join("docs/pictures");
    let mut take = cargo(&["run", "--quiet", "--package", "tests", "--example", "pictures", "--"]);
    shell::run(take.arg(folder).env("PORTICO_TEST_ENGINE", "sqlite"))
}
