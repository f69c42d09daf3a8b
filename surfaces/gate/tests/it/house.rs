//! A site with accounts, a few pages of a made-up surface, and browsers.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use gate::testing::{Browser, parts};
use gate::{App, Citizen, Flash, Form, PageError, Parts, StaffMember, UploadForm, Visitor, desk, form_fields, page, see_other_with, server};
use i18n::Text;
use ids::SeededEntropy;
use maud::{Markup, html};
use parties::{
    AddPost, AddStaff, AssignPost, DivisionCode, EnactDivision, IdentityNumber, OrganDetails, PersonId, RegisterOrgan, RegisterPerson, UnifiedCode,
};
use runner::{Actor, Refusal};
use testkit::{TestDatabase, World};
use tokio::runtime::Runtime;
use trust::{AccountId, AccountKind, Assurance, Authority, GrantRole, NewAccount, OpenAccount, Password, RegisterAccount, Role};

pub const PASSWORD: &str = "Yunxi-2026";

pub struct House {
    pub runtime: Runtime,
    pub router: Router,
    pub app: App,
    _folder: tempfile::TempDir,
    pub world: World,
}

impl House {
    pub fn new() -> Self {
        Self::with(TestDatabase::sqlite(), |_| {})
    }

    pub fn with(database: TestDatabase, change: impl FnOnce(&mut Parts)) -> Self {
        let keys = Arc::new(seal::FieldKeys::new([(1, [7; 32])]).unwrap());
        let world = World::on(database, "2026-03-02T09:00", Authority::new().unwrap())
            .migrate("tracker", tracker::MIGRATIONS)
            .migrate("parties", parties::MIGRATIONS)
            .migrate("trust", trust::MIGRATIONS)
            .migrate("procedure", procedure::MIGRATIONS)
            .migrate("gate", gate::MIGRATIONS)
            .with(Arc::clone(&keys))
            .build();
        let folder = tempfile::tempdir().unwrap();
        let mut parts = parts(world.runner(), &keys, folder.path());
        change(&mut parts);
        let app = App::assemble(parts).unwrap();
        app.health.ready();
        let router = server(&app, [surface()]);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let house = Self { runtime, router, app, _folder: folder, world };
        for (code, zh, en) in [("330000", "浙江省", "Zhejiang"), ("339900", "云州市", "Yunzhou"), ("339921", "云溪县", "Yunxi County")] {
            let enact = EnactDivision { code: division(code), name: Text::new(zh, en), valid_from: "2020-01-01".parse().unwrap() };
            house.world.execute(&Actor::system(), enact);
        }
        house
    }

    pub fn browser(&self) -> Browser {
        Browser::new(&self.router)
    }

    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// A person known to the register.
    pub fn person(&self, name: &str, sequence: u16) -> PersonId {
        let command = RegisterPerson {
            name: name.into(),
            identity_number: identity(sequence),
            division: division("339921"),
            address: "城关镇人民路3号".into(),
            mobile: Some("13800000001".into()),
        };
        self.world.execute(&Actor::system(), command).outcome
    }

    /// A person with an account.
    pub fn citizen(&self, login: &str, name: &str, sequence: u16) -> PersonId {
        let person = self.person(name, sequence);
        let account = NewAccount { party: Some(person.to_string()), ..account(login, AccountKind::Person) };
        let command = RegisterAccount::prepare(account, &Password::new(PASSWORD), &mut SeededEntropy::new(7)).unwrap();
        self.world.execute(&Actor::anonymous(), command);
        person
    }

    /// An account which somebody else opened; its password is a given one.
    pub fn open(&self, account: NewAccount) -> AccountId {
        let command = OpenAccount::prepare(account, &Password::new(PASSWORD), &mut SeededEntropy::new(7)).unwrap();
        self.world.execute(&Actor::system(), command).outcome
    }

    pub fn admin(&self, login: &str, role: Role) -> AccountId {
        let id = self.open(account(login, AccountKind::Admin));
        self.world.execute(&Actor::system(), GrantRole { account: id.clone(), role });
        id
    }

    /// A member of staff at the window of the market bureau.
    pub fn clerk(&self, login: &str, name: &str) {
        let code = UnifiedCode::from_serial('1', '1', &division("339921"), 7).unwrap().to_string();
        let details = OrganDetails { short_name: Text::new("县市场监管局", "Market Bureau"), ..details() };
        let name_of_organ = Text::new("云溪县市场监督管理局", "Yunxi Market Supervision Bureau");
        let organ = RegisterOrgan { code, name: name_of_organ, division: division("339921"), parent: None, details };
        let organ = self.world.execute(&Actor::system(), organ).outcome;
        let add = AddPost {
            organ: organ.clone(),
            code: "window-1".into(),
            name: Text::new("综合窗口", "Window"),
            lane: "window".into(),
            requires_licence: false,
        };
        let post = self.world.execute(&Actor::system(), add).outcome;
        let staff = self.world.execute(&Actor::system(), AddStaff { organ, name: name.into(), officer_licence: None }).outcome;
        self.world.execute(&Actor::system(), AssignPost { staff: staff.clone(), post });
        self.open(NewAccount { staff: Some(staff.to_string()), ..account(login, AccountKind::Staff) });
    }

    /// Signs in with a given password, changes it, and goes on.
    pub fn sign_in_first_time(&self, browser: &mut Browser, login: &str) {
        self.run(async {
            browser.get("/workspace/sign-in").await;
            let answer = browser.post("/workspace/sign-in", &[("login", login), ("password", PASSWORD)]).await;
            assert_eq!(answer.location(), "/password", "{}", answer.text());
            browser.get("/password").await;
            let fields = [("present_password", PASSWORD), ("new_password", "Changed-2026"), ("new_password_again", "Changed-2026")];
            let answer = browser.post("/password", &fields).await;
            assert_eq!(answer.location(), "/workspace", "{}", answer.text());
        });
    }
}

pub fn account(login: &str, kind: AccountKind) -> NewAccount {
    NewAccount { login: login.to_owned(), kind, party: None, staff: None, assurance: Assurance::Checked }
}

pub fn division(code: &str) -> DivisionCode {
    DivisionCode::parse(code).unwrap()
}

pub fn identity(sequence: u16) -> String {
    IdentityNumber::compose("339921", "1990-05-05".parse().unwrap(), sequence).unwrap().as_str().to_owned()
}

fn details() -> OrganDetails {
    OrganDetails {
        duties: vec!["market-supervision".to_owned()],
        address: Text::new("人民路1号", "1 Renmin Road"),
        hours: Text::new("工作日 9:00-17:00", "Working days 9:00-17:00"),
        phone: "0570-6000001".into(),
        complaint_phone: "0570-6000002".into(),
        ..OrganDetails::default()
    }
}

/// What portal and workspace do, in small.
fn surface() -> Router<App> {
    Router::new()
        .route("/", get(home))
        .route("/cases", get(cases))
        .route("/note", get(note_page).post(note))
        .route("/file", post(file))
        .route("/workspace", get(workspace))
        .route("/workspace/note", post(staff_note))
        .route("/refuse", get(refuse))
        .route("/broken", get(broken))
        .route("/panic", get(panic))
        .route("/api/v1/nothing", get(nothing))
}

async fn home(State(app): State<App>, visitor: Visitor) -> Markup {
    let name = visitor.signed_in.as_ref().map_or("guest", |who| &who.display_name);
    page(&app, &visitor, "首页", html! { p { "home of " (name) " " (visitor.actor.acting_party().unwrap_or_default()) } })
}

async fn cases(State(app): State<App>, Citizen(visitor): Citizen) -> Markup {
    page(&app, &visitor, "我的办件", html! { p { "cases" } })
}

async fn note_page(State(app): State<App>, Citizen(visitor): Citizen) -> Markup {
    page(&app, &visitor, "留言", html! { form method="post" { (form_fields(&visitor)) } })
}

async fn note(State(app): State<App>, Citizen(visitor): Citizen, form: Form) -> Result<Response, PageError> {
    let text = format!("{}:{}:{}", visitor.party().unwrap_or_default().starts_with("person_"), form.text("note"), form.all("pick").join("+"));
    Ok(see_other_with(&app, "/", &Flash::success(text.clone(), text)))
}

async fn file(_: Citizen, upload: UploadForm) -> String {
    let names: Vec<String> = upload.files.iter().map(|file| format!("{}={}", file.name, file.bytes.len())).collect();
    names.join(",")
}

async fn workspace(State(app): State<App>, StaffMember(visitor): StaffMember) -> Markup {
    desk(&app, &visitor, "工作台", None, html! { p { "posts " (visitor.actor.posts.len()) } })
}

async fn staff_note(_: StaffMember, _: Form) -> &'static str {
    "noted"
}

async fn refuse() -> Result<(), PageError> {
    Err(Refusal::new("too-late", "申请期限已过。", "The time to apply is over.", "请等待下一期。", "Wait for the next round.")
        .under("某办法 第一条")
        .into())
}

async fn broken() -> Result<(), PageError> {
    Err(PageError::Fault(runner::Fault::because("secret detail")))
}

async fn panic() -> &'static str {
    panic!("secret panic")
}

async fn nothing() -> Result<(), PageError> {
    Err(PageError::NotFound)
}
