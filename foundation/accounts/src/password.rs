//! Passwords: which are good enough, and how they are kept.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use kernel::Secret;

/// Fewest characters.
pub const SHORTEST: usize = 12;
/// Most characters, so that nobody makes us hash a book.
pub const LONGEST: usize = 255;

/// So many guesses an attacker must need at least; passwords of known breaches and their usual variations need fewer.
const GUESSES: u64 = 1_000_000_000;

/// Breached passwords of [`SHORTEST`] characters and more (decision 0020): of each in lower case the beginning of its
/// SHA-256, in order.
const BREACHED: &[u8] = include_bytes!("password/breached.bin");
/// How many bytes of each.
const PRINT: usize = 5;

/// Why a password is not good enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// It has fewer than [`SHORTEST`] characters.
    #[error("the password is too short")]
    Short,
    /// It has more than [`LONGEST`] characters.
    #[error("the password is too long")]
    Long,
    /// It is on the list of breached passwords, or one step away from it or from what is known of the person.
    #[error("the password is easy to guess")]
    Common,
    /// It is hard to guess, but it is on the bundled list of breached passwords, which attackers have too.
    #[error("the password was breached")]
    Breached,
}

/// Whether a new password is good enough: its length and how hard it is to guess, and no rule about kinds of
/// characters. `known` are words that an attacker would try first, such as the person's name.
///
/// # Errors
/// What is wrong with it.
pub fn check(password: &str, known: &[&str]) -> Result<(), Weak> {
    match password.chars().count() {
        short if short < SHORTEST => return Err(Weak::Short),
        long if long > LONGEST => return Err(Weak::Long),
        _ => {}
    }
    // Guessing looks at every substring, so a long passphrase is judged by its beginning.
    let beginning: String = password.chars().take(100).collect();
    let guesses = zxcvbn::zxcvbn(&beginning, known).guesses();
    match () {
        () if guesses < GUESSES => Err(Weak::Common),
        () if is_breached(password) => Err(Weak::Breached),
        () => Ok(()),
    }
}

fn is_breached(password: &str) -> bool {
    let digest = ring::digest::digest(&ring::digest::SHA256, password.to_lowercase().as_bytes());
    let (prints, _) = BREACHED.as_chunks::<PRINT>();
    prints.binary_search_by(|print| print.as_slice().cmp(&digest.as_ref()[..PRINT])).is_ok()
}

/// A password or an app's secret could not be worked with; a defect of ours or of the machine.
#[derive(Clone, Debug, thiserror::Error)]
#[error("a secret of a person cannot be worked with: {0}")]
pub struct Unworkable(pub(crate) String);

impl Unworkable {
    #[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err as it is")]
    pub(crate) fn because(cause: impl ToString) -> Self {
        Self(cause.to_string())
    }
}

/// The password as it is kept: argon2id with its salt and cost, in PHC form. Takes tens of milliseconds of one core.
///
/// # Errors
/// When the machine gives no random bytes.
pub async fn hash(password: Secret) -> Result<String, Unworkable> {
    let hashed = tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.expose().as_bytes()).map(|hash| hash.to_string())
    });
    hashed.await.map_err(Unworkable::because)?.map_err(Unworkable::because)
}

/// Whether `password` is the one kept as `hash`. Without one it takes as long and says no, so that the time does not
/// tell whether there is an account.
///
/// # Errors
/// When what is kept is no PHC string.
pub async fn matches(password: Secret, hash: Option<String>) -> Result<bool, Unworkable> {
    let Some(hash) = hash else {
        self::hash(password).await?;
        return Ok(false);
    };
    let checked = tokio::task::spawn_blocking(move || -> Result<bool, Unworkable> {
        let kept = PasswordHash::new(&hash).map_err(Unworkable::because)?;
        Ok(Argon2::default().verify_password(password.expose().as_bytes(), &kept).is_ok())
    });
    checked.await.map_err(Unworkable::because)?
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn length_and_guessing_decide_and_kinds_of_characters_do_not() {
        assert_eq!(check("elevenchars", &[]), Err(Weak::Short));
        assert_eq!(check("password1234", &[]), Err(Weak::Common));
        assert_eq!(check("P@ssw0rd12345", &[]), Err(Weak::Common));
        assert_eq!(check("aaaaaaaaaaaaaaaa", &[]), Err(Weak::Common));
        assert_eq!(check("noorexample1", &["noor", "example"]), Err(Weak::Common));
        assert_eq!(check("quiet river walks home", &[]), Ok(()));
        assert_eq!(check(&"é".repeat(256), &[]), Err(Weak::Long));
    }

    #[test]
    fn a_breached_password_is_refused_however_hard_it_looks() {
        for breached in ["FishTank-Thieves", "friendsofdoctorjohnson", "ok i will put avgutus"] {
            assert_eq!(check(breached, &[]), Err(Weak::Breached), "{breached}");
        }
        assert_eq!(check("fishtank-thieves of winnipeg", &[]), Ok(()));
    }

    #[test]
    fn the_list_is_whole_and_in_order() {
        let (prints, rest) = BREACHED.as_chunks::<PRINT>();
        assert!(rest.is_empty() && prints.len() > 12_000);
        assert!(prints.is_sorted_by(|one, next| one < next));
    }

    #[tokio::test]
    async fn a_password_is_kept_as_argon2id_and_recognised() {
        let kept = hash(Secret::new("quiet river walks home".to_owned())).await.unwrap();
        assert!(kept.starts_with("$argon2id$"), "{kept}");
        let same = Secret::new("quiet river walks home".to_owned());
        assert!(matches(same, Some(kept.clone())).await.unwrap());
        let other = Secret::new("quiet river walks away".to_owned());
        assert!(!matches(other.clone(), Some(kept)).await.unwrap());
        assert!(!matches(other, None).await.unwrap());
    }
}
