use super::{date, parsed, parsed_opt};
use crate::model::division::DivisionCode;
use crate::model::organ::LocalDivision;
use clock::Date;
use i18n::Text;
use store::{Row, StoreError, Tx};

const COLUMNS: &str = "code, name_zh, name_en, valid_from, valid_until, successor";

fn division(row: &Row) -> Result<LocalDivision, StoreError> {
    let code = |text: &str| DivisionCode::parse(text).ok();
    Ok(LocalDivision {
        code: parsed(row, 0, "a division code", code)?,
        name: Text { zh: row.get(1)?, en: row.get(2)? },
        valid_from: parsed(row, 3, "a date", date)?,
        valid_until: parsed_opt(row, 4, "a date", date)?,
        successor: parsed_opt(row, 5, "a division code", code)?,
    })
}

pub fn all(tx: &mut Tx<'_>) -> Result<Vec<LocalDivision>, StoreError> {
    tx.query(&format!("select {COLUMNS} from division order by code"), &[])?.iter().map(division).collect()
}

pub fn find(tx: &mut Tx<'_>, code: &str) -> Result<Option<LocalDivision>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from division where code = $1"), &[&code])?.as_ref().map(division).transpose()
}

pub fn insert(tx: &mut Tx<'_>, new: &LocalDivision) -> Result<(), StoreError> {
    let (valid_until, successor) = (new.valid_until.map(|day| day.to_string()), new.successor.map(|code| code.to_string()));
    tx.execute(
        &format!("insert into division ({COLUMNS}) values ($1, $2, $3, $4, $5, $6)"),
        &[&new.code.as_str(), &new.name.zh, &new.name.en, &new.valid_from.to_string(), &valid_until, &successor],
    )?;
    Ok(())
}

pub fn end(tx: &mut Tx<'_>, code: &str, valid_until: Date, successor: Option<&str>) -> Result<(), StoreError> {
    tx.execute("update division set valid_until = $2, successor = $3 where code = $1", &[&code, &valid_until.to_string(), &successor])?;
    Ok(())
}
