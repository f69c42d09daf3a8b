//! One file a verb.

mod asking;
mod consequences;
mod correct;
mod count;
mod declare;
mod disclose;
mod load;
mod read;
mod search;
mod verify;

pub use asking::CaseBook;
pub use consequences::{Consequences, RecordCorrection};
pub use correct::{CorrectRecord, Corrected};
pub use count::CountRecords;
pub use declare::{DeclareRegister, Declared};
pub use disclose::{DiscloseFetched, PrepareReading};
pub use load::{LoadRecords, Loaded};
pub use read::{ReadHistory, ReadRecord};
pub use search::SearchRecords;
pub use verify::VerifyRecord;
