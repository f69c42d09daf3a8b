//! 提出负面清单条目

use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

use super::loading::{load, reason};
use crate::events::NegativeProposed;
use crate::model::{LegalBasis, NegativeEntry, NegativeId, NegativeKind, NegativeState, ResourceId};
use crate::{refusals, store as tables};

/// Proposes that a resource is not shared or not open, on a law. Without law there is no entry: an organ may not keep data back by its own rule
/// (政务数据共享条例).
#[derive(Clone, Debug, Serialize)]
pub struct ProposeNegative {
    /// The resource.
    pub resource: ResourceId,
    /// What is kept back.
    pub kind: NegativeKind,
    /// The law and article.
    pub basis: LegalBasis,
    /// The words of the article.
    pub quote: String,
    /// Why it applies.
    pub reason: String,
}

impl Command for ProposeNegative {
    type Outcome = NegativeId;
    const ACTION: &'static str = "catalogue.propose-negative";

    fn run(&self, cx: &mut Cx<'_>) -> Result<NegativeId, Halt> {
        let resource = load(cx, &self.resource, None)?;
        let (law, article) = (self.basis.law.trim(), self.basis.article.trim());
        if law.is_empty() || article.is_empty() || self.quote.trim().is_empty() {
            return Err(basis_missing(law, article, self.quote.trim()).into());
        }
        let reason = reason("reason", &self.reason)?;
        let entries = tables::negative::of_resource(cx.tx(), self.resource.as_str())?;
        let open = |entry: &NegativeEntry| entry.kind == self.kind && matches!(entry.state, NegativeState::Proposed | NegativeState::Approved);
        if entries.iter().any(open) {
            return Err(refusals::negative_exists().into());
        }
        let id = NegativeId::make(cx.ids());
        let entry = NegativeEntry {
            id: id.clone(),
            resource: resource.id,
            organ: resource.organ,
            kind: self.kind,
            basis: LegalBasis { law: law.to_owned(), article: article.to_owned() },
            quote: self.quote.trim().to_owned(),
            reason,
            approval: String::new(),
            approved_on: None,
            review_on: None,
            proposed_by: cx.actor().account.clone(),
            state: NegativeState::Proposed,
            version: 1,
        };
        cx.record(id.as_str(), &NegativeProposed { entry })?;
        Ok(id)
    }
}

fn basis_missing(law: &str, article: &str, quote: &str) -> Refusal {
    let mut refusal = Refusal::new(
        "basis-missing",
        "列入负面清单应当有法律、行政法规或者国务院决定的依据。",
        "An entry must rest on a law, a regulation or a decision of the State Council.",
        "请写明法律名称、条款和原文。",
        "Give the law, the article and its words.",
    )
    .under("政务数据共享条例（国务院令第809号）");
    for (field, value, zh, en) in [
        ("law", law, "请写明法律名称。", "Give the law."),
        ("article", article, "请写明条款。", "Give the article."),
        ("quote", quote, "请摘录条文。", "Quote the words."),
    ] {
        if value.is_empty() {
            refusal = refusal.with_field(field, zh, en);
        }
    }
    refusal
}
