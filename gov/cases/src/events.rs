//! What happens to a case, as the journal keeps it: no personal data in the clear, hashes of it instead.

use clock::Date;
use runner::{Event, Moment};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::{StoreError, Tx};

use crate::model::{Burden, CorrectionItem, Fact, MaterialFile, Task, TaskState};
use crate::store::messages::Message;
use crate::store::ratings::Rating;
use crate::store::{drafts, facts, materials, messages, ratings, tasks};

/// A material and the hash of its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MaterialMark {
    /// The material of the package.
    pub material: String,
    /// Content-addressed name of the file.
    pub blob: String,
}

/// Everything that can happen to a case or a draft.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Happened {
    DraftSaved {
        slug: String,
        page: String,
        #[serde(skip)]
        row: Box<drafts::DraftRow>,
    },
    DraftDiscarded {
        #[serde(skip)]
        id: String,
    },
    MaterialAttached {
        material: String,
        blob: String,
        #[serde(skip)]
        file: Box<MaterialFile>,
    },
    MaterialRemoved {
        material: String,
        blob: String,
        #[serde(skip)]
        id: String,
    },
    CaseSubmitted {
        number: String,
        slug: String,
        package_hash: String,
        organ: String,
        division: String,
        channel: String,
        applicant_sm3: String,
        answers_sm3: String,
        materials: Vec<MaterialMark>,
        parent: Option<String>,
        /// Salted hash over what was taken from which records.
        #[serde(skip_serializing_if = "Option::is_none")]
        facts_sm3: Option<String>,
        #[serde(skip)]
        facts: Vec<Fact>,
        #[serde(skip)]
        burden: Option<Burden>,
        #[serde(skip)]
        draft: Option<String>,
    },
    CaseAccepted {
        accepted_on: Date,
        by_default: bool,
        due_on: Date,
        statutory_due_on: Option<Date>,
    },
    CorrectionRequested {
        items: Vec<CorrectionItem>,
        answer_by: Date,
    },
    CorrectionAnswered {
        answers_sm3: String,
        materials: Vec<MaterialMark>,
        #[serde(skip)]
        facts: Vec<Fact>,
        #[serde(skip)]
        tasks: Vec<(String, Date)>,
    },
    TaskOpened {
        #[serde(flatten)]
        task: Box<Task>,
    },
    TaskClaimed {
        task: String,
        node: String,
    },
    TaskReleased {
        task: String,
        node: String,
    },
    TaskCompleted {
        task: String,
        node: String,
        kind: String,
        outcome: String,
        opinion: String,
        fields: Map<String, Value>,
    },
    TaskCancelled {
        task: String,
        node: String,
    },
    /// A register of another node is asked; the step waits.
    StepAsked {
        node: String,
        zh: String,
        en: String,
    },
    /// The other node gave no answer; a person looks.
    StepUnanswered {
        node: String,
        code: String,
        zh: String,
        en: String,
    },
    ServiceDone {
        node: String,
        action: String,
        result_sm3: String,
        #[serde(skip)]
        facts: Vec<Fact>,
    },
    TableEvaluated {
        node: String,
        table: String,
        rules: Vec<usize>,
        reasons: Vec<String>,
    },
    CaseSuspended {
        reason: String,
        from: Date,
        days_estimated: u32,
    },
    CaseResumed {
        last_day: Date,
        due_on: Option<Date>,
        #[serde(skip)]
        tasks: Vec<(String, Date)>,
    },
    CaseExtended {
        workdays: u32,
        reason: String,
        due_on: Date,
    },
    CaseDecided {
        outcome: String,
        reasons: String,
        basis: String,
        by_rules: bool,
    },
    CaseReopened {
        reason_sm3: String,
    },
    CaseRated {
        level: String,
        tags: Vec<u16>,
        #[serde(skip)]
        rating: Box<Rating>,
    },
    MessageReceived {
        message: String,
        fields_sm3: String,
    },
    PartyNotified {
        zh: String,
        en: String,
        #[serde(skip)]
        message: Box<Message>,
    },
    CaseClosed {
        outcome: String,
    },
    /// A record from which the case was made was corrected.
    ReviewOpened {
        review: String,
        register: String,
        fields: Vec<String>,
        #[serde(skip)]
        position: i64,
    },
    /// The organ that owns an item was asked to demand less: so many fields and materials.
    ChangeProposed {
        slug: String,
        case: String,
        count: usize,
    },
}

impl Event for Happened {
    fn kind(&self) -> &'static str {
        match self {
            Self::DraftSaved { .. } => "draft-saved",
            Self::DraftDiscarded { .. } => "draft-discarded",
            Self::MaterialAttached { .. } => "material-attached",
            Self::MaterialRemoved { .. } => "material-removed",
            Self::CaseSubmitted { .. } => "case-submitted",
            Self::CaseAccepted { .. } => "case-accepted",
            Self::CorrectionRequested { .. } => "correction-requested",
            Self::CorrectionAnswered { .. } => "correction-answered",
            Self::TaskOpened { .. } => "task-opened",
            Self::TaskClaimed { .. } => "task-claimed",
            Self::TaskReleased { .. } => "task-released",
            Self::TaskCompleted { .. } => "task-completed",
            Self::TaskCancelled { .. } => "task-cancelled",
            Self::StepAsked { .. } => "step-asked",
            Self::StepUnanswered { .. } => "step-unanswered",
            Self::ServiceDone { .. } => "service-done",
            Self::TableEvaluated { .. } => "table-evaluated",
            Self::CaseSuspended { .. } => "case-suspended",
            Self::CaseResumed { .. } => "case-resumed",
            Self::CaseExtended { .. } => "case-extended",
            Self::CaseDecided { .. } => "case-decided",
            Self::CaseReopened { .. } => "case-reopened",
            Self::CaseRated { .. } => "case-rated",
            Self::MessageReceived { .. } => "message-received",
            Self::PartyNotified { .. } => "party-notified",
            Self::CaseClosed { .. } => "case-closed",
            Self::ReviewOpened { .. } => "review-opened",
            Self::ChangeProposed { .. } => "change-proposed",
        }
    }

    /// Side tables only: the row of the case itself is saved once, at the end of the command, by the engine.
    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        match self {
            Self::DraftSaved { row, .. } => drafts::save(tx, &drafts::DraftRow { version: moment.version, ..(**row).clone() }),
            Self::DraftDiscarded { id } => {
                materials::delete_of_owner(tx, id)?;
                drafts::delete(tx, id)
            }
            Self::MaterialAttached { file, .. } => materials::insert(tx, file),
            Self::MaterialRemoved { id, .. } => materials::delete(tx, id),
            Self::CaseSubmitted { slug, draft, facts, burden, .. } => {
                facts::keep(tx, &moment.stream, facts)?;
                if let Some(burden) = burden {
                    facts::keep_burden(tx, &moment.stream, slug, burden)?;
                }
                match draft {
                    Some(draft) => {
                        materials::hand_over(tx, draft, &moment.stream)?;
                        drafts::delete(tx, draft)
                    }
                    None => Ok(()),
                }
            }
            Self::TaskOpened { task } => tasks::insert(tx, task),
            Self::TaskClaimed { task, .. } => tasks::assign(tx, task, Some(&moment.actor)),
            Self::TaskReleased { task, .. } => tasks::assign(tx, task, None),
            Self::TaskCompleted { task, outcome, .. } => tasks::close(tx, task, TaskState::Done, Some(&moment.actor), outcome, moment.at_ms),
            Self::TaskCancelled { task, .. } => tasks::close(tx, task, TaskState::Cancelled, None, "", moment.at_ms),
            Self::CorrectionAnswered { tasks, facts, .. } => {
                facts::keep(tx, &moment.stream, facts)?;
                tasks.iter().try_for_each(|(task, due_on)| tasks::set_due(tx, task, *due_on))
            }
            Self::CaseResumed { tasks, .. } => tasks.iter().try_for_each(|(task, due_on)| tasks::set_due(tx, task, *due_on)),
            Self::ServiceDone { facts, .. } => facts::keep(tx, &moment.stream, facts),
            Self::ReviewOpened { review, register, position, .. } => {
                facts::keep_review(tx, &moment.stream, review, register, *position, moment.at_ms)
            }
            Self::ChangeProposed { slug, case, .. } => facts::keep_proposal(tx, slug, case, moment.at_ms),
            Self::CaseRated { rating, .. } => ratings::insert(tx, rating),
            Self::PartyNotified { message, .. } => messages::insert(tx, message),
            Self::CaseAccepted { .. }
            | Self::CorrectionRequested { .. }
            | Self::StepAsked { .. }
            | Self::StepUnanswered { .. }
            | Self::TableEvaluated { .. }
            | Self::CaseSuspended { .. }
            | Self::CaseExtended { .. }
            | Self::CaseDecided { .. }
            | Self::CaseReopened { .. }
            | Self::MessageReceived { .. }
            | Self::CaseClosed { .. } => Ok(()),
        }
    }
}
