//! Metrics, kept in the process and rendered when the collector's request comes in through the product's own router.

use std::time::Duration;

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

/// Histograms keep every sample until somebody folds them into buckets; without a regular fold an idle collector
/// would let a busy server grow.
const FOLD_EVERY: Duration = Duration::from_secs(5);

/// Upper bounds for everything measured in seconds: from a cached read to a slow provider.
const SECONDS: &[f64] = &[
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
    60.0,
];

/// The process's recorder.
#[derive(Clone)]
pub struct Metrics {
    handle: PrometheusHandle,
}

impl Metrics {
    /// Makes this the recorder behind every `metrics` macro. Names that end in `_seconds` become histograms with
    /// buckets from 0.5 ms to 60 s.
    ///
    /// # Errors
    /// When the process has a recorder already, or no thread can be started for keeping it small.
    pub fn install() -> Result<Self, BuildError> {
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)?
            .install_recorder()?;
        let folding = handle.clone();
        std::thread::Builder::new()
            .name("metrics".to_owned())
            .spawn(move || {
                loop {
                    std::thread::sleep(FOLD_EVERY);
                    folding.run_upkeep();
                }
            })
            .map_err(|error| BuildError::FailedToCreateRuntime(error.to_string()))?;
        Ok(Self { handle })
    }

    /// Everything measured so far, in the Prometheus text form.
    pub fn render(&self) -> String {
        self.handle.render()
    }
}
