use std::time::Duration;

use notify::{Channel, Lane, Status};

use crate::house::{House, Migrator, Scripted};

testkit::on_each_engine! { Migrator;
    async fn ten_thousand_of_one_service_do_not_delay_ten_of_another(test) {
        let mut house = House::new(&test.db, Scripted { delay: Duration::from_millis(2), ..Scripted::willing() });
        house.settings.email.sessions = 8;
        let (big, small) = (house.service("Big").await, house.service("Small").await);
        house.emails(big, 10_000).await;
        let ten = house.emails(small, 10).await;
        let running = house.start();
        house.until(&ten, |status| status == Status::Sent).await;
        let before = house.provider.taken().len();
        assert!(before < 1500, "{before} messages went before the ten");
        running.end().await;
    }

    async fn an_urgent_message_overtakes_a_batch_and_no_lane_starves(test) {
        let mut house = House::new(&test.db, Scripted { delay: Duration::from_millis(2), ..Scripted::willing() });
        house.settings.email.sessions = 4;
        let space = house.service("Permits").await;
        let many = |lane, count| {
            let message = |_| house.message(space, Channel::Email, "noor@example.ca", lane);
            (0..count).map(message).collect::<Vec<_>>()
        };
        house.accept(many(Lane::Priority, 3000)).await;
        house.accept(many(Lane::Normal, 3000)).await;
        let bulk = house.accept(many(Lane::Bulk, 60)).await;
        let running = house.start();
        house.until(&bulk[..10], |status| status == Status::Sent).await;
        assert!(house.provider.taken().len() < 1500, "bulk waited for all others");
        let urgent = house.accept(many(Lane::Priority, 1)).await;
        // The priority lane itself is full, so it goes to the end of that lane only.
        assert_eq!(house.row(space, urgent[0]).await.status.0, Status::Created);
        running.end().await;
    }

    async fn a_rate_is_kept(test) {
        let mut house = House::new(&test.db, Scripted::willing());
        house.settings.email.rate_per_second = 20;
        let space = house.service("Permits").await;
        house.emails(space, 200).await;
        let running = house.start();
        tokio::time::sleep(Duration::from_millis(1500)).await;
        let sent = house.provider.taken().len();
        assert!((10..=45).contains(&sent), "{sent} in a second and a half");
        running.end().await;
    }
}
