//! A reader's browser without a screen: keeps cookies, fills in forms, and checks the rules of the house on every page.

use std::collections::BTreeMap;

use axum::{Router, body::Body};
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// The boundary between the parts of an upload.
const BOUNDARY: &str = "portico-test-boundary";

/// A browser with its cookies.
#[derive(Clone, Debug)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    csrf: Option<String>,
}

/// What came back, after all redirects.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its status.
    pub status: StatusCode,
    /// Path and query of what was asked last.
    pub path: String,
    /// Its headers.
    pub headers: http::HeaderMap,
    /// Its body.
    pub body: String,
}

impl Browser {
    /// A browser that has never been here.
    #[must_use]
    pub fn new(router: &Router) -> Self {
        Self { router: router.clone(), cookies: BTreeMap::new(), csrf: None }
    }

    /// Plants a cookie.
    pub fn keep(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Asks for a page and follows where it leads.
    pub async fn get(&mut self, path: &str) -> Page {
        self.ask(Method::GET, path, (String::new(), Vec::new())).await
    }

    /// Sends a form with the proof that it is ours, and follows where it leads.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.csrf().await;
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &csrf).extend_pairs(fields);
        let body = form.finish().into_bytes();
        self.ask(Method::POST, path, ("application/x-www-form-urlencoded".to_owned(), body)).await
    }

    /// Sends a form with a file, `(field, name, content)`.
    pub async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        (field, name, content): (&str, &str, &[u8]),
    ) -> Page {
        let csrf = self.csrf().await;
        let mut body = Vec::new();
        for (key, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
            let part = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let media = format!("multipart/form-data; boundary={BOUNDARY}");
        self.ask(Method::POST, path, (media, body)).await
    }

    /// One request as it is, nothing followed and nothing checked; the cookies travel along.
    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        (media, body): (String, Vec<u8>),
    ) -> Page {
        let mut request = Request::builder().method(method).uri(path);
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if !media.is_empty() {
            request = request.header(header::CONTENT_TYPE, media);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie");
            let (name, rest) = cookie.split_once('=').expect("a named cookie");
            let value = rest.split(';').next().unwrap_or_default();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Page {
            status: parts.status,
            path: path.to_owned(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// What forms of this browser carry in the field `csrf`.
    pub async fn csrf(&mut self) -> String {
        if self.csrf.is_none() {
            self.get("/forgot-password").await;
        }
        self.csrf.clone().expect("a page with a form was seen")
    }

    async fn ask(&mut self, method: Method, path: &str, content: (String, Vec<u8>)) -> Page {
        let mut page = self.send(method, path, content).await;
        for _ in 0..5 {
            let Some(next) = page.headers.get(header::LOCATION) else { break };
            assert!(page.status.is_redirection(), "{path}: {}", page.status);
            let next = next.to_str().expect("a path").to_owned();
            page = self.send(Method::GET, &next, (String::new(), Vec::new())).await;
        }
        let policy = page.headers.get(header::CONTENT_SECURITY_POLICY);
        // What only a frame shows is somebody's letter and not a page of the house.
        let framed = policy.is_some_and(|policy| policy.as_bytes().starts_with(b"sandbox"));
        if page.is_html() && !framed {
            page.check();
            if let Some(csrf) = page.between(r#"name="csrf" value=""#, "\"") {
                self.csrf = Some(csrf.to_owned());
            }
        }
        page
    }
}

impl Page {
    /// Whether it is a page for people.
    #[must_use]
    pub fn is_html(&self) -> bool {
        self.headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
    }

    /// The text between two marks, where it first stands.
    #[must_use]
    pub fn between(&self, before: &str, after: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(before)?;
        rest.split_once(after).map(|(text, _)| text)
    }

    /// The page's name.
    #[must_use]
    pub fn heading(&self) -> &str {
        self.between("<h1>", "</h1>").unwrap_or_default()
    }

    /// Stops the test unless the page contains `text` (as HTML) and has this status.
    #[track_caller]
    pub fn expect(&self, status: u16, text: &str) -> &Self {
        assert_eq!(self.status, status, "{}: {}", self.path, self.body);
        assert!(
            self.body.contains(text),
            "{} does not contain {text:?}:\n{}",
            self.path,
            self.body
        );
        self
    }

    /// Stops the test if the page contains `text` (as HTML).
    #[track_caller]
    pub fn expect_not(&self, text: &str) -> &Self {
        assert!(!self.body.contains(text), "{} contains {text:?}:\n{}", self.path, self.body);
        self
    }

    /// The rules of the house that every page keeps (house rules, section 11).
    fn check(&self) {
        let (path, body) = (&self.path, &self.body);
        assert_eq!(body.matches("<h1").count(), 1, "{path} has one h1:\n{body}");
        let title = self.between("<title>", "</title>").unwrap_or_default();
        assert!(title.contains(self.heading()), "{path}: the title {title:?} names the page");
        assert!(
            body.contains("<html lang=\"en\">") || body.contains("<html lang=\"fr\">"),
            "{path} says its language"
        );
        assert!(
            !body.contains("<script>")
                && !body.contains(" style=\"")
                && !body.contains(" onclick="),
            "{path}"
        );
        for form in body.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            let tag = form.split('>').next().unwrap_or_default();
            assert!(tag.contains("action=\""), "{path}: a form says where it goes: {tag}");
            let posts = tag.contains("method=\"post\"");
            assert!(
                !posts || form.contains("name=\"csrf\""),
                "{path}: a form has its proof: {form}"
            );
        }
        for input in
            body.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap_or_default())
        {
            if input.contains("type=\"hidden\"") {
                continue;
            }
            let id = input
                .split("id=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .unwrap_or_default();
            let labelled = body.contains(&format!("for=\"{id}\"")) || input.contains("aria-label");
            assert!(!id.is_empty() && labelled, "{path}: a field has a label: {input}");
        }
        if self.status == StatusCode::UNPROCESSABLE_ENTITY {
            assert!(
                body.contains("role=\"alert\""),
                "{path}: what was refused is summed up:\n{body}"
            );
            assert!(title.starts_with("Error") || title.starts_with("Erreur"), "{path}: {title}");
        }
    }
}
