//! Work for a post.

use clock::Date;
use i18n::Text;
use serde::{Deserialize, Serialize};

/// What a task asks for, and so what may come of it. Written as `zs:kind` in the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskKind {
    /// 受理.
    Accept,
    /// 审查.
    Review,
    /// 会签.
    Countersign,
    /// 现场核查.
    Visit,
    /// 决定.
    Decide,
    /// 派单.
    Assign,
    /// 承办.
    Handle,
    /// 确认.
    Confirm,
}

impl TaskKind {
    /// All.
    pub const ALL: [Self; 8] = [Self::Accept, Self::Review, Self::Countersign, Self::Visit, Self::Decide, Self::Assign, Self::Handle, Self::Confirm];

    /// As written in the flow.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Review => "review",
            Self::Countersign => "countersign",
            Self::Visit => "visit",
            Self::Decide => "decide",
            Self::Assign => "assign",
            Self::Handle => "handle",
            Self::Confirm => "confirm",
        }
    }

    /// Reads [`TaskKind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// In plain words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::Accept => Text::new("受理", "Acceptance"),
            Self::Review => Text::new("审查", "Review"),
            Self::Countersign => Text::new("会签", "Countersignature"),
            Self::Visit => Text::new("现场核查", "Site visit"),
            Self::Decide => Text::new("决定", "Decision"),
            Self::Assign => Text::new("派单", "Assignment"),
            Self::Handle => Text::new("承办", "Handling"),
            Self::Confirm => Text::new("确认", "Confirmation"),
        }
    }

    /// What may come of it, with its words: the code becomes the variable `<task>.outcome`.
    #[must_use]
    pub fn outcomes(self) -> &'static [(&'static str, &'static str, &'static str)] {
        match self {
            Self::Accept => &[("accepted", "予以受理", "Accept"), ("refused", "不予受理", "Refuse to accept")],
            Self::Review => &[("passed", "审查通过", "Pass"), ("returned", "退回上一环节", "Return")],
            Self::Countersign => &[("agreed", "同意", "Agree"), ("objected", "不同意", "Object")],
            Self::Visit => &[("qualified", "核查合格", "Qualified"), ("unqualified", "核查不合格", "Not qualified")],
            Self::Decide => &[("approved", "准予", "Approve"), ("rejected", "不予批准", "Reject")],
            Self::Assign => &[("assigned", "派单", "Assign")],
            Self::Handle => &[("resolved", "办结答复", "Resolve and reply"), ("sent_back", "退回派单", "Send back")],
            Self::Confirm => &[("done", "完成", "Done")],
        }
    }

    /// The action the authority rules on when a task of this kind is completed.
    #[must_use]
    pub fn action(self, outcome: &str) -> &'static str {
        match (self, outcome) {
            (Self::Accept, "refused") => "case.refuse-acceptance",
            (Self::Accept, _) => "case.accept",
            _ => "case.complete-task",
        }
    }
}

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskState {
    /// Waiting for its post; claimed or not.
    Open,
    /// Completed by somebody.
    Done,
    /// No longer needed: withdrawn or interrupted.
    Cancelled,
}

impl TaskState {
    /// As stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads [`TaskState::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Open, Self::Done, Self::Cancelled].into_iter().find(|state| state.code() == code)
    }
}

/// One task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Identifier.
    pub id: String,
    /// Its case.
    pub case: String,
    /// The line of its case.
    #[serde(skip)]
    pub line: i64,
    /// The activity of the flow instance.
    pub activity: u32,
    /// The node of the flow.
    pub node: String,
    /// What the flow calls it.
    pub name: Text,
    /// What it asks for.
    pub kind: TaskKind,
    /// Whose task.
    pub organ: String,
    /// Which post in that organ.
    pub post: String,
    /// Where it stands.
    pub state: TaskState,
    /// The account that claimed or completed it.
    pub assignee: Option<String>,
    /// Opened at, milliseconds since 1970.
    pub opened_ms: i64,
    /// The step's own due day, when the flow sets one.
    pub due_on: Option<Date>,
    /// Closed at.
    pub closed_ms: Option<i64>,
    /// What came of it.
    pub outcome: Option<String>,
    /// Officers a visit needs.
    pub officers_min: u32,
    /// When the case was submitted; lists are in this order.
    pub submitted_ms: i64,
}
