//! What can be done in the catalogue. One file a verb.

mod adopt_resources;
mod compile_resource;
mod decide_grades;
mod decide_negative;
mod detect_fields;
mod edit_resource;
mod import_rows;
mod loading;
mod propose_negative;
mod recall_resource;
mod record_measure;
mod report_update;
mod review_resource;
mod set_formula;
mod settle_duplicate;
mod submit_resource;
mod withdraw_resource;

pub use adopt_resources::{ADOPT_ROWS_MAX, AdoptResources, Adopted, AdoptedEntry};
pub use compile_resource::CompileResource;
pub use decide_grades::{DecideGrades, ItemGrade};
pub use decide_negative::{DecideNegative, NegativeVerdict};
pub use detect_fields::{DetectFields, FieldSamples};
pub use edit_resource::EditResource;
pub use import_rows::{BeginImport, IMPORT_ROWS_MAX, ImportRow, ImportRows, RowOutcome};
pub use propose_negative::ProposeNegative;
pub use recall_resource::RecallResource;
pub use record_measure::RecordMeasure;
pub use report_update::ReportUpdate;
pub use review_resource::{ReviewResource, Verdict};
pub use set_formula::SetFormula;
pub use settle_duplicate::SettleDuplicate;
pub use submit_resource::SubmitResource;
pub use withdraw_resource::WithdrawResource;
