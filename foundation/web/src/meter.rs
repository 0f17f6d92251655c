//! Counts and times of one route, kept so that a request costs no lookup by name.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
    time::Duration,
};

use http::{Method, StatusCode};
use metrics::{Counter, Histogram};

/// The handles a route has used so far. The labels of a route are few: its methods times its answers.
#[derive(Default)]
pub struct Meter {
    handles: RwLock<HashMap<(&'static str, u16), Handles>>,
}

#[derive(Clone)]
struct Handles {
    requests: Counter,
    seconds: Histogram,
}

impl Meter {
    /// Adds one request to `http_requests_total` and its time to `http_request_seconds`.
    pub fn record(&self, route: &str, method: &'static str, status: StatusCode, took: Duration) {
        let key = (method, status.as_u16());
        if let Some(known) = self.handles.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            known.add(took);
            return;
        }
        let new = Handles::new(route, method, status);
        new.add(took);
        self.handles.write().unwrap_or_else(PoisonError::into_inner).insert(key, new);
    }
}

impl Handles {
    fn new(route: &str, method: &'static str, status: StatusCode) -> Self {
        let route = route.to_owned();
        Self {
            requests: metrics::counter!(
                "http_requests_total",
                "route" => route.clone(),
                "method" => method,
                "status" => status.as_str().to_owned()
            ),
            seconds: metrics::histogram!(
                "http_request_seconds",
                "route" => route,
                "method" => method
            ),
        }
    }

    fn add(&self, took: Duration) {
        self.requests.increment(1);
        self.seconds.record(took.as_secs_f64());
    }
}

/// The method as a label; invented ones share a word, so that a caller cannot make labels without end.
pub fn method_word(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}
