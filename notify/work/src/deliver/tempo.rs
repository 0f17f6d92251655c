//! How much to take from the queue: what the provider carries in a second, and not more than it may.

use std::time::Duration;

use tokio::time::Instant;

use super::hand::Hand;
use crate::settings::Flow;

/// How often the pace is measured anew.
const SAMPLE: Duration = Duration::from_millis(100);

/// Adapts the messages in hand to the pace at which they leave it, so that a slow provider does not
/// make a sign-in code wait behind a thousand others, and keeps to the provider's rate.
#[derive(Debug)]
pub(super) struct Tempo {
    flow: Flow,
    /// Messages a second, a moving average.
    pace: f64,
    sampled: (Instant, u64),
    /// Messages that may go now by the rate.
    tokens: f64,
    refilled: Instant,
}

impl Tempo {
    pub(super) fn new(flow: Flow) -> Self {
        let now = Instant::now();
        let tokens = f64::from(flow.rate_per_second).min(1.0);
        Self { flow, pace: 0.0, sampled: (now, 0), tokens, refilled: now }
    }

    /// Waits until there is room in the hand, and gives how many messages to take: at least one.
    pub(super) async fn room(&mut self, hand: &Hand) -> u64 {
        loop {
            let held = hand.count();
            self.sample(hand.done());
            let wanted = self.wanted();
            let free = wanted.saturating_sub(held);
            // Taking a few at a time would cost a transaction each.
            if free * 4 >= wanted {
                return self.within_rate(free).await;
            }
            hand.emptied().await;
        }
    }

    /// So many were taken.
    pub(super) fn took(&mut self, count: usize) {
        if self.flow.rate_per_second > 0 {
            self.tokens -= count as f64;
        }
    }

    /// As many as leave within a second, but enough to keep every session busy.
    fn wanted(&self) -> usize {
        let most = usize::from(self.flow.in_hand.max(1));
        let fewest = (usize::from(self.flow.sessions.max(1)) * 4).min(most);
        (self.pace as usize).clamp(fewest, most)
    }

    fn sample(&mut self, done: u64) {
        let (at, before) = self.sampled;
        let passed = at.elapsed();
        if passed >= SAMPLE {
            let pace = (done - before) as f64 / passed.as_secs_f64();
            self.pace = 0.6 * self.pace + 0.4 * pace;
            self.sampled = (Instant::now(), done);
        }
    }

    async fn within_rate(&mut self, free: usize) -> u64 {
        if self.flow.rate_per_second == 0 {
            return free as u64;
        }
        let rate = f64::from(self.flow.rate_per_second);
        loop {
            let passed = self.refilled.elapsed().as_secs_f64();
            self.refilled = Instant::now();
            self.tokens = (self.tokens + passed * rate).min(rate.max(1.0));
            if self.tokens >= 1.0 {
                return (free as u64).min(self.tokens as u64);
            }
            tokio::time::sleep(Duration::from_secs_f64((1.0 - self.tokens) / rate)).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_rate_is_kept_over_time_and_no_rate_is_no_limit() {
        let hand = Arc::new(Hand::default());
        let mut free = Tempo::new(Flow { sessions: 4, rate_per_second: 0, in_hand: 100 });
        assert_eq!(free.room(&hand).await, 16);

        let mut limited = Tempo::new(Flow { sessions: 50, rate_per_second: 10, in_hand: 1000 });
        let (start, mut taken) = (Instant::now(), 0);
        while start.elapsed() < Duration::from_secs(10) {
            let most = limited.room(&hand).await;
            limited.took(most as usize);
            taken += most;
        }
        assert!((95..=111).contains(&taken), "{taken}");
    }
}
