#![doc = include_str!("../README.md")]

mod model;
mod queries;
mod recording;
mod store;

pub use model::{CaseRef, Manner, Reading, Seen, Source, SourceKind};
pub use queries::{ReadingCount, reading_counts, readings_of, readings_of_case};
pub use recording::{DataRead, SUBJECT_PLACE, Trace, in_process, own, record};
pub use store::MIGRATIONS;
