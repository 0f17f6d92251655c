use audit::Stamp;
use chrono::TimeDelta;
use kernel::Id;
use notify::{Channel, Lane};
use notify_store::{
    template::{self, Change, NewTemplate},
    template_category, template_version,
};

use crate::sample::Migrator;

fn wanted(name: &str, channel: Channel) -> NewTemplate {
    NewTemplate {
        channel,
        name: name.to_owned(),
        subject: Some("Hello ((name))".to_owned()),
        body: "Dear ((name))".to_owned(),
        category_id: None,
        folder_id: None,
        lane: None,
        language: "en".to_owned(),
        right_to_left: false,
    }
}

fn body(text: &str) -> Change {
    Change { body: Some(text.to_owned()), ..Change::default() }
}

testkit::on_each_engine! { Migrator;
    async fn every_change_of_content_is_a_version_and_an_unchanged_update_is_none(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let later = Stamp::system(stamp.at + TimeDelta::seconds(5));
        let service = Id::new(stamp.at);
        let tx = test.db.begin().await.unwrap();
        let made = template::create(&tx, &stamp, service, "noor@example.ca", wanted("Permit", Channel::Email)).await.unwrap();
        let id = (service, made.head.id);
        assert_eq!((made.head.version, made.head.updated_at), (1, None));
        let same = template::change(&tx, &later, id, "kim@example.ca", &body("Dear ((name))")).await.unwrap();
        assert_eq!(same, made);
        let second = template::change(&tx, &later, id, "kim@example.ca", &body("Hi ((name))")).await.unwrap();
        assert_eq!((second.head.version, second.head.updated_at), (2, Some(later.at)));
        assert_eq!((second.text.created_by.as_str(), second.text.created_at), ("kim@example.ca", later.at));
        tx.commit().await.unwrap();

        let kept = template::current(test.db.read(), service, made.head.id).await.unwrap().unwrap();
        assert_eq!(kept, second);
        let first = template_version::find(test.db.read(), service, made.head.id, 1).await.unwrap();
        assert_eq!(first, Some(made.text));
        let numbers: Vec<_> = template_version::list(test.db.read(), service, made.head.id).await.unwrap()
            .into_iter().map(|text| text.version).collect();
        assert_eq!(numbers, [2, 1]);
    }

    async fn a_move_to_a_folder_is_no_version_and_a_change_of_category_is_one(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let service = Id::new(stamp.at);
        let tx = test.db.begin().await.unwrap();
        let made = template::create(&tx, &stamp, service, "a@b.ca", wanted("Permit", Channel::Sms)).await.unwrap();
        assert_eq!(made.text.subject, None, "a text has no subject");
        let id = (service, made.head.id);
        let folder = Id::new(stamp.at);
        let moved = Change { folder_id: Some(Some(folder)), ..Change::default() };
        let moved = template::change(&tx, &stamp, id, "a@b.ca", &moved).await.unwrap();
        assert_eq!((moved.head.version, moved.head.folder_id), (1, Some(folder)));
        let category = template_category::by_name(&tx, "Alerts").await.unwrap().unwrap();
        let sorted = Change { category_id: Some(category.id), ..Change::default() };
        let sorted = template::change(&tx, &stamp, id, "a@b.ca", &sorted).await.unwrap();
        assert_eq!((sorted.head.version, sorted.head.category_id), (2, Some(category.id)));
        let top = Change { folder_id: Some(None), ..Change::default() };
        assert_eq!(template::change(&tx, &stamp, id, "a@b.ca", &top).await.unwrap().head.folder_id, None);
    }

    async fn an_archived_template_is_kept_and_no_longer_listed(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let (service, other) = (Id::new(stamp.at), Id::new(stamp.at));
        let tx = test.db.begin().await.unwrap();
        let permit = template::create(&tx, &stamp, service, "a@b.ca", wanted("Permit", Channel::Sms)).await.unwrap();
        let mail = template::create(&tx, &stamp, service, "a@b.ca", wanted("Permit", Channel::Email)).await.unwrap();
        let early = template::create(&tx, &stamp, service, "a@b.ca", wanted("Appeal", Channel::Sms)).await.unwrap();
        template::create(&tx, &stamp, other, "a@b.ca", wanted("Permit", Channel::Sms)).await.unwrap();
        let listed = template::list(&tx, service, None).await.unwrap();
        assert_eq!(listed, [early.clone(), mail.clone(), permit.clone()]);
        assert_eq!(template::list(&tx, service, Some(Channel::Email)).await.unwrap(), std::slice::from_ref(&mail));
        let gone = template::archive(&tx, &stamp, (service, permit.head.id), "a@b.ca").await.unwrap();
        assert_eq!((gone.head.version, gone.head.archived_at), (2, Some(stamp.at)));
        assert_eq!(template::archive(&tx, &stamp, (service, permit.head.id), "a@b.ca").await.unwrap(), gone);
        assert_eq!(template::list(&tx, service, None).await.unwrap(), [early, mail]);
        assert_eq!(template::current(&tx, service, permit.head.id).await.unwrap(), Some(gone));
        assert_eq!(template::by_name(&tx, service, "Permit").await.unwrap().len(), 1);
    }

    async fn another_service_sees_and_changes_nothing(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let (service, other) = (Id::new(stamp.at), Id::new(stamp.at));
        let tx = test.db.begin().await.unwrap();
        let id = template::create(&tx, &stamp, service, "a@b.ca", wanted("Permit", Channel::Sms)).await.unwrap().head.id;
        assert_eq!(template::current(&tx, other, id).await.unwrap(), None);
        assert!(template_version::list(&tx, other, id).await.unwrap().is_empty());
        let changed = template::change(&tx, &stamp, (other, id), "x@y.ca", &body("mine")).await;
        assert!(matches!(changed, Err(db::Error::Missing)));
        assert!(matches!(template::archive(&tx, &stamp, (other, id), "x@y.ca").await, Err(db::Error::Missing)));
    }

    async fn categories_stand_ready_in_both_languages(test) {
        let all = template_category::list(test.db.read()).await.unwrap();
        let names: Vec<_> = all.iter().map(|category| category.name_en.as_str()).collect();
        assert_eq!(names, ["Alerts", "Newsletters", "Other", "Reminders", "Sign-in codes", "Status updates"]);
        assert_eq!((all[4].name_fr.as_str(), all[4].lane(Channel::Sms)), ("Codes de connexion", Lane::Priority));
        assert_eq!(template_category::find(test.db.read(), all[0].id).await.unwrap().as_ref(), Some(&all[0]));
    }
}
