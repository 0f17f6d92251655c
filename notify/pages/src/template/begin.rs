//! What a new template begins with: nothing, a sample, or a template that exists already.

use accounts::{OnTeam, ServiceId, membership, service};
use notify::{Channel, sample};
use notify_store::{
    TemplateId,
    folder_viewer::Seen,
    template::{self, Current},
    template_category,
};
use serde::Deserialize;
use web::PageError;

use super::form::{LONGEST_NAME, TemplateForm};
use crate::{app::App, words::Texts};

/// What the address of the form says to begin with.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Begin {
    /// The folder of the new template; empty is the top.
    #[serde(default)]
    pub folder: String,
    /// The key of a sample.
    pub sample: Option<String>,
    /// The template to copy.
    pub copy: Option<TemplateId>,
    /// The service it is in; none is this one.
    pub from: Option<ServiceId>,
}

impl Begin {
    /// The form to begin with.
    ///
    /// # Errors
    /// `Missing` for a sample that does not exist, a template of the other kind, and one that the person does not see.
    pub async fn form<C>(
        self,
        app: &App,
        team: &OnTeam<C>,
        (t, channel): (Texts, Channel),
    ) -> Result<TemplateForm, PageError> {
        let begun = match (&self.sample, self.copy) {
            (Some(key), _) => sampled(app, t, (key, channel)).await?,
            (None, Some(id)) => {
                let from = self.from.unwrap_or(team.id());
                let source = source(app, team, from, id).await?;
                if source.head.channel.0 != channel {
                    return Err(PageError::Missing);
                }
                copied(app, team, t, &source).await?
            }
            (None, None) => {
                let language = t.0.code().to_owned();
                TemplateForm { language, ..TemplateForm::default() }
            }
        };
        Ok(TemplateForm { folder: self.folder, version: String::new(), ..begun })
    }
}

async fn sampled(
    app: &App,
    t: Texts,
    (key, channel): (&str, Channel),
) -> Result<TemplateForm, PageError> {
    let sample = sample::find(key).filter(|one| one.channel() == channel);
    let sample = sample.ok_or(PageError::Missing)?;
    let category = template_category::by_name(app.accounts.db.read(), sample.category()).await?;
    Ok(TemplateForm {
        name: sample.name(t.0).to_owned(),
        subject: sample.subject(t.0),
        body: sample.body(t.0),
        category: category.map(|row| row.id.to_string()).unwrap_or_default(),
        language: "both".to_owned(),
        ..TemplateForm::default()
    })
}

/// The services that somebody may copy from: those whose team they are on.
///
/// # Errors
/// Those of the database.
pub async fn sources<C>(app: &App, team: &OnTeam<C>) -> Result<Vec<service::Model>, PageError> {
    Ok(membership::services(app.accounts.db.read(), team.who.person.id).await?)
}

/// What the person sees of a service to copy from; this service, or one whose team they are on.
///
/// # Errors
/// `Missing` for every other service.
pub async fn seen_in<C>(
    app: &App,
    team: &OnTeam<C>,
    from: ServiceId,
) -> Result<(service::Model, Seen), PageError> {
    let db = app.accounts.db.read();
    let found = if from == team.id() {
        Some(team.service.clone())
    } else {
        sources(app, team).await?.into_iter().find(|one| one.id == from)
    };
    let found = found.ok_or(PageError::Missing)?;
    Ok((found, Seen::by(db, from, &team.who.person).await?))
}

/// The template to copy, if the person sees it and it can still be used.
async fn source<C>(
    app: &App,
    team: &OnTeam<C>,
    from: ServiceId,
    id: TemplateId,
) -> Result<Current, PageError> {
    let (_, seen) = seen_in(app, team, from).await?;
    let found = template::current(app.accounts.db.read(), from, id).await?;
    let open = |one: &Current| one.head.archived_at.is_none() && seen.sees(one.head.folder_id);
    found.filter(open).ok_or(PageError::Missing)
}

async fn copied<C>(
    app: &App,
    team: &OnTeam<C>,
    t: Texts,
    source: &Current,
) -> Result<TemplateForm, PageError> {
    let taken = template::heads(app.accounts.db.read(), team.id(), None).await?;
    let taken: Vec<&str> = taken.iter().map(|head| head.name.as_str()).collect();
    let name = copy_name(t, &source.text.name, &taken);
    Ok(TemplateForm { name, ..TemplateForm::of(source) })
}

/// The name with “(copy)”, “(copy 2)” and so on, so that no other template of the service has it; after ten it may.
fn copy_name(t: Texts, name: &str, taken: &[&str]) -> String {
    let mark = |number: u64| match number {
        1 => t.copy_mark(),
        _ => t.copy_mark_number(number),
    };
    let own = (1..=10).find_map(|number| name.strip_suffix(&format!(" {}", mark(number))));
    let base = own.unwrap_or(name);
    let named = |number: u64| {
        let mark = mark(number);
        let room = LONGEST_NAME.saturating_sub(mark.chars().count() + 1);
        format!("{} {mark}", base.chars().take(room).collect::<String>())
    };
    let free = (1..=10).map(named).find(|name| !taken.contains(&name.as_str()));
    free.unwrap_or_else(|| named(10))
}

#[cfg(test)]
mod tests {
    use kernel::Language;

    use super::*;

    #[test]
    fn a_copy_has_a_name_of_its_own() {
        let t = Texts(Language::English);
        assert_eq!(copy_name(t, "Permit", &["Permit"]), "Permit (copy)");
        assert_eq!(copy_name(t, "Permit", &["Permit", "Permit (copy)"]), "Permit (copy 2)");
        assert_eq!(copy_name(t, "Permit (copy)", &["Permit (copy)"]), "Permit (copy 2)");
        let long = "x".repeat(255);
        assert_eq!(copy_name(t, &long, &[]).chars().count(), 255);
        assert_eq!(copy_name(Texts(Language::French), "Permis", &[]), "Permis (copie)");
    }
}
