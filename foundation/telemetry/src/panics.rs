//! A panic is a log line like any other, within the span of the request or job that it broke.

use std::panic::PanicHookInfo;

/// Replaces the standard hook, which prints to standard error past the log.
pub fn log_them() {
    std::panic::set_hook(Box::new(|panic: &PanicHookInfo<'_>| {
        let words = panic.payload_as_str().unwrap_or("(no words)");
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked: {words}");
    }));
}
