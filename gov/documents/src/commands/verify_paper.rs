use i18n::Text;
use runner::{Command, Cx, Halt, Resource};
use seal::FieldKeys;
use serde::Serialize;
use tracker::{Manner, Reading, Source, SourceKind};

use crate::record::CertificateRecord;
use crate::store::certificates;
use crate::verify::{self, FileMarks, Verification};

/// What somebody holds in the hand.
#[derive(Debug, Clone, Serialize)]
pub enum Paper {
    /// The code on it, however it was typed.
    Code(String),
    /// What was found in the file.
    File(#[serde(skip)] FileMarks),
}

/// Verifies a paper. Where it shows masked facts of a certificate, its holder sees that it was verified.
#[derive(Debug, Clone, Serialize)]
pub struct VerifyPaper {
    /// By what.
    pub paper: Paper,
}

impl Command for VerifyPaper {
    type Outcome = Verification;
    const ACTION: &'static str = "document.verify";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Verification, Halt> {
        cx.authorise(&Resource::of("document"))?;
        let today = cx.today();
        let (answer, document) = match &self.paper {
            Paper::Code(typed) => verify::by_code(cx.tx(), typed, today)?,
            Paper::File(marks) => verify::by_marks(cx.tx(), marks, today)?,
        };
        let certificate = match document.and_then(|document| document.certificate_id) {
            Some(id) => certificates::by_id(cx.tx(), &id)?,
            None => None,
        };
        if let Some(certificate) = certificate.filter(|_| !answer.facts.is_empty()) {
            note_use(cx, &certificate, &answer)?;
        }
        Ok(answer)
    }
}

fn note_use(cx: &mut Cx<'_>, certificate: &CertificateRecord, answer: &Verification) -> Result<(), Halt> {
    if tracker::own(cx.actor(), &certificate.holder_party).is_some() {
        return Ok(());
    }
    let keys = cx.service::<FieldKeys>()?;
    let face = certificate.open(&keys, &tracker::in_process("find whose certificate is verified")).map_err(Halt::fault)?;
    let reading = Reading {
        subject: &face.holder_code,
        source: Source { kind: SourceKind::Certificate, name: certificate.number.clone(), title: Text::same(certificate.name.clone()) },
        fields: answer.facts.iter().map(|fact| fact.label.zh.clone()).collect(),
        manner: Manner::Masked,
        organ: cx.actor().posts.first().map(|post| post.organ.clone()),
        purpose: Text::new("核验证照真伪", "To verify the certificate"),
        basis: "国务院关于在线政务服务的若干规定 第十条".into(),
        case: None,
        grant: None,
        message: None,
        secret_until: None,
    };
    tracker::record(cx, &keys, reading).map(drop)
}
