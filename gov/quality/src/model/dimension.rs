//! The six dimensions of GB/T 36344-2018.

use i18n::Text;
use serde::{Deserialize, Serialize};

/// A dimension of the quality of data (GB/T 36344-2018).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dimension {
    /// 规范性: values have the form that was agreed.
    Normative,
    /// 完整性: what has to be there is there.
    Complete,
    /// 准确性: values are right, each fact stands once.
    Accurate,
    /// 一致性: what stands in two places says the same.
    Consistent,
    /// 时效性: it is up to date.
    Timely,
    /// 可访问性: it can be had when it is needed.
    Accessible,
}

impl Dimension {
    /// All of them, in the order of the standard.
    pub const ALL: [Self; 6] = [Self::Normative, Self::Complete, Self::Accurate, Self::Consistent, Self::Timely, Self::Accessible];

    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Normative => "normative",
            Self::Complete => "complete",
            Self::Accurate => "accurate",
            Self::Consistent => "consistent",
            Self::Timely => "timely",
            Self::Accessible => "accessible",
        }
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::Normative => Text::new("规范性", "Conformity"),
            Self::Complete => Text::new("完整性", "Completeness"),
            Self::Accurate => Text::new("准确性", "Accuracy"),
            Self::Consistent => Text::new("一致性", "Consistency"),
            Self::Timely => Text::new("时效性", "Timeliness"),
            Self::Accessible => Text::new("可访问性", "Accessibility"),
        }
    }
}
