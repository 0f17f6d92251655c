//! One record of the audit as a sentence.

use audit::{Actor, record::Model};
use kernel::Id;
use serde_json::Value;

use super::Names;
use crate::words::Texts;

/// What was done, by whom, to what. A deed that has no sentence of its own is named by its word.
pub fn sentence(t: Texts, row: &Model, details: &Value, names: &Names) -> String {
    let who = actor(t, &row.actor.0, names);
    let (noun, deed) = row.action.split_once('.').unwrap_or((&row.action, ""));
    let said = match noun {
        "service" => service(t, deed, &who, details),
        "go-live" => go_live(t, deed, &who),
        "membership" | "invitation" => team(t, (noun, deed), &who, &person(row, names)),
        "template" | "template-folder" => {
            template(t, (noun, deed), &who, &name(row, details, names))
        }
        "api-key" | "callback" | "safelist" => access(t, (noun, deed), &who, details),
        _ => rest(t, (noun, deed), &who, details),
    };
    said.unwrap_or_else(|| t.history_other(&row.action, who))
}

fn actor(t: Texts, actor: &Actor, names: &Names) -> String {
    match actor {
        Actor::Person(id) => match names.people.get(&Id::from_uuid(*id)) {
            Some(person) if person.staff => t.history_staff(&person.name),
            Some(person) => person.name.clone(),
            None => t.history_somebody(),
        },
        Actor::ApiKey(id) => match names.keys.get(&Id::from_uuid(*id)) {
            Some(name) => t.history_key(name),
            None => t.history_somebody(),
        },
        Actor::Operator(_) => t.history_operator(),
        Actor::System => t.history_system(),
    }
}

/// Of whom a record of the team speaks.
fn person(row: &Model, names: &Names) -> String {
    let id = row.subject.parse().ok();
    let known = id.and_then(|id| names.people.get(&id));
    known.map(|person| person.name.clone()).unwrap_or_default()
}

/// The name of a template or folder: as it was then, or as it is now.
fn name(row: &Model, details: &Value, names: &Names) -> String {
    let then = details["name"].as_str().map(ToOwned::to_owned);
    let now = || row.subject.parse().ok().and_then(|id| names.templates.get(&id).cloned());
    then.or_else(now).unwrap_or_default()
}

fn text<'a>(details: &'a Value, key: &str) -> &'a str {
    details[key].as_str().unwrap_or_default()
}

fn service(t: Texts, deed: &str, who: &str, details: &Value) -> Option<String> {
    Some(match deed {
        "create" => t.history_service_create(who),
        "rename" => t.history_service_rename(text(details, "from"), text(details, "to"), who),
        "join" if details["organisation"].is_null() => t.history_service_leave(who),
        "join" => t.history_service_join(who),
        "suspend" => t.history_service_suspend(who),
        "resume" => t.history_service_resume(who),
        "go-live" => t.history_service_go_live(who),
        "back-to-trial" => t.history_service_trial(who),
        "count" => t.history_service_count(who),
        "leave-out" => t.history_service_leave_out(who),
        "archive" => t.history_service_archive(who),
        _ => return None,
    })
}

fn go_live(t: Texts, deed: &str, who: &str) -> Option<String> {
    Some(match deed {
        "describe" => t.history_go_live_describe(who),
        "terms" => t.history_go_live_terms(who),
        "ask" => t.history_go_live_ask(who),
        "approve" => t.history_go_live_approve(who),
        "decline" => t.history_go_live_decline(who),
        _ => return None,
    })
}

fn team(t: Texts, deed: (&str, &str), who: &str, person: &str) -> Option<String> {
    Some(match deed {
        ("membership", "add") => t.history_member_add(person, who),
        ("membership", "permit") => t.history_member_permit(person, who),
        ("membership", "remove") => t.history_member_remove(person, who),
        ("invitation", "send") => t.history_invite(who),
        ("invitation", "resend") => t.history_invite_again(who),
        ("invitation", "cancel") => t.history_invite_cancel(who),
        _ => return None,
    })
}

fn template(t: Texts, deed: (&str, &str), who: &str, name: &str) -> Option<String> {
    Some(match deed {
        ("template", "create") => t.history_template_create(name, who),
        ("template", "change") => t.history_template_change(name, who),
        ("template", "archive") => t.history_template_archive(name, who),
        ("template-folder", "create") => t.history_folder_create(name, who),
        ("template-folder", "change") => t.history_folder_change(name, who),
        ("template-folder", "remove") => t.history_folder_remove(name, who),
        _ => return None,
    })
}

fn access(t: Texts, deed: (&str, &str), who: &str, details: &Value) -> Option<String> {
    let name = text(details, "name");
    Some(match deed {
        ("api-key", "issue") => t.history_key_issue(name, who),
        ("api-key", "revoke") => t.history_key_revoke(name, who),
        ("callback", "set") => t.history_callback_set(who),
        ("callback", "suspend") => t.history_callback_suspend(who),
        ("callback", "resume") => t.history_callback_resume(who),
        ("callback", "remove") => t.history_callback_remove(who),
        ("safelist", "add") => t.history_safelist_add(who),
        ("safelist", "remove") => t.history_safelist_remove(who),
        _ => return None,
    })
}

fn rest(t: Texts, deed: (&str, &str), who: &str, details: &Value) -> Option<String> {
    let number = |key: &str| ::text::number(t.0, details[key].as_u64().unwrap_or_default());
    Some(match deed {
        ("setting", "create") => t.history_setting_create(who),
        ("setting", "change") => t.history_setting_change(who),
        ("retention", "set") if text(details, "channel") == "email" => {
            t.history_keep_email(number("days"), who)
        }
        ("retention", "set") => t.history_keep_sms(number("days"), who),
        ("reply-to", "add") => t.history_reply_add(who),
        ("reply-to", "default") => t.history_reply_default(who),
        ("reply-to", "remove") => t.history_reply_remove(who),
        ("sms-sender", "add") => t.history_sender_add(text(details, "sender"), who),
        ("sms-sender", "default") => t.history_sender_default(who),
        ("sms-sender", "remove") => t.history_sender_remove(text(details, "sender"), who),
        ("batch", "create") => t.history_batch_create(number("rows"), who),
        ("batch", "cancel") => t.history_batch_cancel(who),
        ("batch", "stop") => t.history_batch_stop(who),
        ("notification", "cancel") => t.history_message_cancel(who),
        ("report", "request") => t.history_report(who),
        _ => return None,
    })
}
