//! Documents that are generated from the API's code and kept in the repository.

use anyhow::Result;

use crate::shell::{self, cargo};

/// The tests that compare the documents write them anew when they differ; the second run sees that they are fresh.
pub fn run() -> Result<()> {
    let fresh = ["test", "--quiet", "--package", "notify-api", "--test", "it", "fresh"];
    shell::run(&mut cargo(&fresh)).or_else(|_| shell::run(&mut cargo(&fresh)))
}
