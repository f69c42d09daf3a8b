#![doc = include_str!("../README.md")]

mod commands;
mod events;
mod jobs;
mod live;
mod load;
mod model;
mod queries;
mod reading;
mod scan;
mod sealing;
mod store;
mod writing;

/// The registers that ship with the program: slug and declaration.
pub const SHIPPED: [(&str, &str); 6] = [
    ("population", include_str!("../../../registers/population.toml")),
    ("legal-persons", include_str!("../../../registers/legal-persons.toml")),
    ("addresses", include_str!("../../../registers/addresses.toml")),
    ("certificates", include_str!("../../../registers/certificates.toml")),
    ("credit", include_str!("../../../registers/credit.toml")),
    ("macro-economy", include_str!("../../../registers/macro-economy.toml")),
];

pub use commands::{
    AnswerConsent, AskConsent, CONSENT_DAYS_MAX, CaseBook, ChooseDigest, Consequences, CorrectRecord, Corrected, CountRecords, DeclareRegister,
    Declared, LoadRecords, Loaded, ReadHistory, ReadPlace, ReadRecord, RecordCorrection, RevokeConsent, SearchRecords, VerifyRecord,
};
pub use jobs::handlers;
pub use live::{Connections, Fetched, SOURCE_UNREACHABLE, ask_about_own, each_row, forget_answers, look_up, source_by_key};
pub use load::load_command;
pub use model::asking::{Asked, CELL_COUNT_MIN, Cell, Condition, ConsentOf, Figures, Filter, Page, Verified};
pub use model::declaration::{Check, Code, Declaration, Field, FieldKind, Grade, Origin, Replaced, UpdatePeriod};
pub use model::loading::{Load, LoadProblem, LoadReport, LoadRow};
pub use model::problems::DeclarationProblem;
pub use model::record::{Cause, Change, CorrectionNote, Record};
pub use model::values::{ValueProblem, plain_text};
pub use queries::{
    DATA_OFFICER, MonthReadings, Overview, ReadingLine, changes_after, declaration, declaration_text, declaration_version, declaration_versions,
    declarations, load, loads, overview, overviews, readings_of_month,
};
pub use reading::{
    Covers, RECORDS_COUNT_MAX, aggregate, disclose_fetched, own_number, read_by_filter, read_by_filter_within, read_by_key, read_by_key_within,
    read_by_position, read_history, read_own, verify, verify_within, version_held,
};
pub use scan::{Held, PORTION_COUNT_MAX, Portion, scan};
pub use store::MIGRATIONS;
