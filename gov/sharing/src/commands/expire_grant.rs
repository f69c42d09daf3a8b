//! 到期: the last day is over. Only the installation itself runs it; decisions look at the day and do not wait for it.

use i18n::Text;
use runner::{Command, Cx, Halt, Refusal};
use serde::{Deserialize, Serialize};

use super::tell_both;
use crate::events::GrantEvent;
use crate::model::{Grant, GrantState};
use crate::queries::grant_resource;
use crate::store as tables;

/// Closes a grant whose last day is over, and tells both sides.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExpireGrant {
    /// The grant.
    pub grant: String,
}

impl Command for ExpireGrant {
    type Outcome = bool;
    const ACTION: &'static str = "sharing.expire";

    fn run(&self, cx: &mut Cx<'_>) -> Result<bool, Halt> {
        cx.hold(&self.grant)?;
        let grant = tables::grants::find(cx.tx(), &self.grant)?.ok_or_else(Refusal::not_found)?;
        let resource = grant_resource(cx.tx(), &grant)?;
        cx.authorise(&resource)?;
        let is_over = grant.state_on(cx.today()) == GrantState::Expired;
        if !is_over || !grant.state.is_open() {
            return Ok(false);
        }
        let expired = Grant { state: GrantState::Expired, ..grant };
        let until = expired.terms.valid_until;
        cx.record(&expired.id, &GrantEvent::GrantExpired { valid_until: until, grant: Box::new(expired.clone()) })?;
        let zh = format!("共享授权已于{until}到期，仍有需要的请重新申请。");
        tell_both(cx, &expired, &Text::new(zh, format!("The grant expired on {until}; ask anew if it is still needed.")))?;
        Ok(true)
    }
}
