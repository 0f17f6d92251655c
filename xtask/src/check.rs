//! What must hold of the source before any test runs.

use anyhow::{Result, bail};
use cargo_metadata::MetadataCommand;

use crate::shell::{self, cargo, root, succeeds};

/// Everything, cheapest first.
pub fn run() -> Result<()> {
    shell::run(&mut cargo(&["fmt", "--all", "--check"]))?;
    layers()?;
    shell::run(&mut cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))?;
    dependencies()
}

/// Who depends on whom.
pub fn layers() -> Result<()> {
    let metadata = MetadataCommand::new().no_deps().current_dir(root()).exec()?;
    let broken = xtask::layers::broken(&metadata)?;
    if !broken.is_empty() {
        bail!("layers:\n  {}", broken.join("\n  "));
    }
    eprintln!("layers: {} crates keep the table", metadata.workspace_packages().len());
    Ok(())
}

/// Licences, sources and bans. cargo-deny is a tool of its own, so a machine without it is told, not failed.
fn dependencies() -> Result<()> {
    if succeeds("cargo", &["deny", "--version"]) {
        return shell::run(&mut cargo(&[
            "deny",
            "--offline",
            "check",
            "bans",
            "licenses",
            "sources",
        ]));
    }
    eprintln!(
        "dependencies: NOT checked, because cargo-deny is not installed \
         (cargo install cargo-deny --locked)"
    );
    Ok(())
}
