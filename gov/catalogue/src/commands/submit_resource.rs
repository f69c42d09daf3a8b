//! 申请注册、申请发布

use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::loading::{after, calendar, check, load};
use crate::Settings;
use crate::events::ResourceSubmitted;
use crate::model::checks::Strictness;
use crate::model::{Resource, ResourceId, ShareType, Status, Step};
use crate::{refusals, store as tables};

/// Asks the authority for registration, or, when registered, for publication. The description must be complete.
#[derive(Clone, Debug, Serialize)]
pub struct SubmitResource {
    /// The resource.
    pub resource: ResourceId,
    /// The version the actor saw.
    pub seen: Option<i64>,
}

impl Command for SubmitResource {
    type Outcome = Status;
    const ACTION: &'static str = "catalogue.compile";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Status, Halt> {
        let before = load(cx, &self.resource, self.seen)?;
        let status = after(before.status, Step::Submit)?;
        check(&before.content, Strictness::Complete)?;
        if status == Status::PublicationReview {
            require_negative_entry(cx, &before)?;
        }
        let calendar = calendar(cx)?;
        let days = cx.service::<Settings>().map(|settings| settings.review_workdays).unwrap_or(Settings::default().review_workdays);
        let review_due_on = Some(calendar.add_workdays(cx.today(), days).date);
        let submitted_by = Some(cx.actor().account.clone());
        let event = ResourceSubmitted { status, review_due_on, after: Resource { status, review_due_on, submitted_by, ..before } };
        cx.record(self.resource.as_str(), &event)?;
        Ok(status)
    }
}

/// What is not shared is published only with an approved entry of the negative list.
pub(super) fn require_negative_entry(cx: &mut Cx<'_>, resource: &Resource) -> Result<(), Halt> {
    if resource.content.sharing.share_type != ShareType::NotShared {
        return Ok(());
    }
    let entries = tables::negative::of_resource(cx.tx(), resource.id.as_str())?;
    let approved =
        entries.iter().any(|entry| entry.kind == crate::model::NegativeKind::NotShared && entry.state == crate::model::NegativeState::Approved);
    if approved { Ok(()) } else { Err(refusals::negative_entry_missing().into()) }
}
