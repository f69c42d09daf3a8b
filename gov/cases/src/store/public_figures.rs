//! Counts for public datasets: never a case, only how many.

use store::{StoreError, Tx};

/// Slug, names of the item, day of submission in China (days since 1970), code of the outcome, how many.
pub type CaseCount = (String, String, String, i64, String, i64);

const DAY_MS: i64 = 24 * 3_600 * 1_000;
const CHINA_AHEAD_MS: i64 = 8 * 3_600 * 1_000;

/// Cases submitted before a moment, by item, day and outcome.
pub fn cases_before(tx: &mut Tx<'_>, before_ms: i64) -> Result<Vec<CaseCount>, StoreError> {
    let rows = tx.query(
        "select slug, item_name_zh, item_name_en, (submitted_ms + $2) / $3, coalesce(outcome, ''), count(*) from case_file \
         where submitted_ms < $1 and parent is null group by 1, 2, 3, 4, 5 order by 1, 4, 5",
        &[&before_ms, &CHINA_AHEAD_MS, &DAY_MS],
    )?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))).collect()
}

/// Ratings given before a moment, by item and level.
pub fn ratings_before(tx: &mut Tx<'_>, before_ms: i64) -> Result<Vec<(String, String, i64)>, StoreError> {
    let rows = tx.query("select slug, level, count(*) from case_rating where at_ms < $1 group by 1, 2 order by 1, 2", &[&before_ms])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}
