//! The guarded client as the pages use it: to ask the receivers of call-backs whether they are there.

use anyhow::Result;
use kernel::{Secret, Time};
use notify::callback::receiver::{Answer, Asking, NoAnswer, Receivers, Unfit};
use notify_work::outbound::{
    Outbound, Unhealthy,
    address::{Forbidden, Reach},
};

/// The guarded client.
pub struct Guarded(Outbound);

impl Guarded {
    /// A client that reaches this machine only in development.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(development: bool) -> Result<Self> {
        let reach = if development { Reach::ThisMachineToo } else { Reach::Public };
        Ok(Self(Outbound::new(reach)?))
    }
}

impl Receivers for Guarded {
    fn check(&self, url: &str) -> Result<(), Unfit> {
        match self.0.check(url) {
            Ok(_) => Ok(()),
            Err(Forbidden::NotAnAddress) => Err(Unfit::NotAnAddress),
            Err(Forbidden::NotHttps) => Err(Unfit::NotHttps),
            Err(Forbidden::SignIn) => Err(Unfit::SignIn),
            Err(Forbidden::Network(_)) => Err(Unfit::Private),
        }
    }

    fn ask<'a>(&'a self, url: &'a str, token: &'a Secret, now: Time) -> Asking<'a> {
        Box::pin(async move {
            match self.0.health(url, token, now).await {
                Ok(health) => Ok(Answer { status: health.status, took: health.elapsed }),
                Err(Unhealthy::Refused(status)) => Err(NoAnswer::Refused(status)),
                Err(Unhealthy::Silent) => Err(NoAnswer::Silent),
                Err(Unhealthy::Unreachable(_)) => Err(NoAnswer::Unreachable),
            }
        })
    }
}
