//! 质量检查: what came of examining a register by its rules.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::dimension::Dimension;
use super::rules::Rule;

/// Findings of one rule that are kept; the others are counted.
pub const FINDINGS_COUNT_MAX: usize = 1_000;

/// A share in hundredths of a percent: 9,950 is 99.50 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Score(pub i64);

impl Score {
    /// Everything is well.
    pub const FULL: Self = Self(10_000);

    /// The share of what is well; `None` when nothing was checked: nothing to count is no score. Rounded down, so that only what is
    /// whole is shown as whole.
    #[must_use]
    pub const fn of(checked: i64, failed: i64) -> Option<Self> {
        if checked <= 0 { None } else { Some(Self(checked.saturating_sub(failed).saturating_mul(Self::FULL.0) / checked)) }
    }

    /// The weighted mean; `None` of nothing.
    #[must_use]
    pub fn mean(parts: impl IntoIterator<Item = (Self, i64)>) -> Option<Self> {
        let (sum, weights) = parts.into_iter().fold((0_i64, 0_i64), |(sum, weights), (score, weight)| {
            (sum.saturating_add(score.0.saturating_mul(weight)), weights.saturating_add(weight))
        });
        if weights <= 0 { None } else { Some(Self(sum / weights)) }
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}.{:02}%", self.0 / 100, self.0 % 100)
    }
}

/// A record that does not satisfy a rule: its place in the change feed, never its key or a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Its place in the change feed.
    pub position: i64,
    /// The place of the other record: the one that has the same values, or the one that says something else.
    pub other: Option<i64>,
    /// The fields concerned.
    pub fields: Vec<String>,
}

/// What came of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleResult {
    /// The rule.
    pub rule: String,
    /// The dimension it counts for.
    pub dimension: Dimension,
    /// Its weight.
    pub weight: u32,
    /// Percent that must be well.
    pub least_percent: u32,
    /// Records that were checked.
    pub checked: i64,
    /// Records that do not satisfy it.
    pub failed: i64,
    /// The first of them.
    #[serde(skip)]
    pub findings: Vec<Finding>,
}

impl RuleResult {
    /// Of a rule, before anything is checked.
    #[must_use]
    pub fn of(rule: &Rule) -> Self {
        Self {
            rule: rule.slug.clone(),
            dimension: rule.dimension,
            weight: rule.weight,
            least_percent: rule.least_percent,
            checked: 0,
            failed: 0,
            findings: Vec::new(),
        }
    }

    /// Counts a record that is well.
    pub const fn pass(&mut self) {
        self.checked = self.checked.saturating_add(1);
    }

    /// Counts a record that is not.
    pub fn fail(&mut self, finding: impl FnOnce() -> Finding) {
        self.checked = self.checked.saturating_add(1);
        self.failed = self.failed.saturating_add(1);
        if self.findings.len() < FINDINGS_COUNT_MAX {
            self.findings.push(finding());
        }
    }

    /// The share of records that satisfy it.
    #[must_use]
    pub const fn score(&self) -> Option<Score> {
        Score::of(self.checked, self.failed)
    }

    /// Whether the owner has to correct something.
    #[must_use]
    pub fn wants_correction(&self) -> bool {
        let least = i64::from(self.least_percent).saturating_mul(100);
        self.failed > 0 && self.score().is_some_and(|score| score.0 < least)
    }
}

/// The score of each dimension that has a rule with something to check: the mean of its rules by their weights.
#[must_use]
pub fn dimensions(results: &[RuleResult]) -> BTreeMap<Dimension, Score> {
    let of = |dimension: Dimension| {
        let own = results.iter().filter(move |result| result.dimension == dimension);
        Score::mean(own.filter_map(|result| Some((result.score()?, i64::from(result.weight)))))
    };
    Dimension::ALL.into_iter().filter_map(|dimension| Some((dimension, of(dimension)?))).collect()
}

/// The score of a register: the mean of its dimensions.
#[must_use]
pub fn total(dimensions: &BTreeMap<Dimension, Score>) -> Option<Score> {
    Score::mean(dimensions.values().map(|score| (*score, 1)))
}

/// What examining a register found; made outside of any command, since it takes long.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examined {
    /// The register.
    pub register: String,
    /// Version of its rules.
    pub rules_version: i64,
    /// The last place of its feed that was looked at.
    pub position: i64,
    /// Records that held.
    pub records: i64,
    /// When it began, in milliseconds since 1970.
    pub began_ms: i64,
    /// What came of each rule, in the order of the file.
    pub results: Vec<RuleResult>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(dimension: Dimension, weight: u32, checked: i64, failed: i64) -> RuleResult {
        RuleResult { rule: "r".into(), dimension, weight, least_percent: 98, checked, failed, findings: Vec::new() }
    }

    #[test]
    fn a_dimension_is_the_weighted_mean_of_its_rules_and_the_total_that_of_the_dimensions() {
        let results = [
            result(Dimension::Complete, 3, 200, 10),
            result(Dimension::Complete, 1, 200, 30),
            result(Dimension::Timely, 1, 1, 0),
            result(Dimension::Accurate, 1, 0, 0),
        ];
        let scores = dimensions(&results);
        assert_eq!(scores, BTreeMap::from([(Dimension::Complete, Score(9_250)), (Dimension::Timely, Score::FULL)]));
        assert_eq!(total(&scores), Some(Score(9_625)));
        assert_eq!(total(&BTreeMap::new()), None);
    }

    #[test]
    fn one_failure_in_a_million_is_not_shown_as_whole() {
        assert_eq!(Score::of(1_000_000, 1).map(|score| score.to_string()).as_deref(), Some("99.99%"));
        assert_eq!(Score::of(3, 0), Some(Score::FULL));
        assert_eq!(Score::of(0, 0), None);
        assert_eq!(Score(5).to_string(), "0.05%");
    }

    #[test]
    fn corrections_are_asked_for_below_the_least_percent_alone() {
        assert!(!result(Dimension::Complete, 1, 100, 2).wants_correction());
        assert!(result(Dimension::Complete, 1, 100, 3).wants_correction());
        assert!(!result(Dimension::Complete, 1, 0, 0).wants_correction());
    }
}
