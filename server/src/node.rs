//! A node: database, keys, packages, runner and worker, opened in one order and closed in the other.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use blobs::{Blobs, S3Config};
use clock::{Clock, SystemClock, WorkCalendar};
use documents::{Press, Renderer, Signing};
use exchange::Gateway;
use ids::Entropy;
use jobs::Worker;
use journal::CheckpointSigner;
use procedure::{Library, PublishingKeys};
use registers::{CaseBook, Connections};
use runner::{Authority, Halt, Runner, RunnerBuilder};
use seal::{Certificate, FieldKeys, KeyRing, OsEntropy, Purpose, Subject, ValidFor};
use store::{Config, Durability, Migration, Store};
use tracker::ConsentSeal;
use typeset::{FontSet, Typesetter};

use crate::config::{Place, Site};
use crate::connections::connections;
use crate::exchanging::Steps;
use crate::fetch::WebFetch;

/// Any error of start-up, with its source.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;

const CERTIFICATE_YEARS: i64 = 10;
const YEAR_MS: i64 = 365 * 24 * 3_600 * 1_000;

/// All tables, in the order in which they depend on each other.
pub const COMPONENTS: &[(&str, &[Migration])] = &[
    ("journal", journal::MIGRATIONS),
    ("jobs", jobs::MIGRATIONS),
    ("runner", runner::MIGRATIONS),
    ("tracker", tracker::MIGRATIONS),
    ("parties", parties::MIGRATIONS),
    ("registers", registers::MIGRATIONS),
    ("trust", trust::MIGRATIONS),
    ("procedure", procedure::MIGRATIONS),
    ("documents", documents::MIGRATIONS),
    ("cases", cases::MIGRATIONS),
    ("quality", quality::MIGRATIONS),
    ("opendata", opendata::MIGRATIONS),
    ("catalogue", catalogue::MIGRATIONS),
    ("exchange", exchange::MIGRATIONS),
    ("sharing", sharing::MIGRATIONS),
    ("gate", gate::MIGRATIONS),
    ("workspace", workspace::MIGRATIONS),
];

/// An open node.
pub struct Node {
    /// Where it is.
    pub place: Place,
    /// Whose it is.
    pub site: Site,
    /// The database.
    pub store: Arc<Store>,
    /// The one door.
    pub runner: Arc<Runner>,
    /// Published packages.
    pub library: Arc<Library>,
    /// Keys of sealed fields.
    pub keys: Arc<FieldKeys>,
    /// Signing keys.
    pub ring: Arc<KeyRing>,
    /// Working days.
    pub calendar: Arc<WorkCalendar>,
    /// Stored files.
    pub blobs: Blobs,
    /// The gateway of data exchange.
    pub exchange: Arc<Gateway>,
    /// Signs checkpoints.
    pub checkpoints: Arc<CheckpointSigner>,
    /// Certificates whose documents are trusted.
    pub trusted: Vec<Certificate>,
    /// Makes PDF files.
    pub press: Arc<Press>,
    /// What commands ask for.
    pub services: Services,
    /// Who rules.
    pub authority: Arc<dyn Authority>,
    clock: Arc<dyn Clock>,
    fetch: Arc<dyn opendata::Fetch>,
    _lock: Option<File>,
}

/// What commands ask the runner for.
#[derive(Clone)]
pub struct Services {
    keys: Arc<FieldKeys>,
    library: Arc<Library>,
    calendar: Arc<WorkCalendar>,
    publishing: Arc<PublishingKeys>,
    settings: Arc<cases::Settings>,
    catalogue: Arc<opendata::Catalogue>,
    shelf: Arc<tables::Shelf>,
    exchange: Arc<exchange::Ports>,
    extensions: Arc<cases::Extensions>,
    resources: Arc<sharing::ResourceService>,
    organ_keys: Arc<sharing::OrganKeys>,
    case_book: Arc<CaseBook>,
    consequences: Arc<registers::Consequences>,
    connections: Arc<Connections>,
    register_desk: Arc<cases::RegisterDesk>,
    consents: Arc<ConsentSeal>,
}

impl Services {
    /// The shelf of tables over public data.
    #[must_use]
    pub const fn shelf(&self) -> &Arc<tables::Shelf> {
        &self.shelf
    }

    /// Gives them to a runner that is being built.
    #[must_use]
    pub fn give(&self, builder: RunnerBuilder) -> RunnerBuilder {
        builder
            .with(Arc::clone(&self.keys))
            .with(Arc::clone(&self.library))
            .with(Arc::clone(&self.calendar))
            .with(Arc::clone(&self.publishing))
            .with(Arc::clone(&self.settings))
            .with(Arc::clone(&self.catalogue))
            .with(Arc::clone(&self.shelf))
            .with(Arc::clone(&self.exchange))
            .with(Arc::clone(&self.extensions))
            .with(Arc::clone(&self.resources))
            .with(Arc::clone(&self.organ_keys))
            .with(Arc::clone(&self.case_book))
            .with(Arc::clone(&self.consequences))
            .with(Arc::clone(&self.connections))
            .with(Arc::clone(&self.register_desk))
            .with(Arc::clone(&self.consents))
    }
}

/// The random bits of a node: the operating system's.
#[must_use]
pub fn entropy() -> Box<dyn Entropy> {
    Box::new(OsEntropy)
}

impl Node {
    /// Opens a node for writing; creates what is missing.
    ///
    /// # Errors
    /// The first thing that keeps it from starting, with its source.
    pub fn open(place: &Place) -> Result<Self, StartError> {
        std::fs::create_dir_all(&place.data).map_err(|e| format!("cannot create {}: {e}", place.data.display()))?;
        let lock = place.database.is_none().then(|| lock(&place.data)).transpose()?;
        let store = Arc::new(Store::open(&database(place))?);
        let floor = migrate(&store)?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::not_before(floor));
        Self::assemble(place, store, clock, lock)
    }

    /// Opens a node beside the process that serves it, for one short act: back-up, export, publication. SQLite lets one write at a
    /// time; the tables must be there already.
    ///
    /// # Errors
    /// As [`Node::open`], and when there is no node yet.
    pub fn beside(place: &Place) -> Result<Self, StartError> {
        if place.database.is_none() && !place.database_file().exists() {
            return Err(format!("{} holds no node yet: run `zhengshu demo` or `zhengshu serve` first", place.data.display()).into());
        }
        let store = Arc::new(Store::open(&database(place))?);
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::not_before(last_entry(&store)?));
        Self::assemble(place, store, clock, None)
    }

    /// Opens a node whose time is moved by somebody else, for seeding.
    ///
    /// # Errors
    /// As [`Node::open`].
    pub fn open_with_clock(place: &Place, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        std::fs::create_dir_all(&place.data)?;
        let lock = place.database.is_none().then(|| lock(&place.data)).transpose()?;
        let store = Arc::new(Store::open(&database(place))?);
        migrate(&store)?;
        Self::assemble(place, store, clock, lock)
    }

    fn assemble(place: &Place, store: Arc<Store>, clock: Arc<dyn Clock>, lock: Option<File>) -> Result<Self, StartError> {
        let site = Site::read(&place.data)?;
        let ring = Arc::new(KeyRing::open_or_create(&place.keys(), &mut OsEntropy)?);
        let keys = Arc::new(ring.field_keys()?);
        let library = Arc::new(store.read(|tx| Library::load(tx))?);
        let official = WorkCalendar::official();
        let calendar = store.read(|tx| workspace::calendar_with_imports(tx, &official)).map_err(described)?;
        let calendar = Arc::new(calendar);
        let services = Services {
            keys: Arc::clone(&keys),
            library: Arc::clone(&library),
            calendar: Arc::clone(&calendar),
            publishing: Arc::new(PublishingKeys::of(&ring)),
            settings: Arc::new(cases::Settings {
                division: site.division.clone(),
                reconsideration: i18n::Text::new(&site.reconsideration, &site.reconsideration_en),
                court: i18n::Text::new(&site.court, &site.court_en),
            }),
            catalogue: Arc::default(),
            shelf: Arc::new(tables::Shelf::open(&place.tables())?),
            exchange: crate::exchanging::ports(&site, &clock, &library),
            extensions: Arc::new(cases::Extensions::new().with(sharing::SharingExtension)),
            resources: Arc::new(sharing::ResourceService::new(crate::exchanging::CatalogueResources)),
            organ_keys: Arc::new(sharing::OrganKeys::new(*ring.secret("sharing-organ-keys")?)),
            case_book: Arc::new(cases::case_book()),
            consequences: Arc::new(cases::consequences()),
            connections: Arc::new(connections(&site)?),
            register_desk: Arc::new(crate::exchanging::register_desk()),
            consents: Arc::new(ConsentSeal::new(&*ring.secret("consents")?)?),
        };
        let authority: Arc<dyn Authority> = Arc::new(trust::Authority::new()?);
        let builder = Runner::builder(Arc::clone(&store), site.node.clone(), Arc::clone(&clock), Arc::clone(&authority), entropy);
        let runner = Arc::new(services.give(builder).build());
        let exchange = Gateway::new(Arc::clone(&runner), Arc::clone(&services.exchange), &ring, entropy)?;
        let blobs = files(place, &site)?;
        let chain = document_chain(&place.keys(), &ring, &site, clock.now().as_millisecond())?;
        let fonts = match &site.fonts {
            Some(folder) => FontSet::with_folder(folder)?,
            None => FontSet::built_in()?,
        };
        let renderer = Renderer::new(Typesetter::new(fonts), place.public_url());
        let signing = Signing::of(&ring, chain.clone())?;
        let press = Arc::new(Press::new(renderer, blobs.clone(), Arc::clone(&keys), signing));
        let checkpoints = Arc::new(CheckpointSigner::new(&site.node, &ring)?);
        Ok(Self {
            place: place.clone(),
            site,
            store,
            runner,
            exchange: Arc::new(exchange),
            library,
            keys,
            ring,
            calendar,
            blobs,
            checkpoints,
            trusted: chain,
            press,
            services,
            authority,
            clock,
            fetch: Arc::new(WebFetch),
            _lock: lock,
        })
    }

    /// The node's time, in milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.clock.now().as_millisecond()
    }

    /// A worker that does every kind of job. `name` must differ between processes.
    #[must_use]
    pub fn worker(&self, name: String) -> Worker {
        let worker =
            Worker::new(Arc::clone(&self.store), name).with(documents::RENDER_DOCUMENT, Arc::clone(&self.press).handler(Arc::clone(&self.runner)));
        let scans = opendata::handlers(&self.runner, &self.blobs, &self.services.shelf);
        let harvest = opendata::harvest_handler(&self.runner, Arc::clone(&self.fetch));
        let steps = Steps {
            runner: Arc::clone(&self.runner),
            exchange: Arc::clone(&self.exchange),
            data: self.place.data.clone(),
            tls: self.site.exchange_tls.clone(),
        };
        let handlers = cases::handlers(&self.runner)
            .into_iter()
            .chain(registers::handlers(&self.runner))
            .chain(quality::handlers(&self.runner))
            .chain(sharing::handlers(&self.runner))
            .chain(exchange::handlers(&self.runner))
            .chain(scans)
            .chain([harvest, steps.handler()]);
        handlers.fold(worker, |worker, (kind, handler)| worker.with(kind, handler))
    }
}

/// A halt as an error of start-up: a refusal by its sentence, a fault with its sources.
pub(crate) fn described(halt: Halt) -> StartError {
    match halt {
        Halt::Refused(refusal) => format!("{}: {}", refusal.code, refusal.sentence.zh).into(),
        Halt::Fault(fault) => Box::new(fault),
    }
}

/// The folder of stored files, or the storage the site file names.
fn files(place: &Place, site: &Site) -> Result<Blobs, StartError> {
    let Some(s3) = &site.s3 else { return Ok(Blobs::folder(&place.files())?) };
    let secret = std::env::var("ZHENGSHU_S3_SECRET").map_err(|_| "zhengshu.toml names S3 storage, but ZHENGSHU_S3_SECRET is not set")?;
    Ok(Blobs::s3(S3Config {
        bucket: s3.bucket.clone(),
        region: s3.region.clone(),
        endpoint: s3.endpoint.clone(),
        access_key_id: s3.access_key_id.clone(),
        secret_access_key: secret,
        allow_http: s3.allow_http,
    })?)
}

fn database(place: &Place) -> Config {
    match &place.database {
        Some(address) => Config::Postgres { address: address.clone() },
        None => Config::Sqlite { path: place.database_file(), durability: Durability::Full },
    }
}

/// Brings all tables up to date; returns the time of the last journal entry, before which no new one may stand.
fn migrate(store: &Store) -> Result<clock::Timestamp, StartError> {
    for (component, migrations) in COMPONENTS {
        store.migrate(component, migrations)?;
    }
    last_entry(store)
}

fn last_entry(store: &Store) -> Result<clock::Timestamp, StartError> {
    let last: Option<i64> = store.read(|tx| {
        let row = tx.query_opt("select at_ms from journal_entry order by idx desc limit 1", &[])?;
        row.map(|row| row.get(0)).transpose()
    })?;
    Ok(clock::from_millis(last.unwrap_or(0))?)
}

/// One process writes a data folder; the lock goes when the process goes, however it goes.
fn lock(data: &Path) -> Result<File, StartError> {
    let path = data.join("lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path)?;
    file.try_lock().map_err(|_| format!("another process uses {}: stop it first, or choose another folder by --data", data.display()))?;
    Ok(file)
}

/// The certificate of the document key and its root; made at the first start.
fn document_chain(folder: &Path, ring: &KeyRing, site: &Site, now_ms: i64) -> Result<Vec<Certificate>, StartError> {
    let (leaf_path, root_path) = (folder.join("document-p256.crt"), folder.join("authority-p256.crt"));
    if leaf_path.exists() && root_path.exists() {
        return Ok(vec![read_certificate(&leaf_path)?, read_certificate(&root_path)?]);
    }
    let authority = ring.signer(&Purpose::AuthorityP256)?;
    let document = ring.signer(&Purpose::DocumentP256)?;
    let valid = ValidFor { not_before_millis: now_ms - YEAR_MS, not_after_millis: now_ms + CERTIFICATE_YEARS * YEAR_MS };
    let subject = |name: &str| Subject {
        country: "CN".into(),
        province: "示例省".into(),
        locality: site.name_zh.clone(),
        organisation: site.host.clone(),
        common_name: name.into(),
    };
    let root = Certificate::root(&subject("政枢节点根证书"), seal::random_bytes(&mut OsEntropy), valid, &*authority)?;
    let serial = seal::random_bytes(&mut OsEntropy);
    let leaf = root.issue(&subject("政枢电子文书"), document.public_key(), serial, valid, &*authority)?;
    std::fs::write(&root_path, root.to_pem()?)?;
    std::fs::write(&leaf_path, leaf.to_pem()?)?;
    Ok(vec![leaf, root])
}

fn read_certificate(path: &PathBuf) -> Result<Certificate, StartError> {
    let pem = std::fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    Ok(Certificate::from_pem(&pem)?)
}
