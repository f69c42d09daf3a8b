//! A runner in a world that stands still until it is moved.

use std::any::Any;
use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use clock::{FixedClock, Timestamp};
use ids::SeededEntropy;
use jobs::Worker;
use runner::{Actor, ActorKind, ActorPost, Authority, Command, Executed, Halt, Refusal, Request, Resource, Ruling, Runner, RunnerBuilder};
use store::{Migration, Store, StoreError, Tx};

use crate::TestDatabase;

const NODE: &str = "test.node";
const JOB_ROUNDS_MAX: usize = 1_000;

/// An authority that permits everything.
pub struct PermitAll;

/// An authority that permits nothing.
pub struct PermitNone;

impl Authority for PermitAll {
    fn rule(&self, _: &Actor, _: &str, _: &Resource) -> Ruling {
        Ruling { permitted: true, policies: vec!["permit-all".into()] }
    }
}

impl Authority for PermitNone {
    fn rule(&self, _: &Actor, _: &str, _: &Resource) -> Ruling {
        Ruling { permitted: false, policies: Vec::new() }
    }
}

/// A member of staff with posts, for tests that need no accounts.
#[must_use]
pub fn staff(account: &str, organ: &str, division: &str, posts: &[&str]) -> Actor {
    let held = |post: &&str| ActorPost { post: (*post).into(), organ: organ.into(), division: division.into() };
    Actor { posts: posts.iter().map(held).collect(), party: Some(account.into()), assurance: 3, ..Actor::bare(account, ActorKind::Staff) }
}

/// Builds a [`World`].
pub struct WorldBuilder {
    database: TestDatabase,
    clock: Arc<FixedClock>,
    builder: RunnerBuilder,
}

impl WorldBuilder {
    /// Brings a component's tables up.
    #[must_use]
    pub fn migrate(self, component: &'static str, migrations: &'static [Migration]) -> Self {
        self.database.store().migrate(component, migrations).expect("migrations that run on an empty database");
        self
    }

    /// Gives commands something to ask for by type.
    #[must_use]
    pub fn with<T: Any + Send + Sync>(mut self, service: Arc<T>) -> Self {
        self.builder = self.builder.with(service);
        self
    }

    /// The clock of the world, for services that need it.
    #[must_use]
    pub fn clock(&self) -> Arc<FixedClock> {
        Arc::clone(&self.clock)
    }

    /// The finished world.
    #[must_use]
    pub fn build(self) -> World {
        World { runner: Some(Arc::new(self.builder.build())), database: self.database, clock: self.clock, unfinished: false }
    }
}

/// A runner over a test database, with a clock to move.
pub struct World {
    runner: Option<Arc<Runner>>,
    database: TestDatabase,
    clock: Arc<FixedClock>,
    unfinished: bool,
}

impl World {
    /// Starts at a local time of China, `2026-03-02T09:00`.
    #[must_use]
    pub fn on(database: TestDatabase, start: &str, authority: impl Authority + 'static) -> WorldBuilder {
        let clock = Arc::new(FixedClock::new(local(start)));
        let seeds = AtomicU64::new(1);
        let entropy = move || -> Box<dyn ids::Entropy> { Box::new(SeededEntropy::new(seeds.fetch_add(1, Ordering::Relaxed))) };
        let builder = Runner::builder(database.store(), NODE, Arc::<FixedClock>::clone(&clock), Arc::new(authority), entropy);
        WorldBuilder { database, clock, builder }
            .migrate("journal", journal::MIGRATIONS)
            .migrate("jobs", jobs::MIGRATIONS)
            .migrate("runner", runner::MIGRATIONS)
    }

    /// The runner.
    #[must_use]
    pub fn runner(&self) -> &Arc<Runner> {
        self.runner.as_ref().expect("there until dropped")
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> Arc<Store> {
        self.database.store()
    }

    /// The clock.
    #[must_use]
    pub const fn clock(&self) -> &Arc<FixedClock> {
        &self.clock
    }

    /// Moves the clock to a local time of China.
    pub fn move_to(&self, moment: &str) {
        self.clock.set(local(moment));
    }

    /// Runs a command that must succeed.
    ///
    /// # Panics
    /// When it does not.
    pub fn execute<C: Command>(&self, actor: &Actor, command: C) -> Executed<C::Outcome> {
        match self.try_execute(actor, command) {
            Ok(executed) => executed,
            Err(Halt::Refused(refusal)) => panic!("expected {} to succeed, but it was refused: {refusal:#?}", C::ACTION),
            Err(Halt::Fault(fault)) => panic!("expected {} to succeed, but: {fault:?}", C::ACTION),
        }
    }

    /// Runs a command that must be refused.
    ///
    /// # Panics
    /// When it is not.
    pub fn refuse<C: Command>(&self, actor: &Actor, command: C) -> Refusal {
        match self.try_execute(actor, command) {
            Ok(_) => panic!("expected {} to be refused, but it succeeded", C::ACTION),
            Err(Halt::Refused(refusal)) => *refusal,
            Err(Halt::Fault(fault)) => panic!("expected {} to be refused, but: {fault:?}", C::ACTION),
        }
    }

    /// Runs a command.
    ///
    /// # Errors
    /// Its refusal or fault.
    pub fn try_execute<C: Command>(&self, actor: &Actor, command: C) -> Result<Executed<C::Outcome>, Halt> {
        self.runner().execute(Request::by(actor.clone()), command)
    }

    /// Reads.
    ///
    /// # Panics
    /// When the database fails.
    pub fn read<T>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, StoreError>) -> T {
        self.store().read(work).expect("a read that works")
    }

    /// Does all jobs that are due, and those that become due thereby, at the present moment.
    ///
    /// # Panics
    /// When they do not come to an end.
    pub fn run_jobs(&self, worker: &Worker) {
        use clock::Clock;
        for _ in 0..JOB_ROUNDS_MAX {
            if worker.run_due(self.clock.now().as_millisecond()).expect("the queue") == 0 {
                return;
            }
        }
        panic!("jobs go on for ever");
    }

    /// The test leaves jobs on purpose.
    #[must_use]
    pub const fn leave_unfinished(mut self) -> Self {
        self.unfinished = true;
        self
    }

    fn check_journal(&self) {
        let mut exported = Vec::new();
        self.store()
            .read(|tx| {
                exported.clear();
                let head = journal::head(tx, NODE)?;
                journal::export(tx, &head.body(), head.size, &mut exported).expect("an export");
                Ok::<_, journal::JournalError>(())
            })
            .expect("a readable journal");
        journal::verify_export(&mut Cursor::new(exported)).expect("a journal that verifies");
    }

    fn check_jobs(&self) {
        use clock::Clock;
        let now = self.clock.now().as_millisecond();
        let left = self.read(|tx| {
            let rows = tx
                .query("select kind, state, coalesce(last_error, '') from job where (due_ms <= $1 and state <> 'held') or state = 'dead'", &[&now])?;
            rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect::<Result<Vec<(String, String, String)>, StoreError>>()
        });
        assert!(left.is_empty(), "jobs were left: {left:?}");
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        self.check_journal();
        if !self.unfinished {
            self.check_jobs();
        }
        self.runner = None;
    }
}

fn local(moment: &str) -> Timestamp {
    let civil: jiff::civil::DateTime = moment.parse().expect("a local time such as 2026-03-02T09:00");
    civil.to_zoned(clock::zone().clone()).expect("a time that exists in China").timestamp()
}
