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

/// Register, place of the version of a record in its feed, hash of the record, how many facts.
pub type RecordUse = (String, i64, String, i64);

/// The versions of records that these cases had taken facts from by then.
pub fn records_before(tx: &mut Tx<'_>, before_ms: i64) -> Result<Vec<RecordUse>, StoreError> {
    let rows = tx.query(
        "select f.register, f.position, f.sm3, count(*) from case_fact f join case_file c on c.id = f.case_id \
         where c.submitted_ms < $1 and c.parent is null and f.taken_ms < $1 group by 1, 2, 3 order by 1, 2, 3",
        &[&before_ms],
    )?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).collect()
}

/// How many of these cases took facts from each register.
pub fn cases_by_register(tx: &mut Tx<'_>, before_ms: i64) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = tx.query(
        "select f.register, count(distinct f.case_id) from case_fact f join case_file c on c.id = f.case_id \
         where c.submitted_ms < $1 and c.parent is null and f.taken_ms < $1 group by 1 order by 1",
        &[&before_ms],
    )?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Ratings given before a moment, by item and level.
pub fn ratings_before(tx: &mut Tx<'_>, before_ms: i64) -> Result<Vec<(String, String, i64)>, StoreError> {
    let rows = tx.query("select slug, level, count(*) from case_rating where at_ms < $1 group by 1, 2 order by 1, 2", &[&before_ms])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}
