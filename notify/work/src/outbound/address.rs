//! Which addresses a call may go to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use thiserror::Error;
use url::{Host, Url};

/// How far calls may reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Public addresses, by https. The only one in production.
    #[default]
    Public,
    /// Also this very machine, there by http too. For development and tests.
    ThisMachineToo,
}

/// Why an address is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Forbidden {
    /// It cannot be read.
    #[error("it is not a web address")]
    NotAnAddress,
    /// It is not https.
    #[error("it is not an https address")]
    NotHttps,
    /// It carries a user name or password.
    #[error("it carries a user name or a password")]
    SignIn,
    /// It leads into a network that we do not call.
    #[error("it leads to a {0} address")]
    Network(&'static str),
}

/// Reads `text` and checks all that can be known without resolving.
///
/// Literal addresses in odd forms (decimal, octal, hexadecimal, short) are brought into their usual
/// form by the URL standard's own parser before they are checked.
///
/// # Errors
/// [`Forbidden`].
pub fn check(text: &str, reach: Reach) -> Result<Url, Forbidden> {
    let url = Url::parse(text).map_err(|_| Forbidden::NotAnAddress)?;
    let host = url.host().ok_or(Forbidden::NotAnAddress)?;
    let literal = match &host {
        Host::Ipv4(address) => Some(IpAddr::V4(*address)),
        Host::Ipv6(address) => Some(IpAddr::V6(*address)),
        Host::Domain(_) => None,
    };
    let local = literal.is_some_and(|address| address.is_loopback()) || is_localhost(&host);
    match url.scheme() {
        "https" => {}
        "http" if local && reach == Reach::ThisMachineToo => {}
        _ => return Err(Forbidden::NotHttps),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Forbidden::SignIn);
    }
    if local && reach == Reach::Public {
        return Err(Forbidden::Network("loopback"));
    }
    if let Some(address) = literal {
        allow(address, reach)?;
    }
    Ok(url)
}

fn is_localhost(host: &Host<&str>) -> bool {
    let Host::Domain(name) = host else { return false };
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}

/// Checks an address that is about to be connected to.
///
/// # Errors
/// [`Forbidden::Network`] with the kind of network.
pub fn allow(address: IpAddr, reach: Reach) -> Result<(), Forbidden> {
    if reach == Reach::ThisMachineToo && address.is_loopback() {
        return Ok(());
    }
    let kind = match address {
        IpAddr::V4(address) => v4(address),
        IpAddr::V6(address) => v6(address),
    };
    kind.map_or(Ok(()), |kind| Err(Forbidden::Network(kind)))
}

/// The blocks of IPv4 that are not the public internet (IANA special-purpose registry), and one
/// public address under which a large cloud answers with its machines' own secrets.
const V4: &[(Ipv4Addr, u32, &str)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8, "unspecified"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "private"),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "carrier"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "loopback"),
    (Ipv4Addr::new(168, 63, 129, 16), 32, "metadata"),
    (Ipv4Addr::new(169, 254, 0, 0), 16, "link-local"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "private"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "reserved"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "documentation"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "reserved"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "private"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "benchmark"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "documentation"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "documentation"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "multicast"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "reserved"),
];

/// The blocks of IPv6 to be named; whatever is outside 2000::/3 is refused in any case. Those that
/// carry an IPv4 address inside are refused whole: nobody is called that way.
const V6: &[(Ipv6Addr, u32, &str)] = &[
    (Ipv6Addr::UNSPECIFIED, 128, "unspecified"),
    (Ipv6Addr::LOCALHOST, 128, "loopback"),
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, "mapped"),
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, 0), 96, "mapped"),
    (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96, "translated"),
    (Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48, "translated"),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, "reserved"),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, "documentation"),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, "translated"),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, "documentation"),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, "private"),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, "link-local"),
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10, "private"),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, "multicast"),
];

fn v4(address: Ipv4Addr) -> Option<&'static str> {
    let inside = |&(block, bits, _): &&(Ipv4Addr, u32, _)| {
        (address.to_bits() ^ block.to_bits()) >> (32 - bits) == 0
    };
    V4.iter().find(inside).map(|&(_, _, kind)| kind)
}

fn v6(address: Ipv6Addr) -> Option<&'static str> {
    let inside = |&(block, bits, _): &&(Ipv6Addr, u32, _)| {
        (address.to_bits() ^ block.to_bits()) >> (128 - bits) == 0
    };
    let named = V6.iter().find(inside).map(|&(_, _, kind)| kind);
    named.or_else(|| (address.segments()[0] >> 13 != 1).then_some("reserved"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(address: &str) -> Option<&'static str> {
        match allow(address.parse().ok()?, Reach::Public) {
            Err(Forbidden::Network(kind)) => Some(kind),
            _ => None,
        }
    }

    const REFUSED: &[(&str, &str)] = &[
        ("0.0.0.0", "unspecified"),
        ("0.1.2.3", "unspecified"),
        ("10.0.0.1", "private"),
        ("10.255.255.255", "private"),
        ("100.64.0.1", "carrier"),
        ("100.127.255.255", "carrier"),
        ("100.100.100.200", "carrier"),
        ("127.0.0.1", "loopback"),
        ("127.255.0.1", "loopback"),
        ("168.63.129.16", "metadata"),
        ("169.254.169.254", "link-local"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.0.0.192", "reserved"),
        ("192.0.2.1", "documentation"),
        ("192.88.99.1", "reserved"),
        ("192.168.1.1", "private"),
        ("198.18.0.1", "benchmark"),
        ("198.19.255.255", "benchmark"),
        ("198.51.100.1", "documentation"),
        ("203.0.113.9", "documentation"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.255", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "mapped"),
        ("::ffff:8.8.8.8", "mapped"),
        ("::127.0.0.1", "mapped"),
        ("64:ff9b::a00:1", "translated"),
        ("64:ff9b:1::1", "translated"),
        ("100::1", "reserved"),
        ("2001::1", "reserved"),
        ("2001:db8::1", "documentation"),
        ("2002:a00:1::", "translated"),
        ("3fff::1", "documentation"),
        ("5f00::1", "reserved"),
        ("fc00::1", "private"),
        ("fd00:ec2::254", "private"),
        ("fe80::1", "link-local"),
        ("fec0::1", "private"),
        ("ff02::1", "multicast"),
    ];

    /// The neighbours of those blocks, and a few that everybody calls.
    const PUBLIC: &[&str] = &[
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "168.63.129.15",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.167.255.255",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450::1",
        "2001:4860::1",
    ];

    #[test]
    fn every_class_of_address_is_known() {
        for (address, wanted) in REFUSED {
            assert_eq!(kind(address), Some(*wanted), "{address}");
        }
        for address in PUBLIC {
            assert_eq!(kind(address), None, "{address}");
        }
    }

    #[test]
    fn odd_forms_of_an_address_are_seen_through() {
        let refused = [
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0177.0.0.1/",
            "https://127.1/",
            "https://0/",
            "https://[::ffff:7f00:1]/",
            "https://①②⑦.⓪.⓪.①/",
            "https://localhost/",
            "https://LOCALHOST./",
            "https://a.localhost/",
            "https://3232235777/",
            "https://0xa9fea9fe/",
            "https://[fd00:ec2::254]/",
            "https://127.0.0.1:8443/x",
            "https://%31%32%37.0.0.1/",
        ];
        for url in refused {
            assert!(matches!(check(url, Reach::Public), Err(Forbidden::Network(_))), "{url}");
        }
    }

    #[test]
    fn only_https_without_a_sign_in_is_called() {
        let cases = [
            ("http://example.com/", Forbidden::NotHttps),
            ("ftp://example.com/", Forbidden::NotHttps),
            ("file:///etc/passwd", Forbidden::NotAnAddress),
            ("example.com", Forbidden::NotAnAddress),
            ("", Forbidden::NotAnAddress),
            ("https://", Forbidden::NotAnAddress),
            ("data:text/plain,x", Forbidden::NotAnAddress),
            ("https://a:b@example.com/", Forbidden::SignIn),
            ("https://a@example.com/", Forbidden::SignIn),
            ("http://127.0.0.1/", Forbidden::NotHttps),
        ];
        for (url, wanted) in cases {
            assert_eq!(check(url, Reach::Public), Err(wanted), "{url}");
        }
        assert!(check("https://example.com/a?b=c", Reach::Public).is_ok());
    }

    #[test]
    fn development_adds_this_machine_and_nothing_else() {
        let may = |url| check(url, Reach::ThisMachineToo).is_ok();
        assert!(
            may("http://127.0.0.1:8000/") && may("http://localhost:8000/") && may("http://[::1]/")
        );
        assert!(
            !may("http://example.com/") && !may("http://10.0.0.1/") && !may("https://10.0.0.1/")
        );
        assert!(!may("https://[::ffff:7f00:1]/") && !may("https://169.254.169.254/"));
    }
}
