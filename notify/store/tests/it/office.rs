//! A service with templates, a team and somebody who sends from pages.

use std::sync::Arc;

use accounts::{PersonId, ServiceId, membership, person};
use audit::Stamp;
use db::Db;
use kernel::{Clock, Language};
use notify::Channel;
use notify_store::{
    TemplateId,
    dispatch::{Dispatch, Settings},
    inbox::{self, Inbox},
    setting::{self, Limits},
    template::{self, NewTemplate},
};
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Notify's tables and all that sending from pages needs.
pub struct Whole;

impl MigratorTrait for Whole {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let foundation = audit::migrations().into_iter().chain(accounts::migrations());
        foundation.chain(jobs::migrations()).chain(notify_store::migrations()).collect()
    }
}

pub struct Office {
    pub dispatch: Dispatch,
    pub clock: Clock,
    pub service: ServiceId,
    pub person: PersonId,
    pub email: TemplateId,
    pub sms: TemplateId,
}

impl Office {
    /// A live service with ample limits.
    pub async fn open(db: &Db) -> Self {
        let clock = testkit::clock();
        let stamp = Stamp::system(clock.now());
        let tx = db.begin().await.unwrap();
        let service = accounts::service::create(&tx, &stamp, "Permits", None).await.unwrap().id;
        accounts::service::go_live(&tx, &stamp, service).await.unwrap();
        let email_from = service.to_string();
        setting::create(&tx, &stamp, service, &email_from).await.unwrap();
        let limits = Some(Limits { email_daily: 200_000, sms_daily: 100, ..Limits::LIVE });
        let change = setting::Change { limits, ..setting::Change::default() };
        setting::change(&tx, &stamp, service, &change).await.unwrap();
        let details = person::Details {
            name: "Rosa Lim".to_owned(),
            email_address: format!("{service}@example.gc.ca"),
            mobile_number: Some("+16135550142".to_owned()),
            language: Language::English,
        };
        let person = person::create(&tx, &stamp, &details).await.unwrap().id;
        membership::add(&tx, &stamp, service, person).await.unwrap();
        let new = |channel, body: &str| NewTemplate {
            channel,
            name: "Ready".to_owned(),
            subject: (channel == Channel::Email).then(|| "Permit ((number))".to_owned()),
            body: body.to_owned(),
            category_id: None,
            folder_id: None,
            lane: None,
            language: "en".to_owned(),
            right_to_left: false,
        };
        let author = "rosa@example.gc.ca";
        let email = new(Channel::Email, "Hello ((name)), your permit is ready.");
        let email = template::create(&tx, &stamp, service, author, email).await.unwrap().head.id;
        let sms = new(Channel::Sms, "Hello ((name))");
        let sms = template::create(&tx, &stamp, service, author, sms).await.unwrap().head.id;
        tx.commit().await.unwrap();
        let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
        let dispatch = Dispatch {
            db: db.clone(),
            vault: Arc::new(testkit::vault()),
            inbox: Inbox::start(db, inbox::Settings::of(db.engine()), &tracker, &stop),
            clock: clock.clone(),
            jobs: Arc::default(),
            settings: Settings::default(),
        };
        Self { dispatch, clock, service, person, email, sms }
    }
}

/// A list of e-mails with `rows` rows.
pub fn list(rows: usize) -> Vec<u8> {
    let mut csv = "email address,name,number,unused\n".to_owned();
    for nth in 0..rows {
        csv.push_str(&format!("person{nth}@example.ca,Name {nth},{nth},x\n"));
    }
    csv.into_bytes()
}
