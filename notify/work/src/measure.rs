//! How long messages wait and how many are in hand, looked at every few seconds.

use std::{sync::Arc, time::Duration};

use notify::{Channel, Lane};
use notify_store::delivery;
use tokio_util::sync::CancellationToken;

use crate::deliver::{Depot, Hand};

/// How often to look. The age of a queue costs a probe for each service in it.
const EVERY: Duration = Duration::from_secs(10);

/// Measures until the stop.
pub(crate) async fn watch(depot: Depot, hands: [Arc<Hand>; 2], stop: CancellationToken) {
    loop {
        for (channel, hand) in Channel::ALL.iter().zip(&hands) {
            let channel = channel.as_str();
            metrics::gauge!("notify_in_hand", "channel" => channel).set(hand.count() as f64);
        }
        if let Err(error) = ages(&depot).await {
            tracing::warn!(%error, "could not ask how long messages wait");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

async fn ages(depot: &Depot) -> db::Result<()> {
    let now = depot.clock.now();
    for channel in Channel::ALL {
        for lane in Lane::ALL {
            let oldest = delivery::oldest_due(depot.db.read(), *channel, *lane, now).await?;
            let age = oldest.map_or(0.0, |oldest| (now - oldest).as_seconds_f64());
            let (channel, lane) = (channel.as_str(), lane.as_str());
            metrics::gauge!("notify_queue_age_seconds", "channel" => channel, "lane" => lane)
                .set(age);
        }
    }
    Ok(())
}
