//! The open transaction that work reads and writes through.

use crate::{Bind, FromValue, Row, StoreError, pg, sqlite};

/// Rows that one statement inserts at most.
const ROWS_AT_ONCE: usize = 50;

pub(crate) enum Link<'a> {
    Sqlite(&'a sqlite::Connection),
    Postgres(&'a mut (dyn pg::Link + 'a)),
}

/// An open transaction. Statements use `$1`, `$2`, … on both databases.
pub struct Tx<'a> {
    pub(crate) link: Link<'a>,
}

impl Tx<'_> {
    /// The same transaction for a shorter while, for a context that owns its `Tx`.
    pub fn reborrow(&mut self) -> Tx<'_> {
        let link = match &mut self.link {
            Link::Sqlite(connection) => Link::Sqlite(connection),
            Link::Postgres(open) => Link::Postgres(&mut **open),
        };
        Tx { link }
    }

    /// Runs a statement; returns how many rows it changed.
    ///
    /// # Errors
    /// Constraint violations by name, otherwise the fault with its source.
    pub fn execute(&mut self, statement: &str, parameters: &[&dyn Bind]) -> Result<u64, StoreError> {
        match &mut self.link {
            Link::Sqlite(connection) => connection.execute(statement, parameters),
            Link::Postgres(open) => open.execute(statement, parameters),
        }
    }

    /// Inserts rows; `head` is `insert into table (columns)`, and every row has a value for each column. PostgreSQL gets many with one
    /// statement, to save the way there and back. SQLite gets one at a time: it keeps pages aside for a statement of several rows that may
    /// fail halfway, and looks through all that the transaction has kept at the end of each, which is the square of the rows of a large load.
    ///
    /// # Errors
    /// Constraint violations by name, otherwise the fault with its source.
    pub fn insert_rows(&mut self, head: &str, rows: &[Vec<Box<dyn Bind + '_>>]) -> Result<(), StoreError> {
        let together = match &self.link {
            Link::Sqlite(_) => 1,
            Link::Postgres(_) => ROWS_AT_ONCE,
        };
        let columns = rows.first().map_or(0, Vec::len);
        for chunk in rows.chunks(together) {
            // Two lengths of statement, so that both stay prepared.
            let at_once = if chunk.len() == together { together } else { 1 };
            let statement = format!("{head} values {}", placeholders(columns, at_once));
            for part in chunk.chunks(at_once) {
                let parameters: Vec<&dyn Bind> = part.iter().flatten().map(|value| &**value).collect();
                self.execute(&statement, &parameters)?;
            }
        }
        Ok(())
    }

    /// All rows of a query.
    ///
    /// # Errors
    /// The fault with its source.
    pub fn query(&mut self, statement: &str, parameters: &[&dyn Bind]) -> Result<Vec<Row>, StoreError> {
        match &mut self.link {
            Link::Sqlite(connection) => connection.query(statement, parameters),
            Link::Postgres(open) => open.query(statement, parameters),
        }
    }

    /// The first row of a query, if there is one.
    ///
    /// # Errors
    /// The fault with its source.
    pub fn query_opt(&mut self, statement: &str, parameters: &[&dyn Bind]) -> Result<Option<Row>, StoreError> {
        Ok(self.query(statement, parameters)?.into_iter().next())
    }

    /// The first row of a query that must have one.
    ///
    /// # Errors
    /// [`StoreError::NoRow`] when there is none.
    pub fn query_one(&mut self, statement: &str, parameters: &[&dyn Bind]) -> Result<Row, StoreError> {
        self.query_opt(statement, parameters)?.ok_or_else(|| StoreError::NoRow { statement: statement.to_owned() })
    }

    /// The first column of the first row.
    ///
    /// # Errors
    /// [`StoreError::NoRow`] or [`StoreError::Type`].
    pub fn scalar<T: FromValue>(&mut self, statement: &str, parameters: &[&dyn Bind]) -> Result<T, StoreError> {
        self.query_one(statement, parameters)?.get(0)
    }

    /// Marks a point to which [`Tx::rollback_to`] can return. Marks nest by name.
    ///
    /// # Errors
    /// The fault with its source.
    pub fn savepoint(&mut self, name: &'static str) -> Result<(), StoreError> {
        self.execute(&format!("savepoint {name}"), &[]).map(drop)
    }

    /// Undoes everything since the mark, and forgets the mark.
    ///
    /// # Errors
    /// The fault with its source.
    pub fn rollback_to(&mut self, name: &'static str) -> Result<(), StoreError> {
        self.execute(&format!("rollback to savepoint {name}"), &[])?;
        self.release(name)
    }

    /// Keeps everything since the mark, and forgets the mark.
    ///
    /// # Errors
    /// The fault with its source.
    pub fn release(&mut self, name: &'static str) -> Result<(), StoreError> {
        self.execute(&format!("release savepoint {name}"), &[]).map(drop)
    }

    /// Takes the transaction-wide lock of that number, so that one at a time passes (SQLite has one writer anyway).
    ///
    /// # Errors
    /// The fault with its source.
    pub fn lock(&mut self, number: i64) -> Result<(), StoreError> {
        match &mut self.link {
            Link::Sqlite(_) => Ok(()),
            Link::Postgres(open) => open.query("select 1 from (select pg_advisory_xact_lock($1)) l", &[&number]).map(drop),
        }
    }

    /// One list out of several: the text of a query for the first `limit` rows of all of them in that order, each row once. Every list is
    /// read in the order of its own index and only as far as needed. SQLite merges lists lazily when they are written plainly; PostgreSQL must be told that no
    /// list gives more than all of them together do. `lists` are queries of the same columns without order and limit; `order` names every
    /// column by its number.
    #[must_use]
    pub fn merged(&self, lists: &[String], order: &str, limit: &str) -> String {
        let each = |(position, list): (usize, &String)| match &self.link {
            Link::Sqlite(_) => list.clone(),
            Link::Postgres(_) => format!("select * from ({list} order by {order} limit {limit}) list{position}"),
        };
        let all: Vec<String> = lists.iter().enumerate().map(each).collect();
        format!("{} order by {order} limit {limit}", all.join(" union "))
    }

    /// Says that somebody else was in the way, as the work found out from what it read or wrote; returns the error to stop with. On
    /// PostgreSQL the work is then run again, up to a bound. SQLite has one writer: nobody can be in the way, so it is not run again.
    #[must_use]
    pub fn conflict(&mut self) -> StoreError {
        match &mut self.link {
            Link::Sqlite(_) => {}
            Link::Postgres(open) => open.mark_conflict(),
        }
        StoreError::Conflict
    }

    pub(crate) fn batch(&mut self, script: &str) -> Result<(), StoreError> {
        match &mut self.link {
            Link::Sqlite(connection) => connection.batch(script),
            Link::Postgres(open) => open.batch(script),
        }
    }
}

fn placeholders(columns: usize, rows: usize) -> String {
    let row = |index: usize| {
        let marks: Vec<String> = (1..=columns).map(|column| format!("${}", index * columns + column)).collect();
        format!("({})", marks.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}
