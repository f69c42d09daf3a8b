//! Work of posts.

use cases::queries::{InboxPage, InboxRow, InboxSort};
use cases::{CaseStatus, Task, TaskKind, TaskState};
use clock::{Date, WorkCalendar};
use i18n::Text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use super::{At, Coded, CorrectionItemOf, StatusWord, Words};

/// What of the inbox.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct TaskQuery {
    /// Only tasks claimed by the caller.
    #[serde(default)]
    #[param(default = false)]
    pub(crate) mine: bool,
    /// Only tasks nobody has claimed.
    #[serde(default)]
    #[param(default = false)]
    pub(crate) unclaimed: bool,
    /// Only cases of this item.
    pub(crate) slug: Option<String>,
    /// Only the case with this number.
    pub(crate) number: Option<String>,
    /// `opened`: the oldest first; `due`: the most urgent first.
    #[serde(default)]
    #[param(value_type = Option<String>, default = "opened")]
    pub(crate) sort: InboxSort,
    /// `next` of the page before.
    pub(crate) after: Option<String>,
    /// Tasks on a page, 1 to 100.
    #[param(default = 20, maximum = 100)]
    pub(crate) page_size: Option<u32>,
}

/// How many of the tasks done.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct DoneQuery {
    /// Tasks at most, 1 to 100.
    #[param(default = 20, maximum = 100)]
    pub(crate) page_size: Option<u32>,
}

/// Tasks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskPage {
    /// In the order asked for.
    pub(crate) tasks: Vec<InboxTask>,
    /// Where the next page starts; `null` at the end.
    pub(crate) next: Option<String>,
}

impl TaskPage {
    pub(crate) fn of(page: InboxPage, calendar: &WorkCalendar, today: Date) -> Self {
        Self { tasks: page.rows.into_iter().map(|row| InboxTask::of(row, calendar, today)).collect(), next: page.next }
    }
}

/// A task with what one wants to know of its case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InboxTask {
    #[serde(flatten)]
    task: TaskOf,
    /// 办件编号.
    number: String,
    /// The item.
    slug: String,
    /// Its name.
    #[schema(value_type = Words)]
    item_name: Text,
    /// The applicant's name as lists show it.
    applicant: String,
    /// Where the case stands.
    #[schema(value_type = StatusWord)]
    case_status: CaseStatus,
    /// The promised day of the case.
    #[schema(value_type = Option<String>, format = Date)]
    case_due_on: Option<Date>,
    /// Working days until then; negative when overdue.
    remaining_workdays: Option<i64>,
    /// When the case was submitted.
    #[schema(value_type = String, format = DateTime)]
    submitted_at: At,
}

impl InboxTask {
    pub(crate) fn of(row: InboxRow, calendar: &WorkCalendar, today: Date) -> Self {
        Self {
            task: row.task.into(),
            number: row.number,
            slug: row.slug,
            item_name: row.item_name,
            applicant: row.applicant_shown,
            case_status: row.status,
            case_due_on: row.case_due_on,
            remaining_workdays: row.case_due_on.map(|due| calendar.workdays_between(today, due)),
            submitted_at: At(row.submitted_ms),
        }
    }
}

/// A task.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Task)]
pub(crate) struct TaskOf {
    /// The task.
    pub(crate) id: String,
    /// Its case.
    pub(crate) case: String,
    /// The node of the flow.
    node: String,
    /// What the flow calls it.
    #[schema(value_type = Words)]
    name: Text,
    /// What it asks for: `accept`, `review`, `countersign`, `visit`, `decide`, `assign`, `handle`, `confirm`.
    #[schema(value_type = String)]
    kind: TaskKind,
    /// Whose task.
    organ: String,
    /// Which post in that organ.
    post: String,
    /// `open`, `done` or `cancelled`.
    #[schema(value_type = String)]
    state: TaskState,
    /// The account that claimed or completed it.
    assignee: Option<String>,
    /// When it was opened.
    #[schema(value_type = String, format = DateTime)]
    opened_at: At,
    /// The step's own day.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
    /// When it was closed.
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<At>,
    /// What came of it.
    outcome: Option<String>,
    /// Officers a visit needs.
    officers_min: u32,
}

impl From<Task> for TaskOf {
    fn from(task: Task) -> Self {
        Self {
            id: task.id,
            case: task.case,
            node: task.node,
            name: task.name,
            kind: task.kind,
            organ: task.organ,
            post: task.post,
            state: task.state,
            assignee: task.assignee,
            opened_at: At(task.opened_ms),
            due_on: task.due_on,
            closed_at: task.closed_ms.map(At),
            outcome: task.outcome,
            officers_min: task.officers_min,
        }
    }
}

/// A task and what may come of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskDetail {
    #[serde(flatten)]
    task: TaskOf,
    /// The outcomes to choose from.
    outcomes: Vec<Coded>,
}

impl From<Task> for TaskDetail {
    fn from(task: Task) -> Self {
        let outcome = |(code, zh, en): &(&str, &str, &str)| Coded::word(code, Text::new(*zh, *en));
        Self { outcomes: task.kind.outcomes().iter().map(outcome).collect(), task: task.into() }
    }
}

/// How a task ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Completion {
    /// One of the outcomes of the task.
    pub(crate) outcome: String,
    /// Opinion, reasons or reply.
    #[serde(default)]
    pub(crate) opinion: String,
    /// What the kind of task asks for besides: `basis`, `officers` (list), `findings`, `organ`.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) fields: Map<String, Value>,
    /// The version of the case seen, in place of `If-Match`.
    #[serde(default)]
    pub(crate) seen: Option<i64>,
}

/// 一次性告知补正.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectionRequest {
    /// Everything that is to be corrected, told at once.
    pub(crate) items: Vec<CorrectionItemOf>,
    /// The version of the case seen, in place of `If-Match`.
    #[serde(default)]
    pub(crate) seen: Option<i64>,
}
