//! Turning to act for another party, and back.

use parties::{Party, PersonId};
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::{account_resource, load_session};
use crate::{events::ActingPartyChosen, model::SessionId, queries::signed_in::scopes_between, refusals};

/// From now on the session acts for a party which authorised its owner, or for the owner again. Each later act is checked against the
/// authorisations in force at that time (民法典 第一百七十一条: who acts without authority binds nobody).
#[derive(Debug, Serialize, Deserialize)]
pub struct ActFor {
    /// Which session.
    pub session: SessionId,
    /// The party; none for oneself.
    pub party: Option<String>,
}

impl Command for ActFor {
    type Outcome = ();
    const ACTION: &'static str = "session.act-for";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let (session, account) = load_session(cx, &self.session)?;
        cx.authorise(&account_resource(&account.id))?;
        if session.closed.is_some() {
            return Err(refusals::session_over().into());
        }
        if let Some(party) = &self.party {
            check_authorisation(cx, account.party.as_deref(), party)?;
        }
        let event = ActingPartyChosen { account: account.id.clone(), session: session.id, party: self.party.clone() };
        cx.record(account.id.as_str(), &event).map(drop)
    }
}

fn check_authorisation(cx: &mut Cx<'_>, agent: Option<&str>, principal: &str) -> Result<(), Halt> {
    let agent = agent.and_then(|id| PersonId::parse(id).ok()).ok_or_else(refusals::not_authorised_to_act)?;
    let principal = Party::parse(principal).ok_or_else(refusals::not_authorised_to_act)?;
    let today = cx.today();
    match scopes_between(cx.tx(), &agent, &principal, today)?.is_empty() {
        true => Err(refusals::not_authorised_to_act().into()),
        false => Ok(()),
    }
}
