//! Taking due messages from the queue, fairly, under one lease a group.

use accounts::ServiceId;
use chrono::TimeDelta;
use db::Db;
use kernel::Time;
use notify::{Channel, Lane};
use notify_store::delivery::{self, Ask, Claimed, Lease};
use uuid::Uuid;

use super::share::{Circle, Lanes, interleave, lanes};

/// Takes one channel's messages.
pub(super) struct Claimer {
    db: Db,
    channel: Channel,
    lease: TimeDelta,
    lanes: Lanes,
    last: [Option<ServiceId>; 3],
}

/// Messages that were taken together.
pub(super) struct Group {
    /// Who holds them and until when.
    pub(super) lease: Lease,
    /// The messages in the order in which they should go, each with its lane.
    pub(super) messages: Vec<(Lane, Claimed)>,
}

impl Claimer {
    pub(super) fn new(db: Db, channel: Channel, lease: TimeDelta) -> Self {
        Self { db, channel, lease, lanes: Lanes::default(), last: [None; 3] }
    }

    /// Takes at most `most` due messages.
    #[expect(clippy::disallowed_methods, reason = "a lease token is no record's id")]
    pub(super) async fn claim(&mut self, most: u64, now: Time) -> db::Result<Group> {
        let lease = Lease { token: Uuid::new_v4(), until: now + self.lease };
        let mut group = Group { lease, messages: Vec::new() };
        let mut waiting = Vec::with_capacity(3);
        for lane in lanes() {
            waiting.push(delivery::services(self.db.read(), self.channel, lane).await?);
        }
        if waiting.iter().all(Vec::is_empty) {
            return Ok(group);
        }
        let tx = self.db.begin().await?;
        let mut turn = Turn { tx: &tx, channel: self.channel, lease, now };
        let waits = [!waiting[0].is_empty(), !waiting[1].is_empty(), !waiting[2].is_empty()];
        let shares = self.lanes.split(most, waits);
        let mut left = most;
        let mut circles: Vec<_> =
            waiting.into_iter().zip(self.last).map(|(all, last)| Circle::new(all, last)).collect();
        // First each lane's own share, then what other lanes left of theirs.
        for round in 0..2 {
            for (nth, lane) in lanes().enumerate() {
                let most = if round == 0 { shares[nth].min(left) } else { left };
                let taken = turn.lane(lane, &mut circles[nth], &mut self.last[nth], most).await?;
                left -= taken.len() as u64;
                group.messages.extend(taken.into_iter().map(|claimed| (lane, claimed)));
            }
        }
        tx.commit().await?;
        Ok(group)
    }
}

/// One claiming transaction.
struct Turn<'a> {
    tx: &'a db::Transaction,
    channel: Channel,
    lease: Lease,
    now: Time,
}

impl Turn<'_> {
    async fn lane(
        &mut self,
        lane: Lane,
        circle: &mut Circle,
        last: &mut Option<ServiceId>,
        most: u64,
    ) -> db::Result<Vec<Claimed>> {
        let (mut left, mut taken) = (most, Vec::new());
        while let Some((service, asked)) = circle.next(left) {
            let ask = Ask { channel: self.channel, lane, most: asked };
            let mut got = delivery::claim(self.tx, service, ask, self.lease, self.now).await?;
            got.sort_by_key(|claimed| claimed.notification);
            left -= (got.len() as u64).min(left);
            *last = Some(service);
            if got.len() as u64 == asked {
                circle.again(service);
            }
            taken.push(got);
        }
        Ok(interleave(taken))
    }
}
