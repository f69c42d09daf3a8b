//! For tests of surfaces: the parts of an app around a runner, and a browser that keeps cookies.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up is a failed test")]

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use i18n::Text;
use runner::Runner;
use seal::{FieldKeys, KeyRing, OsEntropy};
use tower::ServiceExt;
use ui::layout::{Footer, Help};
use web::{Allowance, Limits};

use crate::{Parts, SiteSettings};

/// The settings of the example county, not in production.
#[must_use]
pub fn settings() -> SiteSettings {
    let name = || Text::new("云溪县人民政府办公室", "Office of the Government of Yunxi County");
    SiteSettings {
        site_name: Text::new("云溪县政务服务网", "Yunxi County Services"),
        owner: Text::new("云溪县人民政府", "Government of Yunxi County"),
        division: "339921".to_owned(),
        public_url: "http://localhost".to_owned(),
        footer: Footer {
            sponsor: name(),
            operator: name(),
            contact: Text::new("云溪县政务路1号 0570-0000000", "1 Zhengwu Road, Yunxi, 0570-0000000"),
            site_code: "3399210001".to_owned(),
            icp: "浙ICP备00000000号".to_owned(),
            police: "浙公网安备 33992102000000号".to_owned(),
            report_error_href: "/report-error".to_owned(),
            site_map_href: "/site-map".to_owned(),
            links: Vec::new(),
        },
        help: Help {
            phone: "12345".to_owned(), phone_name: Text::new("政务服务便民热线", "Service hotline"), proxy_href: "/delegations".to_owned()
        },
        origin: "test.node".to_owned(),
        ..SiteSettings::default()
    }
}

/// All parts around a runner, with files and index in memory and the runner's calendar. `keys` must be those given to the runner; the key
/// ring is made in `folder`. The library is read from the database.
#[must_use]
pub fn parts(runner: &Arc<Runner>, keys: &Arc<FieldKeys>, folder: &Path) -> Parts {
    let library = runner.store().read(|tx| {
        let loaded = procedure::Library::load(tx).expect("readable packages");
        Ok::<_, store::StoreError>(loaded)
    });
    let ring = KeyRing::open_or_create(folder, &mut OsEntropy).expect("a folder for keys");
    Parts {
        runner: Arc::clone(runner),
        library: runner.service::<procedure::Library>().unwrap_or_else(|| Arc::new(library.expect("a readable database"))),
        keys: Arc::clone(keys),
        ring: Arc::new(ring),
        calendar: runner.service::<clock::WorkCalendar>().unwrap_or_else(clock::WorkCalendar::official),
        blobs: blobs::Blobs::memory().expect("memory"),
        search: Arc::new(search::Index::new(search::Synonyms::none()).expect("an index in memory")),
        settings: settings(),
        trusted: Vec::new(),
        limits: generous(),
    }
}

/// Limits that do not get into the way of tests.
#[must_use]
pub fn generous() -> Limits {
    let plenty = Allowance { burst: 100_000, per_minute: 100_000 };
    Limits { pages: plenty, guessing: plenty, ..Limits::default() }
}

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Where it leads.
    #[must_use]
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// A header; empty when it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The value of a hidden field of the page.
    #[must_use]
    pub fn hidden(&self, name: &str) -> Option<String> {
        let text = self.text();
        let (_, rest) = text.split_once(&format!("name=\"{name}\" value=\""))?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    }
}

/// A browser: keeps cookies, sends forms with the token of the last page. Asks in Chinese unless told otherwise.
pub struct Browser {
    router: Router,
    cookies: Vec<(String, String)>,
    csrf: String,
    /// Sent as `Accept-Language`.
    pub language: &'static str,
    /// Further headers of every request.
    pub headers: Vec<(&'static str, String)>,
}

impl Browser {
    /// A browser without cookies.
    #[must_use]
    pub fn new(router: &Router) -> Self {
        Self { router: router.clone(), cookies: Vec::new(), csrf: String::new(), language: "zh-CN", headers: Vec::new() }
    }

    /// `GET`
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    /// `GET`, and on while the answer leads elsewhere.
    pub async fn follow(&mut self, path: &str) -> Answer {
        let mut answer = self.get(path).await;
        for _ in 0..5 {
            if !answer.status.is_redirection() {
                break;
            }
            let next = answer.location().to_owned();
            answer = self.get(&next).await;
        }
        answer
    }

    /// `POST` of a form, with the token of the last page that had one.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.csrf.clone();
        let mut all = vec![("_csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.post_raw(path, &all).await
    }

    /// `POST` of exactly these fields.
    pub async fn post_raw(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let request = self.request(Method::POST, path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap()).await
    }

    /// `POST` of a form with files `(control, file name, content)`.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        let token = self.csrf.clone();
        for (name, value) in [("_csrf", token.as_str())].iter().chain(fields) {
            body.extend_from_slice(format!("--zs-part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes());
        }
        for (name, file, content) in files {
            body.extend_from_slice(format!("--zs-part\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\n").as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--zs-part--\r\n");
        let request = self.request(Method::POST, path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=zs-part");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Signs in on the page for citizens or staff.
    ///
    /// # Panics
    /// When it does not work.
    pub async fn sign_in(&mut self, login: &str, password: &str) {
        self.get("/sign-in").await;
        let answer = self.post("/sign-in", &[("login", login), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{login} could not sign in: {}", answer.text());
    }

    /// A request with the cookies, to be finished and given to [`Browser::send`].
    #[must_use]
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut request =
            Request::builder().method(method).uri(path).header(header::HOST, "localhost").header(header::ACCEPT_LANGUAGE, self.language);
        if !self.cookies.is_empty() {
            let line: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, line.join("; "));
        }
        self.headers.iter().fold(request, |request, (name, value)| request.header(*name, value))
    }

    /// Sends a request, keeps the cookies and the token of the answer.
    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        let answer = Answer { status: parts.status, headers: parts.headers, bytes };
        for line in answer.headers.get_all(header::SET_COOKIE) {
            self.keep(line.to_str().unwrap());
        }
        if let Some(token) = answer.hidden("_csrf") {
            self.csrf = token;
        }
        answer
    }

    /// The value of a cookie.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn keep(&mut self, line: &str) {
        let pair = line.split(';').next().unwrap_or_default();
        let (name, value) = pair.split_once('=').unwrap_or_default();
        self.cookies.retain(|(known, _)| known != name);
        if !line.contains("Max-Age=0") {
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }
}

fn encoded(text: &str) -> String {
    web::percent_encoded(text).replace('/', "%2F")
}
