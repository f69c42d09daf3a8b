//! What can be asked about registers as such. Whoever shows an answer has asked the authority; none of these opens a personal value.

mod readings;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use clock::Date;
use parties::{DivisionCode, Organ};
use runner::{Fault, Halt, Resource};
use store::{StoreError, Tx};

use crate::model::declaration::Declaration;
use crate::model::loading::Load;
use crate::model::record::Change;
use crate::store as tables;
use crate::store::declarations::Head;

pub use readings::{MonthReadings, ReadingLine, readings_of_month};

/// Longest page of the change feed.
const CHANGES_COUNT_MAX: u32 = 1_000;
/// Longest list of loads.
const LOADS_COUNT_MAX: u32 = 50;
/// The lane of the post that keeps the registers of its organ, beside the head.
pub const DATA_OFFICER: &str = "data-officer";
const DAY_MS: i64 = 24 * 3_600 * 1_000;

/// The present declaration of a register.
///
/// # Errors
/// The database's.
pub fn declaration(tx: &mut Tx<'_>, slug: &str) -> Result<Option<Arc<Declaration>>, StoreError> {
    tables::declarations::head(tx, slug)?.map(|head| of_head(tx, &head)).transpose()
}

/// The present declarations of all registers, by slug.
///
/// # Errors
/// The database's.
pub fn declarations(tx: &mut Tx<'_>) -> Result<Vec<Arc<Declaration>>, StoreError> {
    let heads = tables::declarations::heads(tx)?;
    heads.iter().map(|head| of_head(tx, head)).collect()
}

/// A declaration as it was in one of its versions.
///
/// # Errors
/// The database's.
pub fn declaration_version(tx: &mut Tx<'_>, slug: &str, version: i64) -> Result<Declaration, StoreError> {
    read(&tables::declarations::text(tx, slug, version)?)
}

/// The text of one version of a declaration, as it was sent.
///
/// # Errors
/// The database's.
pub fn declaration_text(tx: &mut Tx<'_>, slug: &str, version: i64) -> Result<String, StoreError> {
    tables::declarations::text(tx, slug, version)
}

/// The versions of a declaration, newest first, each with its moment in milliseconds since 1970.
///
/// # Errors
/// The database's.
pub fn declaration_versions(tx: &mut Tx<'_>, slug: &str) -> Result<Vec<(i64, i64)>, StoreError> {
    tables::declarations::versions(tx, slug)
}

/// A register with its figures.
#[derive(Clone, Debug)]
pub struct Overview {
    /// What it is.
    pub declaration: Arc<Declaration>,
    /// Version of the declaration.
    pub version: i64,
    /// The division whose register it is.
    pub division: String,
    /// The organ that keeps it; `None` while no organ has the duty.
    pub owner: Option<Organ>,
    /// Keys under which there is or was a record.
    pub key_count: i64,
    /// Place of the last change.
    pub position: i64,
    /// When the owner last brought it up to date, in milliseconds since 1970.
    pub fresh_at_ms: Option<i64>,
}

impl Overview {
    /// Whether the owner keeps the promised period; `None` where none was promised or the records are with somebody else.
    #[must_use]
    pub fn is_fresh(&self, now_ms: i64) -> Option<bool> {
        let days = self.declaration.update_period.days_max().filter(|_| self.declaration.origin == crate::Origin::Own)?;
        Some(self.fresh_at_ms.is_some_and(|at_ms| now_ms.saturating_sub(at_ms) <= days.saturating_mul(DAY_MS)))
    }

    /// The register as the authority sees it.
    #[must_use]
    pub fn resource(&self) -> Resource {
        resource(&self.declaration, self.owner.as_ref())
    }
}

/// One register with its figures.
///
/// # Errors
/// The database's.
pub fn overview(tx: &mut Tx<'_>, slug: &str) -> Result<Option<Overview>, StoreError> {
    tables::declarations::head(tx, slug)?.map(|head| with_figures(tx, &head)).transpose()
}

/// All registers with their figures, by slug.
///
/// # Errors
/// The database's.
pub fn overviews(tx: &mut Tx<'_>) -> Result<Vec<Overview>, StoreError> {
    let heads = tables::declarations::heads(tx)?;
    heads.iter().map(|head| with_figures(tx, head)).collect()
}

fn with_figures(tx: &mut Tx<'_>, head: &Head) -> Result<Overview, StoreError> {
    let declaration = of_head(tx, head)?;
    let owner = owner(tx, &declaration, &head.division)?;
    Ok(Overview {
        declaration,
        version: head.version,
        division: head.division.clone(),
        owner,
        key_count: head.key_count,
        position: head.position,
        fresh_at_ms: head.fresh_at_ms,
    })
}

/// What changed in a register after a place of its feed, without personal values; the feed begins after 0.
///
/// # Errors
/// The database's, or a damaged record.
pub fn changes_after(tx: &mut Tx<'_>, register: &str, position: i64, count_max: u32) -> Result<Vec<Change>, Halt> {
    let Some(declaration) = declaration(tx, register)? else { return Ok(Vec::new()) };
    let found = tables::records::after(tx, register, position, count_max.min(CHANGES_COUNT_MAX))?;
    let change = |stored: crate::model::record::Stored| -> Result<Change, Halt> {
        let key = if declaration.key_is_personal() { None } else { Some(declaration.key_of(&stored.plain_values()?)) };
        Ok(Change {
            position: stored.position,
            key,
            version: stored.version,
            cause: stored.cause,
            fields: stored.changed,
            valid_from: stored.valid_from,
            valid_until: stored.valid_until,
            recorded_at_ms: stored.recorded_at_ms,
            sm3: stored.sm3,
        })
    };
    found.into_iter().map(change).collect()
}

/// Loads of a register, newest first.
///
/// # Errors
/// The database's.
pub fn loads(tx: &mut Tx<'_>, register: &str) -> Result<Vec<Load>, StoreError> {
    tables::loads::of_register(tx, register, LOADS_COUNT_MAX)
}

/// One load.
///
/// # Errors
/// The database's.
pub fn load(tx: &mut Tx<'_>, id: &str) -> Result<Option<Load>, StoreError> {
    tables::loads::find(tx, id)
}

/// A register that commands work with: its declaration and where it stands.
pub(crate) struct Present {
    pub declaration: Arc<Declaration>,
    pub head: Head,
}

pub(crate) fn present(tx: &mut Tx<'_>, slug: &str) -> Result<Present, Halt> {
    let head = tables::declarations::head(tx, slug)?.ok_or_else(|| crate::model::asking::refusals::register_unknown(slug))?;
    Ok(Present { declaration: of_head(tx, &head)?, head })
}

impl Present {
    /// As the authority sees it.
    pub fn resource(&self, tx: &mut Tx<'_>) -> Result<Resource, Halt> {
        let owner = owner(tx, &self.declaration, &self.head.division)?;
        Ok(resource(&self.declaration, owner.as_ref()))
    }
}

fn resource(declaration: &Declaration, owner: Option<&Organ>) -> Resource {
    Resource {
        id: declaration.slug.clone(),
        organ: owner.map(|organ| organ.id.to_string()),
        division: owner.map(|organ| organ.division.to_string()),
        post: owner.map(|_| DATA_OFFICER.to_owned()),
        ..Resource::of("register")
    }
}

/// A register about to be declared, as the authority sees it.
pub(crate) fn resource_of(tx: &mut Tx<'_>, declaration: &Declaration, division: &str) -> Result<Resource, StoreError> {
    let owner = owner(tx, declaration, division)?;
    Ok(resource(declaration, owner.as_ref()))
}

/// The organ that has the duty in the register's division, or in the next one above that has one.
fn owner(tx: &mut Tx<'_>, declaration: &Declaration, division: &str) -> Result<Option<Organ>, StoreError> {
    match DivisionCode::parse(division) {
        Ok(code) => parties::organ_for_duty(tx, &declaration.owner_duty, &code),
        Err(_) => Ok(None),
    }
}

/// Declarations that were read, by the hash of their text: the same text is always the same declaration.
fn of_head(tx: &mut Tx<'_>, head: &Head) -> Result<Arc<Declaration>, StoreError> {
    static KNOWN: OnceLock<Mutex<HashMap<String, Arc<Declaration>>>> = OnceLock::new();
    let known = KNOWN.get_or_init(Mutex::default);
    if let Some(declaration) = known.lock().unwrap_or_else(PoisonError::into_inner).get(&head.sm3) {
        return Ok(Arc::clone(declaration));
    }
    let declaration = Arc::new(read(&tables::declarations::text(tx, &head.slug, head.version)?)?);
    known.lock().unwrap_or_else(PoisonError::into_inner).insert(head.sm3.clone(), Arc::clone(&declaration));
    Ok(declaration)
}

fn read(text: &str) -> Result<Declaration, StoreError> {
    Declaration::read(text).map_err(|_| StoreError::Type { column: 0, found: "another text", wanted: "a declaration" })
}

/// The day a question is about, and the moment as of which it is answered.
pub(crate) struct AsOf {
    pub day: Date,
    pub known_at_ms: i64,
}

/// A fault for records that cannot be what they say.
pub(crate) fn damaged(register: &str, position: i64) -> Halt {
    Fault::because(format!("expected record {position} of register {register} to hold its key and subject, but it does not")).into()
}
