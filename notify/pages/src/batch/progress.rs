//! How far a bulk send has come, in numbers that add up and in words.

use notify::{Status, batch::State, status::Group};
use notify_store::batch::Listed;
use ui::{Tag, Tone};

use crate::words::Texts;

/// How far a bulk send has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    state: State,
    /// All messages, those that its rows are still to become counted.
    pub total: i64,
    /// Not arrived and not failed.
    pub in_transit: i64,
    /// Arrived.
    pub delivered: i64,
    /// Will not arrive.
    pub failed: i64,
    /// Of those that failed, the ones whose recipient does not exist.
    pub problems: i64,
    /// Taken back by the sender.
    pub cancelled: i64,
    /// Rows that are messages.
    pub made: i64,
}

impl Progress {
    pub fn of(listed: &Listed) -> Self {
        let state = *listed.batch.status;
        let made = listed.made();
        let rows = i64::from(listed.batch.row_count);
        // Rows with a recipient for testing never become messages, so a finished send has only those that did.
        let unmade = match state {
            State::Pending | State::InProgress | State::Scheduled => Ord::max(rows - made, 0),
            State::Finished | State::Cancelled => 0,
        };
        let permanent = listed.counts.iter().filter(|(is, _)| *is == Status::PermanentFailure);
        Self {
            state,
            total: made + unmade,
            in_transit: listed.in_group(Group::InTransit) + unmade,
            delivered: listed.in_group(Group::Delivered),
            failed: listed.in_group(Group::Failed),
            problems: permanent.map(|(_, count)| count).sum(),
            cancelled: listed.in_group(Group::Cancelled),
            made,
        }
    }

    /// How many are in a group, or all of them.
    pub fn in_group(&self, group: Option<Group>) -> i64 {
        match group {
            None => self.total,
            Some(Group::InTransit) => self.in_transit,
            Some(Group::Delivered) => self.delivered,
            Some(Group::Failed) => self.failed,
            Some(Group::Cancelled) => self.cancelled,
        }
    }

    /// Whether nothing more will happen by itself.
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Finished | State::Cancelled) && self.in_transit == 0
    }

    /// Whether there is anything to stop.
    pub fn can_stop(&self) -> bool {
        self.state != State::Cancelled && self.in_transit > 0
    }

    /// All its numbers in a word, by which a page says what it shows.
    pub fn mark(&self) -> String {
        let Self { state, made, in_transit, delivered, failed, cancelled, .. } = self;
        let state = state.as_str().replace(' ', "-");
        format!("{state}.{made}.{in_transit}.{delivered}.{failed}.{cancelled}")
    }

    /// Its state as people say it.
    pub fn tag(&self, t: Texts) -> Tag {
        match self.state {
            State::Scheduled => Tag::new(t.batch_scheduled(), Tone::Accent),
            State::Pending | State::InProgress => Tag::new(t.batch_sending(), Tone::Accent),
            State::Cancelled => Tag::new(t.batch_cancelled(), Tone::Warning),
            State::Finished if self.in_transit > 0 => Tag::new(t.batch_on_way(), Tone::Accent),
            State::Finished => Tag::new(t.batch_finished(), Tone::Done),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test says what it expects")]

    use accounts::KeyKind;
    use kernel::{Id, Word};
    use notify::Channel;
    use notify_store::batch::Model;

    use super::*;

    fn listed(state: State, counts: Vec<(Status, i64)>) -> Listed {
        let now = "2026-11-21T12:00:00Z".parse().unwrap();
        let batch = Model {
            id: Id::new(now),
            service_id: Id::new(now),
            template_id: Id::new(now),
            template_version: 1,
            channel: Word(Channel::Email),
            api_key_id: None,
            created_by: None,
            key_kind: Word(KeyKind::Normal),
            name: "list.csv".to_owned(),
            reference: None,
            status: Word(state),
            row_count: 10,
            units: 10,
            charged_on: String::new(),
            sender_id: None,
            reply_to: None,
            content_sealed: Vec::new(),
            file_hash: None,
            scheduled_for: None,
            created_at: now,
            started_at: None,
            finished_at: None,
            updated_at: None,
        };
        Listed { batch, counts }
    }

    #[test]
    fn the_numbers_add_up_at_every_moment_and_none_is_negative() {
        let counts = vec![
            (Status::Created, 2),
            (Status::Delivered, 3),
            (Status::PermanentFailure, 1),
            (Status::Cancelled, 1),
        ];
        for (state, total, in_transit) in
            [(State::InProgress, 10, 5), (State::Finished, 7, 2), (State::Cancelled, 7, 2)]
        {
            let progress = Progress::of(&listed(state, counts.clone()));
            assert_eq!((progress.total, progress.in_transit), (total, in_transit));
            let parts = Group::ALL.iter().map(|group| progress.in_group(Some(*group)));
            assert_eq!(parts.sum::<i64>(), progress.total);
            assert!(!progress.is_over() && progress.problems == 1);
        }
        let waits = Progress::of(&listed(State::Scheduled, Vec::new()));
        assert!(waits.total == 10 && waits.can_stop() && !waits.is_over());
        let done = Progress::of(&listed(State::Finished, vec![(Status::Delivered, 10)]));
        assert!(done.is_over() && !done.can_stop());
    }
}
