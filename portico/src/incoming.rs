//! What providers post: the API's door on one side, the crate that knows the providers on the other.

use std::{future::Future, pin::Pin, sync::Arc};

use axum::{body::Bytes, http::HeaderMap};
use notify_api::incoming::{Incoming, Nobody, NotTaken};
use notify_work::{
    Receiver,
    provider::{
        receipts::{self, Unread, settings::ReceiptSettings},
        settings::{Providers, TextRouteName},
    },
};

/// The one provider that posts to us.
struct Hook {
    name: String,
    settings: ReceiptSettings,
    receiver: Receiver,
}

/// Who takes in what providers post, by the operator's settings.
pub(crate) fn of(providers: &Providers, receiver: Receiver) -> Arc<dyn Incoming> {
    let http = providers.text.http.as_ref().filter(|_| providers.text.route == TextRouteName::Http);
    match http.and_then(|http| Some((http.name.clone(), http.receipts.clone()?))) {
        Some((name, settings)) => Arc::new(Hook { name, settings, receiver }),
        None => Arc::new(Nobody),
    }
}

impl Incoming for Hook {
    fn take<'a>(
        &'a self,
        provider: &'a str,
        headers: &'a HeaderMap,
        body: Bytes,
    ) -> Pin<Box<dyn Future<Output = Result<(), NotTaken>> + Send + 'a>> {
        Box::pin(async move {
            if provider != self.name {
                return Err(NotTaken::UnknownProvider);
            }
            let told = receipts::read(&self.settings, headers, &body).map_err(refused)?;
            Ok(self.receiver.take(provider, told).await?)
        })
    }
}

fn refused(unread: Unread) -> NotTaken {
    match unread {
        Unread::NoProof => NotTaken::NoProof,
        Unread::WrongProof => NotTaken::WrongProof,
        other @ (Unread::Body(_) | Unread::Status(_)) => NotTaken::Unreadable(other.to_string()),
    }
}
