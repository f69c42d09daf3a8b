//! 延期: the provider lets a grant last longer; a new text is signed.

use clock::Date;
use i18n::Text;
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::grant_access::last_day;
use super::{grant_for_act, limits, promise_expiry, reasoned, signed, tell_both};
use crate::events::GrantEvent;
use crate::model::{Grant, Terms, refusals};

/// Extends a grant that has not ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExtendGrant {
    /// The grant.
    pub grant: String,
    /// Its new last day.
    pub valid_until: Date,
    /// Why it is still needed.
    pub reason: String,
    /// The version the actor saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

impl Command for ExtendGrant {
    type Outcome = u32;
    const ACTION: &'static str = "sharing.extend";

    fn run(&self, cx: &mut Cx<'_>) -> Result<u32, Halt> {
        let grant = grant_for_act(cx, &self.grant, self.seen, Self::ACTION)?;
        if !grant.state_on(cx.today()).is_open() {
            return Err(refusals::grant_not_in_state().into());
        }
        let reason = reasoned(&self.reason)?;
        if self.valid_until <= grant.terms.valid_until || self.valid_until > last_day(cx, &limits(cx)) {
            return Err(refusals::period_unfit().into());
        }
        let terms = Terms { valid_until: self.valid_until, ..grant.terms.clone() };
        let issue = grant.issue.saturating_add(1);
        let (note, terms_sm3) = signed(cx, &grant.id, issue, &terms)?;
        let extended = Grant { issue, terms, note, terms_sm3: terms_sm3.clone(), ..grant };
        let until = self.valid_until;
        cx.record(&extended.id, &GrantEvent::GrantExtended { valid_until: until, reason, terms_sm3, grant: Box::new(extended.clone()) })?;
        promise_expiry(cx, &extended)?;
        tell_both(cx, &extended, &Text::new(format!("共享授权延期至{until}。"), format!("The grant was extended until {until}.")))?;
        Ok(issue)
    }
}
