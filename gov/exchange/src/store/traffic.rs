//! Figures about the traffic.

use store::{StoreError, Tx};

/// Service, code, calls, bytes asked, bytes answered, in a span of time.
pub fn by_service(tx: &mut Tx<'_>, from_ms: i64, until_ms: i64) -> Result<Vec<(String, String, i64, i64, i64)>, StoreError> {
    let sql = "select service, code, count(*), cast(sum(request_bytes) as bigint), cast(sum(response_bytes) as bigint) from exchange_message \
               where at_ms >= $1 and at_ms < $2 and side = 'provider' group by service, code order by service, code";
    let rows = tx.query(sql, &[&from_ms, &until_ms])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))).collect()
}

/// The duration below which a share of a service's calls stayed, in microseconds.
pub fn duration_at(tx: &mut Tx<'_>, service: &str, from_ms: i64, until_ms: i64, place: i64) -> Result<i64, StoreError> {
    let sql = "select duration_us from exchange_message where service = $1 and at_ms >= $2 and at_ms < $3 and side = 'provider' \
               order by duration_us limit 1 offset $4";
    let row = tx.query_opt(sql, &[&service, &from_ms, &until_ms, &place])?;
    row.map_or(Ok(0), |row| row.get(0))
}
