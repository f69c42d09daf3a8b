//! Writing versions: valid time and recorded time. What was written is never changed; a new version supersedes the old ones on its days, and
//! what they still say of other days is written again.

use std::collections::HashMap;

use clock::Date;
use runner::{Cx, Halt};
use seal::FieldKeys;
use serde_json::{Map, Value};

use crate::events::Written;
use crate::model::declaration::Declaration;
use crate::model::record::{Cause, Stored};
use crate::queries::Present;
use crate::sealing::{Fresh, key_indexes};
use crate::store as tables;

/// Keys that are looked up at once.
const KEYS_AT_ONCE: usize = 50;

/// A version that is held to be true, opened.
#[derive(Clone)]
struct Line {
    position: i64,
    from: Date,
    until: Option<Date>,
    values: Map<String, Value>,
}

/// What is known under one key.
#[derive(Clone, Default)]
struct Known {
    lines: Vec<Line>,
    version: i64,
}

/// What came of one put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Put {
    Added,
    Changed,
    Unchanged,
}

/// Values for the days from `from` to `until`.
pub(crate) struct NewVersion {
    pub key: String,
    pub values: Map<String, Value>,
    pub from: Date,
    pub until: Option<Date>,
    pub cause: Cause,
}

/// Gathers what is to be written to one register, in one command.
pub(crate) struct Writer<'a> {
    declaration: &'a Declaration,
    keys: &'a FieldKeys,
    known: HashMap<String, Known>,
    written: Written,
    hash: seal::hash::Sm3,
}

impl<'a> Writer<'a> {
    /// A writer that knows what the register holds under these keys. The register's stream must be held by the command.
    pub fn of(cx: &mut Cx<'_>, present: &'a Present, keys: &'a FieldKeys, new_keys: &[&str]) -> Result<Self, Halt> {
        let written =
            Written { register: present.head.slug.clone(), position: present.head.position, key_count: present.head.key_count, ..Written::default() };
        let mut writer = Self { declaration: &present.declaration, keys, known: HashMap::new(), written, hash: seal::hash::Sm3::new() };
        if present.head.key_count > 0 {
            for chunk in new_keys.chunks(KEYS_AT_ONCE) {
                writer.look_up(cx, chunk)?;
            }
        }
        Ok(writer)
    }

    fn look_up(&mut self, cx: &mut Cx<'_>, keys: &[&str]) -> Result<(), Halt> {
        let mut of_index: HashMap<String, &str> = HashMap::new();
        for key in keys {
            of_index.extend(key_indexes(self.declaration, self.keys, key).into_iter().map(|index| (index, *key)));
        }
        let mut indexes: Vec<String> = of_index.keys().cloned().collect();
        indexes.sort();
        for chunk in indexes.chunks(KEYS_AT_ONCE) {
            for stored in tables::records::of_keys(cx.tx(), &self.declaration.slug, chunk)? {
                let Some(key) = of_index.get(&stored.key_index) else { continue };
                self.learn(key, &stored)?;
            }
        }
        Ok(())
    }

    fn learn(&mut self, key: &str, stored: &Stored) -> Result<(), Halt> {
        let known = self.known.entry(key.to_owned()).or_default();
        known.version = known.version.max(stored.version);
        if stored.superseded_at_ms.is_none() {
            let values = stored.open(self.declaration, self.keys, &tracker::in_process("write a new version of a record"))?;
            known.lines.push(Line { position: stored.position, from: stored.valid_from, until: stored.valid_until, values });
        }
        Ok(())
    }

    /// Writes values for some days; nothing where they say what is known.
    pub fn put(&mut self, cx: &mut Cx<'_>, new: NewVersion) -> Result<Put, Halt> {
        let known = self.known.remove(&new.key).unwrap_or_default();
        let covers = |line: &Line| line.from <= new.from && line.until.is_none_or(|until| new.until.is_some_and(|wanted| wanted <= until));
        if known.lines.iter().any(|line| covers(line) && line.values == new.values) {
            self.known.insert(new.key, known);
            return Ok(Put::Unchanged);
        }
        let first = known.version == 0;
        let cause = if first { Cause::Added } else { new.cause };
        let changed = changed_fields(&known, &new);
        let mut next = Known { lines: Vec::new(), version: known.version };
        for line in known.lines {
            if !overlap(&line, new.from, new.until) {
                next.lines.push(line);
                continue;
            }
            self.written.superseded.push(line.position);
            for (from, until) in rests(&line, new.from, new.until) {
                let rest = Line { position: 0, from, until, values: line.values.clone() };
                self.write(cx, &mut next, rest, Cause::Kept, Vec::new())?;
            }
        }
        self.write(cx, &mut next, Line { position: 0, from: new.from, until: new.until, values: new.values }, cause, changed)?;
        self.known.insert(new.key, next);
        if first {
            self.written.key_count = self.written.key_count.saturating_add(1);
        }
        Ok(if first { Put::Added } else { Put::Changed })
    }

    fn write(&mut self, cx: &mut Cx<'_>, known: &mut Known, line: Line, cause: Cause, changed: Vec<String>) -> Result<(), Halt> {
        self.written.position = self.written.position.saturating_add(1);
        known.version = known.version.saturating_add(1);
        let recorded_at_ms = cx.now_ms();
        let fresh = Fresh {
            values: &line.values,
            position: self.written.position,
            version: known.version,
            valid_from: line.from,
            valid_until: line.until,
            recorded_at_ms,
            cause,
            changed,
        };
        let row = fresh.seal(self.declaration, self.keys, cx.entropy())?;
        self.hash.update(row.0.sm3.as_bytes());
        self.written.rows.push(row);
        known.lines.push(Line { position: self.written.position, ..line });
        Ok(())
    }

    /// What is to be written, and the hash over the hashes of all records in it.
    pub fn finish(mut self, fresh: bool) -> (Written, String) {
        self.written.fresh = fresh;
        (self.written, seal::hash::to_hex(&self.hash.finish()))
    }
}

/// Fields in which the new values differ from the ones that held on their first day.
fn changed_fields(known: &Known, new: &NewVersion) -> Vec<String> {
    let before = known.lines.iter().find(|line| line.from <= new.from && line.until.is_none_or(|until| new.from <= until));
    let Some(before) = before else { return Vec::new() };
    let names = before.values.keys().chain(new.values.keys().filter(|name| !before.values.contains_key(*name)));
    names.filter(|name| before.values.get(*name) != new.values.get(*name)).cloned().collect()
}

fn overlap(line: &Line, from: Date, until: Option<Date>) -> bool {
    until.is_none_or(|until| line.from <= until) && line.until.is_none_or(|own| from <= own)
}

/// The days of a line before and after a span.
fn rests(line: &Line, from: Date, until: Option<Date>) -> Vec<(Date, Option<Date>)> {
    let mut rests = Vec::new();
    if line.from < from
        && let Ok(before) = from.yesterday()
    {
        rests.push((line.from, Some(before)));
    }
    let ends_later = |until: &Date| line.until.is_none_or(|own| *until < own);
    if let Some(after) = until.filter(ends_later).and_then(|until| until.tomorrow().ok()) {
        rests.push((after, line.until));
    }
    rests
}
