//! Counters that never give a number twice.

use store::{StoreError, Tx};

/// The next number of a series, from 1.
pub(crate) fn next(tx: &mut Tx<'_>, name: &str) -> Result<i64, StoreError> {
    tx.scalar(
        "insert into case_serial (name, value) values ($1, 1)
         on conflict (name) do update set value = case_serial.value + 1 returning value",
        &[&name],
    )
}
