//! Reading records. A register about somebody is read under a recorded reading, in the transaction of the command that reads.

use std::collections::BTreeMap;

use runner::{Actor, Cx, Halt};
use seal::FieldKeys;
use serde_json::{Map, Value};
use store::Tx;
use tracker::{Manner, Reading, Trace, own, record, record_consented, record_under};

use crate::events::{RecordsCounted, stream};
use crate::live::Fetched;
use crate::model::asking::{Asked, Condition, ConsentOf, Figures, Filter, Page, Verified, refusals};
use crate::model::declaration::{Declaration, Field, Origin};
use crate::model::record::{Cause, CorrectionNote, Record, Stored};
use crate::model::values::{agree, plain_text};
use crate::queries::{AsOf, Present, damaged, present};
use crate::sealing::{index_values, key_indexes, reason_place, subject_of};
use crate::store as tables;
use crate::store::records::{Match, Moments};

/// Longest page of records; each of them is a reading of its own.
pub const RECORDS_COUNT_MAX: u32 = 100;
/// Most cells of a figure.
const CELLS_COUNT_MAX: u32 = 1_000;
/// Records about one subject in one register.
const OWN_COUNT_MAX: u32 = 500;
/// Decides by all values of a record whether a right covers it. Shows nothing of them.
pub type Covers<'c> = &'c mut dyn FnMut(&Map<String, Value>) -> bool;

/// What is shown in place of a key that was not asked for.
const HIDDEN: &str = "***";

/// The record under a key, on the day that is asked for. That somebody is in no register is disclosed too, and recorded.
///
/// # Errors
/// Refusals of the question; a fault when nothing was authorised before.
pub fn read_by_key(cx: &mut Cx<'_>, asked: &Asked, key: &str) -> Result<Option<Record>, Halt> {
    read_by_key_within(cx, asked, key, None)
}

/// The same under a right that covers some records only: another one is as unknown as one that does not exist.
///
/// # Errors
/// As [`read_by_key`].
pub fn read_by_key_within(cx: &mut Cx<'_>, asked: &Asked, key: &str, covers: Option<Covers<'_>>) -> Result<Option<Record>, Halt> {
    let found = question(cx, asked)?;
    let Some(key) = found.declaration().parse_key(key) else { return Ok(None) };
    let stored = found.held_by_key(cx, &key)?;
    match stored {
        Some(stored) => {
            let trace = found.trace(cx, asked, &stored, Some(&key))?;
            if let Some(covers) = covers
                && !covers(&stored.open(found.declaration(), &found.keys, &trace)?)
            {
                return Ok(None);
            }
            let fields = asked.fields_of(found.declaration())?;
            let record = found.shown(&stored, &fields, asked.manner, &trace)?;
            Ok(Some(Record { key, ..record }))
        }
        None => {
            found.note_absence(cx, asked, &key)?;
            Ok(None)
        }
    }
}

/// All versions of the record under a key, known by the moment that is asked for, oldest first: one reading.
///
/// # Errors
/// As [`read_by_key`].
pub fn read_history(cx: &mut Cx<'_>, asked: &Asked, key: &str) -> Result<Vec<Record>, Halt> {
    let found = question(cx, asked)?;
    let Some(key) = found.declaration().parse_key(key) else { return Ok(Vec::new()) };
    let mut versions = found.versions(cx, &key)?;
    versions.retain(|stored| stored.recorded_at_ms <= found.as_of.known_at_ms);
    let Some(last) = versions.last() else {
        found.note_absence(cx, asked, &key)?;
        return Ok(Vec::new());
    };
    let trace = found.trace(cx, asked, last, Some(&key))?;
    let fields = asked.fields_of(found.declaration())?;
    let mut records = Vec::with_capacity(versions.len());
    for stored in &versions {
        let mut record = found.shown(stored, &fields, asked.manner, &trace)?;
        record.key.clone_from(&key);
        if asked.manner == Manner::Full {
            record.correction = note_of(cx.tx(), &found.keys, &found.declaration().slug, stored, &trace)?;
        }
        records.push(record);
    }
    Ok(records)
}

/// The version at a place of the change feed, for whoever follows it; `None` where there is none.
///
/// # Errors
/// As [`read_by_key`].
pub fn read_by_position(cx: &mut Cx<'_>, asked: &Asked, position: i64) -> Result<Option<Record>, Halt> {
    let found = question(cx, asked)?;
    let stored = tables::records::at(cx.tx(), &found.declaration().slug, position)?;
    stored.map(|stored| found.disclose(cx, asked, &stored)).transpose()
}

/// Records that meet all conditions, in the order of their writing, at most [`RECORDS_COUNT_MAX`]; `after` is the end of the page before.
///
/// # Errors
/// As [`read_by_key`], and when a condition cannot be searched.
pub fn read_by_filter(cx: &mut Cx<'_>, asked: &Asked, filters: &[Filter], after: Option<&str>, count_max: u32) -> Result<Page, Halt> {
    read_by_filter_within(cx, asked, filters, after, count_max, None)
}

/// The same under a right that covers some records only: the others are left out of their page, and nobody is told of them.
///
/// # Errors
/// As [`read_by_filter`].
pub fn read_by_filter_within(
    cx: &mut Cx<'_>,
    asked: &Asked,
    filters: &[Filter],
    after: Option<&str>,
    count_max: u32,
    mut covers: Option<Covers<'_>>,
) -> Result<Page, Halt> {
    let found = question(cx, asked)?;
    let count_max = count_max.clamp(1, RECORDS_COUNT_MAX);
    let after = after.map_or(Ok(0), str::parse).map_err(|_| refusals::key_unfit())?;
    let Some(conditions) = found.conditions(filters)? else { return Ok(Page::default()) };
    let day = found.as_of.day.to_string();
    let moments = Moments { day: &day, known_at_ms: found.as_of.known_at_ms };
    let rows = tables::records::matching(cx.tx(), &found.declaration().slug, &conditions, &moments, after, count_max)?;
    let full = rows.len() >= usize::try_from(count_max).unwrap_or(usize::MAX);
    let next = rows.last().filter(|_| full).map(|last| last.position.to_string());
    let mut records = Vec::with_capacity(rows.len());
    for stored in &rows {
        if let Some(covers) = &mut covers
            && !covers(&stored.open(found.declaration(), &found.keys, &tracker::in_process("see whether a right covers a record"))?)
        {
            continue;
        }
        records.push(found.disclose(cx, asked, stored)?);
    }
    Ok(Page { records, next })
}

/// Which version of the record under a key holds on a day: its place, time and hash, without key, subject or any value. For whoever has
/// been answered about that key in the same transaction, under a reading of its own, and keeps what the answer was made from.
///
/// # Errors
/// The database's, or a key is missing.
pub fn version_held(cx: &mut Cx<'_>, register: &str, key: &str, day: clock::Date) -> Result<Option<Record>, Halt> {
    let keys = cx.service::<FieldKeys>()?;
    let found = Found { present: present(cx.tx(), register)?, keys, as_of: AsOf { day, known_at_ms: cx.now_ms() } };
    let Some(key) = found.declaration().parse_key(key) else { return Ok(None) };
    Ok(found.held_by_key(cx, &key)?.as_ref().map(bare))
}

/// 核验: whether what somebody states agrees with the record under a key. Discloses yes or no, and is recorded as that.
///
/// # Errors
/// As [`read_by_key`].
pub fn verify(cx: &mut Cx<'_>, asked: &Asked, key: &str, stated: &Map<String, Value>) -> Result<Verified, Halt> {
    verify_within(cx, asked, key, stated, None)
}

/// The same under a right that covers some records only: another one is as unknown as one that does not exist.
///
/// # Errors
/// As [`verify`].
pub fn verify_within(cx: &mut Cx<'_>, asked: &Asked, key: &str, stated: &Map<String, Value>, covers: Option<Covers<'_>>) -> Result<Verified, Halt> {
    let asked = Asked { fields: stated.keys().cloned().collect(), manner: Manner::YesNo, ..asked.clone() };
    let found = ask(cx, &asked)?;
    let fields = asked.fields_of(found.declaration())?;
    let none = || Verified { found: false, matches: fields.iter().map(|field| (field.name.clone(), false)).collect(), all_match: false };
    let Some(key) = found.declaration().parse_key(key) else { return Ok(none()) };
    let Some(stored) = found.held_by_key(cx, &key)? else {
        found.note_absence(cx, &asked, &key)?;
        return Ok(none());
    };
    let trace = found.trace(cx, &asked, &stored, Some(&key))?;
    let values = stored.open(found.declaration(), &found.keys, &trace)?;
    if covers.is_some_and(|covers| !covers(&values)) {
        return Ok(none());
    }
    let agrees = |field: &&Field| stated.get(&field.name).is_some_and(|stated| agree(field, values.get(&field.name), stated));
    let matches: BTreeMap<String, bool> = fields.iter().map(|field| (field.name.clone(), agrees(field))).collect();
    let all_match = matches.values().all(|agrees| *agrees);
    Ok(Verified { found: true, matches, all_match })
}

/// How many records have each value of a field. Cells of fewer than five are kept back, so that nobody is disclosed; the counting has an
/// entry in the journal.
///
/// # Errors
/// Refusals: the field cannot be counted by.
pub fn aggregate(cx: &mut Cx<'_>, asked: &Asked, field: &str) -> Result<Figures, Halt> {
    let asked = Asked { fields: vec![field.to_owned()], manner: Manner::Aggregate, ..asked.clone() };
    let found = ask(cx, &asked)?;
    let declared = Filter::equal(field, "").field_of(found.declaration())?;
    if crate::sealing::hidden(declared) {
        return Err(refusals::filter_unfit(field).into());
    }
    let day = found.as_of.day.to_string();
    let moments = Moments { day: &day, known_at_ms: found.as_of.known_at_ms };
    let counts = tables::records::count_by(cx.tx(), &found.declaration().slug, field, &moments, CELLS_COUNT_MAX)?;
    let figures = Figures::protected(field, counts);
    let suppressed = figures.suppressed_small.saturating_add(figures.suppressed_complementary);
    let event = RecordsCounted {
        register: found.declaration().slug.clone(),
        field: field.to_owned(),
        organ: asked.organ,
        basis: asked.basis,
        cells: figures.cells.len(),
        suppressed,
    };
    cx.record(&stream(&event.register), &event)?;
    Ok(figures)
}

/// What a register holds today about the party for whom the actor acts: all fields, for her own eyes; nothing is recorded, for nobody
/// else sees it. Of a register that others keep, what they answered today ([`crate::ask_about_own`]).
///
/// # Errors
/// The database's, or a key is missing.
pub fn read_own(tx: &mut Tx<'_>, keys: &FieldKeys, actor: &Actor, register: &str, today: clock::Date) -> Result<Vec<Record>, Halt> {
    let found = present(tx, register)?;
    let declaration = &found.declaration;
    let Some(party) = actor.acting_party().filter(|_| declaration.subject.is_some()) else { return Ok(Vec::new()) };
    let Some(trace) = own(actor, party) else { return Ok(Vec::new()) };
    let Some(subject) = number_of(tx, keys, party, &trace)? else { return Ok(Vec::new()) };
    let mut records = Vec::new();
    for index in keys.blind_indexes(tracker::SUBJECT_PLACE, &subject) {
        let mut held = tables::records::by_subject(tx, register, &index, OWN_COUNT_MAX)?;
        held.extend(tables::answers::find(tx, register, &index)?);
        for stored in held {
            if stored.superseded_at_ms.is_none() && stored.holds_on(today) {
                let values = stored.open(declaration, keys, &trace)?;
                let correction = note_of(tx, keys, register, &stored, &trace)?;
                records.push(Record { key: declaration.key_of(&values), subject: Some(subject.clone()), values, correction, ..bare(&stored) });
            }
        }
    }
    Ok(records)
}

/// Why a version took the place of a wrong one; opened under the same proof as its values.
fn note_of(tx: &mut Tx<'_>, keys: &FieldKeys, slug: &str, stored: &Stored, _: &Trace) -> Result<Option<CorrectionNote>, Halt> {
    let found = match stored.cause {
        Cause::Corrected => tables::records::correction(tx, slug, stored.position)?,
        Cause::Added | Cause::Changed | Cause::Kept => None,
    };
    let Some(kept) = found else { return Ok(None) };
    let owner = stored.subject_index.as_deref().unwrap_or(&stored.key_index);
    let sealed = kept.reason_sealed.parse().map_err(Halt::fault)?;
    let reason = keys.open(owner, &reason_place(slug, stored.position), &sealed).map_err(Halt::fault)?.to_string();
    Ok(Some(CorrectionNote { reason, basis: kept.basis }))
}

/// The identity number or unified code of the party for whom the actor acts, for her own affairs; `None` when there is none.
///
/// # Errors
/// The database's, or a key is missing.
pub fn own_number(tx: &mut Tx<'_>, keys: &FieldKeys, actor: &Actor) -> Result<Option<String>, Halt> {
    let Some(party) = actor.acting_party() else { return Ok(None) };
    let Some(trace) = own(actor, party) else { return Ok(None) };
    number_of(tx, keys, party, &trace)
}

/// Identity number of a person, unified code of a company.
fn number_of(tx: &mut Tx<'_>, keys: &FieldKeys, party: &str, trace: &Trace) -> Result<Option<String>, Halt> {
    if let Ok(id) = parties::PersonId::parse(party) {
        let person = parties::person(tx, &id)?.map(|sealed| sealed.open(keys, trace)).transpose().map_err(Halt::fault)?;
        return Ok(person.map(|person| person.identity_number.as_str().to_owned()));
    }
    match parties::LegalPersonId::parse(party) {
        Ok(id) => Ok(parties::legal_person(tx, &id)?.map(|company| company.code.to_string())),
        Err(_) => Ok(None),
    }
}

/// Whether a question can be put to whoever keeps the records of the register.
pub(crate) fn check_live(cx: &mut Cx<'_>, asked: &Asked) -> Result<(), Halt> {
    let found = present(cx.tx(), &asked.register)?;
    if matches!(asked.manner, Manner::YesNo | Manner::Aggregate) {
        return Err(refusals::manner_unfit().into());
    }
    asked.fields_of(&found.declaration).map(drop)
}

/// What somebody else answered about a key, as asked for, after the reading was recorded. The command that calls it has asked the authority.
///
/// # Errors
/// As [`read_by_key`]; a fault when a record about somebody does not say about whom.
pub fn disclose_fetched(cx: &mut Cx<'_>, asked: &Asked, key: &str, fetched: &Fetched) -> Result<Option<Record>, Halt> {
    check_live(cx, asked)?;
    let fetched = fetched.values();
    let keys = cx.service::<FieldKeys>()?;
    let declaration = present(cx.tx(), &asked.register)?.declaration;
    let in_key = Some(key.to_owned()).filter(|_| declaration.key_is_subject());
    let subject = in_key.or_else(|| fetched.and_then(|values| subject_of(&declaration, values)));
    match (&declaration.subject, &subject, fetched) {
        (Some(_), Some(subject), _) => drop(recorded(cx, &keys, &declaration, asked, subject)?),
        (Some(_), None, Some(_)) => return Err(damaged(&declaration.slug, 0)),
        (Some(_), None, None) | (None, _, _) => {}
    }
    let Some(values) = fetched else { return Ok(None) };
    let salt = seal::hash::to_hex(&seal::random_bytes::<16>(cx.entropy()));
    let text = serde_json::to_string(&(salt, &declaration.slug, key, values))?;
    let bare = Record {
        key: String::new(),
        subject: None,
        values: Map::new(),
        version: 0,
        valid_from: cx.today(),
        valid_until: None,
        recorded_at_ms: cx.now_ms(),
        superseded_at_ms: None,
        position: 0,
        sm3: seal::hash::sm3_hex(text.as_bytes()),
        correction: None,
    };
    let fields = asked.fields_of(&declaration)?;
    Ok(Some(Record { key: key.to_owned(), ..select(&declaration, values, &fields, asked.manner, bare) }))
}

/// A question for records: full or masked.
fn question(cx: &mut Cx<'_>, asked: &Asked) -> Result<Found, Halt> {
    match asked.manner {
        Manner::Full | Manner::Masked => ask(cx, asked),
        Manner::YesNo | Manner::Aggregate => Err(refusals::manner_unfit().into()),
    }
}

/// A question that can be answered: the register is there and kept here, the fields exist, purpose and law are given.
fn ask(cx: &mut Cx<'_>, asked: &Asked) -> Result<Found, Halt> {
    let keys = cx.service::<FieldKeys>()?;
    let present = present(cx.tx(), &asked.register)?;
    match present.declaration.origin {
        Origin::Own => {}
        Origin::Asked { .. } => return Err(refusals::asked_elsewhere().into()),
        Origin::Exchange { .. } => return Err(refusals::asked_by_steps().into()),
    }
    asked.fields_of(&present.declaration)?;
    // Nobody can have agreed to what is about nobody, or about all at once.
    if asked.consent.is_some() && (present.declaration.subject.is_none() || asked.manner == Manner::Aggregate) {
        return Err(tracker::consent_not_in_force().into());
    }
    let as_of = AsOf { day: asked.as_of.unwrap_or_else(|| cx.today()), known_at_ms: asked.known_at_ms.unwrap_or_else(|| cx.now_ms()) };
    Ok(Found { present, keys, as_of })
}

/// A register that is being read.
struct Found {
    present: Present,
    keys: std::sync::Arc<FieldKeys>,
    as_of: AsOf,
}

impl Found {
    fn declaration(&self) -> &Declaration {
        &self.present.declaration
    }

    /// Every version under a key, under whichever key of the node it was stored, in the order of writing.
    fn versions(&self, cx: &mut Cx<'_>, key: &str) -> Result<Vec<Stored>, Halt> {
        let mut versions = Vec::new();
        for index in key_indexes(self.declaration(), &self.keys, key) {
            versions.extend(tables::records::by_key(cx.tx(), &self.declaration().slug, &index)?);
        }
        versions.sort_by_key(|stored| stored.position);
        Ok(versions)
    }

    fn held_by_key(&self, cx: &mut Cx<'_>, key: &str) -> Result<Option<Stored>, Halt> {
        let holds = |stored: &Stored| stored.holds_on(self.as_of.day) && stored.known_at(self.as_of.known_at_ms);
        Ok(self.versions(cx, key)?.into_iter().rfind(holds))
    }

    /// Conditions as the tables know them; `None` when a value is none of the field's, so that nothing can meet it.
    fn conditions<'f>(&self, filters: &'f [Filter]) -> Result<Option<Vec<(&'f str, Match)>>, Halt> {
        let mut conditions = Vec::with_capacity(filters.len());
        for filter in filters {
            let field = filter.field_of(self.declaration())?;
            let slug = &self.declaration().slug;
            let read = |text: &str| field.value(&Value::from(text)).ok().flatten();
            let condition = match &filter.is {
                Condition::Equal { value } => read(value).map(|value| Match::OneOf(index_values(slug, field, &self.keys, &value))),
                // Codes are digits, so that this span is right in whatever order texts are sorted.
                Condition::Within { division } => {
                    let digits = !division.is_empty() && division.bytes().all(|byte| byte.is_ascii_digit());
                    digits.then(|| Match::Between(division.clone(), format!("{division:9<12}")))
                }
                Condition::Between { from, to } => {
                    read(from).zip(read(to)).map(|(from, to)| Match::Between(field.index_text(&from), field.index_text(&to)))
                }
            };
            match condition {
                Some(condition) => conditions.push((filter.field.as_str(), condition)),
                None => return Ok(None),
            }
        }
        Ok(Some(conditions))
    }

    /// The record as asked for, after the reading was recorded.
    fn disclose(&self, cx: &mut Cx<'_>, asked: &Asked, stored: &Stored) -> Result<Record, Halt> {
        let trace = self.trace(cx, asked, stored, None)?;
        let fields = asked.fields_of(self.declaration())?;
        self.shown(stored, &fields, asked.manner, &trace)
    }

    /// Records the reading where the register is about somebody.
    fn trace(&self, cx: &mut Cx<'_>, asked: &Asked, stored: &Stored, key: Option<&str>) -> Result<Trace, Halt> {
        if self.declaration().subject.is_none() {
            return Ok(tracker::in_process("read a record about nobody"));
        }
        if let Some(subject) = key.filter(|_| self.declaration().key_is_subject()) {
            return recorded(cx, &self.keys, self.declaration(), asked, subject);
        }
        let values = stored.open(self.declaration(), &self.keys, &tracker::in_process("find whom a record is about"))?;
        let subject = subject_of(self.declaration(), &values).ok_or_else(|| damaged(&self.declaration().slug, stored.position))?;
        recorded(cx, &self.keys, self.declaration(), asked, &subject)
    }

    /// Records that a subject was looked for and not found, where the key says who was meant.
    fn note_absence(&self, cx: &mut Cx<'_>, asked: &Asked, key: &str) -> Result<(), Halt> {
        if self.declaration().key_is_subject() {
            drop(recorded(cx, &self.keys, self.declaration(), asked, key)?);
        }
        Ok(())
    }

    fn shown(&self, stored: &Stored, fields: &[&Field], manner: Manner, trace: &Trace) -> Result<Record, Halt> {
        let all = stored.open(self.declaration(), &self.keys, trace)?;
        Ok(select(self.declaration(), &all, fields, manner, bare(stored)))
    }
}

/// The asked fields of a record, full or masked; its key and subject only where their fields are among them.
fn select(declaration: &Declaration, all: &Map<String, Value>, fields: &[&Field], manner: Manner, bare: Record) -> Record {
    let mut values = Map::new();
    for field in fields {
        let Some(value) = all.get(&field.name) else { continue };
        let value = if manner == Manner::Full { value.clone() } else { field.masked(value) };
        values.insert(field.name.clone(), value);
    }
    let asked_for = |name: &String| values.contains_key(name) || declaration.field(name).is_some_and(|field| !field.personal);
    let key = if declaration.key.iter().all(asked_for) {
        let part = |name: &String| values.get(name).or_else(|| all.get(name)).map(plain_text).unwrap_or_default();
        declaration.key.iter().map(part).collect::<Vec<_>>().join("/")
    } else {
        HIDDEN.to_owned()
    };
    let subject = declaration.subject.as_ref().and_then(|name| values.get(name)).map(plain_text);
    Record { key, subject, values, ..bare }
}

fn bare(stored: &Stored) -> Record {
    Record {
        key: String::new(),
        subject: None,
        values: Map::new(),
        version: stored.version,
        valid_from: stored.valid_from,
        valid_until: stored.valid_until,
        recorded_at_ms: stored.recorded_at_ms,
        superseded_at_ms: stored.superseded_at_ms,
        position: stored.position,
        sm3: stored.sm3.clone(),
        correction: None,
    }
}

/// Records the reading; under a consent only while that is in force and covers it.
fn recorded(cx: &mut Cx<'_>, keys: &FieldKeys, declaration: &Declaration, asked: &Asked, subject: &str) -> Result<Trace, Halt> {
    let reading = Reading {
        subject,
        source: declaration.source(),
        fields: asked.fields.clone(),
        manner: asked.manner,
        organ: asked.organ.clone(),
        purpose: asked.purpose.clone(),
        basis: asked.basis.clone(),
        case: asked.case.clone(),
        grant: asked.grant.clone(),
        message: asked.message.clone(),
        secret_until: asked.secret_until.clone(),
    };
    match &asked.consent {
        Some(ConsentOf::Id(id)) => record_under(cx, keys, reading, id),
        Some(ConsentOf::Name(name)) => record_consented(cx, keys, reading, name),
        None => record(cx, keys, reading),
    }
}
