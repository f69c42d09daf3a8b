use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

use crate::commands::certificate_resource;
use crate::door::{IssuedCertificate, supersede_certificate};
use crate::model::{CaseFacts, NewCertificate};
use crate::store::certificates;

/// Puts a new version in the place of a certificate (变更) outside a flow.
#[derive(Debug, Clone, Serialize)]
pub struct SupersedeCertificate {
    /// The certificate in its present version.
    pub certificate: String,
    /// Facts of the case; the case may be empty.
    pub facts: CaseFacts,
    /// The new version.
    pub with: NewCertificate,
    /// The template of the package in place of the built-in one.
    pub template: Option<String>,
}

impl Command for SupersedeCertificate {
    type Outcome = IssuedCertificate;
    const ACTION: &'static str = "certificate.supersede";

    fn run(&self, cx: &mut Cx<'_>) -> Result<IssuedCertificate, Halt> {
        let old = certificates::by_id(cx.tx(), &self.certificate)?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&certificate_resource(&old.id, &old.organ_id))?;
        supersede_certificate(cx, &old.id, self.facts.clone(), self.with.clone(), self.template.clone()).map(IssuedCertificate::from)
    }
}
