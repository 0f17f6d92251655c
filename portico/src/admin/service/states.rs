//! The states a service goes through: suspended, resumed, live, archived.

use accounts::service::{self, Model};
use anyhow::{Result, bail};
use db::Transaction;
use notify_store::setting::{self, Limits};

use super::super::{Act, Answer, answer::Outcome, find};

pub(super) async fn suspend(act: &Act<'_>, named: &str) -> Result<Answer> {
    let service = find::service(act, named).await?;
    if service.is_suspended() {
        return Ok(Answer::done(Outcome::Unchanged, &service));
    }
    let tx = act.begin().await?;
    let service = service::suspend(&tx, &act.stamp, service.id).await?;
    finish(tx, &service).await
}

pub(super) async fn resume(act: &Act<'_>, named: &str) -> Result<Answer> {
    let service = find::service(act, named).await?;
    if !service.is_suspended() {
        return Ok(Answer::done(Outcome::Unchanged, &service));
    }
    let tx = act.begin().await?;
    let service = service::resume(&tx, &act.stamp, service.id).await?;
    finish(tx, &service).await
}

/// Ends the trial; limits that are still those of a trial become those of a live service.
pub(super) async fn go_live(act: &Act<'_>, named: &str) -> Result<Answer> {
    let service = find::service(act, named).await?;
    if !service.trial {
        return Ok(Answer::done(Outcome::Unchanged, &service));
    }
    let tx = act.begin().await?;
    let service = service::go_live(&tx, &act.stamp, service.id).await?;
    let setting = setting::find(&tx, service.id).await?;
    if setting.is_some_and(|setting| setting.limits() == Limits::TRIAL) {
        let live = setting::Change { limits: Some(Limits::LIVE), ..setting::Change::default() };
        setting::change(&tx, &act.stamp, service.id, &live).await?;
    }
    finish(tx, &service).await
}

pub(super) async fn archive(act: &Act<'_>, named: &str) -> Result<Answer> {
    let service = match find::any_service(act, named).await {
        Ok(service) => service,
        Err(missing) => match service::archived_as(act.read(), named).await? {
            Some(service) => service,
            None => bail!(missing),
        },
    };
    if service.is_archived() {
        return Ok(Answer::done(Outcome::Unchanged, &service));
    }
    let tx = act.begin().await?;
    let service = service::archive(&tx, &act.stamp, service.id).await?;
    finish(tx, &service).await
}

async fn finish(tx: Transaction, service: &Model) -> Result<Answer> {
    tx.commit().await?;
    Ok(Answer::done(Outcome::Changed, service))
}
