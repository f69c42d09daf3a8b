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
                "23505" | "23514" | "23503" | "23502" => {
                    let name = db.constraint().or_else(|| db.column()).unwrap_or("unnamed").to_owned();
                    return Self::Constraint { name };
                }
                "53100" => return Self::DiskFull,
                "40001" | "40P01" | "55P03" => return Self::Conflict,
                _ => {}
            }
        }
        Self::Postgres { statement: statement.to_owned(), source }
    }
}

/// `UNIQUE constraint failed: t.a, t.b` → `uq_t__a__b`; `CHECK constraint failed: name` → `name`.
fn sqlite_constraint_name(message: &str) -> String {
    let Some((kind, rest)) = message.split_once(" constraint failed: ") else {
        return message.to_owned();
    };
    if kind != "UNIQUE" {
        return rest.to_owned();
    }
    let mut name = String::from("uq");
    for (position, column) in rest.split(", ").enumerate() {
        let (table, column) = column.split_once('.').unwrap_or(("", column));
        if position == 0 {
            name.push('_');
            name.push_str(table);
        }
        name.push_str("__");
        name.push_str(column);
    }
    name
}
