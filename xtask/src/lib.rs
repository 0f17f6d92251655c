//! What `cargo xtask` can do and tests use too.

pub mod vectors;
