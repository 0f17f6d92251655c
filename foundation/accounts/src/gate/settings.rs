//! How an installation wants accounts to work.

/// The settings of accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where the site is reached, such as `https://notify.example.ca`.
    pub public_url: String,
    /// Whether it is reached over https only: cookies then travel no other way.
    pub secure: bool,
    /// Domains whose addresses may register, in lower case; subdomains count too.
    pub government_domains: Vec<String>,
    /// The product's name, which an authenticator app shows.
    pub product: String,
}
