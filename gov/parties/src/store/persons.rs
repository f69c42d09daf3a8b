use super::parsed;
use crate::model::division::DivisionCode;
use crate::model::identity::Sex;
use crate::model::party::PersonId;
use crate::model::person::SealedPerson;
use crate::sealing::PersonIndexes;
use store::{Row, StoreError, Tx};

const COLUMNS: &str = "id, name_sealed, identity_number_sealed, address_sealed, mobile_sealed, sex, division, version";

fn person(row: &Row) -> Result<SealedPerson, StoreError> {
    Ok(SealedPerson {
        id: parsed(row, 0, "a person", |text| PersonId::parse(text).ok())?,
        name: row.get(1)?,
        identity_number: row.get(2)?,
        address: row.get(3)?,
        mobile: row.get(4)?,
        sex: parsed(row, 5, "a sex", Sex::parse)?,
        division: parsed(row, 6, "a division code", |text| DivisionCode::parse(text).ok())?,
        version: row.get(7)?,
    })
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<SealedPerson>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from person where id = $1"), &[&id])?.as_ref().map(person).transpose()
}

pub fn by_identity_index(tx: &mut Tx<'_>, index: &str) -> Result<Option<SealedPerson>, StoreError> {
    let sql = format!("select {COLUMNS} from person where identity_number_index = $1");
    tx.query_opt(&sql, &[&index])?.as_ref().map(person).transpose()
}

pub fn by_mobile_index(tx: &mut Tx<'_>, index: &str, count_max: u32) -> Result<Vec<SealedPerson>, StoreError> {
    let sql = format!("select {COLUMNS} from person where mobile_index = $1 order by id limit $2");
    tx.query(&sql, &[&index, &count_max])?.iter().map(person).collect()
}

pub fn by_name_index(tx: &mut Tx<'_>, index: &str, count_max: u32) -> Result<Vec<SealedPerson>, StoreError> {
    let sql = format!("select {COLUMNS} from person where name_index = $1 order by id limit $2");
    tx.query(&sql, &[&index, &count_max])?.iter().map(person).collect()
}

/// Persons after an identifier, in the order of identifiers, for building what follows the register.
pub fn after(tx: &mut Tx<'_>, id: &str, count_max: u32) -> Result<Vec<SealedPerson>, StoreError> {
    let sql = format!("select {COLUMNS} from person where id > $1 order by id limit $2");
    tx.query(&sql, &[&id, &count_max])?.iter().map(person).collect()
}

pub fn insert(tx: &mut Tx<'_>, new: &SealedPerson, indexes: &PersonIndexes, version: i64) -> Result<(), StoreError> {
    tx.execute(
        "insert into person (id, name_sealed, name_index, identity_number_sealed, identity_number_index, address_sealed, mobile_sealed, \
         mobile_index, sex, division, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            &new.id.as_str(),
            &new.name,
            &indexes.name,
            &new.identity_number,
            &indexes.identity_number,
            &new.address,
            &new.mobile,
            &indexes.mobile,
            &new.sex.as_str(),
            &new.division.as_str(),
            &version,
        ],
    )?;
    Ok(())
}

pub fn update(tx: &mut Tx<'_>, new: &SealedPerson, indexes: &PersonIndexes, version: i64) -> Result<(), StoreError> {
    tx.execute(
        "update person set name_sealed = $2, name_index = $3, identity_number_sealed = $4, identity_number_index = $5, address_sealed = $6, \
         mobile_sealed = $7, mobile_index = $8, sex = $9, division = $10, version = $11 where id = $1",
        &[
            &new.id.as_str(),
            &new.name,
            &indexes.name,
            &new.identity_number,
            &indexes.identity_number,
            &new.address,
            &new.mobile,
            &indexes.mobile,
            &new.sex.as_str(),
            &new.division.as_str(),
            &version,
        ],
    )?;
    Ok(())
}
