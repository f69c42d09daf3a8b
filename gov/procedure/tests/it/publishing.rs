//! Publishing, retiring and reading back, on both databases.

use std::sync::Arc;

use ids::SeededEntropy;
use jiff::civil::{Date, date};
use procedure::{Files, Library, PackageSignature, PublishPackage, PublishingKeys, RetirePackage, VersionStatus, sign};
use runner::Actor;
use seal::{Algorithm, PrivateKey, Signer};
use testkit::{PermitAll, PermitNone, TestDatabase, World, on_both, staff};

use crate::good;

const KEY: &str = "package-sm2.v1";
const START: &str = "2026-03-02T09:00";

struct Office {
    world: World,
    key: PrivateKey,
    clerk: Actor,
}

impl Office {
    fn open(database: TestDatabase) -> Self {
        let key = PrivateKey::generate(Algorithm::Sm2, &mut SeededEntropy::new(7)).unwrap();
        let keys = PublishingKeys::new(vec![(KEY.to_owned(), key.public_key().clone())]);
        let world = World::on(database, START, PermitAll).migrate("procedure", procedure::MIGRATIONS).with(Arc::new(keys)).build();
        Self { world, key, clerk: staff("staff_editor", "organ_gov", "339921", &["publisher"]) }
    }

    fn signed(&self, files: Files, valid_from: Date) -> PublishPackage {
        let signature = sign(&files.hash(), KEY, &self.key).unwrap();
        PublishPackage { files: Arc::new(files), signature, valid_from }
    }

    fn library(&self) -> Library {
        self.world.store().read(|tx| Library::load(tx)).unwrap()
    }
}

fn second_version() -> Files {
    good::changed("item.toml", "promised = { value = 10", "promised = { value = 9")
}

const SLUG: &str = "huwai-guanggao-shezhi";
const SPRING: Date = date(2026, 3, 2);
const SUMMER: Date = date(2026, 7, 1);

#[test]
fn a_published_package_is_in_force_from_its_day_and_read_back_whole() {
    on_both(|database| {
        let office = Office::open(database);
        let published = office.world.execute(&office.clerk, office.signed(good::files(), SUMMER)).outcome;
        assert_eq!((published.slug.as_str(), published.version, published.new), (SLUG, 1, true));
        let library = office.library();
        assert!(library.current(SLUG, date(2026, 6, 30)).is_none());
        let package = library.current(SLUG, SUMMER).unwrap();
        assert_eq!(package.hash.as_str(), published.hash);
        assert_eq!(package.files(), &good::files());
        assert_eq!(library.all_current(SUMMER).len(), 1);
        assert!(Arc::ptr_eq(&package, &library.by_hash(&published.hash).unwrap()));
    });
}

#[test]
fn publishing_the_same_package_again_changes_nothing() {
    on_both(|database| {
        let office = Office::open(database);
        let first = office.world.execute(&office.clerk, office.signed(good::files(), SPRING));
        let again = office.world.execute(&office.clerk, office.signed(good::files(), SUMMER));
        assert_eq!((again.outcome.version, again.outcome.new), (first.outcome.version, false));
        assert_eq!((first.recorded.len(), again.recorded.len()), (1, 0));
        assert_eq!(first.recorded[0].stream, procedure::stream(SLUG));
    });
}

#[test]
fn versions_count_up_and_cases_keep_the_one_they_pinned() {
    on_both(|database| {
        let office = Office::open(database);
        let first = office.world.execute(&office.clerk, office.signed(good::files(), SPRING)).outcome;
        let library = office.library();
        let second = office.world.execute(&office.clerk, office.signed(second_version(), SUMMER)).outcome;
        assert_eq!(second.version, 2);
        assert!(library.by_hash(&second.hash).is_none(), "the library is as old as its last refresh");
        assert!(office.world.store().read(|tx| library.refresh(tx)).unwrap());
        assert!(!office.world.store().read(|tx| library.refresh(tx)).unwrap());
        assert_eq!(library.current_version(SLUG, SPRING).unwrap().version, 1);
        assert_eq!(library.current_version(SLUG, SUMMER).unwrap().version, 2);
        assert_eq!(library.by_hash(&first.hash).unwrap().item.limits.promised.value, 10);
        assert_eq!(library.by_hash(&second.hash).unwrap().item.limits.promised.value, 9);
        let current = office.world.read(|tx| procedure::current_version(tx, SLUG, SUMMER)).unwrap();
        assert_eq!(current.hash, second.hash);
        let refusal = office.world.refuse(&office.clerk, office.signed(good::changed("item.toml", "value = 10", "value = 8"), SPRING));
        assert_eq!(refusal.code, "valid-from-too-early");
    });
}

#[test]
fn a_package_with_errors_is_refused_with_its_findings() {
    let office = Office::open(TestDatabase::sqlite());
    let wrong = good::changed("item.toml", "promised = { value = 10", "promised = { value = 30");
    let refusal = office.world.refuse(&office.clerk, office.signed(wrong, SPRING));
    assert_eq!(refusal.code, "package-has-errors");
    assert!(refusal.fields.iter().any(|field| field.field.starts_with("item.toml:")), "{refusal:#?}");
    let unreadable = good::changed("item.toml", "[limits]", "[limits");
    assert_eq!(office.world.refuse(&office.clerk, office.signed(unreadable, SPRING)).code, "package-has-errors");
    assert!(office.library().all_current(SUMMER).is_empty());
}

#[test]
fn only_a_signature_of_this_node_over_this_package_publishes() {
    let office = Office::open(TestDatabase::sqlite());
    let good = office.signed(good::files(), SPRING);
    let stranger = PrivateKey::generate(Algorithm::Sm2, &mut SeededEntropy::new(8)).unwrap();
    let wrong = [
        sign(&good::files().hash(), KEY, &stranger).unwrap(),
        sign(&second_version().hash(), KEY, &office.key).unwrap(),
        sign(&good::files().hash(), "package-sm2.v9", &office.key).unwrap(),
        PackageSignature { signed_by: KEY.to_owned(), value: "00".to_owned() },
        PackageSignature { signed_by: KEY.to_owned(), value: String::new() },
    ];
    for signature in wrong {
        let refusal = office.world.refuse(&office.clerk, PublishPackage { signature, ..good.clone() });
        assert_eq!(refusal.code, "package-signature-wrong");
    }
}

#[test]
fn who_may_not_publish_is_refused() {
    let office = Office::open(TestDatabase::sqlite());
    let world = World::on(TestDatabase::sqlite(), START, PermitNone).migrate("procedure", procedure::MIGRATIONS).build();
    let refusal = world.refuse(&office.clerk, office.signed(good::files(), SPRING));
    assert_eq!(refusal.code, "not-permitted");
}

#[test]
fn a_retired_version_starts_no_case_but_stays_readable() {
    on_both(|database| {
        let office = Office::open(database);
        let first = office.world.execute(&office.clerk, office.signed(good::files(), SPRING)).outcome;
        let retire = |retired_on: Date, reason: &str| RetirePackage { hash: first.hash.clone(), retired_on, reason: reason.to_owned() };
        assert_eq!(office.world.refuse(&office.clerk, retire(SUMMER, " ")).code, "reason-missing");
        assert_eq!(office.world.refuse(&office.clerk, retire(date(2026, 3, 1), "依据废止")).code, "retired-before-valid");
        office.world.execute(&office.clerk, retire(SUMMER, "设定依据废止"));
        assert_eq!(office.world.refuse(&office.clerk, retire(SUMMER, "again")).code, "package-retired");
        let library = office.library();
        assert!(library.current(SLUG, date(2026, 6, 30)).is_some());
        assert!(library.current(SLUG, SUMMER).is_none());
        assert!(library.by_hash(&first.hash).is_some());
        assert_eq!(library.versions_of(SLUG)[0].status, VersionStatus::Retired);
        let unknown = RetirePackage { hash: "0".repeat(64), retired_on: SUMMER, reason: "x".to_owned() };
        assert_eq!(office.world.refuse(&office.clerk, unknown).code, "not-found");
    });
}

#[test]
fn files_altered_in_the_database_are_noticed() {
    on_both(|database| {
        let office = Office::open(database);
        office.world.execute(&office.clerk, office.signed(good::files(), SPRING));
        let altered = good::files().text("item.toml").unwrap().replace("value = 10", "value = 90").into_bytes();
        let write = office.world.store().write(move |tx| {
            tx.execute("update package_file set content = $1 where path = $2", &[&altered, &"item.toml"])?;
            Ok::<(), store::StoreError>(())
        });
        write.unwrap();
        let error = office.world.store().read(|tx| Library::load(tx)).unwrap_err();
        assert!(matches!(error, procedure::LibraryError::Altered { .. }), "{error}");
    });
}
