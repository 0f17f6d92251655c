//! The files a browser fetches, embedded in the binary under names that change with their content, so that a browser
//! may keep them for ever.

use std::{
    borrow::Cow,
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    io::Write,
    sync::LazyLock,
};

use flate2::{Compression, write::GzEncoder};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// One file as it is served.
#[derive(Debug)]
pub struct Asset {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// The same, packed with gzip; none when that would save nothing, as with fonts and pictures.
    pub gzip: Option<Vec<u8>>,
    /// Its media type.
    pub media_type: &'static str,
}

struct Shelf {
    /// Address by plain name.
    paths: HashMap<String, String>,
    /// File by the last part of its address.
    assets: HashMap<String, Asset>,
}

/// Where assets live; the rest of the path is one hashed name.
pub const PREFIX: &str = "/assets/";

/// The style sheets, served as one, `style.css`, in this order.
const SHEETS: [&str; 3] = ["style.css", "form.css", "component.css"];

static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::fill);

/// The address of the file `name`, such as `/assets/style.5f2d3c4b5a697887.css` for `style.css`.
///
/// An unknown name gives the address of nothing, which the browser reports; the tests ask for every name in use.
pub fn path(name: &str) -> &'static str {
    SHELF.paths.get(name).map_or(PREFIX, String::as_str)
}

/// The file behind the last part of an address.
pub fn find(hashed: &str) -> Option<&'static Asset> {
    SHELF.assets.get(hashed)
}

impl Shelf {
    fn fill() -> Self {
        let mut shelf = Self { paths: HashMap::new(), assets: HashMap::new() };
        // Style sheets name the fonts, so the fonts' addresses must be known first.
        for name in Files::iter().filter(|name| !name.ends_with(".css")) {
            if let Some(file) = Files::get(&name) {
                shelf.add(&name, file.data);
            }
        }
        let sheet: String = SHEETS
            .iter()
            .filter_map(|name| Files::get(name))
            .map(|file| shelf.linked(&String::from_utf8_lossy(&file.data)))
            .collect();
        shelf.add("style.css", Cow::Owned(sheet.into_bytes()));
        shelf
    }

    fn add(&mut self, name: &str, bytes: Cow<'static, [u8]>) {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let file = name.rsplit('/').next().unwrap_or(name);
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
        let hashed = format!("{stem}.{:016x}.{ending}", hasher.finish());
        self.paths.insert(name.to_owned(), format!("{PREFIX}{hashed}"));
        let gzip = packed(&bytes);
        self.assets.insert(hashed, Asset { bytes, gzip, media_type: media_type(ending) });
    }

    /// The sheet with the plain names in its `url("…")` replaced by addresses.
    fn linked(&self, sheet: &str) -> String {
        self.paths.iter().fold(sheet.to_owned(), |sheet, (name, path)| {
            sheet.replace(&format!("url(\"{name}\")"), &format!("url(\"{path}\")"))
        })
    }
}

/// The bytes packed as small as gzip can, when that is smaller by a tenth. Done once, so time does not matter.
fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).ok()?;
    let packed = packer.finish().ok()?;
    (packed.len() < bytes.len() / 10 * 9).then_some(packed)
}

fn media_type(ending: &str) -> &'static str {
    match ending {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_in_the_style_sheet_leads_to_a_file() {
        let hashed = path("style.css").trim_start_matches(PREFIX);
        let sheet = find(hashed).map(|asset| String::from_utf8_lossy(&asset.bytes).into_owned());
        let sheet = sheet.unwrap_or_default();
        let links: Vec<&str> =
            sheet.split("url(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let kinds: Vec<_> = links
            .iter()
            .filter_map(|link| find(link.trim_start_matches(PREFIX)))
            .map(|asset| asset.media_type)
            .collect();
        assert_eq!(kinds.len(), links.len(), "{links:?}");
        assert_eq!(kinds.iter().filter(|kind| **kind == "font/woff2").count(), 4, "{links:?}");
    }

    #[test]
    fn a_plain_name_leads_nowhere_because_its_content_may_change() {
        assert!(find("style.css").is_none());
        assert_eq!(path("nothing.css"), PREFIX);
    }

    #[test]
    fn a_first_visit_stays_light() {
        let sent = |name| {
            let asset = find(path(name).trim_start_matches(PREFIX));
            let bytes = asset.map(|asset| asset.gzip.as_deref().unwrap_or(&asset.bytes));
            bytes.map_or(usize::MAX, <[u8]>::len)
        };
        assert!(sent("style.css") < 8_000);
        assert!(sent("portico.js") < 5_000);
        let fonts = [
            sent("fonts/noto-sans-latin-400-normal.woff2"),
            sent("fonts/noto-sans-latin-700-normal.woff2"),
        ];
        assert!(fonts.iter().sum::<usize>() < 30_000, "{fonts:?}");
    }

    #[test]
    fn what_is_packed_unpacks_to_the_same() -> std::io::Result<()> {
        use std::io::Read;
        let sheet = find(path("style.css").trim_start_matches(PREFIX));
        let mut unpacked = Vec::new();
        let packed = sheet.and_then(|sheet| sheet.gzip.as_deref()).unwrap_or_default();
        flate2::read::GzDecoder::new(packed).read_to_end(&mut unpacked)?;
        assert_eq!(Some(unpacked.as_slice()), sheet.map(|sheet| sheet.bytes.as_ref()));
        Ok(())
    }

    #[test]
    fn the_fonts_licence_travels_with_the_fonts() {
        let licence = find(path("fonts/LICENSE.txt").trim_start_matches(PREFIX));
        let words = licence.map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
        assert!(words.unwrap_or_default().contains("SIL OPEN FONT LICENSE"));
    }
}
