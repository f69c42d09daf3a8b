//! What people say: data they want, what is wrong with a dataset, what they made of one.

use i18n::Text;
use serde::{Deserialize, Serialize};

use super::VoiceId;

/// What it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VoiceKind {
    /// 数据需求: data that should be opened.
    Wish,
    /// 意见反馈 on a dataset.
    Feedback,
    /// 应用成果: what somebody made of a dataset.
    Reuse,
}

impl VoiceKind {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wish => "wish",
            Self::Feedback => "feedback",
            Self::Reuse => "reuse",
        }
    }

    /// In words.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Wish => Text::new("数据需求", "Data wanted"),
            Self::Feedback => Text::new("意见反馈", "Feedback"),
            Self::Reuse => Text::new("应用成果", "Reuse"),
        }
    }
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VoiceState {
    /// Waits for an answer.
    Open,
    /// Answered; shown to the public.
    Answered,
    /// Declined; shown to whoever wrote it.
    Declined,
}

impl VoiceState {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Declined => "declined",
        }
    }

    /// In words.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Open => Text::new("待答复", "Waits for an answer"),
            Self::Answered => Text::new("已答复", "Answered"),
            Self::Declined => Text::new("不予采纳", "Declined"),
        }
    }
}

/// 来信. It holds no personal data: who wrote it is known by the account alone, and texts with numbers of people are not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// Identifier.
    pub id: VoiceId,
    /// What it is about.
    pub kind: VoiceKind,
    /// The dataset, by identifier.
    #[serde(default)]
    pub dataset: Option<String>,
    /// The organ that should answer; the data authority where there is none.
    #[serde(default)]
    pub organ: Option<String>,
    /// Who wrote it.
    pub account: String,
    /// In a few words.
    pub title: String,
    /// In full.
    pub text: String,
    /// Where a reuse is to be seen.
    #[serde(default)]
    pub url: String,
    /// Where it stands.
    pub state: VoiceState,
    /// The answer.
    #[serde(default)]
    pub answer: String,
    /// When it was written, in milliseconds since 1970.
    pub at_ms: i64,
    /// When it was answered.
    #[serde(default)]
    pub answered_ms: Option<i64>,
}
