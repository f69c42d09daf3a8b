use store::{Bind, Row, StoreError, Tx};

use super::{date, json, json_text, parsed, parsed_opt};
use crate::model::record::{Cause, Stored};

const COLUMNS: &str = "position, key_index, subject_index, version, valid_from, valid_until, recorded_at_ms, superseded_at_ms, cause, changed, \
                       plain, sealed, sm3";
/// The same with the name of the table, for joins.
const JOINED: &str = "r.position, r.key_index, r.subject_index, r.version, r.valid_from, r.valid_until, r.recorded_at_ms, r.superseded_at_ms, \
                      r.cause, r.changed, r.plain, r.sealed, r.sm3";

fn stored(row: &Row) -> Result<Stored, StoreError> {
    Ok(Stored {
        position: row.get(0)?,
        key_index: row.get(1)?,
        subject_index: row.get(2)?,
        version: row.get(3)?,
        valid_from: parsed(row, 4, "a day", date)?,
        valid_until: parsed_opt(row, 5, "a day", date)?,
        recorded_at_ms: row.get(6)?,
        superseded_at_ms: row.get(7)?,
        cause: parsed(row, 8, "a cause", Cause::parse)?,
        changed: parsed(row, 9, "names of fields", json)?,
        plain: row.get(10)?,
        sealed: row.get(11)?,
        sm3: row.get(12)?,
    })
}

/// All versions under a key, in the order of their writing.
pub fn by_key(tx: &mut Tx<'_>, register: &str, key_index: &str) -> Result<Vec<Stored>, StoreError> {
    tx.query(&of_one_key(), &[&register, &key_index])?.iter().map(stored).collect()
}

fn of_one_key() -> String {
    format!("select {COLUMNS} from register_record where register = $1 and key_index = $2 order by position")
}

/// All versions about a subject, in the order of their writing.
pub fn by_subject(tx: &mut Tx<'_>, register: &str, subject_index: &str, count_max: u32) -> Result<Vec<Stored>, StoreError> {
    tx.query(&of_one_subject(), &[&subject_index, &register, &count_max])?.iter().map(stored).collect()
}

fn of_one_subject() -> String {
    format!("select {COLUMNS} from register_record where subject_index = $1 and register = $2 order by position limit $3")
}

/// The version at one place of the feed.
pub fn at(tx: &mut Tx<'_>, register: &str, position: i64) -> Result<Option<Stored>, StoreError> {
    let sql = format!("select {COLUMNS} from register_record where register = $1 and position = $2");
    tx.query_opt(&sql, &[&register, &position])?.as_ref().map(stored).transpose()
}

/// Versions after a place of the feed.
pub fn after(tx: &mut Tx<'_>, register: &str, position: i64, count_max: u32) -> Result<Vec<Stored>, StoreError> {
    let sql = format!("select {COLUMNS} from register_record where register = $1 and position > $2 order by position limit $3");
    tx.query(&sql, &[&register, &position, &count_max])?.iter().map(stored).collect()
}

/// A condition on a searchable value.
pub enum Match {
    /// One of these texts.
    OneOf(Vec<String>),
    /// From the first to the second, both included.
    Between(String, String),
}

/// When a record must hold, and when it must have been known.
pub struct Moments<'a> {
    pub day: &'a str,
    pub known_at_ms: i64,
}

const HELD: &str = "r.valid_from <= $DAY and (r.valid_until is null or r.valid_until >= $DAY) and r.recorded_at_ms <= $KNOWN \
                    and (r.superseded_at_ms is null or r.superseded_at_ms > $KNOWN)";

/// Records that hold and meet all conditions, in the order of their places in the feed.
pub fn matching(
    tx: &mut Tx<'_>,
    register: &str,
    conditions: &[(&str, Match)],
    moments: &Moments<'_>,
    after: i64,
    count_max: u32,
) -> Result<Vec<Stored>, StoreError> {
    let mut parameters: Vec<&dyn Bind> = vec![&register, &after, &moments.day, &moments.known_at_ms, &count_max];
    let mut from = String::from("register_record r");
    let mut conditions_sql = String::new();
    for (index, (field, condition)) in conditions.iter().enumerate() {
        let table = format!("v{index}");
        from.push_str(&format!(" join register_value {table} on {table}.position = r.position"));
        parameters.push(field);
        conditions_sql.push_str(&format!(" and {table}.register = $1 and {table}.field = ${}", parameters.len()));
        match condition {
            Match::OneOf(values) => {
                let marks: Vec<String> = (1..=values.len()).map(|mark| format!("${}", parameters.len() + mark)).collect();
                conditions_sql.push_str(&format!(" and {table}.value in ({})", marks.join(", ")));
                parameters.extend(values.iter().map(|value| value as &dyn Bind));
            }
            Match::Between(least, greatest) => {
                conditions_sql.push_str(&format!(" and {table}.value between ${} and ${}", parameters.len() + 1, parameters.len() + 2));
                parameters.push(least);
                parameters.push(greatest);
            }
        }
    }
    let held = HELD.replace("$DAY", "$3").replace("$KNOWN", "$4");
    let sql =
        format!("select {JOINED} from {from} where r.register = $1 and r.position > $2 and {held}{conditions_sql} order by r.position limit $5");
    tx.query(&sql, &parameters)?.iter().map(stored).collect()
}

/// How many records that hold have each value of a searchable field.
pub fn count_by(tx: &mut Tx<'_>, register: &str, field: &str, moments: &Moments<'_>, values_max: u32) -> Result<Vec<(String, i64)>, StoreError> {
    let held = HELD.replace("$DAY", "$3").replace("$KNOWN", "$4");
    let sql = format!(
        "select v.value, count(*) from register_value v join register_record r on r.position = v.position \
         where v.register = $1 and r.register = $1 and v.field = $2 and {held} group by v.value order by v.value limit $5"
    );
    let rows = tx.query(&sql, &[&register, &field, &moments.day, &moments.known_at_ms, &values_max])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// All versions under any of these keys, a bounded number of keys at once.
pub fn of_keys(tx: &mut Tx<'_>, register: &str, key_indexes: &[String]) -> Result<Vec<Stored>, StoreError> {
    let mut parameters: Vec<&dyn Bind> = vec![&register];
    parameters.extend(key_indexes.iter().map(|index| index as &dyn Bind));
    tx.query(&of_several_keys(key_indexes.len()), &parameters)?.iter().map(stored).collect()
}

fn of_several_keys(count: usize) -> String {
    let marks: Vec<String> = (0..count).map(|mark| format!("${}", mark + 2)).collect();
    format!("select {COLUMNS} from register_record where register = $1 and key_index in ({})", marks.join(", "))
}

/// Writes versions with their searchable values.
pub fn insert(tx: &mut Tx<'_>, register: &str, rows: &[(Stored, Vec<(String, String)>)]) -> Result<(), StoreError> {
    let records: Vec<Vec<Box<dyn Bind>>> = rows.iter().map(|(stored, _)| record_row(register, stored)).collect();
    let head = format!("insert into register_record (register, {COLUMNS})");
    tx.insert_rows(&head, &records)?;
    let values: Vec<Vec<Box<dyn Bind + '_>>> = rows
        .iter()
        .flat_map(|(stored, values)| {
            values.iter().map(move |(field, value)| -> Vec<Box<dyn Bind + '_>> {
                vec![Box::new(register), Box::new(field.as_str()), Box::new(value.as_str()), Box::new(stored.position)]
            })
        })
        .collect();
    tx.insert_rows("insert into register_value (register, field, value, position)", &values)
}

fn record_row<'a>(register: &'a str, stored: &'a Stored) -> Vec<Box<dyn Bind + 'a>> {
    vec![
        Box::new(register),
        Box::new(stored.position),
        Box::new(stored.key_index.as_str()),
        Box::new(stored.subject_index.as_deref()),
        Box::new(stored.version),
        Box::new(stored.valid_from.to_string()),
        Box::new(stored.valid_until.map(|day| day.to_string())),
        Box::new(stored.recorded_at_ms),
        Box::new(stored.superseded_at_ms),
        Box::new(stored.cause.as_str()),
        Box::new(json_text(&stored.changed)),
        Box::new(stored.plain.as_str()),
        Box::new(stored.sealed.as_str()),
        Box::new(stored.sm3.as_str()),
    ]
}

/// Versions are no longer held to be true.
pub fn supersede(tx: &mut Tx<'_>, register: &str, positions: &[i64], at_ms: i64) -> Result<(), StoreError> {
    for position in positions {
        tx.execute("update register_record set superseded_at_ms = $3 where register = $1 and position = $2", &[&register, position, &at_ms])?;
    }
    Ok(())
}

/// Why a version was corrected.
#[derive(Debug)]
pub struct Correction {
    pub reason_sealed: String,
    pub basis: String,
    pub account: String,
    pub at_ms: i64,
}

pub fn insert_correction(tx: &mut Tx<'_>, register: &str, position: i64, correction: &Correction) -> Result<(), StoreError> {
    tx.execute(
        "insert into register_correction (register, position, reason_sealed, basis, account, at_ms) values ($1, $2, $3, $4, $5, $6)",
        &[&register, &position, &correction.reason_sealed, &correction.basis, &correction.account, &correction.at_ms],
    )?;
    Ok(())
}

pub fn correction(tx: &mut Tx<'_>, register: &str, position: i64) -> Result<Option<Correction>, StoreError> {
    let sql = "select reason_sealed, basis, account, at_ms from register_correction where register = $1 and position = $2";
    let found = tx.query_opt(sql, &[&register, &position])?;
    found.map(|row| Ok(Correction { reason_sealed: row.get(0)?, basis: row.get(1)?, account: row.get(2)?, at_ms: row.get(3)? })).transpose()
}

#[cfg(test)]
mod tests {
    use testkit::TestDatabase;

    use super::*;

    #[test]
    fn versions_are_read_in_the_order_of_an_index() {
        let database = TestDatabase::sqlite();
        database.store().migrate("registers", crate::MIGRATIONS).unwrap();
        let key = "ix_register_record__key (register=? AND key_index=?)";
        let (text, one) = (&"x", &1_u32);
        let statements: [(String, &[&dyn Bind], &str); 3] = [
            (of_one_key(), &[text, text], key),
            (of_several_keys(2), &[text, text, text], key),
            (of_one_subject(), &[text, text, one], "ix_register_record__subject (subject_index=? AND register=?)"),
        ];
        for (statement, parameters, index) in statements {
            let plan = database.plan(&statement, parameters);
            assert!(matches!(plan.as_slice(), [step] if step.ends_with(index)), "{plan:#?}");
        }
    }
}
