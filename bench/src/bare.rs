//! The baseline: a route without authentication, checks or rendering over the same group commit.

use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use db::{Connect, Db};
use kernel::{Clock, Id};
use notify::{Channel, Lane, Status, limit::Charge};
use notify_store::{
    inbox::{Accept, Inbox, Outcome, Settings},
    notification,
};
use serde_json::{Value, json};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

#[derive(Clone)]
struct Bare {
    inbox: Inbox,
    clock: Clock,
    service: accounts::ServiceId,
    sealed: Vec<u8>,
}

/// Serves `POST /bare` on `port` until it is killed.
pub async fn serve(url: &str, port: u16) -> anyhow::Result<()> {
    let db = Db::connect(&Connect { url: url.to_owned(), connections: 8 }).await?;
    let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
    let inbox = Inbox::start(&db, Settings::of(db.engine()), &tracker, &stop);
    let clock = Clock::system();
    // As many sealed bytes as a real message has.
    let bare = Bare { inbox, service: Id::new(clock.now()), clock, sealed: vec![7; 180] };
    let router = Router::new().route("/bare", post(accept)).with_state(bare);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    Ok(web::serve(listener, router, stop).await?)
}

async fn accept(State(bare): State<Bare>, Json(asked): Json<Value>) -> (StatusCode, Json<Value>) {
    let notification = bare.message(&asked);
    let id = notification.id;
    let charge = Some(Charge { units: 1, daily_limit: i64::MAX / 4, annual_limit: i64::MAX / 4 });
    let message = Accept { notification, lane: Lane::Normal, charge, promise: None };
    match bare.inbox.accept(message).await {
        Ok(Outcome::Accepted(_)) => {
            (StatusCode::CREATED, Json(json!({ "id": id, "asked": asked })))
        }
        _ => (StatusCode::SERVICE_UNAVAILABLE, Json(Value::Null)),
    }
}

impl Bare {
    fn message(&self, asked: &Value) -> notification::Model {
        let now = self.clock.now();
        notification::Model {
            id: Id::new(now),
            service_id: self.service,
            template_id: Id::new(now),
            template_version: 1,
            api_key_id: None,
            created_by: None,
            key_kind: kernel::Word(accounts::KeyKind::Normal),
            channel: kernel::Word(Channel::Email),
            status: kernel::Word(Status::Created),
            reference: asked["reference"].as_str().map(str::to_owned),
            sealed: self.sealed.clone(),
            recipient_hash: None,
            reply_to: None,
            parts: 1,
            batch_id: None,
            row_number: None,
            created_at: now,
            // Far away, so that nobody delivers it while we measure.
            scheduled_for: Some(now + chrono::TimeDelta::days(3)),
            sent_at: None,
            completed_at: None,
            updated_at: None,
            provider: None,
            provider_reference: None,
            provider_response: None,
        }
    }
}
