//! Numbered, embedded, checked, forward only.

use crate::{Store, StoreError, Tx};

/// One step of a component's schema.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// From 1, without a gap.
    pub number: i64,
    /// What it does, in a few words.
    pub name: &'static str,
    /// The statements, in the common subset.
    pub sql: &'static str,
}

const OWN_TABLE: &str = "create table if not exists schema_migration (
    component text not null, number bigint not null, name text not null, text_length bigint not null, text_check bigint not null,
    primary key (component, number))";
const MIGRATION_LOCK: i64 = 0x7a73_0001;

impl Store {
    /// Brings one component up to date.
    ///
    /// # Errors
    /// [`StoreError::MigrationChanged`] when an applied one differs from the program's, [`StoreError::MigrationUnknown`] when a newer
    /// program was here; the fault of the database otherwise.
    pub fn migrate(&self, component: &'static str, migrations: &'static [Migration]) -> Result<(), StoreError> {
        self.script(OWN_TABLE)?;
        self.write(move |tx| {
            tx.lock(MIGRATION_LOCK)?;
            refuse_newer(tx, component, migrations)?;
            for migration in migrations {
                let applied =
                    tx.query_opt("select text_check from schema_migration where component = $1 and number = $2", &[&component, &migration.number])?;
                let check = checksum(migration.sql);
                if let Some(row) = applied {
                    if row.get::<i64>(0)? != check {
                        return Err(StoreError::MigrationChanged { component: component.into(), number: migration.number });
                    }
                    continue;
                }
                tx.batch(migration.sql)?;
                let length = i64::try_from(migration.sql.len()).unwrap_or(i64::MAX);
                tx.execute(
                    "insert into schema_migration (component, number, name, text_length, text_check) values ($1, $2, $3, $4, $5)",
                    &[&component, &migration.number, &migration.name, &length, &check],
                )?;
            }
            Ok(())
        })
    }
}

/// A start never changes what it cannot read.
fn refuse_newer(tx: &mut Tx<'_>, component: &str, migrations: &[Migration]) -> Result<(), StoreError> {
    let known = migrations.last().map_or(0, |migration| migration.number);
    let number: i64 = tx.scalar("select coalesce(max(number), 0) from schema_migration where component = $1", &[&component])?;
    if number > known {
        return Err(StoreError::MigrationUnknown { component: component.to_owned(), number, known });
    }
    Ok(())
}

/// FNV-1a: notices an edit; it is no protection against a forger, who could edit the table as well.
fn checksum(text: &str) -> i64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    i64::from_ne_bytes(hash.to_ne_bytes())
}
