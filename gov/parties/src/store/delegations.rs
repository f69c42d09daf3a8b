use super::{date, json, json_text, parsed};
use crate::model::delegation::{Delegation, DelegationKind, DelegationState, Scope};
use crate::model::party::{DelegationId, Party, PersonId};
use store::{Row, StoreError, Tx};

const COLUMNS: &str = "id, kind, principal, agent, scope, valid_from, valid_until, state, version";

fn delegation(row: &Row) -> Result<Delegation, StoreError> {
    Ok(Delegation {
        id: parsed(row, 0, "a delegation", |text| DelegationId::parse(text).ok())?,
        kind: parsed(row, 1, "a kind of delegation", DelegationKind::parse)?,
        principal: parsed(row, 2, "a party", Party::parse)?,
        agent: parsed(row, 3, "a person", |text| PersonId::parse(text).ok())?,
        scope: parsed(row, 4, "a scope", json::<Scope>)?,
        valid_from: parsed(row, 5, "a date", date)?,
        valid_until: parsed(row, 6, "a date", date)?,
        state: parsed(row, 7, "a state of delegation", DelegationState::parse)?,
        version: row.get(8)?,
    })
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Delegation>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from delegation where id = $1"), &[&id])?.as_ref().map(delegation).transpose()
}

pub fn of_agent(tx: &mut Tx<'_>, agent: &str) -> Result<Vec<Delegation>, StoreError> {
    tx.query(&format!("select {COLUMNS} from delegation where agent = $1 order by id"), &[&agent])?.iter().map(delegation).collect()
}

pub fn of_principal(tx: &mut Tx<'_>, principal: &str) -> Result<Vec<Delegation>, StoreError> {
    tx.query(&format!("select {COLUMNS} from delegation where principal = $1 order by id"), &[&principal])?.iter().map(delegation).collect()
}

pub fn insert(tx: &mut Tx<'_>, new: &Delegation, version: i64) -> Result<(), StoreError> {
    tx.execute(
        &format!("insert into delegation ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        &[
            &new.id.as_str(),
            &new.kind.as_str(),
            &new.principal.as_str(),
            &new.agent.as_str(),
            &json_text(&new.scope),
            &new.valid_from.to_string(),
            &new.valid_until.to_string(),
            &new.state.as_str(),
            &version,
        ],
    )?;
    Ok(())
}

pub fn set_state(tx: &mut Tx<'_>, id: &str, state: DelegationState, version: i64) -> Result<(), StoreError> {
    tx.execute("update delegation set state = $2, version = $3 where id = $1", &[&id, &state.as_str(), &version])?;
    Ok(())
}
