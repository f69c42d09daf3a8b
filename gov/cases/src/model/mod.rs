//! Nouns of the case.

mod fact;
mod file;
mod rating;
pub mod refusals;
mod status;
mod task;

pub(crate) use fact::Burden;
pub use fact::{Fact, FactUse};
pub(crate) use file::Pause;
pub use file::{Applicant, CaseClock, CaseFile, Correction, CorrectionItem, Decision, Draft, Legal, MaterialFile};
pub use rating::{RATING_TAGS, RatingLevel, RatingTag};
pub use status::{CaseStatus, Outcome};
pub use task::{Task, TaskKind, TaskState};
