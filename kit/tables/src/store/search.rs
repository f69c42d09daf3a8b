//! Questions put together from parts.

use rusqlite::{Connection, params_from_iter};

use super::{fault, gather, quoted};
use crate::model::{Answer, Bounds, Cell, Column, Field, Filter, Kind, Search, Sought, TableError};
use crate::words::sought;

const ROW_NUMBER: &str = "_id";
const VALUES_MAX: usize = 500;

pub(super) fn search(connection: &Connection, fields: &[Field], asked: &Search, bounds: &Bounds) -> Result<Answer, TableError> {
    let columns = columns(fields, asked)?;
    let mut values = Vec::new();
    let condition = condition(fields, asked, &mut values)?;
    let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    let names = names.join(", ");
    let distinct = if asked.distinct { "distinct " } else { "" };
    let sql = format!("select {distinct}{names} from rows{condition}{} limit {} offset {}", order(fields, asked)?, asked.limit, asked.offset);
    let mut statement = connection.prepare_cached(&sql).map_err(fault)?;
    let mut answer = gather(statement.query(params_from_iter(values.iter())).map_err(fault)?, columns, bounds)?;
    if asked.count {
        let sql = match asked.distinct {
            true => format!("select count(*) from (select distinct {names} from rows{condition})"),
            false => format!("select count(*) from rows{condition}"),
        };
        let mut statement = connection.prepare_cached(&sql).map_err(fault)?;
        let total: i64 = statement.query_row(params_from_iter(values.iter()), |row| row.get(0)).map_err(fault)?;
        answer.total = u64::try_from(total).ok();
    }
    Ok(answer)
}

fn find<'f>(fields: &'f [Field], name: &str) -> Result<&'f Field, TableError> {
    fields.iter().find(|field| field.name == name).ok_or_else(|| TableError::NoField(name.to_owned()))
}

fn columns(fields: &[Field], asked: &Search) -> Result<Vec<Column>, TableError> {
    let number = || Column { name: ROW_NUMBER.to_owned(), kind: Some(Kind::Integer) };
    let of = |field: &Field| Column { name: field.name.clone(), kind: Some(field.kind) };
    if asked.columns.is_empty() {
        // Rows with a number are never equal.
        let first = (!asked.distinct).then(number);
        return Ok(first.into_iter().chain(fields.iter().map(of)).collect());
    }
    asked.columns.iter().map(|name| if name == ROW_NUMBER { Ok(number()) } else { find(fields, name).map(of) }).collect()
}

fn order(fields: &[Field], asked: &Search) -> Result<String, TableError> {
    let mut parts = Vec::new();
    for (name, descending) in &asked.order {
        if name != ROW_NUMBER {
            find(fields, name)?;
        }
        parts.push(format!("{}{}", quoted(name), if *descending { " desc" } else { "" }));
    }
    if parts.is_empty() && !asked.distinct {
        parts.push(ROW_NUMBER.to_owned());
    }
    Ok(if parts.is_empty() { String::new() } else { format!(" order by {}", parts.join(", ")) })
}

fn condition(fields: &[Field], asked: &Search, values: &mut Vec<Cell>) -> Result<String, TableError> {
    let mut parts = Vec::new();
    for (name, filter) in &asked.filters {
        if name != ROW_NUMBER {
            find(fields, name)?;
        }
        parts.push(filtered(&quoted(name), filter, values)?);
    }
    for words in &asked.words {
        parts.push(worded(fields, words, values)?);
    }
    Ok(if parts.is_empty() { String::new() } else { format!(" where {}", parts.join(" and ")) })
}

fn filtered(name: &str, filter: &Filter, values: &mut Vec<Cell>) -> Result<String, TableError> {
    match filter {
        Filter::AnyOf(wanted) => {
            if wanted.len() > VALUES_MAX {
                return Err(TableError::NotPermitted(format!("more than {VALUES_MAX} values")));
            }
            let given: Vec<&Cell> = wanted.iter().filter(|cell| **cell != Cell::Null).collect();
            let marks = vec!["?"; given.len()].join(", ");
            let nothing = given.len() < wanted.len();
            values.extend(given.into_iter().cloned());
            Ok(match (marks.is_empty(), nothing) {
                (false, false) => format!("{name} in ({marks})"),
                (false, true) => format!("({name} in ({marks}) or {name} is null)"),
                (true, true) => format!("{name} is null"),
                (true, false) => "0".to_owned(),
            })
        }
        Filter::Between(low, high) => {
            let mut parts = Vec::new();
            for (sign, end) in [(">=", low), ("<=", high)] {
                if let Some(end) = end {
                    parts.push(format!("{name} {sign} ?"));
                    values.push(end.clone());
                }
            }
            Ok(if parts.is_empty() { "1".to_owned() } else { parts.join(" and ") })
        }
    }
}

/// In the index of words where there is one for the fields meant, else by looking through them.
fn worded(fields: &[Field], words: &Sought, values: &mut Vec<Cell>) -> Result<String, TableError> {
    let among: Vec<(usize, &Field)> = match &words.field {
        Some(name) => vec![(fields.iter().position(|field| field.name == *name).unwrap_or_default(), find(fields, name)?)],
        None => fields.iter().enumerate().filter(|(_, field)| field.kind == Kind::Text).collect(),
    };
    let Some(phrase) = sought(&words.text) else { return Ok("0".to_owned()) };
    let mut parts = Vec::new();
    let (indexed, others): (Vec<_>, Vec<_>) = among.into_iter().partition(|(_, field)| field.full_text);
    if !indexed.is_empty() {
        let named: Vec<String> = indexed.iter().map(|(at, _)| format!("c{at}")).collect();
        parts.push("_id in (select rowid from words where words match ?)".to_owned());
        values.push(Cell::Text(format!("{{{}}} : ({phrase})", named.join(" "))));
    }
    for (_, field) in others {
        parts.push(format!("instr(lower({}), ?) > 0", quoted(&field.name)));
        values.push(Cell::Text(words.text.trim().to_lowercase()));
    }
    Ok(if parts.is_empty() { "0".to_owned() } else { format!("({})", parts.join(" or ")) })
}
