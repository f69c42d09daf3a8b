//! A node with a press, and a command that does in its transaction what a case does.

use std::sync::Arc;

use blobs::{BlobName, Blobs};
use documents::{
    AllottedDocument, CertificateAct, Content, Holder, MIGRATIONS, NewCertificate, NewDocument, NumberRule, PartyKind, Press, RENDER_DOCUMENT,
    Renderer, RevokeCertificate, Signing, allot_document, samples,
};
use ids::SeededEntropy;
use jiff::civil::date;
use jobs::Worker;
use runner::{Actor, Command, Cx, Halt, Resource};
use seal::{Certificate, FieldKeys, KeyRing, Purpose, Subject, ValidFor};
use serde::Serialize;
use testkit::{PermitAll, TestDatabase, World, staff};
use typeset::{FontSet, Typesetter};

pub const TYPE_CODE: &str = "11100000MB0143028R042";

pub struct Desk {
    pub world: World,
    pub blobs: Blobs,
    pub keys: Arc<FieldKeys>,
    pub root: Certificate,
    pub worker: Worker,
    pub clerk: Actor,
    _folder: tempfile::TempDir,
}

/// Allots one document, as a command of a case would.
#[derive(Debug, Clone, Serialize)]
pub struct MakeDocument {
    pub content: Content,
    pub applicant: String,
}

impl Command for MakeDocument {
    type Outcome = AllottedDocument;
    const ACTION: &'static str = "case.accept";

    fn run(&self, cx: &mut Cx<'_>) -> Result<AllottedDocument, Halt> {
        cx.authorise(&Resource::of("case"))?;
        let mut facts = samples::case_facts();
        facts.applicant.kind = PartyKind::Person;
        facts.applicant.name.clone_from(&self.applicant);
        allot_document(cx, NewDocument { facts, content: self.content.clone(), certificate: None, template: None })
    }
}

impl Desk {
    pub fn on(database: TestDatabase) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let mut entropy = SeededEntropy::new(11);
        let mut ring = KeyRing::open_or_create(folder.path(), &mut entropy).unwrap();
        for purpose in Purpose::standing() {
            ring.ensure(&purpose, &mut entropy).unwrap();
        }
        let (root, chain) = chain(&ring);
        let keys = Arc::new(ring.field_keys().unwrap());
        let world = World::on(database, "2026-03-16T10:00", PermitAll)
            .migrate("tracker", tracker::MIGRATIONS)
            .migrate("documents", MIGRATIONS)
            .with(Arc::clone(&keys))
            .build();
        let blobs = Blobs::memory().unwrap();
        let renderer = Renderer::new(Typesetter::new(FontSet::built_in().unwrap()), "https://yunxi.example.invalid");
        let signing = Signing::of(&ring, chain).unwrap();
        let press = Arc::new(Press::new(renderer, blobs.clone(), Arc::clone(&keys), signing));
        let handler = press.handler(Arc::clone(world.runner()));
        let worker = Worker::new(world.store(), "test".to_owned()).with(RENDER_DOCUMENT, handler);
        Desk { world, blobs, keys, root, worker, clerk: staff("clerk", "organ_1", "339921", &["window"]), _folder: folder }
    }

    pub fn make(&self, content: Content) -> AllottedDocument {
        self.world.execute(&self.clerk, MakeDocument { content, applicant: "张三".to_owned() }).outcome
    }

    pub fn print(&self) {
        self.world.run_jobs(&self.worker);
    }

    pub fn pdf(&self, id: &str) -> Vec<u8> {
        let record = self.world.read(|tx| documents::queries::document(tx, id)).unwrap();
        let name = record.filing.unwrap().blob.parse::<BlobName>().unwrap();
        self.blobs.get(&name, documents::PDF_BYTES_MAX).unwrap()
    }

    pub fn end(&self, certificate: &str, act: CertificateAct) -> RevokeCertificate {
        RevokeCertificate {
            certificate: certificate.to_owned(),
            act,
            reason: "隐瞒有关情况取得许可".to_owned(),
            basis: "行政许可法 第六十九条第二款".to_owned(),
        }
    }
}

pub fn food_licence() -> NewCertificate {
    let facts = samples::case_facts();
    NewCertificate {
        type_code: TYPE_CODE.to_owned(),
        name: "食品经营许可证".to_owned(),
        number: NumberRule::Pattern { pattern: "JY2{division}{serial:6}{check}".to_owned(), division: "339921".to_owned() },
        organ: facts.organ,
        holder: Holder {
            kind: PartyKind::Person,
            name: "王小明".to_owned(),
            code: "330102198506151238".to_owned(),
            party: "person_00000000000000000000000001".to_owned(),
        },
        valid_from: date(2026, 3, 16),
        valid_until: Some(date(2031, 3, 15)),
        face: samples::certificate().face,
    }
}

fn chain(ring: &KeyRing) -> (Certificate, Vec<Certificate>) {
    let valid = ValidFor { not_before_millis: 1_767_225_600_000, not_after_millis: 1_924_992_000_000 };
    let subject = |name: &str| Subject { country: "CN".to_owned(), common_name: name.to_owned(), ..Subject::default() };
    let authority = ring.signer(&Purpose::AuthorityP256).unwrap();
    let root = Certificate::root(&subject("test.node"), [1; 16], valid, &*authority).unwrap();
    let key = ring.signer(&Purpose::DocumentP256).unwrap();
    let leaf = root.issue(&subject("test.node documents"), key.public_key(), [2; 16], valid, &*authority).unwrap();
    (root.clone(), vec![leaf, root])
}
