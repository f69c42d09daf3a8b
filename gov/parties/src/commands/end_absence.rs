//! 销假

use super::set_absence::absence_resource;
use crate::events::AbsenceEnded;
use crate::model::party::StaffId;
use crate::store as tables;
use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

/// Ends an absence early, or calls it off.
#[derive(Debug, Clone, Serialize)]
pub struct EndAbsence {
    /// Who is back.
    pub staff: StaffId,
}

impl Command for EndAbsence {
    type Outcome = ();
    const ACTION: &'static str = "post.substitute";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let staff = tables::staff::find(cx.tx(), self.staff.as_str())?.ok_or_else(Refusal::not_found)?;
        let resource = absence_resource(cx, &staff);
        cx.authorise(&resource)?;
        if staff.absence.is_none() {
            return Err(not_away().into());
        }
        cx.record(staff.id.as_str(), &AbsenceEnded { staff: staff.id.clone() })?;
        Ok(())
    }
}

fn not_away() -> Refusal {
    Refusal::new("not-away", "没有登记离岗，无需销假。", "No absence is recorded.", "请刷新后核对。", "Reload and look again.")
}
