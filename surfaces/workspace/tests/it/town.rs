//! The small town with accounts for a few of its staff, the shipped packages, and browsers.

use std::path::Path;
use std::sync::Arc;

use ::town::Basics;
use axum::Router;
use cases::commands::{AttachMaterial, StartDraft, SubmitCase, Submitted};
use cases::scenario::Script;
use exchange::{Call, Found, NoCases, Ports, Provider, Settings, StandingDuties};
use gate::App;
use gate::testing::{Answer, Browser, parts};
use ids::SeededEntropy;
use procedure::{Files, Library, PublishPackage, PublishingKeys};
use runner::{Actor, Cx, Halt};
use seal::{FieldKeys, PrivateKey, Signer};
use store::Tx;
use testkit::{TestDatabase, World};
use tokio::runtime::Runtime;
use trust::{AccountId, AccountKind, Assurance, Authority, GrantRole, NewAccount, OpenAccount, Password, Role};

const FIRST: &str = "Yunxi-First-1";
const PASSWORD: &str = "Yunxi-2026";
/// One red point.
pub const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53,
    0xde, 0, 0, 0, 12, b'I', b'D', b'A', b'T', 0x08, 0xd7, 0x63, 0xf8, 0xcf, 0xc0, 0, 0, 3, 1, 1, 0, 0x18, 0xdd, 0x8d, 0xb0, 0, 0, 0, 0, b'I', b'E',
    b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// One page with a word on it. Readers mend the missing table of positions.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n\
4 0 obj<</Length 44>>stream\nBT /F1 24 Tf 40 100 Td (Layout drawing) Tj ET\nendstream endobj\n\
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

pub struct Town {
    pub runtime: Runtime,
    pub router: Router,
    pub app: App,
    pub basics: Basics,
    _folder: tempfile::TempDir,
    pub world: World,
}

impl Town {
    /// On Monday, 2 March 2026, nine o'clock.
    pub fn new() -> Self {
        Self::on(TestDatabase::sqlite())
    }

    pub fn on(database: TestDatabase) -> Self {
        let keys = Arc::new(FieldKeys::new([(1, [7; 32])]).unwrap());
        let publishing = PrivateKey::generate(seal::Algorithm::Sm2, &mut SeededEntropy::new(5)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let builder = World::on(database, "2026-03-02T09:00", Authority::new().unwrap());
        let clock = builder.clock();
        let world = builder
            .migrate("tracker", tracker::MIGRATIONS)
            .migrate("parties", parties::MIGRATIONS)
            .migrate("registers", registers::MIGRATIONS)
            .migrate("trust", trust::MIGRATIONS)
            .migrate("procedure", procedure::MIGRATIONS)
            .migrate("documents", documents::MIGRATIONS)
            .migrate("cases", cases::MIGRATIONS)
            .migrate("quality", quality::MIGRATIONS)
            .migrate("catalogue", catalogue::MIGRATIONS)
            .migrate("sharing", sharing::MIGRATIONS)
            .migrate("exchange", exchange::MIGRATIONS)
            .migrate("gate", gate::MIGRATIONS)
            .migrate("workspace", workspace::MIGRATIONS)
            .migrate("opendata", opendata::MIGRATIONS)
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
            .with(Arc::new(registers::Connections::default()))
            .with(Arc::new(tracker::ConsentSeal::new(&[3; 32]).unwrap()))
            .with(Arc::new(ports(clock)))
            .build()
            .leave_unfinished();
        let basics = ::town::scenario_world(world.runner()).unwrap();
        ::town::register_basics(world.runner(), "2026-01-01".parse().unwrap()).unwrap();
        publish(&world, &publishing);
        let app = App::assemble(parts(world.runner(), &keys, folder.path())).unwrap();
        app.health.ready();
        let router = gate::server(&app, [workspace::routes()]);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        Self { runtime, router, app, basics, _folder: folder, world }
    }

    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    pub fn get(&self, browser: &mut Browser, path: &str) -> Answer {
        self.run(browser.get(path))
    }

    /// Sends a form as the page before it would.
    pub fn post(&self, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.run(browser.post(path, fields))
    }

    /// A browser in which a member of staff, known by her login in the town, has signed in.
    pub fn desk(&self, login: &str) -> Browser {
        let member = self.basics.staff.iter().find(|one| one.spec.login == login).unwrap();
        self.open(login, AccountKind::Staff, Some(member.id.to_string()));
        self.sign_in(login)
    }

    /// The same account, signed in anew: sessions end with half an hour of silence.
    pub fn again(&self, login: &str) -> Browser {
        let mut browser = Browser::new(&self.router);
        self.run(async {
            browser.get("/workspace/sign-in").await;
            let answer = browser.post("/workspace/sign-in", &[("login", login), ("password", PASSWORD)]).await;
            assert_eq!(answer.location(), "/workspace", "{}", answer.text());
        });
        browser
    }

    /// A browser in which an administrator has signed in.
    pub fn admin(&self, login: &str, role: Role) -> Browser {
        let account = self.open(login, AccountKind::Admin, None);
        self.world.execute(&Actor::system(), GrantRole { account, role });
        self.sign_in(login)
    }

    pub fn open(&self, login: &str, kind: AccountKind, staff: Option<String>) -> AccountId {
        let account = NewAccount { login: login.to_owned(), kind, party: None, staff, assurance: Assurance::Present };
        let command = OpenAccount::prepare(account, &Password::new(FIRST), &mut SeededEntropy::new(7)).unwrap();
        self.world.execute(&Actor::system(), command).outcome
    }

    fn sign_in(&self, login: &str) -> Browser {
        let mut browser = Browser::new(&self.router);
        self.run(async {
            browser.get("/workspace/sign-in").await;
            let answer = browser.post("/workspace/sign-in", &[("login", login), ("password", FIRST)]).await;
            assert_eq!(answer.location(), "/password", "{}", answer.text());
            browser.get("/password").await;
            let fields = [("present_password", FIRST), ("new_password", PASSWORD), ("new_password_again", PASSWORD)];
            let answer = browser.post("/password", &fields).await;
            assert_eq!(answer.location(), "/workspace", "{}", answer.text());
        });
        browser
    }

    /// Submits what a scenario of a package says, with real files.
    pub fn submit(&self, slug: &str, scenario: &str) -> Submitted {
        let path = Path::new(PACKAGES).join(slug).join(format!("tests/{scenario}.toml"));
        let script: Script = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let applicant = self.basics.scenario_applicant(script.applicant.as_ref().map(|known| known.id_number.as_str())).unwrap();
        let start = StartDraft { slug: slug.into(), situation: script.situation.clone(), answers: script.answers.clone(), prefill: false };
        let draft = self.world.execute(&applicant, start).outcome;
        for (material, kind) in &script.materials {
            let extension = kind.as_str().unwrap().to_owned();
            let bytes = if extension == "pdf" { PDF } else { PNG };
            let blob = self.app.blobs.put(bytes, 1_000_000).unwrap();
            let attach = AttachMaterial {
                owner: draft.clone(),
                material: material.clone(),
                file_name: format!("{material}<1>.{extension}"),
                blob: blob.as_str().to_owned(),
                size_bytes: i64::try_from(bytes.len()).unwrap(),
                extension,
            };
            self.world.execute(&applicant, attach);
        }
        let submit = SubmitCase { draft: Some(draft), channel: "web".into(), promised: true, ..SubmitCase::default() };
        self.world.execute(&applicant, submit).outcome
    }

    /// The tea shop's application for a food permit.
    pub fn tea_shop(&self) -> Submitted {
        self.submit("shipin-jingying-xuke", "ordinary-tea-shop")
    }

    /// The open task of a case at a node.
    pub fn task(&self, case: &str, node: &str) -> String {
        let view = self.view(case);
        view.tasks.iter().find(|task| task.node == node && task.state == cases::TaskState::Open).unwrap().id.clone()
    }

    pub fn view(&self, case: &str) -> cases::queries::CaseView {
        let keys = Arc::clone(&self.app.keys);
        self.world.store().read(|tx| cases::queries::case_view(tx, &keys, case, &tracker::in_process("a test"))).unwrap().unwrap()
    }

    /// Makes an act without the confirmation in between.
    pub fn act(&self, browser: &mut Browser, task: &str, act: &str, fields: &[(&str, &str)]) -> Answer {
        let path = format!("/workspace/tasks/{task}");
        let page = self.get(browser, &format!("{path}?act={act}"));
        let seen = page.hidden("seen").unwrap_or_default();
        let mut all = vec![("act", act), ("seen", seen.as_str()), ("confirm", "yes")];
        all.extend_from_slice(fields);
        self.post(browser, &path, &all)
    }

    /// Brings the tea shop's case to a node by the people of the town.
    pub fn tea_shop_at(&self, node: &str) -> Submitted {
        let done = self.tea_shop();
        let steps = [("accept", "accepted"), ("review", "passed"), ("visit", "qualified")];
        for (at, outcome) in steps.into_iter().take_while(|(at, _)| *at != node) {
            let view = self.view(&done.case);
            let task = view.tasks.iter().find(|task| task.node == at && task.state == cases::TaskState::Open).unwrap().clone();
            let actor = self.basics.scenario_post(&task.post, Some(&task.organ)).unwrap();
            let fields = serde_json::json!({ "officers": ["陈立行", "吴清平"], "findings": "现场与申请一致" });
            let fields = fields.as_object().unwrap().clone();
            let command = cases::commands::CompleteTask { task: task.id, outcome: outcome.into(), fields, ..Default::default() };
            self.world.execute(&actor, command);
        }
        done
    }
}

/// An exchange whose rights are duties without cases, and in which no register answers.
fn ports(clock: Arc<clock::FixedClock>) -> Ports {
    Ports {
        rights: Arc::new(StandingDuties::new(Arc::new(NoCases), Arc::new(exchange::NothingListed))),
        negative: Arc::new(exchange::NothingListed),
        provider: Arc::new(Nothing),
        clock,
        settings: Settings::of("CN-339921"),
    }
}

struct Nothing;

impl Provider for Nothing {
    fn answer(&self, _: &mut Cx<'_>, _: &Call<'_>) -> Result<Found, Halt> {
        Ok(Found::Rows { rows: Vec::new(), next: None })
    }

    fn keeps(&self, tx: &mut Tx<'_>, organ: &str, register: &str) -> Result<bool, Halt> {
        let found = registers::overview(tx, register)?;
        Ok(found.and_then(|register| register.owner).is_some_and(|owner| owner.id.as_str() == organ))
    }
}

const PACKAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packages");

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

/// The main part of a page as lines of text, with identifiers and tokens taken out.
pub fn outline(answer: &Answer) -> String {
    let html = answer.text();
    let main = html.split_once("<main").map_or(html.as_str(), |(_, rest)| rest.split_once('>').map_or(rest, |(_, inside)| inside));
    let main = main.split_once("</main>").map_or(main, |(inside, _)| inside);
    let (mut lines, mut text, mut tag, mut inside) = (Vec::new(), String::new(), String::new(), false);
    let mut skipped = false;
    for c in main.chars() {
        match c {
            '<' => {
                (inside, tag) = (true, String::new());
            }
            '>' if inside => {
                inside = false;
                skipped = if tag.starts_with("svg") {
                    true
                } else if tag.starts_with("/svg") {
                    false
                } else {
                    skipped
                };
                let inline = ["a ", "/a", "span", "/span", "strong", "/strong", "code", "/code", "time", "/time", "b>"];
                if !inline.iter().any(|name| tag.starts_with(name)) && !text.trim().is_empty() {
                    lines.push(std::mem::take(&mut text).trim().to_owned());
                }
                if let Some((_, named)) = tag.split_once("name=\"") {
                    let field = named.split('"').next().unwrap();
                    if !tag.contains("type=\"hidden\"") {
                        lines.push(format!("  [{field}]"));
                    }
                }
            }
            _ if inside => tag.push(c),
            _ if !skipped => text.push(c),
            _ => {}
        }
    }
    lines.iter().map(|line| masked(line)).collect::<Vec<_>>().join("\n")
}

/// Identifiers end in 26 characters that nobody reads.
fn masked(line: &str) -> String {
    let words = line.split(' ').map(|word| match word.split_once('_') {
        Some((kind, rest)) if rest.len() >= 26 && rest.chars().take(26).all(|c| c.is_ascii_alphanumeric()) => format!("{kind}_…{}", &rest[26..]),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}
