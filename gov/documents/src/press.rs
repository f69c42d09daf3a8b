use std::sync::Arc;

use blobs::Blobs;
use clock::from_millis;
use jobs::{Handler, Job, JobFault};
use runner::{Actor, Halt, Request, Runner};
use seal::{Certificate, FieldKeys, KeyRing, Purpose, SealError, Sealed, Signer};
use serde::Deserialize;
use typeset::{SignRequest, sign_pdf};

use crate::commands::FileDocument;
use crate::record::{DocumentRecord, Filing, PLACE_DRAFT};
use crate::render::{Draft, Renderer};
use crate::store::documents;

/// Largest PDF that is filed.
pub const PDF_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// The keys that sign documents: one inside the PDF, for the readers of today, and one beside it in the register, by SM2.
#[derive(Clone)]
pub struct Signing {
    pdf: Arc<dyn Signer>,
    chain: Vec<Certificate>,
    register: Arc<dyn Signer>,
    register_version: u32,
}

impl Signing {
    /// The newest document keys of the ring. `chain` begins with the certificate of the P-256 document key.
    pub fn of(ring: &KeyRing, chain: Vec<Certificate>) -> Result<Signing, SealError> {
        Ok(Signing {
            pdf: ring.signer(&Purpose::DocumentP256)?,
            chain,
            register: ring.signer(&Purpose::DocumentSm2)?,
            register_version: ring.version(&Purpose::DocumentSm2),
        })
    }
}

/// Makes the signed PDF of a registered document, stores it and files it (印制).
pub struct Press {
    renderer: Renderer,
    blobs: Blobs,
    keys: Arc<FieldKeys>,
    signing: Signing,
}

/// Why a PDF could not be made; an operator reads it at the dead job.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// The template or the fonts.
    #[error("the document could not be rendered")]
    Render(#[from] crate::render::RenderError),
    /// The signature in the PDF.
    #[error("the PDF could not be signed")]
    Sign(#[from] typeset::SignError),
    /// The keys.
    #[error("the document keys failed")]
    Keys(#[from] SealError),
    /// The file store.
    #[error("the PDF could not be stored")]
    Blobs(#[from] blobs::BlobError),
    /// The record is damaged.
    #[error("the record of the document is damaged: {0}")]
    Record(String),
}

#[derive(Deserialize)]
struct Payload {
    document: String,
}

impl Press {
    /// A press with these tools.
    pub fn new(renderer: Renderer, blobs: Blobs, keys: Arc<FieldKeys>, signing: Signing) -> Press {
        Press { renderer, blobs, keys, signing }
    }

    /// Makes and stores the signed PDF. The same record gives the same bytes: the signing time is the moment of the decision.
    pub fn print(&self, record: &DocumentRecord, sealed_draft: &str) -> Result<Filing, PressError> {
        let draft = self.open(record, sealed_draft)?;
        let pdf = self.renderer.render(&draft)?;
        let at = from_millis(record.made_at_ms).map_err(|e| PressError::Record(e.to_string()))?;
        let request = SignRequest {
            field_name: &format!("zs-{}", record.code),
            signer_name: &draft.facts.organ.name,
            reason: &format!("{} {}", record.title, record.number),
            at,
        };
        let signed = sign_pdf(&pdf.bytes, &request, &*self.signing.pdf, &self.signing.chain)?;
        let signature = self.signing.register.sign(&signed)?;
        let blob = self.blobs.put(&signed, PDF_BYTES_MAX)?;
        Ok(Filing {
            blob: blob.to_string(),
            page_count: i64::try_from(pdf.page_count).unwrap_or(i64::MAX),
            signature: seal::hash::to_hex(signature.raw()),
            key_version: i64::from(self.signing.register_version),
        })
    }

    /// What does the jobs of kind [`crate::door::RENDER_DOCUMENT`]. Doing one again changes nothing.
    pub fn handler(self: Arc<Self>, runner: Arc<Runner>) -> Handler {
        Arc::new(move |job| self.do_job(&runner, job))
    }

    fn do_job(&self, runner: &Runner, job: &Job) -> Result<(), JobFault> {
        let Payload { document } = serde_json::from_str(&job.payload)?;
        let id = document.clone();
        let (record, draft) = runner.store().read(move |tx| {
            let record = documents::by_id(tx, &id)?;
            Ok::<_, store::StoreError>((record, documents::sealed_draft(tx, &id)?))
        })?;
        let record = record.ok_or_else(|| format!("there is no document {document}"))?;
        if record.filing.is_some() {
            return Ok(());
        }
        let draft = draft.ok_or_else(|| format!("document {document} is not filed and has no draft"))?;
        let filing = self.print(&record, &draft)?;
        match runner.execute(Request::by(Actor::system()), FileDocument { document, filing }) {
            Ok(_) => Ok(()),
            Err(Halt::Refused(refusal)) => Err(format!("filing was refused: {}", refusal.code).into()),
            Err(Halt::Fault(fault)) => Err(fault.into()),
        }
    }

    fn open(&self, record: &DocumentRecord, sealed_draft: &str) -> Result<Draft, PressError> {
        let sealed: Sealed = sealed_draft.parse()?;
        let text = self.keys.open(&record.id, PLACE_DRAFT, &sealed)?;
        serde_json::from_str(&text).map_err(|e| PressError::Record(e.to_string()))
    }
}
