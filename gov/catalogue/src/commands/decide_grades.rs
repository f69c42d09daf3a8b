//! 定级

use parties::MaskKind;
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::loading::{after, load, reason};
use crate::events::GradesDecided;
use crate::model::{Content, Grade, Personal, Resource, ResourceId, Step};
use crate::queries::{GradeDecision, Graded};
use crate::{refusals, store as tables};

/// A decision about one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemGrade {
    /// Key of the item.
    pub item_key: String,
    /// Personal or not.
    pub personal: Personal,
    /// Level.
    pub grade: Grade,
    /// Mask.
    pub mask: Option<MaskKind>,
    /// Why; required where it is lower than the suggestion.
    pub reason: String,
}

/// Decides about items. The suggestion and the decision are both kept; who goes below a suggestion says why.
#[derive(Clone, Debug, Serialize)]
pub struct DecideGrades {
    /// The resource.
    pub resource: ResourceId,
    /// Decisions, for some or all items.
    pub items: Vec<ItemGrade>,
    /// The version the actor saw.
    pub seen: Option<i64>,
}

impl Command for DecideGrades {
    type Outcome = ();
    const ACTION: &'static str = "catalogue.grade";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let before = load(cx, &self.resource, self.seen)?;
        let status = after(before.status, Step::Edit)?;
        let known = tables::findings::of_resource(cx.tx(), self.resource.as_str())?;
        let mut content: Content = before.content.clone();
        let mut decisions = Vec::new();
        for wanted in &self.items {
            let item = content.items.iter_mut().find(|item| item.key() == wanted.item_key);
            let item = item.ok_or_else(|| refusals::item_unknown(&wanted.item_key))?;
            decisions.push((wanted.item_key.clone(), decided(cx, wanted, &known)?));
            (item.personal, item.grade, item.mask) = (Some(wanted.personal), Some(wanted.grade), wanted.mask);
        }
        let after = Resource { status, content, submitted_by: None, review_due_on: None, ..before };
        cx.record(self.resource.as_str(), &GradesDecided { decisions, after })?;
        Ok(())
    }
}

fn decided(cx: &Cx<'_>, wanted: &ItemGrade, known: &[Graded]) -> Result<GradeDecision, Halt> {
    let finding = known.iter().find(|graded| graded.item_key == wanted.item_key).and_then(|graded| graded.finding.as_ref());
    let lower = finding.is_some_and(|finding| wanted.grade < finding.grade || wanted.personal < finding.personal);
    let reason = if lower { reason("reason", &wanted.reason)? } else { wanted.reason.trim().to_owned() };
    Ok(GradeDecision {
        personal: wanted.personal,
        grade: wanted.grade,
        mask: wanted.mask,
        reason,
        as_suggested: finding.map(|finding| (wanted.grade, wanted.personal) == (finding.grade, finding.personal)),
        actor: cx.actor().account.clone(),
        at_ms: cx.now_ms(),
    })
}
