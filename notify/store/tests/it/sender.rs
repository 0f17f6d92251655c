use std::collections::BTreeSet;

use audit::Stamp;
use kernel::{EmailAddress, Id, Secret};
use notify::{Channel, Permission, callback::Kind};
use notify_store::{
    callback::{self, Target},
    reply_to, safelist,
    setting::{self, Limits},
    sms_sender::{self, NewSender},
};

use crate::sample::Migrator;

fn sender(sender: &str, is_default: bool, receives: bool) -> NewSender {
    NewSender { sender: sender.to_owned(), is_default, receives }
}

testkit::on_each_engine! { Migrator;
    async fn settings_begin_as_a_trials_and_change_one_by_one(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let service = Id::new(stamp.at);
        let tx = test.db.begin().await.unwrap();
        let made = setting::create(&tx, &stamp, service, "permits").await.unwrap();
        assert_eq!(made.limits(), Limits::TRIAL);
        assert!(made.may(Permission::Sms) && !made.may(Permission::InboundSms));
        let change = setting::Change {
            sending_domain: Some(Some("mail.example.ca".to_owned())),
            permissions: Some(BTreeSet::from([Permission::Email, Permission::InboundSms])),
            limits: Some(Limits { rate: 7, ..Limits::LIVE }),
            ..setting::Change::default()
        };
        let changed = setting::change(&tx, &stamp, service, &change).await.unwrap();
        assert_eq!((changed.email_from.as_str(), changed.permissions.as_str()), ("permits", "email,inbound_sms"));
        assert_eq!(setting::get(&tx, service).await.unwrap(), changed);
        assert_eq!(changed.limits(), Limits { rate: 7, ..Limits::LIVE });
        let other = setting::create(&tx, &stamp, Id::new(stamp.at), "permits").await.unwrap_err();
        assert!(other.is_conflict("uq_setting_email_from"), "{other:?}");
    }

    async fn one_reply_address_is_the_default_while_there_is_any(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let (service, other) = (Id::new(stamp.at), Id::new(stamp.at));
        let address = |text: &str| EmailAddress::parse(text).unwrap();
        let tx = test.db.begin().await.unwrap();
        let first = reply_to::add(&tx, &stamp, service, &address("A@b.ca"), false).await.unwrap();
        assert!(first.is_default && first.email_address == "a@b.ca");
        let second = reply_to::add(&tx, &stamp, service, &address("c@d.ca"), true).await.unwrap();
        assert_eq!(reply_to::default(&tx, service).await.unwrap().unwrap().id, second.id);
        let taken = reply_to::add(&tx, &stamp, service, &address("a@B.ca"), false).await;
        assert!(matches!(taken, Err(reply_to::Refusal::Taken)));
        let default = reply_to::remove(&tx, &stamp, service, second.id).await;
        assert!(matches!(default, Err(reply_to::Refusal::IsDefault)));
        reply_to::make_default(&tx, &stamp, service, first.id).await.unwrap();
        reply_to::remove(&tx, &stamp, service, second.id).await.unwrap();
        assert_eq!(reply_to::find(&tx, service, second.id).await.unwrap(), None);
        assert_eq!(reply_to::find(&tx, other, first.id).await.unwrap(), None);
        reply_to::remove(&tx, &stamp, service, first.id).await.unwrap();
        assert!(reply_to::list(&tx, service).await.unwrap().is_empty());
    }

    async fn a_number_receives_for_one_service_only(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let (service, other) = (Id::new(stamp.at), Id::new(stamp.at));
        let tx = test.db.begin().await.unwrap();
        let name = sms_sender::add(&tx, &stamp, service, &sender("PERMITS", false, false)).await.unwrap();
        let number = sms_sender::add(&tx, &stamp, service, &sender("+16135550100", false, true)).await.unwrap();
        assert!(name.is_default && !number.is_default);
        let taken = sms_sender::add(&tx, &stamp, other, &sender("+16135550100", true, true)).await;
        assert!(matches!(taken, Err(sms_sender::Refusal::Receives)));
        sms_sender::add(&tx, &stamp, other, &sender("PERMITS", true, false)).await.unwrap();
        let whose = sms_sender::receiving(&tx, "+16135550100").await.unwrap().unwrap();
        assert_eq!((whose.service_id, whose.id), (service, number.id));
        assert_eq!(sms_sender::receiving(&tx, "PERMITS").await.unwrap(), None);
        sms_sender::make_default(&tx, &stamp, service, number.id).await.unwrap();
        sms_sender::remove(&tx, &stamp, service, name.id).await.unwrap();
        assert_eq!(sms_sender::default(&tx, service).await.unwrap().unwrap().id, number.id);
        assert_eq!(sms_sender::find(&tx, other, number.id).await.unwrap(), None);
        sms_sender::remove(&tx, &stamp, service, number.id).await.unwrap();
        assert_eq!(sms_sender::receiving(&tx, "+16135550100").await.unwrap(), None);
    }

    async fn a_safelist_is_its_services_own(test) {
        let stamp = Stamp::system(testkit::clock().now());
        let (service, other) = (Id::new(stamp.at), Id::new(stamp.at));
        let noor = (Channel::Email, "noor@example.ca");
        let tx = test.db.begin().await.unwrap();
        assert!(safelist::add(&tx, &stamp, service, noor).await.unwrap());
        assert!(!safelist::add(&tx, &stamp, service, noor).await.unwrap());
        assert!(safelist::contains(&tx, service, noor).await.unwrap());
        assert!(!safelist::contains(&tx, other, noor).await.unwrap());
        assert!(!safelist::remove(&tx, &stamp, other, noor).await.unwrap());
        assert!(safelist::remove(&tx, &stamp, service, noor).await.unwrap());
        assert!(safelist::list(&tx, service).await.unwrap().is_empty());
    }

    async fn a_call_backs_secrets_are_sealed_and_its_signing_secret_stays(test) {
        let (stamp, vault) = (Stamp::system(testkit::clock().now()), testkit::vault());
        let service = Id::new(stamp.at);
        let (one, two) = (Secret::new("token number one"), Secret::new("token number two"));
        let at_a = Target { kind: Kind::Delivery, url: "https://a.example/cb", token: &one };
        let at_b = Target { kind: Kind::Delivery, url: "https://b.example/cb", token: &two };
        let tx = test.db.begin().await.unwrap();
        let first = callback::set(&tx, &vault, &stamp, service, &at_a).await.unwrap();
        let before = first.secrets(&vault).unwrap();
        assert_eq!(before.token.expose(), "token number one");
        assert_eq!(before.signing.expose().len(), 64);
        callback::suspend(&tx, &stamp, service, Kind::Delivery, true).await.unwrap();
        let second = callback::set(&tx, &vault, &stamp, service, &at_b).await.unwrap();
        let after = second.secrets(&vault).unwrap();
        assert_eq!((second.id, second.url.as_str(), second.suspended_at), (first.id, "https://b.example/cb", None));
        assert_eq!((after.token.expose(), after.signing.expose()), ("token number two", before.signing.expose()));
        assert_eq!(callback::find(&tx, service, Kind::Received).await.unwrap(), None);
        assert_eq!(callback::list(&tx, Id::new(stamp.at)).await.unwrap(), []);
        assert!(callback::remove(&tx, &stamp, service, Kind::Delivery).await.unwrap());
        assert!(!callback::remove(&tx, &stamp, service, Kind::Delivery).await.unwrap());
    }
}
