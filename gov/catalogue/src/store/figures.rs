//! Measures of organs, and the formulas over them.

use std::collections::BTreeMap;

use store::{StoreError, Tx};

use super::{json, json_text, parsed};
use crate::model::Formula;

macro_rules! registered {
    ($more:literal) => {
        concat!("r.status in ('registered', 'publication-review', 'publication-refused', 'withdrawn', 'published')", $more)
    };
}
macro_rules! published {
    ($more:literal) => {
        concat!("r.published_version is not null", $more)
    };
}

/// Which resources a measure of the catalogue counts.
fn condition(measure: &str) -> Option<&'static str> {
    Some(match measure {
        "resources" => registered!(""),
        "shareable" => registered!(" and r.share_type <> 'not-shared'"),
        "unconditional" => registered!(" and r.share_type = 'unconditional'"),
        "open" => registered!(" and r.open_type <> 'closed'"),
        "graded" => registered!(" and r.ungraded_count = 0"),
        "published" => published!(""),
        "to_mount" => published!(" and r.share_type <> 'not-shared'"),
        "mounted" => published!(" and r.share_type <> 'not-shared' and r.mounted = 1"),
        "to_update" => published!(" and r.period <> 'irregular'"),
        "updated_in_time" => published!(" and r.period <> 'irregular' and coalesce(r.update_due_on, '') >= $1"),
        "catalogued_items" | "system_items" => "r.system_items is not null",
        _ => return None,
    })
}

/// What is added up of each resource.
fn quantity(measure: &str) -> &'static str {
    match measure {
        "catalogued_items" => "r.item_count",
        "system_items" => "r.system_items",
        _ => "1",
    }
}

/// The source of a measure of the catalogue, as it is asked: for the page that explains a figure.
pub fn source_of(measure: &str) -> Option<String> {
    condition(measure).map(|condition| format!("select organ, sum({}) from catalogue_resource r where {condition} group by organ", quantity(measure)))
}

/// All measures of the catalogue by organ, on a day.
pub fn counted(tx: &mut Tx<'_>, measures: &[&str], today: &str) -> Result<BTreeMap<String, BTreeMap<String, i64>>, StoreError> {
    let mut found: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for row in tx.query("select distinct organ from catalogue_resource", &[])? {
        found.insert(row.get(0)?, measures.iter().map(|measure| ((*measure).to_owned(), 0)).collect());
    }
    for measure in measures {
        let Some(condition) = condition(measure) else { continue };
        let sql = format!(
            "select r.organ, cast(sum({}) as bigint) from catalogue_resource r where {condition} and $1 = $1 group by r.organ",
            quantity(measure)
        );
        for row in tx.query(&sql, &[&today])? {
            found.entry(row.get(0)?).or_default().insert((*measure).to_owned(), row.get(1)?);
        }
    }
    Ok(found)
}

/// The resources behind a measure of an organ: identifier and what each adds.
pub fn behind(tx: &mut Tx<'_>, measure: &str, organ: Option<&str>, today: &str, limit: i64) -> Result<Vec<(String, i64)>, StoreError> {
    let Some(condition) = condition(measure) else { return Ok(Vec::new()) };
    let sql = format!(
        "select r.id, cast({} as bigint) from catalogue_resource r where {condition} and $1 = $1 and ($2 = '' or r.organ = $2) order by r.organ, r.id limit $3",
        quantity(measure)
    );
    tx.query(&sql, &[&today, &organ.unwrap_or_default(), &limit])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Measures that others recorded: organ, measure, value, source, moment.
pub fn recorded(tx: &mut Tx<'_>) -> Result<Vec<(String, String, i64, String, i64)>, StoreError> {
    let sql = "select organ, measure, value, source, at_ms from catalogue_measure order by organ, measure";
    tx.query(sql, &[])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))).collect()
}

pub fn record(tx: &mut Tx<'_>, organ: &str, measure: &str, value: i64, source: &str, at_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "insert into catalogue_measure (organ, measure, value, source, at_ms) values ($1, $2, $3, $4, $5)
         on conflict (organ, measure) do update set value = excluded.value, source = excluded.source, at_ms = excluded.at_ms",
        &[&organ, &measure, &value, &source, &at_ms],
    )?;
    Ok(())
}

/// Formulas that were edited, with moment and account.
pub fn formulas(tx: &mut Tx<'_>) -> Result<Vec<(Formula, i64, String)>, StoreError> {
    let rows = tx.query("select formula, at_ms, actor from catalogue_formula order by slug", &[])?;
    rows.iter().map(|row| Ok((parsed(row, 0, "a formula", json::<Formula>)?, row.get(1)?, row.get(2)?))).collect()
}

pub fn set_formula(tx: &mut Tx<'_>, formula: &Formula, at_ms: i64, actor: &str) -> Result<(), StoreError> {
    tx.execute(
        "insert into catalogue_formula (slug, formula, at_ms, actor) values ($1, $2, $3, $4)
         on conflict (slug) do update set formula = excluded.formula, at_ms = excluded.at_ms, actor = excluded.actor",
        &[&formula.slug, &json_text(formula), &at_ms, &actor],
    )?;
    Ok(())
}
