//! What is read rather than filled in.

use askama::Template;
use axum::response::{Html, IntoResponse};
use kernel::Language;
use ui::{
    Banner, BannerTone, Bar, Breadcrumbs, Bubble, Button, ButtonKind, Cell, Chart, ChartRow,
    Copyable, Details, Diff, EmailFrame, Filter, Inset, Link, Live, Panel, Rendered, SummaryList,
    SummaryRow, Tab, Table, Tabs, Tag, Task, Tasks, Tile, Tiles, Tone,
};
use web::{PageError, Reader, page};

use super::Say;

#[derive(Template)]
#[template(path = "gallery/shown.html")]
struct Shown {
    title: String,
    t: Say,
}

pub async fn show(reader: Reader) -> Result<Html<String>, PageError> {
    let t = Say(reader.language);
    let title = t.of("Payroll notices", "Avis de paie");
    page::show(&Shown { title, t })
}

#[derive(Template)]
#[template(path = "gallery/figures.html")]
struct Figures {
    title: String,
    t: Say,
}

pub async fn figures(reader: Reader) -> Result<Html<String>, PageError> {
    let t = Say(reader.language);
    let title = t.of("Dashboard", "Tableau de bord");
    page::show(&Figures { title, t })
}

/// One change, and nothing more for a while.
pub async fn events() -> impl IntoResponse {
    let said = "retry: 600000\ndata: <p>News by event</p>\n\n";
    ([("content-type", "text/event-stream")], said)
}

/// What a region finds when it asks: it has nothing more to wait for.
pub async fn news() -> Html<&'static str> {
    Html("<div id=\"asked\"><p>News by asking</p></div>")
}

impl Shown {
    fn crumbs(&self) -> Vec<Link> {
        let mut here = Link::new("", self.t.of("Payroll notices", "Avis de paie"));
        here.current = true;
        vec![
            Link::new("/form", self.t.of("Templates", "Gabarits")),
            Link::new("/form", self.t.of("Human resources", "Ressources humaines")),
            here,
        ]
    }

    fn question(&self) -> Rendered {
        let text = self.t.of("Yes, delete the template", "Oui, supprimer le gabarit");
        Rendered::of(&Button { text, kind: ButtonKind::Danger, ..Button::default() })
    }

    fn settings(&self) -> SummaryList {
        let change = self.t.of("Change", "Modifier");
        let name = self.t.of("Service name", "Nom du service");
        let kind = self.t.of("Status", "État");
        let row = SummaryRow::new(name, self.t.of("Payroll notices", "Avis de paie"));
        SummaryList {
            rows: vec![
                row.action("/form", change.clone()).action("/form", self.t.of("Remove", "Retirer")),
                SummaryRow::new(kind, Tag::new(self.t.of("Trial", "Essai"), Tone::Warning)),
                SummaryRow::new(
                    "ID",
                    Cell::Code("0199c1de-22aa-7000-8000-1f2e3d4c5b6a".to_owned()),
                )
                .action("/form", change),
            ],
        }
    }

    fn tasks(&self) -> Tasks {
        let done = Tag::new(self.t.of("Completed", "Terminé"), Tone::Done);
        let open = Tag::new(self.t.of("To do", "À faire"), Tone::Accent);
        let later = Tag::new(self.t.of("Cannot start yet", "Pas encore possible"), Tone::Neutral);
        let task = |title: String, status, href: Option<&str>, hint| Task {
            title,
            status,
            href: href.map(str::to_owned),
            hint,
        };
        Tasks {
            id: String::new(),
            tasks: vec![
                task(self.t.of("Add a template", "Ajouter un gabarit"), done, Some("/form"), None),
                task(
                    self.t.of("Add a second manager", "Ajouter une deuxième personne gestionnaire"),
                    open,
                    Some("/form"),
                    Some(self.t.of("So that nobody is missed.", "Pour que personne ne manque.")),
                ),
                task(self.t.of("Ask to go live", "Demander l’activation"), later, None, None),
            ],
        }
    }

    fn tabs(&self, pills: bool) -> Tabs {
        let tab =
            |text: String, count, current| Tab { href: "/shown".to_owned(), text, count, current };
        Tabs {
            language: self.t.0,
            label: if pills { self.t.of("Status", "État") } else { self.t.of("Views", "Vues") },
            tabs: vec![
                tab(self.t.of("Sending", "En cours d’envoi"), Some(12_345), false),
                tab(self.t.of("Delivered", "Livrés"), Some(1_204_331), true),
                tab(self.t.of("Failed", "Échoués"), (!pills).then_some(0), false),
            ],
            pills,
        }
    }

    fn tiles(&self) -> Tiles {
        let tile = |title: String, text: String, value: Option<&str>, tag| Tile {
            href: "/form".to_owned(),
            title,
            text,
            value: value.map(str::to_owned),
            tag,
        };
        let trial = Tag::new(self.t.of("Trial", "Essai"), Tone::Warning);
        Tiles {
            tiles: vec![
                tile(
                    self.t.of("API keys", "Clés API"),
                    self.t.of("Create and revoke keys.", "Créer et révoquer des clés."),
                    None,
                    None,
                ),
                tile(
                    self.t.of("emails sent", "courriels envoyés"),
                    String::new(),
                    Some("1 204"),
                    None,
                ),
                tile("Service".to_owned(), String::new(), None, Some(trial)),
            ],
        }
    }

    fn table(&self) -> Table {
        let row = |name: &str, sent: &str, failed: &str| {
            vec![
                Cell::Link(Link::new("/form", name)),
                Cell::Tag(Tag::new(self.t.of("Email", "Courriel"), Tone::Accent)),
                Cell::Text(sent.to_owned()),
                Cell::Text(failed.to_owned()),
            ]
        };
        Table {
            caption: self.t.of("Templates", "Gabarits"),
            head: vec![
                self.t.of("Template", "Gabarit"),
                self.t.of("Kind", "Type"),
                self.t.of("Sent", "Envoyés"),
                self.t.of("Failed", "Échoués"),
            ],
            numbers: vec![2, 3],
            rows: vec![
                row("Élection", "12 345", "3"),
                row("Pay stub", "98", "0"),
                row("Invitation", "1", "0"),
            ],
            ..Table::default()
        }
    }

    fn bare(&self) -> Table {
        Table {
            caption: self.t.of("Uploads", "Téléversements"),
            empty: Some(self.t.of("No uploads yet.", "Aucun téléversement pour l’instant.")),
            ..Table::default()
        }
    }

    fn marked(&self) -> Rendered {
        Rendered::words(&self.t.of("Your code is 204 811.", "Votre code est 204 811."))
    }
}

impl Figures {
    fn bars(&self) -> Vec<Bar> {
        let label = self.t.of("Emails today", "Courriels aujourd’hui");
        [(12, 50), (41, 50), (50, 50), (1_250_000, 1_000_000)]
            .map(|(used, limit)| Bar {
                language: self.t.0,
                label: label.clone(),
                used,
                limit,
                hint: None,
            })
            .to_vec()
    }

    fn chart(&self, series: usize) -> Chart {
        let names = [
            self.t.of("Delivered", "Livrés"),
            self.t.of("Sending", "En cours d’envoi"),
            self.t.of("Failed", "Échoués"),
        ];
        let rows = (1..=30).map(|day| ChartRow {
            label: format!("{day} nov."),
            values: [day * 37 % 211 + 20, day * 17 % 40, day * 7 % 30][..series].to_vec(),
        });
        Chart {
            language: self.t.0,
            id: format!("chart-{series}"),
            title: self.t.of("Emails a day", "Courriels par jour"),
            description: self.t.of(
                "Between 20 and 250 a day; most on November 17.",
                "Entre 20 et 250 par jour; le plus le 17 novembre.",
            ),
            row_heading: self.t.of("Day", "Jour"),
            series: names[..series].to_vec(),
            rows: rows.collect(),
            open: false,
        }
    }
}
