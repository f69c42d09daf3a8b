//! 停用、恢复成员

use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

use super::enrol_member::member_stream;
use super::{MANAGE, given_reason};
use crate::events::MemberStandingSet;
use crate::model::identifier::SubsystemId;
use crate::model::service::Standing;
use crate::store::directory;

/// Suspends or resumes a subsystem. A suspended one neither calls nor is called; calls in flight are refused.
#[derive(Debug, Clone, Serialize)]
pub struct SetMemberStanding {
    /// Which.
    pub id: SubsystemId,
    /// The new state.
    pub standing: Standing,
    /// Why; not needed to resume it.
    pub reason: String,
}

impl Command for SetMemberStanding {
    type Outcome = ();
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let member = directory::find_member(cx.tx(), &self.id)?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&Resource { organ: member.organ.clone(), ..Resource::of("exchange-member") })?;
        let reason = match self.standing {
            Standing::Suspended => given_reason(&self.reason, ("请写明停用的原因。", "Say why it is suspended."))?,
            Standing::Active => String::new(),
        };
        if member.standing == self.standing {
            return Ok(());
        }
        let event = MemberStandingSet { member: self.id.clone(), standing: self.standing, reason };
        cx.record(&member_stream(&self.id), &event).map(drop)
    }
}
