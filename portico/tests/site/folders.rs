//! Folders of templates, and who sees them (admin specification, sections A.2, G.1 and G.9, journeys 4 and 8).

use accounts::{Permission, Permissions, ServiceId, person};
use audit::Stamp;
use chrono::TimeDelta;
use notify::Channel;
use notify_store::{
    FolderId, folder_viewer,
    template::{self, NewTemplate},
    template_folder,
};
use portico::Migrator;
use testkit::Page;

use crate::house::House;

/// A folder of a service.
pub async fn folder(
    house: &House,
    service: ServiceId,
    name: &str,
    parent: Option<FolderId>,
) -> FolderId {
    let tx = house.db.begin().await.unwrap();
    let made = template_folder::create(&tx, &house.stamp(), service, name, parent).await.unwrap();
    tx.commit().await.unwrap();
    made.id
}

/// A text template in a folder, and its address.
pub async fn template(
    house: &House,
    service: ServiceId,
    (name, body): (&str, &str),
    folder: Option<FolderId>,
) -> String {
    let wanted = NewTemplate {
        channel: Channel::Sms,
        name: name.to_owned(),
        subject: None,
        body: body.to_owned(),
        category_id: None,
        folder_id: folder,
        lane: None,
        language: "en".to_owned(),
        right_to_left: false,
    };
    let tx = house.db.begin().await.unwrap();
    let stamp: Stamp = house.stamp();
    let made = template::create(&tx, &stamp, service, "noor@example.gc.ca", wanted).await.unwrap();
    tx.commit().await.unwrap();
    format!("/services/{service}/templates/{}", made.head.id)
}

/// Lets only these people see a folder.
pub async fn restrict(
    house: &House,
    service: ServiceId,
    folder: FolderId,
    people: &[&person::Model],
) {
    let people: Vec<_> = people.iter().map(|person| person.id).collect();
    let tx = house.db.begin().await.unwrap();
    let at = (service, folder);
    folder_viewer::set(&tx, &house.stamp(), at, Some(&people)).await.unwrap();
    tx.commit().await.unwrap();
}

fn id_of(page: &Page) -> String {
    page.path.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned()
}

fn all_but_managing() -> Permissions {
    Permission::ALL.into_iter().filter(|one| *one != Permission::ManageService).collect()
}

testkit::on_each_engine! { Migrator;
    async fn folders_are_made_filled_renamed_and_deleted_when_empty(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut noor) = house.team().await;
        let list = format!("/services/{}/templates", service.id);
        let (new, shift) = (format!("{list}/folders/new"), format!("{list}/move"));
        noor.get(&new).await.expect(200, "Name of the folder");
        noor.submit(&new, &[("name", " ")]).await.expect(422, "Enter a name for the folder");
        noor.submit(&new, &[("name", &"x".repeat(256))]).await.expect(422, "at most 255");
        let made = noor.submit(&new, &[("name", "Batch A")]).await;
        made.expect(200, "The folder was made.").expect(200, "This folder is empty.").expect(200, "<h1>Batch A</h1>");
        let outer = id_of(&made);
        let inner = noor.submit(&new, &[("name", "Old"), ("folder", &outer)]).await;
        inner.expect(200, ">Batch A</a>");
        let inner = id_of(&inner);
        let permit = template(&house, service.id, ("Permit", "Your permit is ready"), None).await;
        let item = format!("template:{}", permit.rsplit('/').next().unwrap());
        noor.get(&list).await.expect(200, "0 templates, 1 folder").expect(200, "Choose Permit");
        noor.submit(&shift, &[]).await.expect(422, "Tick what is to be moved").expect(422, "Choose where to move it");
        let missed = noor.submit(&shift, &[("item", &item), ("operation", "new"), ("name", "")]).await;
        missed.expect(422, "Enter a name for the folder").expect(422, "checked");
        noor.submit(&shift, &[("item", &item), ("into", &inner)]).await.expect(200, "Moved.").expect_not("Choose Permit");
        noor.get(&format!("{list}/folders/{inner}")).await.expect(200, "Permit").expect(200, ">Batch A</a>");
        noor.get(&permit).await.expect(200, ">Old</a>").expect(200, ">Batch A</a>");
        // A folder does not go into itself or what lies in it.
        let itself = format!("folder:{outer}");
        noor.submit(&shift, &[("item", &itself), ("into", &outer)]).await.expect(422, "into itself");
        noor.submit(&shift, &[("item", &itself), ("into", &inner)]).await.expect(422, "lies in it");
        let old = format!("folder:{inner}");
        noor.submit(&shift, &[("folder", &outer), ("item", &old), ("into", "top")]).await.expect(200, "Moved.");
        noor.submit(&shift, &[("item", &old), ("item", &itself), ("operation", "new"), ("name", "Both")]).await
            .expect(200, "0 templates, 2 folders");
        let path = format!("{list}/folders/{inner}");
        noor.submit(&format!("{path}/name"), &[("name", "")]).await.expect(422, "Enter a name");
        noor.submit(&format!("{path}/name"), &[("name", "Older")]).await.expect(200, "<h1>Older</h1>");
        noor.get(&format!("{path}/remove")).await.expect(200, "Delete Older?");
        noor.submit(&format!("{path}/remove"), &[]).await.expect(422, "The folder is not empty.");
        noor.submit(&shift, &[("folder", &inner), ("item", &item), ("into", "top")]).await.expect(200, "This folder is empty.");
        noor.submit(&format!("{path}/remove"), &[]).await.expect(200, "The folder was deleted.").expect(200, "<h1>Both</h1>");
        noor.get(&path).await.expect(404, "");
        noor.get(&format!("{list}?lang=fr")).await.expect(200, "Nouveau dossier").expect(200, "1 dossier");
    }

    async fn a_template_is_made_in_its_folder_and_found_by_its_words(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut noor) = house.team().await;
        let list = format!("/services/{}/templates", service.id);
        let outer = folder(&house, service.id, "Permis", None).await;
        let inner = folder(&house, service.id, "Rappels", Some(outer)).await;
        template(&house, service.id, ("Nudge", "Votre permis est prêt"), Some(inner)).await;
        template(&house, service.id, ("Code", "Your code"), None).await;
        noor.get(&format!("{list}/new?folder={outer}")).await.expect(200, &format!("new/email?folder={outer}"));
        let place = outer.to_string();
        let fields = [("name", "Letter"), ("subject", "Bonjour"), ("body", "Texte"), ("language", "fr"),
            ("category", "019b7741-c000-7000-8000-000000000003"), ("folder", place.as_str())];
        noor.submit(&format!("{list}/new/email"), &fields).await.expect(200, ">Permis</a>");
        noor.get(&list).await.expect(200, "Code").expect_not("Letter").expect(200, "1 template, 1 folder");
        noor.get(&format!("{list}?search=PRET+permis")).await.expect(200, "Nudge").expect_not("Letter").expect(200, "Permis / Rappels");
        noor.get(&format!("{list}?search=rappels")).await.expect(200, ">Rappels</a>");
        noor.get(&format!("{list}/folders/{outer}?search=code")).await.expect(200, "No template has these words");
        noor.get(&format!("{list}?kind=email")).await.expect(200, "Letter").expect_not("Nudge");
        noor.get(&format!("{list}?category=019b7741-c000-7000-8000-000000000003&kind=sms")).await.expect_not("Letter");
    }

    async fn a_long_list_has_pages(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut noor) = house.team().await;
        let list = format!("/services/{}/templates", service.id);
        for number in 0..51 {
            template(&house, service.id, (&format!("Number {number:02}"), "x"), None).await;
        }
        noor.get(&list).await.expect(200, "Number 49").expect_not("Number 50").expect(200, "Next page");
        noor.get(&format!("{list}?page=2")).await.expect(200, "Number 50").expect_not("Number 49").expect(200, "Previous page");
        noor.get(&format!("{list}?search=number&page=2")).await.expect(200, "Number 50").expect(200, "search=number&#38;page=1");
    }

    async fn a_hidden_folder_is_not_there_on_any_road(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut noor) = house.team().await;
        let (lee, kim) = (house.person("lee@example.gc.ca").await, house.person("kim@example.gc.ca").await);
        house.join(service.id, &lee, all_but_managing()).await;
        house.join(service.id, &kim, all_but_managing()).await;
        let list = format!("/services/{}/templates", service.id);
        let hidden = folder(&house, service.id, "Secret", None).await;
        let below = folder(&house, service.id, "Deep", Some(hidden)).await;
        let own = folder(&house, service.id, "Own", Some(below)).await;
        let held = template(&house, service.id, ("Raise", "Pay words"), Some(hidden)).await;
        let deep = template(&house, service.id, ("Layoff", "Pay words"), Some(below)).await;
        let open = template(&house, service.id, ("Shared", "Pay words"), Some(own)).await;
        let folders = format!("{list}/folders");
        let people = format!("{folders}/{hidden}/people");
        let mut guest = house.signed_in(&lee).await;
        guest.get(&held).await.expect(200, "Raise");
        guest.get(&people).await.expect(403, "");
        // The manager lets only Kim see it.
        noor.get(&people).await.expect(200, "Everybody on the team").expect(200, "kim@example.gc.ca").expect(200, "noor.");
        noor.submit(&people, &[]).await.expect(422, "Choose who sees the folder");
        noor.submit(&people, &[("who", "some"), ("person", &kim.id.to_string())]).await
            .expect(200, "was saved").expect(200, "Only some members");
        restrict(&house, service.id, own, &[&lee]).await;
        noor.get(&people).await.expect(200, r#"value="some" checked"#);
        for path in [&held, &deep] {
            for road in ["", "/look", "/edit", "/versions", "/archive", "/send"] {
                guest.get(&format!("{path}{road}")).await.expect(404, "");
            }
            for road in ["/edit", "/versions", "/archive", "/send", "/send/check"] {
                guest.submit(&format!("{path}{road}"), &[]).await.expect(404, "");
            }
        }
        for road in ["", "/name", "/remove"] {
            guest.get(&format!("{folders}/{hidden}{road}")).await.expect(404, "");
        }
        for road in ["/name", "/remove", "/people"] {
            guest.submit(&format!("{folders}/{hidden}{road}"), &[("name", "Mine"), ("who", "all")]).await.expect(404, "");
        }
        let into = hidden.to_string();
        guest.submit(&format!("{folders}/new"), &[("name", "x"), ("folder", &into)]).await.expect(404, "");
        guest.get(&format!("{list}/new?folder={into}")).await.expect(404, "");
        guest.submit(&format!("{list}/new/sms"), &[("name", "x"), ("body", "x"), ("folder", &into)]).await.expect(404, "");
        let item = format!("template:{}", held.rsplit('/').next().unwrap());
        let move_to = format!("{list}/move");
        guest.submit(&move_to, &[("item", &item), ("into", "top")]).await.expect(404, "");
        guest.submit(&move_to, &[("item", &format!("folder:{hidden}")), ("into", "top")]).await.expect(404, "");
        let seen = format!("template:{}", open.rsplit('/').next().unwrap());
        guest.submit(&move_to, &[("item", &seen), ("into", &into)]).await.expect(404, "");
        guest.get(&format!("{list}?search=pay")).await.expect(200, "Shared").expect_not("Raise").expect_not("Layoff");
        // Its own folder below the hidden ones is shown where it can be reached.
        guest.get(&list).await.expect(200, "Secret / Deep / Own");
        guest.get(&open).await.expect(200, "Shared");
        house.signed_in(&kim).await.get(&deep).await.expect(200, "Layoff");
        noor.get(&held).await.expect(200, "Raise");
        // Who comes back to the team starts anew.
        house.clock.advance(TimeDelta::minutes(1));
        let tx = house.db.begin().await.unwrap();
        accounts::membership::remove(&tx, &house.stamp(), service.id, kim.id).await.unwrap();
        tx.commit().await.unwrap();
        house.join(service.id, &kim, all_but_managing()).await;
        house.signed_in(&kim).await.get(&deep).await.expect(404, "");
        noor.submit(&people, &[("who", "all")]).await.expect(200, "was saved");
        guest.get(&held).await.expect(200, "Raise");
    }

    async fn folders_ask_for_permission_and_other_services_do_not_exist(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut owner) = house.team().await;
        let list = format!("/services/{}/templates", service.id);
        let mine = folder(&house, service.id, "Mine", None).await;
        let other = house.service("Licences").await;
        let lee = house.person("lee@example.gc.ca").await;
        house.join(other.id, &lee, Permissions::all()).await;
        let theirs = folder(&house, other.id, "Theirs", None).await;
        let foreign = template(&house, other.id, ("Foreign", "x"), Some(theirs)).await;
        for road in ["", "/name", "/remove", "/people"] {
            owner.get(&format!("{list}/folders/{theirs}{road}")).await.expect(404, "");
            owner.get(&format!("/services/{}/templates/folders/{theirs}{road}", other.id)).await.expect(404, "");
            owner.get(&format!("{list}/folders/nonsense{road}")).await.expect(404, "");
        }
        for road in ["/name", "/remove", "/people"] {
            owner.submit(&format!("{list}/folders/{theirs}{road}"), &[("name", "x"), ("who", "all")]).await.expect(404, "");
        }
        let item = format!("template:{}", foreign.rsplit('/').next().unwrap());
        let move_to = format!("{list}/move");
        owner.submit(&move_to, &[("item", &item), ("into", "top")]).await.expect(404, "");
        owner.submit(&move_to, &[("item", &format!("folder:{mine}")), ("into", &theirs.to_string())]).await.expect(404, "");
        owner.submit(&format!("{list}/folders/new"), &[("name", "x"), ("folder", &theirs.to_string())]).await.expect(404, "");
        let lee = lee.id.to_string();
        let stranger = [("who", "some"), ("person", lee.as_str())];
        owner.submit(&format!("{list}/folders/{mine}/people"), &stranger).await.expect(404, "");
        // A member without the permission sees the list and changes nothing.
        let kim = house.person("kim@example.gc.ca").await;
        house.join(service.id, &kim, [Permission::SendMessages].into_iter().collect()).await;
        let mut member = house.signed_in(&kim).await;
        member.get(&list).await.expect(200, "Mine").expect_not("New folder").expect_not("type=\"checkbox\"");
        member.get(&format!("{list}/folders/{mine}")).await.expect(200, "Mine").expect_not("/name");
        for road in ["/new", &format!("/{mine}/name"), &format!("/{mine}/remove"), &format!("/{mine}/people")] {
            member.get(&format!("{list}/folders{road}")).await.expect(403, "");
            member.submit(&format!("{list}/folders{road}"), &[("name", "x")]).await.expect(403, "");
        }
        member.submit(&move_to, &[]).await.expect(403, "");
    }
}
