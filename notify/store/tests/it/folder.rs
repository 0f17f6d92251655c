use audit::Stamp;
use kernel::Id;
use notify::Channel;
use notify_store::{
    template::{self, NewTemplate},
    template_folder::{self, Change, Refusal},
};

use crate::sample::Migrator;

testkit::on_each_engine! { Migrator;
    async fn a_folder_never_lies_in_itself(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let service = Id::new(stamp.at);
        let tx = test.db.begin().await.unwrap();
        let top = template_folder::create(&tx, &stamp, service, " Permits ", None).await.unwrap();
        assert_eq!(top.name, "Permits");
        let inner = template_folder::create(&tx, &stamp, service, "Old", Some(top.id)).await.unwrap();
        let into = |parent| Change { parent_id: Some(parent), ..Change::default() };
        let to = template_folder::change(&tx, &stamp, service, top.id, &into(Some(top.id))).await;
        assert!(matches!(to, Err(Refusal::IntoItself)));
        let to = template_folder::change(&tx, &stamp, service, top.id, &into(Some(inner.id))).await;
        assert!(matches!(to, Err(Refusal::IntoSubfolder)));
        let to = template_folder::change(&tx, &stamp, service, top.id, &into(Some(Id::new(stamp.at)))).await;
        assert!(matches!(to, Err(Refusal::NoParent)));
        let moved = template_folder::change(&tx, &stamp, service, inner.id, &into(None)).await.unwrap();
        assert_eq!(moved.parent_id, None);
        let unnamed = Change { name: Some("  ".to_owned()), ..Change::default() };
        let unnamed = template_folder::change(&tx, &stamp, service, inner.id, &unnamed).await;
        assert!(matches!(unnamed, Err(Refusal::NoName)));
    }

    async fn only_an_empty_folder_of_ones_own_can_be_removed(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let (service, other) = (Id::new(stamp.at), Id::new(stamp.at));
        let tx = test.db.begin().await.unwrap();
        let top = template_folder::create(&tx, &stamp, service, "Permits", None).await.unwrap();
        let inner = template_folder::create(&tx, &stamp, service, "Old", Some(top.id)).await.unwrap();
        assert!(matches!(template_folder::remove(&tx, &stamp, service, top.id).await, Err(Refusal::NotEmpty)));
        assert!(matches!(template_folder::remove(&tx, &stamp, other, inner.id).await, Err(Refusal::Missing)));
        assert!(matches!(template_folder::create(&tx, &stamp, other, "x", Some(top.id)).await, Err(Refusal::NoParent)));
        let wanted = NewTemplate {
            channel: Channel::Sms, name: "n".into(), subject: None, body: "b".into(), category_id: None,
            folder_id: Some(inner.id), lane: None, language: "en".into(), right_to_left: false,
        };
        let held = template::create(&tx, &stamp, service, "a@b.ca", wanted).await.unwrap();
        assert!(matches!(template_folder::remove(&tx, &stamp, service, inner.id).await, Err(Refusal::NotEmpty)));
        template::archive(&tx, &stamp, (service, held.head.id), "a@b.ca").await.unwrap();
        assert_eq!(template_folder::remove(&tx, &stamp, service, inner.id).await.unwrap(), inner);
        assert_eq!(template_folder::list(&tx, service).await.unwrap(), std::slice::from_ref(&top));
        assert_eq!(template_folder::find(&tx, other, top.id).await.unwrap(), None);
    }
}
