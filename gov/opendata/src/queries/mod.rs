//! Questions that pages and interfaces ask.

use std::collections::HashSet;

use store::{StoreError, Tx};

use crate::model::dataset::{Dataset, State};
use crate::model::harvest::{HarvestRecord, HarvestSource};
use crate::model::key::{Key, hash};
use crate::model::release::Release;
use crate::model::voice::{Voice, VoiceKind, VoiceState};
use crate::store as tables;

/// The latest release of a public dataset, by identifier or name.
///
/// # Errors
/// The database's.
pub fn release(tx: &mut Tx<'_>, name: &str) -> Result<Option<Release>, StoreError> {
    tables::releases::public(tx, name)
}

/// The latest releases of these datasets, in this order; those that are not public any more are left out.
///
/// # Errors
/// The database's.
pub fn releases(tx: &mut Tx<'_>, ids: &[String]) -> Result<Vec<Release>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(tables::releases::public(tx, id)?);
    }
    Ok(found)
}

/// The latest release of the public dataset that has a file.
///
/// # Errors
/// The database's.
pub fn release_of_resource(tx: &mut Tx<'_>, resource: &str) -> Result<Option<Release>, StoreError> {
    let Some(dataset) = tables::datasets::of_resource(tx, resource)? else { return Ok(None) };
    Ok(tables::releases::public(tx, &dataset)?.filter(|release| release.resource(resource).is_some()))
}

/// All releases of a public dataset, newest first; none when it is not public.
///
/// # Errors
/// The database's.
pub fn history(tx: &mut Tx<'_>, name: &str) -> Result<Vec<Release>, StoreError> {
    let Some(latest) = tables::releases::public(tx, name)? else { return Ok(Vec::new()) };
    tables::releases::of_dataset(tx, latest.dataset.as_str())
}

/// All organs with a name for addresses: the first duty where one organ alone has it, else with the division behind it.
///
/// # Errors
/// The database's.
pub fn publishers(tx: &mut Tx<'_>) -> Result<Vec<(String, parties::Organ)>, StoreError> {
    let organs = parties::organs(tx)?;
    let first = |organ: &parties::Organ| organ.details.duties.first().cloned().unwrap_or_else(|| "organ".to_owned());
    let mut counts: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for organ in &organs {
        *counts.entry(first(organ)).or_default() += 1;
    }
    let named = |organ: parties::Organ| {
        let duty = first(&organ);
        let alone = counts.get(&duty) == Some(&1);
        (if alone { duty } else { format!("{duty}-{}", organ.division) }, organ)
    };
    Ok(organs.into_iter().map(named).collect())
}

/// A dataset as its organ prepares it, by identifier or name.
///
/// # Errors
/// The database's.
pub fn dataset(tx: &mut Tx<'_>, name: &str) -> Result<Option<Dataset>, StoreError> {
    match tables::datasets::find(tx, name)? {
        Some(dataset) => Ok(Some(dataset)),
        None => tables::datasets::find_by_slug(tx, name),
    }
}

/// The dataset that holds a file, as its organ prepares it.
///
/// # Errors
/// The database's.
pub fn dataset_of_resource(tx: &mut Tx<'_>, resource: &str) -> Result<Option<Dataset>, StoreError> {
    match tables::datasets::of_resource(tx, resource)? {
        Some(dataset) => tables::datasets::find(tx, &dataset),
        None => Ok(None),
    }
}

/// The dataset harvested from a source under an identifier there.
///
/// # Errors
/// The database's.
pub fn harvested(tx: &mut Tx<'_>, source: &str, there: &str) -> Result<Option<Dataset>, StoreError> {
    tables::datasets::find_by_harvest_key(tx, &format!("{source} {there}"))
}

/// Datasets of organs in their states, last changed first. No organs given: of all.
///
/// # Errors
/// The database's.
pub fn datasets(tx: &mut Tx<'_>, organs: &[String], state: Option<State>, count_max: u32) -> Result<Vec<Dataset>, StoreError> {
    if organs.is_empty() {
        return tables::datasets::list(tx, None, state, count_max, 0);
    }
    let mut found = Vec::new();
    let distinct: HashSet<&String> = organs.iter().collect();
    for organ in distinct {
        found.extend(tables::datasets::list(tx, Some(organ), state, count_max, 0)?);
    }
    found.sort_by(|a, b| b.modified_ms.cmp(&a.modified_ms).then_with(|| a.id.as_str().cmp(b.id.as_str())));
    found.truncate(usize::try_from(count_max).unwrap_or(usize::MAX));
    Ok(found)
}

/// What people said of a kind: in a state or in all, about a dataset or any; newest first.
///
/// # Errors
/// The database's.
pub fn voices(tx: &mut Tx<'_>, kind: VoiceKind, state: Option<VoiceState>, dataset: Option<&str>, count_max: u32) -> Result<Vec<Voice>, StoreError> {
    tables::voices::list(tx, kind, state, dataset, count_max)
}

/// One of them.
///
/// # Errors
/// The database's.
pub fn voice(tx: &mut Tx<'_>, id: &str) -> Result<Option<Voice>, StoreError> {
    tables::voices::find(tx, id)
}

/// Whether an account follows a dataset.
///
/// # Errors
/// The database's.
pub fn is_subscribed(tx: &mut Tx<'_>, account: &str, dataset: &str) -> Result<bool, StoreError> {
    tables::voices::is_subscribed(tx, account, dataset)
}

/// The public datasets an account follows, last renewed first.
///
/// # Errors
/// The database's.
pub fn followed(tx: &mut Tx<'_>, account: &str, count_max: u32) -> Result<Vec<Release>, StoreError> {
    let ids = tables::voices::followed(tx, account, count_max)?;
    let mut found = releases(tx, &ids)?;
    found.sort_by(|a, b| b.at_ms.cmp(&a.at_ms));
    Ok(found)
}

/// What somebody who follows a dataset was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The release.
    pub release: Release,
    /// When it was told, in milliseconds since 1970.
    pub at_ms: i64,
    /// When it was read.
    pub read_ms: Option<i64>,
}

/// New releases of datasets that an account follows, the latest first. What was taken down since is not among them.
///
/// # Errors
/// The database's.
pub fn notices(tx: &mut Tx<'_>, account: &str, count_max: u32) -> Result<Vec<Notice>, StoreError> {
    let mut found = Vec::new();
    for (dataset, number, at_ms, read_ms) in tables::voices::notices(tx, account, count_max)? {
        if tables::releases::public(tx, &dataset)?.is_none() {
            continue;
        }
        found.extend(tables::releases::find(tx, &dataset, number)?.map(|release| Notice { release, at_ms, read_ms }));
    }
    Ok(found)
}

/// All that an account was told is read.
///
/// # Errors
/// The database's.
pub fn mark_notices_read(tx: &mut Tx<'_>, account: &str, at_ms: i64) -> Result<(), StoreError> {
    tables::voices::mark_notices_read(tx, account, at_ms)
}

/// Keys of an account, newest first.
///
/// # Errors
/// The database's.
pub fn keys_of(tx: &mut Tx<'_>, account: &str) -> Result<Vec<Key>, StoreError> {
    tables::keys::of_account(tx, account)
}

/// The key behind what a program sent, with the calls counted on a day.
///
/// # Errors
/// The database's.
pub fn key_of_token(tx: &mut Tx<'_>, token: &str, day: clock::Date) -> Result<Option<(Key, i64)>, StoreError> {
    let Some(key) = tables::keys::find_by_hash(tx, &hash(token))? else { return Ok(None) };
    let calls = tables::keys::calls(tx, key.id.as_str(), &day.to_string())?;
    Ok(Some((key, calls)))
}

/// Counts a call under a key. This is bookkeeping and no act, and therefore needs no runner.
///
/// # Errors
/// The database's.
pub fn count_call(tx: &mut Tx<'_>, key: &Key, day: clock::Date) -> Result<(), StoreError> {
    tables::keys::count_call(tx, key.id.as_str(), &day.to_string())
}

/// The portals that are harvested.
///
/// # Errors
/// The database's.
pub fn harvest_sources(tx: &mut Tx<'_>) -> Result<Vec<HarvestSource>, StoreError> {
    tables::harvests::all(tx)
}

/// One of them.
///
/// # Errors
/// The database's.
pub fn harvest_source(tx: &mut Tx<'_>, id: &str) -> Result<Option<HarvestSource>, StoreError> {
    tables::harvests::find(tx, id)
}

/// What is known of the datasets of a source: those with errors alone, or all.
///
/// # Errors
/// The database's.
pub fn harvest_records(tx: &mut Tx<'_>, source: &str, failed: bool, count_max: u32) -> Result<Vec<HarvestRecord>, StoreError> {
    tables::harvests::records(tx, source, failed, count_max)
}

/// What is known of one dataset of a source.
///
/// # Errors
/// The database's.
pub fn harvest_record(tx: &mut Tx<'_>, source: &str, there: &str) -> Result<Option<HarvestRecord>, StoreError> {
    tables::harvests::record(tx, source, there)
}
