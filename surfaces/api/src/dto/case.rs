//! Case files.

use cases::queries::{CaseListPage, CaseRow, CaseView};
use cases::{CaseStatus, Outcome};
use clock::{Date, WorkCalendar};
use i18n::Text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use super::{At, ClockOf, CorrectionOf, DecisionOf, Happening, MaterialFileOf, RatingOf, RecordedEntry, TaskOf, Words};

/// An application: a draft, or everything at once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Application {
    /// The draft; item, situation, answers and materials are then taken from it.
    #[serde(default)]
    pub(crate) draft: Option<String>,
    /// The item, without a draft.
    #[serde(default)]
    pub(crate) slug: String,
    /// Answers to the guide questions, without a draft.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) situation: Map<String, Value>,
    /// Answers to the form, without a draft.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) answers: Map<String, Value>,
    /// `web` (default), `mobile`, `window`, `hotline`.
    #[serde(default)]
    pub(crate) channel: Channel,
    /// Whether the declaration of the item was made.
    #[serde(default)]
    pub(crate) promised: bool,
}

/// The way by which an application came.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Channel {
    #[default]
    Web,
    Mobile,
    Window,
    Hotline,
}

impl Channel {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Mobile => "mobile",
            Self::Window => "window",
            Self::Hotline => "hotline",
        }
    }
}

/// What the applicant takes home.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Submitted)]
pub(crate) struct SubmittedCase {
    /// The case.
    pub(crate) id: String,
    /// 办件编号.
    pub(crate) number: String,
    /// For the anonymous progress query.
    pub(crate) query_code: String,
    /// The promised day, when the clock runs already.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) due_on: Option<Date>,
    /// Whether it was closed at once.
    pub(crate) closed: bool,
    /// Version of the case, for `If-Match`.
    pub(crate) version: i64,
    /// What was written into the journal.
    pub(crate) recorded: Vec<RecordedEntry>,
}

/// Which cases.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseQuery {
    /// Only cases in this state.
    #[param(value_type = Option<StatusWord>)]
    pub(crate) status: Option<CaseStatus>,
    /// Only cases of this item.
    pub(crate) slug: Option<String>,
    /// Only this number.
    pub(crate) number: Option<String>,
    /// `next` of the page before.
    pub(crate) after: Option<String>,
    /// Cases on a page, 1 to 100.
    #[param(default = 20, maximum = 100)]
    pub(crate) page_size: Option<u32>,
}

/// A state of a case.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseStatus)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StatusWord {
    #[expect(dead_code, reason = "only its schema is used; the cases know the words")]
    Submitted,
    #[expect(dead_code, reason = "only its schema is used; the cases know the words")]
    Correcting,
    #[expect(dead_code, reason = "only its schema is used; the cases know the words")]
    Accepted,
    #[expect(dead_code, reason = "only its schema is used; the cases know the words")]
    Suspended,
    #[expect(dead_code, reason = "only its schema is used; the cases know the words")]
    Closed,
}

/// Cases.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CasePage {
    /// The newest first.
    pub(crate) cases: Vec<CaseSummary>,
    /// Where the next page starts; `null` at the end.
    pub(crate) next: Option<String>,
}

impl From<CaseListPage> for CasePage {
    fn from(page: CaseListPage) -> Self {
        Self { cases: page.rows.into_iter().map(CaseSummary::from).collect(), next: page.next }
    }
}

/// A case in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseSummary {
    /// The case.
    id: String,
    /// 办件编号.
    number: String,
    /// The item.
    slug: String,
    /// Its name.
    #[schema(value_type = Words)]
    item_name: Text,
    /// The organ responsible.
    organ: String,
    /// The division of that organ.
    division: String,
    /// The applicant's name as lists show it.
    applicant: String,
    /// Where it stands.
    #[schema(value_type = StatusWord)]
    status: CaseStatus,
    /// What became of it.
    #[schema(value_type = Option<String>)]
    outcome: Option<Outcome>,
    /// When it was submitted.
    #[schema(value_type = String, format = DateTime)]
    submitted_at: At,
    /// The promised day.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
    /// When it was closed.
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<At>,
}

impl From<CaseRow> for CaseSummary {
    fn from(row: CaseRow) -> Self {
        Self {
            id: row.id,
            number: row.number,
            slug: row.slug,
            item_name: row.item_name,
            organ: row.organ,
            division: row.division,
            applicant: row.applicant_shown,
            status: row.status,
            outcome: row.outcome,
            submitted_at: At(row.submitted_ms),
            due_on: row.due_on,
            closed_at: row.closed_ms.map(At),
        }
    }
}

/// A case file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseDetail {
    #[serde(flatten)]
    summary: CaseSummary,
    /// The applicant, for those who handle the case; the applicant herself knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    applicant_detail: Option<ApplicantOf>,
    /// For the anonymous progress query; the applicant's alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    query_code: Option<String>,
    /// The published package it runs under.
    package_hash: String,
    /// By which channel it came.
    channel: String,
    /// Whether somebody authorised acted.
    by_agent: bool,
    /// The day from which acceptance counts.
    #[schema(value_type = Option<String>, format = Date)]
    accepted_on: Option<Date>,
    /// Accepted because no notice went out in time.
    accepted_by_default: bool,
    /// The clock, once it runs.
    clock: Option<ClockOf>,
    /// The one correction.
    correction: Option<CorrectionOf>,
    /// What was decided.
    decision: Option<DecisionOf>,
    /// Answers to the guide questions.
    #[schema(value_type = Object)]
    situation: Map<String, Value>,
    /// What was stated.
    #[schema(value_type = Object)]
    answers: Map<String, Value>,
    /// Messages the case waits for; send them with `POST /cases/{case}/messages`.
    awaits: Vec<String>,
    /// Files attached.
    materials: Vec<MaterialFileOf>,
    /// Tasks, for those who handle the case.
    tasks: Vec<TaskOf>,
    /// The rating, once given.
    rating: Option<RatingOf>,
    /// The case this one grew out of.
    parent: Option<String>,
    /// Whether it was reopened.
    reopened: bool,
    /// What happened, oldest first.
    timeline: Vec<Happening>,
    /// Version, for `If-Match`.
    pub(crate) version: i64,
}

/// The applicant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Applicant)]
pub(crate) struct ApplicantOf {
    /// `person` or `legal-person`.
    kind: String,
    /// Name.
    name: String,
    /// Identity number or 统一社会信用代码.
    id_number: String,
    /// Mobile number.
    mobile: Option<String>,
    /// Address.
    address: Option<String>,
}

impl CaseDetail {
    /// The case as its applicant (or whoever acts for her) sees it, or as those who handle it see it.
    pub(crate) fn of(view: CaseView, calendar: &WorkCalendar, today: Date, handling: bool) -> Self {
        let CaseView { file, tasks, materials, rating, timeline, .. } = view;
        let clock = file.clock.as_ref().map(|clock| ClockOf::of(clock, file.status.is_open(), calendar, today));
        let applicant = ApplicantOf {
            kind: file.applicant.kind,
            name: file.applicant.name,
            id_number: file.applicant.id_number,
            mobile: file.applicant.mobile,
            address: file.applicant.address,
        };
        Self {
            applicant_detail: handling.then_some(applicant),
            query_code: (!handling).then_some(file.query_code),
            package_hash: file.package_hash,
            channel: file.channel,
            by_agent: file.agent.is_some(),
            accepted_on: file.accepted_on,
            accepted_by_default: file.accepted_by_default,
            clock,
            correction: file.correction.map(CorrectionOf::from),
            decision: file.decision.map(|decision| DecisionOf::of(decision, handling)),
            situation: file.situation,
            answers: file.answers,
            awaits: file.instance.awaited().map(|awaited| awaited.message.clone()).collect(),
            materials: materials.into_iter().map(MaterialFileOf::from).collect(),
            tasks: if handling { tasks.into_iter().map(TaskOf::from).collect() } else { Vec::new() },
            rating: rating.map(RatingOf::from),
            parent: file.parent.filter(|_| handling),
            reopened: file.reopened,
            timeline: Happening::list(timeline, handling),
            version: file.version,
            summary: CaseSummary {
                id: file.id,
                number: file.number,
                slug: file.slug,
                item_name: file.item_name,
                organ: file.organ,
                division: file.division,
                applicant: file.applicant_shown,
                status: file.status,
                outcome: file.outcome,
                submitted_at: At(file.submitted_ms),
                due_on: file.due_on,
                closed_at: file.closed_ms.map(At),
            },
        }
    }
}

/// Which cases are due.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct DueQuery {
    /// The organ; by default the one whose head the caller is.
    pub(crate) organ: Option<String>,
    /// Open cases due on or before this day; by default five working days from today.
    #[param(value_type = Option<String>, format = Date)]
    pub(crate) until: Option<Date>,
    /// Cases at most, 1 to 500.
    #[param(default = 100, maximum = 500)]
    pub(crate) page_size: Option<u32>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use utoipa::PartialSchema;

    use super::*;

    #[test]
    fn the_document_knows_the_states_of_cases() {
        let schema = serde_json::to_value(StatusWord::schema()).unwrap();
        let words: Vec<&str> = CaseStatus::ALL.into_iter().map(CaseStatus::code).collect();
        assert_eq!(schema["enum"], serde_json::json!(words));
    }
}
