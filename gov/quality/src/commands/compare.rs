use registers::Origin;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

use super::correction::{Told, open};
use super::register;
use crate::events::SourcesCompared;
use crate::model::comparison::{Comparison, Difference, Kind};
use crate::model::refusals;
use crate::store as tables;
use crate::store::comparisons::Compared;

/// Keeps a comparison that was made for an organ: counts and rows, no values.
#[derive(Clone, Debug, Serialize)]
pub struct CompareSources {
    /// The organ for which it was made.
    pub organ: String,
    /// What the first source is called.
    pub left: String,
    /// What the second source is called.
    pub right: String,
    /// The register, where the first source is one.
    pub register: Option<String>,
    /// The register, where the second source is one.
    pub other_register: Option<String>,
    /// What came of it.
    pub result: Comparison,
}

impl Command for CompareSources {
    type Outcome = String;
    const ACTION: &'static str = "quality.compare";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        cx.authorise(&resource(&self.organ))?;
        for slug in self.register.iter().chain(&self.other_register) {
            let of = register(cx, slug)?;
            if of.declaration.subject.is_some() {
                return Err(refusals::register_personal().into());
            }
            // A database of another office is read as a whole for the organ alone that keeps the register.
            if of.declaration.origin != Origin::Own && of.owner.is_none_or(|owner| owner.id.as_str() != self.organ) {
                return Err(refusals::register_of_others().into());
            }
        }
        let compared = Compared {
            id: cx.ids().next_text("comparison"),
            organ: self.organ.clone(),
            left: self.left.clone(),
            right: self.right.clone(),
            register: self.register.clone(),
            result: self.result.clone(),
            at_ms: cx.now_ms(),
            account: cx.actor().account.clone(),
        };
        let event = SourcesCompared {
            comparison: compared.id.clone(),
            organ: compared.organ.clone(),
            register: compared.register.clone(),
            left_rows: compared.result.left_rows,
            right_rows: compared.result.right_rows,
            same: compared.result.same,
            counts: compared.result.counts.clone(),
            compared: compared.clone(),
        };
        cx.record(&compared.id, &event)?;
        Ok(compared.id)
    }
}

/// Sends the differences of a comparison to the organ that has to correct them, as a case. Gives the case.
#[derive(Clone, Debug, Serialize)]
pub struct OpenCorrection {
    /// The comparison.
    pub comparison: String,
    /// The organ that has to correct; of a register its owner, whatever is written here.
    pub organ: String,
}

impl Command for OpenCorrection {
    type Outcome = String;
    const ACTION: &'static str = "quality.open-correction";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        let compared = tables::comparisons::find(cx.tx(), &self.comparison)?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&resource(&compared.organ))?;
        cx.hold(&compared.id)?;
        let result = &compared.result;
        if result.different() == 0 || !tables::corrections::of_origin(cx.tx(), &compared.id)?.is_empty() {
            return Err(refusals::nothing_different().into());
        }
        let organ = match &compared.register {
            Some(slug) => register(cx, slug)?.owner.map(|organ| organ.id),
            None => parties::OrganId::parse(&self.organ).ok(),
        };
        let organ = match organ {
            Some(id) => parties::organ(cx.tx(), &id)?.map(|organ| organ.id.to_string()),
            None => None,
        };
        let told = Told {
            source: format!("{} / {}", compared.left, compared.right),
            demand: counts(result),
            dimension: crate::Dimension::Consistent.label().zh,
            checked: result.left_rows.saturating_add(result.right_rows),
            failed: result.different(),
            places: result.differences.iter().map(place).collect(),
            register: compared.register.as_deref().unwrap_or_default(),
            rule: "",
            origin: &compared.id,
            organ: organ.ok_or_else(refusals::owner_missing)?,
        };
        open(cx, told)?.map(|correction| correction.case).ok_or_else(|| refusals::item_missing().into())
    }
}

/// A comparison is a thing of the organ for which it was made.
#[must_use]
pub(crate) fn resource(organ: &str) -> Resource {
    Resource { organ: Some(organ.to_owned()), post: Some(registers::DATA_OFFICER.to_owned()), ..Resource::of("comparison") }
}

fn counts(result: &Comparison) -> String {
    let part = |kind: Kind| Some((kind, result.count(kind))).filter(|(_, count)| *count > 0);
    let parts: Vec<String> = Kind::ALL.into_iter().filter_map(part).map(|(kind, count)| format!("{}{count}条", kind.label().zh)).collect();
    format!("两个来源按主键比对：{}", parts.join("，"))
}

fn place(difference: &Difference) -> String {
    let row = |side: &str, row: Option<i64>| row.map(|row| format!("{side}{row}")).unwrap_or_default();
    format!("{}{}", row("甲", difference.left), row("乙", difference.right))
}
