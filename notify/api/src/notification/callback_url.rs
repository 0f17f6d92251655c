//! The address that one message's receipt goes to, as the request gives it.
//!
//! What a name resolves to is known only when the receipt is sent; the worker refuses private addresses then.
//! Here those are refused that say so themselves.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use notify_store::notification::CallbackTarget;
use serde_json::Value;
use url::{Host, Url};

use crate::{
    error::Refusal,
    schema::{self, python},
};

/// The longest address.
const LONGEST: usize = 2_000;
/// How long a token may be.
const TOKEN: std::ops::RangeInclusive<usize> = 10..=1_000;

/// Reads `{"url": …, "bearer_token": …}`; the token may be left out.
pub fn read(value: &Value) -> Result<CallbackTarget, Refusal> {
    let at = || "callback".into();
    let Value::Object(members) = value else {
        return Err(schema::wrong_type("callback", value, "object, null"));
    };
    if let Some(name) =
        members.keys().find(|name| !["url", "bearer_token"].contains(&name.as_str()))
    {
        return Err(Refusal::Unexpected { fields: vec![name.clone()] });
    }
    let Some(url) = members.get("url") else {
        return Err(Refusal::Required { at: at(), field: "url".into() });
    };
    let url = url.as_str().ok_or_else(|| schema::wrong_type("callback", url, "string"))?;
    check(url)?;
    let token = match members.get("bearer_token") {
        None | Some(Value::Null) => None,
        Some(Value::String(token)) if is_token(token) => Some(token.clone()),
        Some(Value::String(_)) => return Err(Refusal::BearerToken { at: at() }),
        Some(other) => return Err(schema::wrong_type("callback", other, "string")),
    };
    Ok(CallbackTarget { url: url.to_owned(), token })
}

fn check(text: &str) -> Result<(), Refusal> {
    let at = || "callback".into();
    if text.len() > LONGEST {
        let value = python::repr(&Value::from(text));
        return Err(Refusal::TooLong { at: at(), value });
    }
    let url = https(text).ok_or(Refusal::NotHttps { at: at() })?;
    if is_private(&url) { Err(Refusal::PrivateAddress { at: at() }) } else { Ok(()) }
}

/// The address, if it is one that begins with `https://`, has a host and no control characters.
pub fn https(text: &str) -> Option<Url> {
    if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return None;
    }
    let url = Url::parse(text).ok()?;
    (url.scheme() == "https" && url.has_host()).then_some(url)
}

fn is_token(token: &str) -> bool {
    TOKEN.contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => !is_public(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => !is_public(IpAddr::V6(address)),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let inner = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];
            !name.contains('.') || inner.iter().any(|end| name.ends_with(end))
        }
        None => true,
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [first, second, third, _] = v4.octets();
    let shared = first == 100 && (64..128).contains(&second);
    let protocol = first == 192 && second == 0 && third == 0;
    let benchmark = first == 198 && (second & 0xFE) == 18;
    !(v4.is_private()
        || v4.is_loopback()
        || v4.is_link_local()
        || v4.is_multicast()
        || v4.is_documentation()
        || first == 0
        || first >= 240
        || shared
        || protocol
        || benchmark)
}

fn is_public_v6(v6: Ipv6Addr) -> bool {
    let segments = v6.segments();
    if let Some(v4) = v6.to_ipv4() {
        return is_public_v4(v4);
    }
    if segments[..6] == [0x64, 0xFF9B, 0, 0, 0, 0] || segments[0] == 0x2002 {
        // Translated addresses lead to the IPv4 network behind them.
        return false;
    }
    (segments[0] & 0xE000) == 0x2000 && segments[..2] != [0x2001, 0xDB8]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(url: &str) -> bool {
        read(&json!({ "url": url, "bearer_token": "0123456789" })).is_err()
    }

    #[test]
    fn only_public_https_addresses_are_taken() {
        for url in
            ["https://example.ca/receipts", "https://8.8.8.8/x", "https://[2606:4700::1111]/"]
        {
            assert!(!refused(url), "{url}");
        }
        let bad = [
            "http://example.ca/",
            "https://localhost/",
            "https://db.localhost/",
            "https://intranet/",
            "https://10.0.0.1/",
            "https://169.254.169.254/latest",
            "https://127.1/",
            "https://0x7f000001/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[fd00::1]/",
            "https://[64:ff9b::a00:1]/",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "ftp://example.ca/",
            "",
            "https://",
            "https://a.b/\n",
            "https://metadata.google.internal/",
        ];
        for url in bad {
            assert!(refused(url), "{url}");
        }
    }

    #[test]
    fn the_token_can_stand_in_a_header() {
        let token =
            |token: Value| read(&json!({ "url": "https://example.ca/", "bearer_token": token }));
        assert!(token(json!(null)).is_ok());
        for bad in [
            json!("short"),
            json!("with a blank"),
            json!("é".repeat(12)),
            json!(7),
            json!("a".repeat(1001)),
        ] {
            assert!(token(bad).is_err());
        }
    }
}
