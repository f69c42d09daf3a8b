//! What happened in a case, and the anonymous query.

use cases::CaseStatus;
use cases::queries::{Progress, TimelineEntry};
use clock::Date;
use i18n::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{At, Coded, StatusWord, Words};

/// The timeline of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Timeline {
    /// Oldest first.
    pub(crate) timeline: Vec<Happening>,
}

/// One line of the timeline.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Happening {
    /// Position in the journal; `null` in the anonymous query.
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<i64>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: At,
    /// Kind of the event, also for its receipt.
    kind: String,
    /// What happened.
    #[schema(value_type = Words)]
    title: Text,
    /// More; may be empty.
    #[schema(value_type = Words)]
    detail: Text,
    /// Who acted, for those who handle the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<String>,
}

impl Happening {
    /// The lines that those who handle the case see, or the applicant.
    pub(crate) fn list(entries: Vec<TimelineEntry>, handling: bool) -> Vec<Self> {
        let shown = entries.into_iter().filter(|entry| handling || entry.public);
        let line = |entry: TimelineEntry| Self {
            index: Some(entry.index),
            at: At(entry.at_ms),
            kind: entry.kind,
            title: entry.title,
            detail: entry.detail,
            actor: handling.then_some(entry.actor),
        };
        shown.map(line).collect()
    }
}

/// Number and query code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProgressQuestion {
    /// 办件编号.
    pub(crate) number: String,
    /// The code given at submission.
    pub(crate) query_code: String,
}

/// What anybody who knows number and query code may see.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Progress)]
pub(crate) struct ProgressOf {
    number: String,
    /// Name of the item.
    #[schema(value_type = Words)]
    item_name: Text,
    /// Where it stands.
    #[schema(value_type = StatusWord)]
    status: CaseStatus,
    /// In plain words.
    #[schema(value_type = Words)]
    status_label: Text,
    /// What became of it.
    outcome: Option<Coded>,
    /// When it was submitted.
    #[schema(value_type = String, format = DateTime)]
    submitted_at: At,
    /// The promised day.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
    /// Working days left; negative when overdue.
    remaining_workdays: Option<i64>,
    /// What happened, without personal data.
    timeline: Vec<Happening>,
}

impl From<Progress> for ProgressOf {
    fn from(progress: Progress) -> Self {
        let timeline = Happening::list(progress.timeline, false);
        Self {
            number: progress.number,
            item_name: progress.item_name,
            status: progress.status,
            status_label: progress.status.label(),
            outcome: progress.outcome.map(|outcome| Coded::word(outcome.code(), outcome.label())),
            submitted_at: At(progress.submitted_ms),
            due_on: progress.due_on,
            remaining_workdays: progress.remaining_workdays,
            timeline: timeline.into_iter().map(|line| Happening { index: None, ..line }).collect(),
        }
    }
}
