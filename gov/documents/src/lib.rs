#![doc = include_str!("../README.md")]

mod commands;
pub mod door;
mod events;
mod ids;
mod model;
mod press;
mod public_facts;
pub mod queries;
mod record;
mod render;
pub mod samples;
mod seal_image;
mod store;
mod verify;

pub use commands::{FileDocument, FileOutcome, IssueCertificate, Paper, RevokeCertificate, SupersedeCertificate, VerifyPaper};
pub use door::{
    AllottedCertificate, AllottedDocument, IssuedCertificate, NewDocument, RENDER_DOCUMENT, allot_certificate, allot_document, supersede_certificate,
};
pub use events::{CertificateIssued, CertificateStatusChanged, DocumentAllotted, DocumentFiled};
pub use ids::{CertificateRecordId, DocumentId};
pub use model::{
    Applicant, Basis, CODE_LENGTH, Case, CaseFacts, CertificateAct, CertificateStatus, Content, Correction, DocumentKind, FaceLine, Holder, Item,
    LimitWords, NewCertificate, NumberProblem, NumberRule, Organ, PartyKind, Remedies, Standing, certificate_number, document_number, read_code,
    series,
};
pub use press::{PDF_BYTES_MAX, Press, PressError, Signing};
pub use record::{CertificateRecord, DocumentRecord, DocumentStatus, Face, Filing, PublicFact, StatusNote};
pub use render::{CertificateFacts, Draft, LIBRARY, RenderError, Renderer};
pub use seal_image::{NAME_CHARS_MAX, SealNameError, seal_diameter_mm, seal_svg};
pub use store::MIGRATIONS;
pub use verify::{FileMarks, Verdict, Verification};
