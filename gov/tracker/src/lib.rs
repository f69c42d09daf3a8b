#![doc = include_str!("../README.md")]

mod model;
mod queries;
mod recording;
mod secrecy;
mod store;

pub use model::{CaseRef, Manner, Reading, Seen, Source, SourceKind};
pub use queries::{ReadingCount, reading_counts, readings_of, readings_of_case};
pub use recording::{DataRead, SUBJECT_PLACE, Trace, in_process, own, record};
pub use secrecy::{SECRECY_DAYS_MAX, SecrecyOrder, order_secrecy, secrecy_count, secrecy_of};
pub use store::MIGRATIONS;
