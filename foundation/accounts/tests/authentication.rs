//! Every row of the tables in sections 1.5 and 1.6 of the API specification, and its vectors 1 to 8
//! and 52, on both engines. The tokens are made by another implementation than the one that reads them.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::sync::Arc;

use accounts::{
    ApiKeyId, Capabilities, Directory, Issued, KeyKind, Refused, ServiceId,
    api_key::{self, NewKey},
    service,
};
use audit::Stamp;
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use kernel::{Clock, Vault};
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use serde_json::{Value, json};
use testkit::TestDatabase;

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        audit::migrations().into_iter().chain(accounts::migrations()).collect()
    }
}

/// A service with one key, and the directory that shall know it.
struct House {
    test: TestDatabase,
    vault: Arc<Vault>,
    clock: Clock,
    directory: Directory,
    service: ServiceId,
    key: Issued,
}

impl House {
    async fn new(test: TestDatabase) -> Self {
        let (vault, clock) = (Arc::new(testkit::vault()), testkit::clock());
        let stamp = Stamp::system(clock.now());
        let tx = test.db.begin().await.unwrap();
        let service = service::create(&tx, &stamp, "Permits", None).await.unwrap().id;
        let key = api_key::issue(&tx, &vault, &stamp, service, &new_key("web")).await.unwrap();
        tx.commit().await.unwrap();
        let directory = Directory::new(test.db.clone(), Arc::clone(&vault), clock.clone());
        Self { test, vault, clock, directory, service, key }
    }

    fn stamp(&self) -> Stamp {
        Stamp::system(self.clock.now())
    }

    async fn another_service(&self, name: &str) -> ServiceId {
        let tx = self.test.db.begin().await.unwrap();
        let made = service::create(&tx, &self.stamp(), name, None).await.unwrap();
        tx.commit().await.unwrap();
        made.id
    }

    async fn issue(&self, service: ServiceId, name: &str) -> Issued {
        let tx = self.test.db.begin().await.unwrap();
        let stamp = self.stamp();
        let issued = api_key::issue(&tx, &self.vault, &stamp, service, &new_key(name)).await;
        tx.commit().await.unwrap();
        issued.unwrap()
    }

    async fn revoke(&self, key: ApiKeyId) {
        let tx = self.test.db.begin().await.unwrap();
        api_key::revoke(&tx, &self.stamp(), self.service, key).await.unwrap();
        tx.commit().await.unwrap();
        self.directory.invalidate(self.service).await;
    }

    async fn suspend(&self) {
        let tx = self.test.db.begin().await.unwrap();
        service::suspend(&tx, &self.stamp(), self.service).await.unwrap();
        tx.commit().await.unwrap();
        self.directory.invalidate(self.service).await;
    }

    async fn archive(&self) {
        let tx = self.test.db.begin().await.unwrap();
        service::archive(&tx, &self.stamp(), self.service).await.unwrap();
        tx.commit().await.unwrap();
        self.directory.invalidate(self.service).await;
    }

    /// A token as the published clients make it, with `iat` so many seconds off.
    fn token(&self, offset: i64) -> String {
        let issued = self.clock.now().timestamp() + offset;
        self.signed(&json!({"iss": self.service, "iat": issued}))
    }

    fn signed(&self, claims: &Value) -> String {
        signed(claims, self.key.secret.expose())
    }

    async fn bearer(&self, token: &str) -> Result<accounts::Caller, Refused> {
        self.directory.authenticate(Some(&format!("Bearer {token}"))).await
    }

    async fn api_key(&self, key: &str) -> Result<accounts::Caller, Refused> {
        self.directory.authenticate(Some(&format!("ApiKey-v1 {key}"))).await
    }

    fn now(&self) -> i64 {
        self.clock.now().timestamp()
    }
}

fn new_key(name: &str) -> NewKey {
    NewKey { name: name.to_owned(), kind: KeyKind::Team, capabilities: Capabilities::default() }
}

fn signed(claims: &Value, secret: &str) -> String {
    encode(&Header::default(), claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
}

macro_rules! refused {
    ($call:expr, $variant:ident) => {
        let answer = $call.await;
        assert!(
            matches!(answer, Err(Refused::$variant)),
            "{answer:?} is not {}",
            stringify!($variant)
        );
    };
}

testkit::on_each_engine! { Migrator;
    async fn a_good_token_and_a_full_key_prove_the_same_caller(test) {
        let house = House::new(test).await;
        let by_token = house.bearer(&house.token(0)).await.unwrap();
        let by_key = house.api_key(house.key.full.expose()).await.unwrap();
        for caller in [by_token, by_key] {
            assert_eq!((caller.key, caller.service.id), (house.key.id, house.service));
            assert_eq!((caller.kind, &*caller.key_name), (KeyKind::Team, "web"));
        }
    }

    async fn without_a_header_or_with_a_strange_scheme_nobody_is_told(test) {
        let house = House::new(test).await;
        refused!(house.directory.authenticate(None), NoHeader);
        refused!(house.directory.authenticate(Some("")), NoHeader);
        refused!(house.directory.authenticate(Some("Basic dXNlcjpwYXNz")), UnknownScheme);
        refused!(house.directory.authenticate(Some(house.key.full.expose())), UnknownScheme);
        let shouted = format!("BEARER   {}  ", house.token(0));
        assert!(house.directory.authenticate(Some(&shouted)).await.is_ok());
        let shouted = format!("APIKEY-V1 {}", house.key.full.expose());
        assert!(house.directory.authenticate(Some(&shouted)).await.is_ok());
    }

    async fn a_token_that_is_none_is_refused(test) {
        let house = House::new(test).await;
        let whole = house.token(0);
        let (_, cut) = whole.split_once('.').unwrap();
        for token in ["", "x", "a.b", "..", "a.b.c", cut, "W10.W10.W10", "bnVsbA.e30.e30"] {
            refused!(house.bearer(token), Undecodable);
        }
        refused!(house.bearer(house.key.full.expose()), Undecodable);
    }

    async fn the_issuer_must_be_the_id_of_a_service_with_keys(test) {
        let house = House::new(test).await;
        let iat = house.now();
        refused!(house.bearer(&house.signed(&json!({"iat": iat}))), NoIssuer);
        for issuer in [json!("Permits"), json!(""), json!(7), json!(null)] {
            refused!(house.bearer(&house.signed(&json!({"iss": issuer, "iat": iat}))), BadIssuer);
        }
        let nobody = ServiceId::new(house.clock.now());
        refused!(house.bearer(&house.signed(&json!({"iss": nobody, "iat": iat}))), UnknownService);
        let keyless = house.another_service("Keyless").await;
        refused!(house.bearer(&house.signed(&json!({"iss": keyless, "iat": iat}))), NoKeys);
        let loud = house.service.to_string().to_uppercase();
        assert!(house.bearer(&house.signed(&json!({"iss": loud, "iat": iat}))).await.is_ok());
    }

    async fn a_signature_by_another_key_is_refused(test) {
        let house = House::new(test).await;
        let other = house.another_service("Other").await;
        let foreign = house.issue(other, "web").await;
        let claims = json!({"iss": house.service, "iat": house.now()});
        refused!(house.bearer(&signed(&claims, foreign.secret.expose())), UnknownSignature);
        refused!(house.bearer(&signed(&claims, house.key.full.expose())), UnknownSignature);
        let good = house.token(0);
        let unsigned = good.rsplit_once('.').unwrap().0;
        refused!(house.bearer(&format!("{unsigned}.")), UnknownSignature);
    }

    async fn only_hs256_is_believed_and_only_after_the_service_is_known(test) {
        let house = House::new(test).await;
        let claims = json!({"iss": house.service, "iat": house.now()});
        let secret = EncodingKey::from_secret(house.key.secret.expose().as_bytes());
        let strong = encode(&Header::new(Algorithm::HS512), &claims, &secret).unwrap();
        refused!(house.bearer(&strong), WrongAlgorithm);
        let good = house.signed(&claims);
        let rest = good.split_once('.').unwrap().1;
        // {"alg":"none"}, {"typ":"JWT"} and {"alg":"hs256"}
        for header in ["eyJhbGciOiJub25lIn0", "eyJ0eXAiOiJKV1QifQ", "eyJhbGciOiJoczI1NiJ9"] {
            refused!(house.bearer(&format!("{header}.{rest}")), WrongAlgorithm);
        }
        let nobody = json!({"iss": ServiceId::new(house.clock.now()), "iat": house.now()});
        let strong = encode(&Header::new(Algorithm::HS512), &nobody, &secret).unwrap();
        refused!(house.bearer(&strong), UnknownService);
    }

    async fn the_clock_may_be_off_by_thirty_seconds_and_no_more(test) {
        let house = House::new(test).await;
        house.clock.advance(TimeDelta::milliseconds(900));
        for offset in [-30, -1, 0, 20, 30] {
            assert!(house.bearer(&house.token(offset)).await.is_ok(), "{offset}");
        }
        for offset in [-60, -31, 31, 3600] {
            refused!(house.bearer(&house.token(offset)), Clock);
        }
        let at = |iat: Value| house.signed(&json!({"iss": house.service, "iat": iat}));
        let now = house.now() as f64;
        assert!(house.bearer(&at(json!(now - 29.5))).await.is_ok());
        refused!(house.bearer(&at(json!(now - 30.5))), Clock);
        for bad in [json!("now"), json!(null), json!(true), json!([])] {
            refused!(house.bearer(&at(bad)), Clock);
        }
        refused!(house.bearer(&house.signed(&json!({"iss": house.service}))), NoIssuedAt);
    }

    async fn further_claims_are_refused_when_they_speak_against_the_token(test) {
        let house = House::new(test).await;
        let with = |name: &str, value: Value| {
            let mut claims = json!({"iss": house.service, "iat": house.now(), "jti": "kept"});
            claims[name] = value;
            house.signed(&claims)
        };
        let now = house.now();
        refused!(house.bearer(&with("nbf", json!(now + 60))), Clock);
        refused!(house.bearer(&with("nbf", json!("soon"))), Clock);
        refused!(house.bearer(&with("exp", json!(now - 1))), BadClaims);
        refused!(house.bearer(&with("exp", json!("never"))), BadClaims);
        refused!(house.bearer(&with("aud", json!("notify"))), BadClaims);
        refused!(house.bearer(&with("aud", json!(["a", "b"]))), BadClaims);
        for (name, value) in [("nbf", json!(now)), ("exp", json!(now + 60)), ("aud", json!(null))] {
            assert!(house.bearer(&with(name, value)).await.is_ok(), "{name}");
        }
    }

    async fn a_revoked_key_is_named_so_under_both_schemes_and_only_with_a_good_clock(test) {
        let house = House::new(test).await;
        house.revoke(house.key.id).await;
        refused!(house.bearer(&house.token(0)), Revoked);
        refused!(house.bearer(&house.token(-60)), Clock);
        refused!(house.api_key(house.key.full.expose()), Revoked);
        let next = house.issue(house.service, "web").await;
        assert_eq!(house.api_key(next.full.expose()).await.unwrap().key, next.id);
        refused!(house.bearer(&house.token(0)), Revoked);
    }

    async fn a_suspended_service_is_known_and_an_archived_one_refused_under_both_schemes(test) {
        let house = House::new(test).await;
        house.suspend().await;
        assert!(house.bearer(&house.token(0)).await.unwrap().service.is_suspended());
        assert!(house.api_key(house.key.full.expose()).await.unwrap().service.is_suspended());
        house.archive().await;
        refused!(house.bearer(&house.token(0)), Archived);
        refused!(house.bearer(&signed(&json!({"iss": house.service}), "wrong")), Archived);
        refused!(house.api_key(house.key.full.expose()), Archived);
    }

    async fn a_key_must_be_whole_and_name_its_own_service(test) {
        let house = House::new(test).await;
        let secret = house.key.secret.expose();
        refused!(house.api_key(secret), IncompleteKey);
        refused!(house.api_key(&format!("web-{}-{secret}", house.service)), IncompleteKey);
        refused!(house.api_key(&format!("gcntfy-{secret}")), IncompleteKey);
        refused!(house.api_key(&format!("gcntfy-{}", &secret[1..])), UnknownKey);
        let other = house.another_service("Other").await;
        refused!(house.api_key(&format!("gcntfy-web-{other}-{secret}")), IncompleteKey);
        let guessed = "00000000-0000-4000-8000-000000000000";
        refused!(house.api_key(&format!("gcntfy-web-{}-{guessed}", house.service)), UnknownKey);
        refused!(house.api_key("gcntfy-"), UnknownKey);
        refused!(house.api_key(&format!("gcntfy-web-{}-{}", house.service, secret.to_uppercase())), UnknownKey);
        assert!(house.api_key(&format!("gcntfy-é any name-{}-{secret}", house.service)).await.is_ok());
    }

    async fn what_another_process_changes_is_seen_within_two_seconds(test) {
        let house = House::new(test).await;
        house.bearer(&house.token(0)).await.unwrap();
        let fresh = house.issue(house.service, "fresh").await;
        assert!(house.api_key(fresh.full.expose()).await.is_ok());
        let latest = house.issue(house.service, "latest").await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let claims = json!({"iss": house.service, "iat": house.now()});
        assert_eq!(house.bearer(&signed(&claims, latest.secret.expose())).await.unwrap().key, latest.id);

        let tx = house.test.db.begin().await.unwrap();
        api_key::revoke(&tx, &house.stamp(), house.service, house.key.id).await.unwrap();
        tx.commit().await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(2100)).await;
        refused!(house.bearer(&house.token(0)), Revoked);
    }

    async fn the_last_use_is_written_beside_requests_and_at_most_every_ten_seconds(test) {
        let house = House::new(test).await;
        let last_used = async || {
            let db = house.test.db.read();
            api_key::find(db, house.service, house.key.id).await.unwrap().unwrap().last_used_at
        };
        let first = house.clock.now();
        house.bearer(&house.token(0)).await.unwrap();
        assert_eq!(last_used().await, None);
        assert_eq!(house.directory.flush_last_used().await.unwrap(), 1);
        assert_eq!(last_used().await, Some(first));

        house.clock.advance(TimeDelta::seconds(9));
        house.bearer(&house.token(0)).await.unwrap();
        house.directory.invalidate(house.service).await;
        house.api_key(house.key.full.expose()).await.unwrap();
        assert_eq!(house.directory.flush_last_used().await.unwrap(), 0);
        house.clock.advance(TimeDelta::seconds(1));
        house.api_key(house.key.full.expose()).await.unwrap();
        assert_eq!(house.directory.flush_last_used().await.unwrap(), 1);
        assert_eq!(last_used().await, Some(house.clock.now()));
        refused!(house.bearer(&house.signed(&json!({}))), NoIssuer);
        assert_eq!(house.directory.flush_last_used().await.unwrap(), 0);
    }
}
