//! The workspace keeps its own rules, and its map shows what is there.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result};
use cargo_metadata::MetadataCommand;

#[test]
fn nobody_depends_upwards() -> Result<()> {
    let metadata = MetadataCommand::new().no_deps().exec()?;
    assert_eq!(xtask::layers::broken(&metadata)?, Vec::<String>::new());
    Ok(())
}

#[test]
fn the_map_lists_the_crates_that_exist() -> Result<()> {
    let metadata = MetadataCommand::new().no_deps().exec()?;
    let root = Path::new(&metadata.workspace_root);
    let map = fs::read_to_string(root.join("ARCHITECTURE.md")).context("ARCHITECTURE.md")?;
    // | `foundation/kernel` | `kernel` | what it is |
    let listed: BTreeSet<(String, String)> = map
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split("` | ");
            let (folder, name) = (cells.next()?, cells.next()?.strip_prefix('`')?);
            Some((folder.to_owned(), name.to_owned()))
        })
        .collect();
    let mut there = BTreeSet::new();
    for package in metadata.workspace_packages() {
        let folder = package.manifest_path.parent().context("a folder")?;
        let folder = folder.strip_prefix(&metadata.workspace_root)?;
        there.insert((folder.to_string(), package.name.to_string()));
    }
    assert_eq!(listed, there);
    Ok(())
}
