//! What organs were told about their grants.

use store::{Row, StoreError, Tx};

use crate::queries::Notice;

pub fn insert(tx: &mut Tx<'_>, notice: &Notice) -> Result<(), StoreError> {
    let sql = "insert into sharing_notice (id, organ, grant_id, zh, en, at_ms) values ($1, $2, $3, $4, $5, $6)";
    tx.execute(sql, &[&notice.id, &notice.organ, &notice.grant, &notice.text.zh, &notice.text.en, &notice.at_ms]).map(drop)
}

/// The newest first.
pub fn of_organ(tx: &mut Tx<'_>, organ: &str, count_max: u32) -> Result<Vec<Notice>, StoreError> {
    let sql = "select id, organ, grant_id, zh, en, at_ms from sharing_notice where organ = $1 order by id desc limit $2";
    let notice = |row: &Row| {
        let text = i18n::Text::new(row.get::<String>(3)?, row.get::<String>(4)?);
        Ok(Notice { id: row.get(0)?, organ: row.get(1)?, grant: row.get(2)?, text, at_ms: row.get(5)? })
    };
    tx.query(sql, &[&organ, &count_max])?.iter().map(notice).collect()
}
