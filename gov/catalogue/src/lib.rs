#![doc = include_str!("../README.md")]

mod commands;
pub mod detect;
mod events;
mod model;
pub mod queries;
mod refusals;
pub mod spreadsheet;
mod store;

pub use commands::{
    ADOPT_ROWS_MAX, AdoptResources, Adopted, AdoptedEntry, BeginImport, CompileResource, DecideGrades, DecideNegative, DetectFields, EditResource,
    FieldSamples, IMPORT_ROWS_MAX, ImportRow, ImportRows, ItemGrade, NegativeVerdict, ProposeNegative, RecallResource, RecordMeasure, ReportUpdate,
    ReviewResource, RowOutcome, SetFormula, SettleDuplicate, SubmitResource, Verdict, WithdrawResource,
};
pub use model::checks::{ITEMS_MAX, NAME_CHARS_MAX, Strictness, Trouble, troubles};
pub use model::*;
pub use store::MIGRATIONS;

/// Lane of the posts that keep an organ's part of the catalogue.
pub const OFFICER_POST: &str = "data-officer";
/// Lane of the posts that review, in the organ that is the data authority (数据主管部门).
pub const AUTHORITY_POST: &str = "data-authority";

/// Numbers that a place sets for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Working days the authority has for a review (政务数据共享条例, 目录管理; to be checked against the gazette).
    pub review_workdays: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { review_workdays: 2 }
    }
}
