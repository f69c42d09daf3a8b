use store::{StoreError, Tx};

/// The next number of a series, from 1 in each year. It is drawn in the transaction that uses it, so a series has no gaps.
pub(crate) fn next(tx: &mut Tx<'_>, organ_code: &str, series: &str, year: i16) -> Result<i64, StoreError> {
    tx.scalar(
        "insert into document_sequence (organ_code, series, year, last) values ($1, $2, $3, 1)
         on conflict (organ_code, series, year) do update set last = document_sequence.last + 1 returning last",
        &[&organ_code, &series, &i64::from(year)],
    )
}
