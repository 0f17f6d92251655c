//! Finding what an operator names, by id or by name, with an error that says how to go on.

use accounts::{OrganisationId, ServiceId, organisation, person, service};
use anyhow::{Context as _, Result, bail, ensure};
use kernel::{EmailAddress, PhoneNumber};
use notify::Channel;

use super::Act;

/// The service of this id or name, archived ones only by id.
pub(super) async fn any_service(act: &Act<'_>, named: &str) -> Result<service::Model> {
    let by_id = match named.parse::<ServiceId>() {
        Ok(id) => service::find(act.read(), id).await?,
        Err(_) => None,
    };
    let found = match by_id {
        Some(service) => Some(service),
        None => service::by_name(act.read(), named).await?,
    };
    found.with_context(|| {
        format!("there is no service {named:?}: `portico admin service list` shows all")
    })
}

/// The service of this id or name, which must not be archived.
pub(super) async fn service(act: &Act<'_>, named: &str) -> Result<service::Model> {
    let service = any_service(act, named).await?;
    ensure!(
        !service.is_archived(),
        "the service {:?} is archived and cannot be changed: make a new one",
        service.name
    );
    Ok(service)
}

/// The organisation of this id or name.
pub(super) async fn organisation(act: &Act<'_>, named: &str) -> Result<organisation::Model> {
    let by_id = match named.parse::<OrganisationId>() {
        Ok(id) => organisation::find(act.read(), id).await?,
        Err(_) => None,
    };
    let found = match by_id {
        Some(organisation) => Some(organisation),
        None => organisation::by_name(act.read(), named).await?,
    };
    found.with_context(|| {
        format!(
            "there is no organisation {named:?}: make it with `portico admin organisation create`"
        )
    })
}

/// The person with this email address.
pub(super) async fn person(act: &Act<'_>, address: &str) -> Result<person::Model> {
    person::find_by_email(act.read(), address).await?.with_context(|| {
        format!("there is no person with the address {address:?}: make one with `portico admin person create`")
    })
}

/// An email address.
pub(super) fn email_address(text: &str) -> Result<EmailAddress> {
    EmailAddress::parse(text)
        .ok()
        .with_context(|| format!("{text:?} is not an email address: write it as name@example.ca"))
}

/// A mobile number in international form.
pub(super) fn phone_number(text: &str) -> Result<PhoneNumber> {
    match PhoneNumber::parse(text).and_then(PhoneNumber::sendable) {
        Ok(number) => Ok(number),
        Err(why) => bail!("{text:?} cannot be sent a text: {}", why.explanation()),
    }
}

/// A recipient in the form that is compared: an address if there is an `@`, otherwise a number.
pub(super) fn recipient(text: &str) -> Result<(Channel, String)> {
    if text.contains('@') {
        Ok((Channel::Email, email_address(text)?.normalised()))
    } else {
        Ok((Channel::Sms, phone_number(text)?.e164().to_owned()))
    }
}

/// A name that is not empty and no longer than an email's headers bear.
pub(super) fn name<'t>(text: &'t str, of: &str) -> Result<&'t str> {
    let name = text.trim();
    ensure!(!name.is_empty(), "the name of {of} is empty");
    ensure!(name.chars().count() < 255, "the name of {of} must be shorter than 255 characters");
    ensure!(!name.chars().any(char::is_control), "the name of {of} holds a control character");
    Ok(name)
}
