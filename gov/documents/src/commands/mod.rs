mod file_document;
mod issue_certificate;
mod revoke_certificate;
mod supersede_certificate;
mod verify_paper;

pub use file_document::{FileDocument, FileOutcome};
pub use issue_certificate::IssueCertificate;
pub use revoke_certificate::RevokeCertificate;
pub use supersede_certificate::SupersedeCertificate;
pub use verify_paper::{Paper, VerifyPaper};

use runner::Resource;

/// The certificate register of an organ, or one certificate in it.
fn certificate_resource(id: &str, organ_id: &str) -> Resource {
    let organ = (!organ_id.is_empty()).then(|| organ_id.to_owned());
    Resource { id: id.to_owned(), organ, ..Resource::of("certificate") }
}
