//! Writes sample e-mail documents into a folder, for validators and for the eye:
//! `cargo run -p notify --example documents -- FOLDER`.

mod sample;

use std::{fs, path::Path, process::ExitCode};

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: documents FOLDER");
        return Ok(ExitCode::from(2));
    };
    fs::create_dir_all(&folder)?;
    for (name, message) in sample::messages()? {
        fs::write(Path::new(&folder).join(format!("{name}.html")), message.html)?;
        fs::write(Path::new(&folder).join(format!("{name}.txt")), message.plain)?;
    }
    Ok(ExitCode::SUCCESS)
}
