//! An organisation that staff name in a form: a known one, or one that is made because they say so.

use accounts::organisation::{self, Model};
use audit::Stamp;
use db::Transaction;
use ui::Errors;
use web::PageError;

use crate::words::Texts;

/// Longest name of an organisation, in characters (admin specification, section N).
const LONGEST: usize = 255;

/// A name as it is kept, or what is wrong with it at `field`.
pub fn name(t: Texts, typed: &str, field: &str, errors: &mut Errors) -> String {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        errors.add(field, t.staff_organisation_name_empty());
    } else if name.chars().count() > LONGEST {
        errors.add(field, t.new_service_name_long(LONGEST));
    }
    name
}

/// The organisation of the field `organisation`; with `create` one that is not known is made.
pub async fn find_or_make(
    t: Texts,
    (tx, stamp): (&Transaction, &Stamp),
    (typed, create): (&str, bool),
    errors: &mut Errors,
) -> Result<Option<Model>, PageError> {
    let field = "organisation";
    let known = errors.iter().count();
    let name = name(t, typed, field, errors);
    if errors.iter().count() > known {
        return Ok(None);
    }
    if let Some(found) = organisation::by_name(tx, &name).await? {
        return Ok(Some(found));
    }
    if !create {
        errors.add(field, t.staff_organisation_unknown());
        return Ok(None);
    }
    Ok(Some(organisation::create(tx, stamp, &name).await?))
}
