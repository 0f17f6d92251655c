//! A router that remembers its routes, so that a test can go through all of them.

use std::convert::Infallible;

use axum::{Router, handler::Handler, routing};
use http::Method;

/// One route: what is asked, where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: Method,
    /// The path with its variables in braces, such as `/services/{service}`.
    pub path: String,
}

/// Pages under their addresses.
#[derive(Debug)]
pub struct Routes<S = ()> {
    router: Router<S>,
    list: Vec<Route>,
}

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Self {
        Self { router: Router::new(), list: Vec::new() }
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// Answers `GET path`.
    #[must_use]
    pub fn get<H: Handler<T, S>, T: 'static>(self, path: &str, handler: H) -> Self {
        self.on(Method::GET, path, routing::get(handler))
    }

    /// Answers `POST path`.
    #[must_use]
    pub fn post<H: Handler<T, S>, T: 'static>(self, path: &str, handler: H) -> Self {
        self.on(Method::POST, path, routing::post(handler))
    }

    fn on(
        mut self,
        method: Method,
        path: &str,
        handler: routing::MethodRouter<S, Infallible>,
    ) -> Self {
        self.list.push(Route { method, path: path.to_owned() });
        self.router = self.router.route(path, handler);
        self
    }

    /// These pages and those.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        self.router = self.router.merge(other.router);
        self
    }

    /// The same pages behind a guard, a middleware that can see the variables of their paths.
    #[must_use]
    pub fn guarded(self, guard: impl FnOnce(Router<S>) -> Router<S>) -> Self {
        Self { router: guard(self.router), list: self.list }
    }

    /// The same pages with what they need handed to them.
    #[must_use]
    pub fn with_state<R>(self, state: S) -> Routes<R> {
        Routes { router: self.router.with_state(state), list: self.list }
    }

    /// The router, and the list of its routes in the order in which they were added.
    pub fn take(self) -> (Router<S>, Vec<Route>) {
        (self.router, self.list)
    }
}
