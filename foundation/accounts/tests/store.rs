//! What the store of accounts promises on both engines.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use accounts::{
    Capabilities, Capability, KeyKind, ServiceId,
    api_key::{self, IssueError, NewKey},
    membership, organisation,
    person::{self, Details},
    service,
};
use audit::{Actor, Filter, Stamp};
use chrono::TimeDelta;
use kernel::Language;
use sea_orm_migration::{MigrationTrait, MigratorTrait};

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        audit::migrations().into_iter().chain(accounts::migrations()).collect()
    }
}

fn stamp() -> Stamp {
    Stamp { actor: Actor::Operator("sam".to_owned()), at: testkit::clock().now() }
}

fn later(stamp: &Stamp, seconds: i64) -> Stamp {
    Stamp { actor: stamp.actor.clone(), at: stamp.at + TimeDelta::seconds(seconds) }
}

fn new_key(name: &str) -> NewKey {
    NewKey { name: name.to_owned(), kind: KeyKind::Normal, capabilities: Capabilities::default() }
}

fn somebody(address: &str, mobile: Option<&str>) -> Details {
    Details {
        name: "Noor".to_owned(),
        email_address: address.to_owned(),
        mobile_number: mobile.map(str::to_owned),
        language: Language::French,
    }
}

async fn actions(db: &db::Db, service: ServiceId) -> Vec<String> {
    let of_service = Filter { service: Some(service.uuid()), ..Filter::default() };
    let mut records = audit::page(db.read(), &of_service, None, 100).await.unwrap();
    records.sort_by_key(|record| record.at);
    records.into_iter().map(|record| record.action).collect()
}

testkit::on_each_engine! { Migrator;
    async fn a_service_goes_through_its_states_and_each_step_is_recorded(test) {
        let start = stamp();
        let tx = test.db.begin().await.unwrap();
        let agency = organisation::create(&tx, &start, "Agency").await.unwrap();
        let made = service::create(&tx, &start, "Permits", Some(agency.id)).await.unwrap();
        assert!(made.trial && !made.is_suspended() && !made.is_archived());
        let id = made.id;
        assert!(!service::go_live(&tx, &later(&start, 1), id).await.unwrap().trial);
        assert!(service::suspend(&tx, &later(&start, 2), id).await.unwrap().is_suspended());
        assert!(!service::resume(&tx, &later(&start, 3), id).await.unwrap().is_suspended());
        service::rename(&tx, &later(&start, 4), id, "Permis").await.unwrap();
        tx.commit().await.unwrap();

        let kept = service::get(test.db.read(), id).await.unwrap();
        assert_eq!((kept.name.as_str(), kept.organisation_id), ("Permis", Some(agency.id)));
        assert_eq!(service::by_name(test.db.read(), "Permis").await.unwrap(), Some(kept));
        assert_eq!(
            actions(&test.db, id).await,
            ["service.create", "service.go-live", "service.suspend", "service.resume", "service.rename"]
        );
    }

    async fn archiving_revokes_the_keys_and_frees_the_name(test) {
        let (start, vault) = (stamp(), testkit::vault());
        let tx = test.db.begin().await.unwrap();
        let old = service::create(&tx, &start, "Permits", None).await.unwrap();
        api_key::issue(&tx, &vault, &start, old.id, &new_key("a")).await.unwrap();
        api_key::issue(&tx, &vault, &start, old.id, &new_key("b")).await.unwrap();
        let gone = service::archive(&tx, &later(&start, 60), old.id).await.unwrap();
        assert_eq!(gone.name, "_archived_2026-11-21_12:01:00_Permits");
        let keys = api_key::list(&tx, old.id).await.unwrap();
        assert!(keys.len() == 2 && keys.iter().all(|key| key.revoked_at == gone.archived_at));
        service::create(&tx, &start, "Permits", None).await.unwrap();
    }

    async fn names_and_addresses_are_taken_once(test) {
        let (start, vault) = (stamp(), testkit::vault());
        let refused = |error: db::Error, rule: &str| assert!(error.is_conflict(rule), "{error:?}");

        let tx = test.db.begin().await.unwrap();
        service::create(&tx, &start, "Permits", None).await.unwrap();
        refused(service::create(&tx, &start, "Permits", None).await.unwrap_err(), "uq_service_name");
        drop(tx);
        let tx = test.db.begin().await.unwrap();
        organisation::create(&tx, &start, "Agency").await.unwrap();
        refused(organisation::create(&tx, &start, "Agency").await.unwrap_err(), "uq_organisation_name");
        drop(tx);
        let tx = test.db.begin().await.unwrap();
        person::create(&tx, &start, &somebody("Noor@example.ca", None)).await.unwrap();
        refused(person::create(&tx, &start, &somebody("noor@EXAMPLE.ca", None)).await.unwrap_err(), "uq_person_email_address");
        drop(tx);
        let tx = test.db.begin().await.unwrap();
        let permits = service::create(&tx, &start, "Permits", None).await.unwrap();
        api_key::issue(&tx, &vault, &start, permits.id, &new_key("web")).await.unwrap();
        let taken = api_key::issue(&tx, &vault, &start, permits.id, &new_key("web")).await.unwrap_err();
        let IssueError::Store(taken) = taken else { panic!("{taken:?}") };
        refused(taken, "uq_api_key_service_id_name");
    }

    async fn a_key_is_shown_once_and_kept_sealed(test) {
        let (start, vault) = (stamp(), testkit::vault());
        let tx = test.db.begin().await.unwrap();
        let permits = service::create(&tx, &start, "Permits", None).await.unwrap();
        let wanted = NewKey { capabilities: [Capability::ManageTemplates].into_iter().collect(), ..new_key("web site") };
        let issued = api_key::issue(&tx, &vault, &start, permits.id, &wanted).await.unwrap();
        tx.commit().await.unwrap();

        let secret = issued.secret.expose();
        assert_eq!(secret.parse::<uuid::Uuid>().unwrap().get_version_num(), 4);
        assert_eq!(issued.full.expose(), format!("gcntfy-web site-{}-{secret}", permits.id));
        let kept = api_key::find(test.db.read(), permits.id, issued.id).await.unwrap().unwrap();
        assert!(kept.capabilities.has(Capability::ManageTemplates));
        assert!(!kept.capabilities.has(Capability::ManageReports));
        assert_eq!(vault.open(kept.id.uuid().as_bytes(), &kept.secret_sealed).unwrap(), secret.as_bytes());
        let shows = |bytes: &[u8]| bytes.windows(8).any(|part| part == &secret.as_bytes()[..8]);
        assert!(!shows(&kept.secret_sealed) && !shows(&kept.secret_fingerprint));
    }

    async fn a_revoked_key_stays_listed_and_its_name_is_free(test) {
        let (start, vault) = (stamp(), testkit::vault());
        let tx = test.db.begin().await.unwrap();
        let permits = service::create(&tx, &start, "Permits", None).await.unwrap();
        let other = service::create(&tx, &start, "Other", None).await.unwrap();
        let first = api_key::issue(&tx, &vault, &start, permits.id, &new_key("web")).await.unwrap();
        assert!(matches!(api_key::revoke(&tx, &start, other.id, first.id).await, Err(db::Error::Missing)));
        assert!(api_key::revoke(&tx, &later(&start, 1), permits.id, first.id).await.unwrap());
        assert!(!api_key::revoke(&tx, &later(&start, 2), permits.id, first.id).await.unwrap());
        let second = api_key::issue(&tx, &vault, &later(&start, 3), permits.id, &new_key("web")).await.unwrap();
        let listed: Vec<_> = api_key::list(&tx, permits.id).await.unwrap().into_iter().map(|key| (key.id, key.revoked_at)).collect();
        assert_eq!(listed, [(first.id, Some(later(&start, 1).at)), (second.id, None)]);
        assert_eq!(api_key::by_name(&tx, permits.id, "web").await.unwrap().unwrap().id, second.id);
        let newest = api_key::page(&tx, permits.id, None, 1).await.unwrap();
        let before = api_key::page(&tx, permits.id, Some(newest[0].id), 1).await.unwrap();
        assert_eq!([newest[0].id, before[0].id], [second.id, first.id]);
    }

    async fn a_team_is_its_people_and_can_be_reached(test) {
        let start = stamp();
        let tx = test.db.begin().await.unwrap();
        let permits = service::create(&tx, &start, "Permits", None).await.unwrap();
        let other = service::create(&tx, &start, "Other", None).await.unwrap();
        let noor = person::create(&tx, &start, &somebody("Noor@Example.ca", Some("+16135550123"))).await.unwrap();
        let kim = person::create(&tx, &later(&start, 1), &somebody("kim@example.ca", None)).await.unwrap();
        for person in [noor.id, kim.id] {
            assert!(membership::add(&tx, &start, permits.id, person).await.unwrap());
        }
        assert!(!membership::add(&tx, &start, permits.id, noor.id).await.unwrap());
        membership::add(&tx, &start, other.id, kim.id).await.unwrap();
        let contacts = membership::contacts(&tx, permits.id).await.unwrap();
        assert_eq!(contacts.emails, ["noor@example.ca", "kim@example.ca"]);
        assert_eq!(contacts.phones, ["+16135550123"]);
        assert!(membership::remove(&tx, &start, permits.id, noor.id).await.unwrap());
        assert!(!membership::remove(&tx, &start, permits.id, noor.id).await.unwrap());
        assert_eq!(membership::contacts(&tx, permits.id).await.unwrap().emails, ["kim@example.ca"]);
        assert_eq!(person::find_by_email(&tx, "KIM@example.ca").await.unwrap().unwrap().id, kim.id);
    }
}
