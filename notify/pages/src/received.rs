//! How many people wrote to each service that receives texts, for the band above every page of a service.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use accounts::{Accounts, Permission, Permissions, ServiceId, service};
use chrono::TimeDelta;
use kernel::{Language, Time};
use notify_store::{received_text::conversation, sms_sender};
use ui::{Band, Link};

use crate::{frame, words::Texts};

/// How old a number may be.
const FRESH: TimeDelta = TimeDelta::seconds(20);
/// So many are counted; more are "more than".
const MOST: u64 = 99;
/// The most services that are remembered.
const SERVICES: usize = 10_000;

/// What was seen of one service, and when; none for a service that receives no texts.
type Seen = (Time, Option<usize>);

/// The numbers, as they were a moment ago. A page is drawn in one breath, so they are looked up before it.
#[derive(Clone, Debug, Default)]
pub struct Received(Arc<RwLock<HashMap<ServiceId, Seen>>>);

impl Received {
    fn seen(&self, service: ServiceId) -> Option<Seen> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&service).copied()
    }

    /// Looks a service up, unless that was done a moment ago.
    ///
    /// # Errors
    /// The database's own.
    pub async fn look(&self, accounts: &Accounts, service: ServiceId) -> db::Result<()> {
        let now = accounts.clock.now();
        if self.seen(service).is_some_and(|(at, _)| now - at < FRESH) {
            return Ok(());
        }
        let db = accounts.db.read();
        let receives = sms_sender::list(db, service).await?.iter().any(|one| one.receives);
        let count = match receives {
            true => Some(conversation::count(db, service, MOST + 1).await?),
            false => None,
        };
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= SERVICES {
            all.clear();
        }
        all.insert(service, (now, count));
        Ok(())
    }

    /// The band with the link to the inbox after that to the messages, if the service receives texts.
    pub fn add(&self, language: Language, service: &service::Model, band: &mut Band) {
        let Some((_, Some(count))) = self.seen(service.id) else { return };
        let t = Texts(language);
        let words = match count {
            0 => t.inbox_title(),
            many if many as u64 > MOST => t.inbox_menu_many(MOST),
            some => t.inbox_menu(some),
        };
        let messages = frame::at(service.id, "/messages");
        let place = band.links.iter().position(|link| link.href == messages);
        let link = Link::new(frame::at(service.id, "/inbox"), words);
        band.links.insert(place.map_or(band.links.len(), |place| place + 1), link);
    }
}

/// Whether somebody with these permissions may read what people wrote.
pub fn may_read(may: &Permissions) -> bool {
    may.has(Permission::ViewActivity) || may.has(Permission::SendMessages)
}
