//! 一数一源

use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

use super::loading::reason;
use crate::events::DuplicateSettled;
use crate::model::ResourceId;
use crate::queries::{Settlement, SettlementKind};
use crate::store as tables;

/// Decides about two resources with the same items: one is the source, or they are different things.
#[derive(Clone, Debug, Serialize)]
pub struct SettleDuplicate {
    /// One; the smaller identifier.
    pub first: ResourceId,
    /// The other.
    pub second: ResourceId,
    /// The source, one of the two; `None` when they are different things.
    pub source: Option<ResourceId>,
    /// Why.
    pub reason: String,
}

impl Command for SettleDuplicate {
    type Outcome = ();
    const ACTION: &'static str = "catalogue.settle-duplicate";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&Resource { sensitivity: 1, ..Resource::of("catalogue-resource") })?;
        for id in [&self.first, &self.second] {
            tables::resources::find(cx.tx(), id.as_str())?.ok_or_else(Refusal::not_found)?;
        }
        let belongs = self.source.as_ref().is_none_or(|source| *source == self.first || *source == self.second);
        if !belongs || self.first == self.second {
            return Err(Refusal::not_found().into());
        }
        let settlement = Settlement {
            kind: if self.source.is_some() { SettlementKind::OneSource } else { SettlementKind::Distinct },
            source: self.source.as_ref().map(ToString::to_string),
            reason: reason("reason", &self.reason)?,
            actor: cx.actor().account.clone(),
            at_ms: cx.now_ms(),
        };
        let (first, second) = if self.first <= self.second { (&self.first, &self.second) } else { (&self.second, &self.first) };
        let stream = format!("duplicate:{first}:{second}");
        cx.record(&stream, &DuplicateSettled { first: first.clone(), second: second.clone(), settlement })?;
        Ok(())
    }
}
