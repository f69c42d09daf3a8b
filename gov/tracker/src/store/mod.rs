//! The tables of the tracker.

pub mod consents;
pub mod digests;
pub mod orders;

use store::{Migration, Row, StoreError, Tx};

use crate::model::{CaseRef, Manner, Seen, Source, SourceKind};

/// The tables of this crate, to be applied as component `tracker`.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "readings of personal data",
        sql: "
create table data_reading (
    id text not null primary key,
    subject_index text not null,
    at_ms bigint not null,
    account text not null,
    organ text,
    source_kind text not null,
    source_name text not null,
    source_title text not null,
    fields text not null,
    manner text not null,
    purpose text not null,
    basis text not null,
    case_id text,
    case_number text,
    case_title text,
    grant_id text,
    message_id text,
    shown_from_ms bigint not null,
    secrecy text
);
create index ix_data_reading__subject on data_reading (subject_index, id);
create index ix_data_reading__case on data_reading (case_id, id);
create index ix_data_reading__at on data_reading (at_ms);
create table secrecy_order (
    id text not null primary key,
    case_id text not null,
    organ text not null,
    basis text not null,
    reason text not null,
    ordered_by text not null,
    from_ms bigint not null,
    until_ms bigint not null
);
create index ix_secrecy_order__case on secrecy_order (case_id, until_ms);
",
    },
    Migration {
        number: 2,
        name: "consents, daily digests",
        sql: "
alter table data_reading add column consent text;
create table consent (
    id text not null primary key,
    subject_index text not null,
    organ text not null,
    name text not null,
    version bigint not null,
    source_name text not null,
    terms text not null,
    state text not null,
    asked_ms bigint not null,
    given_ms bigint,
    ended_ms bigint,
    note text
);
create index ix_consent__subject on consent (subject_index, id);
create index ix_consent__organ on consent (organ, source_name, id);
create table digest_choice (
    party text not null primary key,
    subject_indexes text not null,
    since_ms bigint not null
);
create table reading_digest (
    party text not null,
    day text not null,
    readings bigint not null,
    organs text not null,
    read_ms bigint,
    primary key (party, day)
);
create index ix_data_reading__shown on data_reading (subject_index, shown_from_ms);
",
    },
];

const COLUMNS: &str = "id, at_ms, account, organ, source_kind, source_name, source_title, fields, manner, purpose, basis, case_id, case_number, \
                       case_title, grant_id, message_id, consent";

pub fn insert(tx: &mut Tx<'_>, seen: &Seen, subject_index: &str, secret_until: Option<&(i64, String)>) -> Result<(), StoreError> {
    let case = seen.case.as_ref();
    let shown_from_ms = secret_until.map_or(seen.at_ms, |(until, _)| *until);
    tx.execute(
        "insert into data_reading (id, at_ms, account, organ, source_kind, source_name, source_title, fields, manner, purpose, basis, case_id, \
         case_number, case_title, grant_id, message_id, subject_index, shown_from_ms, secrecy, consent) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        &[
            &seen.id,
            &seen.at_ms,
            &seen.account,
            &seen.organ,
            &seen.source.kind.as_str(),
            &seen.source.name,
            &json(&seen.source.title),
            &json(&seen.fields),
            &seen.manner.as_str(),
            &json(&seen.purpose),
            &seen.basis,
            &case.map(|case| case.id.clone()),
            &case.map(|case| case.number.clone()),
            &case.map(|case| json(&case.title)),
            &seen.grant,
            &seen.message,
            &subject_index,
            &shown_from_ms,
            &secret_until.map(|(_, approval)| approval.clone()),
            &seen.consent,
        ],
    )?;
    Ok(())
}

/// What one blind index of a subject finds, newest first, before an identifier; what is still secret is left out.
pub fn of_subject(tx: &mut Tx<'_>, index: &str, now_ms: i64, before: &str, count_max: u32) -> Result<Vec<Seen>, StoreError> {
    let sql = format!("select {COLUMNS} from data_reading where subject_index = $1 and id < $2 and shown_from_ms <= $3 order by id desc limit $4");
    tx.query(&sql, &[&index, &before, &now_ms, &count_max])?.iter().map(seen).collect()
}

/// Readings under a case, newest first.
pub fn of_case(tx: &mut Tx<'_>, case: &str, count_max: u32) -> Result<Vec<Seen>, StoreError> {
    let sql = format!("select {COLUMNS} from data_reading where case_id = $1 order by id desc limit $2");
    tx.query(&sql, &[&case, &count_max])?.iter().map(seen).collect()
}

/// How many readings stand between two moments, by source kind and manner.
pub fn counts(tx: &mut Tx<'_>, from_ms: i64, until_ms: i64) -> Result<Vec<(String, String, i64)>, StoreError> {
    let sql = "select source_kind, manner, count(*) from data_reading where at_ms >= $1 and at_ms < $2 group by source_kind, manner \
               order by source_kind, manner";
    tx.query(sql, &[&from_ms, &until_ms])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

/// Our own plain records always have a JSON form; an unwritable one would be found by the reader.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn parsed<T>(row: &Row, column: usize, wanted: &'static str, parse: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
    parse(&row.get::<String>(column)?).ok_or(StoreError::Type { column, found: "another text", wanted })
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

fn seen(row: &Row) -> Result<Seen, StoreError> {
    let case = match (row.get::<Option<String>>(11)?, row.get::<Option<String>>(12)?) {
        (Some(id), Some(number)) => Some(CaseRef { id, number, title: parsed(row, 13, "a title", from_json)? }),
        _ => None,
    };
    Ok(Seen {
        id: row.get(0)?,
        at_ms: row.get(1)?,
        account: row.get(2)?,
        organ: row.get(3)?,
        source: Source {
            kind: parsed(row, 4, "a kind of source", SourceKind::parse)?,
            name: row.get(5)?,
            title: parsed(row, 6, "a title", from_json)?,
        },
        fields: parsed(row, 7, "names of fields", from_json)?,
        manner: parsed(row, 8, "a manner", Manner::parse)?,
        purpose: parsed(row, 9, "a purpose", from_json)?,
        basis: row.get(10)?,
        case,
        grant: row.get(14)?,
        message: row.get(15)?,
        consent: row.get(16)?,
    })
}
