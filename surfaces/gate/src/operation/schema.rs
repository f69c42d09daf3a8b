//! The table of imported years.

use store::Migration;

/// To be applied as component `workspace`.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "imported years of the working-day calendar",
    sql: "
create table calendar_year (
    year bigint not null primary key,
    arrangement text not null,
    imported_ms bigint not null,
    imported_by text not null
);
",
}];

/// The statements on it.
pub(super) mod calendar_years {
    use store::{StoreError, Tx};

    pub(crate) fn save(tx: &mut Tx<'_>, year: i64, arrangement: &str, at_ms: i64, by: &str) -> Result<(), StoreError> {
        tx.execute(
            "insert into calendar_year (year, arrangement, imported_ms, imported_by) values ($1, $2, $3, $4)
             on conflict (year) do update set arrangement = $2, imported_ms = $3, imported_by = $4",
            &[&year, &arrangement, &at_ms, &by],
        )?;
        Ok(())
    }

    pub(crate) fn all(tx: &mut Tx<'_>) -> Result<Vec<(i64, String, i64, String)>, StoreError> {
        let rows = tx.query("select year, arrangement, imported_ms, imported_by from calendar_year order by year", &[])?;
        rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).collect()
    }
}
