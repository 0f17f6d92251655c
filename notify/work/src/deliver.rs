//! Delivery: due messages are taken in groups, made, handed to their channel's provider and written back.

mod carry;
mod claim;
mod compose;
mod hand;
mod memory;
mod share;
mod tempo;
mod verdict;
mod way;

use std::{collections::HashMap, sync::Arc, time::Duration};

use db::{Db, Transaction};
use kernel::{Clock, Post, Vault};
use notify::Channel;
use notify_store::{
    NotificationId,
    delivery::{self, Lease},
    notification,
};
use tokio::sync::{Notify, Semaphore};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{
    carry::{Carrier, Parcel},
    claim::{Claimer, Group},
    tempo::Tempo,
    way::Way,
};
pub(crate) use self::{
    compose::open,
    hand::{Grip, Hand},
    memory::{Memory, Sender},
    verdict::Verdict,
};
use crate::{callback::Teller, ledger::Ledger, provider::settings::Routes, settings::Settings};

/// After a ring, how long others may join before messages are taken.
const GATHER: Duration = Duration::from_millis(5);

/// What delivery needs.
#[derive(Clone)]
pub(crate) struct Depot {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) vault: Arc<Vault>,
    pub(crate) memory: Arc<Memory>,
    pub(crate) teller: Teller,
    pub(crate) settings: Arc<Settings>,
    /// Who carries letters to people.
    pub(crate) post: Arc<dyn Post<Transaction>>,
    /// Rung when messages have been accepted.
    pub(crate) wake: Arc<Notify>,
    /// Rung when a job waits.
    pub(crate) jobs: Arc<Notify>,
    pub(crate) stop: CancellationToken,
}

/// Takes one channel's messages and sees each to its provider.
pub(crate) struct Deliverer {
    depot: Depot,
    carrier: Arc<Carrier>,
    hand: Arc<Hand>,
    claimer: Claimer,
    tempo: Tempo,
    carrying: TaskTracker,
}

impl Deliverer {
    /// Both channels' deliverers. Messages under way are tracked by the tracker, and left when the
    /// token says so.
    pub(crate) fn both(
        depot: &Depot,
        routes: &Routes,
        ledger: &Ledger,
        carrying: (&TaskTracker, &CancellationToken),
    ) -> [Self; 2] {
        [Way::Email(routes.email.clone()), Way::Text(routes.text.clone())]
            .map(|way| Self::new(depot, way, ledger, carrying))
    }

    fn new(
        depot: &Depot,
        way: Way,
        ledger: &Ledger,
        (carrying, abandon): (&TaskTracker, &CancellationToken),
    ) -> Self {
        let channel = way.channel();
        let settings = &depot.settings;
        let flow = if channel == Channel::Email { settings.email } else { settings.text };
        let carrier = Arc::new(Carrier {
            way,
            vault: depot.vault.clone(),
            clock: depot.clock.clone(),
            memory: depot.memory.clone(),
            teller: depot.teller.clone(),
            ledger: ledger.clone(),
            sessions: Semaphore::new(usize::from(flow.sessions.max(1))),
            sending_domain: settings.sending_domain.clone(),
            margin: settings.margin(),
            stop: depot.stop.clone(),
            abandon: abandon.clone(),
        });
        let claimer = Claimer::new(depot.db.clone(), channel, settings.lease());
        Self {
            depot: depot.clone(),
            carrier,
            hand: Arc::default(),
            claimer,
            tempo: Tempo::new(flow),
            carrying: carrying.clone(),
        }
    }

    /// What this deliverer has in hand.
    pub(crate) fn hand(&self) -> Arc<Hand> {
        self.hand.clone()
    }

    /// Works until the stop.
    pub(crate) async fn run(mut self) {
        let (stop, wake) = (self.depot.stop.clone(), self.depot.wake.clone());
        loop {
            // Listening begins before looking, so that no ring is missed in between.
            let rung = wake.notified();
            tokio::pin!(rung);
            rung.as_mut().enable();
            let room = tokio::select! {
                () = stop.cancelled() => return,
                room = self.tempo.room(&self.hand) => room,
            };
            let taken = self.take(room).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "could not take messages from the queue");
                0
            });
            if taken as u64 >= room {
                continue;
            }
            let pause = tokio::time::sleep(self.rest());
            tokio::select! {
                () = stop.cancelled() => return,
                () = rung => tokio::time::sleep(GATHER).await,
                () = pause => {}
            }
        }
    }

    /// The pause between two looks: each process has a rhythm of its own.
    fn rest(&self) -> Duration {
        let own = std::process::id() % 64;
        self.depot.settings.poll().mul_f64(0.8 + 0.4 * f64::from(own) / 64.0)
    }

    /// Takes at most `most` messages and sets them on their way.
    async fn take(&mut self, most: u64) -> db::Result<usize> {
        let now = self.depot.clock.now();
        let Group { lease, messages } = self.claimer.claim(most, now).await?;
        if messages.is_empty() {
            return Ok(0);
        }
        self.tempo.took(messages.len());
        let ids: Vec<_> = messages.iter().map(|(_, claimed)| claimed.notification).collect();
        let grips = self.hand.take(lease, &ids);
        let rows = match notification::claimed(self.depot.db.read(), &ids).await {
            Ok(rows) => rows,
            Err(error) => {
                grips.into_iter().for_each(Grip::unused);
                return Err(error);
            }
        };
        let mut rows: HashMap<NotificationId, _> = rows.into_iter().map(|r| (r.id, r)).collect();
        for (grip, (lane, claimed)) in grips.into_iter().zip(&messages) {
            let Some(row) = rows.remove(&claimed.notification) else {
                self.missing(grip).await?;
                continue;
            };
            let (lane, attempt) = (*lane, claimed.attempt);
            let (carrier, parcel) = (self.carrier.clone(), Parcel { grip, row, lane, attempt });
            self.carrying.spawn(async move { carrier.carry(parcel).await });
        }
        Ok(messages.len())
    }

    /// A message that waits and is not there: its retention ended.
    async fn missing(&self, grip: Grip) -> db::Result<()> {
        let tx = self.depot.db.begin().await?;
        delivery::discard(&tx, &[grip.id()]).await?;
        Ok(tx.commit().await?)
    }
}

/// Lengthens the leases of what is in hand while this process lives, and gives back what was given up.
pub(crate) async fn keep_leases(depot: Depot, hands: [Arc<Hand>; 2], until: CancellationToken) {
    let lease = depot.settings.lease();
    let Ok(pause) = (lease / 6).to_std() else { return };
    loop {
        tokio::select! {
            () = until.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        for hand in &hands {
            if let Err(error) = renew(&depot, hand).await {
                tracing::warn!(%error, "could not renew leases");
            }
            if let Err(error) = give_back(&depot, hand).await {
                tracing::warn!(%error, "could not give messages back; their leases will run out");
            }
        }
    }
}

async fn renew(depot: &Depot, hand: &Hand) -> db::Result<()> {
    let now = depot.clock.now();
    let lease = depot.settings.lease();
    for (token, ids) in hand.ending_before(now + lease / 2) {
        let lease = Lease { token, until: now + lease };
        let tx = depot.db.begin().await?;
        let held = delivery::renew(&tx, lease, &ids).await?;
        tx.commit().await?;
        hand.renewed(lease, &held);
    }
    Ok(())
}

/// Gives back what was taken and not begun.
pub(crate) async fn give_back(depot: &Depot, hand: &Hand) -> db::Result<()> {
    let unused = hand.unused();
    if unused.is_empty() {
        return Ok(());
    }
    let tx = depot.db.begin().await?;
    for (token, ids) in unused {
        delivery::give_back(&tx, token, &ids, depot.clock.now()).await?;
    }
    Ok(tx.commit().await?)
}
