//! 接受授权

use super::sides::{authorise_agent, wrong_state};
use crate::events::DelegationAccepted;
use crate::model::party::DelegationId;
use crate::store as tables;
use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

/// The agent takes on what was offered.
#[derive(Debug, Clone, Serialize)]
pub struct AcceptDelegation {
    /// The delegation.
    pub delegation: DelegationId,
}

impl Command for AcceptDelegation {
    type Outcome = ();
    /// Granting takes both sides, so it is one act in the registry.
    const ACTION: &'static str = "delegation.grant";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let delegation = tables::delegations::find(cx.tx(), self.delegation.as_str())?.ok_or_else(Refusal::not_found)?;
        authorise_agent(cx, &delegation)?;
        let state = delegation.state.accept().filter(|_| delegation.is_open(cx.today()));
        let state = state.ok_or_else(|| wrong_state("民法典 第一百六十五条"))?;
        cx.record(delegation.id.as_str(), &DelegationAccepted { delegation: delegation.id.clone(), state })?;
        Ok(())
    }
}
