//! What a job says when it did not succeed; every `?` in a job decides which.

use chrono::TimeDelta;

/// Why a job did not succeed, and whether trying again may help.
#[derive(Debug)]
pub struct JobError {
    /// The cause, for the log and the row.
    pub cause: anyhow::Error,
    /// What to do about it.
    pub verdict: Verdict,
}

/// What to do about a job that did not succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Try again after the pause that the kind of job has.
    Retry,
    /// Try again after this pause.
    RetryAfter(TimeDelta),
    /// Never try again.
    Fail,
}

impl JobError {
    /// Trying again may help, for instance after a time-out.
    pub fn retry(cause: impl Into<anyhow::Error>) -> Self {
        Self { cause: cause.into(), verdict: Verdict::Retry }
    }

    /// Trying again may help, but not before `pause` has passed.
    pub fn retry_after(cause: impl Into<anyhow::Error>, pause: TimeDelta) -> Self {
        Self { cause: cause.into(), verdict: Verdict::RetryAfter(pause) }
    }

    /// Trying again cannot help.
    pub fn fail(cause: impl Into<anyhow::Error>) -> Self {
        Self { cause: cause.into(), verdict: Verdict::Fail }
    }
}
