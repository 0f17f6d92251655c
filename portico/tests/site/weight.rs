//! How heavy pages are: on a first visit and after it, packed as a browser gets them (issue 3, point 10).

use std::{
    collections::{BTreeSet, VecDeque},
    io::Write,
};

use flate2::{Compression, write::GzEncoder};
use notify::Channel;
use notify_store::template;
use portico::Migrator;
use testkit::{Browser, Page};

use crate::house::House;

/// The most bytes of a page whose style, script and fonts a browser has already.
const LATER: usize = 30 * 1024;
/// The most bytes of a first visit, with all of these.
const FIRST: usize = 100 * 1024;
/// The most pages that are looked at, each once in each language.
const MOST: usize = 400;

fn packed(bytes: &[u8]) -> usize {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap().len()
}

/// What comes over the wire for one of our files.
fn sent(path: &str) -> usize {
    let asset = ui::asset::find(path.trim_start_matches(ui::asset::PREFIX)).expect(path);
    asset.gzip.as_deref().unwrap_or(&asset.bytes).len()
}

/// Style, script, icon, and the fonts that English and French need.
fn baggage() -> usize {
    let names = [
        "style.css",
        "portico.js",
        "icon.svg",
        "down.svg",
        "fonts/noto-sans-latin-400-normal.woff2",
        "fonts/noto-sans-latin-700-normal.woff2",
    ];
    names.iter().map(|name| sent(ui::asset::path(name))).sum()
}

/// The pages of this site that a page leads to.
fn links(page: &Page) -> Vec<String> {
    let hrefs = page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = hrefs.filter(|href| href.starts_with('/') && !href.starts_with(ui::asset::PREFIX));
    own.map(|href| href.split('#').next().unwrap_or_default().replace("&#38;", "&")).collect()
}

/// Follows every link from `starts`; gives what is too heavy, and how many pages there were.
async fn walk(browser: &mut Browser, starts: &[String]) -> (Vec<String>, usize) {
    let mut waiting: VecDeque<String> = starts.iter().cloned().collect();
    let mut seen: BTreeSet<String> = starts.iter().cloned().collect();
    let (mut heavy, mut pages) = (Vec::new(), 0);
    while let Some(path) = waiting.pop_front() {
        let page = browser.get(&path).await;
        if !page.is_html() || page.status.is_redirection() {
            continue;
        }
        assert!(!page.status.is_server_error(), "{path}: {}", page.status);
        pages += 1;
        let bytes = packed(page.body.as_bytes());
        if bytes > LATER || bytes + baggage() > FIRST {
            heavy.push(format!("{path}: {bytes} bytes"));
        }
        for link in links(&page) {
            if seen.len() < MOST && seen.insert(link.clone()) {
                waiting.push_back(link);
            }
        }
    }
    (heavy, pages)
}

/// As many templates as a busy service has.
async fn many_templates(house: &House, service: accounts::ServiceId) {
    let tx = house.db.begin().await.unwrap();
    for number in 0..120 {
        let wanted = template::NewTemplate {
            channel: if number % 3 == 0 { Channel::Sms } else { Channel::Email },
            name: format!("Template {number} with a name of usual length"),
            subject: (number % 3 != 0).then(|| "A subject of usual length".to_owned()),
            body: "Hello ((name)), your permit ((number)) is ready.".to_owned(),
            category_id: None,
            folder_id: None,
            lane: None,
            language: "en".to_owned(),
            right_to_left: false,
        };
        template::create(&tx, &house.stamp(), service, "test", wanted).await.unwrap();
    }
    tx.commit().await.unwrap();
}

testkit::on_each_engine! { Migrator;
    async fn no_page_is_heavier_than_promised(test) {
        let house = House::over(&test.db).await;
        let (service, _, mut member) = house.team().await;
        many_templates(&house, service.id).await;
        let (_, mut staff) = house.staff().await;
        // Addresses without variables, and whatever they lead to.
        let fixed = house.routes.iter().filter(|route| route.method == http::Method::GET);
        let mut starts: Vec<String> = fixed
            .map(|route| route.path.replace("{service}", &service.id.to_string()))
            .filter(|path| !path.contains('{'))
            .collect();
        starts.sort();
        for browser in [&mut house.browser(), &mut member, &mut staff] {
            let (heavy, pages) = walk(browser, &starts).await;
            assert!(heavy.is_empty(), "{heavy:#?}");
            assert!(pages > 60, "{pages}");
        }
    }
}
