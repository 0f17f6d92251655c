//! Sealing of personal data and secrets at rest, with keys that live outside the database.

use std::collections::BTreeMap;

use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
    rand::{SecureRandom, SystemRandom},
};

/// Seals and opens small values with AES-256-GCM, and makes keyed fingerprints.
///
/// A sealed value is `key number (4 bytes) | nonce (12) | ciphertext and tag`, so that keys can be
/// rotated: new values are sealed with the highest number, old ones open with their own.
pub struct Vault {
    keys: BTreeMap<u32, LessSafeKey>,
    newest: u32,
    index: hmac::Key,
    random: SystemRandom,
}

/// Why a value could not be sealed or opened. It never says what was inside.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// There is no key at all.
    #[error("no sealing key is configured")]
    NoKey,
    /// A key is not 32 bytes long.
    #[error("sealing key {0} is not 32 bytes long")]
    BadKey(u32),
    /// The value was sealed with a key that is not configured now.
    #[error("sealing key {0} is not configured")]
    UnknownKey(u32),
    /// The value was changed, cut, or sealed for another place.
    #[error("the sealed value cannot be opened")]
    Broken,
    /// The machine gives no random bytes.
    #[error("the machine gives no random bytes")]
    NoRandom,
}

impl Vault {
    /// A vault over numbered 32-byte keys and one index key for fingerprints.
    ///
    /// The index key is apart from the sealing keys because fingerprints cannot be rotated.
    pub fn new(keys: &BTreeMap<u32, Vec<u8>>, index_key: &[u8]) -> Result<Self, VaultError> {
        let newest = *keys.keys().last().ok_or(VaultError::NoKey)?;
        let keys = keys
            .iter()
            .map(|(number, bytes)| {
                let key = UnboundKey::new(&AES_256_GCM, bytes)
                    .map_err(|_| VaultError::BadKey(*number))?;
                Ok((*number, LessSafeKey::new(key)))
            })
            .collect::<Result<_, _>>()?;
        let index = hmac::Key::new(hmac::HMAC_SHA256, index_key);
        Ok(Self { keys, newest, index, random: SystemRandom::new() })
    }

    /// Seals `plain` for one place, named by `place` (for instance a row's id): it opens only there.
    pub fn seal(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let key = self.keys.get(&self.newest).ok_or(VaultError::NoKey)?;
        let nonce: [u8; NONCE_LEN] = self.random_bytes()?;
        let mut sealed = Vec::with_capacity(4 + NONCE_LEN + plain.len() + AES_256_GCM.tag_len());
        sealed.extend_from_slice(&self.newest.to_be_bytes());
        sealed.extend_from_slice(&nonce);
        let body = sealed.len();
        sealed.extend_from_slice(plain);
        let tag = key
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place),
                &mut sealed[body..],
            )
            .map_err(|_| VaultError::Broken)?;
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Opens what [`Vault::seal`] made for the same place.
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (number, rest) = sealed.split_first_chunk::<4>().ok_or(VaultError::Broken)?;
        let (nonce, body) = rest.split_first_chunk::<NONCE_LEN>().ok_or(VaultError::Broken)?;
        let number = u32::from_be_bytes(*number);
        let key = self.keys.get(&number).ok_or(VaultError::UnknownKey(number))?;
        let mut body = body.to_vec();
        let plain = key
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(place), &mut body)
            .map_err(|_| VaultError::Broken)?
            .len();
        body.truncate(plain);
        Ok(body)
    }

    /// The keyed fingerprint (HMAC-SHA-256) of `value`, by which a sealed value can be looked up.
    pub fn fingerprint(&self, value: &[u8]) -> Vec<u8> {
        hmac::sign(&self.index, value).as_ref().to_vec()
    }

    /// `N` bytes nobody can guess.
    pub fn random_bytes<const N: usize>(&self) -> Result<[u8; N], VaultError> {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes).map_err(|_| VaultError::NoRandom)?;
        Ok(bytes)
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({} keys, newest {})", self.keys.len(), self.newest)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn vault(numbers: &[u32]) -> Vault {
        let keys = numbers.iter().map(|n| (*n, vec![*n as u8; 32])).collect();
        Vault::new(&keys, b"index").unwrap()
    }

    #[test]
    fn what_is_sealed_opens_in_its_own_place_only() {
        let vault = vault(&[1]);
        let sealed = vault.seal(b"row 1", b"Noor").unwrap();
        assert!(!sealed.windows(4).any(|w| w == b"Noor"));
        assert_eq!(vault.open(b"row 1", &sealed).unwrap(), b"Noor");
        assert_eq!(vault.open(b"row 2", &sealed), Err(VaultError::Broken));
    }

    #[test]
    fn an_old_key_still_opens_after_rotation_and_a_removed_one_is_named() {
        let sealed = vault(&[1]).seal(b"x", b"kept").unwrap();
        assert_eq!(vault(&[1, 2]).open(b"x", &sealed).unwrap(), b"kept");
        assert_eq!(vault(&[2]).open(b"x", &sealed), Err(VaultError::UnknownKey(1)));
    }

    #[test]
    fn a_changed_or_cut_value_does_not_open() {
        let vault = vault(&[1]);
        let mut sealed = vault.seal(b"x", b"kept").unwrap();
        assert_eq!(vault.open(b"x", &sealed[..10]), Err(VaultError::Broken));
        *sealed.last_mut().unwrap() ^= 1;
        assert_eq!(vault.open(b"x", &sealed), Err(VaultError::Broken));
    }
}
