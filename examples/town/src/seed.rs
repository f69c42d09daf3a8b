//! Sets the whole town up: by commands alone, in a clock that is moved through the past year.

use std::path::PathBuf;
use std::sync::Arc;

use blobs::{BlobError, Blobs};
use clock::{Date, FixedClock, Timestamp, WorkCalendar};
use procedure::{Files, Library, LibraryError, PublishPackage, Published, sign};
use runner::{Actor, Authority, Fault, Halt, Refusal, Request, Runner, RunnerBuilder};
use seal::{FieldKeys, Signer};
use serde::Serialize;
use store::{Store, StoreError, Tx};
use trust::{AccountId, AccountKind, LoginName, Role};

use crate::accounts::{self, EntropySource, LAST_ADMIN, PUBLISHER};
use crate::base_registers;
use crate::basics::{self, Basics};
use crate::data_quality;
use crate::exchanging;
use crate::history::play::Stage;
use crate::history::sharing;
use crate::pace::{Pace, day_after};
use crate::people;
use crate::plan;
use crate::sample;
use crate::timers::Timers;

/// How many days before the present the town begins.
const DAYS_BEFORE: i64 = 372;

/// How large the town is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Size {
    /// Residents, besides those known by name.
    pub residents: usize,
    /// Companies, besides those known by name.
    pub companies: usize,
    /// Cases to be submitted over the year; those of the last days, and rectifications, come on top.
    pub cases: usize,
}

impl Size {
    /// 5,000 residents, 800 companies, 300 cases in all; times the scale.
    #[must_use]
    pub fn demo(scale: u32) -> Self {
        let scale = usize::try_from(scale.max(1)).unwrap_or(1);
        Self { residents: 5_000 * scale, companies: 800 * scale, cases: 264 * scale }
    }

    /// Enough for tests.
    #[must_use]
    pub const fn small() -> Self {
        Self { residents: 400, companies: 80, cases: 74 }
    }
}

/// What seeding needs.
pub struct Parts {
    /// The database, migrated.
    pub store: Arc<Store>,
    /// Name of the node.
    pub node: String,
    /// Who rules.
    pub authority: Arc<dyn Authority>,
    /// Random bits for identifiers, salts and passwords.
    pub entropy: EntropySource,
    /// Gives the runner what commands ask for: `FieldKeys`, `WorkCalendar`, `Library`, `PublishingKeys`, `cases::Settings`, the extensions of cases and
    /// all else that
    /// the node's own runner has.
    pub services: Box<dyn Fn(RunnerBuilder) -> RunnerBuilder>,
    /// Where uploaded files lie.
    pub blobs: Blobs,
    /// The folder of the procedure packages.
    pub packages: PathBuf,
    /// Name of the publishing key, for example `package-sm2.v1`.
    pub publisher: String,
    /// The publishing key.
    pub signer: Arc<dyn Signer>,
    /// From which everything is generated.
    pub seed: u64,
}

/// What came about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SeedReport {
    /// Organs.
    pub organs: usize,
    /// Members of staff.
    pub staff: usize,
    /// Persons.
    pub persons: usize,
    /// Legal persons and shops.
    pub legal_persons: usize,
    /// Accounts.
    pub accounts: usize,
    /// Delegations.
    pub delegations: usize,
    /// Packages published.
    pub packages: usize,
    /// Cases, with those that the installation opened by itself.
    pub cases: usize,
    /// Resources of the catalogue.
    pub resources: usize,
    /// Public datasets.
    pub datasets: usize,
    /// Documents and certificates whose PDF is still to be made by the node's worker.
    pub documents_due: usize,
    /// Stories that ended early because a step was refused; empty when all is well.
    pub broken: Vec<String>,
}

/// Why there is no town.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A command was refused.
    #[error("refused while {doing}: {} {} {:?}", .refusal.code, .refusal.sentence.en, .refusal.fields)]
    Refused {
        /// What was being done.
        doing: &'static str,
        /// The refusal.
        refusal: Box<Refusal>,
    },
    /// A fault.
    #[error("a fault while {doing}")]
    Fault {
        /// What was being done.
        doing: &'static str,
        /// The fault.
        #[source]
        fault: Fault,
    },
    /// The library of packages.
    #[error("the published packages cannot be read")]
    Library(#[from] LibraryError),
    /// A package folder.
    #[error("expected procedure packages in {0}")]
    Packages(PathBuf, #[source] std::io::Error),
    /// The sample file could not be stored.
    #[error("the sample file cannot be stored")]
    Blob(#[from] BlobError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether a database has the town.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Nothing at all.
    Empty,
    /// Seeding was interrupted: the data folder is to be thrown away.
    Interrupted,
    /// Everything.
    Complete,
}

/// Whether the town is there.
///
/// # Errors
/// The database's.
pub fn presence(tx: &mut Tx<'_>) -> Result<Presence, StoreError> {
    let last = LoginName::parse(LAST_ADMIN).map(|login| trust::queries::account_of_login(tx, &login)).transpose()?.flatten();
    if last.is_some_and(|account| account.roles.iter().any(|role| role == Role::AuditAdmin.code())) {
        return Ok(Presence::Complete);
    }
    Ok(if parties::divisions(tx)?.is_empty() { Presence::Empty } else { Presence::Interrupted })
}

/// Seeds an empty database. Everything happens before `now`; PDFs are left to the node's worker.
///
/// # Errors
/// A refusal or fault with what was being done; nothing is tried twice.
pub fn seed(parts: &Parts, now: Timestamp, size: Size) -> Result<SeedReport, SeedError> {
    let start = day_after(clock::local_date(now), -DAYS_BEFORE);
    let clock = Arc::new(FixedClock::on(start));
    let hands = Arc::<FixedClock>::clone(&clock);
    let entropy = Arc::clone(&parts.entropy);
    let builder = Runner::builder(Arc::clone(&parts.store), parts.node.clone(), hands, Arc::clone(&parts.authority), move || entropy());
    let runner = Arc::new((parts.services)(builder).build());
    let basics = basics::seed(&runner, &Actor::system()).map_err(doing("registering organs and staff"))?;
    let staff = accounts::open_staff(&runner, &basics, &parts.entropy).map_err(doing("opening the accounts of the staff"))?;
    let admins = accounts::open_admins(&runner, &parts.entropy).map_err(doing("opening the accounts of the administrators"))?;
    let packages = publish(parts, &runner, &basics, &staff, start)?;
    let people = people::register(&runner, parts, start, &size).map_err(doing("registering residents and companies"))?;
    base_registers::fill(&runner, &people, start).map_err(doing("filling the base registers"))?;
    let offered = exchanging::open(&runner, &basics).map_err(doing("offering the base registers"))?;
    let end = clock::local_date(now);
    let published = crate::catalogue::open(&runner, &basics, start, end).map_err(doing("taking over the catalogue"))?;
    data_quality::begin(&runner).map_err(doing("declaring rules of quality"))?;
    let cast = people::cast(&runner, &basics, &people, parts, &staff, start, &size).map_err(doing("opening the accounts of citizens"))?;

    let calendar = service::<WorkCalendar>(&runner).map_err(doing("planning the year"))?;
    let mut stories = plan::stories(parts.seed, &calendar, &cast.cast, &cast.tea_shop, start, now, &size);
    stories.extend(sharing::stories(parts.seed, &basics, &staff, now));
    let (broken, documents_due) = play(parts, &runner, &clock, &basics, &staff, stories, now)?;

    clock.set(now);
    let compiled = crate::catalogue::keep_up(&runner, &basics, end).map_err(doing("keeping the catalogue up to date"))?;
    sharing::afterwards(parts.seed, &runner, &basics, &staff, now).map_err(doing("sharing data among organs"))?;
    let account_of = |member: &basics::TownStaff| {
        let found = basics.staff.iter().zip(&staff).find(|(one, _)| one.id == member.id);
        found.map(|(_, account)| account.to_string()).unwrap_or_default()
    };
    let datasets = crate::seed_opendata(&runner, &parts.blobs, &basics, &account_of, end, parts.seed);
    let datasets = datasets.map_err(doing("publishing datasets"))?;
    base_registers::keep_up(&runner, &people, &basics, &staff, end).map_err(doing("keeping the base registers up to date"))?;
    exchanging::seed(&runner, &basics, offered).map_err(doing("exchanging data among organs"))?;
    accounts::change_passwords(&runner, &staff, AccountKind::Staff, &parts.entropy).map_err(doing("changing first passwords"))?;
    accounts::change_passwords(&runner, &admins, AccountKind::Admin, &parts.entropy).map_err(doing("changing first passwords"))?;
    accounts::grant_admins(&runner, &admins).map_err(doing("giving the administrators their roles"))?;
    let cases = parts.store.read(|tx| cases::queries::item_figures(tx, None))?;
    Ok(SeedReport {
        organs: basics.organs.len(),
        staff: basics.staff.len(),
        persons: basics.persons.len() + people.residents.len(),
        legal_persons: basics.companies.len() + people.companies.len(),
        accounts: staff.len() + admins.len() + cast.accounts,
        delegations: cast.delegations,
        packages,
        cases: usize::try_from(cases.submitted).unwrap_or_default(),
        resources: published + compiled,
        datasets,
        documents_due,
        broken,
    })
}

fn service<T: std::any::Any + Send + Sync>(runner: &Runner) -> Result<Arc<T>, Halt> {
    let lacking = || Fault::because(format!("the runner was built without {}", std::any::type_name::<T>()));
    Ok(runner.service::<T>().ok_or_else(lacking)?)
}

fn doing(doing: &'static str) -> impl Fn(Halt) -> SeedError {
    move |halt| match halt {
        Halt::Refused(refusal) => SeedError::Refused { doing, refusal },
        Halt::Fault(fault) => SeedError::Fault { doing, fault },
    }
}

/// Publishes every package of the folder, signed, by the member of staff who has that role.
fn publish(parts: &Parts, runner: &Runner, basics: &Basics, accounts: &[AccountId], valid_from: Date) -> Result<usize, SeedError> {
    const DOING: &str = "publishing packages";
    let mut clerk =
        basics.staff.iter().zip(accounts).find(|(member, _)| member.spec.login == PUBLISHER).map(|(member, id)| member.actor(id.as_str()));
    let clerk = clerk.as_mut().ok_or_else(|| doing(DOING)(Fault::because("nobody publishes packages").into()))?;
    clerk.roles.push(Role::PackagePublisher.code().to_owned());
    let unreadable = |error| SeedError::Packages(parts.packages.clone(), error);
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(&parts.packages).map_err(unreadable)? {
        folders.push(entry.map_err(unreadable)?.path());
    }
    folders.retain(|folder| folder.join("item.toml").is_file());
    folders.sort();
    let mut published = 0;
    for folder in folders {
        let files = Arc::new(Files::read_dir(&folder).map_err(unreadable)?);
        let signature = sign(&files.hash(), &parts.publisher, &*parts.signer).map_err(|fault| doing(DOING)(Halt::fault(fault)))?;
        let command = PublishPackage { files, signature, valid_from };
        let Published { new, .. } = runner.execute(Request::by(clerk.clone()), command).map_err(doing(DOING))?.outcome;
        published += usize::from(new);
    }
    if let Some(library) = runner.service::<Library>() {
        parts.store.read(|tx| library.refresh(tx))?;
    }
    Ok(published)
}

fn play(
    parts: &Parts,
    runner: &Arc<Runner>,
    clock: &FixedClock,
    basics: &Basics,
    accounts: &[AccountId],
    stories: Vec<crate::history::Story>,
    now: Timestamp,
) -> Result<(Vec<String>, usize), SeedError> {
    const DOING: &str = "playing the cases of the year";
    let keys = service::<FieldKeys>(runner).map_err(doing(DOING))?;
    let calendar = service::<WorkCalendar>(runner).map_err(doing(DOING))?;
    let sample = sample::store(&parts.blobs)?;
    let timers = Timers::new(runner, now);
    let pace = Pace(calendar);
    let stage = Stage { runner, clock, timers: &timers, keys: &keys, pace, basics, accounts, sample: &sample, now, seed: parts.seed };
    let broken = stage.play(stories).map_err(doing(DOING))?;
    Ok((broken, timers.postponed()))
}
