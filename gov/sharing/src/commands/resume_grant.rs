//! 恢复: what was wrong has been put right. Whoever suspended it resumes it.

use i18n::Text;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::{Deserialize, Serialize};

use super::{reasoned, tell_both};
use crate::events::GrantEvent;
use crate::model::{Grant, refusals};
use crate::queries::grant_resource;
use crate::store as tables;

/// Lets a suspended grant be used again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResumeGrant {
    /// The grant.
    pub grant: String,
    /// What was put right.
    pub reason: String,
    /// The version the actor saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

impl Command for ResumeGrant {
    type Outcome = ();
    const ACTION: &'static str = "sharing.resume";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.hold(&self.grant)?;
        let grant = tables::grants::find(cx.tx(), &self.grant)?.ok_or_else(Refusal::not_found)?;
        let resource = grant_resource(cx.tx(), &grant)?;
        let stopped_by = grant.stopped_by.clone().or(resource.organ.clone());
        if !cx.may("sharing.read", &resource) {
            return Err(Refusal::not_found().into());
        }
        cx.authorise(&Resource { organ: stopped_by, ..resource })?;
        cx.expect_version(&grant.id, self.seen)?;
        let state = grant.state_on(cx.today()).resumed().ok_or_else(refusals::grant_not_in_state)?;
        let reason = reasoned(&self.reason)?;
        let resumed = Grant { state, reason: String::new(), stopped_by: None, ..grant };
        cx.record(&resumed.id, &GrantEvent::GrantResumed { reason: reason.clone(), grant: Box::new(resumed.clone()) })?;
        tell_both(cx, &resumed, &Text::new(format!("共享授权已恢复。说明：{reason}"), format!("The grant is in use again: {reason}")))
    }
}
