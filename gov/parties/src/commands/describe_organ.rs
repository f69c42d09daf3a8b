//! 更新机构职责和办公信息

use super::checks::{Checks, MANAGE};
use super::organ_checks::{checked_details, duty_taken};
use crate::events::OrganDescribed;
use crate::model::organ::OrganDetails;
use crate::model::party::OrganId;
use crate::store as tables;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

/// Replaces duties, address, hours and telephones of an organ, which it must keep public (政府信息公开条例 第二十条).
#[derive(Debug, Clone, Serialize)]
pub struct DescribeOrgan {
    /// The organ.
    pub organ: OrganId,
    /// All details, the unchanged ones too.
    pub details: OrganDetails,
    /// The version that was seen.
    pub seen: Option<i64>,
}

impl Command for DescribeOrgan {
    type Outcome = ();
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let organ = tables::organs::find(cx.tx(), self.organ.as_str())?.ok_or_else(Refusal::not_found)?;
        let resource = Resource { id: organ.id.to_string(), organ: Some(organ.id.to_string()), ..Resource::of("organ") };
        cx.authorise(&Resource { division: Some(organ.division.to_string()), ..resource })?;
        cx.expect_version(organ.id.as_str(), self.seen)?;
        let mut checks = Checks::new();
        let details = checked_details(&mut checks, &self.details);
        checks.finish()?;
        let event = OrganDescribed { organ: organ.id.clone(), division: organ.division, details };
        cx.record(organ.id.as_str(), &event).map_err(duty_taken)?;
        Ok(())
    }
}
