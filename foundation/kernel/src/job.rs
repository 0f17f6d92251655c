//! The name of a kind of background work, tied to the data it needs.

use std::marker::PhantomData;

/// A kind of job whose payload is a `P`.
///
/// It stands beside `P` in the domain, so that whoever enqueues need not know who runs it.
#[derive(Debug)]
pub struct JobKind<P> {
    /// The name in the database, `product.verb-noun`.
    pub name: &'static str,
    payload: PhantomData<fn() -> P>,
}

impl<P> JobKind<P> {
    /// A kind of job; names are unique in the product and never change while such jobs wait.
    pub const fn new(name: &'static str) -> Self {
        Self { name, payload: PhantomData }
    }
}
