//! Rows of files: `datastore_search`, `datastore_search_sql`, `datastore_info`.

use gate::App;
use opendata::{DataField, Release, Resource, ensure_table, queries};
use serde_json::{Map, Number, Value, json};
use tables::{Answer, Bounds, Cell, Column, Filter, Kind, Named, Search, Sought, TABLES_PER_STATEMENT_MAX, TableError};

use super::envelope::Wrong;
use super::package;
use super::params::Params;
use super::shelf;

pub(super) const LIMIT_MAX: u32 = 32_000;
const LIMIT: u32 = 100;
const ID_CHARS: usize = "resource_".len() + ids::IDENTIFIER_LENGTH;

/// CKAN's word for what a column holds.
fn word(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::Integer) => "int",
        Some(Kind::Numeric) => "numeric",
        Some(Kind::Date) => "date",
        Some(Kind::Timestamp) => "timestamp",
        Some(Kind::Boolean) => "bool",
        Some(Kind::Text) | None => "text",
    }
}

pub(super) async fn search(app: &App, params: Params) -> Result<Value, Wrong> {
    let id = params.needed("resource_id", "id")?;
    let (release, position) = package::find(app, &id).await?;
    let file = release.resources.get(position).filter(|file| file.is_table()).ok_or(Wrong::NotFound)?.clone();
    let asked = asked(&params, &file)?;
    let format = params.text("records_format")?.unwrap_or_else(|| "objects".to_owned());
    if !["objects", "lists", "csv", "tsv"].contains(&format.as_str()) {
        return Err(Wrong::field("records_format", "Must be one of: objects, lists, csv, tsv"));
    }
    let answer = rows(app, file, asked.clone()).await?;
    let mut result = json!({
        "include_total": asked.count,
        "limit": asked.limit,
        "offset": asked.offset,
        "records_format": format,
        "resource_id": id,
        "total_estimation_threshold": null,
        "records": records(&answer, &format),
        "fields": fields(&answer.columns),
        "_links": links(&id, &asked),
    });
    if let (Some(total), Some(members)) = (answer.total, result.as_object_mut()) {
        members.insert("total".to_owned(), Value::from(total));
        members.insert("total_was_estimated".to_owned(), Value::Bool(false));
    }
    Ok(result)
}

fn links(id: &str, asked: &Search) -> Value {
    let link = |offset: u32| format!("/api/3/action/datastore_search?resource_id={id}&limit={}&offset={offset}", asked.limit);
    json!({ "start": link(0), "next": link(asked.offset.saturating_add(asked.limit)) })
}

/// Rows of a public file; its table is made again where it is missing.
pub(super) async fn rows(app: &App, file: Resource, asked: Search) -> Result<Answer, Wrong> {
    let (shelf, blobs) = (shelf(app)?, app.blobs.clone());
    let answer = app.blocking(move || {
        let key = ensure_table(&file, &blobs, &shelf).map_err(|fault| Wrong::Fault(runner::Fault(fault)))?.ok_or(Wrong::NotFound)?;
        shelf.search(&key, &file.table_fields(), &asked, &Bounds::default()).map_err(wrong)
    });
    answer.await?
}

fn wrong(error: TableError) -> Wrong {
    match error {
        TableError::NoField(name) => Wrong::field("fields", format!("field {name:?} not in table")),
        TableError::TooSlow => Wrong::field("query", "Query took too long"),
        TableError::NotPermitted(what) => Wrong::NotPermitted(what),
        TableError::Wrong(said) => Wrong::field("query", said),
        TableError::TooManyTables(max) => Wrong::field("sql", format!("at most {max} resources")),
        TableError::Missing(_) => Wrong::NotFound,
        other => Wrong::Fault(runner::Fault(Box::new(other))),
    }
}

fn asked(params: &Params, file: &Resource) -> Result<Search, Wrong> {
    let mut search = Search {
        columns: params.texts("fields")?,
        order: order(params)?,
        distinct: params.flag("distinct", false),
        limit: params.number("limit", LIMIT, LIMIT_MAX)?,
        offset: params.number("offset", 0, u32::MAX)?,
        count: params.flag("include_total", true),
        ..Search::default()
    };
    match params.structured("filters") {
        None => {}
        Some(Value::Object(members)) => {
            for (name, value) in members {
                let filter = filter(file, &name, value)?;
                search.filters.push((name, filter));
            }
        }
        Some(_) => return Err(Wrong::field("filters", "Not a json object")),
    }
    match params.structured("q") {
        None => {}
        Some(Value::Object(members)) => {
            for (name, value) in members {
                search.words.push(Sought { field: Some(name), text: text(&value) });
            }
        }
        Some(value) => search.words.push(Sought { field: None, text: text(&value) }),
    }
    Ok(search)
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// `"a desc, b"`.
fn order(params: &Params) -> Result<Vec<(String, bool)>, Wrong> {
    let parts = params.texts("sort")?;
    let one = |part: String| {
        let part = part.trim();
        let lower = part.to_ascii_lowercase();
        let (name, descending) = match (lower.strip_suffix(" desc"), lower.strip_suffix(" asc")) {
            (Some(name), _) => (part.get(..name.len()).unwrap_or_default(), true),
            (None, Some(name)) => (part.get(..name.len()).unwrap_or_default(), false),
            (None, None) => (part, false),
        };
        (name.trim().trim_matches('"').to_owned(), descending)
    };
    Ok(parts.into_iter().map(one).collect())
}

/// A value, a list of values, or `{"gte": a, "lte": b}`.
fn filter(file: &Resource, name: &str, value: Value) -> Result<Filter, Wrong> {
    let kind = match name {
        "_id" => Kind::Integer,
        name => {
            let field = file.fields.iter().find(|field| field.field.name == name);
            field.ok_or_else(|| Wrong::field("filters", format!("field {name:?} not in table")))?.field.kind
        }
    };
    let cell = |value: &Value| match value {
        Value::Null => Ok(Cell::Null),
        value => kind.read(&text(value)).ok_or_else(|| Wrong::field("filters", format!("{name}: not a valid {}", word(Some(kind))))),
    };
    match &value {
        Value::Array(values) => Ok(Filter::AnyOf(values.iter().map(cell).collect::<Result<_, _>>()?)),
        Value::Object(ends) => {
            let end = |name: &str| ends.get(name).map(&cell).transpose();
            Ok(Filter::Between(end("gte")?, end("lte")?))
        }
        value => Ok(Filter::AnyOf(vec![cell(value)?])),
    }
}

fn fields(columns: &[Column]) -> Value {
    columns.iter().map(|column| json!({ "id": column.name, "type": word(column.kind) })).collect()
}

/// A value as JSON.
pub(super) fn json_of(cell: &Cell, kind: Option<Kind>) -> Value {
    match (cell, kind) {
        (Cell::Null, _) => Value::Null,
        (Cell::Int(n), Some(Kind::Boolean)) => Value::Bool(*n != 0),
        (Cell::Int(n), _) => Value::from(*n),
        (Cell::Real(x), _) => Number::from_f64(*x).map_or(Value::Null, Value::Number),
        (Cell::Text(text), _) => Value::from(text.as_str()),
    }
}

/// A value as text.
pub(super) fn text_of(cell: &Cell, kind: Option<Kind>) -> String {
    match json_of(cell, kind) {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn records(answer: &Answer, format: &str) -> Value {
    let separated = |separator: u8| {
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
        for row in &answer.rows {
            // Writing into memory cannot fail.
            let _ = writer.write_record(row.iter().zip(&answer.columns).map(|(cell, column)| text_of(cell, column.kind)));
        }
        Value::from(writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default())
    };
    let object = |row: &Vec<Cell>| {
        let members = row.iter().zip(&answer.columns).map(|(cell, column)| (column.name.clone(), json_of(cell, column.kind)));
        Value::Object(members.collect::<Map<_, _>>())
    };
    match format {
        "csv" => separated(b','),
        "tsv" => separated(b'\t'),
        "lists" => answer
            .rows
            .iter()
            .map(|row| row.iter().zip(&answer.columns).map(|(cell, column)| json_of(cell, column.kind)).collect::<Value>())
            .collect(),
        _ => answer.rows.iter().map(object).collect(),
    }
}

pub(super) async fn sql(app: &App, params: Params) -> Result<Value, Wrong> {
    let sql = params.needed("sql", "query")?;
    let named = resources_named(&sql);
    if named.len() > TABLES_PER_STATEMENT_MAX {
        return Err(Wrong::field("sql", format!("at most {TABLES_PER_STATEMENT_MAX} resources")));
    }
    let wanted = named.clone();
    let releases: Vec<Option<Release>> = app.query(move |tx| wanted.iter().map(|id| Ok(queries::release_of_resource(tx, id)?)).collect()).await?;
    let mut files = Vec::new();
    for (id, release) in named.iter().zip(&releases) {
        let file = release.as_ref().and_then(|release| release.resource(id)).filter(|file| file.is_table());
        files.push(file.cloned().ok_or(Wrong::NotFound)?);
    }
    let (shelf, blobs, statement) = (shelf(app)?, app.blobs.clone(), sql.clone());
    let answer = app.blocking(move || {
        let mut keys = Vec::new();
        for file in &files {
            keys.push(ensure_table(file, &blobs, &shelf).map_err(|fault| Wrong::Fault(runner::Fault(fault)))?.ok_or(Wrong::NotFound)?);
        }
        let fields: Vec<_> = files.iter().map(Resource::table_fields).collect();
        let tables: Vec<Named<'_>> =
            files.iter().zip(&keys).zip(&fields).map(|((file, key), fields)| Named { name: file.id.as_str(), key, fields }).collect();
        shelf.query(&statement, &tables, &Bounds::default()).map_err(wrong)
    });
    let answer = answer.await??;
    let mut result = json!({ "sql": sql, "fields": fields(&answer.columns), "records": records(&answer, "objects") });
    if let (true, Some(members)) = (answer.is_cut, result.as_object_mut()) {
        members.insert("records_truncated".to_owned(), Value::Bool(true));
    }
    Ok(result)
}

/// Identifiers of files that stand in a statement.
fn resources_named(sql: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let bytes = sql.as_bytes();
    for (at, _) in sql.match_indices("resource_") {
        let id = bytes.get(at..at + ID_CHARS).and_then(|id| std::str::from_utf8(id).ok()).unwrap_or_default();
        if opendata::ResourceId::parse(id).is_ok() && !found.iter().any(|known| known == id) {
            found.push(id.to_owned());
        }
    }
    found
}

pub(super) async fn info(app: &App, params: Params) -> Result<Value, Wrong> {
    let id = params.needed("id", "resource_id")?;
    let (release, position) = package::find(app, &id).await?;
    let file = release.resources.get(position).filter(|file| file.is_table()).ok_or(Wrong::NotFound)?;
    let field = |field: &DataField| {
        json!({
            "id": field.field.name,
            "type": word(Some(field.field.kind)),
            "info": { "label": field.title.zh, "label_en": field.title.en, "notes": field.note.zh, "notes_en": field.note.en },
            "schema": { "notnull": false, "is_index": field.field.indexed, "native_type": word(Some(field.field.kind)) },
        })
    };
    Ok(json!({
        "meta": { "id": id, "count": file.rows, "size": file.size_bytes, "table_type": "BASE TABLE" },
        "fields": file.fields.iter().map(field).collect::<Vec<_>>(),
    }))
}
