//! Lanes keep a big batch from delaying an urgent message (API specification, section 3.16).

use crate::word::words;

words! {
    /// The queue a message waits in; also the process type of a template.
    Lane as "lane" {
        /// Messages somebody is waiting for, such as sign-in codes.
        Priority = "priority",
        /// Everything else that is sent one by one.
        Normal = "normal",
        /// Big batches.
        Bulk = "bulk",
    }
}

impl Lane {
    /// The number of rows from which a batch always goes by the bulk lane.
    pub const BULK_ROWS: usize = 200;

    /// The lane of a batch of `rows` messages whose template asks for `self`.
    #[must_use]
    pub fn of_batch(self, rows: usize) -> Self {
        if rows >= Self::BULK_ROWS { Self::Bulk } else { self.of_one_off() }
    }

    /// The lane of a message sent from the interface: someone is watching, so bulk is raised to normal.
    #[must_use]
    pub fn of_one_off(self) -> Self {
        if self == Self::Bulk { Self::Normal } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::Lane;

    #[test]
    fn a_big_batch_goes_by_the_bulk_lane_and_a_small_one_never_does() {
        assert_eq!(Lane::Priority.of_batch(200), Lane::Bulk);
        assert_eq!(Lane::Priority.of_batch(199), Lane::Priority);
        assert_eq!(Lane::Bulk.of_batch(199), Lane::Normal);
        assert_eq!(Lane::Bulk.of_one_off(), Lane::Normal);
    }
}
