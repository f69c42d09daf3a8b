//! A step of a case asks a register of another node, over the loopback: the case waits, goes on with the answer, and goes to a person without one.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use cases::commands::{SubmitCase, Submitted, WithdrawCase};
use cases::queries::CaseView;
use exchange::{Code, EndDuty, EnrolKey, EnrolMember, OfferService, Question, RecordDuty, Service, ServiceId, Standing, SubsystemId};
use i18n::Text;
use registers::{AnswerConsent, AskConsent, DeclareRegister, SHIPPED};
use runner::{Actor, ActorKind, ActorPost, Command, Request};
use seal::Algorithm;
use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::{TestDatabase, on_both};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use town::basics::Basics;
use town::basics::people::{PERSONS, PersonSpec};
use tracker::Manner;
use zhengshu::config::Place;
use zhengshu::node::Node;
use zhengshu::packages::publish;

use crate::folder::place;

const ITEM: &str = "gaoling-jintie";
const CIVIL: &str = "CN-339921/GOV/CIVIL/civil";
const POLICE: &str = "CN-339922/GOV/POLICE/population";
/// Later than any pause between two tries of the job.
const LATER_MS: i64 = 4_000_000;

fn id(text: &str) -> SubsystemId {
    text.parse().unwrap()
}

fn persons() -> ServiceId {
    id(POLICE).service("persons").unwrap()
}

struct Side {
    node: Node,
    basics: Basics,
    _folder: TempDir,
}

impl Side {
    fn on(database: &TestDatabase) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let node = Node::open(&Place { database: database.postgres_address(), ..place(folder.path()) }).unwrap();
        let basics = town::scenario_world(&node.runner).unwrap();
        Self { node, basics, _folder: folder }
    }

    fn run<C: Command>(&self, actor: &Actor, command: C) -> C::Outcome {
        self.node.runner.execute(Request::by(actor.clone()), command).unwrap().outcome
    }

    fn enrol(&self, member: &str, duty: Option<&str>, address: &str, pem: &str) {
        let organ = duty.map(|duty| self.basics.organ(duty).unwrap().id.to_string());
        let name = Text::new("子系统", "Subsystem");
        self.run(&Actor::system(), EnrolMember { id: id(member), name, organ, address: address.into(), ed25519_allowed: false });
        self.run(&Actor::system(), EnrolKey { member: id(member), pem: pem.into(), valid_days: 100 });
    }

    fn pem(&self) -> String {
        self.node.exchange.public_key(Algorithm::Sm2).to_pem().unwrap()
    }

    fn calls(&self) -> Vec<exchange::LoggedCall> {
        self.node.store.read(|tx| exchange::latest_calls(tx, 100)).unwrap()
    }

    fn seen(&self, person: &PersonSpec) -> Vec<tracker::Seen> {
        let now_ms = self.node.now_ms() + 1;
        self.node.store.read(|tx| tracker::readings_of(tx, &self.node.keys, person.identity_number, now_ms, None, 50)).unwrap()
    }
}

/// The node of the case, the node of the register, and the way between them.
struct Two {
    here: Side,
    there: Side,
    duty: String,
    runtime: Runtime,
    serving: JoinHandle<()>,
    /// Lives as long as the node on it.
    _second: TestDatabase,
}

impl Two {
    fn on(first: &TestDatabase) -> Self {
        let second = if first.postgres_address().is_some() { TestDatabase::postgres() } else { TestDatabase::sqlite() };
        let (here, there) = (Side::on(first), Side::on(&second));
        let today = clock::local_date(clock::from_millis(there.node.now_ms()).unwrap());
        town::register_basics(&there.node.runner, today).unwrap();
        publish(&here.node, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../packages").join(ITEM)).unwrap();
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let routes = gateway::routes(Arc::clone(&there.node.exchange), Arc::clone(&there.node.store));
        let serving = runtime.spawn(async move { axum::serve(listener, routes).await.unwrap() });
        here.enrol(CIVIL, Some("civil-affairs"), "", &here.pem());
        here.enrol(POLICE, None, &address, &there.pem());
        there.enrol(POLICE, Some("public-security"), "", &there.pem());
        there.enrol(CIVIL, None, "https://civil.example", &here.pem());
        let (_, text) = SHIPPED.iter().find(|(slug, _)| *slug == "population").unwrap();
        let kept = format!("origin = {{ kind = \"exchange\", service = \"{}\" }}\nupdate_period", persons());
        here.run(&Actor::system(), DeclareRegister { text: text.replacen("update_period", &kept, 1), division: "339921".into() });
        let duty = offer(&there);
        Self { here, there, duty, runtime, serving, _second: second }
    }

    fn apply(&self, person: &PersonSpec) -> Submitted {
        let number = parties::IdentityNumber::parse(person.identity_number).unwrap();
        let answers = json!({
            "name": person.name, "id_number": person.identity_number, "birth_date": number.birth_date().to_string(), "division": person.division,
            "mobile": person.mobile, "bank_name": "云溪农村商业银行", "bank_account": "6230000000000012345", "person_decides": false,
        });
        let situation = object(json!({ "who": "self", "receiving": "no" }));
        let submit = SubmitCase { slug: ITEM.into(), situation, answers: object(answers), promised: true, ..SubmitCase::default() };
        self.here.run(&self.applicant(person), submit)
    }

    fn applicant(&self, person: &PersonSpec) -> Actor {
        self.here.basics.scenario_applicant(Some(person.identity_number)).unwrap()
    }

    fn view(&self, case: &str) -> CaseView {
        let trace = tracker::in_process("a test");
        self.here.node.store.read(|tx| cases::queries::case_view(tx, &self.here.node.keys, case, &trace)).unwrap().unwrap()
    }

    /// Titles and details of what happened to a case.
    fn history(&self, case: &str) -> String {
        self.view(case).timeline.iter().map(|entry| format!("{} {}\n", entry.title.zh, entry.detail.zh)).collect()
    }

    fn open_tasks(&self, case: &str) -> Vec<String> {
        self.view(case).tasks.into_iter().filter(|task| task.state == cases::TaskState::Open).map(|task| task.node).collect()
    }

    /// Does the jobs that are due after some pauses.
    fn do_jobs(&self, pauses: i64) {
        let worker = self.here.node.worker("test".into());
        // One moment for the whole round: on a slow machine the next try would be due meanwhile.
        let now_ms = self.here.node.now_ms() + pauses * LATER_MS;
        while worker.run_due_unless(now_ms, || false).unwrap() > 0 {}
    }
}

fn object(value: Value) -> serde_json::Map<String, Value> {
    value.as_object().unwrap().clone()
}

/// The register as a service, and the right of the other node's organ to ask.
fn offer(there: &Side) -> String {
    let declaration = there.node.store.read(|tx| registers::declaration(tx, "population")).unwrap().unwrap();
    let service = Service {
        id: persons(),
        title: Text::new("人口基本信息", "Population"),
        register: "population".into(),
        endpoints: Question::ENDPOINTS.map(str::to_owned).to_vec(),
        fields: exchange::service_fields(&declaration),
        subject: None,
        body_bytes_max: 10_000,
        kept_days: 30,
        standing: Standing::Active,
    };
    there.run(&Actor::system(), OfferService { service });
    there.run(&Actor::system(), right(None))
}

/// Without a consent, or under one of this name.
fn right(consent: Option<&str>) -> RecordDuty {
    RecordDuty {
        client: id(CIVIL),
        service: persons(),
        fields: ["birth_date", "division", "name"].map(str::to_owned).to_vec(),
        masks: BTreeMap::new(),
        rows: BTreeMap::new(),
        manners: vec![Manner::Full],
        calls_per_minute_max: 100,
        calls_per_day_max: 1_000,
        cell_count_min: 10,
        purpose: Text::new("核对高龄津贴申请", "To check applications for the allowance"),
        basis: "老年人权益保障法 第三十三条".into(),
        needs_case: false,
        consent: consent.map(str::to_owned),
        from: None,
        days: 90,
    }
}

#[test]
fn a_step_asks_another_node_and_the_case_goes_on_with_its_answer() {
    on_both(|database| {
        let two = Two::on(&database);
        let grandmother = &PERSONS[2];
        let case = two.apply(grandmother).case;
        assert!(two.view(&case).file.status.is_open() && two.open_tasks(&case).is_empty(), "it waits, and nobody has to do anything");
        assert!(two.history(&case).contains("正在向其他节点核对 人口基础信息库"), "{}", two.history(&case));
        assert_eq!((two.here.calls().len(), two.there.calls().len()), (0, 0), "nothing left in the transaction of the case");
        two.do_jobs(0);
        let view = two.view(&case);
        assert!(!view.file.status.is_open(), "decided at once: {}", two.history(&case));
        let (asked, answered) = (two.here.calls().remove(0), two.there.calls().remove(0));
        assert_eq!(
            (asked.code, asked.message.as_str(), asked.case.as_deref()),
            (Code::Answered, answered.message.as_str(), Some(view.file.number.as_str()))
        );
        assert_eq!((answered.code, answered.grant.as_deref()), (Code::Answered, Some(two.duty.as_str())));
        let (here, there) = (two.here.seen(grandmother), two.there.seen(grandmother));
        let read = here.iter().find(|seen| seen.source.name == "population").unwrap();
        assert_eq!(
            (read.message.as_deref(), read.fields.as_slice()),
            (Some(asked.id.as_str()), ["name", "birth_date", "division"].map(str::to_owned).as_slice())
        );
        assert_eq!(there[0].message.as_deref(), Some(answered.id.as_str()), "she sees it at both nodes");
        // Done once: whatever is promised again finds nobody waiting.
        two.do_jobs(1);
        assert_eq!(two.here.calls().len(), 1);

        let withdrawn = two.apply(&PERSONS[3]).case;
        two.here.run(&two.applicant(&PERSONS[3]), WithdrawCase { case: withdrawn.clone(), seen: None });
        two.do_jobs(1);
        assert_eq!(two.here.calls().len(), 1, "for a case that was withdrawn nobody is asked");
        drop(two.runtime);
    });
}

#[test]
fn without_an_answer_the_case_goes_to_a_person_with_the_reason() {
    on_both(|database| {
        let two = Two::on(&database);
        two.there.run(&Actor::system(), EndDuty { duty: two.duty.clone(), reason: "测试".into() });
        let refused = two.apply(&PERSONS[2]).case;
        two.do_jobs(0);
        assert_eq!(two.open_tasks(&refused), ["accept"], "a refusal is not asked again");
        let said = format!("其他节点没有答复，转由工作人员核对 {}", Code::NotGranted.sentence().zh);
        assert!(two.history(&refused).contains(&said), "{}", two.history(&refused));
        assert!(two.here.seen(&PERSONS[2]).iter().all(|seen| seen.source.name != "population"), "nothing was read");
        assert_eq!(two.there.calls()[0].code, Code::NotGranted, "it stands in the log of who refused");

        two.serving.abort();
        std::thread::sleep(std::time::Duration::from_millis(100));
        let unheard = two.apply(&PERSONS[3]).case;
        for tries in 0..3 {
            two.do_jobs(tries);
            assert!(two.open_tasks(&unheard).is_empty(), "asked again after try {tries}");
        }
        two.do_jobs(4);
        assert_eq!(two.open_tasks(&unheard), ["accept"]);
        assert!(two.history(&unheard).contains("其他节点没有答复，转由工作人员核对"), "{}", two.history(&unheard));
        drop(two.runtime);
    });
}

#[test]
fn under_a_duty_by_consent_the_provider_looks_for_the_consent_recorded_with_it() {
    const NAME: &str = "高龄津贴免交证明";
    on_both(|database| {
        let two = Two::on(&database);
        two.there.run(&Actor::system(), EndDuty { duty: two.duty.clone(), reason: "改为凭同意".into() });
        let duty = two.there.run(&Actor::system(), right(Some(NAME)));
        let refused = two.apply(&PERSONS[3]).case;
        two.do_jobs(0);
        assert_eq!(two.open_tasks(&refused), ["accept"], "nobody asked him: a person looks");
        assert_eq!(two.there.calls()[0].code, Code::ConsentNotInForce);

        let grandmother = &PERSONS[2];
        let police = two.there.basics.organ("public-security").unwrap().id.to_string();
        let held = ActorPost { post: "handler".into(), organ: police.clone(), division: "339921".into() };
        let officer = Actor { posts: vec![held], assurance: 3, ..Actor::bare("account_officer", ActorKind::Staff) };
        let today = clock::local_date(clock::from_millis(two.there.node.now_ms()).unwrap());
        let asking = AskConsent {
            register: "population".into(),
            organ: police,
            for_member: Some(CIVIL.into()),
            name: NAME.into(),
            purpose: Text::new("核对高龄津贴申请，免交户口簿", "To check the application without a household register"),
            fields: ["birth_date", "division", "name"].map(str::to_owned).to_vec(),
            subject: grandmother.identity_number.into(),
            until: today.saturating_add(jiff::ToSpan::days(30)),
        };
        let consent = two.there.run(&officer, asking);
        let herself = two.there.basics.scenario_applicant(Some(grandmother.identity_number)).unwrap();
        two.there.run(&herself, AnswerConsent { consent: consent.clone(), agrees: true });
        let case = two.apply(grandmother).case;
        two.do_jobs(0);
        assert!(!two.view(&case).file.status.is_open(), "decided at once: {}", two.history(&case));
        let call = two.there.calls().remove(0);
        assert_eq!((call.code, call.grant.as_deref()), (Code::Answered, Some(duty.as_str())));
        let seen = two.there.seen(grandmother).remove(0);
        assert_eq!((seen.consent.as_deref(), seen.organ.as_deref()), (Some(consent.as_str()), Some(CIVIL)));
        drop(two.runtime);
    });
}
