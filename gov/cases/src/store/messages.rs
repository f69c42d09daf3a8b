//! Messages to parties.

use i18n::Text;
use serde::Serialize;
use store::{StoreError, Tx};

/// A message to a party about a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Identifier.
    pub id: String,
    /// To whom.
    pub party: String,
    /// About which case.
    pub case: String,
    /// What it says.
    pub text: Text,
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// When it was read.
    pub read_ms: Option<i64>,
}

pub(crate) fn insert(tx: &mut Tx<'_>, message: &Message) -> Result<(), StoreError> {
    tx.execute(
        "insert into case_message (id, party, case_id, zh, en, at_ms) values ($1, $2, $3, $4, $5, $6)",
        &[&message.id, &message.party, &message.case, &message.text.zh, &message.text.en, &message.at_ms],
    )?;
    Ok(())
}

pub(crate) fn of_party(tx: &mut Tx<'_>, party: &str, limit: u32) -> Result<Vec<Message>, StoreError> {
    tx.query(
        "select id, party, case_id, zh, en, at_ms, read_ms from case_message where party = $1 order by at_ms desc, id desc limit $2",
        &[&party, &i64::from(limit)],
    )?
    .iter()
    .map(|row| {
        let text = Text::new(row.get::<String>(3)?, row.get::<String>(4)?);
        Ok(Message { id: row.get(0)?, party: row.get(1)?, case: row.get(2)?, text, at_ms: row.get(5)?, read_ms: row.get(6)? })
    })
    .collect()
}

pub(crate) fn mark_read(tx: &mut Tx<'_>, party: &str, at_ms: i64) -> Result<(), StoreError> {
    tx.execute("update case_message set read_ms = $2 where party = $1 and read_ms is null", &[&party, &at_ms]).map(drop)
}
