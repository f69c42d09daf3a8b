#![doc = include_str!("../README.md")]

mod consenting;
mod digest;
mod model;
mod queries;
mod recording;
mod secrecy;
mod store;

pub use consenting::{
    CONSENT_BASIS, ConsentSeal, answer_consent, ask_consent, consent, consent_not_in_force, consents_of, consents_of_organ, revoke_consent,
};
pub use digest::{Digest, anybody_wants_digest, choose_digest, digests_of, mark_digests_read, wants_digest, write_digests};
pub use model::{CaseRef, Consent, ConsentState, ConsentTerms, Manner, Reading, Seen, Source, SourceKind};
pub use queries::{ReadingCount, ReadingFigure, reading_counts, reading_figures, readings_of, readings_of_case};
pub use recording::{DataRead, SUBJECT_PLACE, Trace, in_process, own, record, record_consented, record_under};
pub use secrecy::{SECRECY_DAYS_MAX, SecrecyOrder, order_secrecy, secrecy_count, secrecy_of};
pub use store::MIGRATIONS;
