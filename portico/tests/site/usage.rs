//! What a service has used, by month and by template (admin specification, journey 11, step 7).

use accounts::Permission;
use chrono::TimeDelta;
use notify::{Channel, Status};
use portico::Migrator;

use crate::{
    dashboard::{accept, end, template},
    house::House,
};

testkit::on_each_engine! { Migrator;
    async fn months_of_a_fiscal_year_add_up_and_the_rest_is_that_of_the_bars(test) {
        let house = House::over(&test.db).await;
        let (service, noor, _) = house.team().await;
        let page = format!("/services/{}/usage", service.id);
        let letter = template(&house, service.id, Channel::Email, "Decision letter").await;
        accept(&house, (service.id, letter), 3, 50).await;
        house.clock.advance(TimeDelta::days(20));
        let ids = accept(&house, (service.id, letter), 4, 50).await;
        end(&house, &ids[..1], Status::PermanentFailure, "550").await;
        let mut browser = house.signed_in(&noor).await;
        let shown = browser.get(&page).await;
        shown.expect(200, "2026 to 2027").expect(200, "April 2026").expect(200, "November 2026")
            .expect(200, "December 2026").expect_not("January 2027").expect(200, "7 of 20,000,000 used");
        browser.get(&format!("/services/{}", service.id)).await.expect(200, "7 of 20,000,000 used");
        browser.get(&format!("{page}?year=2025")).await.expect(200, "March 2026").expect_not("of 20,000,000 used");
        browser.get(&format!("{page}?year=2023")).await.expect(404, "");
        browser.get(&format!("{page}?year=2027")).await.expect(404, "");
        let csv = browser.get(&format!("{page}/months.csv?year=2026")).await;
        assert_eq!(csv.headers["content-disposition"], "attachment; filename=\"usage-2026.csv\"");
        csv.expect(200, "\u{feff}\"Month\",\"Emails\"").expect(200, "\"2026-11\",\"3\",\"0\",\"0\",\"0\",\"0\"").expect(200, "\"2026-12\",\"4\",\"1\"");
        let french = browser.get(&format!("{page}?lang=fr")).await;
        french.expect(200, "décembre 2026").expect(200, "7 sur 20\u{a0}000\u{a0}000");
    }

    async fn templates_are_listed_by_month_and_paged(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut browser) = house.team().await;
        let page = format!("/services/{}/usage/templates", service.id);
        browser.get(&page).await.expect(200, "No template was used in this fiscal year");
        for nth in 0..52 {
            let one = template(&house, service.id, Channel::Email, &format!("Letter {nth:02}")).await;
            accept(&house, (service.id, one), if nth == 51 { 2 } else { 1 }, 1000).await;
        }
        let first = browser.get(&page).await;
        first.expect(200, "Letter 51").expect(200, "page=2");
        assert_eq!(first.body.matches("<tr").count(), 51);
        let second = browser.get(&format!("{page}?year=2026&page=2")).await;
        assert_eq!(second.body.matches("<tr").count(), 3);
        second.expect(200, "page=1");
        browser.get(&format!("{page}?page=3")).await.expect(404, "");
        browser.get(&format!("{page}?page=0")).await.expect(404, "");
        let csv = browser.get(&format!("/services/{}/usage/templates.csv", service.id)).await;
        assert_eq!(csv.body.matches("Letter").count(), 52);
    }

    async fn usage_is_for_those_who_may_see_activity(test) {
        let house = House::over(&test.db).await;
        let (service, _, _) = house.team().await;
        let lee = house.person("lee@example.gc.ca").await;
        let mut browser = house.signed_in(&lee).await;
        let pages = ["usage", "usage/months.csv", "usage/templates", "usage/templates.csv"];
        for page in pages {
            browser.get(&format!("/services/{}/{page}", service.id)).await.expect(404, "");
        }
        house.join(service.id, &lee, [Permission::SendMessages].into_iter().collect()).await;
        for page in pages {
            browser.get(&format!("/services/{}/{page}", service.id)).await.expect(403, "");
        }
    }
}
