//! Registers whose records are with somebody else, who is asked live.
//!
//! The outside is never touched inside a transaction: a first command authorises the question, then the source is asked, then a second
//! command authorises again, records the reading and only then gives the values. What was fetched lies in a [`Fetched`] meanwhile, which shows
//! nothing to anybody. If the second command fails, the source was asked, but nobody was shown anything.

use std::collections::HashMap;

use clock::Clock;
use runner::{Actor, Command, Fault, Halt, Refusal, Request, Resource, Runner};
use seal::FieldKeys;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use sources::{Source, SourceError};

use crate::commands::{DiscloseFetched, ForgetAnswers, HoldAnswer, PrepareReading, ReadRecord};
use crate::model::asking::{Asked, refusals};
use crate::model::declaration::{Declaration, Origin};
use crate::model::record::Record;
use crate::scan::Held;

/// The code of the refusal when a source does not answer.
pub const SOURCE_UNREACHABLE: &str = "source-unreachable";

/// An answer that is younger is not asked for again.
const FRESH_MS_MAX: i64 = 15 * 60_000;

/// The sources that the node's site file names; given to the runner when it is built.
#[derive(Default)]
pub struct Connections(HashMap<String, Box<dyn Source>>);

impl Connections {
    /// Adds a source under the name by which declarations know it.
    #[must_use]
    pub fn with(mut self, name: &str, source: Box<dyn Source>) -> Self {
        self.0.insert(name.to_owned(), source);
        self
    }

    /// Whether a source gives all its rows, not answers to single keys alone; `None` where the site file has none of this name.
    #[must_use]
    pub fn gives_rows(&self, name: &str) -> Option<bool> {
        self.0.get(name).map(|source| source.gives_rows())
    }
}

/// What a source answered; its values are given by [`DiscloseFetched`] and [`crate::disclose_fetched`] alone, after the reading was recorded.
#[derive(Clone)]
pub struct Fetched(Option<Map<String, Value>>);

impl Fetched {
    /// What somebody else answered about a key of a register; `None` where there is no such record.
    #[must_use]
    pub fn of(declaration: &Declaration, row: Option<&Map<String, Value>>) -> Self {
        Self(row.map(|row| understood(declaration, row)))
    }

    pub(crate) const fn values(&self) -> Option<&Map<String, Value>> {
        self.0.as_ref()
    }
}

impl Serialize for Fetched {
    /// A hash: the values must not leave by the way of a request's text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string(&self.0).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&seal::hash::sm3_hex(text.as_bytes()))
    }
}

/// The record under a key, wherever the register's records are. Waits for the source: not for the thread of a writer.
///
/// # Errors
/// Refusals of the question; `source-unreachable` and `source-ambiguous` of a source.
pub fn look_up(runner: &Runner, request: &Request, asked: &Asked, key: &str) -> Result<Option<Record>, Halt> {
    let declaration = runner.store().read(|tx| crate::declaration(tx, &asked.register))?;
    let declaration = declaration.ok_or_else(|| refusals::register_unknown(&asked.register))?;
    // An answer kept under a key would be a second copy, and given again without a reading.
    let unkeyed = Request::by(request.actor.clone());
    let Origin::Asked { connection } = &declaration.origin else {
        let command = ReadRecord { asked: asked.clone(), key: key.to_owned() };
        return Ok(runner.execute(unkeyed, command)?.outcome);
    };
    let Some(key) = declaration.parse_key(key) else { return Ok(None) };
    runner.execute(unkeyed.clone(), PrepareReading { asked: asked.clone() })?;
    let connections = runner.service::<Connections>().ok_or_else(|| Fault::because("the runner was built without connections"))?;
    let fetched = fetch(&connections, connection, &declaration, &key)?;
    Ok(runner.execute(unkeyed, DiscloseFetched { asked: asked.clone(), key, fetched })?.outcome)
}

/// Asks who keeps a register about the party for whom the actor acts, for her own eyes: what comes is held for the day, and found by
/// [`crate::read_own`]. A register that is kept here, or whose key is not the subject, is not asked, nor is one that answered shortly before. Waits for the
/// source: not for the thread of a writer.
///
/// # Errors
/// `not-permitted`; `source-unreachable` and `source-ambiguous` of a source.
pub fn ask_about_own(runner: &Runner, actor: &Actor, register: &str) -> Result<(), Halt> {
    let keys = runner.service::<FieldKeys>().ok_or_else(|| Fault::because("the runner was built without keys of fields"))?;
    let stale_ms = runner.clock().now().as_millisecond().saturating_sub(FRESH_MS_MAX);
    let question = runner.store().read(|tx| -> Result<_, Halt> {
        let Some(declaration) = crate::declaration(tx, register)?.filter(|declaration| declaration.key_is_subject()) else { return Ok(None) };
        let Origin::Asked { connection } = declaration.origin.clone() else { return Ok(None) };
        let Some(number) = crate::own_number(tx, &keys, actor)? else { return Ok(None) };
        let mut is_fresh = false;
        for index in keys.blind_indexes(tracker::SUBJECT_PLACE, &number) {
            let held = crate::store::answers::find(tx, register, &index)?;
            is_fresh = is_fresh || held.is_some_and(|held| held.recorded_at_ms > stale_ms);
        }
        Ok(Some((declaration, connection, number)).filter(|_| !is_fresh))
    })?;
    let Some((declaration, connection, number)) = question else { return Ok(()) };
    let resource = Resource { party: actor.acting_party().map(str::to_owned), ..Resource::of("register") };
    if !runner.authority().rule(actor, HoldAnswer::ACTION, &resource).permitted {
        return Err(Refusal::not_permitted().into());
    }
    let connections = runner.service::<Connections>().ok_or_else(|| Fault::because("the runner was built without connections"))?;
    let fetched = fetch(&connections, &connection, &declaration, &number)?;
    runner.execute(Request::by(actor.clone()), HoldAnswer { register: register.to_owned(), fetched }).map(drop)
}

/// Removes what was held for days that are over.
///
/// # Errors
/// The database's.
pub fn forget_answers(runner: &Runner) -> Result<(), Halt> {
    let today = clock::local_date(runner.clock().now()).to_string();
    if runner.store().read(|tx| crate::store::answers::is_there_before(tx, &today))? {
        runner.execute(Request::by(Actor::system()), ForgetAnswers)?;
    }
    Ok(())
}

/// Every row of a register about nobody that is with somebody else, one after another, its place the number of the row there. Reads all of it: not for the
/// thread of a writer. Of registers about persons single records are read, each on record.
///
/// # Errors
/// The refusals `source-unreachable` and `source-by-key`; a fault for a register about persons.
pub fn each_row(runner: &Runner, declaration: &Declaration, visit: &mut dyn FnMut(&Held)) -> Result<(), Halt> {
    let Origin::Asked { connection } = &declaration.origin else { return Err(Fault::because("the register is kept here").into()) };
    if declaration.subject.is_some() {
        return Err(Fault::because("a register about persons is read record by record").into());
    }
    let connections = runner.service::<Connections>().ok_or_else(|| Fault::because("the runner was built without connections"))?;
    let source = connections.0.get(connection).ok_or_else(unreachable)?;
    let each = source.each(&mut |row, values| visit(&Held { position: row, values: understood(declaration, values) }));
    each.map_err(|fault| match fault {
        SourceError::ByKeyAlone => source_by_key().into(),
        SourceError::Unmapped { .. } | SourceError::Unreachable { .. } | SourceError::Unexpected { .. } => unreachable().into(),
    })
}

fn fetch(connections: &Connections, connection: &str, declaration: &Declaration, key: &str) -> Result<Fetched, Halt> {
    let source = connections.0.get(connection).ok_or_else(unreachable)?;
    let parts: Vec<&str> = if declaration.key.len() == 1 { vec![key] } else { key.split('/').collect() };
    let named: Vec<(&str, &str)> = declaration.key.iter().map(String::as_str).zip(parts).collect();
    let mut rows = source.by_key(&named).map_err(|_| unreachable())?;
    match (rows.pop(), rows.is_empty()) {
        (None, _) => Ok(Fetched(None)),
        (Some(row), true) => Ok(Fetched::of(declaration, Some(&row))),
        (Some(_), false) => Err(ambiguous().into()),
    }
}

/// Declared fields alone, in their own form; a value that has another form is kept as it came.
fn understood(declaration: &Declaration, row: &Map<String, Value>) -> Map<String, Value> {
    let mut values = Map::new();
    for field in &declaration.fields {
        let Some(value) = row.get(&field.name) else { continue };
        match field.value(value) {
            Ok(None) => {}
            Ok(Some(read)) => drop(values.insert(field.name.clone(), read)),
            Err(_) => drop(values.insert(field.name.clone(), value.clone())),
        }
    }
    values
}

fn unreachable() -> Refusal {
    Refusal::new(
        SOURCE_UNREACHABLE,
        "保存数据的单位暂时没有答复。",
        "The office that keeps the records does not answer at present.",
        "请稍后再试；急需时可请当事人提交材料。",
        "Try again later; where it is urgent, accept the material from the person.",
    )
}

/// The refusal of work on all rows of a source that answers single keys alone.
#[must_use]
pub fn source_by_key() -> Refusal {
    Refusal::new(
        "source-by-key",
        "来源系统只能按主键逐条查询，不能整体检查或比对。",
        "The source answers single keys and cannot be examined or compared as a whole.",
        "请保存数据的单位提供数据库视图，或者导出文件后比对。",
        "Ask the office that keeps the records for a view of its database, or compare a file exported from it.",
    )
}

fn ambiguous() -> Refusal {
    Refusal::new(
        "source-ambiguous",
        "来源系统中同一主键有多条记录。",
        "The source has several records under this key.",
        "请联系保存数据的单位核对。",
        "Ask the office that keeps the records to check.",
    )
}
