//! 变更法人状态

use super::checks::{Checks, MANAGE, TEXT_CHARS_MAX};
use crate::events::LegalPersonStatusSet;
use crate::model::party::LegalPersonId;
use crate::model::person::LegalPersonStatus;
use crate::store as tables;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

/// Records that a legal person pauses, resumes, is revoked or deregistered. Deregistration ends its delegations
/// (民法典 第一百七十三条).
#[derive(Debug, Clone, Serialize)]
pub struct SetLegalPersonStatus {
    /// The legal person.
    pub legal_person: LegalPersonId,
    /// What it becomes.
    pub status: LegalPersonStatus,
    /// The decision or registration behind it.
    pub basis: String,
    /// The version that was seen.
    pub seen: Option<i64>,
}

impl Command for SetLegalPersonStatus {
    type Outcome = ();
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let found = tables::legal_persons::find(cx.tx(), self.legal_person.as_str())?.ok_or_else(Refusal::not_found)?;
        let resource = Resource { id: found.id.to_string(), party: Some(found.id.to_string()), ..Resource::of("legal-person") };
        cx.authorise(&Resource { division: Some(found.division.to_string()), ..resource })?;
        cx.expect_version(found.id.as_str(), self.seen)?;
        let mut checks = Checks::new();
        let basis = checks.text("basis", &self.basis, TEXT_CHARS_MAX);
        checks.finish()?;
        if !found.status.may_become(self.status) {
            return Err(impossible(found.status, self.status).into());
        }
        let event = LegalPersonStatusSet { legal_person: found.id.clone(), status: self.status, basis };
        cx.record(found.id.as_str(), &event)?;
        Ok(())
    }
}

fn impossible(from: LegalPersonStatus, to: LegalPersonStatus) -> Refusal {
    Refusal::new(
        "legal-person-status-impossible",
        format!("法人现为“{}”，不能变更为“{}”。", zh(from), zh(to)),
        format!("The legal person is {}; it cannot become {}.", from.as_str(), to.as_str()),
        "请核对登记状态和变更依据。",
        "Check the state of registration and the decision behind the change.",
    )
    .under("市场主体登记管理条例")
}

fn zh(status: LegalPersonStatus) -> &'static str {
    match status {
        LegalPersonStatus::Active => "存续",
        LegalPersonStatus::Dormant => "歇业",
        LegalPersonStatus::Revoked => "吊销",
        LegalPersonStatus::Deregistered => "注销",
    }
}
