use crate::model::delegation::{Delegation, Scope};
use crate::model::party::{DelegationId, Party, PersonId};
use crate::store as tables;
use clock::Date;
use store::{StoreError, Tx};

/// One delegation.
pub fn delegation(tx: &mut Tx<'_>, id: &DelegationId) -> Result<Option<Delegation>, StoreError> {
    tables::delegations::find(tx, id.as_str())
}

/// All delegations a person was ever offered, oldest first.
pub fn delegations_of_agent(tx: &mut Tx<'_>, agent: &PersonId) -> Result<Vec<Delegation>, StoreError> {
    tables::delegations::of_agent(tx, agent.as_str())
}

/// All delegations a party ever granted, oldest first.
pub fn delegations_of_principal(tx: &mut Tx<'_>, principal: &Party) -> Result<Vec<Delegation>, StoreError> {
    tables::delegations::of_principal(tx, principal.as_str())
}

/// The delegations under which a person may act on a day. Those of legal persons that have ended are not among them
/// (民法典 第一百七十三条).
pub fn active_delegations(tx: &mut Tx<'_>, agent: &PersonId, on: Date) -> Result<Vec<Delegation>, StoreError> {
    let mut active = Vec::new();
    for delegation in tables::delegations::of_agent(tx, agent.as_str())? {
        if delegation.in_force(on) && can_be_represented(tx, &delegation.principal)? {
            active.push(delegation);
        }
    }
    Ok(active)
}

/// For which items a person may act for a party on a day; empty when for none. The legal representative of a legal
/// person needs no delegation (民法典 第六十一条).
pub fn scopes_for(tx: &mut Tx<'_>, agent: &PersonId, principal: &Party, on: Date) -> Result<Vec<Scope>, StoreError> {
    if let Party::Legal(id) = principal {
        let legal_person = tables::legal_persons::find(tx, id.as_str())?.filter(|found| found.status.can_be_represented());
        if legal_person.is_some_and(|found| found.representative.as_ref() == Some(agent)) {
            return Ok(vec![Scope::All]);
        }
    }
    let active = active_delegations(tx, agent, on)?;
    Ok(active.into_iter().filter(|delegation| delegation.principal == *principal).map(|delegation| delegation.scope).collect())
}

fn can_be_represented(tx: &mut Tx<'_>, principal: &Party) -> Result<bool, StoreError> {
    match principal {
        Party::Person(_) => Ok(true),
        Party::Legal(id) => Ok(tables::legal_persons::find(tx, id.as_str())?.is_some_and(|found| found.status.can_be_represented())),
    }
}
