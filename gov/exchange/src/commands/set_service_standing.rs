//! 停用、恢复服务

use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

use super::offer_service::service_stream;
use super::{given_reason, offered};
use crate::events::ServiceStandingSet;
use crate::model::identifier::ServiceId;
use crate::model::service::Standing;
use crate::store::directory;

/// Withdraws a service until it is resumed. Who calls it meanwhile is told that it is suspended, whatever the right.
#[derive(Debug, Clone, Serialize)]
pub struct SetServiceStanding {
    /// Which.
    pub id: ServiceId,
    /// The new state.
    pub standing: Standing,
    /// Why; not needed to resume it.
    pub reason: String,
}

impl Command for SetServiceStanding {
    type Outcome = ();
    const ACTION: &'static str = "exchange.offer-service";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let member = directory::find_member(cx.tx(), self.id.subsystem())?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&offered(member.organ))?;
        let service = directory::find_service(cx.tx(), &self.id)?.ok_or_else(Refusal::not_found)?;
        let reason = match self.standing {
            Standing::Suspended => given_reason(&self.reason, ("请写明停用的原因。", "Say why it is withdrawn."))?,
            Standing::Active => String::new(),
        };
        if service.standing == self.standing {
            return Ok(());
        }
        let event = ServiceStandingSet { service: self.id.clone(), standing: self.standing, reason };
        cx.record(&service_stream(&self.id), &event).map(drop)
    }
}
