//! 登记成员

use i18n::Text;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;
use store::StoreError;

use super::{MANAGE, input_invalid};
use crate::events::MemberEnrolled;
use crate::model::identifier::SubsystemId;
use crate::model::service::{Member, Standing};

const NAME_CHARS_MAX: usize = 120;

/// Enrols a subsystem: of an organ of this node, or of another node with its address.
#[derive(Debug, Clone, Serialize)]
pub struct EnrolMember {
    /// Its identifier.
    pub id: SubsystemId,
    /// Its name.
    pub name: Text,
    /// Organ of this node that runs it.
    pub organ: Option<String>,
    /// Address of its node; empty for this node.
    pub address: String,
    /// Whether it may sign with Ed25519 instead of SM2.
    pub ed25519_allowed: bool,
}

impl Command for EnrolMember {
    type Outcome = ();
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&Resource { organ: self.organ.clone(), ..Resource::of("exchange-member") })?;
        let mut refusal = input_invalid();
        let named = |text: &str| !text.trim().is_empty() && text.chars().count() <= NAME_CHARS_MAX && !text.chars().any(char::is_control);
        if !named(&self.name.zh) || !named(&self.name.en) {
            refusal = refusal.with_field("name", "请填写中英文名称，各不超过 120 字", "Give a name in both languages, at most 120 characters each");
        }
        let here = self.address.is_empty();
        if here != self.organ.is_some() {
            refusal = refusal.with_field(
                "organ",
                "本节点的成员须选机构；其他节点的成员须填地址，不选机构",
                "A member here has an organ; one of another node has an address instead",
            );
        }
        if !here {
            refusal = check_address(refusal, &self.address);
        }
        if !refusal.fields.is_empty() {
            return Err(refusal.into());
        }
        let member = Member {
            id: self.id.clone(),
            name: self.name.clone(),
            organ: self.organ.clone(),
            address: self.address.trim_end_matches('/').to_owned(),
            ed25519_allowed: self.ed25519_allowed,
            standing: Standing::Active,
        };
        match cx.record(&member_stream(&self.id), &MemberEnrolled { member }) {
            Err(Halt::Fault(fault)) if is_constraint(&fault) => Err(known().into()),
            other => other.map(drop),
        }
    }
}

/// The journal stream of a member.
pub(super) fn member_stream(id: &SubsystemId) -> String {
    format!("exchange-member:{id}")
}

/// An address is one of TLS, or on this machine.
pub(super) fn check_address(refusal: Refusal, address: &str) -> Refusal {
    if address.starts_with("https://") || loopback(address) {
        return refusal;
    }
    refusal.with_field("address", "地址须以 https:// 开头", "The address must begin with https://")
}

/// Two nodes of one machine, as in tests and behind a proxy of one's own.
fn loopback(address: &str) -> bool {
    ["http://127.0.0.1", "http://[::1]", "http://localhost"]
        .iter()
        .any(|start| address.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(':') || rest.starts_with('/')))
}

fn is_constraint(fault: &runner::Fault) -> bool {
    matches!(fault.0.downcast_ref::<StoreError>(), Some(StoreError::Constraint { .. }))
}

fn known() -> Refusal {
    Refusal::new(
        "member-known",
        "这个成员标识已经登记。",
        "A member with this identifier is enrolled already.",
        "请查看已登记的成员；密钥更换请用“登记新密钥”。",
        "Look at the enrolled member; a new key is enrolled beside the old one.",
    )
}
