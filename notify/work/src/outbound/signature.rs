//! Signatures that let a receiver know that a call is ours, whole and new.

use kernel::{Secret, Time};
use ring::hmac;

/// The value of `Portico-Signature`: `t=<unix seconds>,v1=<hex of HMAC-SHA-256 over "{t}.{body}">`.
///
/// A receiver computes the same with its secret, compares in constant time, and refuses a `t` that is
/// more than a few minutes old.
pub fn sign(secret: &Secret, now: Time, body: &[u8]) -> String {
    let seconds = now.timestamp();
    let mut context = hmac::Context::with_key(&key(secret));
    context.update(format!("{seconds}.").as_bytes());
    context.update(body);
    format!("t={seconds},v1={}", hex::encode(context.sign()))
}

pub(crate) fn key(secret: &Secret) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_what_any_other_program_computes() {
        // python3: hmac.new(b"top", b'1700000000.{"a":1}', "sha256").hexdigest()
        let now = chrono::DateTime::from_timestamp(1_700_000_000, 0).unwrap_or_default();
        assert_eq!(
            sign(&Secret::new("top"), now, br#"{"a":1}"#),
            "t=1700000000,v1=bd7cb96ff0c314226dbd01c84e9fefeb3aeb1140572135acafc0306d8629a6e0"
        );
    }
}
