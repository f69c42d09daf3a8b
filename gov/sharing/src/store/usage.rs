//! Calls that passed, per grant and day.

use store::{StoreError, Tx};

/// Counts a call, unless the calls of the day or of the minute are used up. Of two at once at the limit, one is counted.
pub fn count(tx: &mut Tx<'_>, grant: &str, day: &str, minute: i64, per_day: u32, per_minute: u32) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "insert into sharing_usage (grant_id, day, calls, minute, minute_calls) values ($1, $2, 1, $3, 1)
         on conflict (grant_id, day) do update set calls = sharing_usage.calls + 1,
         minute_calls = case when sharing_usage.minute = excluded.minute then sharing_usage.minute_calls + 1 else 1 end,
         minute = excluded.minute
         where sharing_usage.calls < $4 and (sharing_usage.minute <> excluded.minute or sharing_usage.minute_calls < $5)",
        &[&grant, &day, &minute, &per_day, &per_minute],
    )?;
    Ok(changed == 1)
}

/// Calls on a day.
pub fn on(tx: &mut Tx<'_>, grant: &str, day: &str) -> Result<i64, StoreError> {
    let found = tx.query_opt("select calls from sharing_usage where grant_id = $1 and day = $2", &[&grant, &day])?;
    found.map_or(Ok(0), |row| row.get(0))
}

/// Calls of each day from one on, the newest first.
pub fn since(tx: &mut Tx<'_>, grant: &str, day: &str) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = tx.query("select day, calls from sharing_usage where grant_id = $1 and day >= $2 order by day desc", &[&grant, &day])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
