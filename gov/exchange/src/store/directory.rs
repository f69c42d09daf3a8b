//! Members, keys, services.

use i18n::Text;
use store::{Row, StoreError, Tx};

use super::{json, json_text, parsed};
use crate::model::identifier::{ServiceId, SubsystemId};
use crate::model::service::{Member, MemberKey, Service, Standing};

const MEMBER: &str = "id, name_zh, name_en, organ, address, ed25519_allowed, standing";
const KEY: &str = "subsystem, id, pem, from_ms, until_ms, revoked_ms";

fn member(row: &Row) -> Result<Member, StoreError> {
    Ok(Member {
        id: parsed(row, 0, "a subsystem", |text| text.parse().ok())?,
        name: Text::new(row.get::<String>(1)?, row.get::<String>(2)?),
        organ: row.get(3)?,
        address: row.get(4)?,
        ed25519_allowed: row.get(5)?,
        standing: parsed(row, 6, "a standing", Standing::parse)?,
    })
}

fn key(row: &Row) -> Result<MemberKey, StoreError> {
    Ok(MemberKey {
        subsystem: parsed(row, 0, "a subsystem", |text| text.parse().ok())?,
        id: row.get(1)?,
        pem: row.get(2)?,
        from_ms: row.get(3)?,
        until_ms: row.get(4)?,
        revoked_ms: row.get(5)?,
    })
}

fn service(row: &Row) -> Result<Service, StoreError> {
    let mut service: Service = json(row, 0, "a service")?;
    service.standing = parsed(row, 1, "a standing", Standing::parse)?;
    Ok(service)
}

pub fn members(tx: &mut Tx<'_>) -> Result<Vec<Member>, StoreError> {
    tx.query(&format!("select {MEMBER} from exchange_member order by id"), &[])?.iter().map(member).collect()
}

pub fn find_member(tx: &mut Tx<'_>, id: &SubsystemId) -> Result<Option<Member>, StoreError> {
    tx.query_opt(&format!("select {MEMBER} from exchange_member where id = $1"), &[&id.to_string()])?.as_ref().map(member).transpose()
}

pub fn members_of_organ(tx: &mut Tx<'_>, organ: &str) -> Result<Vec<Member>, StoreError> {
    tx.query(&format!("select {MEMBER} from exchange_member where organ = $1 order by id"), &[&organ])?.iter().map(member).collect()
}

pub fn insert_member(tx: &mut Tx<'_>, new: &Member) -> Result<(), StoreError> {
    tx.execute(
        "insert into exchange_member (id, name_zh, name_en, organ, address, ed25519_allowed, standing) values ($1, $2, $3, $4, $5, $6, $7)",
        &[&new.id.to_string(), &new.name.zh, &new.name.en, &new.organ, &new.address, &new.ed25519_allowed, &new.standing.as_str()],
    )?;
    Ok(())
}

pub fn set_member_standing(tx: &mut Tx<'_>, id: &SubsystemId, standing: Standing) -> Result<(), StoreError> {
    tx.execute("update exchange_member set standing = $2 where id = $1", &[&id.to_string(), &standing.as_str()])?;
    Ok(())
}

pub fn set_member_address(tx: &mut Tx<'_>, id: &SubsystemId, address: &str) -> Result<(), StoreError> {
    tx.execute("update exchange_member set address = $2 where id = $1", &[&id.to_string(), &address])?;
    Ok(())
}

pub fn keys_of(tx: &mut Tx<'_>, subsystem: &SubsystemId) -> Result<Vec<MemberKey>, StoreError> {
    tx.query(&format!("select {KEY} from exchange_key where subsystem = $1 order by from_ms, id"), &[&subsystem.to_string()])?
        .iter()
        .map(key)
        .collect()
}

pub fn find_key(tx: &mut Tx<'_>, subsystem: &SubsystemId, id: &str) -> Result<Option<MemberKey>, StoreError> {
    let sql = format!("select {KEY} from exchange_key where subsystem = $1 and id = $2");
    tx.query_opt(&sql, &[&subsystem.to_string(), &id])?.as_ref().map(key).transpose()
}

/// The public keys with an identifier, whoever has them; for evidence.
pub fn keys_by_id(tx: &mut Tx<'_>, id: &str) -> Result<Vec<MemberKey>, StoreError> {
    tx.query(&format!("select {KEY} from exchange_key where id = $1 order by subsystem"), &[&id])?.iter().map(key).collect()
}

pub fn insert_key(tx: &mut Tx<'_>, new: &MemberKey) -> Result<(), StoreError> {
    tx.execute(
        "insert into exchange_key (subsystem, id, pem, from_ms, until_ms) values ($1, $2, $3, $4, $5)",
        &[&new.subsystem.to_string(), &new.id, &new.pem, &new.from_ms, &new.until_ms],
    )?;
    Ok(())
}

pub fn end_key(tx: &mut Tx<'_>, subsystem: &SubsystemId, id: &str, until_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "update exchange_key set until_ms = $3 where subsystem = $1 and id = $2 and until_ms > $3",
        &[&subsystem.to_string(), &id, &until_ms],
    )?;
    Ok(())
}

pub fn revoke_key(tx: &mut Tx<'_>, subsystem: &SubsystemId, id: &str, at_ms: i64, reason: &str) -> Result<(), StoreError> {
    tx.execute(
        "update exchange_key set revoked_ms = $3, reason = $4 where subsystem = $1 and id = $2",
        &[&subsystem.to_string(), &id, &at_ms, &reason],
    )?;
    Ok(())
}

pub fn services(tx: &mut Tx<'_>) -> Result<Vec<Service>, StoreError> {
    tx.query("select body, standing from exchange_service order by id", &[])?.iter().map(service).collect()
}

pub fn services_of(tx: &mut Tx<'_>, subsystem: &SubsystemId) -> Result<Vec<Service>, StoreError> {
    let rows = tx.query("select body, standing from exchange_service where subsystem = $1 order by id", &[&subsystem.to_string()])?;
    rows.iter().map(service).collect()
}

pub fn find_service(tx: &mut Tx<'_>, id: &ServiceId) -> Result<Option<Service>, StoreError> {
    tx.query_opt("select body, standing from exchange_service where id = $1", &[&id.to_string()])?.as_ref().map(service).transpose()
}

pub fn set_service_standing(tx: &mut Tx<'_>, id: &ServiceId, standing: Standing) -> Result<(), StoreError> {
    tx.execute("update exchange_service set standing = $2 where id = $1", &[&id.to_string(), &standing.as_str()])?;
    Ok(())
}

pub fn put_service(tx: &mut Tx<'_>, new: &Service) -> Result<(), StoreError> {
    tx.execute(
        "insert into exchange_service (id, subsystem, body, standing) values ($1, $2, $3, $4) \
         on conflict (id) do update set body = excluded.body, standing = excluded.standing",
        &[&new.id.to_string(), &new.id.subsystem().to_string(), &json_text(new), &new.standing.as_str()],
    )?;
    Ok(())
}
