//! A small county with a portal: organs, staff and people of the example town, all packages, cases played from their scenarios.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use cases::scenario::{Script, Stage, run_scenario};
use clock::WorkCalendar;
use gate::App;
use gate::testing::Browser;
use ids::SeededEntropy;
use procedure::{Files, Library, PublishPackage, PublishingKeys};
use runner::Actor;
use seal::{FieldKeys, PrivateKey, Signer};
use testkit::{TestDatabase, World};
use town::basics::{Basics, TownStaff, citizen, people, seed};

pub const START: &str = "2026-03-02T09:00";

pub struct County {
    pub world: World,
    pub basics: Arc<Basics>,
    pub app: App,
    _folder: tempfile::TempDir,
}

fn packages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages");
    let mut found: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

impl County {
    /// The county on 2 March 2026, without cases.
    pub fn new() -> Self {
        let publisher = publisher();
        let keys = Arc::new(FieldKeys::new([(1, [7; 32])]).unwrap());
        let settings = cases::Settings {
            division: "339921".into(),
            reconsideration: i18n::Text::same("云溪县人民政府"),
            court: i18n::Text::same("云溪县人民法院"),
        };
        let folder = tempfile::tempdir().unwrap();
        let shelf = Arc::new(tables::Shelf::open(&folder.path().join("tables")).unwrap());
        let world = World::on(TestDatabase::sqlite(), START, trust::Authority::new().unwrap())
            .migrate("tracker", tracker::MIGRATIONS)
            .migrate("parties", parties::MIGRATIONS)
            .migrate("registers", registers::MIGRATIONS)
            .migrate("trust", trust::MIGRATIONS)
            .migrate("procedure", procedure::MIGRATIONS)
            .migrate("documents", documents::MIGRATIONS)
            .migrate("cases", cases::MIGRATIONS)
            .migrate("opendata", opendata::MIGRATIONS)
            .migrate("exchange", exchange::MIGRATIONS)
            .migrate("gate", gate::MIGRATIONS)
            .with(Arc::<opendata::Catalogue>::default())
            .with(shelf)
            .with(Arc::new(tracker::ConsentSeal::new(&[3; 32]).unwrap()))
            .with(Arc::clone(&keys))
            .with(Arc::new(Library::default()))
            .with(WorkCalendar::official())
            .with(Arc::new(PublishingKeys::new(vec![("test".into(), publisher.public_key().clone())])))
            .with(Arc::new(settings))
            .build()
            .leave_unfinished();
        let basics = Arc::new(seed(world.runner(), &Actor::system()).unwrap());
        town::register_basics(world.runner(), "2026-01-01".parse().unwrap()).unwrap();
        for folder in packages() {
            publish(&world, &publisher, Files::read_dir(&folder).unwrap(), "2026-01-01");
        }
        let mut parts = gate::testing::parts(world.runner(), &keys, folder.path());
        parts.search = Arc::new(portal::index_items(&parts.library, "2026-03-02".parse().unwrap()).unwrap());
        parts.settings.footer.site_map_href = "/sitemap".into();
        let app = App::assemble(parts).unwrap();
        Self { world, basics, app, _folder: folder }
    }

    /// Publishes the county's datasets.
    pub fn open_data(&self) {
        let account_of = |member: &TownStaff| format!("account of {}", member.spec.login);
        town::seed_opendata(self.world.runner(), &self.app.blobs, &self.basics, &account_of, "2026-03-02".parse().unwrap(), 7).unwrap();
    }

    /// A package, published anew with a text in place of another.
    pub fn publish_altered(&self, slug: &str, path: &str, before: &str, after: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages").join(slug);
        let mut files = Files::read_dir(&folder).unwrap();
        let text = files.text(path).unwrap().to_owned();
        assert!(text.contains(before), "{before}");
        files.put(path, text.replace(before, after));
        publish(&self.world, &publisher(), files, "2026-03-02");
    }

    /// The whole server.
    pub fn router(&self) -> Router {
        gate::server(&self.app, [portal::routes()])
    }

    /// A browser in a language: `zh-CN` or `en`.
    pub fn browser(&self, language: &'static str) -> Browser {
        let mut browser = Browser::new(&self.router());
        browser.language = language;
        browser
    }

    /// Plays a scenario of a package to its end; its case is then the newest of its applicant.
    pub fn play(&self, slug: &str, scenario: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages").join(slug);
        let package = procedure::read_package(&folder).unwrap();
        let path = format!("tests/{scenario}.toml");
        let text = &package.scenarios.iter().find(|found| found.path == path).unwrap().text;
        run_scenario(&self.stage(), &package, &Script::parse(text).unwrap()).unwrap();
    }

    /// Number, query code and identifier of the newest case of 林晓禾.
    pub fn newest_case(&self) -> (String, String, String) {
        let party = self.basics.person(people::SHOPKEEPER).unwrap().to_string();
        let keys = Arc::clone(&self.app.keys);
        self.app
            .store
            .read(|tx| {
                let row = cases::queries::cases_of_party(tx, &party, 1)?.remove(0);
                let file = cases::queries::case_view(tx, &keys, &row.id, &tracker::in_process("a test"))?.unwrap().file;
                Ok::<_, runner::Halt>((file.number, file.query_code, file.id))
            })
            .unwrap()
    }

    /// Who plays on it.
    pub fn stage(&self) -> Stage {
        let (persons, holders, organs) = (Arc::clone(&self.basics), Arc::clone(&self.basics), Arc::clone(&self.basics));
        Stage {
            runner: Arc::clone(self.world.runner()),
            clock: Arc::clone(self.world.clock()),
            applicant: Box::new(move |wanted| {
                let number = wanted.map(|wanted| wanted.id_number.as_str()).filter(|number| !number.is_empty()).unwrap_or(people::SHOPKEEPER);
                Some(Actor { assurance: 3, ..citizen(&format!("account_{number}"), persons.person(number)?) })
            }),
            post: Box::new(move |post, organ| {
                let organ = organ.map_or_else(|| holders.organ("market-supervision").unwrap().id.to_string(), str::to_owned);
                let holder: Option<&TownStaff> = holders.holders(&organ, post).next();
                holder.map(|holder| holder.actor(&format!("account_{}", holder.spec.login)))
            }),
            organ: Box::new(move |duty| organs.organ(duty).map(|organ| organ.id.to_string())),
        }
    }
}

fn publisher() -> PrivateKey {
    PrivateKey::generate(seal::Algorithm::Sm2, &mut SeededEntropy::new(5)).unwrap()
}

fn publish(world: &World, key: &PrivateKey, files: Files, valid_from: &str) {
    let signature = procedure::sign(&files.hash(), "test", key).unwrap();
    let valid_from = valid_from.parse().unwrap();
    world.execute(&Actor::system(), PublishPackage { files: Arc::new(files), signature, valid_from });
    let library = world.runner().service::<Library>().unwrap();
    world.store().read(|tx| library.refresh(tx)).unwrap();
}
