//! 撤销授权或者辞去代理

use super::checks::{Checks, TEXT_CHARS_MAX};
use super::sides::{Principal, authorise_agent, wrong_state};
use crate::events::DelegationRevoked;
use crate::model::party::DelegationId;
use crate::store as tables;
use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

/// Ends an authorisation: the principal takes it back or the agent gives it up (民法典 第一百七十三条).
#[derive(Debug, Clone, Serialize)]
pub struct RevokeDelegation {
    /// The delegation.
    pub delegation: DelegationId,
    /// Why; may be empty, since neither side owes a reason.
    pub reason: String,
}

impl Command for RevokeDelegation {
    type Outcome = ();
    const ACTION: &'static str = "delegation.revoke";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let delegation = tables::delegations::find(cx.tx(), self.delegation.as_str())?.ok_or_else(Refusal::not_found)?;
        if cx.actor().party.as_deref() == Some(delegation.agent.as_str()) {
            authorise_agent(cx, &delegation)?;
        } else {
            Principal::load(cx, &delegation.principal)?.authorise(cx, delegation.id.as_str())?;
        }
        let mut checks = Checks::new();
        let reason = checks.optional("reason", &self.reason, TEXT_CHARS_MAX);
        checks.finish()?;
        let state = delegation.state.revoke().ok_or_else(|| wrong_state("民法典 第一百七十三条"))?;
        cx.record(delegation.id.as_str(), &DelegationRevoked { delegation: delegation.id.clone(), state, reason })?;
        Ok(())
    }
}
