//! Log lines on standard error: JSON for machines, one readable line for people.

use std::io::{IsTerminal, Write, stderr};

use tracing_subscriber::{EnvFilter, fmt::MakeWriter, prelude::*};

use crate::panics;

/// How a log line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One JSON object a line, with the fields of the request's span.
    Json,
    /// For reading on a terminal.
    Plain,
}

impl Form {
    /// Plain when a person watches standard error, JSON when it goes to a collector.
    pub fn for_this_terminal() -> Self {
        if stderr().is_terminal() { Self::Plain } else { Self::Json }
    }
}

/// Why logs could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum NotStarted {
    /// The filter cannot be read.
    #[error("the log filter {filter:?} cannot be read: {reason}")]
    Filter {
        /// The filter as given.
        filter: String,
        /// What is wrong with it.
        reason: String,
    },
    /// This process has logs already.
    #[error("logs are set up already")]
    Twice,
}

/// Sends log lines to standard error and panics into the log. `filter` is in the form `info,notify_work=debug`.
///
/// # Errors
/// [`NotStarted`] when the filter cannot be read or logs run already.
pub fn start_logs(form: Form, filter: &str) -> Result<(), NotStarted> {
    tracing::subscriber::set_global_default(subscriber(form, filter, stderr)?)
        .map_err(|_| NotStarted::Twice)?;
    panics::log_them();
    Ok(())
}

/// The same lines into any writer.
fn subscriber<W>(
    form: Form,
    filter: &str,
    writer: W,
) -> Result<Box<dyn tracing::Subscriber + Send + Sync>, NotStarted>
where
    W: for<'w> MakeWriter<'w, Writer: Write> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(filter).map_err(|error| NotStarted::Filter {
        filter: filter.to_owned(),
        reason: error.to_string(),
    })?;
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    let registry = tracing_subscriber::registry().with(filter);
    Ok(match form {
        Form::Json => {
            Box::new(registry.with(lines.json().flatten_event(true).with_span_list(false)))
        }
        Form::Plain => Box::new(registry.with(lines.compact().with_ansi(false))),
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot read its own lines should fail")]
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn lines(form: Form, work: impl FnOnce()) -> String {
        let kept = Kept::default();
        let writer = kept.clone();
        let subscriber = subscriber(form, "info", move || writer.clone()).unwrap();
        tracing::subscriber::with_default(subscriber, work);
        String::from_utf8(kept.0.lock().unwrap().clone()).unwrap()
    }

    fn a_request() {
        let span = tracing::info_span!("request", request.id = "abc-1");
        span.in_scope(|| tracing::info!(status = 503, "answered"));
        tracing::debug!("nobody asked for this");
    }

    #[test]
    fn a_json_line_carries_the_request_id() {
        let text = lines(Form::Json, a_request);
        let line: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(line["message"], "answered");
        assert_eq!(line["status"], 503);
        assert_eq!(line["span"]["request.id"], "abc-1");
    }

    #[test]
    fn a_plain_line_reads_alone() {
        let text = lines(Form::Plain, a_request);
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.contains("answered") && text.contains("abc-1"), "{text}");
    }

    #[test]
    fn a_panic_becomes_one_line_with_its_place() {
        let text = lines(Form::Json, || {
            panics::log_them();
            let _ = std::panic::catch_unwind(|| panic!("on purpose"));
            let _ = std::panic::take_hook();
        });
        let line: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(line["level"], "ERROR");
        assert_eq!(line["message"], "panicked: on purpose");
        assert!(line["place"].as_str().unwrap().contains("logs.rs:"));
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_named() {
        let error = subscriber(Form::Json, "info,=nonsense=", stderr).err().unwrap();
        assert!(error.to_string().contains("info,=nonsense="), "{error}");
    }
}
