//! 审核负面清单

use clock::Date;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::{Deserialize, Serialize};

use super::loading::reason;
use crate::events::NegativeDecided;
use crate::model::{NegativeEntry, NegativeId, NegativeState};
use crate::{refusals, store as tables};

/// What the authority decides about an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NegativeVerdict {
    /// 列入
    Approve {
        /// 批准文号
        approval: String,
        /// Day by which it is looked at again; after today.
        review_on: Date,
    },
    /// 不同意列入
    Refuse,
    /// 移出
    Remove,
}

/// Approves, refuses or removes an entry of the negative list.
#[derive(Clone, Debug, Serialize)]
pub struct DecideNegative {
    /// The entry.
    pub entry: NegativeId,
    /// The decision.
    pub verdict: NegativeVerdict,
    /// Reasons; required unless it is approved.
    pub remark: String,
}

impl Command for DecideNegative {
    type Outcome = NegativeState;
    const ACTION: &'static str = "catalogue.decide-negative";

    fn run(&self, cx: &mut Cx<'_>) -> Result<NegativeState, Halt> {
        let entry = tables::negative::find(cx.tx(), self.entry.as_str())?.ok_or_else(Refusal::not_found)?;
        let thing = Resource { id: entry.id.to_string(), organ: Some(entry.organ.to_string()), ..Resource::of("negative-entry") };
        cx.authorise(&Resource { handlers: vec![entry.proposed_by.clone()], sensitivity: 1, ..thing })?;
        cx.loaded_version(entry.id.as_str(), entry.version);
        let mut after = NegativeEntry { ..entry.clone() };
        let mut remark = self.remark.trim().to_owned();
        match &self.verdict {
            NegativeVerdict::Approve { approval, review_on } => {
                if approval.trim().is_empty() || *review_on <= cx.today() {
                    return Err(approval_incomplete(approval.trim().is_empty(), *review_on <= cx.today()).into());
                }
                after.state = NegativeState::Approved;
                (after.approval, after.approved_on, after.review_on) = (approval.trim().to_owned(), Some(cx.today()), Some(*review_on));
            }
            NegativeVerdict::Refuse => after.state = NegativeState::Refused,
            NegativeVerdict::Remove => after.state = NegativeState::Removed,
        }
        if !entry.state.may_become(after.state) {
            return Err(refusals::negative_state().into());
        }
        if after.state != NegativeState::Approved {
            remark = reason("remark", &self.remark)?;
        }
        let state = after.state;
        cx.record(self.entry.as_str(), &NegativeDecided { entry: after, remark })?;
        Ok(state)
    }
}

fn approval_incomplete(no_number: bool, not_later: bool) -> Refusal {
    let mut refusal = Refusal::new(
        "approval-incomplete",
        "列入负面清单应当有批准文号和复核日期。",
        "An approval needs its number and a day of review.",
        "请补充后再提交。",
        "Complete it and submit again.",
    );
    if no_number {
        refusal = refusal.with_field("approval", "请填写批准文号。", "Give the number of the approval.");
    }
    if not_later {
        refusal = refusal.with_field("review_on", "复核日期应当晚于今天。", "The day of review must lie after today.");
    }
    refusal
}
