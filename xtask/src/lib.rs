//! What `cargo xtask` can do and tests use too.

pub mod layers;
pub mod vectors;
