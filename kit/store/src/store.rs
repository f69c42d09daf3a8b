//! The door: open, read, write.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::pool::Pool;
use crate::{StoreError, Tx, pg, sqlite};

const SQLITE_READERS: usize = 4;
const PG_READERS: usize = 4;
const PG_WRITERS: usize = 4;
const GROUP_MAX: usize = 256;
const CONFLICT_RETRIES_MAX: u32 = 20;
const CONFLICT_PAUSE_FIRST: Duration = Duration::from_millis(1);
const CONFLICT_DOUBLINGS_MAX: u32 = 6;

/// Where the data lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Config {
    /// One file.
    Sqlite {
        /// The file; its folder must exist.
        path: PathBuf,
        /// Whether a commit waits for the disk.
        durability: Durability,
    },
    /// A PostgreSQL server.
    Postgres {
        /// `host=… user=… dbname=…`, or a `postgresql://` address.
        address: String,
    },
}

/// Whether a commit waits for the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// An answered commit survives a power cut.
    Full,
    /// For tests and throw-away data.
    None,
}

type Run = Box<dyn FnMut(&mut Tx<'_>) -> Result<(), StoreError> + Send>;
type Done = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// One piece of work in the queue. `run` keeps its own answer; `Err` from it means "undo this piece".
struct Piece {
    run: Run,
    done: Done,
}

enum Readers {
    Sqlite(Pool<sqlite::Connection>),
    Postgres(Pool<pg::Connection>, String),
}

/// One database. Cheap to share through an `Arc`; closes when the last is dropped.
pub struct Store {
    queue: Option<Sender<Piece>>,
    readers: Readers,
    writers: Vec<JoinHandle<()>>,
    config: Config,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("readers", &self.is_postgres()).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the database and starts its writers.
    ///
    /// # Errors
    /// [`StoreError::Open`] with the place and the reason.
    pub fn open(config: &Config) -> Result<Self, StoreError> {
        let (queue, pieces) = unbounded::<Piece>();
        let mut writers = Vec::new();
        let readers = match config {
            Config::Sqlite { path, durability } => {
                let writer = sqlite::Connection::open(path, *durability, false)?;
                writers.push(spawn("store-writer", move || write_groups(&writer, &pieces))?);
                let open = |_| sqlite::Connection::open(path, *durability, true);
                Readers::Sqlite(Pool::new((0..SQLITE_READERS).map(open).collect::<Result<_, _>>()?))
            }
            Config::Postgres { address } => {
                for _ in 0..PG_WRITERS {
                    let connection = pg::Connection::open(address)?;
                    let (pieces, address) = (pieces.clone(), address.clone());
                    writers.push(spawn("store-writer", move || write_singly(connection, &address, &pieces))?);
                }
                let open = |_| pg::Connection::open(address);
                Readers::Postgres(Pool::new((0..PG_READERS).map(open).collect::<Result<_, _>>()?), address.clone())
            }
        };
        Ok(Self { queue: Some(queue), readers, writers, config: config.clone() })
    }

    /// How it was opened.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Whether the database is PostgreSQL; for reports only, never to branch on.
    #[must_use]
    pub const fn is_postgres(&self) -> bool {
        matches!(self.readers, Readers::Postgres(..))
    }

    /// Reads in one snapshot, in the caller's thread. Statements that write fail.
    ///
    /// # Errors
    /// What the work returns, or the fault of the database.
    pub fn read<T, E: From<StoreError>>(&self, mut work: impl FnMut(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        match &self.readers {
            Readers::Sqlite(pool) => pool.with(|connection| {
                connection.execute("begin", &[])?;
                let _end = EndOfReading(connection);
                work(&mut connection.tx())
            }),
            Readers::Postgres(pool, address) => pool.with(|connection| {
                if connection.is_closed() {
                    *connection = pg::Connection::open(address)?;
                }
                let answer = connection.run(true, &mut work);
                if !connection.broke_before_work() {
                    return answer;
                }
                *connection = pg::Connection::open(address)?;
                connection.run(true, &mut work)
            }),
        }
    }

    /// Writes and waits for the commit.
    ///
    /// # Errors
    /// What the work returns, or the fault of the database; in both cases nothing was written.
    pub fn write<T, E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        // Whoever waits sleeps at once: of many who look again and again, the writer would have to wait for each.
        let (send, receive) = oneshot::channel();
        self.write_then(work, move |answer| {
            // The receiver waits below; if it is gone, nobody wants the answer.
            let _ = send.send(answer);
        });
        receive.recv().unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Writes, and calls `done` with the answer after the commit (on a writer's thread: keep it short).
    pub fn write_then<T, E>(
        &self,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        done: impl FnOnce(Result<T, E>) + Send + 'static,
    ) where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let kept: Arc<Mutex<Option<Result<T, E>>>> = Arc::default();
        let keeper = Arc::clone(&kept);
        let run: Run = Box::new(move |tx| {
            let answer = work(tx);
            let verdict = if answer.is_ok() { Ok(()) } else { Err(StoreError::Conflict) };
            *keeper.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
            verdict
        });
        let done: Done = Box::new(move |outcome| {
            let answer = kept.lock().unwrap_or_else(PoisonError::into_inner).take();
            done(match (outcome, answer) {
                (Ok(()), Some(answer)) | (Err(StoreError::Conflict), Some(answer @ Err(_))) => answer,
                (Err(fault), _) => Err(fault.into()),
                (Ok(()), None) => Err(StoreError::Closed.into()),
            });
        });
        let refused = match &self.queue {
            Some(queue) => queue.send(Piece { run, done }).err().map(|e| e.0),
            None => Some(Piece { run, done }),
        };
        if let Some(piece) = refused {
            (piece.done)(Err(StoreError::Closed));
        }
    }

    /// Runs a script outside of any queue discipline; for migrations only.
    pub(crate) fn script(&self, script: &'static str) -> Result<(), StoreError> {
        self.write(move |tx| tx.batch(script))
    }

    /// Copies the database into a new file, consistently, while it is in use. Only for SQLite.
    ///
    /// # Errors
    /// The fault of the database; [`StoreError::Closed`] on PostgreSQL, whose own tools make backups.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        match (&self.readers, &self.config) {
            (Readers::Sqlite(_), Config::Sqlite { path: from, durability }) => sqlite::Connection::open(from, *durability, false)?.copy_to(path),
            _ => Err(StoreError::Closed),
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.queue = None;
        for writer in self.writers.drain(..) {
            // A writer that panicked has nothing left to lose: its open transaction was rolled back.
            let _ = writer.join();
        }
    }
}

/// Ends the snapshot of a reader, also when the work panics: else the connection would be of no use to the next.
struct EndOfReading<'a>(&'a sqlite::Connection);

impl Drop for EndOfReading<'_> {
    fn drop(&mut self) {
        // Nothing was written; a reader that cannot end its snapshot says so at the next `begin`.
        let _ = self.0.execute("rollback", &[]);
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StoreError> {
    let failed = |source: std::io::Error| StoreError::Open { place: "a writer thread".into(), source: Box::new(source) };
    std::thread::Builder::new().name(name.into()).spawn(run).map_err(failed)
}

/// The one writer of SQLite: all that waits, each in a savepoint, one commit.
fn write_groups(connection: &sqlite::Connection, pieces: &Receiver<Piece>) {
    while let Ok(first) = pieces.recv() {
        if let Err(fault) = connection.execute("begin immediate", &[]) {
            answer(first.done, Err(fault));
            continue;
        }
        let mut done = Vec::new();
        let mut next = Some(first);
        let mut lost = None;
        while let Some(mut piece) = next {
            let verdict = run_in_savepoint(connection, &mut piece.run);
            if connection.has_lost_transaction() {
                // A full disk makes SQLite roll back everything: the whole group is undone, and says so.
                lost = Some(if connection.found_disk_full() { StoreError::DiskFull } else { StoreError::Conflict });
            }
            done.push((piece.done, verdict));
            next = if lost.is_none() && done.len() < GROUP_MAX { pieces.try_recv().ok() } else { None };
        }
        let committed = lost.map_or_else(|| connection.execute("commit", &[]).map(drop), Err);
        if committed.is_err() && !connection.has_lost_transaction() {
            let _ = connection.execute("rollback", &[]);
        }
        for (done, verdict) in done {
            answer(done, committed.as_ref().map_err(copy_of).and(verdict));
        }
    }
}

/// The same fault for each piece of a group that was not committed.
fn copy_of(fault: &StoreError) -> StoreError {
    match fault {
        StoreError::DiskFull => StoreError::DiskFull,
        StoreError::Conflict => StoreError::Conflict,
        other => StoreError::Commit(other.to_string()),
    }
}

fn run_in_savepoint(connection: &sqlite::Connection, run: &mut Run) -> Result<(), StoreError> {
    connection.execute("savepoint piece", &[])?;
    let _of_others = connection.has_failed();
    let verdict = caught(|| run(&mut connection.tx()));
    let verdict = if connection.has_failed() { verdict.and(Err(StoreError::Undone)) } else { verdict };
    if verdict.is_err() {
        connection.execute("rollback to savepoint piece", &[])?;
    }
    connection.execute("release savepoint piece", &[])?;
    verdict
}

/// A writer of PostgreSQL: one transaction a piece, again after a conflict, wherever in the work it was met.
fn write_singly(mut connection: pg::Connection, address: &str, pieces: &Receiver<Piece>) {
    while let Ok(mut piece) = pieces.recv() {
        let mut tries = 0;
        let verdict = loop {
            if connection.is_closed() {
                match pg::Connection::open(address) {
                    Ok(fresh) => connection = fresh,
                    Err(fault) => break Err(fault),
                }
            }
            let verdict = caught(|| connection.run(false, &mut piece.run));
            tries += 1;
            if verdict.is_ok() || !(connection.met_conflict() || connection.broke_before_work()) || tries >= CONFLICT_RETRIES_MAX {
                break verdict;
            }
            std::thread::sleep(CONFLICT_PAUSE_FIRST * (1 << tries.min(CONFLICT_DOUBLINGS_MAX)));
        };
        answer(piece.done, verdict);
    }
}

/// Tells whoever waits; a panic there must not end the writer.
fn answer(done: Done, verdict: Result<(), StoreError>) {
    if let Err(panicked) = caught(|| {
        done(verdict);
        Ok(())
    }) {
        tracing::error!(error = %panicked, "an answer could not be handed over");
    }
}

fn caught(run: impl FnOnce() -> Result<(), StoreError>) -> Result<(), StoreError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
        Err(StoreError::Panicked(said.unwrap_or_else(|| "without a word".into())))
    })
}
