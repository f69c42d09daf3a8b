//! Figures that are published as datasets: counted from the cases, the same from the same cases.

use std::collections::BTreeMap;

use i18n::Text;
use serde::Serialize;
use store::{StoreError, Tx};

use crate::model::{CaseFile, Outcome, RatingLevel};
use crate::store::public_figures;

/// How many cases of an item were submitted in a month and ended in a way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MonthCount {
    /// The first day of the month, `2026-03-01`.
    pub month: String,
    /// The item.
    pub slug: String,
    /// Its name.
    pub item: Text,
    /// How it ended; `None` while open.
    pub outcome: Option<Outcome>,
    /// How many.
    pub cases: i64,
}

/// Cases submitted before a day, by month, item and outcome, in that order. Rectifications of bad ratings are left out.
///
/// # Errors
/// The database's.
pub fn month_counts(tx: &mut Tx<'_>, before: clock::Date) -> Result<Vec<MonthCount>, StoreError> {
    let mut sums: BTreeMap<(String, String, String), (Text, i64)> = BTreeMap::new();
    for (slug, zh, en, day, outcome, count) in public_figures::cases_before(tx, clock::midnight(before).as_millisecond())? {
        let Ok(at) = clock::from_millis(day.saturating_mul(86_400_000)) else { continue };
        // The number of the day was made in China's time already.
        let month = format!("{}-01", at.to_string().get(..7).unwrap_or_default());
        let sum = sums.entry((month, slug, outcome)).or_insert((Text::new(zh, en), 0));
        sum.1 += count;
    }
    let row = |((month, slug, outcome), (item, cases)): ((String, String, String), (Text, i64))| MonthCount {
        month,
        slug,
        item,
        outcome: Outcome::parse(&outcome),
        cases,
    };
    Ok(sums.into_iter().map(row).collect())
}

/// Whether [`month_counts`] before a day counts a case.
#[must_use]
pub fn is_counted(file: &CaseFile, before: clock::Date) -> bool {
    file.parent.is_none() && file.submitted_ms < clock::midnight(before).as_millisecond()
}

/// What the cases of [`month_counts`] took from a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterUse {
    /// The register.
    pub register: String,
    /// How many of the cases.
    pub cases: i64,
    /// How many facts.
    pub facts: i64,
    /// How many versions of records.
    pub records: i64,
}

/// What the cases of [`month_counts`] before a day had taken from registers by then, and the SM3 of the versions of records it was taken from, as
/// lines `register position hash` in that order: whoever has the facts can compute it again.
///
/// # Errors
/// The database's.
pub fn register_uses(tx: &mut Tx<'_>, before: clock::Date) -> Result<(Vec<RegisterUse>, String), StoreError> {
    let before_ms = clock::midnight(before).as_millisecond();
    let mut lines = String::new();
    let mut sums: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for (register, position, sm3, facts) in public_figures::records_before(tx, before_ms)? {
        lines.extend([register.as_str(), " ", &position.to_string(), " ", &sm3, "\n"]);
        let sum = sums.entry(register).or_default();
        *sum = (sum.0.saturating_add(facts), sum.1.saturating_add(1));
    }
    let mut uses = Vec::new();
    for (register, cases) in public_figures::cases_by_register(tx, before_ms)? {
        let (facts, records) = sums.get(&register).copied().unwrap_or_default();
        uses.push(RegisterUse { register, cases, facts, records });
    }
    Ok((uses, seal::hash::sm3_hex(lines.as_bytes())))
}

/// Ratings given before a day, by item and level, best first.
///
/// # Errors
/// The database's.
pub fn rating_counts_before(tx: &mut Tx<'_>, before: clock::Date) -> Result<Vec<(String, RatingLevel, i64)>, StoreError> {
    let counted = public_figures::ratings_before(tx, clock::midnight(before).as_millisecond())?;
    let mut found: Vec<(String, RatingLevel, i64)> =
        counted.into_iter().filter_map(|(slug, level, count)| Some((slug, RatingLevel::parse(&level)?, count))).collect();
    let place = |level: RatingLevel| RatingLevel::ALL.iter().position(|one| *one == level);
    found.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| place(a.1).cmp(&place(b.1))));
    Ok(found)
}
