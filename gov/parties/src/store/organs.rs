use super::{json, json_text, parsed, parsed_opt};
use crate::model::division::DivisionCode;
use crate::model::organ::{Organ, OrganDetails};
use crate::model::party::OrganId;
use crate::model::unified::UnifiedCode;
use i18n::Text;
use store::{Row, StoreError, Tx};

const COLUMNS: &str = "o.id, o.code, o.name_zh, o.name_en, o.division, o.parent, o.details, o.version";

fn organ(row: &Row) -> Result<Organ, StoreError> {
    Ok(Organ {
        id: parsed(row, 0, "an organ", |text| OrganId::parse(text).ok())?,
        code: parsed(row, 1, "a unified code", |text| UnifiedCode::parse(text).ok())?,
        name: Text { zh: row.get(2)?, en: row.get(3)? },
        division: parsed(row, 4, "a division code", |text| DivisionCode::parse(text).ok())?,
        parent: parsed_opt(row, 5, "an organ", |text| OrganId::parse(text).ok())?,
        details: parsed(row, 6, "details of an organ", json::<OrganDetails>)?,
        version: row.get(7)?,
    })
}

pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Organ>, StoreError> {
    tx.query(&format!("select {COLUMNS} from organ o order by o.division, o.code"), &[])?.iter().map(organ).collect()
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Organ>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from organ o where o.id = $1"), &[&id])?.as_ref().map(organ).transpose()
}

pub fn find_by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Organ>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from organ o where o.code = $1"), &[&code])?.as_ref().map(organ).transpose()
}

pub fn with_duty(tx: &mut Tx<'_>, duty: &str, division: &str) -> Result<Option<Organ>, StoreError> {
    let sql = format!("select {COLUMNS} from organ_duty d join organ o on o.id = d.organ where d.duty = $1 and d.division = $2");
    tx.query_opt(&sql, &[&duty, &division])?.as_ref().map(organ).transpose()
}

pub fn insert(tx: &mut Tx<'_>, new: &Organ) -> Result<(), StoreError> {
    tx.execute(
        "insert into organ (id, code, name_zh, name_en, division, parent, details, version) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            &new.id.as_str(),
            &new.code.as_str(),
            &new.name.zh,
            &new.name.en,
            &new.division.as_str(),
            &new.parent.as_ref().map(OrganId::as_str),
            &json_text(&new.details),
            &new.version,
        ],
    )?;
    insert_duties(tx, new.id.as_str(), &new.division, &new.details.duties)
}

pub fn rename(tx: &mut Tx<'_>, id: &str, name: &Text, version: i64) -> Result<(), StoreError> {
    tx.execute("update organ set name_zh = $2, name_en = $3, version = $4 where id = $1", &[&id, &name.zh, &name.en, &version])?;
    Ok(())
}

pub fn describe(tx: &mut Tx<'_>, id: &str, division: &DivisionCode, details: &OrganDetails, version: i64) -> Result<(), StoreError> {
    tx.execute("update organ set details = $2, version = $3 where id = $1", &[&id, &json_text(details), &version])?;
    tx.execute("delete from organ_duty where organ = $1", &[&id])?;
    insert_duties(tx, id, division, &details.duties)
}

fn insert_duties(tx: &mut Tx<'_>, id: &str, division: &DivisionCode, duties: &[String]) -> Result<(), StoreError> {
    for duty in duties {
        tx.execute("insert into organ_duty (organ, duty, division) values ($1, $2, $3)", &[&id, duty, &division.as_str()])?;
    }
    Ok(())
}
