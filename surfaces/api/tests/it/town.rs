//! The small town with the shipped packages, and clients that sign in. Every answer is held against the document.

use std::path::Path;
use std::sync::Arc;

use ::town::Basics;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use cases::scenario::Script;
use gate::testing::parts;
use gate::{App, Parts};
use http_body_util::BodyExt;
use ids::SeededEntropy;
use procedure::{Files, Library, PublishPackage, PublishingKeys};
use runner::Actor;
use seal::{FieldKeys, PrivateKey, Signer};
use serde_json::{Value, json};
use testkit::{TestDatabase, World};
use tokio::runtime::Runtime;
use tower::ServiceExt;
use trust::{AccountId, AccountKind, Assurance, Authority, GrantRole, NewAccount, OpenAccount, Password, RegisterAccount, Role};

pub const PASSWORD: &str = "Yunxi-2026";
pub const FIRST_PASSWORD: &str = "Yunxi-First-1";
const PACKAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packages");

pub struct Town {
    pub runtime: Runtime,
    pub router: Router,
    pub app: App,
    pub basics: Basics,
    pub document: Value,
    _folder: tempfile::TempDir,
    pub world: World,
}

impl Town {
    /// On Monday, 2 March 2026, nine o'clock.
    pub fn new() -> Self {
        Self::on(TestDatabase::sqlite())
    }

    pub fn on(database: TestDatabase) -> Self {
        Self::made(database, |_| ())
    }

    /// With parts of the app changed before it is put together.
    pub fn made(database: TestDatabase, adjust: impl FnOnce(&mut Parts)) -> Self {
        Self::connected(database, registers::Connections::default(), adjust)
    }

    /// With registers that others keep.
    pub fn connected(database: TestDatabase, connections: registers::Connections, adjust: impl FnOnce(&mut Parts)) -> Self {
        let keys = Arc::new(FieldKeys::new([(1, [7; 32])]).unwrap());
        let publishing = PrivateKey::generate(seal::Algorithm::Sm2, &mut SeededEntropy::new(5)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let world = World::on(database, "2026-03-02T09:00", Authority::new().unwrap())
            .migrate("tracker", tracker::MIGRATIONS)
            .migrate("parties", parties::MIGRATIONS)
            .migrate("registers", registers::MIGRATIONS)
            .migrate("trust", trust::MIGRATIONS)
            .migrate("procedure", procedure::MIGRATIONS)
            .migrate("documents", documents::MIGRATIONS)
            .migrate("cases", cases::MIGRATIONS)
            .migrate("opendata", opendata::MIGRATIONS)
            .migrate("catalogue", catalogue::MIGRATIONS)
            .migrate("quality", quality::MIGRATIONS)
            .migrate("sharing", sharing::MIGRATIONS)
            .migrate("gate", gate::MIGRATIONS)
            .migrate("workspace", gate::operation::MIGRATIONS)
            .with(Arc::<opendata::Catalogue>::default())
            .with(Arc::new(tables::Shelf::open(&folder.path().join("tables")).unwrap()))
            .with(Arc::clone(&keys))
            .with(Arc::new(Library::default()))
            .with(clock::WorkCalendar::official())
            .with(Arc::new(PublishingKeys::new(vec![("test".into(), publishing.public_key().clone())])))
            .with(Arc::new(::town::settings()))
            .with(Arc::new(sharing::OrganKeys::new([9; 32])))
            .with(Arc::new(sharing::ResourceService::new(sharing::samples::resources())))
            .with(Arc::new(cases::Extensions::new().with(sharing::SharingExtension)))
            .with(Arc::new(cases::case_book()))
            .with(Arc::new(cases::consequences()))
            .with(Arc::new(connections))
            .build()
            .leave_unfinished();
        let basics = ::town::scenario_world(world.runner()).unwrap();
        ::town::register_basics(world.runner(), "2026-01-01".parse().unwrap()).unwrap();
        publish(&world, &publishing);
        let mut parts = parts(world.runner(), &keys, folder.path());
        adjust(&mut parts);
        let app = App::assemble(parts).unwrap();
        let router = gate::server(&app, [api::routes()]);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let mut town = Self { runtime, router, app, basics, document: Value::Null, _folder: folder, world };
        town.document = town.anyone().get("/api/v1/openapi.json").json();
        town
    }

    /// With the public datasets of the county.
    pub fn with_datasets() -> Self {
        let town = Self::new();
        let account_of = |member: &::town::basics::TownStaff| format!("account of {}", member.spec.login);
        let today = "2026-03-02".parse().unwrap();
        ::town::seed_opendata(town.world.runner(), &town.app.blobs, &town.basics, &account_of, today, 7).unwrap();
        town
    }

    /// Nobody who has signed in.
    pub fn anyone(&self) -> Client<'_> {
        Client { town: self, token: None, language: "zh-CN", headers: Vec::new() }
    }

    /// A person of the town who has signed in.
    pub fn person(&self, identity_number: &str) -> Client<'_> {
        let party = self.basics.person(identity_number).unwrap().to_string();
        let login = format!("person-{}", &identity_number[6..]).to_lowercase();
        let account = NewAccount { login: login.clone(), kind: AccountKind::Person, party: Some(party), staff: None, assurance: Assurance::Checked };
        let command = RegisterAccount::prepare(account, &Password::new(PASSWORD), &mut SeededEntropy::new(7)).unwrap();
        self.world.execute(&Actor::anonymous(), command);
        self.sign_in(&login, PASSWORD)
    }

    /// The shopkeeper 林晓禾.
    pub fn shopkeeper(&self) -> Client<'_> {
        self.person(::town::basics::people::SHOPKEEPER)
    }

    /// A member of staff who has signed in and changed the first password.
    pub fn staff(&self, login: &str) -> Client<'_> {
        let member = self.basics.staff.iter().find(|one| one.spec.login == login).unwrap();
        self.open(login, AccountKind::Staff, Some(member.id.to_string()));
        self.with_password(login)
    }

    /// An administrator who has signed in and changed the first password.
    pub fn admin(&self, login: &str, role: Role) -> Client<'_> {
        let account = self.open(login, AccountKind::Admin, None);
        self.world.execute(&Actor::system(), GrantRole { account, role });
        self.with_password(login)
    }

    pub fn open(&self, login: &str, kind: AccountKind, staff: Option<String>) -> AccountId {
        let account = NewAccount { login: login.to_owned(), kind, party: None, staff, assurance: Assurance::Present };
        let command = OpenAccount::prepare(account, &Password::new(FIRST_PASSWORD), &mut SeededEntropy::new(7)).unwrap();
        self.world.execute(&Actor::system(), command).outcome
    }

    fn with_password(&self, login: &str) -> Client<'_> {
        let client = self.sign_in(login, FIRST_PASSWORD);
        let changed = client.send(Method::PUT, "/api/v1/session/password", &json!({ "present": FIRST_PASSWORD, "new": PASSWORD }));
        assert_eq!(changed.status, StatusCode::NO_CONTENT, "{}", changed.text());
        client
    }

    pub fn sign_in(&self, login: &str, password: &str) -> Client<'_> {
        let answer = self.anyone().post("/api/v1/session", &json!({ "login": login, "password": password }));
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        Client { token: Some(token), ..self.anyone() }
    }

    /// What a scenario of a package says.
    pub fn script(&self, slug: &str, scenario: &str) -> Script {
        let path = Path::new(PACKAGES).join(slug).join(format!("tests/{scenario}.toml"));
        toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    /// The organ of a duty.
    pub fn organ(&self, duty: &str) -> String {
        self.basics.organ(duty).unwrap().id.to_string()
    }

    /// A complaint, as the shopkeeper would send it.
    pub fn complaint(&self) -> Value {
        let script = self.script("12345-suqiu", "ordinary");
        json!({ "slug": "12345-suqiu", "situation": script.situation, "answers": script.answers, "promised": true })
    }
}

fn publish(world: &World, key: &PrivateKey) {
    for entry in std::fs::read_dir(PACKAGES).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        let files = Files::read_dir(&folder).unwrap();
        let signature = procedure::sign(&files.hash(), "test", key).unwrap();
        let valid_from = "2020-01-01".parse().unwrap();
        world.execute(&Actor::system(), PublishPackage { files: Arc::new(files), signature, valid_from });
    }
    let library = world.runner().service::<Library>().unwrap();
    world.store().read(|tx| library.refresh(tx)).unwrap();
}

/// Somebody who sends requests.
#[derive(Clone)]
pub struct Client<'t> {
    pub town: &'t Town,
    pub token: Option<String>,
    pub language: &'static str,
    pub headers: Vec<(&'static str, String)>,
}

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("expected JSON, but got {} {}", self.status, self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The answer must have this status.
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// Status and code of a refusal.
    pub fn refused(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{} {}", self.status, self.text());
        (self.status.as_u16(), self.json()["code"].as_str().unwrap().to_owned())
    }
}

impl<'t> Client<'t> {
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.push((name, value.to_owned()));
        other
    }

    pub fn in_english(&self) -> Self {
        Self { language: "en", ..self.clone() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.raw(Method::GET, path, None, Vec::new())
    }

    pub fn delete(&self, path: &str) -> Answer {
        self.raw(Method::DELETE, path, None, Vec::new())
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, body)
    }

    pub fn send(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.raw(method, path, Some("application/json"), body.to_string().into_bytes())
    }

    pub fn raw(&self, method: Method, path: &str, kind: Option<&str>, body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method.clone()).uri(path).header("host", "localhost").header("accept-language", self.language);
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        let request = self.headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
        let request = request.body(Body::from(body)).unwrap();
        let router = self.town.router.clone();
        let answer = self.town.runtime.block_on(async move {
            let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
            let bytes = body.collect().await.unwrap().to_bytes().to_vec();
            Answer { status: parts.status, headers: parts.headers, bytes }
        });
        crate::described::hold_against(&self.town.document, &method, path, &answer);
        answer
    }
}

/// An answer for a snapshot: identifiers, tokens, hashes and numbers of requests taken out.
pub fn shown(method: &str, path: &str, answer: &Answer) -> String {
    let body = match serde_json::from_slice::<Value>(&answer.bytes) {
        Ok(mut value) => {
            hide(&mut value);
            serde_json::to_string_pretty(&value).unwrap()
        }
        Err(_) => answer.text(),
    };
    let headers = ["content-type", "content-language", "etag", "location", "allow", "www-authenticate", "retry-after"];
    let headers: String =
        headers.iter().filter(|name| !answer.header(name).is_empty()).map(|name| format!("{name}: {}\n", answer.header(name))).collect();
    without_identifiers(&format!("{method} {path}\n{}\n{headers}\n{body}\n", answer.status.as_u16()))
}

/// Takes out what depends on chance or on how the town was set up.
fn hide(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                if ["index", "query_code"].contains(&key.as_str()) {
                    *member = json!("…");
                }
                hide(member);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(hide),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn without_identifiers(text: &str) -> String {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(word) {
        let end = rest[start..].find(|c| !word(c)).map_or(rest.len(), |end| start + end);
        out.push_str(&rest[..start]);
        out.push_str(&token(&rest[start..end]));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn token(word: &str) -> String {
    let hex = |text: &str| text.chars().all(|c| c.is_ascii_hexdigit());
    match word.rsplit_once(['_', ':']) {
        Some((prefix, rest)) if rest.len() == ids::IDENTIFIER_LENGTH && word.contains('_') => format!("{prefix}_…"),
        Some((prefix, rest)) if rest.len() >= 32 && hex(rest) => format!("{prefix}:…"),
        _ if word.len() >= 32 && hex(word) => "…".to_owned(),
        _ => word.to_owned(),
    }
}
