//! How often a client called a service in the present minute and day.

use store::{StoreError, Tx};

/// Counts one call more in the window of `span_ms` that holds `now_ms`; returns the count with this one.
pub fn count(tx: &mut Tx<'_>, client: &str, service: &str, span_ms: i64, now_ms: i64) -> Result<i64, StoreError> {
    let began_ms = now_ms.saturating_sub(now_ms.rem_euclid(span_ms.max(1)));
    tx.scalar(
        "insert into exchange_usage (client, service, span_ms, began_ms, used) values ($1, $2, $3, $4, 1) \
         on conflict (client, service, span_ms) do update set \
         used = case when exchange_usage.began_ms = excluded.began_ms then exchange_usage.used + 1 else 1 end, began_ms = excluded.began_ms \
         returning used",
        &[&client, &service, &span_ms, &began_ms],
    )
}
