//! A small county to play in.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cases::scenario::Stage;
use clock::{FixedClock, WorkCalendar};
use i18n::Text;
use ids::SeededEntropy;
use parties::{DivisionCode, EnactDivision, OrganDetails, RegisterOrgan, RegisterPerson, SealMotif, UnifiedCode};
use procedure::{Files, Library, PublishPackage, PublishingKeys};
use runner::{Actor, ActorKind, ActorPost, Runner};
use seal::{FieldKeys, PrivateKey, PublicKey, Signer};
use testkit::{TestDatabase, World};

pub const COUNTY: &str = "339921";
const SAMPLE: &str = "339921199005170241";
const ORGANS: [(&str, &str, &[&str]); 8] = [
    ("云溪县市场监督管理局", "云市监", &["market-supervision"]),
    ("云溪县民政局", "云民", &["civil-affairs"]),
    ("云溪县12345政务服务热线中心", "云热线", &["hotline-12345"]),
    ("云溪县消防救援大队", "云消", &["fire-rescue"]),
    ("云溪县数据局", "云数", &["data-resources"]),
    ("云溪县人民政府", "云政", &["county-government"]),
    ("云溪县公安局", "云公", &["public-security"]),
    ("云溪县人力资源和社会保障局", "云人社", &["human-resources"]),
];
const PEOPLE: [(&str, &str); 6] = [
    ("林晓禾", SAMPLE),
    ("周德全", "339921194003080135"),
    ("吴桂芳", "339921193506010265"),
    ("郑百岁", "33992119250211031X"),
    ("何秀英", "33992119460930042X"),
    ("钱长福", "339921193801010559"),
];

/// Not in the population register of the county.
const LIVES_ELSEWHERE: &str = "钱长福";

/// A county with organs, people and published packages.
pub struct County {
    pub world: World,
    pub organs: HashMap<String, String>,
    pub people: HashMap<String, String>,
}

pub fn publishing_key() -> PrivateKey {
    PrivateKey::generate(seal::Algorithm::Sm2, &mut SeededEntropy::new(5)).unwrap()
}

pub fn packages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages");
    let mut found: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

impl County {
    /// Everything happens at `start` until the clock is moved.
    pub fn on(database: TestDatabase, start: &str) -> Self {
        let keys = Arc::new(FieldKeys::new([(1, [7; 32])]).unwrap());
        let public: PublicKey = publishing_key().public_key().clone();
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
            .migrate("registers", registers::MIGRATIONS)
            .migrate("cases", cases::MIGRATIONS)
            .migrate("sharing", sharing::MIGRATIONS)
            .with(keys)
            .with(Arc::new(Library::default()))
            .with(WorkCalendar::official())
            .with(Arc::new(PublishingKeys::new(vec![("test".into(), public)])))
            .with(Arc::new(settings))
            .with(Arc::new(sharing::OrganKeys::new([9; 32])))
            .with(Arc::new(sharing::ResourceService::new(sharing::samples::resources())))
            .with(Arc::new(cases::consequences()))
            .with(Arc::new(cases::Extensions::new().with(sharing::SharingExtension)))
            .build()
            .leave_unfinished();
        let mut county = Self { world, organs: HashMap::new(), people: HashMap::new() };
        county.enact();
        county.register_people();
        // Scenarios play on days before and after `start`; what the register holds must be known on all of them.
        county.world.move_to("2020-01-02T09:00");
        county.fill_population_register();
        county.world.move_to(start);
        county.publish();
        county
    }

    fn enact(&mut self) {
        let system = Actor::system();
        for (code, name) in [("33", "示例省"), ("3399", "云州市"), (COUNTY, "云溪县")] {
            let code = DivisionCode::parse(code).unwrap_or_else(|_| DivisionCode::parse(&format!("{code:0<6}")).unwrap());
            let valid_from = "2020-01-01".parse().unwrap();
            self.world.execute(&system, EnactDivision { code, name: Text::same(name), valid_from });
        }
        let division = DivisionCode::parse(COUNTY).unwrap();
        for (serial, (name, short, duties)) in (1..).zip(ORGANS) {
            let code = UnifiedCode::from_serial('1', '1', &division, serial).unwrap();
            let details = OrganDetails {
                short_name: Text::same(short),
                duties: duties.iter().map(|duty| (*duty).to_owned()).collect(),
                address: Text::same("云溪县城关街道政务路1号"),
                hours: Text::new("工作日 9:00-17:00", "Working days 9:00-17:00"),
                phone: "0999-6000001".into(),
                complaint_phone: "0999-6000002".into(),
                seal_motif: SealMotif::default(),
            };
            let register = RegisterOrgan { code: code.to_string(), name: Text::same(name), division, parent: None, details };
            let id = self.world.execute(&system, register).outcome;
            for duty in duties {
                self.organs.insert((*duty).to_owned(), id.to_string());
            }
        }
    }

    fn register_people(&mut self) {
        let (county, elsewhere) = (DivisionCode::parse(COUNTY).unwrap(), DivisionCode::parse("330106").unwrap());
        for (name, number) in PEOPLE {
            let division = if name == LIVES_ELSEWHERE { elsewhere } else { county };
            let register = RegisterPerson {
                name: name.into(),
                identity_number: number.into(),
                division,
                address: "云溪县城关街道桂花路8号".into(),
                mobile: Some("13800000000".into()),
            };
            let id = self.world.execute(&Actor::system(), register).outcome;
            self.people.insert(number.to_owned(), id.to_string());
        }
    }

    fn fill_population_register(&self) {
        let text = registers::SHIPPED.iter().find(|(slug, _)| *slug == "population").unwrap().1;
        self.world.execute(&Actor::system(), registers::DeclareRegister { text: text.into(), division: COUNTY.into() });
        let residents = PEOPLE.iter().filter(|(name, _)| *name != LIVES_ELSEWHERE);
        let rows = residents.zip(2..).map(|((name, number), row)| registers::LoadRow { row, cells: resident(name, number) }).collect();
        let load = registers::LoadRecords {
            register: "population".into(),
            file_sm3: seal::hash::sm3_hex(b"residents"),
            valid_from: "2020-01-01".parse().unwrap(),
            rows: Arc::new(rows),
            unread: Vec::new(),
        };
        let report = self.world.execute(&Actor::system(), load).outcome;
        assert_eq!(report.report.refused, 0, "{report:?}");
    }

    fn publish(&self) {
        let key = publishing_key();
        for folder in packages() {
            let files = Files::read_dir(&folder).unwrap();
            let signature = procedure::sign(&files.hash(), "test", &key).unwrap();
            let valid_from = "2020-01-01".parse().unwrap();
            self.world.execute(&Actor::system(), PublishPackage { files: Arc::new(files), signature, valid_from });
        }
        let library = self.world.runner().service::<Library>().unwrap();
        self.world.store().read(|tx| library.refresh(tx)).unwrap();
    }

    pub fn person(&self, number: &str) -> Option<Actor> {
        person(&self.people, number)
    }

    pub fn sample(&self) -> Actor {
        self.person(SAMPLE).unwrap()
    }

    pub fn post(&self, post: &str, organ: Option<&str>) -> Actor {
        holder(post, organ.unwrap_or(&self.organs["market-supervision"]))
    }

    pub fn runner(&self) -> &Arc<Runner> {
        self.world.runner()
    }

    pub fn clock(&self) -> Arc<FixedClock> {
        Arc::clone(self.world.clock())
    }

    pub fn play(&self, mut play: impl FnMut(&Stage)) {
        let (people, organs) = (self.people.clone(), self.organs.clone());
        let market = self.organs["market-supervision"].clone();
        play(&Stage {
            runner: Arc::clone(self.runner()),
            clock: self.clock(),
            applicant: Box::new(move |wanted| {
                let number = wanted.map(|wanted| wanted.id_number.as_str()).filter(|number| !number.is_empty());
                person(&people, number.unwrap_or(SAMPLE))
            }),
            post: Box::new(move |post, organ| Some(holder(post, organ.unwrap_or(&market)))),
            organ: Box::new(move |duty| organs.get(duty).cloned()),
        });
    }
}

fn person(people: &HashMap<String, String>, number: &str) -> Option<Actor> {
    let party = people.get(number)?;
    Some(Actor { party: Some(party.clone()), assurance: 3, ..Actor::bare(&format!("account_{number}"), ActorKind::Person) })
}

fn holder(post: &str, organ: &str) -> Actor {
    let held = ActorPost { post: post.into(), organ: organ.into(), division: COUNTY.into() };
    let account = format!("account_{post}_{organ}");
    Actor { party: Some(format!("staff_{post}")), posts: vec![held], assurance: 3, ..Actor::bare(&account, ActorKind::Staff) }
}

/// A row of the population register.
fn resident(name: &str, number: &str) -> serde_json::Map<String, serde_json::Value> {
    let parsed = parties::IdentityNumber::parse(number).unwrap();
    let row = serde_json::json!({
        "name": name,
        "id_number": number,
        "birth_date": parsed.birth_date().to_string(),
        "sex": parsed.sex().as_str(),
        "mobile": "13800000000",
        "address": "云溪县城关街道桂花路8号",
        "division": COUNTY,
    });
    row.as_object().unwrap().clone()
}
