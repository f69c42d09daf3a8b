//! 撤销 by the provider, 停止使用 by the user: the end of a grant before its last day.

use i18n::Text;
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::{expiry_key, grant_for_act, reasoned, tell_both};
use crate::events::GrantEvent;
use crate::model::{Grant, GrantState, refusals};

/// The provider takes a grant back, with reasons and basis.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawGrant {
    /// The grant.
    pub grant: String,
    /// Why, and under which rule.
    pub reason: String,
    /// The version the actor saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

/// The user does not need it any longer: data are read for the purpose of the grant, and the right ends with it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GiveUpGrant {
    /// The grant.
    pub grant: String,
    /// Why it is not needed any longer.
    pub reason: String,
    /// The version the actor saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

impl Command for WithdrawGrant {
    type Outcome = ();
    const ACTION: &'static str = "sharing.withdraw";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let grant = grant_for_act(cx, &self.grant, self.seen, Self::ACTION)?;
        let by = grant.terms.provider.clone();
        end(cx, grant, by, &self.reason)
    }
}

impl Command for GiveUpGrant {
    type Outcome = ();
    const ACTION: &'static str = "sharing.give-up";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let grant = grant_for_act(cx, &self.grant, self.seen, Self::ACTION)?;
        let by = grant.terms.grantee.clone();
        end(cx, grant, by, &self.reason)
    }
}

fn end(cx: &mut Cx<'_>, grant: Grant, by: String, reason: &str) -> Result<(), Halt> {
    if !grant.state_on(cx.today()).is_open() {
        return Err(refusals::grant_not_in_state().into());
    }
    let reason = reasoned(reason)?;
    let ended = Grant { state: GrantState::Withdrawn, reason: reason.clone(), stopped_by: Some(by.clone()), ..grant };
    cx.record(&ended.id, &GrantEvent::GrantWithdrawn { reason: reason.clone(), by: Some(by), grant: Box::new(ended.clone()) })?;
    cx.cancel_jobs(&expiry_key(&ended.id))?;
    tell_both(cx, &ended, &Text::new(format!("共享授权已撤销。理由：{reason}"), format!("The grant was withdrawn: {reason}")))
}
