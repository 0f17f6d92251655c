//! The recorder as the product installs it: once a process.

use telemetry::Metrics;

#[test]
fn a_histogram_of_seconds_has_buckets_and_a_second_recorder_is_refused()
-> Result<(), Box<dyn std::error::Error>> {
    let kept = Metrics::install()?;
    metrics::histogram!("http_request_seconds", "route" => "/x").record(0.004);
    metrics::counter!("http_requests_total", "route" => "/x").increment(2);
    let text = kept.render();
    assert!(text.contains(r#"http_request_seconds_bucket{route="/x",le="0.005"} 1"#), "{text}");
    assert!(text.contains(r#"http_request_seconds_bucket{route="/x",le="0.0025"} 0"#), "{text}");
    assert!(text.contains(r#"http_requests_total{route="/x"} 2"#), "{text}");
    assert!(Metrics::install().is_err());
    Ok(())
}
