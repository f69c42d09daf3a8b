//! One file a verb.

mod asking;
mod consent;
mod consequences;
mod correct;
mod count;
mod declare;
mod digest;
mod disclose;
mod load;
mod own;
mod read;
mod search;
mod verify;

pub use asking::CaseBook;
pub use consent::{AnswerConsent, AskConsent, CONSENT_DAYS_MAX, RevokeConsent};
pub use consequences::{Consequences, RecordCorrection};
pub use correct::{CorrectRecord, Corrected};
pub use count::CountRecords;
pub use declare::{DeclareRegister, Declared};
pub use digest::ChooseDigest;
pub(crate) use digest::{About, DIGEST, WriteDigests};
pub use disclose::{DiscloseFetched, PrepareReading};
pub use load::{LoadRecords, Loaded};
pub(crate) use own::{ForgetAnswers, HoldAnswer};
pub use read::{ReadHistory, ReadPlace, ReadRecord};
pub use search::SearchRecords;
pub use verify::VerifyRecord;
