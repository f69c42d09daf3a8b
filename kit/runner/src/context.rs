//! What a command works with.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

use clock::Timestamp;
use ids::{Entropy, IdSource};
use jobs::NewJob;
use journal::Draft;
use serde::Serialize;
use store::{StoreError, Tx};

use crate::{Actor, Authority, Fault, Halt, Refusal, Resource};

pub(crate) type Services = HashMap<TypeId, Arc<dyn Any + Send + Sync>>;

/// When, by whom and as which version an event happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// The account.
    pub actor: String,
    /// The stream.
    pub stream: String,
    /// The event's version in it.
    pub version: i64,
}

/// What happened. Its JSON is the journal's payload: no personal data in the clear belongs there.
pub trait Event: Serialize {
    /// In the past tense: `case-accepted`.
    fn kind(&self) -> &'static str;

    /// Brings the state tables up to date.
    ///
    /// # Errors
    /// The database's.
    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError>;
}

/// The context of one command: time, actor, identifiers, the open transaction, and what was recorded so far.
pub struct Cx<'a> {
    pub(crate) tx: Tx<'a>,
    pub(crate) now: Timestamp,
    pub(crate) actor: &'a Actor,
    pub(crate) ids: IdSource<'a>,
    pub(crate) node: &'a str,
    pub(crate) action: &'static str,
    pub(crate) authority: &'a dyn Authority,
    pub(crate) services: &'a Services,
    pub(crate) drafts: Vec<Draft>,
    pub(crate) versions: HashMap<String, i64>,
    pub(crate) permitted: bool,
}

impl<'a> Cx<'a> {
    /// The moment of the command.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// The same in milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.now.as_millisecond()
    }

    /// The day in China.
    #[must_use]
    pub fn today(&self) -> clock::Date {
        clock::local_date(self.now)
    }

    /// Who acts.
    #[must_use]
    pub const fn actor(&self) -> &'a Actor {
        self.actor
    }

    /// The node's name.
    #[must_use]
    pub const fn node(&self) -> &'a str {
        self.node
    }

    /// The open transaction.
    pub fn tx(&mut self) -> &mut Tx<'a> {
        &mut self.tx
    }

    /// The source of identifiers.
    pub fn ids(&mut self) -> &mut IdSource<'a> {
        &mut self.ids
    }

    /// Random bits, for salts and query codes.
    pub fn entropy(&mut self) -> &mut dyn Entropy {
        self.ids.entropy()
    }

    /// What was given to the runner when it was built: calendar, package library, keys.
    ///
    /// # Errors
    /// A fault when it was not given.
    pub fn service<T: Any + Send + Sync>(&self) -> Result<Arc<T>, Halt> {
        let found = self.services.get(&TypeId::of::<T>()).cloned().and_then(|any| any.downcast::<T>().ok());
        found.ok_or_else(|| Fault::because(format!("the runner was built without {}", std::any::type_name::<T>())).into())
    }

    /// Asks whether the actor may do the command's own action on the resource.
    ///
    /// # Errors
    /// The refusal `not-permitted`. A command whose resource is hidden from some asks [`Cx::may`] first and answers `not-found`.
    pub fn authorise(&mut self, resource: &Resource) -> Result<(), Halt> {
        self.authorise_as(self.action, resource)
    }

    /// The same for another action than the command's name.
    ///
    /// # Errors
    /// As [`Cx::authorise`].
    pub fn authorise_as(&mut self, action: &str, resource: &Resource) -> Result<(), Halt> {
        if self.authority.rule(self.actor, action, resource).permitted {
            self.permitted = true;
            return Ok(());
        }
        Err(Refusal::not_permitted_for(self.actor).into())
    }

    /// Asks without consequence, for example to answer `not-found` instead of `not-permitted`.
    #[must_use]
    pub fn may(&self, action: &str, resource: &Resource) -> bool {
        self.authority.rule(self.actor, action, resource).permitted
    }

    /// Lets one command at a time work on a stream, until its commit. To be called before the stream's state is read, and for one
    /// stream only, else two commands may wait for each other.
    ///
    /// # Errors
    /// The database's.
    pub fn hold(&mut self, stream: &str) -> Result<(), Halt> {
        let first = seal::hash::sm3(stream.as_bytes()).first_chunk().copied().unwrap_or_default();
        Ok(self.tx.lock(i64::from_be_bytes(first))?)
    }

    /// The version of the last event of a stream; 0 when there is none.
    ///
    /// # Errors
    /// The database's.
    pub fn version_of(&mut self, stream: &str) -> Result<i64, Halt> {
        if let Some(version) = self.versions.get(stream) {
            return Ok(*version);
        }
        let version = journal::stream_version(&mut self.tx, stream)?;
        self.versions.insert(stream.to_owned(), version);
        Ok(version)
    }

    /// Says which version a stream has, as just read from a state table; saves asking the journal.
    pub fn loaded_version(&mut self, stream: &str, version: i64) {
        self.versions.entry(stream.to_owned()).or_insert(version);
    }

    /// Optimistic concurrency: what the actor saw must be the latest.
    ///
    /// # Errors
    /// The refusal `stale-version`.
    pub fn expect_version(&mut self, stream: &str, seen: Option<i64>) -> Result<(), Halt> {
        match seen {
            Some(seen) if seen != self.version_of(stream)? => Err(Refusal::stale_version().into()),
            _ => Ok(()),
        }
    }

    /// Records an event: applies it to the state tables and drafts its journal entry.
    ///
    /// # Errors
    /// A fault when nothing was authorised before; the database's.
    pub fn record(&mut self, stream: &str, event: &dyn RecordableEvent) -> Result<i64, Halt> {
        if !self.permitted {
            return Err(Fault::because(format!("{} recorded {} without an authorisation", self.action, event.kind())).into());
        }
        let version = self.version_of(stream)? + 1;
        let moment = Moment { at_ms: self.now_ms(), actor: self.actor.account.clone(), stream: stream.to_owned(), version };
        event.apply_to(&mut self.tx, &moment)?;
        self.versions.insert(stream.to_owned(), version);
        self.drafts.push(Draft {
            at_ms: moment.at_ms,
            node: self.node.to_owned(),
            actor: moment.actor,
            on_behalf: self.actor.on_behalf.clone(),
            action: self.action.to_owned(),
            stream: moment.stream,
            version,
            kind: event.kind().to_owned(),
            payload: event.payload()?,
        });
        Ok(version)
    }

    /// Promises a job, due at once or later (milliseconds since 1970).
    ///
    /// # Errors
    /// The database's.
    pub fn enqueue(&mut self, kind: &str, payload: &impl Serialize, key: Option<String>, due_ms: Option<i64>) -> Result<(), Halt> {
        let id = self.ids.next_text("job");
        let due_ms = due_ms.unwrap_or_else(|| self.now_ms());
        let job = NewJob { id, kind: kind.to_owned(), payload: serde_json::to_string(payload)?, key, due_ms };
        Ok(jobs::enqueue(&mut self.tx, &job)?)
    }

    /// Takes back what was promised under a key.
    ///
    /// # Errors
    /// The database's.
    pub fn cancel_jobs(&mut self, key: &str) -> Result<(), Halt> {
        jobs::cancel(&mut self.tx, key)?;
        Ok(())
    }
}

/// An [`Event`] behind a reference; implemented for every event.
pub trait RecordableEvent {
    /// As [`Event::kind`].
    fn kind(&self) -> &'static str;
    /// As [`Event::apply`].
    ///
    /// # Errors
    /// The database's.
    fn apply_to(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError>;
    /// The JSON for the journal.
    ///
    /// # Errors
    /// When the event cannot be written as JSON.
    fn payload(&self) -> Result<String, serde_json::Error>;
}

impl<E: Event> RecordableEvent for E {
    fn kind(&self) -> &'static str {
        Event::kind(self)
    }

    fn apply_to(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        self.apply(tx, moment)
    }

    fn payload(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}
