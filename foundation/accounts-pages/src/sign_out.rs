//! Signing out: the session ends on the server and the cookie is taken away.

use accounts::{SignedIn, session};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use web::{Form, PageError, Routes};

use crate::{
    app::{App, with_cookie},
    confirm::Nothing,
};

pub fn routes() -> Routes<App> {
    Routes::default().post("/sign-out", save)
}

async fn save(
    State(app): State<App>,
    who: Option<SignedIn>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Response, PageError> {
    if let Some(who) = who {
        let tx = app.accounts.db.begin().await?;
        session::end(&tx, who.person.id, who.session).await?;
        tx.commit().await?;
    }
    let mut answer = Redirect::to("/sign-in?done=signed-out").into_response();
    with_cookie(answer.headers_mut(), &app.accounts.no_cookie())?;
    Ok(answer)
}
