//! Keeps every page of a template or folder from those who do not see its folder, whatever the page does.

use accounts::{ServiceId, SignedIn, gate::Accounts};
use axum::{
    Router,
    extract::{FromRequestParts, RawPathParams, Request, State},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use http::request::Parts;
use notify_store::{FolderId, TemplateId, folder_viewer::Seen, template, template_folder};
use web::PageError;

use crate::app::App;

/// The pages behind the guard: one with `{template}` or `{folder}` in its path is not there for whoever does not see
/// the folder. A page that is added later is guarded without saying so.
pub fn watched(app: &App, pages: Router<App>) -> Router<App> {
    pages.route_layer(from_fn_with_state(app.accounts.clone(), watch))
}

async fn watch(State(accounts): State<Accounts>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match is_hidden(&accounts, &mut parts).await {
        Ok(false) => next.run(Request::from_parts(parts, body)).await,
        Ok(true) => PageError::Missing.into_response(),
        Err(error) => error.into_response(),
    }
}

async fn is_hidden(accounts: &Accounts, parts: &mut Parts) -> Result<bool, PageError> {
    let Ok(path) = RawPathParams::from_request_parts(parts, &()).await else { return Ok(false) };
    let named = |wanted: &str| {
        path.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.to_owned())
    };
    // What is no id is for the page itself to refuse.
    let Some(service) = named("service").and_then(|id| id.parse::<ServiceId>().ok()) else {
        return Ok(false);
    };
    let db = accounts.db.read();
    let folder: Option<FolderId> = match named("template").and_then(|id| id.parse().ok()) {
        Some(id) => {
            let id: TemplateId = id;
            template::find(db, service, id).await?.and_then(|head| head.folder_id)
        }
        None => named("folder").and_then(|id| id.parse().ok()),
    };
    let Some(folder) = folder else { return Ok(false) };
    if !template_folder::any_restricted(db, service).await? {
        return Ok(false);
    }
    // Whoever has not signed in is asked to by the page.
    let who = <SignedIn as FromRequestParts<Accounts>>::from_request_parts(parts, accounts).await;
    let Ok(who) = who else { return Ok(false) };
    Ok(!Seen::by(db, service, &who.person).await?.sees(Some(folder)))
}
