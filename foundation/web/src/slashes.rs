//! A base address that ends with a slash makes the Node client ask for `//v2/…` (API specification, section 1.4).

use http::{Uri, uri::PathAndQuery};

/// Makes one slash of several at the beginning of the path; every other part stays as it was.
pub fn collapse(uri: &mut Uri) {
    let Some(whole) = uri.path_and_query().map(PathAndQuery::as_str) else { return };
    if !whole.starts_with("//") {
        return;
    }
    let single = format!("/{}", whole.trim_start_matches('/'));
    let Ok(single) = PathAndQuery::try_from(single) else { return };
    let mut parts = std::mem::take(uri).into_parts();
    parts.path_and_query = Some(single);
    if let Ok(mended) = Uri::from_parts(parts) {
        *uri = mended;
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot build its input should fail")]
    use super::*;

    fn collapsed(text: &str) -> String {
        let mut uri = Uri::builder().path_and_query(text).build().unwrap();
        collapse(&mut uri);
        uri.to_string()
    }

    #[test]
    fn only_the_beginning_is_touched() {
        assert_eq!(collapsed("//v2/notifications?a=//b"), "/v2/notifications?a=//b");
        assert_eq!(collapsed("///v2//x"), "/v2//x");
        assert_eq!(collapsed("/v2//x"), "/v2//x");
        assert_eq!(collapsed("//"), "/");
    }

    #[test]
    fn an_absolute_address_keeps_its_host() {
        let mut uri = Uri::from_static("http://portico.test//v2/template/1?version=2");
        collapse(&mut uri);
        assert_eq!(uri.to_string(), "http://portico.test/v2/template/1?version=2");
    }
}
