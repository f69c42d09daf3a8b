//! 吊销密钥

use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

use super::enrol_member::member_stream;
use super::{MANAGE, given_reason};
use crate::events::KeyRevoked;
use crate::model::identifier::SubsystemId;
use crate::store::directory;

/// Revokes a key at once: messages signed with it that are still under way are refused. What was exchanged before stays provable.
#[derive(Debug, Clone, Serialize)]
pub struct RevokeKey {
    /// Whose.
    pub member: SubsystemId,
    /// Which.
    pub key: String,
    /// Why.
    pub reason: String,
}

impl Command for RevokeKey {
    type Outcome = ();
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let member = directory::find_member(cx.tx(), &self.member)?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&Resource { organ: member.organ, ..Resource::of("exchange-member") })?;
        let key = directory::find_key(cx.tx(), &self.member, &self.key)?.ok_or_else(Refusal::not_found)?;
        let reason = given_reason(&self.reason, ("请写明吊销的原因。", "Say why the key is revoked."))?;
        if key.revoked_ms.is_some() {
            return Ok(());
        }
        let event = KeyRevoked { member: self.member.clone(), key: self.key.clone(), reason };
        cx.record(&member_stream(&self.member), &event).map(drop)
    }
}
