//! First answers by idempotency key: sealed where the installation has keys, and forgotten after a while.

use std::any::TypeId;
use std::sync::Arc;

use ids::Entropy;
use seal::FieldKeys;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx};

use crate::context::Services;
use crate::{ActorKind, Executed, Halt, Refusal, Request};

const PLACE: &str = "runner_answer.answer";
const ANSWERS_KEPT_MS: i64 = 30 * 24 * 3_600 * 1_000;
/// How many answers that are too old each new one takes away.
const FORGOTTEN_AT_ONCE: i64 = 16;

/// A request that names a key.
pub(crate) struct Asked<'r> {
    actor: &'r str,
    key: &'r str,
    command: &'static str,
    /// Of what was asked and for whom: the same key for anything else is refused.
    request_sm3: String,
    keys: Option<Arc<FieldKeys>>,
}

/// What is kept.
#[derive(Serialize, Deserialize)]
struct Kept<T> {
    request_sm3: String,
    executed: T,
}

impl<'r> Asked<'r> {
    pub(crate) fn of(services: &Services, request: &'r Request, command: &'static str, body: &impl Serialize) -> Result<Option<Self>, Halt> {
        let actor = &request.actor;
        let Some(key) = request.key.as_deref().filter(|_| actor.kind != ActorKind::Anonymous) else { return Ok(None) };
        let body = serde_json::to_string(&(&actor.on_behalf, body))?;
        let keys = services.get(&TypeId::of::<FieldKeys>()).cloned().and_then(|any| any.downcast::<FieldKeys>().ok());
        let request_sm3 = hex::encode(seal::hash::sm3(body.as_bytes()));
        Ok(Some(Self { actor: &actor.account, key, command, request_sm3, keys }))
    }
}

type Answer<T> = Result<Executed<T>, Halt>;

pub(crate) fn first_answer<T: DeserializeOwned>(tx: &mut Tx<'_>, asked: &Asked<'_>) -> Result<Option<Answer<T>>, Halt> {
    let found = tx.query_opt("select command, answer from runner_answer where actor = $1 and answer_key = $2", &[&asked.actor, &asked.key])?;
    let Some(row) = found else { return Ok(None) };
    if row.get::<String>(0)? != asked.command {
        return Ok(Some(Err(Refusal::key_reused().into())));
    }
    let answer: String = row.get(1)?;
    let plain = match &asked.keys {
        Some(keys) => keys.open(asked.actor, PLACE, &answer.parse().map_err(Halt::fault)?).map_err(Halt::fault)?.to_string(),
        None => answer,
    };
    let mark: Kept<serde::de::IgnoredAny> = serde_json::from_str(&plain)?;
    if mark.request_sm3 != asked.request_sm3 {
        return Ok(Some(Err(Refusal::key_reused().into())));
    }
    let kept: Kept<Executed<T>> = serde_json::from_str(&plain)?;
    Ok(Some(Ok(kept.executed)))
}

/// Keeps the answer. Whoever sends the same request at the same moment runs again and finds it.
pub(crate) fn keep<T: Serialize>(
    tx: &mut Tx<'_>,
    asked: &Asked<'_>,
    executed: &Executed<T>,
    at_ms: i64,
    entropy: &mut dyn Entropy,
) -> Result<(), Halt> {
    let plain = serde_json::to_string(&Kept { request_sm3: asked.request_sm3.clone(), executed })?;
    let answer = match &asked.keys {
        Some(keys) => keys.seal(asked.actor, PLACE, &plain, entropy).map_err(Halt::fault)?.to_string(),
        None => plain,
    };
    let written = tx.execute(
        "insert into runner_answer (actor, answer_key, command, answer, at_ms) values ($1, $2, $3, $4, $5)",
        &[&asked.actor, &asked.key, &asked.command, &answer, &at_ms],
    );
    match written {
        Err(StoreError::Constraint { .. }) => return Err(tx.conflict().into()),
        other => drop(other?),
    }
    forget_old(tx, at_ms)
}

/// Answers are kept for as long as somebody may send again, not longer. The old ones are looked up first, by the index of time: a
/// deletion by subquery would read the whole table where the planner believes it to be small.
fn forget_old(tx: &mut Tx<'_>, now_ms: i64) -> Result<(), Halt> {
    let before = now_ms.saturating_sub(ANSWERS_KEPT_MS);
    let old = tx.query("select actor, answer_key from runner_answer where at_ms < $1 order by at_ms limit $2", &[&before, &FORGOTTEN_AT_ONCE])?;
    for row in old {
        let (actor, key): (String, String) = (row.get(0)?, row.get(1)?);
        tx.execute("delete from runner_answer where actor = $1 and answer_key = $2", &[&actor, &key])?;
    }
    Ok(())
}
