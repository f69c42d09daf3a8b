use std::path::Path;
use std::sync::Arc;

use ids::SeededEntropy;
use jobs::Worker;
use procedure::{Files, Library, PublishPackage, PublishingKeys};
use quality::commands::DeclareRules;
use registers::{LoadRecords, LoadRow};
use runner::Actor;
use seal::{FieldKeys, PrivateKey, Signer};
use serde_json::{Value, json};
use testkit::{TestDatabase, World, staff};

pub const LIN: &str = "339921199005170241";
pub const ZHOU: &str = "33992119720614012X";
pub const GAO: &str = "33992119790402031X";

pub struct County {
    pub world: World,
}

impl County {
    /// The organs and people of the town, the shipped registers with a few records, and the package of corrections.
    pub fn on(database: TestDatabase) -> Self {
        Self::with(database, registers::Connections::default())
    }

    /// With systems of other offices.
    pub fn with(database: TestDatabase, connections: registers::Connections) -> Self {
        let keys = Arc::new(FieldKeys::new([(1, [7; 32])]).unwrap());
        let publishing = PrivateKey::generate(seal::Algorithm::Sm2, &mut SeededEntropy::new(5)).unwrap();
        let world = World::on(database, "2026-03-02T09:00", trust::Authority::new().unwrap())
            .migrate("tracker", tracker::MIGRATIONS)
            .migrate("parties", parties::MIGRATIONS)
            .migrate("registers", registers::MIGRATIONS)
            .migrate("trust", trust::MIGRATIONS)
            .migrate("procedure", procedure::MIGRATIONS)
            .migrate("documents", documents::MIGRATIONS)
            .migrate("cases", cases::MIGRATIONS)
            .migrate("quality", quality::MIGRATIONS)
            .with(keys)
            .with(Arc::new(connections))
            .with(Arc::new(Library::default()))
            .with(clock::WorkCalendar::official())
            .with(Arc::new(PublishingKeys::new(vec![("test".into(), publishing.public_key().clone())])))
            .with(Arc::new(town::settings()))
            .with(Arc::new(cases::case_book()))
            .build();
        town::scenario_world(world.runner()).unwrap();
        town::register_basics(world.runner(), "2026-01-01".parse().unwrap()).unwrap();
        publish(&world, &publishing);
        Self { world }
    }

    pub fn organ(&self, duty: &str) -> String {
        let county = parties::DivisionCode::parse(town::DIVISION).unwrap();
        self.world.read(|tx| parties::organ_for_duty(tx, duty, &county)).unwrap().id.to_string()
    }

    /// Somebody with a post in the organ of a duty.
    pub fn clerk(&self, duty: &str, post: &str) -> Actor {
        staff(&format!("account_{duty}_{post}"), &self.organ(duty), town::DIVISION, &[post])
    }

    pub fn police(&self) -> Actor {
        self.clerk("public-security", "data-officer")
    }

    pub fn declare(&self, slug: &str) -> i64 {
        let text = quality::SHIPPED.iter().find(|(known, _)| *known == slug).unwrap().1;
        self.world.execute(&Actor::system(), DeclareRules { text: text.to_owned() }).outcome.version
    }

    /// Does what is due at the present moment.
    pub fn run_jobs(&self) {
        let handlers = cases::handlers(self.world.runner()).into_iter().chain(quality::handlers(self.world.runner()));
        let worker = handlers
            .fold(Worker::new(self.world.store(), "test".into()), |worker, (kind, handler)| worker.with(kind, handler))
            .with(documents::RENDER_DOCUMENT, Arc::new(|_| Ok(())));
        self.world.run_jobs(&worker);
    }

    pub fn load(&self, register: &str, file: &str, rows: Vec<Value>) {
        let row = |(index, value): (usize, Value)| LoadRow { row: index + 2, cells: value.as_object().unwrap().clone() };
        let command = LoadRecords {
            register: register.into(),
            file_sm3: seal::hash::sm3_hex(file.as_bytes()),
            valid_from: "2026-01-01".parse().unwrap(),
            rows: Arc::new(rows.into_iter().enumerate().map(row).collect()),
            unread: Vec::new(),
        };
        let report = self.world.execute(&Actor::system(), command).outcome.report;
        assert_eq!(report.problems, []);
    }
}

pub fn person(name: &str, number: &str, address: &str) -> Value {
    let parsed = parties::IdentityNumber::parse(number).unwrap();
    json!({
        "name": name, "id_number": number, "birth_date": parsed.birth_date().to_string(), "sex": parsed.sex().as_str(),
        "address": address, "division": "339921100",
    })
}

fn publish(world: &World, key: &PrivateKey) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages").join(quality::CORRECTION_ITEM);
    let files = Arc::new(Files::read_dir(&folder).unwrap());
    let signature = procedure::sign(&files.hash(), "test", key).unwrap();
    world.execute(&Actor::system(), PublishPackage { files, signature, valid_from: "2020-01-01".parse().unwrap() });
    let library = world.runner().service::<Library>().unwrap();
    world.store().read(|tx| library.refresh(tx)).unwrap();
}
