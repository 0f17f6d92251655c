//! What people see of a status: four groups, by which lists are filtered and facts are counted.

use super::Status;
use crate::{channel::Channel, word::words};

words! {
    /// How a message stands, as pages count it (administration specification, section I.2).
    Group as "group of statuses" {
        /// It has not arrived and has not failed.
        InTransit = "in-transit",
        /// It arrived, or nothing more will be heard.
        Delivered = "delivered",
        /// It will not arrive.
        Failed = "failed",
        /// Its sender took it back.
        Cancelled = "cancelled",
    }
}

impl Group {
    /// The statuses of this group, for a channel.
    #[must_use]
    pub fn statuses(self, channel: Channel) -> Vec<Status> {
        Status::ALL.iter().copied().filter(|status| status.group(channel) == self).collect()
    }
}

impl Status {
    /// The group in which people count it. A `sent` e-mail counts as delivered, a `sent` text not yet.
    #[must_use]
    pub fn group(self, channel: Channel) -> Group {
        match (self, channel) {
            (
                Self::Created
                | Self::Sending
                | Self::Pending
                | Self::PendingVirusCheck
                | Self::Accepted,
                _,
            )
            | (Self::Sent, Channel::Sms) => Group::InTransit,
            (Self::Sent, Channel::Email) | (Self::Delivered | Self::Received, _) => {
                Group::Delivered
            }
            (Self::Cancelled, _) => Group::Cancelled,
            _ => Group::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Group, Status};
    use crate::channel::Channel;

    #[test]
    fn every_status_is_in_one_group_and_failures_are_those_of_the_filter_word() {
        for channel in [Channel::Email, Channel::Sms] {
            let all: usize = Group::ALL.iter().map(|group| group.statuses(channel).len()).sum();
            assert_eq!(all, Status::ALL.len());
            for status in Status::ALL {
                assert_eq!(status.is_failure(), status.group(channel) == Group::Failed, "{status}");
            }
        }
        assert_eq!(Status::Sent.group(Channel::Email), Group::Delivered);
        assert_eq!(Status::Sent.group(Channel::Sms), Group::InTransit);
    }
}
