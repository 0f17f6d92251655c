//! The golden vectors, all of them.

use std::path::Path;

#[test]
fn every_vector_that_is_not_a_quirk_gives_what_is_expected() -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../notify/domain/tests/vectors");
    let report = xtask::vectors::check_folder(&folder)?;
    assert_eq!(report.outcomes.len(), 7, "a suite is missing");
    assert!(report.passed(), "{report}");
    Ok(())
}

#[test]
fn a_folder_without_vectors_is_refused() {
    assert!(xtask::vectors::check_folder(Path::new(env!("CARGO_MANIFEST_DIR"))).is_err());
}
