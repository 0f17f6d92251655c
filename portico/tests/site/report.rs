//! Reports are asked for, told by mail, downloaded by whoever asked and by nobody else (admin specification, journey 11).

use accounts::{Permission, Permissions};
use chrono::TimeDelta;
use notify::Channel;
use portico::Migrator;

use crate::{
    house::House,
    sheet::{GOOD, template, upload},
};

testkit::on_each_engine! { Migrator;
    async fn a_report_is_made_told_and_downloaded_by_whoever_asked(test) {
        let house = House::over(&test.db).await;
        let (service, person, mut member) = house.team().await;
        let (_, send) = template(&house, service.id, Channel::Email).await;
        let check = upload(&mut member, &send, "march.csv", GOOD).await.path;
        let bulk = member.submit(&check, &[("when", "now")]).await.path.split('?').next().unwrap().to_owned();
        let working = house.work();
        let mut follower = member.clone();
        working.until(async || follower.get(&bulk).await.body.contains("Finished")).await;
        let batch = bulk.rsplit('/').next().unwrap();
        let reports = format!("/services/{}/reports", service.id);
        member.get(&bulk).await.expect(200, "Prepare a report");
        member.submit(&reports, &[("batch", batch), ("group", "delivered")]).await
            .expect(200, "The report is being prepared.").expect(200, "march.csv: delivered");
        working.until(async || follower.get(&reports).await.body.contains("Download until")).await;
        let letters = house.letters_to(&person.email_address).await;
        assert_eq!(letters.last().unwrap()["service"], "Permits");
        assert_eq!(house.link_to(&person.email_address).await, reports);
        let page = member.get(&reports).await;
        let file = page.between(&format!("{reports}/"), "\"").unwrap().to_owned();
        let file = format!("{reports}/{file}");
        let report = member.get(&file).await;
        assert!(report.body.starts_with("\u{FEFF}\"Row number\",\"Recipient\""), "{}", report.body);
        assert_eq!(report.body.matches("oor@example.gc.ca").count() + report.body.matches("OOR@").count(), 2);
        assert!(report.headers["content-disposition"].to_str().unwrap().contains("report-job-2026-11-21.csv"));
        // Nobody else of the team sees it.
        let colleague = house.person("lee@example.gc.ca").await;
        house.join(service.id, &colleague, Permissions::all()).await;
        let mut other = house.signed_in(&colleague).await;
        other.get(&reports).await.expect(200, "You have not asked for a report");
        other.get(&file).await.expect(404, "Page not found");
        working.end().await;
        house.clock.advance(TimeDelta::hours(73));
        let mut later = house.signed_in(&person).await;
        later.get(&reports).await.expect(200, "Deleted").expect_not("Download until");
        later.get(&file).await.expect(404, "Page not found");
    }

    async fn reports_are_for_those_who_see_activity_and_for_their_own_service(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        let reports = format!("/services/{}/reports", service.id);
        member.submit(&reports, &[("group", "failed")]).await.expect(422, "Choose what the report is about");
        member.submit(&reports, &[("channel", "sms"), ("group", "failed")]).await
            .expect(200, "Text messages: failed").expect(200, "Being prepared");
        member.get(&format!("{reports}?lang=fr")).await.expect(200, "En préparation");
        let sender = house.person("lee@example.gc.ca").await;
        house.join(service.id, &sender, [Permission::SendMessages].into_iter().collect()).await;
        let mut sending = house.signed_in(&sender).await;
        sending.get(&reports).await.expect(403, "do not have permission");
        sending.submit(&reports, &[("channel", "email")]).await.expect(403, "do not have permission");
        // Another service's bulk send and report are not there.
        let (_, send) = template(&house, service.id, Channel::Email).await;
        let check = upload(&mut member, &send, "march.csv", GOOD).await.path;
        let bulk = member.submit(&check, &[("when", "now")]).await.path.split('?').next().unwrap().to_owned();
        let other = house.service("Licences").await;
        house.join(other.id, &sender, Permissions::all()).await;
        let theirs = format!("/services/{}/reports", other.id);
        let batch = bulk.rsplit('/').next().unwrap();
        sending.submit(&theirs, &[("batch", batch)]).await.expect(404, "Page not found");
        sending.submit(&theirs, &[("batch", "nonsense")]).await.expect(404, "Page not found");
    }

    async fn ten_reports_an_hour_are_enough(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        let reports = format!("/services/{}/reports", service.id);
        for _ in 0..10 {
            member.submit(&reports, &[("channel", "email")]).await.expect(200, "The report is being prepared.");
        }
        member.submit(&reports, &[("channel", "email")]).await.expect(422, "ten reports within an hour");
    }
}
