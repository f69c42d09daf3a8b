//! Running commands.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

use clock::Clock;
use ids::{Entropy, IdSource};
use journal::Draft;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Store, Tx};

use crate::answers::{self, Asked};
use crate::context::{Cx, Services};
use crate::{Actor, Authority, Halt, Refusal};

/// A typed request to change something.
pub trait Command: Serialize + Send + 'static {
    /// The answer when it succeeds.
    type Outcome: Serialize + DeserializeOwned + Send + 'static;

    /// The action, as named in the authority's registry: `case.accept`.
    const ACTION: &'static str;

    /// Authorises, loads, decides, records.
    ///
    /// # Errors
    /// A refusal for people, or a fault for operators; nothing stays either way.
    fn run(&self, cx: &mut Cx<'_>) -> Result<Self::Outcome, Halt>;
}

/// Who asks, and under which idempotency key.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who acts.
    pub actor: Actor,
    /// Duplicates under the same key and actor get the first answer. Nobody knows who `anonymous` is, so its keys do not count.
    pub key: Option<String>,
}

impl Request {
    /// Without an idempotency key.
    #[must_use]
    pub const fn by(actor: Actor) -> Self {
        Self { actor, key: None }
    }

    /// With an idempotency key.
    #[must_use]
    pub fn once(actor: Actor, key: impl Into<String>) -> Self {
        Self { actor, key: Some(key.into()) }
    }
}

/// A journal entry that a command made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Recorded {
    /// Position in the journal.
    pub index: i64,
    /// Stream.
    pub stream: String,
    /// Version in it.
    pub version: i64,
    /// What happened.
    pub kind: String,
}

/// The answer of a command that succeeded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Executed<T> {
    /// The command's own answer.
    pub outcome: T,
    /// What it wrote into the journal.
    pub recorded: Vec<Recorded>,
}

type EntropySource = Arc<dyn Fn() -> Box<dyn Entropy> + Send + Sync>;

/// The one door through which state changes.
pub struct Runner {
    store: Arc<Store>,
    inner: Arc<Inner>,
}

struct Inner {
    node: String,
    clock: Arc<dyn Clock>,
    authority: Arc<dyn Authority>,
    entropy: EntropySource,
    services: Services,
}

/// Gathers what a runner needs.
pub struct RunnerBuilder {
    store: Arc<Store>,
    inner: Inner,
}

impl RunnerBuilder {
    /// Gives commands something to ask for by type.
    #[must_use]
    pub fn with<T: Any + Send + Sync>(mut self, service: Arc<T>) -> Self {
        self.inner.services.insert(TypeId::of::<T>(), service);
        self
    }

    /// The finished runner.
    #[must_use]
    pub fn build(self) -> Runner {
        Runner { store: self.store, inner: Arc::new(self.inner) }
    }
}

impl Runner {
    /// Starts building a runner. `entropy` gives a fresh source for each command.
    pub fn builder(
        store: Arc<Store>,
        node: impl Into<String>,
        clock: Arc<dyn Clock>,
        authority: Arc<dyn Authority>,
        entropy: impl Fn() -> Box<dyn Entropy> + Send + Sync + 'static,
    ) -> RunnerBuilder {
        let inner = Inner { node: node.into(), clock, authority, entropy: Arc::new(entropy), services: HashMap::new() };
        RunnerBuilder { store, inner }
    }

    /// The database.
    #[must_use]
    pub const fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// The clock of all commands.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.inner.clock
    }

    /// The node's name.
    #[must_use]
    pub fn node(&self) -> &str {
        &self.inner.node
    }

    /// Who rules on single acts; also asked by pages before they show a button.
    #[must_use]
    pub fn authority(&self) -> &Arc<dyn Authority> {
        &self.inner.authority
    }

    /// Something given to the builder.
    #[must_use]
    pub fn service<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.inner.services.get(&TypeId::of::<T>()).cloned().and_then(|any| any.downcast::<T>().ok())
    }

    /// Runs a command and waits for its commit.
    ///
    /// # Errors
    /// The command's refusal or fault, or the database's fault.
    pub fn execute<C: Command>(&self, request: Request, command: C) -> Result<Executed<C::Outcome>, Halt> {
        let inner = Arc::clone(&self.inner);
        flatten(self.store.write(move |tx| inner.run(tx, &request, &command)))
    }

    /// Runs a command and calls `done` after its commit, on a writer's thread.
    pub fn execute_then<C: Command>(&self, request: Request, command: C, done: impl FnOnce(Result<Executed<C::Outcome>, Halt>) + Send + 'static) {
        let inner = Arc::clone(&self.inner);
        self.store.write_then(move |tx| inner.run(tx, &request, &command), move |answer| done(flatten(answer)));
    }
}

fn flatten<T>(answer: Result<Result<T, Halt>, Halt>) -> Result<T, Halt> {
    answer.and_then(|inner| inner)
}

const START: &str = "command";

impl Inner {
    /// The outer result is the transaction's fate, the inner one the answer: a journalled refusal is committed.
    fn run<C: Command>(&self, tx: &mut Tx<'_>, request: &Request, command: &C) -> Result<Result<Executed<C::Outcome>, Halt>, Halt> {
        let asked = Asked::of(&self.services, request, C::ACTION, command)?;
        if let Some(first) = asked.as_ref().map(|asked| answers::first_answer(tx, asked)).transpose()?.flatten() {
            return Ok(first);
        }
        tx.savepoint(START)?;
        let mut entropy = (self.entropy)();
        let now = self.clock.now();
        let mut cx = Cx {
            tx: tx.reborrow(),
            now,
            actor: &request.actor,
            ids: IdSource::new(now.as_millisecond(), &mut *entropy),
            node: &self.node,
            action: C::ACTION,
            authority: &*self.authority,
            services: &self.services,
            drafts: Vec::new(),
            versions: HashMap::new(),
            permitted: false,
        };
        let answer = command.run(&mut cx);
        let drafts = std::mem::take(&mut cx.drafts);
        drop(cx);
        match answer {
            Ok(outcome) => {
                let executed = Executed { outcome, recorded: write_journal(tx, &drafts, &mut *entropy)? };
                tx.release(START)?;
                if let Some(asked) = &asked {
                    answers::keep(tx, asked, &executed, now.as_millisecond(), &mut *entropy)?;
                }
                Ok(Ok(executed))
            }
            Err(Halt::Refused(refusal)) => {
                tx.rollback_to(START)?;
                self.journal_refusal::<C>(tx, &request.actor, &refusal, now.as_millisecond(), &mut *entropy)?;
                Ok(Err(Halt::Refused(refusal)))
            }
            Err(fault) => Err(fault),
        }
    }

    fn journal_refusal<C: Command>(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        refusal: &Refusal,
        at_ms: i64,
        entropy: &mut dyn Entropy,
    ) -> Result<(), Halt> {
        let stream = IdSource::new(at_ms, entropy).next_text("refusal");
        let draft = Draft {
            at_ms,
            node: self.node.clone(),
            actor: actor.account.clone(),
            on_behalf: actor.on_behalf.clone(),
            action: C::ACTION.to_owned(),
            stream,
            version: 1,
            kind: "command-refused".to_owned(),
            payload: serde_json::json!({ "code": refusal.code }).to_string(),
        };
        journal::append(tx, &[draft], entropy)?;
        Ok(())
    }
}

/// Somebody who wrote the same version first makes the command run again, on what there is then; `stale-version` is for those who
/// never get through.
fn write_journal(tx: &mut Tx<'_>, drafts: &[Draft], entropy: &mut dyn Entropy) -> Result<Vec<Recorded>, Halt> {
    let placed = journal::append(tx, drafts, entropy).inspect_err(|fault| {
        if matches!(fault, journal::JournalError::VersionTaken { .. }) {
            drop(tx.conflict());
        }
    })?;
    let recorded = drafts.iter().zip(placed).map(|(draft, placed)| Recorded {
        index: placed.index,
        stream: draft.stream.clone(),
        version: draft.version,
        kind: draft.kind.clone(),
    });
    Ok(recorded.collect())
}
