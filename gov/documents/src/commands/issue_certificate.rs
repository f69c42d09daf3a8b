use runner::{Command, Cx, Halt};
use serde::Serialize;

use crate::commands::certificate_resource;
use crate::door::{IssuedCertificate, allot_certificate};
use crate::model::{CaseFacts, NewCertificate};

/// Issues a certificate outside a flow, for example one taken over from paper.
#[derive(Debug, Clone, Serialize)]
pub struct IssueCertificate {
    /// Facts of the case; the case may be empty.
    pub facts: CaseFacts,
    /// The certificate.
    pub certificate: NewCertificate,
    /// The template of the package in place of the built-in one.
    pub template: Option<String>,
}

impl Command for IssueCertificate {
    type Outcome = IssuedCertificate;
    const ACTION: &'static str = "certificate.issue";

    fn run(&self, cx: &mut Cx<'_>) -> Result<IssuedCertificate, Halt> {
        cx.authorise(&certificate_resource("", &self.certificate.organ.id))?;
        allot_certificate(cx, self.facts.clone(), self.certificate.clone(), self.template.clone()).map(IssuedCertificate::from)
    }
}
