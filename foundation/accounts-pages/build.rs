//! Checks both catalogues and writes the words' methods.

fn main() {
    text::build::generate();
}
