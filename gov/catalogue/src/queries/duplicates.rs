use i18n::Text;
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx};

use super::ResourceRow;
use crate::model::{Pair, Tier, pairs};
use crate::store as tables;

/// How a pair was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SettlementKind {
    /// One of them is the source; the other takes its items from there (一数一源).
    OneSource,
    /// They are different things.
    Distinct,
}

/// What the data authority decided about a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// How.
    pub kind: SettlementKind,
    /// The source, when there is to be one.
    pub source: Option<String>,
    /// Why.
    pub reason: String,
    /// By which account.
    pub actor: String,
    /// When.
    pub at_ms: i64,
}

/// Two resources of different departments with the same items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// What they have in common.
    pub pair: Pair,
    /// One.
    pub first: ResourceRow,
    /// The other.
    pub second: ResourceRow,
    /// The source that is suggested.
    pub source: String,
    /// Why it is.
    pub why: Text,
    /// What was decided.
    pub settlement: Option<Settlement>,
}

/// Pairs of different departments that hold the same items, the most alike first; open ones alone or all.
///
/// # Errors
/// The database's.
pub fn duplicates(tx: &mut Tx<'_>, open_only: bool, limit: usize) -> Result<Vec<Duplicate>, StoreError> {
    let settled = tables::duplicates::settlements(tx)?;
    let mut found = pairs(&tables::duplicates::compared(tx)?);
    found.retain(|pair| !open_only || !settled.contains_key(&(pair.first.clone(), pair.second.clone())));
    found.truncate(limit);
    let mut ids: Vec<String> = found.iter().flat_map(|pair| [pair.first.clone(), pair.second.clone()]).collect();
    ids.sort_unstable();
    ids.dedup();
    let rows = super::rows_of(tx, &ids)?;
    let row = |id: &str| rows.iter().find(|row| row.id.as_str() == id).cloned();
    let duplicate = |pair: Pair| {
        let (first, second) = (row(&pair.first)?, row(&pair.second)?);
        let (source, why) = suggested(&first, &second);
        let settlement = settled.get(&(pair.first.clone(), pair.second.clone())).cloned();
        Some(Duplicate { source: source.id.to_string(), why, first, second, pair, settlement })
    };
    Ok(found.into_iter().filter_map(duplicate).collect())
}

/// The base catalogue before themes, themes before departments; then what is published, then what was there first.
fn suggested<'a>(first: &'a ResourceRow, second: &'a ResourceRow) -> (&'a ResourceRow, Text) {
    let rank = |row: &ResourceRow| match row.tier {
        Tier::Base => 0,
        Tier::Theme => 1,
        Tier::Department => 2,
    };
    if rank(first) != rank(second) {
        let source = if rank(first) < rank(second) { first } else { second };
        let tier = source.tier.name();
        return (source, Text::new(format!("属于{}", tier.zh), format!("It belongs to {}", tier.en)));
    }
    match (first.published_version.is_some(), second.published_version.is_some()) {
        (true, false) => (first, Text::new("已经发布，另一个尚未发布", "It is published and the other is not")),
        (false, true) => (second, Text::new("已经发布，另一个尚未发布", "It is published and the other is not")),
        (true, true) | (false, false) => {
            let source = if first.id <= second.id { first } else { second };
            (source, Text::new("编目在先", "It was catalogued first"))
        }
    }
}
