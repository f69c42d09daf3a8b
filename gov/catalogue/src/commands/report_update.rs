//! 挂接和数据更新

use clock::Date;
use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::loading::{calendar, load};
use crate::events::DataUpdated;
use crate::model::{Resource, ResourceId};
use crate::refusals;

/// Says that the data of a resource were brought up to date, and whether they can be had through the platform. The exchange and the registers
/// say it by themselves; an officer says it for data that are delivered otherwise.
#[derive(Clone, Debug, Serialize)]
pub struct ReportUpdate {
    /// The resource.
    pub resource: ResourceId,
    /// When the data were updated; not in the future, and not before what is known.
    pub updated_on: Date,
    /// Whether they are mounted now.
    pub mounted: bool,
}

impl Command for ReportUpdate {
    type Outcome = Option<Date>;
    const ACTION: &'static str = "catalogue.compile";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Option<Date>, Halt> {
        let before = load(cx, &self.resource, None)?;
        if self.updated_on > cx.today() {
            return Err(refusals::update_in_future().into());
        }
        let updated_on = before.updated_on.map_or(self.updated_on, |known| known.max(self.updated_on));
        let update_due_on = before.content.period.next_due(updated_on, &*calendar(cx)?);
        let after = Resource { updated_on: Some(updated_on), update_due_on, mounted: self.mounted, ..before };
        cx.record(self.resource.as_str(), &DataUpdated { updated_on, update_due_on, mounted: self.mounted, after })?;
        Ok(update_due_on)
    }
}
