//! 交叉比对: what two sources say differently under the same keys.

use std::collections::BTreeMap;

use i18n::Text;
use serde::{Deserialize, Serialize};

/// Differences of one kind that are kept; the others are counted.
pub const DIFFERENCES_COUNT_MAX: usize = 1_000;

/// How two sources differ in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The key is in the first source alone.
    OnlyLeft,
    /// The key is in the second source alone.
    OnlyRight,
    /// The key is in both, and a compared field differs.
    Different,
    /// The key stands in the first source a second time.
    TwiceLeft,
    /// The key stands in the second source a second time.
    TwiceRight,
    /// The row has no key.
    NoKey,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::OnlyLeft, Self::OnlyRight, Self::Different, Self::TwiceLeft, Self::TwiceRight, Self::NoKey];

    /// In words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::OnlyLeft => Text::new("只在甲方", "Only in the first source"),
            Self::OnlyRight => Text::new("只在乙方", "Only in the second source"),
            Self::Different => Text::new("内容不一致", "Different"),
            Self::TwiceLeft => Text::new("甲方重复", "Twice in the first source"),
            Self::TwiceRight => Text::new("乙方重复", "Twice in the second source"),
            Self::NoKey => Text::new("没有主键", "Without a key"),
        }
    }
}

/// One difference: where it stands, never the key or a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Of which kind.
    pub kind: Kind,
    /// Row of the first source (of a file as a spreadsheet counts, of a register the place in the change feed).
    pub left: Option<i64>,
    /// Row of the second source.
    pub right: Option<i64>,
    /// Fields that differ, by the name in the first source.
    pub fields: Vec<String>,
}

/// What came of comparing two sources.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Rows of the first source.
    pub left_rows: i64,
    /// Rows of the second source.
    pub right_rows: i64,
    /// Keys that are in both and say the same.
    pub same: i64,
    /// How many differences of each kind there are.
    pub counts: BTreeMap<Kind, i64>,
    /// How often each field differs.
    pub by_field: BTreeMap<String, i64>,
    /// The first differences of each kind.
    pub differences: Vec<Difference>,
}

impl Comparison {
    /// How many differences of a kind there are.
    #[must_use]
    pub fn count(&self, kind: Kind) -> i64 {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    /// All differences.
    #[must_use]
    pub fn different(&self) -> i64 {
        self.counts.values().sum()
    }

    pub(crate) fn add(&mut self, kind: Kind, left: Option<i64>, right: Option<i64>, fields: Vec<String>) {
        let count = self.counts.entry(kind).or_default();
        *count = count.saturating_add(1);
        for field in &fields {
            let count = self.by_field.entry(field.clone()).or_default();
            *count = count.saturating_add(1);
        }
        if usize::try_from(*self.counts.get(&kind).unwrap_or(&0)).is_ok_and(|count| count <= DIFFERENCES_COUNT_MAX) {
            self.differences.push(Difference { kind, left, right, fields });
        }
    }
}
