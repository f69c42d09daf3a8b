use super::{parsed, parsed_opt};
use crate::model::division::DivisionCode;
use crate::model::party::{LegalPersonId, PersonId};
use crate::model::person::{LegalPerson, LegalPersonStatus};
use crate::model::unified::UnifiedCode;
use store::{Row, StoreError, Tx};

const COLUMNS: &str = "id, code, name, representative_name, representative, division, address, status, version";

fn legal_person(row: &Row) -> Result<LegalPerson, StoreError> {
    Ok(LegalPerson {
        id: parsed(row, 0, "a legal person", |text| LegalPersonId::parse(text).ok())?,
        code: parsed(row, 1, "a unified code", |text| UnifiedCode::parse(text).ok())?,
        name: row.get(2)?,
        representative_name: row.get(3)?,
        representative: parsed_opt(row, 4, "a person", |text| PersonId::parse(text).ok())?,
        division: parsed(row, 5, "a division code", |text| DivisionCode::parse(text).ok())?,
        address: row.get(6)?,
        status: parsed(row, 7, "a status", LegalPersonStatus::parse)?,
        version: row.get(8)?,
    })
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<LegalPerson>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from legal_person where id = $1"), &[&id])?.as_ref().map(legal_person).transpose()
}

pub fn find_by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<LegalPerson>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from legal_person where code = $1"), &[&code])?.as_ref().map(legal_person).transpose()
}

pub fn represented_by(tx: &mut Tx<'_>, person: &str) -> Result<Vec<LegalPerson>, StoreError> {
    let sql = format!("select {COLUMNS} from legal_person where representative = $1 order by id");
    tx.query(&sql, &[&person])?.iter().map(legal_person).collect()
}

pub fn after(tx: &mut Tx<'_>, id: &str, count_max: u32) -> Result<Vec<LegalPerson>, StoreError> {
    let sql = format!("select {COLUMNS} from legal_person where id > $1 order by id limit $2");
    tx.query(&sql, &[&id, &count_max])?.iter().map(legal_person).collect()
}

pub fn insert(tx: &mut Tx<'_>, new: &LegalPerson, version: i64) -> Result<(), StoreError> {
    tx.execute(
        "insert into legal_person (id, code, class, name, representative_name, representative, division, address, status, version) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            &new.id.as_str(),
            &new.code.as_str(),
            &new.code.as_str().get(..2),
            &new.name,
            &new.representative_name,
            &new.representative.as_ref().map(PersonId::as_str),
            &new.division.as_str(),
            &new.address,
            &new.status.as_str(),
            &version,
        ],
    )?;
    Ok(())
}

pub fn set_status(tx: &mut Tx<'_>, id: &str, status: LegalPersonStatus, version: i64) -> Result<(), StoreError> {
    tx.execute("update legal_person set status = $2, version = $3 where id = $1", &[&id, &status.as_str(), &version])?;
    Ok(())
}
