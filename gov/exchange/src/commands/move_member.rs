//! 变更成员地址

use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

use super::enrol_member::{check_address, member_stream};
use super::{MANAGE, input_invalid};
use crate::events::MemberMoved;
use crate::model::identifier::SubsystemId;
use crate::store::directory;

/// Records the new address of the node that answers for a subsystem, for example after a move to mutual TLS. Its keys and rights stay.
#[derive(Debug, Clone, Serialize)]
pub struct MoveMember {
    /// Which; one of another node.
    pub id: SubsystemId,
    /// The address, `https://…`.
    pub address: String,
}

impl Command for MoveMember {
    type Outcome = ();
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let member = directory::find_member(cx.tx(), &self.id)?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&Resource { organ: member.organ.clone(), ..Resource::of("exchange-member") })?;
        let refusal = match member.organ {
            Some(_) => input_invalid().with_field("address", "本节点的成员没有地址", "A member of this node has no address"),
            None => check_address(input_invalid(), &self.address),
        };
        if !refusal.fields.is_empty() {
            return Err(refusal.into());
        }
        let address = self.address.trim_end_matches('/').to_owned();
        if address == member.address {
            return Ok(());
        }
        cx.record(&member_stream(&self.id), &MemberMoved { member: self.id.clone(), address }).map(drop)
    }
}
