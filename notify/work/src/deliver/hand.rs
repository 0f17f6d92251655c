//! What this process has in its hand: taken from the queue, and not yet written back.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use kernel::Time;
use notify_store::{NotificationId, delivery::Lease};
use tokio::sync::Notify;
use uuid::Uuid;

/// The messages of one channel that are in hand, each with its lease.
#[derive(Debug, Default)]
pub(crate) struct Hand {
    state: Mutex<State>,
    emptied: Notify,
}

#[derive(Debug, Default)]
struct State {
    held: HashMap<NotificationId, Lease>,
    /// Taken, and given up before anything was done with them.
    unused: Vec<(Uuid, NotificationId)>,
    /// How many have left the hand since the start.
    done: u64,
}

impl Hand {
    /// Takes messages into the hand; each stays in it as long as its [`Grip`].
    pub(super) fn take(self: &Arc<Self>, lease: Lease, ids: &[NotificationId]) -> Vec<Grip> {
        let mut state = self.lock();
        state.held.extend(ids.iter().map(|id| (*id, lease)));
        let grip = |id: &NotificationId| Grip { hand: self.clone(), id: *id, token: lease.token };
        ids.iter().map(grip).collect()
    }

    /// How many messages are in hand.
    pub(crate) fn count(&self) -> usize {
        self.lock().held.len()
    }

    /// How many messages have left the hand since the start.
    pub(super) fn done(&self) -> u64 {
        self.lock().done
    }

    /// Waits until a message leaves the hand.
    pub(super) async fn emptied(&self) {
        self.emptied.notified().await;
    }

    /// Messages whose lease ends before `moment`, by lease.
    pub(super) fn ending_before(&self, moment: Time) -> HashMap<Uuid, Vec<NotificationId>> {
        let mut ending: HashMap<_, Vec<_>> = HashMap::new();
        for (id, lease) in &self.lock().held {
            if lease.until < moment {
                ending.entry(lease.token).or_default().push(*id);
            }
        }
        ending
    }

    /// Notes the new end of a lease.
    pub(super) fn renewed(&self, lease: Lease, ids: &[NotificationId]) {
        let mut state = self.lock();
        for id in ids {
            if let Some(held) = state.held.get_mut(id) {
                held.until = lease.until;
            }
        }
    }

    /// Takes out, by lease, what was given up unused.
    pub(super) fn unused(&self) -> HashMap<Uuid, Vec<NotificationId>> {
        let mut by_lease: HashMap<_, Vec<_>> = HashMap::new();
        for (token, id) in std::mem::take(&mut self.lock().unused) {
            by_lease.entry(token).or_default().push(id);
        }
        by_lease
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The hold on one message; dropped, however that comes about, the message is out of the hand.
#[derive(Debug)]
pub(crate) struct Grip {
    hand: Arc<Hand>,
    id: NotificationId,
    token: Uuid,
}

impl Grip {
    /// The message.
    pub(crate) const fn id(&self) -> NotificationId {
        self.id
    }

    /// The token of the lease it was taken under.
    pub(crate) const fn token(&self) -> Uuid {
        self.token
    }

    /// Whether the lease lasts beyond `moment`.
    pub(super) fn lasts_beyond(&self, moment: Time) -> bool {
        self.hand.lock().held.get(&self.id).is_some_and(|lease| lease.until > moment)
    }

    /// Lets go of a message that nothing was done with, so that it can be given back.
    pub(super) fn unused(self) {
        self.hand.lock().unused.push((self.token, self.id));
    }
}

impl Drop for Grip {
    fn drop(&mut self) {
        let mut state = self.hand.lock();
        state.held.remove(&self.id);
        state.done += 1;
        drop(state);
        self.hand.emptied.notify_one();
    }
}
