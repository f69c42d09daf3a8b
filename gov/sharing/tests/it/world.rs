//! A county with organs, packages and data to share.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cases::scenario::Stage;
use clock::{Clock, Timestamp, WorkCalendar};
use i18n::Text;
use ids::SeededEntropy;
use jobs::Worker;
use parties::{DivisionCode, EnactDivision, OrganDetails, RegisterOrgan, SealMotif, UnifiedCode};
use procedure::{Files, Library, PublishPackage, PublishingKeys};
use runner::{Actor, ActorKind, ActorPost};
use seal::{FieldKeys, PrivateKey, Signer};
use sharing::{
    Grant, Ground, ItemUse, Method, OrganKeys, ResourceService, RowScope, SharingExtension, Terms,
    commands::{GrantAccess, Granted},
};
use testkit::{TestDatabase, World};
use tracker::Manner;

pub const COUNTY: &str = "339921";
pub const START: &str = "2026-03-02T09:00";
pub const SHOPS: &str = "geti-shangpu-dengji";
pub const POPULATION: &str = "101001/000001";

const DUTIES: [&str; 11] = [
    "public-security",
    "market-supervision",
    "civil-affairs",
    "natural-resources",
    "human-resources",
    "emergency-management",
    "hotline-12345",
    "taxation",
    "data-resources",
    "county-government",
    "health",
];
const PACKAGES: [&str; 4] = [SHOPS, "gaoling-jintie", "gongxiang-shenqing", "gongxiang-zhengyi"];

pub struct County {
    pub world: World,
    pub organs: HashMap<&'static str, String>,
}

impl County {
    pub fn on(database: TestDatabase) -> Self {
        Self::at(database, START)
    }

    pub fn at(database: TestDatabase, start: &str) -> Self {
        let publisher = PrivateKey::generate(seal::Algorithm::Sm2, &mut SeededEntropy::new(5)).unwrap();
        let settings = cases::Settings {
            division: COUNTY.into(),
            reconsideration: i18n::Text::same("云溪县人民政府"),
            court: i18n::Text::same("云溪县人民法院"),
        };
        let world = World::on(database, start, trust::Authority::new().unwrap())
            .migrate("tracker", tracker::MIGRATIONS)
            .migrate("parties", parties::MIGRATIONS)
            .migrate("trust", trust::MIGRATIONS)
            .migrate("procedure", procedure::MIGRATIONS)
            .migrate("documents", documents::MIGRATIONS)
            .migrate("cases", cases::MIGRATIONS)
            .migrate("sharing", sharing::MIGRATIONS)
            .with(Arc::new(FieldKeys::new([(1, [7; 32])]).unwrap()))
            .with(Arc::new(Library::default()))
            .with(WorkCalendar::official())
            .with(Arc::new(PublishingKeys::new(vec![("test".into(), publisher.public_key().clone())])))
            .with(Arc::new(settings))
            .with(Arc::new(OrganKeys::new([9; 32])))
            .with(Arc::new(ResourceService::new(sharing::samples::resources())))
            .with(Arc::new(cases::Extensions::new().with(SharingExtension)))
            .build()
            .leave_unfinished();
        let mut county = Self { world, organs: HashMap::new() };
        county.register();
        county.publish(&publisher);
        county
    }

    fn register(&mut self) {
        let system = Actor::system();
        for (code, name) in [("330000", "示例省"), ("339900", "云州市"), (COUNTY, "云溪县")] {
            let code = DivisionCode::parse(code).unwrap();
            self.world.execute(&system, EnactDivision { code, name: Text::same(name), valid_from: "2020-01-01".parse().unwrap() });
        }
        let division = DivisionCode::parse(COUNTY).unwrap();
        for (serial, duty) in (1..).zip(DUTIES) {
            let code = UnifiedCode::from_serial('1', '1', &division, serial).unwrap();
            let details = OrganDetails {
                short_name: Text::same(duty),
                duties: vec![duty.to_owned()],
                address: Text::same("云溪县城关街道政务路1号"),
                hours: Text::new("工作日 9:00-17:00", "Working days 9:00-17:00"),
                phone: "0999-6000001".into(),
                complaint_phone: "0999-6000002".into(),
                seal_motif: SealMotif::default(),
            };
            let register = RegisterOrgan { code: code.to_string(), name: Text::same(duty), division, parent: None, details };
            self.organs.insert(duty, self.world.execute(&system, register).outcome.to_string());
        }
    }

    fn publish(&self, key: &PrivateKey) {
        for slug in PACKAGES {
            let files = Files::read_dir(&folder(slug)).unwrap();
            let signature = procedure::sign(&files.hash(), "test", key).unwrap();
            let valid_from = "2020-01-01".parse().unwrap();
            self.world.execute(&Actor::system(), PublishPackage { files: Arc::new(files), signature, valid_from });
        }
        let library = self.world.runner().service::<Library>().unwrap();
        self.world.store().read(|tx| library.refresh(tx)).unwrap();
    }

    pub fn organ(&self, duty: &str) -> &str {
        &self.organs[duty]
    }

    /// Somebody who holds a post of the organ with a duty.
    pub fn staff(&self, duty: &str, post: &str) -> Actor {
        holder(post, self.organ(duty))
    }

    /// Somebody of an organ, acting for it.
    pub fn for_organ(&self, duty: &str) -> Actor {
        Actor { on_behalf: Some(self.organ(duty).to_owned()), ..self.staff(duty, "handler") }
    }

    pub fn now(&self) -> Timestamp {
        self.world.clock().now()
    }

    /// 市场监管局核验人口姓名、住所, for the registration of shops.
    pub fn terms(&self) -> Terms {
        let fields = names(&["address", "name"]);
        Terms {
            resource: POPULATION.into(),
            register: "population".into(),
            grantee: self.organ("market-supervision").into(),
            provider: self.organ("public-security").into(),
            fields: fields.clone(),
            rows: RowScope::default(),
            purpose: "办理个体工商户设立登记时核对经营者".into(),
            basis: "市场主体登记管理条例 第十九条".into(),
            manner: Manner::YesNo,
            ground: Ground::Cases(vec![ItemUse { item: SHOPS.into(), fields }]),
            method: Method::Interface,
            valid_from: "2026-03-02".parse().unwrap(),
            valid_until: "2026-12-31".parse().unwrap(),
            quota_per_day: 5,
            rate_per_minute: 3,
        }
    }

    pub fn grant(&self, terms: Terms) -> String {
        self.try_grant(terms).outcome.grant
    }

    fn try_grant(&self, terms: Terms) -> runner::Executed<Granted> {
        self.world.execute(&self.staff("public-security", "head"), GrantAccess { terms })
    }

    pub fn read(&self, id: &str) -> Grant {
        self.world.read(|tx| sharing::queries::grant(tx, id)).unwrap()
    }

    /// The decision on a call of the market bureau for the population register.
    pub fn call(&self, fields: &[&str], case: Option<(&str, bool)>) -> Result<sharing::Permit, String> {
        self.call_of("market-supervision", "population", fields, case)
    }

    pub fn call_of(&self, duty: &str, target: &str, fields: &[&str], case: Option<(&str, bool)>) -> Result<sharing::Permit, String> {
        let (now, grantee) = (self.now(), self.organ(duty).to_owned());
        let store = self.world.store();
        let decided = store.read(|tx| sharing::grant_for(tx, &grantee, target, fields, case, now));
        decided.map_err(|halt| halt.refusal().expect("a refusal").code.to_string())
    }

    /// The same, counted.
    pub fn use_it(&self, fields: &[&str], case: Option<(&str, bool)>) -> Result<sharing::Permit, String> {
        let (now, grantee) = (self.now(), self.organ("market-supervision").to_owned());
        let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
        let case = case.map(|(item, open)| (item.to_owned(), open));
        let used = self.world.store().write(move |tx| {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            let case = case.as_ref().map(|(item, open)| (item.as_str(), *open));
            sharing::use_grant(tx, &grantee, "population", &fields, case, now)
        });
        used.map_err(|halt| halt.refusal().expect("a refusal").code.to_string())
    }

    pub fn worker(&self) -> Worker {
        let worker = Worker::new(self.world.store(), "test".into());
        sharing::handlers(self.world.runner()).into_iter().fold(worker, |worker, (kind, handler)| worker.with(kind, handler))
    }

    pub fn play(&self, mut play: impl FnMut(&Stage)) {
        let organs: HashMap<&str, String> = self.organs.clone();
        play(&Stage {
            runner: Arc::clone(self.world.runner()),
            clock: Arc::clone(self.world.clock()),
            applicant: Box::new(|_| None),
            post: Box::new(|post, organ| Some(holder(post, organ?))),
            organ: Box::new(move |duty| organs.get(duty).cloned()),
        });
    }
}

pub fn folder(slug: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages").join(slug)
}

pub fn names(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

fn holder(post: &str, organ: &str) -> Actor {
    let held = ActorPost { post: post.into(), organ: organ.into(), division: COUNTY.into() };
    let account = format!("account_{post}_{organ}");
    Actor { party: Some(format!("staff_{post}")), posts: vec![held], assurance: 3, ..Actor::bare(&account, ActorKind::Staff) }
}
