use super::{date, parsed, parsed_opt};
use crate::model::organ::{Absence, Staff};
use crate::model::party::{OrganId, StaffId};
use store::{Row, StoreError, Tx};

const COLUMNS: &str = "id, organ, name, officer_licence, absent_from, absent_until, substitute, version";

fn staff(row: &Row) -> Result<Staff, StoreError> {
    let id = |text: &str| StaffId::parse(text).ok();
    let from = parsed_opt(row, 4, "a date", date)?;
    let until = parsed_opt(row, 5, "a date", date)?;
    let substitute = parsed_opt(row, 6, "a member of staff", id)?;
    let absence = match (from, until, substitute) {
        (Some(from), Some(until), Some(substitute)) => Some(Absence { from, until, substitute }),
        _ => None,
    };
    Ok(Staff {
        id: parsed(row, 0, "a member of staff", id)?,
        organ: parsed(row, 1, "an organ", |text| OrganId::parse(text).ok())?,
        name: row.get(2)?,
        officer_licence: row.get(3)?,
        absence,
        version: row.get(7)?,
    })
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Staff>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from staff where id = $1"), &[&id])?.as_ref().map(staff).transpose()
}

pub fn of_organ(tx: &mut Tx<'_>, organ: &str) -> Result<Vec<Staff>, StoreError> {
    tx.query(&format!("select {COLUMNS} from staff where organ = $1 order by name, id"), &[&organ])?.iter().map(staff).collect()
}

/// Those for whom somebody is named as substitute, whenever that is.
pub fn substituted_by(tx: &mut Tx<'_>, substitute: &str) -> Result<Vec<Staff>, StoreError> {
    tx.query(&format!("select {COLUMNS} from staff where substitute = $1 order by id"), &[&substitute])?.iter().map(staff).collect()
}

pub fn insert(tx: &mut Tx<'_>, new: &Staff) -> Result<(), StoreError> {
    tx.execute(
        "insert into staff (id, organ, name, officer_licence, version) values ($1, $2, $3, $4, $5)",
        &[&new.id.as_str(), &new.organ.as_str(), &new.name, &new.officer_licence, &new.version],
    )?;
    Ok(())
}

pub fn set_absence(tx: &mut Tx<'_>, id: &str, absence: Option<&Absence>, version: i64) -> Result<(), StoreError> {
    let from = absence.map(|absence| absence.from.to_string());
    let until = absence.map(|absence| absence.until.to_string());
    let substitute = absence.map(|absence| absence.substitute.as_str());
    tx.execute(
        "update staff set absent_from = $2, absent_until = $3, substitute = $4, version = $5 where id = $1",
        &[&id, &from, &until, &substitute, &version],
    )?;
    Ok(())
}

pub fn set_version(tx: &mut Tx<'_>, id: &str, version: i64) -> Result<(), StoreError> {
    tx.execute("update staff set version = $2 where id = $1", &[&id, &version])?;
    Ok(())
}
