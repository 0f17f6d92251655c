//! What a worker runs now, counted by share.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{JobId, queue::Model};

/// How many jobs of each share run now.
#[derive(Debug, Default)]
pub(super) struct InHand(Mutex<HashMap<Option<String>, usize>>);

impl InHand {
    /// The shares of which `most` run.
    pub(super) fn full(&self, most: usize) -> Vec<String> {
        let running = self.running();
        let full = running.iter().filter(|(_, count)| **count >= most);
        full.filter_map(|(share, _)| share.clone()).collect()
    }

    /// Those of `jobs` that may begin when `most` of a share may run, and those that may not.
    pub(super) fn fit(&self, jobs: Vec<Model>, most: usize) -> (Vec<Model>, Vec<JobId>) {
        let mut counts = self.running().clone();
        let (mut fitting, mut surplus) = (Vec::with_capacity(jobs.len()), Vec::new());
        for job in jobs {
            let count = counts.entry(job.share.clone()).or_default();
            if job.share.is_some() && *count >= most {
                surplus.push(job.id);
                continue;
            }
            *count += 1;
            fitting.push(job);
        }
        (fitting, surplus)
    }

    /// `jobs` begin to run.
    pub(super) fn begin(&self, jobs: &[Model]) {
        let mut running = self.running();
        for job in jobs {
            *running.entry(job.share.clone()).or_default() += 1;
        }
    }

    /// A job of `share` runs no more.
    pub(super) fn end(&self, share: Option<String>) {
        let mut running = self.running();
        let left = running.get(&share).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            running.remove(&share);
        } else {
            running.insert(share, left);
        }
    }

    /// Whether nothing runs.
    pub(super) fn is_empty(&self) -> bool {
        self.running().is_empty()
    }

    fn running(&self) -> MutexGuard<'_, HashMap<Option<String>, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
