//! Passkeys: a device signs a question of ours and has made sure itself who holds it, so that it is both factors at once.

use std::fmt;

use audit::Stamp;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use kernel::{Id, Time, Vault};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder,
};

use crate::{PersonId, SessionError, password::Unworkable, person, trail};

/// The identifier of a passkey.
pub type PasskeyId = Id<Model>;

/// So many passkeys one person can have.
pub const MOST: usize = 10;

/// A passkey of one person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey")]
pub struct Model {
    /// Its identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Whose.
    pub person_id: Id<person::Model>,
    /// What its owner calls it.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// What the device calls it.
    pub credential_id: Vec<u8>,
    /// Its public key and counter, as the library keeps them. It holds no secret.
    #[sea_orm(column_type = "Text")]
    pub credential: String,
    /// When it was added.
    pub created_at: Time,
    /// When it was last used to sign in.
    pub used_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A question of ours in the way from server to browser and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// To make a new passkey.
    Create(PersonId),
    /// To sign in; the device says who.
    SignIn,
    /// To show that this person is there.
    Prove(PersonId),
}

impl Question {
    /// How long somebody can take to answer.
    pub const LASTS: TimeDelta = TimeDelta::minutes(10);

    /// What its state is sealed for: the state of one question answers no other.
    fn place(self) -> Vec<u8> {
        match self {
            Self::Create(person) => format!("passkey create {person}").into_bytes(),
            Self::SignIn => b"passkey sign in".to_vec(),
            Self::Prove(person) => format!("passkey prove {person}").into_bytes(),
        }
    }
}

/// A question: `options` go to the browser's own function, `state` into a cookie that only the server reads.
#[derive(Clone, Debug)]
pub struct Asked {
    /// JSON for `navigator.credentials`.
    pub options: String,
    /// What the answer is checked with, sealed.
    pub state: String,
}

/// An answer as it comes back: the cookie, and the JSON of the browser's function.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The cookie with the state.
    pub state: &'a str,
    /// What the browser's function gave.
    pub credential: &'a str,
}

/// Why a passkey was not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAdded {
    /// The answer does not fit the question, or came too late or twice.
    Wrong,
    /// It is known already.
    Known,
    /// There are as many as there can be.
    Full,
}

/// What asks and checks. Every question wants the device to make sure who holds it.
pub struct Passkeys {
    webauthn: Webauthn,
}

impl fmt::Debug for Passkeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passkeys").finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct Sealed<S> {
    id: Uuid,
    at: Time,
    state: S,
}

fn defect(cause: impl ToString) -> SessionError {
    SessionError::Unworkable(Unworkable::because(cause))
}

impl Passkeys {
    /// Passkeys of the site at `public_url`; none where it is reached by a number instead of a name, because browsers
    /// give passkeys to names only.
    pub fn of(public_url: &str, product: &str) -> Option<Self> {
        let url = Url::parse(public_url).ok()?;
        let host = url.domain()?.to_owned();
        let webauthn = WebauthnBuilder::new(&host, &url).ok()?.rp_name(product).build().ok()?;
        Some(Self { webauthn })
    }

    /// Asks for a new passkey of `person`, other than those they have.
    ///
    /// # Errors
    /// When the question cannot be made or sealed.
    pub async fn ask_new(
        &self,
        db: &impl ConnectionTrait,
        vault: &Vault,
        person: &person::Model,
        now: Time,
    ) -> Result<Asked, SessionError> {
        let (id, name) = (person.id.uuid(), person.email_address.as_str());
        let (options, state) = self
            .webauthn
            .start_passkey_registration(id, name, &person.name, None)
            .map_err(defect)?;
        let mut options = serde_json::to_value(options).map_err(defect)?;
        let known = of(db, person.id).await?;
        options["publicKey"]["excludeCredentials"] = named(&known);
        // One that the device can find by itself signs in without an address being typed.
        options["publicKey"]["authenticatorSelection"]["residentKey"] = "preferred".into();
        seal(vault, Question::Create(person.id), (&options, state), now)
    }

    /// Asks whoever is there to sign in.
    ///
    /// # Errors
    /// When the question cannot be made or sealed.
    pub fn ask_anybody(&self, vault: &Vault, now: Time) -> Result<Asked, SessionError> {
        self.ask(vault, Question::SignIn, &[], now)
    }

    /// Asks one person to show that they are there.
    ///
    /// # Errors
    /// When the question cannot be made or sealed.
    pub async fn ask_one(
        &self,
        db: &impl ConnectionTrait,
        vault: &Vault,
        person: PersonId,
        now: Time,
    ) -> Result<Asked, SessionError> {
        self.ask(vault, Question::Prove(person), &of(db, person).await?, now)
    }

    fn ask(
        &self,
        vault: &Vault,
        question: Question,
        known: &[Model],
        now: Time,
    ) -> Result<Asked, SessionError> {
        let (options, state) = self.webauthn.start_discoverable_authentication().map_err(defect)?;
        let mut options = serde_json::to_value(options).map_err(defect)?;
        options["publicKey"]["allowCredentials"] = named(known);
        seal(vault, question, (&options, state), now)
    }

    /// Keeps the passkey that answers [`Passkeys::ask_new`].
    ///
    /// # Errors
    /// Those of the database.
    pub async fn add(
        &self,
        tx: &db::Transaction,
        vault: &Vault,
        stamp: &Stamp,
        (person, name, answer): (PersonId, &str, Answer<'_>),
    ) -> Result<Result<PasskeyId, NotAdded>, SessionError> {
        let question = Question::Create(person);
        let state = open::<PasskeyRegistration>(tx, vault, question, (answer.state, stamp.at));
        let Some(state) = state.await? else { return Ok(Err(NotAdded::Wrong)) };
        let read = serde_json::from_str::<RegisterPublicKeyCredential>(answer.credential);
        let made = read
            .ok()
            .and_then(|given| self.webauthn.finish_passkey_registration(&given, &state).ok());
        let Some(made) = made else { return Ok(Err(NotAdded::Wrong)) };
        let credential_id = made.cred_id().to_vec();
        if find(tx, &credential_id).await?.is_some() {
            return Ok(Err(NotAdded::Known));
        }
        if of(tx, person).await?.len() >= MOST {
            return Ok(Err(NotAdded::Full));
        }
        let id = PasskeyId::new(stamp.at);
        let row = ActiveModel {
            id: Set(id),
            person_id: Set(person),
            name: Set(name.to_owned()),
            credential_id: Set(credential_id),
            credential: Set(serde_json::to_string(&made).map_err(defect)?),
            created_at: Set(stamp.at),
            used_at: Set(None),
        };
        Entity::insert(row).exec_without_returning(tx).await.map_err(db::Error::from)?;
        trail::leave(tx, stamp, None, ("person.add-passkey", person.uuid()), json!({})).await?;
        Ok(Ok(id))
    }

    /// Who answers a question of [`Passkeys::ask_anybody`] or [`Passkeys::ask_one`], if the answer is right.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn check(
        &self,
        tx: &db::Transaction,
        vault: &Vault,
        (question, answer): (Question, Answer<'_>),
        now: Time,
    ) -> Result<Option<PersonId>, SessionError> {
        let state = open::<DiscoverableAuthentication>(tx, vault, question, (answer.state, now));
        let Some(state) = state.await? else { return Ok(None) };
        let Ok(given) = serde_json::from_str::<PublicKeyCredential>(answer.credential) else {
            return Ok(None);
        };
        let Some(row) = find(tx, given.get_credential_id()).await? else { return Ok(None) };
        let claimed = given.get_user_unique_id().map(|id| id == row.person_id.uuid().as_bytes());
        let right = match question {
            Question::Prove(person) => person == row.person_id && claimed != Some(false),
            Question::SignIn => claimed == Some(true),
            Question::Create(_) => false,
        };
        if !right {
            return Ok(None);
        }
        let mut passkey: Passkey = serde_json::from_str(&row.credential).map_err(defect)?;
        let key = DiscoverableKey::from(&passkey);
        let checked = self.webauthn.finish_discoverable_authentication_v2(&given, state, &key);
        let Ok(result) = checked else { return Ok(None) };
        passkey.update_credential(&result);
        let person = row.person_id;
        let mut row = row.into_active_model();
        row.credential = Set(serde_json::to_string(&passkey).map_err(defect)?);
        row.used_at = Set(Some(now));
        row.update(tx).await.map_err(db::Error::from)?;
        Ok(Some(person))
    }
}

/// The names of known passkeys, as options list them.
fn named(known: &[Model]) -> Value {
    let one = |key: &Model| {
        let id = BASE64_URL_SAFE_NO_PAD.encode(&key.credential_id);
        json!({"type": "public-key", "id": id})
    };
    known.iter().map(one).collect()
}

fn seal<S: Serialize>(
    vault: &Vault,
    question: Question,
    (options, state): (&Value, S),
    now: Time,
) -> Result<Asked, SessionError> {
    let id = uuid::Builder::from_random_bytes(vault.random_bytes()?).into_uuid();
    let plain = serde_json::to_vec(&Sealed { id, at: now, state }).map_err(defect)?;
    let sealed = vault.seal(&question.place(), &plain)?;
    Ok(Asked { options: options.to_string(), state: BASE64_URL_SAFE_NO_PAD.encode(sealed) })
}

/// The state of a question that is not too old and was not answered before; from now on it was.
async fn open<S: DeserializeOwned>(
    tx: &db::Transaction,
    vault: &Vault,
    question: Question,
    (sealed, now): (&str, Time),
) -> Result<Option<S>, SessionError> {
    let Ok(bytes) = BASE64_URL_SAFE_NO_PAD.decode(sealed) else { return Ok(None) };
    let Ok(plain) = vault.open(&question.place(), &bytes) else { return Ok(None) };
    let Ok(kept) = serde_json::from_slice::<Sealed<S>>(&plain) else { return Ok(None) };
    if now - kept.at > Question::LASTS || !answered::first(tx, kept.id, now).await? {
        return Ok(None);
    }
    Ok(Some(kept.state))
}

/// The passkey that a device calls so.
async fn find(db: &impl ConnectionTrait, credential: &[u8]) -> db::Result<Option<Model>> {
    Ok(Entity::find().filter(Column::CredentialId.eq(credential.to_vec())).one(db).await?)
}

/// A person's passkeys, oldest first.
pub async fn of(db: &impl ConnectionTrait, person: PersonId) -> db::Result<Vec<Model>> {
    let own = Entity::find().filter(Column::PersonId.eq(person));
    Ok(own.order_by_asc(Column::Id).limit(MOST as u64).all(db).await?)
}

/// Takes a passkey away from its owner; one that is not theirs stays, and the answer is false.
pub async fn remove(
    tx: &db::Transaction,
    stamp: &Stamp,
    person: PersonId,
    id: PasskeyId,
) -> db::Result<bool> {
    let own = Entity::delete_many().filter(Column::Id.eq(id)).filter(Column::PersonId.eq(person));
    if own.exec(tx).await?.rows_affected == 0 {
        return Ok(false);
    }
    trail::leave(tx, stamp, None, ("person.remove-passkey", person.uuid()), json!({})).await?;
    Ok(true)
}

/// Takes all passkeys away from their owner.
pub async fn forget(tx: &db::Transaction, person: PersonId) -> db::Result<()> {
    Entity::delete_many().filter(Column::PersonId.eq(person)).exec(tx).await?;
    Ok(())
}

/// Questions that were answered: none can be answered twice.
pub mod answered {
    use sea_orm::sea_query::OnConflict;

    use super::*;

    /// A question that was answered.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "answered_question")]
    pub struct Model {
        /// The question's number.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// When.
        pub at: Time,
    }

    /// It has none.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    /// Notes that a question is answered; whether this is the first time.
    pub(super) async fn first(tx: &db::Transaction, id: Uuid, now: Time) -> db::Result<bool> {
        let row = ActiveModel { id: Set(id), at: Set(now) };
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        Ok(Entity::insert(row).on_conflict(once).exec_without_returning(tx).await? == 1)
    }

    /// Forgets questions that are too old to be answered again; gives how many.
    pub async fn purge(tx: &db::Transaction, now: Time) -> db::Result<u64> {
        let old = Entity::delete_many().filter(Column::At.lt(now - Question::LASTS * 2));
        Ok(old.exec(tx).await?.rows_affected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_without_a_name_has_no_passkeys() {
        assert!(Passkeys::of("http://localhost:6011", "Portico").is_some());
        assert!(Passkeys::of("https://notify.example.ca", "Portico").is_some());
        assert!(Passkeys::of("http://127.0.0.1:6011", "Portico").is_none());
        assert!(Passkeys::of("nonsense", "Portico").is_none());
    }
}
