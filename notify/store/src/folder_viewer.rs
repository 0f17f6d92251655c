//! Who sees a folder that not everybody sees, and a service's folders as one person sees them.

use std::collections::{HashMap, HashSet};

use accounts::{Permission, PersonId, ServiceId, membership, person};
use audit::Stamp;
use db::Transaction;
use kernel::Time;
use sea_orm::{ActiveValue::Set, IntoActiveModel, entity::prelude::*};
use serde_json::json;

use crate::{
    FolderId,
    template_folder::{self, DEEPEST},
    trail,
};

/// Somebody who sees a restricted folder.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "folder_viewer")]
pub struct Model {
    /// The folder.
    #[sea_orm(primary_key, auto_increment = false)]
    pub folder_id: FolderId,
    /// Who sees it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    /// Whose folder it is.
    pub service_id: ServiceId,
    /// Since when. What was given before somebody came (back) to the team does not count.
    pub created_at: Time,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A service's folders as one person sees them (admin specification, sections A.2 and G.9).
///
/// A folder is seen by whoever sees the one it lies in, unless it is restricted: then by those on its own list. Staff
/// and members who may manage the service, and so could put themselves on every list, see all.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    folders: Vec<template_folder::Model>,
    hidden: HashSet<FolderId>,
}

impl Seen {
    /// What `person` sees; one query where nothing is restricted, three at most.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn by(
        db: &impl ConnectionTrait,
        service: ServiceId,
        person: &person::Model,
    ) -> db::Result<Self> {
        let folders = template_folder::list(db, service).await?;
        if person.staff || !folders.iter().any(|folder| folder.restricted) {
            return Ok(Self { folders, hidden: HashSet::new() });
        }
        let member = membership::find(db, service, person.id).await?;
        let Some(member) = member else { return Ok(Self::of(folders, &HashSet::new())) };
        if member.permissions.0.has(Permission::ManageService) {
            return Ok(Self { folders, hidden: HashSet::new() });
        }
        let given = Entity::find()
            .filter(Column::ServiceId.eq(service))
            .filter(Column::PersonId.eq(person.id))
            .filter(Column::CreatedAt.gte(member.created_at))
            .all(db)
            .await?;
        Ok(Self::of(folders, &given.into_iter().map(|row| row.folder_id).collect()))
    }

    fn of(folders: Vec<template_folder::Model>, given: &HashSet<FolderId>) -> Self {
        let mut seen = Self { folders, hidden: HashSet::new() };
        let hides = |folder: &&template_folder::Model| {
            let list = seen.up(folder).into_iter().find(|above| above.restricted);
            list.is_some_and(|list| !given.contains(&list.id))
        };
        let hidden = seen.folders.iter().filter(hides).map(|folder| folder.id).collect();
        seen.hidden = hidden;
        seen
    }

    fn known(&self, id: FolderId) -> Option<&template_folder::Model> {
        self.folders.iter().find(|folder| folder.id == id)
    }

    /// The folder and those it lies in, up to the top, seen or not.
    fn up<'a>(&'a self, folder: &'a template_folder::Model) -> Vec<&'a template_folder::Model> {
        let mut way = vec![folder];
        let mut above = folder.parent_id;
        while let Some(next) = above.and_then(|id| self.known(id)).filter(|_| way.len() <= DEEPEST)
        {
            way.push(next);
            above = next.parent_id;
        }
        way
    }

    /// Whether what lies in this folder is seen; everybody sees the top.
    pub fn sees(&self, folder: Option<FolderId>) -> bool {
        folder.is_none_or(|id| !self.hidden.contains(&id))
    }

    /// The service's folder, if it is seen.
    pub fn folder(&self, id: FolderId) -> Option<&template_folder::Model> {
        self.known(id).filter(|folder| self.sees(Some(folder.id)))
    }

    /// The folders that are seen.
    pub fn folders(&self) -> impl Iterator<Item = &template_folder::Model> {
        self.folders.iter().filter(|folder| self.sees(Some(folder.id)))
    }

    /// The seen folders from the top down to this one, which is the last.
    pub fn way<'a>(
        &'a self,
        folder: &'a template_folder::Model,
    ) -> Vec<&'a template_folder::Model> {
        let mut way = self.up(folder);
        way.retain(|above| self.sees(Some(above.id)));
        way.reverse();
        way
    }

    /// Where the folder is shown: in the nearest seen folder above, or at the top.
    pub fn shown_in(&self, folder: &template_folder::Model) -> Option<FolderId> {
        let above = self.up(folder).into_iter().skip(1);
        above.map(|above| above.id).find(|id| self.sees(Some(*id)))
    }

    /// Its name where it is shown, with the names of the unseen folders between: `B / C`.
    pub fn label(&self, folder: &template_folder::Model) -> String {
        let unseen = self.up(folder).into_iter().skip(1);
        let unseen = unseen.take_while(|above| !self.sees(Some(above.id)));
        let mut names: Vec<&str> = unseen.map(|above| above.name.as_str()).collect();
        names.insert(0, &folder.name);
        names.reverse();
        names.join(" / ")
    }

    /// Its name with those of all folders above.
    pub fn path(&self, folder: &template_folder::Model) -> String {
        let mut names: Vec<&str> = self.up(folder).iter().map(|one| one.name.as_str()).collect();
        names.reverse();
        names.join(" / ")
    }

    /// The folders that are shown in this one, or at the top, by their labels.
    pub fn inside(&self, folder: Option<FolderId>) -> Vec<&template_folder::Model> {
        let mut inside: Vec<_> =
            self.folders().filter(|one| self.shown_in(one) == folder).collect();
        inside.sort_by_cached_key(|one| (self.label(one).to_lowercase(), one.id));
        inside
    }

    /// Whether `folder` is `top` or lies below it; everything lies below the top of all.
    pub fn is_below(&self, folder: Option<FolderId>, top: Option<FolderId>) -> bool {
        let Some(top) = top else { return true };
        let Some(folder) = folder.and_then(|id| self.known(id)) else { return false };
        self.up(folder).iter().any(|above| above.id == top)
    }
}

/// For each folder of a service the members who see it, as [`Seen`] decides.
///
/// # Errors
/// Those of the database.
pub async fn seers(
    db: &impl ConnectionTrait,
    service: ServiceId,
) -> db::Result<HashMap<FolderId, Vec<PersonId>>> {
    let team = membership::list(db, service).await?;
    let folders = template_folder::list(db, service).await?;
    let given = Entity::find().filter(Column::ServiceId.eq(service)).all(db).await?;
    let all = Seen { folders, hidden: HashSet::new() };
    let seers = |folder: &template_folder::Model| {
        let list = all.up(folder).into_iter().find(|above| above.restricted);
        let sees = |member: &&membership::Model| match list {
            None => true,
            Some(_) if member.permissions.0.has(Permission::ManageService) => true,
            Some(list) => given.iter().any(|row| {
                row.folder_id == list.id
                    && row.person_id == member.person_id
                    && row.created_at >= member.created_at
            }),
        };
        let people = team.iter().filter(sees).map(|member| member.person_id);
        (folder.id, people.collect())
    };
    Ok(all.folders.iter().map(seers).collect())
}

/// Lets only these people see a folder, or with `None` everybody who sees the folder above.
///
/// # Errors
/// `Missing` when the service has no such folder.
pub async fn set(
    tx: &Transaction,
    stamp: &Stamp,
    (service, folder): (ServiceId, FolderId),
    people: Option<&[PersonId]>,
) -> db::Result<()> {
    let found = template_folder::find(tx, service, folder).await?.ok_or(db::Error::Missing)?;
    let mut row = found.into_active_model();
    row.restricted = Set(people.is_some());
    row.update(tx).await?;
    forget(tx, folder).await?;
    let rows = people.unwrap_or_default().iter().map(|person| Model {
        folder_id: folder,
        person_id: *person,
        service_id: service,
        created_at: stamp.at,
    });
    for row in rows {
        Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    }
    let words = json!({"people": people});
    trail::leave(tx, stamp, service, ("template-folder.people", folder.uuid()), words).await
}

/// Empties a folder's list.
pub(crate) async fn forget(tx: &Transaction, folder: FolderId) -> db::Result<()> {
    Entity::delete_many().filter(Column::FolderId.eq(folder)).exec(tx).await?;
    Ok(())
}
