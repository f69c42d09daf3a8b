use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use typeset::{Pdf, Template, Typesetter, qr_svg};

use crate::model::{CaseFacts, Content, DocumentKind, FaceLine, PartyKind};
use crate::seal_image::{seal_diameter_mm, seal_svg};

/// Space between lines of 16 points: the regular one (29-point lines), and closer ones down to 25 points.
const LINE_GAPS_POINTS: (u32, [u32; 2]) = (13, [11, 9]);

/// The library that every template imports.
pub const LIBRARY: &str = include_str!("../templates/zs.typ");

/// The certificate as templates see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateFacts {
    /// 证照名称.
    pub name: String,
    /// 证照编号.
    pub number: String,
    /// 电子证照标识 (GB/T 36904).
    pub identifier: String,
    /// Version, from 1.
    pub version: u16,
    /// Day of issue.
    pub issued_on: Date,
    /// First day of validity.
    pub valid_from: Date,
    /// Last day of validity; nothing for 长期.
    pub valid_until: Option<Date>,
    /// The face.
    pub face: Vec<FaceLine>,
    /// Person or body.
    #[serde(default)]
    pub holder_kind: PartyKind,
    /// Name of the holder.
    pub holder_name: String,
    /// Code of the holder.
    pub holder_code: String,
}

/// All that is needed to make a document again, byte for byte.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Facts of the case.
    pub facts: CaseFacts,
    /// What the document says.
    pub content: Content,
    /// The certificate: of a certificate document, or the one that a decision grants.
    pub certificate: Option<CertificateFacts>,
    /// The template of the package in place of the built-in one.
    pub template: Option<String>,
    /// Title.
    pub title: String,
    /// Number.
    pub number: String,
    /// Date.
    pub dated: Date,
    /// Verification code.
    pub code: String,
}

/// Why a document cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The template or its data is wrong.
    #[error(transparent)]
    Typeset(#[from] typeset::TypesetError),
    /// The name of the organ does not fit its seal.
    #[error(transparent)]
    Seal(#[from] crate::seal_image::SealNameError),
    /// The address of the verification page does not fit the QR code.
    #[error(transparent)]
    Qr(#[from] typeset::QrError),
    /// The facts cannot be written for the template.
    #[error(transparent)]
    Data(#[from] serde_json::Error),
    /// A name has characters that no installed font can draw; an official document must not show a box instead.
    #[error("no installed font draws {0:?}; add a fuller font to the font folder")]
    MissingGlyphs(Vec<char>),
}

/// Renders drafts to unsigned PDF; the QR code leads to `{public_url}/verify/{code}`.
#[derive(Clone)]
pub struct Renderer {
    typesetter: Typesetter,
    public_url: String,
}

impl Renderer {
    /// A renderer for the node with this public address.
    pub fn new(typesetter: Typesetter, public_url: impl Into<String>) -> Renderer {
        Renderer { typesetter, public_url: public_url.into().trim_end_matches('/').to_owned() }
    }

    /// Where the public verifies a document.
    pub fn verify_url(&self, code: &str) -> String {
        format!("{}/verify/{code}", self.public_url)
    }

    /// Renders a draft. The same draft gives the same bytes.
    pub fn render(&self, draft: &Draft) -> Result<Pdf, RenderError> {
        let organ = &draft.facts.organ;
        let seal = seal_svg(&organ.name, organ.seal_purpose.as_deref())?;
        let qr = qr_svg(&self.verify_url(&draft.code))?;
        let files = BTreeMap::from([
            ("/zs.typ".to_owned(), LIBRARY.as_bytes().to_vec()),
            ("/seal.svg".to_owned(), seal.into_bytes()),
            ("/qr.svg".to_owned(), qr.into_bytes()),
        ]);
        let main = draft.template.as_deref().unwrap_or_else(|| draft.content.kind().template());
        let template = Template { main, files };
        let mut pdf = self.typesetter.render(&template, &self.data(draft, LINE_GAPS_POINTS.0)?, draft.dated)?;
        if pdf.page_count > 1 && draft.content.kind() != DocumentKind::Certificate {
            // A seal alone on the last page is avoided by closer lines, when they save the page.
            for gap in LINE_GAPS_POINTS.1 {
                let closer = self.typesetter.render(&template, &self.data(draft, gap)?, draft.dated)?;
                if closer.page_count < pdf.page_count {
                    pdf = closer;
                    break;
                }
            }
        }
        if pdf.missing_glyphs.is_empty() { Ok(pdf) } else { Err(RenderError::MissingGlyphs(pdf.missing_glyphs)) }
    }

    /// Checks a template of a package against sample facts, before the package is published.
    pub fn check_template(&self, template: &str, sample: &Draft) -> Result<Pdf, RenderError> {
        self.render(&Draft { template: Some(template.to_owned()), ..sample.clone() })
    }

    fn data(&self, draft: &Draft, line_gap: u32) -> Result<Value, serde_json::Error> {
        let facts = &draft.facts;
        let mut organ = serde_json::to_value(&facts.organ)?;
        if let Some(fields) = organ.as_object_mut() {
            fields.insert("seal_mm".to_owned(), json!(seal_diameter_mm(&facts.organ.name)));
        }
        Ok(json!({
            "item": facts.item,
            "organ": organ,
            "case": facts.case,
            "applicant": facts.applicant,
            "answers": facts.answers,
            "certificate": draft.certificate,
            "decision": draft.content,
            "document": {
                "kind": draft.content.kind(),
                "title": draft.title,
                "number": draft.number,
                "date": draft.dated,
                "code": draft.code,
                "verify_url": self.verify_url(&draft.code),
                "line_gap": line_gap,
            },
        }))
    }
}

/// The title of a document: that of the certificate, or of its kind.
pub(crate) fn title(kind: DocumentKind, permit: bool, certificate: Option<&CertificateFacts>) -> String {
    match (kind, certificate) {
        (DocumentKind::Certificate, Some(certificate)) => certificate.name.clone(),
        _ => kind.title(permit).to_owned(),
    }
}
