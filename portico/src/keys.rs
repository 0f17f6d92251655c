//! The key files, which live outside the database and are readable by their owner only.

use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

use anyhow::{Context, Result, bail, ensure};
use kernel::Vault;
use ring::rand::{SecureRandom, SystemRandom};

const INDEX: &str = "index.key";

/// Opens the vault over the keys in `folder`.
///
/// Refuses a folder without keys, saying which command makes them, and a key that others can read.
pub fn open(folder: &Path) -> Result<Vault> {
    let numbered = numbers(folder)?;
    if numbered.is_empty() || !folder.join(INDEX).exists() {
        bail!("no keys in {}: make them with `portico keys`", folder.display());
    }
    let sealing = numbered
        .into_iter()
        .map(|number| Ok((number, read(&folder.join(sealing_file(number)))?)))
        .collect::<Result<BTreeMap<_, _>>>()?;
    Ok(Vault::new(&sealing, &read(&folder.join(INDEX))?)?)
}

/// Makes the folder and the keys that are missing; with `rotate`, also the next sealing key.
/// Gives the names of the files it made.
pub fn make(folder: &Path, rotate: bool) -> Result<Vec<String>> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let newest = numbers(folder)?.last().copied();
    let mut made = Vec::new();
    if !folder.join(INDEX).exists() {
        ensure!(
            newest.is_none(),
            "{INDEX} is missing in {} although there are sealing keys: put the old one back, \
             because no API key can be found without it",
            folder.display()
        );
        made.push(INDEX.to_owned());
    }
    match newest {
        None => made.push(sealing_file(1)),
        Some(number) if rotate => made.push(sealing_file(number + 1)),
        Some(_) => {}
    }
    for name in &made {
        write_new(&folder.join(name))?;
    }
    Ok(made)
}

fn sealing_file(number: u32) -> String {
    format!("sealing-{number}.key")
}

/// The numbers of the sealing keys, ascending.
fn numbers(folder: &Path) -> Result<Vec<u32>> {
    let mut numbers = Vec::new();
    if !folder.exists() {
        return Ok(numbers);
    }
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let name = entry?.file_name();
        let number =
            name.to_str().and_then(|name| name.strip_prefix("sealing-")?.strip_suffix(".key"));
        numbers.extend(number.and_then(|number| number.parse::<u32>().ok()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let shown = path.display();
    let mode =
        fs::metadata(path).with_context(|| format!("cannot read {shown}"))?.permissions().mode();
    ensure!(
        mode & 0o077 == 0,
        "{shown} can be read by others (mode {:o}): run `chmod 600 {shown}`",
        mode & 0o777
    );
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
    let key = hex::decode(text.trim()).with_context(|| format!("{shown} is not hexadecimal"))?;
    ensure!(key.len() == 32, "{shown} holds {} bytes and needs 32", key.len());
    Ok(key)
}

fn write_new(path: &Path) -> Result<()> {
    let mut key = [0; 32];
    SystemRandom::new().fill(&mut key).ok().context("the machine gives no random bytes")?;
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("cannot make {}", path.display()))?;
    writeln!(file, "{}", hex::encode(key))?;
    Ok(file.sync_all()?)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn keys_are_made_once_kept_and_rotated() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        assert!(open(&folder).unwrap_err().to_string().contains("portico keys"));
        assert_eq!(make(&folder, false).unwrap(), ["index.key", "sealing-1.key"]);
        assert!(make(&folder, false).unwrap().is_empty());
        let sealed = open(&folder).unwrap().seal(b"row", b"kept").unwrap();
        assert_eq!(make(&folder, true).unwrap(), ["sealing-2.key"]);
        assert_eq!(open(&folder).unwrap().open(b"row", &sealed).unwrap(), b"kept");
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), false).unwrap();
        let key = folder.path().join("sealing-1.key");
        assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(open(folder.path()).unwrap_err().to_string().contains("chmod 600"));
    }
}
