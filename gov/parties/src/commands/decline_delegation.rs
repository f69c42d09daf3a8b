//! 谢绝授权

use super::sides::{authorise_agent, wrong_state};
use crate::events::DelegationDeclined;
use crate::model::party::DelegationId;
use crate::store as tables;
use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

/// The agent says no to what was offered.
#[derive(Debug, Clone, Serialize)]
pub struct DeclineDelegation {
    /// The delegation.
    pub delegation: DelegationId,
}

impl Command for DeclineDelegation {
    type Outcome = ();
    const ACTION: &'static str = "delegation.revoke";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let delegation = tables::delegations::find(cx.tx(), self.delegation.as_str())?.ok_or_else(Refusal::not_found)?;
        authorise_agent(cx, &delegation)?;
        let state = delegation.state.decline().ok_or_else(|| wrong_state("民法典 第一百六十五条"))?;
        cx.record(delegation.id.as_str(), &DelegationDeclined { delegation: delegation.id.clone(), state })?;
        Ok(())
    }
}
