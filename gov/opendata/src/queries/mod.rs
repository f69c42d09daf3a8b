//! Questions that pages and interfaces ask.

use std::collections::HashSet;

use store::{StoreError, Tx};

use crate::model::dataset::{Dataset, State};
use crate::model::release::Release;
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
