//! How pages look: the frame around each, the components inside, and the files a browser fetches. Works without script.

#![warn(missing_docs)]

pub mod asset;
mod component;
mod problem;
mod shell;
mod words;

pub use component::*;
pub use problem::{Problem, ProblemPage};
pub use shell::{Account, Band, LinkGroup, Notice, Place, Shell, Surroundings};
pub use words::Texts;
