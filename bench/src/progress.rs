//! What is being measured just now, on the error stream, so that the tables can be kept apart.

use std::{sync::LazyLock, time::Instant};

static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Says what begins now, with the minutes and seconds since the first word.
pub fn say(what: &str) {
    let passed = BEGUN.elapsed().as_secs();
    eprintln!("[{:2}:{:02}] {what}", passed / 60, passed % 60);
}
