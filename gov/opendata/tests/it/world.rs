//! Yunxi county with a transport bureau and a data bureau.

use std::sync::Arc;

use blobs::Blobs;
use i18n::Text;
use jobs::Worker;
use opendata::{
    ApproveAsOfficer, ApproveAsOwner, Catalogue, DataField, Dataset, DatasetId, DraftDataset, Metadata, NewResource, PublishDataset, PutResource,
    ResourceId, SubmitDataset, queries,
};
use parties::{DivisionCode, EnactDivision, OrganDetails, OrganId, RegisterOrgan, UnifiedCode};
use runner::{Actor, Authority};
use seal::FieldKeys;
use tables::{Shelf, guess};
use testkit::{PermitAll, TestDatabase, World, staff};

pub const STOPS: &str = "code,name,lines\nP1,中山路站,3\nP2,人民路站,2\n";
const FILE_BYTES_MAX: u64 = 1_000_000;

pub struct County {
    pub world: World,
    pub blobs: Blobs,
    pub shelf: Arc<Shelf>,
    pub catalogue: Arc<Catalogue>,
    pub transport: OrganId,
    pub data: OrganId,
    _folder: tempfile::TempDir,
}

impl County {
    pub fn new(database: TestDatabase) -> Self {
        Self::with(database, PermitAll)
    }

    pub fn with(database: TestDatabase, authority: impl Authority + 'static) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Arc::new(Shelf::open(folder.path()).unwrap());
        let catalogue = Arc::new(Catalogue::default());
        let world = World::on(database, "2026-03-02T09:00", authority)
            .migrate("parties", parties::MIGRATIONS)
            .migrate("opendata", opendata::MIGRATIONS)
            .with(Arc::new(FieldKeys::new([(1, [7; 32])]).unwrap()))
            .with(Arc::clone(&shelf))
            .with(Arc::clone(&catalogue))
            .build();
        let code = DivisionCode::parse("339921").unwrap();
        let enact = EnactDivision { code: code.clone(), name: Text::new("云溪县", "Yunxi County"), valid_from: "2020-01-01".parse().unwrap() };
        world.execute(&Actor::system(), enact);
        let organ = |serial: u32, zh: &str, duty: &str| {
            let details = OrganDetails {
                short_name: Text::same("局"),
                duties: vec![duty.to_owned()],
                address: Text::same("人民路1号"),
                hours: Text::same("工作日"),
                phone: "0999-1".into(),
                complaint_phone: "0999-2".into(),
                ..OrganDetails::default()
            };
            let uscc = UnifiedCode::from_serial('1', '1', &code, serial).unwrap().to_string();
            let command = RegisterOrgan { code: uscc, name: Text::new(zh, zh), division: code.clone(), parent: None, details };
            world.execute(&Actor::system(), command).outcome
        };
        let (transport, data) = (organ(1, "云溪县交通运输局", "transport"), organ(2, "云溪县数据局", opendata::DATA_DUTY));
        Self { blobs: Blobs::memory().unwrap(), shelf, catalogue, transport, data, world, _folder: folder }
    }

    pub fn clerk(&self) -> Actor {
        staff("clerk", self.transport.as_str(), "339921", &["handler"])
    }

    pub fn head(&self) -> Actor {
        staff("head", self.transport.as_str(), "339921", &["head"])
    }

    pub fn officer(&self) -> Actor {
        staff("officer", self.data.as_str(), "339921", &["head"])
    }

    pub fn draft(&self, slug: &str) -> DatasetId {
        let command = DraftDataset { slug: slug.into(), organ: self.transport.clone(), metadata: metadata("公交站点"), harvested: None };
        self.world.execute(&self.clerk(), command).outcome
    }

    pub fn file(&self, csv: &str, adjust: impl Fn(&mut DataField)) -> NewResource {
        let mut fields: Vec<DataField> = guess(csv.as_bytes()).unwrap().into_iter().map(DataField::plain).collect();
        fields.iter_mut().for_each(adjust);
        NewResource {
            name: Text::new("站点表", "Stops"),
            note: Text::default(),
            format: "CSV".into(),
            blob: Some(self.blobs.put(csv.as_bytes(), FILE_BYTES_MAX).unwrap()),
            url: String::new(),
            size_bytes: csv.len() as u64,
            fields,
        }
    }

    pub fn put(&self, dataset: &DatasetId, csv: &str) -> ResourceId {
        let command = PutResource { dataset: dataset.clone(), replaces: None, resource: self.file(csv, |_| ()), seen: None };
        self.world.execute(&self.clerk(), command).outcome
    }

    pub fn submit(&self, dataset: &DatasetId) -> Dataset {
        self.world.execute(&self.clerk(), SubmitDataset { dataset: dataset.clone() });
        self.run_jobs();
        self.look(dataset)
    }

    pub fn run_jobs(&self) {
        let worker = Worker::new(self.world.store(), "worker".into());
        let handlers = opendata::handlers(self.world.runner(), &self.blobs, &self.shelf);
        self.world.run_jobs(&handlers.into_iter().fold(worker, |worker, (kind, handler)| worker.with(kind, handler)));
    }

    pub fn look(&self, dataset: &DatasetId) -> Dataset {
        self.world.read(|tx| queries::dataset(tx, dataset.as_str())).unwrap()
    }

    /// The whole way.
    pub fn publish(&self, slug: &str, csv: &str) -> DatasetId {
        let dataset = self.draft(slug);
        self.put(&dataset, csv);
        self.approve_and_publish(&dataset);
        dataset
    }

    pub fn approve_and_publish(&self, dataset: &DatasetId) -> u32 {
        let fingerprint = self.submit(dataset).fingerprint();
        self.world.execute(&self.head(), ApproveAsOwner { dataset: dataset.clone(), fingerprint: fingerprint.clone() });
        self.world.execute(&self.officer(), ApproveAsOfficer { dataset: dataset.clone(), fingerprint });
        self.world.execute(&self.head(), PublishDataset { dataset: dataset.clone(), changes: Text::same("更新") }).outcome
    }
}

pub fn metadata(title: &str) -> Metadata {
    Metadata {
        title: Text::new(title, "Bus stops"),
        notes: Text::new("全县公交站点", "All stops"),
        themes: vec!["tran".into()],
        tags: vec!["公交".into()],
        licence: "open".into(),
        period: "monthly".into(),
        spatial: "339921".into(),
        ..Metadata::default()
    }
}
