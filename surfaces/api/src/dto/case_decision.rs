//! Corrections and decisions.

use cases::model::{Correction, CorrectionItem, Decision};
use clock::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The one-time request to complete the application.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Correction)]
pub(crate) struct CorrectionOf {
    /// Everything that is to be corrected.
    items: Vec<CorrectionItemOf>,
    /// Asked on this day.
    #[schema(value_type = String, format = Date)]
    asked_on: Date,
    /// To be answered by this day.
    #[schema(value_type = String, format = Date)]
    answer_by: Date,
    /// Answered on this day.
    #[schema(value_type = Option<String>, format = Date)]
    answered_on: Option<Date>,
}

/// One thing to be corrected.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CorrectionItem)]
pub(crate) struct CorrectionItemOf {
    /// A field or material of the item; empty for the application as a whole.
    #[serde(default)]
    pub(crate) target: String,
    /// What is wrong and what would be right.
    pub(crate) says: String,
}

impl From<Correction> for CorrectionOf {
    fn from(correction: Correction) -> Self {
        let item = |item: CorrectionItem| CorrectionItemOf { target: item.target, says: item.says };
        Self {
            items: correction.items.into_iter().map(item).collect(),
            asked_on: correction.asked_on,
            answer_by: correction.answer_by,
            answered_on: correction.answered_on,
        }
    }
}

/// What was decided.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Decision)]
pub(crate) struct DecisionOf {
    /// `approved`, `rejected`, `refused` or `resolved`.
    outcome: String,
    /// Why, or the reply.
    reasons: String,
    /// The article it rests on.
    basis: String,
    /// Whether rules decided alone.
    by_rules: bool,
    /// By whom, for those who handle the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// On this day.
    #[schema(value_type = String, format = Date)]
    on: Date,
}

impl DecisionOf {
    pub(crate) fn of(decision: Decision, handling: bool) -> Self {
        let by_rules = decision.by == "rules";
        Self {
            outcome: decision.outcome,
            reasons: decision.reasons,
            basis: decision.basis,
            by_rules,
            by: handling.then_some(decision.by),
            on: decision.on,
        }
    }
}
