//! Who may send how many: lanes by weight, services in a lane alike, nothing left unused.

use std::collections::VecDeque;

use accounts::ServiceId;
use notify::Lane;

/// Of twenty messages that could all be sent, so many come from each lane.
const WEIGHTS: [(Lane, f64); 3] = [(Lane::Priority, 14.0), (Lane::Normal, 5.0), (Lane::Bulk, 1.0)];

/// Splits each turn between the lanes; what rounding takes from a lane is remembered for its next
/// turn, so that even turns of one message starve nobody.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    credit: [f64; 3],
}

impl Lanes {
    /// How many of `most` messages each lane may send, if all that have `waiting` messages do.
    pub(super) fn split(&mut self, most: u64, waiting: [bool; 3]) -> [u64; 3] {
        let weights: Vec<f64> = WEIGHTS
            .iter()
            .zip(waiting)
            .map(|((_, weight), waits)| if waits { *weight } else { 0.0 })
            .collect();
        let sum: f64 = weights.iter().sum();
        let mut shares = [0; 3];
        if sum == 0.0 {
            self.credit = [0.0; 3];
            return shares;
        }
        for (credit, weight) in self.credit.iter_mut().zip(&weights) {
            *credit = if *weight == 0.0 { 0.0 } else { *credit + most as f64 * weight / sum };
        }
        for _ in 0..3 {
            let left = most - shares.iter().sum::<u64>();
            let Some(richest) = richest(&self.credit) else { break };
            let share = left.min(self.credit[richest].ceil().max(0.0) as u64);
            shares[richest] += share;
            self.credit[richest] -= share as f64;
        }
        shares
    }
}

fn richest(credit: &[f64; 3]) -> Option<usize> {
    let most = |a: &usize, b: &usize| credit[*a].total_cmp(&credit[*b]);
    (0..3).filter(|nth| credit[*nth] > 0.0).max_by(most)
}

/// The lanes in the order of [`Lanes::split`].
pub(super) fn lanes() -> impl Iterator<Item = Lane> {
    WEIGHTS.iter().map(|(lane, _)| *lane)
}

/// One lane's turn: services are asked in a circle that begins after the one that was asked last.
#[derive(Debug)]
pub(super) struct Circle {
    open: VecDeque<ServiceId>,
    /// How many more each service is asked for in this round.
    share: u64,
    left_in_round: usize,
}

impl Circle {
    /// `services` sorted; the circle begins after `last`.
    pub(super) fn new(mut services: Vec<ServiceId>, last: Option<ServiceId>) -> Self {
        let start = services.partition_point(|service| last.is_some_and(|last| *service <= last));
        services.rotate_left(start);
        Self { open: services.into(), share: 0, left_in_round: 0 }
    }

    /// Whom to ask next, and for how many, when `left` may still be sent; none when nobody has more.
    pub(super) fn next(&mut self, left: u64) -> Option<(ServiceId, u64)> {
        if left == 0 {
            return None;
        }
        if self.left_in_round == 0 {
            self.left_in_round = self.open.len();
            self.share = (left / self.open.len().max(1) as u64).max(1);
        }
        let service = self.open.pop_front()?;
        self.left_in_round -= 1;
        Some((service, self.share.min(left)))
    }

    /// The service gave as many as it was asked for: it may have more.
    pub(super) fn again(&mut self, service: ServiceId) {
        self.open.push_back(service);
    }
}

/// Takes one of each list in turn, so that no service's messages stand in a block.
pub(super) fn interleave<T>(lists: Vec<Vec<T>>) -> Vec<T> {
    let mut all = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
    while !lists.is_empty() {
        lists.retain_mut(|list| {
            let next = list.next();
            let more = next.is_some();
            all.extend(next);
            more
        });
    }
    all
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use std::collections::HashMap;

    use super::*;

    fn services(count: u128) -> Vec<ServiceId> {
        (1..=count).map(|nth| ServiceId::from_uuid(uuid::Uuid::from_u128(nth))).collect()
    }

    #[test]
    fn priority_gets_most_and_every_lane_that_waits_gets_some() {
        let mut lanes = Lanes::default();
        let shares = lanes.split(500, [true; 3]);
        assert_eq!(shares.iter().sum::<u64>(), 500);
        assert!(shares[0] > shares[1] && shares[1] > shares[2] && shares[2] > 0, "{shares:?}");
        assert_eq!(lanes.split(500, [false, false, true]), [0, 0, 500]);
        assert_eq!(lanes.split(500, [false; 3]), [0; 3]);
    }

    #[test]
    fn turns_of_one_message_starve_nobody() {
        let (mut lanes, mut got) = (Lanes::default(), [0; 3]);
        for _ in 0..100 {
            let shares = lanes.split(1, [true; 3]);
            assert_eq!(shares.iter().sum::<u64>(), 1);
            for (sum, share) in got.iter_mut().zip(shares) {
                *sum += share;
            }
        }
        assert_eq!(got, [70, 25, 5]);
    }

    /// Asks until `most` are taken of what each service has; how many each gave.
    fn take(circle: &mut Circle, waiting: &mut HashMap<ServiceId, u64>, most: u64) -> Vec<u64> {
        let mut got: HashMap<ServiceId, u64> = HashMap::new();
        let mut left = most;
        while let Some((service, asked)) = circle.next(left) {
            let has = waiting.get_mut(&service).unwrap();
            let given = asked.min(*has);
            *has -= given;
            left -= given;
            *got.entry(service).or_default() += given;
            if given == asked {
                circle.again(service);
            }
        }
        let mut all: Vec<_> = got.into_iter().collect();
        all.sort();
        all.into_iter().map(|(_, count)| count).collect()
    }

    #[test]
    fn services_get_alike_and_what_one_leaves_goes_to_the_others() {
        let all = services(3);
        let mut waiting = HashMap::from([(all[0], 10_000), (all[1], 10), (all[2], 10_000)]);
        let mut circle = Circle::new(all, None);
        let got = take(&mut circle, &mut waiting, 300);
        assert_eq!(got.iter().sum::<u64>(), 300);
        assert_eq!(got[1], 10);
        assert!(got[0].abs_diff(got[2]) <= 2, "{got:?}");
    }

    #[test]
    fn with_fewer_places_than_services_the_circle_goes_on_where_it_stopped() {
        let all = services(5);
        let mut circle = Circle::new(all.clone(), Some(all[2]));
        assert_eq!(circle.next(2), Some((all[3], 1)));
        assert_eq!(circle.next(1), Some((all[4], 1)));
        assert_eq!(circle.next(0), None);
        assert_eq!(Circle::new(all.clone(), Some(all[4])).next(1), Some((all[0], 1)));
    }

    #[test]
    fn lists_are_mixed_and_nothing_is_lost() {
        assert_eq!(interleave(vec![vec![1, 2, 3], vec![4], vec![5, 6]]), [1, 4, 5, 2, 6, 3]);
    }
}
