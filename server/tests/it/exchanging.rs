//! Departments of the example county exchange rows of the base registers: over HTTP, by grants and duties, with everybody's trace.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use std::sync::Arc;

use cases::commands::{CompleteTask, SubmitCase};
use catalogue::{DecideNegative, LegalBasis, NegativeKind, NegativeVerdict, ProposeNegative, ResourceCode};
use exchange::{Carrier, Code, FeedState, RecordDuty, ServiceId, SetMemberStanding, Standing, SubsystemId};
use gate::testing::Browser;
use i18n::Text;
use parties::{DivisionCode, IdentityNumber};
use registers::{AnswerConsent, AskConsent, RevokeConsent};
use runner::{Actor, ActorKind, ActorPost, Command, Halt, Request};
use serde_json::{Map, Value, json};
use sharing::commands::GrantAccess;
use sharing::{Ground, REQUEST_ITEM, Terms};
use store::Tx;
use tempfile::TempDir;
use testkit::{TestDatabase, on_both};
use tokio::runtime::Runtime;
use town::basics::organs::ORGANS;
use town::basics::people::{COMPANIES, PERSONS, PersonSpec};
use town::{DEMO_PASSWORD, DIVISION, Size};
use tracker::{Manner, Seen};
use zhengshu::config::Place;
use zhengshu::demo::seed;
use zhengshu::exchanging::Deliveries;
use zhengshu::node::Node;
use zhengshu::serve::{app, limits, router};

use crate::folder::place;

const SIZE: Size = Size { residents: 120, companies: 40, cases: 4 };

struct County {
    node: Arc<Node>,
    /// Portal, workspace and API.
    pages: axum::Router,
    /// Where the departments' own systems ask.
    connector: String,
    runtime: Runtime,
    _folder: TempDir,
}

impl County {
    fn on(database: &TestDatabase) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { database: database.postgres_address(), ..place(folder.path()) };
        let node = Arc::new(Node::open(&place).unwrap());
        let report = seed(&node, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../packages"), SIZE).unwrap();
        assert_eq!(report.broken, Vec::<String>::new(), "every story of the town came to its end");
        let runtime = Runtime::new().unwrap();
        let carrier: Arc<dyn Carrier> = Arc::new(gateway::HttpCarrier::new(runtime.handle().clone()).unwrap());
        let clients: HashSet<SubsystemId> = ORGANS.iter().map(|organ| subsystem(organ.duty)).collect();
        let inside = gateway::connector(Arc::clone(&node.exchange), carrier, clients);
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let connector = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(async move { axum::serve(listener, inside).await });
        let pages = router(&app(&node, limits(&node).unwrap()).unwrap());
        Self { node, pages, connector, runtime, _folder: folder }
    }

    /// A call of a department's own system: status and body.
    fn call(&self, client: &str, keeper: &str, register: &str, endpoint: &str, body: &Value) -> (u16, Value) {
        let url = format!("{}/r1/{}/{endpoint}", self.connector, service(keeper, register));
        let sending = reqwest::Client::new().post(url).header("X-Road-Client", subsystem(client).to_string()).body(body.to_string());
        self.runtime.block_on(async {
            let answer = sending.send().await.unwrap();
            (answer.status().as_u16(), serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
        })
    }

    fn run<C: Command>(&self, actor: &Actor, command: C) -> C::Outcome {
        self.node.runner.execute(Request::by(actor.clone()), command).unwrap().outcome
    }

    fn read<T>(&self, mut work: impl FnMut(&mut Tx<'_>) -> T) -> T {
        self.node.store.read(|tx| Ok::<_, store::StoreError>(work(tx))).unwrap()
    }

    fn organ(&self, duty: &str) -> String {
        let division = DivisionCode::parse(DIVISION).unwrap();
        self.read(|tx| parties::organ_for_duty(tx, duty, &division).unwrap().unwrap().id.to_string())
    }

    fn holder(&self, duty: &str, post: &str) -> Actor {
        let organ = self.organ(duty);
        let held = ActorPost { post: post.into(), organ, division: DIVISION.into() };
        let account = format!("account_{post}_{duty}");
        Actor { party: Some(format!("staff_{post}_{duty}")), posts: vec![held], assurance: 3, ..Actor::bare(&account, ActorKind::Staff) }
    }

    /// A browser in which somebody has signed in.
    fn browser(&self, door: &str, login: &str) -> Browser {
        let mut browser = Browser::new(&self.pages);
        self.runtime.block_on(async {
            browser.get(door).await;
            let answer = browser.post(door, &[("login", login), ("password", DEMO_PASSWORD)]).await;
            assert!(answer.status == 303 && !answer.location().contains("sign-in"), "{} {}", answer.location(), answer.text());
        });
        browser
    }

    fn page(&self, browser: &mut Browser, path: &str) -> String {
        let answer = self.runtime.block_on(browser.follow(path));
        assert_eq!(answer.status, 200, "{path}");
        answer.text()
    }

    /// What somebody sees of who read about her, the newest first.
    fn seen(&self, number: &str) -> Vec<Seen> {
        let now_ms = self.node.now_ms() + 1;
        self.read(|tx| tracker::readings_of(tx, &self.node.keys, number, now_ms, None, 50).unwrap())
    }

    /// A right that stands without a case.
    fn duty(&self, client: &str, service: ServiceId, fields: &[&str], manner: Manner, division: Option<&str>) {
        self.run(&Actor::system(), right(client, service, fields, manner, division));
    }
}

fn right(client: &str, service: ServiceId, fields: &[&str], manner: Manner, division: Option<&str>) -> RecordDuty {
    RecordDuty {
        client: subsystem(client),
        service,
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        masks: BTreeMap::new(),
        rows: division.map(|division| ("division".to_owned(), vec![division.to_owned()])).into_iter().collect(),
        manners: vec![manner],
        calls_per_minute_max: 100,
        calls_per_day_max: 1_000,
        cell_count_min: 10,
        purpose: Text::new("测试", "To test"),
        basis: "测试法 第一条".into(),
        needs_case: false,
        consent: None,
        from: None,
        days: 10,
    }
}

fn subsystem(duty: &str) -> SubsystemId {
    let organ = ORGANS.iter().find(|organ| organ.duty == duty).unwrap();
    SubsystemId::new("CN-339921", "GOV", organ.code().unwrap().as_str(), duty).unwrap()
}

fn service(keeper: &str, register: &str) -> ServiceId {
    subsystem(keeper).service(register).unwrap()
}

fn object(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

/// One seeded town for all that is asked of it: seeding is what takes long.
#[test]
fn departments_exchange_rows_of_the_base_registers() {
    on_both(|database| {
        let county = County::on(&database);
        the_fire_brigade_follows_the_places(&county);
        every_register_answers_in_its_endpoints(&county);
        what_is_masked_scoped_or_counted_stays_so(&county);
        a_request_becomes_a_grant_and_the_grant_a_call(&county);
        a_grant_by_consent_passes_while_the_consent_stands(&county);
        a_step_of_a_case_asks_the_other_organ_through_the_exchange(&county);
        the_samples_say_the_same_as_the_catalogue(&county);
        what_is_put_on_the_negative_list_passes_no_more(&county);
        the_figures_of_readings_are_a_dataset(&county);
    });
}

/// The feed of the example county: all that the register has told so far arrives.
fn the_fire_brigade_follows_the_places(county: &County) {
    let carrier = gateway::HttpCarrier::new(county.runtime.handle().clone()).unwrap();
    let feed = || county.read(|tx| exchange::feeds(tx).unwrap()).into_iter().find(|feed| feed.state == FeedState::Active).unwrap();
    let last = county.read(|tx| registers::overview(tx, "addresses").unwrap()).unwrap().position;
    assert!(last > 0 && feed().position == 0);
    assert!(Deliveries::default().round(&county.node, &carrier).unwrap() > 0);
    let after = feed();
    assert_eq!((after.position, after.last_code.as_deref(), after.pending_batch), (last, Some("answered"), None));
    let mut head = county.browser("/workspace/sign-in", "tongjianguo");
    let page = county.page(&mut head, "/workspace/exchange/feeds");
    assert!(page.contains("标准地址和地名库") && page.contains("投递中"), "{page}");
}

/// What is computed passed the gate when the county was made. When this month is over the readings are what the page of figures says of them, and no
/// small number.
fn the_figures_of_readings_are_a_dataset(county: &County) {
    const NAME: &str = "reading-figures-monthly";
    const CASES: &str = "case-figures-monthly";
    let content = || county.read(|tx| opendata::queries::dataset(tx, CASES).unwrap()).unwrap().fingerprint();
    let made = content();
    assert!(county.read(|tx| opendata::queries::release(tx, CASES).unwrap()).is_some());
    zhengshu::serve::Rounds::default().every_minute(&county.node, None).unwrap();
    assert_eq!(content(), made, "this month is not over");
    let as_of = workspace::first_of_month(&county.node.runner).last_of_month().tomorrow().unwrap();
    let organ = parties::OrganId::parse(&county.organ("government-services")).unwrap();
    workspace::derive_datasets(&county.node.runner, &county.node.blobs, &Actor::system(), &organ, as_of).unwrap();
    let dataset = county.read(|tx| opendata::queries::dataset(tx, NAME).unwrap()).unwrap();
    let computed = dataset.metadata.computed.as_ref().unwrap();
    let name = dataset.resources[0].blob.as_deref().unwrap().parse().unwrap();
    let file = sources::read_file(&county.node.blobs.get(&name, 1 << 20).unwrap()).unwrap();
    let mut lines = Vec::new();
    let mut month = computed.as_of.first_of_month();
    for _ in 0..12 {
        month = month.yesterday().unwrap().first_of_month();
        lines.splice(0..0, county.read(|tx| registers::readings_of_month(tx, month).unwrap()).lines);
    }
    assert!(!lines.is_empty() && lines.iter().any(|line| line.count.is_some()), "{lines:?}");
    let shown: Vec<Option<String>> = file.rows.iter().map(|row| row.cells.get("readings").map(registers::plain_text)).collect();
    assert_eq!(shown, lines.iter().map(|line| line.count.map(|count| count.to_string())).collect::<Vec<_>>());
    assert!(lines.iter().all(|line| line.count.is_none_or(|count| count >= 5)));
    assert_eq!(computed.suppressed, lines.iter().filter(|line| line.count.is_none()).count() as u64);
}

fn every_register_answers_in_its_endpoints(county: &County) {
    let (company, person) = (&COMPANIES[0], &PERSONS[0]);
    let read = json!({ "key": company.code, "fields": ["id_number", "name", "status"] });
    let known = county.call("taxation", "market-supervision", "legal-persons", "read", &read);
    assert_eq!(known, (200, json!({ "rows": [{ "id_number": company.code, "name": company.name, "status": "active" }] })));
    let before = county.seen(person.identity_number).len();
    let claims = json!({ "key": person.identity_number, "claims": { "name": person.name, "birth_date": "1900-01-01" } });
    let verified = county.call("health", "public-security", "population", "verify", &claims);
    assert_eq!(verified, (200, json!({ "known": true, "matches": { "birth_date": false, "name": true } })));
    let seen = county.seen(person.identity_number);
    assert_eq!((seen.len(), seen[0].manner), (before + 1, Manner::YesNo));
    assert_eq!((seen[0].organ.clone(), seen[0].source.name.as_str()), (Some(county.organ("health")), "population"));
    assert!(seen[0].message.is_some() && seen[0].grant.is_some(), "the message and the right are named");
    // Roads in pages: each once, and the last page says so.
    let mut names = HashSet::new();
    let mut after = Value::Null;
    for _ in 0..20 {
        let page = json!({ "filter": { "kind": "village" }, "fields": ["name"], "count": 7, "after": after });
        let (status, body) = county.call("fire-rescue", "natural-resources", "addresses", "search", &page);
        assert_eq!(status, 200, "{body}");
        names.extend(body["rows"].as_array().unwrap().iter().map(|row| row["name"].to_string()));
        after = body["next"].clone();
        if after.is_null() {
            break;
        }
    }
    assert!(after.is_null() && names.len() > 7, "{} villages", names.len());
    county.duty("health", service("data-resources", "macro-economy"), &["unit", "value"], Manner::Full, None);
    let figure = json!({ "key": "gdp/2024Q4", "fields": ["value", "unit"] });
    let (status, body) = county.call("health", "data-resources", "macro-economy", "read", &figure);
    assert_eq!((status, &body["rows"][0]["unit"]), (200, &json!("亿元")));
    let licence = json!({ "key": "云市监营〔2023〕1号", "claims": { "holder": company.name, "status": "revoked" } });
    let checked = county.call("transport", "data-resources", "certificates", "verify", &licence);
    assert_eq!(checked, (200, json!({ "known": true, "matches": { "holder": true, "status": false } })));
    let finding = json!({ "filter": { "kind": "good-faith" }, "fields": ["kind", "id_number", "repaired"] });
    let (status, body) = county.call("taxation", "market-supervision", "credit", "search", &finding);
    assert!(status == 200 && body["rows"][0]["kind"] == "good-faith" && body["rows"][0]["repaired"] == false, "{body}");
    // A whole register is not handed over, and figures are counted one way.
    for (endpoint, body) in
        [("search", json!({ "filter": {}, "fields": ["kind"] })), ("search", json!({ "filter": { "finding": "x" }, "fields": ["kind"] }))]
    {
        let (status, told) = county.call("taxation", "market-supervision", "credit", endpoint, &body);
        assert_eq!((status, told["code"].as_str()), (400, Some("body-malformed")), "{body}");
    }
}

fn what_is_masked_scoped_or_counted_stays_so(county: &County) {
    let (status, body) = county.call("emergency-management", "public-security", "population", "aggregate", &json!({ "by": ["division"] }));
    let groups = body["groups"].as_array().unwrap();
    let told: Vec<u64> = groups.iter().filter_map(|group| group["count"].as_u64()).collect();
    assert!(status == 200 && !told.is_empty() && told.iter().all(|count| *count >= 10), "{body}");
    assert_ne!(groups.len() - told.len(), 1, "a single hidden figure would follow from the total");
    let two = json!({ "by": ["division"], "filter": { "division": "339921" } });
    assert_eq!(county.call("emergency-management", "public-security", "population", "aggregate", &two).0, 400);

    // Two departments with the same right to fields, one for the rows of the county, one for those of a town.
    let (person, population) = (&PERSONS[0], service("public-security", "population"));
    let read = json!({ "key": person.identity_number, "fields": ["name", "birth_date"] });
    let claims = json!({ "key": person.identity_number, "claims": { "name": person.name } });
    for (client, manner, division) in [
        ("education", Manner::Masked, DIVISION),
        ("archives", Manner::Masked, "339921100"),
        ("justice", Manner::YesNo, DIVISION),
        ("agriculture", Manner::YesNo, "339921100"),
    ] {
        county.duty(client, population.clone(), &["birth_date", "name"], manner, Some(division));
    }
    let call = |client: &str, endpoint: &str, body: &Value| county.call(client, "public-security", "population", endpoint, body);
    assert_eq!(call("education", "read", &read), (200, json!({ "rows": [{ "name": "林**", "birth_date": "***" }] })));
    assert_eq!(county.seen(person.identity_number)[0].fields, ["birth_date", "name"], "what was looked at for the scope was not disclosed");
    assert_eq!(call("archives", "read", &read), (200, json!({ "rows": [] })), "out of the scope is as unknown as what does not exist");
    assert_eq!(call("justice", "verify", &claims), (200, json!({ "known": true, "matches": { "name": true } })));
    assert_eq!(call("agriculture", "verify", &claims), (200, json!({ "known": false, "matches": { "name": false } })));
}

fn a_request_becomes_a_grant_and_the_grant_a_call(county: &County) {
    let person = &PERSONS[0];
    let asking = json!({ "key": person.identity_number, "fields": ["name", "division"] });
    let call = |fields: &[&str]| {
        let asking = json!({ "key": person.identity_number, "fields": fields });
        county.call("housing-construction", "public-security", "population", "read", &asking)
    };
    assert_eq!(call(&["name"]).0, 403, "before there is a grant");
    let clerk = county.holder("housing-construction", "handler");
    let clerk = Actor { on_behalf: Some(county.organ("housing-construction")), ..clerk };
    let until = clock::local_date(clock::from_millis(county.node.now_ms()).unwrap()).saturating_add(jiff::ToSpan::days(200));
    let answers = object(json!({
        "resource": "101001/000001", "fields": "address,division,name", "manner": "full", "method": "interface",
        "scene": "公租房申请核对申请人户籍", "basis": "公共租赁住房管理办法 第八条", "ground": "duty", "duty": "公租房申请核对申请人户籍",
        "valid_until": until.to_string(), "contact": "住房保障科 0999-6000000",
    }));
    let submit = SubmitCase { slug: REQUEST_ITEM.into(), answers, promised: true, ..SubmitCase::default() };
    let submitted = county.run(&clerk, submit);
    let case = submitted.case.clone();
    let complete = |node: &str, outcome: &str, fields: Value| CompleteTask {
        task: format!("{case}:{node}"),
        outcome: outcome.into(),
        opinion: "同意".into(),
        fields: object(fields),
        seen: None,
    };
    a_case_opens_what_its_package_declares_alone(county, &submitted.number);
    county.run(&county.holder("data-resources", "sharing"), complete("accept", "accepted", json!({})));
    assert_eq!(call(&["name"]).0, 403, "before the provider has agreed");
    let head = county.holder("public-security", "head");
    county.run(&head, complete("review", "approved", json!({ "granted_fields": "division,name" })));
    let grant = county.read(|tx| sharing::queries::grant_of_case(tx, &case).unwrap()).unwrap();

    let (status, body) = county.call("housing-construction", "public-security", "population", "read", &asking);
    assert_eq!((status, body), (200, json!({ "rows": [{ "division": person.division, "name": person.name }] })));
    let (status, told) = call(&["name", "address"]);
    assert_eq!((status, told["code"].as_str()), (403, Some("field-not-granted")), "the provider agreed to less");
    let seen = &county.seen(person.identity_number)[0];
    assert_eq!((seen.fields.as_slice(), seen.manner), (["division".to_owned(), "name".to_owned()].as_slice(), Manner::Full));
    assert_eq!((seen.organ.as_deref(), seen.grant.as_deref()), (Some(county.organ("housing-construction").as_str()), Some(grant.id.as_str())));
    assert_eq!((seen.purpose.zh.as_str(), seen.basis.as_str()), ("公租房申请核对申请人户籍", "公共租赁住房管理办法 第八条"));
    let page = county.page(&mut county.browser("/sign-in", "linxiaohe"), "/data-tracker");
    for words in [seen.id.as_str(), "公租房申请核对申请人户籍", "公共租赁住房管理办法 第八条"] {
        assert!(page.contains(words), "{words} is not on the page of the person concerned");
    }
}

/// The provider agreed to a use for cases whose package declares no such field: the grant alone opens nothing.
fn a_case_opens_what_its_package_declares_alone(county: &County, number: &str) {
    let today = clock::local_date(clock::from_millis(county.node.now_ms()).unwrap());
    let organ = county.read(|tx| cases::queries::case_standing(tx, number).unwrap()).unwrap().organ;
    let fields: BTreeSet<String> = ["name".to_owned()].into();
    let terms = Terms {
        resource: "102001/000001".into(),
        register: "legal-persons".into(),
        grantee: organ.clone(),
        provider: county.organ("market-supervision"),
        fields: fields.clone(),
        rows: sharing::RowScope::default(),
        purpose: "核对申请人".into(),
        basis: "政务数据共享条例 第二十一条".into(),
        manner: Manner::Full,
        ground: Ground::Cases([sharing::ItemUse { item: REQUEST_ITEM.into(), fields }].into()),
        method: sharing::Method::Interface,
        valid_from: today,
        valid_until: today.saturating_add(jiff::ToSpan::days(100)),
        quota_per_day: 100,
        rate_per_minute: 100,
    };
    county.run(&Actor::system(), GrantAccess { terms });
    let client = ORGANS.iter().find(|known| county.organ(known.duty) == organ).unwrap().duty;
    let asking = exchange::Asking {
        client: subsystem(client),
        service: service("market-supervision", "legal-persons"),
        endpoint: "read".into(),
        body: json!({ "key": COMPANIES[0].code, "fields": ["name"] }),
        user: None,
        case: Some(number.to_owned()),
        purpose: None,
        represented: None,
        query: None,
    };
    let refused = county.node.exchange.call_here(&Actor::system(), &asking).unwrap_err();
    assert_eq!(Code::of_refusal(refused.refusal().unwrap()), Code::FieldNotGranted);
}

fn a_grant_by_consent_passes_while_the_consent_stands(county: &County) {
    let (person, name) = (&PERSONS[0], "新生入学免交户口簿");
    let today = clock::local_date(clock::from_millis(county.node.now_ms()).unwrap());
    let until = today.saturating_add(jiff::ToSpan::days(100));
    let fields: BTreeSet<String> = ["address", "division"].map(str::to_owned).into();
    let terms = Terms {
        resource: "101001/000001".into(),
        register: "population".into(),
        grantee: county.organ("archives"),
        provider: county.organ("public-security"),
        fields: fields.clone(),
        rows: sharing::RowScope::default(),
        purpose: "核对入学片区".into(),
        basis: "个人信息保护法 第十三条第一款第一项".into(),
        manner: Manner::Full,
        ground: Ground::Consent(name.into()),
        method: sharing::Method::Interface,
        valid_from: today,
        valid_until: until,
        quota_per_day: 100,
        rate_per_minute: 100,
    };
    let grant = county.run(&Actor::system(), GrantAccess { terms }).grant;
    let call = |number: &str| {
        let body = json!({ "key": number, "fields": ["address", "division"] });
        county.call("archives", "public-security", "population", "read", &body)
    };
    let refused = |answer: (u16, Value), when: &str| {
        assert_eq!((answer.0, answer.1["code"].as_str()), (403, Some("consent-not-in-force")), "{when}: {}", answer.1);
        let logged = county.read(|tx| exchange::latest_calls(tx, 1).unwrap()).remove(0);
        assert_eq!((logged.client, logged.code), (subsystem("archives"), Code::ConsentNotInForce), "{when}");
    };
    let before = county.seen(person.identity_number).len();
    refused(call(person.identity_number), "nobody asked her");
    let asking = AskConsent {
        register: "population".into(),
        organ: county.organ("archives"),
        for_member: None,
        name: name.into(),
        purpose: Text::new("核对入学片区，免交户口簿", "To check the school district"),
        fields: fields.into_iter().collect(),
        subject: person.identity_number.into(),
        until,
    };
    let consent = county.run(&county.holder("archives", "handler"), asking);
    refused(call(person.identity_number), "she has not answered");
    let number = IdentityNumber::parse(person.identity_number).unwrap();
    let found = county.read(|tx| parties::person_by_identity_number(tx, &county.node.keys, &number).unwrap()).unwrap();
    let herself = town::basics::citizen("account_herself", &found.id);
    county.run(&herself, AnswerConsent { consent: consent.clone(), agrees: true });
    let (status, body) = call(person.identity_number);
    assert_eq!((status, &body["rows"][0]["division"]), (200, &json!(person.division)), "{body}");
    let seen = county.seen(person.identity_number).remove(0);
    assert_eq!(
        (seen.consent.as_deref(), seen.grant.as_deref(), seen.purpose.zh.as_str()),
        (Some(consent.as_str()), Some(grant.as_str()), "核对入学片区，免交户口簿")
    );
    refused(call(PERSONS[1].identity_number), "somebody else has not agreed");
    county.run(&herself, RevokeConsent { consent });
    refused(call(person.identity_number), "she took it back");
    assert_eq!(county.seen(person.identity_number).len(), before + 1, "what was refused was not read");
}

/// An application for the allowance of the very old, which is checked against the population register of the police.
fn applied(county: &County, person: &PersonSpec) -> cases::commands::Submitted {
    let number = IdentityNumber::parse(person.identity_number).unwrap();
    let found = county.read(|tx| parties::person_by_identity_number(tx, &county.node.keys, &number).unwrap()).unwrap();
    let applicant = town::basics::citizen(&format!("account_{}", person.identity_number), &found.id);
    let answers = json!({
        "name": person.name, "id_number": person.identity_number, "birth_date": number.birth_date().to_string(), "division": person.division,
        "mobile": person.mobile, "bank_name": "云溪农村商业银行", "bank_account": "6230000000000012345", "person_decides": false,
    });
    let situation = object(json!({ "who": "self", "receiving": "no" }));
    let submit = SubmitCase { slug: "gaoling-jintie".into(), situation, answers: object(answers), promised: true, ..SubmitCase::default() };
    county.run(&applicant, submit)
}

fn a_step_of_a_case_asks_the_other_organ_through_the_exchange(county: &County) {
    let (grandmother, elder) = (&PERSONS[2], &PERSONS[3]);
    let case = applied(county, grandmother);
    let calls = county.read(|tx| exchange::calls_by_case(tx, &case.number).unwrap());
    let [call] = calls.as_slice() else { panic!("one call for the case, not {}", calls.len()) };
    assert_eq!((&call.client, call.service.subsystem()), (&subsystem("civil-affairs"), &subsystem("public-security")));
    assert_eq!((call.code, call.grant.as_deref()), (Code::Answered, Some("item:gaoling-jintie")));
    let seen = county.read(|tx| tracker::readings_of_case(tx, &case.case).unwrap());
    let read: Vec<_> = seen.iter().filter(|seen| seen.source.name == "population").collect();
    assert_eq!(read.len(), 1, "the step reads once");
    assert_eq!((read[0].message.as_deref(), read[0].organ.clone()), (Some(call.id.as_str()), Some(county.organ("civil-affairs"))));
    assert_eq!(read[0].fields, ["birth_date", "division", "name"]);
    // It stands in the message log of both organs; evidence is the provider's to give.
    let log = format!("/workspace/exchange/log?case={}", case.number);
    for (login, gives) in [("xuguodong", false), ("weizhigang", true)] {
        let page = county.page(&mut county.browser("/workspace/sign-in", login), &log);
        assert!(page.contains(&call.id), "{login} does not see the call");
        assert_eq!(page.contains("/workspace/exchange/evidence"), gives, "{login}");
    }
    let stranger = county.page(&mut county.browser("/workspace/sign-in", "chengsiyuan"), &log);
    assert!(!stranger.contains(&call.id), "a third organ sees the call of two others");

    // The police's system is suspended: for cases too. Nothing is found, and the case waits for a person.
    let suspend = |standing| SetMemberStanding { id: subsystem("public-security"), standing, reason: "整改".into() };
    county.run(&Actor::system(), suspend(Standing::Suspended));
    let waiting = applied(county, elder);
    assert_eq!(county.read(|tx| exchange::calls_by_case(tx, &waiting.number).unwrap()), []);
    let standing = |case: &str| county.read(|tx| cases::queries::case_standing(tx, case).unwrap()).unwrap().open;
    assert_eq!((standing(&case.number), standing(&waiting.number)), (false, true), "the first was decided at once, the second was not");
    county.run(&Actor::system(), suspend(Standing::Active));
}

/// Scenarios and tests without a catalogue work with samples: they must not drift away from it.
fn the_samples_say_the_same_as_the_catalogue(county: &County) {
    let (samples, service) = (sharing::samples::resources(), county.node.runner.service::<sharing::ResourceService>().unwrap());
    let samples = county.read(|tx| sharing::Resources::all(&samples, tx).unwrap());
    assert_eq!(samples.len(), 10);
    let names = |facts: &sharing::ResourceFacts| facts.fields.iter().map(|field| field.name.clone()).collect::<Vec<_>>();
    for sample in samples {
        let real = county.read(|tx| service.0.resource(tx, &sample.code).unwrap());
        let real = real.unwrap_or_else(|| panic!("{} is not in the catalogue", sample.code));
        assert_eq!((real.title.zh.as_str(), names(&real)), (sample.title.zh.as_str(), names(&sample)));
        assert_eq!((&real.register, &real.provider, &real.basis), (&sample.register, &sample.provider, &sample.basis), "{}", real.code);
        assert_eq!((real.share, &real.methods), (sample.share, &sample.methods), "{}", real.code);
    }
    let all = county.read(|tx| service.0.all(tx).unwrap());
    let behind: Vec<&str> = all.iter().map(|facts| facts.register.as_str()).filter(|register| !register.contains('/')).collect();
    assert_eq!(behind.iter().collect::<HashSet<_>>().len(), 6, "all base registers are in the catalogue: {behind:?}");
    assert_eq!(behind.len(), 6, "and each under one resource of its keeper");
}

/// Puts the resource of a register on the negative list.
fn list(county: &County, register: &str, (law, article, quote): (&str, &str, &str)) {
    let resources = county.node.runner.service::<sharing::ResourceService>().unwrap();
    let all = county.read(|tx| resources.0.all(tx).unwrap());
    let code = all.iter().find(|facts| facts.register == register).map(|facts| ResourceCode::parse(&facts.code).unwrap()).unwrap();
    let resource = county.read(|tx| catalogue::queries::resource_by_code(tx, &code).unwrap()).unwrap();
    let propose = ProposeNegative {
        resource: resource.id,
        kind: NegativeKind::NotShared,
        basis: LegalBasis { law: law.into(), article: article.into() },
        quote: quote.into(),
        reason: "含未公布的数据。".into(),
    };
    let entry = county.run(&Actor::bare("account_proposer", ActorKind::System), propose);
    let verdict = NegativeVerdict::Approve { approval: "云数〔2026〕9号".into(), review_on: "2099-01-01".parse().unwrap() };
    county.run(&Actor::system(), DecideNegative { entry, verdict, remark: String::new() });
}

fn what_is_put_on_the_negative_list_passes_no_more(county: &County) {
    let figures = service("data-resources", "macro-economy");
    let secret = "统计机构和统计人员对在统计工作中知悉的国家秘密、工作秘密、商业秘密、个人隐私和个人信息应当予以保密。";
    list(county, "macro-economy", ("统计法", "第九条", secret));
    let wanted = right("taxation", figures.clone(), &["value"], Manner::Full, None);
    match county.node.runner.execute(Request::by(Actor::system()), wanted) {
        Err(Halt::Refused(refusal)) => assert_eq!((refusal.code.as_ref(), refusal.basis.as_ref()), ("negative-listed", "统计法 第九条")),
        other => panic!("{:?}", other.map(|done| done.outcome)),
    }
    // The duty of the health commission was recorded before: it passes no more, and both sides see what became of it.
    let figure = |field: &str| {
        let answer = county.call("health", "data-resources", "macro-economy", "read", &json!({ "key": "gdp/2024Q4", "fields": [field] }));
        (answer.0, answer.1["code"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(figure("value"), (403, "negative-listed".to_owned()));
    let logged = county.read(|tx| exchange::latest_calls(tx, 1).unwrap()).remove(0);
    assert_eq!((logged.client, logged.code), (subsystem("health"), Code::NegativeListed));
    let mut keeper = county.browser("/workspace/sign-in", "admin-security");
    for duty in ["health", "data-resources"] {
        let id = subsystem(duty).to_string().replace('/', "%2F");
        let page = county.page(&mut keeper, &format!("/workspace/exchange/member?id={id}"));
        assert!(page.contains("常设共享") && page.contains("统计法 第九条"), "{page}");
    }
    let id = subsystem("taxation").to_string().replace('/', "%2F");
    assert!(!county.page(&mut keeper, &format!("/workspace/exchange/member?id={id}")).contains("统计法 第九条"));
    // A grant of sharing that was given before passes no more either.
    let asking = json!({ "key": PERSONS[0].identity_number, "fields": ["name"] });
    let call = || county.call("housing-construction", "public-security", "population", "read", &asking);
    assert_eq!(call().0, 200);
    let secret = "公安机关及其人民警察对因制作、发放、查验、扣押居民身份证而知悉的公民的个人信息，应当予以保密。";
    list(county, "population", ("居民身份证法", "第六条", secret));
    let (status, told) = call();
    assert_eq!((status, told["code"].as_str()), (403, Some("negative-listed")), "{told}");
}
