//! A node to be seeded.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use blobs::Blobs;
use clock::{FixedClock, Timestamp, WorkCalendar};
use exchange::{Call, Found, NoCases, NothingListed, Provider, StandingDuties};
use ids::{Entropy, SeededEntropy};
use procedure::{Library, PublishingKeys};
use runner::{Cx, Halt};
use seal::{Algorithm, FieldKeys, PrivateKey, Signer};
use store::{Store, Tx};
use testkit::TestDatabase;
use town::{Parts, SeedReport, Size, seed};

pub const NOW: &str = "2026-06-17T15:40:00+08:00";
const KEY: &str = "package-sm2.v1";

pub struct Office {
    pub database: TestDatabase,
    pub keys: Arc<FieldKeys>,
    pub report: SeedReport,
    _folder: tempfile::TempDir,
}

/// An exchange that nobody calls.
struct Nothing;

impl Provider for Nothing {
    fn answer(&self, _: &mut Cx<'_>, _: &Call<'_>) -> Result<Found, Halt> {
        Ok(Found::Rows { rows: Vec::new(), next: None })
    }

    fn keeps(&self, _: &mut Tx<'_>, _: &str, _: &str) -> Result<bool, Halt> {
        Ok(true)
    }
}

pub fn now() -> Timestamp {
    NOW.parse().unwrap()
}

pub fn packages() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packages")
}

pub fn keys() -> Arc<FieldKeys> {
    Arc::new(FieldKeys::new([(1, [7; 32])]).unwrap())
}

pub fn migrate(store: &Store) {
    store.migrate("journal", journal::MIGRATIONS).unwrap();
    store.migrate("jobs", jobs::MIGRATIONS).unwrap();
    store.migrate("runner", runner::MIGRATIONS).unwrap();
    store.migrate("tracker", tracker::MIGRATIONS).unwrap();
    store.migrate("parties", parties::MIGRATIONS).unwrap();
    store.migrate("registers", registers::MIGRATIONS).unwrap();
    store.migrate("trust", trust::MIGRATIONS).unwrap();
    store.migrate("procedure", procedure::MIGRATIONS).unwrap();
    store.migrate("documents", documents::MIGRATIONS).unwrap();
    store.migrate("cases", cases::MIGRATIONS).unwrap();
    store.migrate("opendata", ::opendata::MIGRATIONS).unwrap();
    store.migrate("catalogue", catalogue::MIGRATIONS).unwrap();
    store.migrate("quality", quality::MIGRATIONS).unwrap();
    store.migrate("sharing", sharing::MIGRATIONS).unwrap();
    store.migrate("exchange", exchange::MIGRATIONS).unwrap();
}

impl Office {
    pub fn seeded(database: TestDatabase, size: Size) -> Self {
        Self::seeded_at(database, size, now())
    }

    pub fn seeded_at(database: TestDatabase, size: Size, now: Timestamp) -> Self {
        let store = database.store();
        migrate(&store);
        let (keys, library) = (keys(), Arc::new(Library::default()));
        let key = PrivateKey::generate(Algorithm::Sm2, &mut SeededEntropy::new(7)).unwrap();
        let publishing = Arc::new(PublishingKeys::new(vec![(KEY.to_owned(), key.public_key().clone())]));
        let seeds = AtomicU64::new(1);
        let entropy = move || -> Box<dyn Entropy> { Box::new(SeededEntropy::new(seeds.fetch_add(1, Ordering::Relaxed))) };
        let (given_keys, given_library) = (Arc::clone(&keys), Arc::clone(&library));
        let folder = tempfile::tempdir().unwrap();
        let shelf = Arc::new(tables::Shelf::open(folder.path()).unwrap());
        let ports = Arc::new(exchange::Ports {
            rights: Arc::new(StandingDuties::new(Arc::new(NoCases), Arc::new(NothingListed))),
            negative: Arc::new(NothingListed),
            provider: Arc::new(Nothing),
            clock: Arc::new(FixedClock::new(now)),
            settings: exchange::Settings::of("CN-339921"),
        });
        let parts = Parts {
            store,
            node: "test.node".to_owned(),
            authority: Arc::new(trust::Authority::new().unwrap()),
            entropy: Arc::new(entropy),
            services: Box::new(move |builder| {
                let builder = builder.with(Arc::clone(&given_keys)).with(Arc::clone(&given_library)).with(Arc::clone(&publishing));
                let builder = builder.with(WorkCalendar::official()).with(Arc::new(town::settings()));
                let builder = builder.with(Arc::<::opendata::Catalogue>::default()).with(Arc::clone(&shelf)).with(Arc::clone(&ports));
                builder
                    .with(Arc::new(cases::Extensions::new().with(sharing::SharingExtension)))
                    .with(Arc::new(sharing::ResourceService::new(sharing::samples::resources())))
                    .with(Arc::new(sharing::OrganKeys::new([9; 32])))
            }),
            blobs: Blobs::memory().unwrap(),
            packages: packages(),
            publisher: KEY.to_owned(),
            signer: Arc::new(key),
            seed: town::DEMO_SEED,
        };
        let report = seed(&parts, now, size).unwrap_or_else(|error| panic!("{error}: {:?}", std::error::Error::source(&error)));
        Self { database, keys, report, _folder: folder }
    }
}

impl Office {
    /// A runner at the present moment.
    pub fn runner(&self) -> runner::Runner {
        let seeds = AtomicU64::new(1_000_000_000);
        let entropy = move || -> Box<dyn Entropy> { Box::new(SeededEntropy::new(seeds.fetch_add(1, Ordering::Relaxed))) };
        let clock = Arc::new(clock::FixedClock::new(now()));
        let authority = Arc::new(trust::Authority::new().unwrap());
        runner::Runner::builder(self.database.store(), "test.node", clock, authority, entropy).with(Arc::clone(&self.keys)).build()
    }
}
