//! Statements that strangers wrote.

use std::path::Path;
use std::time::Instant;

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::{fault, gather, quoted};
use crate::matching::{glob, like};
use crate::model::{Answer, Bounds, Column, Field, Kind, TableError};

/// Tables that one statement may name.
pub const TABLES_PER_STATEMENT_MAX: usize = 4;
const STEPS_BETWEEN_LOOKS: i32 = 2_000;
const VALUE_BYTES_MAX: i32 = 256 * 1024;
const STATEMENT_BYTES_MAX: i32 = 16 * 1024;

/// What a statement begins with that changes something, or the engine itself.
const WRITING: [&str; 18] = [
    "alter",
    "analyze",
    "attach",
    "begin",
    "commit",
    "create",
    "delete",
    "detach",
    "drop",
    "insert",
    "pragma",
    "reindex",
    "release",
    "replace",
    "rollback",
    "savepoint",
    "update",
    "vacuum",
];

/// Functions that give the same answer for the same rows, and take time and space that their arguments bound.
const FUNCTIONS: [&str; 54] = [
    "abs",
    "avg",
    "ceil",
    "ceiling",
    "char_length",
    "coalesce",
    "count",
    "cume_dist",
    "date",
    "datetime",
    "dense_rank",
    "exp",
    "first_value",
    "floor",
    "glob",
    "group_concat",
    "ifnull",
    "iif",
    "instr",
    "julianday",
    "lag",
    "last_value",
    "lead",
    "length",
    "like",
    "ln",
    "log",
    "lower",
    "ltrim",
    "max",
    "min",
    "mod",
    "nth_value",
    "ntile",
    "nullif",
    "percent_rank",
    "pow",
    "power",
    "rank",
    "replace",
    "round",
    "row_number",
    "rtrim",
    "sign",
    "sqrt",
    "strftime",
    "string_agg",
    "substr",
    "substring",
    "sum",
    "time",
    "total",
    "trim",
    "upper",
];

/// A table as a statement names it.
#[derive(Clone, Debug)]
pub struct Named<'n> {
    /// The name in the statement.
    pub name: &'n str,
    /// The table on the shelf.
    pub key: &'n str,
    /// Its fields.
    pub fields: &'n [Field],
}

/// A connection that ends at the deadline.
pub(super) fn with_deadline(connection: &Connection, bounds: &Bounds) -> Result<(), TableError> {
    let deadline = Instant::now() + bounds.time_max;
    connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(move || Instant::now() > deadline)).map_err(TableError::Engine)
}

/// An address under which SQLite opens the file without looking for changes.
pub(super) fn address(path: &Path) -> String {
    let text = path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{text}?mode=ro&immutable=1")
}

pub(super) fn query(sql: &str, tables: &[(Named<'_>, String)], bounds: &Bounds) -> Result<Answer, TableError> {
    if tables.len() > TABLES_PER_STATEMENT_MAX {
        return Err(TableError::TooManyTables(TABLES_PER_STATEMENT_MAX));
    }
    let connection = open(tables)?;
    close_in(&connection, tables)?;
    with_deadline(&connection, bounds)?;
    let mut statement = connection.prepare(sql).map_err(|error| as_writing(sql, fault(error)))?;
    if statement.is_explain() != 0 || !statement.readonly() || statement.column_count() == 0 {
        return Err(TableError::NotPermitted("anything but one select".to_owned()));
    }
    if statement.parameter_count() > 0 {
        return Err(TableError::NotPermitted("parameters".to_owned()));
    }
    let column = |column: &rusqlite::Column<'_>| Column { name: column.name().to_owned(), kind: column.decl_type().and_then(Kind::parse_declared) };
    let columns = statement.columns().iter().map(column).collect();
    gather(statement.raw_query(), columns, bounds)
}

/// A statement that would write is not permitted, whatever else is wrong with it: the engine often names something else first.
fn as_writing(sql: &str, error: TableError) -> TableError {
    let first = first_word(sql);
    match &error {
        TableError::Wrong(_) if WRITING.iter().any(|word| word.eq_ignore_ascii_case(first)) => {
            TableError::NotPermitted("anything but reading".to_owned())
        }
        // What follows a `with` is told by what the engine says of the views that stand for the tables.
        TableError::Wrong(said) if said.starts_with("cannot modify") => TableError::NotPermitted("anything but reading".to_owned()),
        _ => error,
    }
}

/// The first word of a statement, after comments.
fn first_word(sql: &str) -> &str {
    let mut rest = sql;
    loop {
        rest = rest.trim_start();
        let end = match (rest.starts_with("--"), rest.starts_with("/*")) {
            (true, _) => rest.find('\n'),
            (_, true) => rest.find("*/").map(|at| at + 1),
            _ => break,
        };
        rest = end.and_then(|at| rest.get(at + 1..)).unwrap_or_default();
    }
    rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default()
}

/// An empty database in memory, with the tables attached and a view over each under the name of the statement.
fn open(tables: &[(Named<'_>, String)]) -> Result<Connection, TableError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_MEMORY;
    let connection = Connection::open_with_flags(":memory:", flags).map_err(TableError::Engine)?;
    for (at, (table, address)) in tables.iter().enumerate() {
        connection.execute(&format!("attach database ?1 as r{at}"), [address]).map_err(TableError::Engine)?;
        let names: Vec<String> = std::iter::once("_id".to_owned()).chain(table.fields.iter().map(|field| quoted(&field.name))).collect();
        let view = format!("create temp view {} as select {} from r{at}.rows", quoted(table.name), names.join(", "));
        connection.execute_batch(&view).map_err(TableError::Engine)?;
    }
    connection.execute_batch("pragma query_only = on; pragma cell_size_check = on; pragma trusted_schema = off").map_err(TableError::Engine)?;
    Ok(connection)
}

fn close_in(connection: &Connection, tables: &[(Named<'_>, String)]) -> Result<(), TableError> {
    let limits = [
        (Limit::SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, STATEMENT_BYTES_MAX),
        (Limit::SQLITE_LIMIT_COLUMN, 250),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 60),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 8),
        (Limit::SQLITE_LIMIT_VDBE_OP, 25_000),
        (Limit::SQLITE_LIMIT_FUNCTION_ARG, 16),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 500),
        (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 0),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 0),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
    ];
    for (limit, value) in limits {
        connection.set_limit(limit, value).map_err(TableError::Engine)?;
    }
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("like", 2, flags, |cx| matched(cx, |p, t| like(p, t, None))).map_err(TableError::Engine)?;
    connection
        .create_scalar_function("like", 3, flags, |cx| {
            let escape = text_of(cx, 2).and_then(|text| text.chars().next());
            matched(cx, |p, t| like(p, t, escape))
        })
        .map_err(TableError::Engine)?;
    connection.create_scalar_function("glob", 2, flags, |cx| matched(cx, glob)).map_err(TableError::Engine)?;
    let views: Vec<String> = tables.iter().map(|(table, _)| table.name.to_owned()).collect();
    connection.authorizer(Some(move |asked: AuthContext<'_>| rule(&views, &asked))).map_err(TableError::Engine)
}

fn matched(cx: &Context<'_>, fits: impl Fn(&str, &str) -> bool) -> rusqlite::Result<Option<bool>> {
    Ok(text_of(cx, 0).zip(text_of(cx, 1)).map(|(pattern, text)| fits(&pattern, &text)))
}

fn text_of(cx: &Context<'_>, at: usize) -> Option<String> {
    match cx.get_raw(at) {
        ValueRef::Null | ValueRef::Blob(_) => None,
        ValueRef::Integer(n) => Some(n.to_string()),
        ValueRef::Real(x) => Some(x.to_string()),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
    }
}

/// What is not named here is refused.
fn rule(views: &[String], asked: &AuthContext<'_>) -> Authorization {
    let is_view = |name: &str| views.iter().any(|view| view.eq_ignore_ascii_case(name));
    let permitted = match asked.action {
        AuthAction::Select => true,
        AuthAction::Read { table_name, column_name } => match asked.database_name {
            Some("temp") => is_view(table_name),
            // Counting without looking at a column is asked for without saying through which view.
            Some(database) => {
                let through_view = asked.accessor.is_some_and(is_view) || column_name.is_empty();
                database.starts_with('r') && table_name == "rows" && through_view
            }
            // The same for a view itself, or for a part of the statement with a name.
            None => column_name.is_empty() && !is_internal(table_name),
        },
        AuthAction::Function { function_name } => FUNCTIONS.iter().any(|name| name.eq_ignore_ascii_case(function_name)),
        _ => false,
    };
    if permitted { Authorization::Allow } else { Authorization::Deny }
}

/// Names of tables that are there without being anybody's.
fn is_internal(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["rows", "words", "sqlite", "pragma", "json", "fts", "rtree", "geopoly", "dbstat", "bytecode", "tables_used", "generate"]
        .iter()
        .any(|start| name.starts_with(start))
}
