//! 停用: misuse was found. The provider or the data authority stops a grant at once; every call after it is refused.

use i18n::Text;
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::{grant_for_act, reasoned, tell_both};
use crate::events::GrantEvent;
use crate::model::{Grant, refusals};
use crate::queries::{data_authority, side_of};

/// Suspends a grant in use.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SuspendGrant {
    /// The grant.
    pub grant: String,
    /// What was found, and under which rule it is stopped.
    pub reason: String,
    /// The version the actor saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

impl Command for SuspendGrant {
    type Outcome = ();
    const ACTION: &'static str = "sharing.suspend";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let grant = grant_for_act(cx, &self.grant, self.seen, Self::ACTION)?;
        let state = grant.state_on(cx.today()).suspended().ok_or_else(refusals::grant_not_in_state)?;
        let reason = reasoned(&self.reason)?;
        let authority = data_authority(cx.tx(), &grant.terms.provider)?;
        let stopped_by = side_of(cx.actor(), [Some(&grant.terms.provider), authority.as_ref()]);
        let suspended = Grant { state, reason: reason.clone(), stopped_by, ..grant };
        cx.record(&suspended.id, &GrantEvent::GrantSuspended { reason: reason.clone(), grant: Box::new(suspended.clone()) })?;
        let text = Text::new(format!("共享授权已停用。理由：{reason}"), format!("The grant was suspended: {reason}"));
        tell_both(cx, &suspended, &text)
    }
}
