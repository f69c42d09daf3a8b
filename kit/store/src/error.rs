//! What can go wrong, for operators. People get refusals, made by whoever maps a named constraint to one.

/// A fault of the database, with its source.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A named constraint was violated (`uq_<table>__<column>…`, or the name of a check).
    #[error("constraint {name} was violated")]
    Constraint {
        /// The same name on both databases.
        name: String,
    },
    /// Expected exactly one row.
    #[error("expected one row, but there is none: {statement}")]
    NoRow {
        /// The statement's text.
        statement: String,
    },
    /// A column holds another type than was asked for.
    #[error("column {column} holds {found}, but {wanted} was expected")]
    Type {
        /// Position from 0.
        column: usize,
        /// What is there.
        found: &'static str,
        /// What was asked for.
        wanted: &'static str,
    },
    /// No space is left on the device; nothing was written.
    #[error("the disk is full: nothing was written")]
    DiskFull,
    /// Another transaction was in the way; trying again may help.
    #[error("another transaction was in the way")]
    Conflict,
    /// The work went on after one of its statements had failed, and did not take the failed part back; nothing of it was written.
    #[error("a statement had failed before the work ended, so nothing was written")]
    Undone,
    /// The commit failed; nothing of the group was written.
    #[error("the commit failed, so nothing was written: {0}")]
    Commit(String),
    /// The work panicked; its changes were rolled back.
    #[error("the work panicked: {0}")]
    Panicked(String),
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// A migration that was applied differs from the one in the program, or is missing.
    #[error("migration {component} {number} differs from the one that was applied")]
    MigrationChanged {
        /// The component.
        component: String,
        /// Its number.
        number: i64,
    },
    /// A newer program has worked on this database.
    #[error("the database was changed by a newer program: it has migration {component} {number}, this program ends at {known}")]
    MigrationUnknown {
        /// The component.
        component: String,
        /// The newest number in the database.
        number: i64,
        /// The newest number of this program.
        known: i64,
    },
    /// The configuration names no database that can be opened.
    #[error("cannot open the database at {place}")]
    Open {
        /// Path or address, without a password.
        place: String,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// SQLite said something else.
    #[error("sqlite: {statement}")]
    Sqlite {
        /// The statement's text.
        statement: String,
        /// Why.
        #[source]
        source: rusqlite::Error,
    },
    /// PostgreSQL said something else.
    #[error("postgresql: {statement}")]
    Postgres {
        /// The statement's text.
        statement: String,
        /// Why.
        #[source]
        source: postgres::Error,
    },
}

impl StoreError {
    /// The name of the violated constraint, if that is what happened.
    #[must_use]
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Constraint { name } => Some(name),
            _ => None,
        }
    }

    pub(crate) fn from_sqlite(source: rusqlite::Error, statement: &str) -> Self {
        use rusqlite::ErrorCode;
        if let rusqlite::Error::SqliteFailure(failure, message) = &source {
            match failure.code {
                ErrorCode::ConstraintViolation => {
                    return Self::Constraint { name: sqlite_constraint_name(message.as_deref().unwrap_or("")) };
                }
                ErrorCode::DiskFull => return Self::DiskFull,
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => return Self::Conflict,
                _ => {}
            }
        }
        Self::Sqlite { statement: statement.to_owned(), source }
    }

    pub(crate) fn from_postgres(source: postgres::Error, statement: &str) -> Self {
        if let Some(db) = source.as_db_error() {
            match db.code().code() {
                "23505" | "23514" | "23503" | "23502" => return Self::Constraint { name: postgres_constraint_name(db) },
                "53100" => return Self::DiskFull,
                "40001" | "40P01" | "55P03" => return Self::Conflict,
                _ => {}
            }
        }
        Self::Postgres { statement: statement.to_owned(), source }
    }
}

/// The name both databases report: a primary key counts as a unique constraint over its columns, `not null` is `nn_<table>__<column>`.
fn postgres_constraint_name(db: &postgres::error::DbError) -> String {
    let table = db.table().unwrap_or_default();
    match (db.constraint(), db.column()) {
        (None, Some(column)) => format!("nn_{table}__{column}"),
        (Some(name), _) if name == format!("{table}_pkey") => {
            key_columns(db.detail().unwrap_or_default()).map_or_else(|| name.to_owned(), |columns| unique_name(table, columns.split(", ")))
        }
        (Some(name), _) => name.to_owned(),
        (None, None) => "unnamed".to_owned(),
    }
}

/// `Key (a, b)=(1, 2) already exists.` → `a, b`.
fn key_columns(detail: &str) -> Option<&str> {
    let (_, rest) = detail.split_once('(')?;
    rest.split_once(")=").map(|(columns, _)| columns)
}

fn unique_name<'a>(table: &str, columns: impl Iterator<Item = &'a str>) -> String {
    columns.fold(format!("uq_{table}"), |name, column| name + "__" + column)
}

/// `UNIQUE constraint failed: t.a, t.b` → `uq_t__a__b`; `NOT NULL constraint failed: t.a` → `nn_t__a`; `CHECK constraint failed: name` → `name`.
fn sqlite_constraint_name(message: &str) -> String {
    let Some((kind, rest)) = message.split_once(" constraint failed: ") else {
        return message.to_owned();
    };
    let column = |text: &'_ str| text.rsplit('.').next().unwrap_or_default().to_owned();
    let table = rest.split('.').next().unwrap_or_default();
    match kind {
        "UNIQUE" => {
            let columns: Vec<String> = rest.split(", ").map(column).collect();
            unique_name(table, columns.iter().map(String::as_str))
        }
        "NOT NULL" => format!("nn_{table}__{}", column(rest)),
        _ => rest.to_owned(),
    }
}
