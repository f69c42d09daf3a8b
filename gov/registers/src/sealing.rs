//! Personal values, sealed and opened; and the hash by which a record is named.

use clock::Date;
use runner::Halt;
use seal::{FieldKeys, Sealed};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tracker::Trace;

use crate::model::declaration::{Declaration, Field};
use crate::model::record::{Cause, Stored};
use crate::model::values::plain_text;

const SALT_BYTES: usize = 16;

/// What is sealed of a record.
#[derive(Serialize, Deserialize)]
struct SealedPart {
    salt: String,
    values: Map<String, Value>,
}

/// A version of a record about to be stored.
pub(crate) struct Fresh<'a> {
    pub values: &'a Map<String, Value>,
    pub position: i64,
    pub version: i64,
    pub valid_from: Date,
    pub valid_until: Option<Date>,
    pub recorded_at_ms: i64,
    pub cause: Cause,
    pub changed: Vec<String>,
}

impl Fresh<'_> {
    /// Seals it under the key of its subject; gives its searchable values besides, by field.
    pub(crate) fn seal(
        self,
        declaration: &Declaration,
        keys: &FieldKeys,
        entropy: &mut dyn ids::Entropy,
    ) -> Result<(Stored, Vec<(String, String)>), Halt> {
        let slug = &declaration.slug;
        let key = declaration.key_of(self.values);
        let key_index = key_indexes(declaration, keys, &key).into_iter().next().unwrap_or_default();
        let subject = subject_of(declaration, self.values);
        let subject_index = subject.as_deref().map(|subject| keys.blind_index(tracker::SUBJECT_PLACE, subject)).transpose().map_err(Halt::fault)?;
        let salt = seal::hash::to_hex(&seal::random_bytes::<SALT_BYTES>(entropy));
        let sm3 = record_sm3(slug, &key, &self, &salt);
        let (mut personal, mut plain) = (Map::new(), Map::new());
        let mut indexed = Vec::new();
        for field in &declaration.fields {
            let Some(value) = self.values.get(&field.name) else { continue };
            let part = if hidden(field) { &mut personal } else { &mut plain };
            part.insert(field.name.clone(), value.clone());
            if field.indexed {
                indexed.push((field.name.clone(), index_value(slug, field, keys, value)?));
            }
        }
        let part = serde_json::to_string(&SealedPart { salt, values: personal })?;
        let owner = subject_index.as_deref().unwrap_or(&key_index);
        let sealed = keys.seal(owner, &place(slug, self.position), &part, entropy).map_err(Halt::fault)?.to_string();
        let stored = Stored {
            position: self.position,
            key_index,
            subject_index,
            version: self.version,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            recorded_at_ms: self.recorded_at_ms,
            superseded_at_ms: None,
            cause: self.cause,
            changed: self.changed,
            plain: serde_json::to_string(&plain)?,
            sealed,
            sm3,
        };
        Ok((stored, indexed))
    }
}

impl Stored {
    /// All values. Opens what is personal, so that it asks for the proof that a reading was recorded.
    pub(crate) fn open(&self, declaration: &Declaration, keys: &FieldKeys, _: &Trace) -> Result<Map<String, Value>, Halt> {
        let mut values = self.plain_values()?;
        let sealed: Sealed = self.sealed.parse().map_err(Halt::fault)?;
        let owner = self.subject_index.as_deref().unwrap_or(&self.key_index);
        let text = keys.open(owner, &place(&declaration.slug, self.position), &sealed).map_err(Halt::fault)?;
        let part: SealedPart = serde_json::from_str(&text)?;
        values.extend(part.values);
        Ok(values)
    }

    /// The values that are not sealed.
    pub(crate) fn plain_values(&self) -> Result<Map<String, Value>, Halt> {
        Ok(serde_json::from_str(&self.plain)?)
    }
}

/// Whether a field is sealed at rest.
pub(crate) fn hidden(field: &Field) -> bool {
    field.personal && !field.statistic
}

/// Under what a key is stored and found: blind indexes where it is personal, newest first; else itself.
pub(crate) fn key_indexes(declaration: &Declaration, keys: &FieldKeys, key: &str) -> Vec<String> {
    if declaration.key_is_personal() {
        return keys.blind_indexes(&format!("register.{}.key", declaration.slug), key);
    }
    vec![seal::normalised(key)]
}

/// Under what a value is stored for searching.
pub(crate) fn index_value(slug: &str, field: &Field, keys: &FieldKeys, value: &Value) -> Result<String, Halt> {
    let text = field.index_text(value);
    if !hidden(field) {
        return Ok(text);
    }
    keys.blind_index(&format!("register.{slug}.{}", field.name), &text).map_err(Halt::fault)
}

/// All forms under which a value may be stored for searching, one for each version of the key.
pub(crate) fn index_values(slug: &str, field: &Field, keys: &FieldKeys, value: &Value) -> Vec<String> {
    let text = field.index_text(value);
    if hidden(field) { keys.blind_indexes(&format!("register.{slug}.{}", field.name), &text) } else { vec![text] }
}

/// Identity number or unified code of whom a record is about.
pub(crate) fn subject_of(declaration: &Declaration, values: &Map<String, Value>) -> Option<String> {
    let name = declaration.subject.as_ref()?;
    values.get(name).map(plain_text)
}

/// A sealed text opens in its own place only.
fn place(slug: &str, position: i64) -> String {
    format!("register.{slug}/{position}")
}

/// The same for the reason of a correction.
pub(crate) fn reason_place(slug: &str, position: i64) -> String {
    format!("register_correction.{slug}/{position}")
}

/// SM3 of the record as canonical text: its salt, its register, key, version and days, then each value on a line of its own, by name.
/// The salt keeps a hash from telling a number to somebody who tries them all.
fn record_sm3(slug: &str, key: &str, fresh: &Fresh<'_>, salt: &str) -> String {
    let until = fresh.valid_until.map(|day| day.to_string()).unwrap_or_default();
    let mut text = format!("zhengshu-record-1\n{salt}\n{slug}\n{key}\n{}\n{}\n{until}\n", fresh.version, fresh.valid_from);
    let mut values: Vec<(&String, &Value)> = fresh.values.iter().collect();
    values.sort_by_key(|(name, _)| name.as_str());
    for (name, value) in values {
        text.push_str(name);
        text.push('=');
        text.push_str(&value.to_string());
        text.push('\n');
    }
    seal::hash::sm3_hex(text.as_bytes())
}
