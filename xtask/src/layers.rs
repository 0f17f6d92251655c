//! Who may depend on whom. Crates are the layers, so the compiler keeps most of it; this keeps the rest.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, Metadata, Package};

/// The products. A product never depends on another: what two need goes down into the foundation.
const PRODUCTS: [&str; 3] = ["notify", "assess", "host"];

/// Foundation crates with the ones each may stand on. (`testkit` is for tests and may know every one that it helps.)
const FOUNDATION: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("telemetry", &["kernel"]),
    ("text", &["kernel"]),
    ("ui", &["kernel", "text"]),
    ("web", &["kernel", "text", "ui"]),
    ("db", &["kernel"]),
    ("audit", &["kernel", "db"]),
    ("jobs", &["kernel", "db"]),
    ("accounts", &["kernel", "db", "jobs", "audit", "web"]),
    ("accounts-pages", &["kernel", "db", "jobs", "audit", "accounts", "web", "ui", "text"]),
    ("testkit", &["kernel", "db", "jobs", "audit", "accounts", "web"]),
];

/// Parts of a product with what each may stand on; `""` is the pure domain, which carries the product's name alone.
const PARTS: &[(&str, &[&str], &[&str])] = &[
    ("", &[], &["kernel"]),
    ("store", &[""], &["kernel", "db", "audit", "accounts", "jobs"]),
    ("api", &["", "store"], &["kernel", "db", "audit", "accounts", "web", "jobs"]),
    ("pages", &["", "store"], &["kernel", "db", "audit", "accounts", "web", "ui", "text", "jobs"]),
    ("work", &["", "store"], &["kernel", "db", "audit", "accounts", "jobs"]),
];

/// What puts the parts together and may therefore know all of them.
const WHOLES: [&str; 4] = ["portico", "xtask", "bench", "tests"];

/// Crates from outside that a layer must not name itself.
const FOREIGN: &[(&str, &[&str])] = &[
    ("kernel", &["tokio", "axum", "sqlx", "sea-orm", "reqwest"]),
    ("telemetry", &["axum", "sea-orm", "sqlx"]),
    ("text", &["axum", "tokio", "sea-orm", "sqlx"]),
    ("ui", &["axum", "tokio", "sea-orm", "sqlx"]),
    ("web", &["sea-orm", "sqlx", "reqwest"]),
    ("db", &["axum", "askama"]),
    ("audit", &["axum", "askama"]),
    ("jobs", &["axum", "askama"]),
    ("accounts", &["askama", "reqwest"]),
    ("*", &["tokio", "axum", "askama", "sea-orm", "sqlx", "reqwest", "rand"]),
    ("*-store", &["axum", "askama", "utoipa", "reqwest"]),
    ("*-api", &["askama", "sea-orm", "sqlx", "reqwest", "lettre"]),
    ("*-pages", &["utoipa", "sea-orm", "sqlx", "reqwest", "lettre"]),
    ("*-work", &["axum", "askama", "utoipa"]),
];

/// Crates that own tables. Nobody else may write a query with an entity.
const STORES: [&str; 5] = ["db", "audit", "jobs", "accounts", "testkit"];

/// A crate of the workspace as the rules see it.
#[derive(Debug, Default)]
pub struct Member {
    /// Its package name.
    pub name: String,
    /// Names of what it needs to build or run, without what only its tests need and what a feature brings.
    pub needs: Vec<String>,
}

/// Every rule that the workspace breaks, in words; none is good.
///
/// # Errors
/// When a source file cannot be read.
pub fn broken(metadata: &Metadata) -> Result<Vec<String>> {
    let members: Vec<Member> = metadata.workspace_packages().into_iter().map(member).collect();
    let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    let mut broken: Vec<String> =
        members.iter().flat_map(|member| broken_by(member, &names)).collect();
    for package in metadata.workspace_packages() {
        if !owns_tables(package.name.as_str()) {
            let folder = package.manifest_path.with_file_name("src");
            broken.extend(queries_in(folder.as_std_path())?);
        }
    }
    Ok(broken)
}

fn member(package: &Package) -> Member {
    let needs = package
        .dependencies
        .iter()
        .filter(|needed| needed.kind != DependencyKind::Development && !needed.optional)
        .map(|needed| needed.name.clone())
        .collect();
    Member { name: package.name.to_string(), needs }
}

/// The rules that one crate breaks; `members` are the names of the whole workspace.
pub fn broken_by(member: &Member, members: &[&str]) -> Vec<String> {
    let name = member.name.as_str();
    if WHOLES.contains(&name) {
        return Vec::new();
    }
    let Some(layer) = Layer::of(name) else {
        return vec![format!(
            "{name}: no layer is known for this crate; add it to xtask/src/layers.rs"
        )];
    };
    let own = member.needs.iter().filter(|needed| members.contains(&needed.as_str()));
    let upward = own
        .filter(|needed| !layer.may_stand_on(needed))
        .map(|needed| format!("{name} must not depend on {needed}"));
    let foreign = member
        .needs
        .iter()
        .filter(|needed| layer.forbids(needed))
        .map(|needed| format!("{name} must not name the crate {needed}"));
    upward.chain(foreign).collect()
}

/// Where a crate stands.
enum Layer {
    Foundation {
        name: &'static str,
        below: &'static [&'static str],
    },
    Part {
        product: &'static str,
        part: &'static str,
        own: &'static [&'static str],
        below: &'static [&'static str],
    },
}

impl Layer {
    fn of(name: &str) -> Option<Self> {
        let foundation = FOUNDATION.iter().find(|(known, _)| *known == name);
        if let Some((name, below)) = foundation {
            return Some(Self::Foundation { name, below });
        }
        let (product, part) = name.split_once('-').unwrap_or((name, ""));
        let product = PRODUCTS.into_iter().find(|known| *known == product)?;
        let (part, own, below) = PARTS.iter().find(|(known, ..)| *known == part)?;
        Some(Self::Part { product, part, own, below })
    }

    fn may_stand_on(&self, needed: &str) -> bool {
        match self {
            Self::Foundation { below, .. } => below.contains(&needed),
            Self::Part { product, own, below, .. } => {
                below.contains(&needed) || own.iter().any(|part| called(product, part) == needed)
            }
        }
    }

    fn forbids(&self, needed: &str) -> bool {
        let key = match self {
            Self::Foundation { name, .. } => (*name).to_owned(),
            Self::Part { part, .. } => called("*", part),
        };
        FOREIGN.iter().any(|(layer, crates)| *layer == key && crates.contains(&needed))
    }
}

fn called(product: &str, part: &str) -> String {
    if part.is_empty() { product.to_owned() } else { format!("{product}-{part}") }
}

fn owns_tables(name: &str) -> bool {
    STORES.contains(&name) || name.ends_with("-store") || WHOLES.contains(&name)
}

/// Places below `folder` that query an entity; the store has a function for that, or should get one.
fn queries_in(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(queries_in(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let lines = text.lines().enumerate().filter(|(_, line)| queries(line));
            found.extend(lines.map(|(number, _)| {
                format!("{}:{}: only a store may query an entity", path.display(), number + 1)
            }));
        }
    }
    Ok(found)
}

fn queries(line: &str) -> bool {
    line.split("Entity::").skip(1).any(|rest| {
        ["find", "insert", "update", "delete"].iter().any(|verb| rest.starts_with(verb))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [&str; 9] =
        ["kernel", "db", "web", "ui", "notify", "notify-store", "notify-api", "assess", "portico"];

    fn broken(name: &str, needs: &[&str]) -> Vec<String> {
        let needs = needs.iter().map(|needed| (*needed).to_owned()).collect();
        broken_by(&Member { name: name.to_owned(), needs }, &ALL)
    }

    #[test]
    fn what_the_table_allows_is_quiet() {
        assert!(
            broken("notify-api", &["notify", "notify-store", "web", "kernel", "axum"]).is_empty()
        );
        assert!(broken("portico", &ALL).is_empty());
    }

    #[test]
    fn a_product_does_not_see_another() {
        assert_eq!(broken("notify", &["kernel", "assess"]), ["notify must not depend on assess"]);
    }

    #[test]
    fn the_foundation_does_not_look_up() {
        assert_eq!(broken("web", &["ui", "db"]), ["web must not depend on db"]);
        assert_eq!(broken("kernel", &["notify"]), ["kernel must not depend on notify"]);
    }

    #[test]
    fn pure_crates_stay_pure() {
        assert_eq!(broken("notify", &["tokio"]), ["notify must not name the crate tokio"]);
        assert_eq!(
            broken("notify-api", &["sea-orm"]),
            ["notify-api must not name the crate sea-orm"]
        );
    }

    #[test]
    fn a_crate_without_a_layer_is_named() {
        assert_eq!(broken("notify-extras", &[]).len(), 1);
    }

    #[test]
    fn a_query_is_seen_in_any_spelling() {
        assert!(queries("    notification::Entity::find().all(db)"));
        assert!(queries("Entity::insert_many(rows)"));
        assert!(!queries("use sea_orm::Entity; // Entity::column"));
    }
}
