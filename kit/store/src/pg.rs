//! PostgreSQL, through its wire protocol.

use std::collections::HashMap;
use std::error::Error;

use postgres::types::private::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls, Statement, Transaction};

use crate::{Bind, Row, Slot, StoreError, Tx, Value, tx};

const STATEMENTS_CACHED_MAX: usize = 512;

pub(crate) struct Connection {
    client: Client,
    prepared: HashMap<Box<str>, Statement>,
    conflict: bool,
    unused: bool,
}

pub(crate) struct Open<'a> {
    transaction: Transaction<'a>,
    prepared: &'a mut HashMap<Box<str>, Statement>,
    /// Whether another transaction was in the way since the work began.
    conflict: &'a mut bool,
    /// A statement failed and was not taken back: PostgreSQL answers a commit by an undo, without saying so.
    failed: bool,
}

impl Connection {
    pub(crate) fn open(address: &str) -> Result<Self, StoreError> {
        let failed = |source: postgres::Error| StoreError::Open { place: without_password(address), source: Box::new(source) };
        let mut client = Client::connect(address, NoTls).map_err(failed)?;
        client.batch_execute("set client_min_messages = warning; set timezone = 'UTC'").map_err(failed)?;
        Ok(Self { client, prepared: HashMap::new(), conflict: false, unused: false })
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Whether another transaction was in the way of the last work, so that trying again may help.
    pub(crate) fn met_conflict(&self) -> bool {
        self.conflict
    }

    /// Whether the connection broke before the last work had begun.
    pub(crate) fn broke_before_work(&self) -> bool {
        self.unused && self.client.is_closed()
    }

    /// Runs work in one transaction; commits when it returns `Ok`.
    pub(crate) fn run<T, E: From<StoreError>>(&mut self, read_only: bool, work: &mut dyn FnMut(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut builder = self.client.build_transaction();
        if read_only {
            builder = builder.read_only(true).isolation_level(postgres::IsolationLevel::RepeatableRead);
        }
        self.conflict = false;
        let started = builder.start().map_err(|e| StoreError::from_postgres(e, "begin"));
        // The server was restarted: no work has been done on this connection, so that another can do it.
        self.unused = started.is_err();
        let transaction = started?;
        let mut open = Open { transaction, prepared: &mut self.prepared, conflict: &mut self.conflict, failed: false };
        let answer = work(&mut Tx { link: tx::Link::Postgres(&mut open) });
        if answer.is_ok() {
            if open.failed {
                return Err(StoreError::Undone.into());
            }
            let committed = open.transaction.commit().map_err(|e| StoreError::from_postgres(e, "commit"));
            *open.conflict |= matches!(committed, Err(StoreError::Conflict));
            committed?;
        }
        answer
    }
}

/// What a `Tx` asks of an open transaction.
pub(crate) trait Link {
    fn execute(&mut self, statement: &str, parameters: &[&dyn Bind]) -> Result<u64, StoreError>;
    fn query(&mut self, statement: &str, parameters: &[&dyn Bind]) -> Result<Vec<Row>, StoreError>;
    fn batch(&mut self, script: &str) -> Result<(), StoreError>;
    fn mark_conflict(&mut self);
}

impl Open<'_> {
    /// Remembers what an error means for the rest of the work.
    fn noted<T>(&mut self, result: Result<T, postgres::Error>, statement: &str) -> Result<T, StoreError> {
        result.map_err(|source| {
            let fault = StoreError::from_postgres(source, statement);
            self.failed = true;
            *self.conflict |= matches!(fault, StoreError::Conflict);
            fault
        })
    }

    fn prepare(&mut self, text: &str) -> Result<Statement, postgres::Error> {
        if let Some(statement) = self.prepared.get(text) {
            return Ok(statement.clone());
        }
        if self.prepared.len() >= STATEMENTS_CACHED_MAX {
            self.prepared.clear();
        }
        let statement = self.transaction.prepare(text)?;
        self.prepared.insert(text.into(), statement.clone());
        Ok(statement)
    }
}

impl Link for Open<'_> {
    fn execute(&mut self, statement: &str, parameters: &[&dyn Bind]) -> Result<u64, StoreError> {
        if is_control(statement) {
            self.batch(statement)?;
            self.failed &= !takes_back(statement);
            return Ok(0);
        }
        let prepared = self.prepare(statement);
        let prepared = self.noted(prepared, statement)?;
        let bound: Vec<Bound<'_>> = parameters.iter().map(|p| Bound(p.slot())).collect();
        let parameters: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|b| b as &(dyn ToSql + Sync)).collect();
        let changed = self.transaction.execute(&prepared, &parameters);
        self.noted(changed, statement)
    }

    fn query(&mut self, statement: &str, parameters: &[&dyn Bind]) -> Result<Vec<Row>, StoreError> {
        let prepared = self.prepare(statement);
        let prepared = self.noted(prepared, statement)?;
        let bound: Vec<Bound<'_>> = parameters.iter().map(|p| Bound(p.slot())).collect();
        let parameters: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|b| b as &(dyn ToSql + Sync)).collect();
        let rows = self.transaction.query(&prepared, &parameters);
        let rows = self.noted(rows, statement)?;
        rows.iter()
            .map(|row| {
                let values: Result<Vec<Value>, postgres::Error> = (0..row.len()).map(|i| row.try_get::<_, Read>(i).map(|r| r.0)).collect();
                values.map(|values| Row { values }).map_err(|e| StoreError::from_postgres(e, statement))
            })
            .collect()
    }

    fn batch(&mut self, script: &str) -> Result<(), StoreError> {
        let done = self.transaction.batch_execute(script);
        self.noted(done, script)
    }

    fn mark_conflict(&mut self) {
        *self.conflict = true;
    }
}

/// Savepoints are not prepared.
fn is_control(statement: &str) -> bool {
    takes_back(statement) || ["savepoint ", "release "].iter().any(|word| statement.starts_with(word))
}

/// Whether the statement undoes what failed since a mark.
pub(crate) fn takes_back(statement: &str) -> bool {
    statement.starts_with("rollback to ")
}

fn without_password(address: &str) -> String {
    address.split_whitespace().filter(|part| !part.starts_with("password=")).collect::<Vec<_>>().join(" ")
}

#[derive(Debug)]
struct Bound<'a>(Slot<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self.0 {
            Slot::Null => Ok(IsNull::Yes),
            Slot::Int(n) if *ty == Type::INT4 => i32::try_from(n)?.to_sql(ty, out),
            Slot::Int(n) if *ty == Type::FLOAT8 => f64::from(i32::try_from(n)?).to_sql(ty, out),
            Slot::Int(n) => n.to_sql(ty, out),
            Slot::Real(x) => x.to_sql(ty, out),
            Slot::Text(text) => text.to_sql(ty, out),
            Slot::Bytes(bytes) => bytes.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

struct Read(Value);

impl<'a> FromSql<'a> for Read {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        let value = match *ty {
            Type::INT8 => Value::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Value::Int(i64::from(i32::from_sql(ty, raw)?)),
            Type::INT2 => Value::Int(i64::from(i16::from_sql(ty, raw)?)),
            Type::BOOL => Value::Int(i64::from(bool::from_sql(ty, raw)?)),
            Type::FLOAT8 => Value::Real(f64::from_sql(ty, raw)?),
            Type::BYTEA => Value::Bytes(Vec::from_sql(ty, raw)?),
            Type::VOID => Value::Null,
            _ => Value::Text(String::from_sql(ty, raw)?),
        };
        Ok(Self(value))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(Value::Null))
    }

    fn accepts(ty: &Type) -> bool {
        [Type::INT8, Type::INT4, Type::INT2, Type::BOOL, Type::FLOAT8, Type::BYTEA, Type::TEXT, Type::VARCHAR, Type::NAME, Type::VOID].contains(ty)
    }
}
