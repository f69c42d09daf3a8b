mod certificate;
mod code;
mod content;
mod facts;
mod kind;
mod number;

pub use certificate::{CertificateAct, CertificateStatus, FaceLine, Holder, NewCertificate, NumberRule, Standing};
pub(crate) use code::new_code;
pub use code::{CODE_LENGTH, read_code};
pub use content::{Basis, Content, Correction, Remedies};
pub use facts::{Applicant, Case, CaseFacts, Item, LimitWords, Organ, PartyKind};
pub use kind::DocumentKind;
pub(crate) use number::sequence_of;
pub use number::{NumberProblem, certificate_number, document_number, series};
