use std::{fs, path::Path};

#[test]
fn the_list_of_errors_is_fresh() {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/errors.md"));
    let wanted = notify_api::error::document();
    if fs::read_to_string(path).unwrap_or_default() != wanted {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, wanted).unwrap();
        panic!("docs/errors.md was not fresh and has been written anew: look at it and commit it");
    }
}
