//! Suspending, resuming, archiving a service, and the rest that is one question with a reason.

use accounts::{
    ServiceId, Staff,
    service::{self, Deed, Model},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use notify_store::setting::{self, Change, Limits};
use web::{At, Form, PageError, Reader};

use super::{open, path};
use crate::{
    app::App,
    staff::{
        question::{self, Asked},
        reason::ReasonForm,
        tell,
    },
    words::Texts,
};

/// What the button and the link to it say.
pub(super) fn name(t: Texts, deed: Deed) -> String {
    match deed {
        Deed::Suspend => t.staff_deed_suspend(),
        Deed::Resume => t.staff_deed_resume(),
        Deed::GoLive => t.staff_deed_go_live(),
        Deed::BackToTrial => t.staff_deed_back_to_trial(),
        Deed::Count => t.staff_deed_count(),
        Deed::LeaveOut => t.staff_deed_leave_out(),
        Deed::Archive => t.staff_deed_archive(),
    }
}

/// What follows from it, said before.
fn effect(t: Texts, deed: Deed) -> String {
    match deed {
        Deed::Suspend => t.staff_effect_suspend(),
        Deed::Resume => t.staff_effect_resume(),
        Deed::GoLive => t.staff_effect_go_live(),
        Deed::BackToTrial => {
            let number = |n: i64| text::number(t.0, n.unsigned_abs());
            let (emails, texts) = (Limits::TRIAL.email_daily, Limits::TRIAL.sms_daily);
            t.staff_effect_back_to_trial(number(emails), number(texts))
        }
        Deed::Count => t.staff_effect_count(),
        Deed::LeaveOut => t.staff_effect_leave_out(),
        Deed::Archive => t.staff_effect_archive(),
    }
}

/// What the team reads about it.
fn told(t: Texts, deed: Deed) -> String {
    match deed {
        Deed::Suspend => t.staff_told_suspend(),
        Deed::Resume => t.staff_told_resume(),
        Deed::GoLive => t.staff_told_go_live(),
        Deed::BackToTrial => t.staff_told_back_to_trial(),
        Deed::Count => t.staff_told_count(),
        Deed::LeaveOut => t.staff_told_leave_out(),
        Deed::Archive => t.staff_told_archive(),
    }
}

/// The service and the deed of an address, if the deed changes anything about it. Going live has its own queue.
async fn find(app: &App, (id, deed): (ServiceId, &str)) -> Result<(Model, Deed), PageError> {
    let deed: Deed = deed.parse().map_err(|_| PageError::Missing)?;
    if deed == Deed::GoLive {
        return Err(PageError::Missing);
    }
    Ok((open(app, id).await?, deed))
}

/// `GET /staff/services/{service}/deeds/{deed}`
pub async fn ask(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At((id, deed)): At<(ServiceId, String)>,
) -> Result<Response, PageError> {
    let (service, deed) = find(&app, (id, &deed)).await?;
    if !deed.applies(&service) {
        return Ok(Redirect::to(&path(id)).into_response());
    }
    let asked = asked(Texts(reader.language), (&service, deed));
    question::show(&app, &who, &reader, asked, Default::default())
}

fn asked(t: Texts, (service, deed): (&Model, Deed)) -> Asked {
    Asked {
        deed: name(t, deed),
        about: service.name.clone(),
        effect: effect(t, deed),
        is_final: deed == Deed::Archive,
        action: format!("{}/deeds/{deed}", path(service.id)),
        back: path(service.id),
    }
}

/// `POST /staff/services/{service}/deeds/{deed}`
pub async fn perform(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    At((id, deed)): At<(ServiceId, String)>,
    Form(typed): Form<ReasonForm>,
) -> Result<Response, PageError> {
    let (service, deed) = find(&app, (id, &deed)).await?;
    if !deed.applies(&service) {
        return Ok(Redirect::to(&path(id)).into_response());
    }
    let reason = match typed.read(Texts(reader.language)) {
        Ok(reason) => reason,
        Err(errors) => {
            let asked = asked(Texts(reader.language), (&service, deed));
            return question::show(&app, &who, &reader, asked, (typed.reason, errors));
        }
    };
    let stamp = who.stamp();
    let tx = app.accounts.db.begin().await?;
    let after = service::perform(&tx, &stamp, id, (deed, &reason)).await?;
    if deed == Deed::BackToTrial {
        let change =
            Change { limits: Some(Limits::TRIAL), reason: reason.clone(), ..Change::default() };
        setting::change(&tx, &stamp, id, &change).await?;
    }
    let named = Model { name: service.name, ..after };
    tell::team(&app, &tx, &named, |t| told(t, deed), &reason).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}?done=saved", path(id))).into_response())
}
