//! The quality of base registers.

use quality::queries::Run;
use quality::{Dimension, RuleResult};
use serde::Serialize;
use utoipa::ToSchema;

use super::At;

/// How good a register is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisterQuality {
    /// Its runs, newest first; the findings of a run are places of the change feed and are read at the desk.
    pub(crate) runs: Vec<QualityRun>,
}

/// What one run found. Scores are in hundredths of a percent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QualityRun {
    /// Identifier.
    id: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: At,
    /// Version of the rules.
    rules_version: i64,
    /// Records that held.
    records: i64,
    /// The score; null when nothing was checked.
    score: Option<i64>,
    /// The score of each dimension that has one.
    dimensions: Vec<QualityScore>,
    /// What came of each rule.
    rules: Vec<QualityRuleResult>,
}

/// The score of a dimension (GB/T 36344-2018).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QualityScore {
    /// `normative`, `complete`, `accurate`, `consistent`, `timely`, `accessible`.
    dimension: &'static str,
    /// In hundredths of a percent.
    score: i64,
}

/// What came of one rule.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QualityRuleResult {
    /// The rule.
    rule: String,
    /// Its dimension.
    dimension: &'static str,
    /// Records checked.
    checked: i64,
    /// Records that do not satisfy it.
    failed: i64,
    /// Percent demanded.
    least_percent: u32,
}

impl From<Run> for QualityRun {
    fn from(run: Run) -> Self {
        let dimension = |(dimension, score): (&Dimension, &quality::Score)| QualityScore { dimension: dimension.as_str(), score: score.0 };
        let rule = |result: &RuleResult| QualityRuleResult {
            rule: result.rule.clone(),
            dimension: result.dimension.as_str(),
            checked: result.checked,
            failed: result.failed,
            least_percent: result.least_percent,
        };
        Self {
            dimensions: run.dimensions.iter().map(dimension).collect(),
            rules: run.results.iter().map(rule).collect(),
            id: run.id,
            at: At(run.at_ms),
            rules_version: run.rules_version,
            records: run.records,
            score: run.score.map(|score| score.0),
        }
    }
}
