//! The first look: build the product and hand over to it.

use std::{os::unix::process::CommandExt, path::PathBuf, process::Command};

use anyhow::{Context, Result};
use cargo_metadata::MetadataCommand;

use crate::shell::{cargo, root, run as ran};

/// Builds `portico` and becomes `portico demo`; returns only when that cannot be started.
pub fn run(arguments: &[String]) -> Result<()> {
    ran(&mut cargo(&["build", "--package", "portico"]))?;
    let program = built("debug/portico")?;
    let error = Command::new(&program).arg("demo").args(arguments).current_dir(root()).exec();
    Err(error).with_context(|| program.display().to_string())
}

/// A file below the folder that cargo builds into.
pub fn built(file: &str) -> Result<PathBuf> {
    let metadata = MetadataCommand::new().no_deps().current_dir(root()).exec()?;
    Ok(metadata.target_directory.join(file).into_std_path_buf())
}
