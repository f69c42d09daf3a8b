//! 审核

use super::{not_now, take};
use crate::events::{DatasetApprovedByOfficer, DatasetApprovedByOwner, DatasetReturned};
use crate::model::DatasetId;
use crate::model::dataset::{Approval, Dataset, State};
use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

const REASON_CHARS_MAX: usize = 500;

/// The head of the organ answers for what it publishes (数据安全法 第四十一条: 及时、准确地公开政务数据).
#[derive(Debug, Clone, Serialize)]
pub struct ApproveAsOwner {
    /// The dataset.
    pub dataset: DatasetId,
    /// What was looked at.
    pub fingerprint: String,
}

impl Command for ApproveAsOwner {
    type Outcome = ();
    const ACTION: &'static str = "opendata.approve-as-owner";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let dataset = seen(cx, &self.dataset, &self.fingerprint, State::Scanned)?;
        let approval = Approval { account: cx.actor().account.clone(), at_ms: cx.now_ms() };
        let dataset = Dataset { state: State::OwnerApproved, owner_approval: Some(approval), ..dataset };
        cx.record(self.dataset.as_str(), &DatasetApprovedByOwner { fingerprint: self.fingerprint.clone(), dataset })?;
        Ok(())
    }
}

/// The data authority approves, as another pair of eyes.
#[derive(Debug, Clone, Serialize)]
pub struct ApproveAsOfficer {
    /// The dataset.
    pub dataset: DatasetId,
    /// What was looked at.
    pub fingerprint: String,
}

impl Command for ApproveAsOfficer {
    type Outcome = ();
    const ACTION: &'static str = "opendata.approve-as-officer";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let dataset = seen(cx, &self.dataset, &self.fingerprint, State::OwnerApproved)?;
        let account = cx.actor().account.clone();
        if account != "system" && dataset.owner_approval.as_ref().is_some_and(|owner| owner.account == account) {
            return Err(same_person().into());
        }
        let approval = Approval { account, at_ms: cx.now_ms() };
        let dataset = Dataset { state: State::OfficerApproved, officer_approval: Some(approval), ..dataset };
        cx.record(self.dataset.as_str(), &DatasetApprovedByOfficer { fingerprint: self.fingerprint.clone(), dataset })?;
        Ok(())
    }
}

/// Sends a dataset back, with the reason.
#[derive(Debug, Clone, Serialize)]
pub struct ReturnDataset {
    /// The dataset.
    pub dataset: DatasetId,
    /// Why.
    pub reason: String,
}

impl Command for ReturnDataset {
    type Outcome = ();
    const ACTION: &'static str = "opendata.return";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let dataset = take(cx, self.dataset.as_str(), None)?;
        if !dataset.state.is_under_review() {
            return Err(not_now(&dataset).into());
        }
        let reason = self.reason.trim().to_owned();
        if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
            return Err(no_reason().into());
        }
        let at_ms = cx.now_ms();
        let dataset = Dataset { returned: reason.clone(), ..dataset.edited(at_ms) };
        cx.record(self.dataset.as_str(), &DatasetReturned { reason, dataset })?;
        Ok(())
    }
}

fn seen(cx: &mut Cx<'_>, id: &DatasetId, fingerprint: &str, wanted: State) -> Result<Dataset, Halt> {
    let dataset = take(cx, id.as_str(), None)?;
    if dataset.state != wanted {
        return Err(not_now(&dataset).into());
    }
    if dataset.fingerprint() != fingerprint {
        return Err(Refusal::stale_version().into());
    }
    Ok(dataset)
}

fn same_person() -> Refusal {
    Refusal::new(
        "same-person-approves",
        "本单位审核和数据主管部门审核不能是同一个人。",
        "The same person cannot approve for the organ and for the data authority.",
        "请由数据主管部门的另一位负责人或代岗人员审核。",
        "Let another head, or the substitute, of the data authority approve.",
    )
}

pub(super) fn no_reason() -> Refusal {
    Refusal::new("reason-needed", "请写明原因。", "Say why.", "请用不超过 500 个字写明原因。", "Give the reason in at most 500 characters.")
        .with_field("reason", "请写明原因，不超过 500 个字", "Say why, in at most 500 characters")
}
