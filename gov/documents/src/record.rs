use i18n::Text;
use jiff::civil::Date;
use seal::{FieldKeys, SealError, Sealed};
use serde::{Deserialize, Serialize};

use crate::model::{CertificateStatus, DocumentKind, FaceLine, PartyKind, Standing};

/// Where sealed values belong; part of what is authenticated, so never changed.
pub(crate) const PLACE_DRAFT: &str = "document.draft";
pub(crate) const PLACE_FACE: &str = "certificate.face";
pub(crate) const PLACE_HOLDER: &str = "certificate.holder_code";

/// How far a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentStatus {
    /// Number and date are given; the PDF is being made.
    Allotted,
    /// The signed PDF is filed; final.
    Filed,
}

impl DocumentStatus {
    /// The status with this name.
    pub fn parse(name: &str) -> Option<DocumentStatus> {
        match name {
            "allotted" => Some(DocumentStatus::Allotted),
            "filed" => Some(DocumentStatus::Filed),
            _ => None,
        }
    }
}

/// One fact that the public may see, masked already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicFact {
    /// Label.
    pub label: Text,
    /// Value.
    pub value: String,
}

/// The signed PDF of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// Name of the blob: `sm3:…`, the SM3 hash of the file.
    pub blob: String,
    /// Pages.
    pub page_count: i64,
    /// SM2 signature over the file, 64 bytes in hexadecimal digits.
    pub signature: String,
    /// Version of the key that signed.
    pub key_version: i64,
}

/// A document as registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Identifier.
    pub id: String,
    /// The case; empty for certificates issued outside a case.
    pub case_id: String,
    /// The certificate whose document it is.
    pub certificate_id: Option<String>,
    /// Kind.
    pub kind: DocumentKind,
    /// Title.
    pub title: String,
    /// Number (发文字号), or the certificate's.
    pub number: String,
    /// The organ's identifier.
    pub organ_id: String,
    /// The organ's 统一社会信用代码.
    pub organ_code: String,
    /// Date on it.
    pub dated: Date,
    /// When it was decided, in milliseconds since 1970; also the time of its signature.
    pub made_at_ms: i64,
    /// Verification code.
    pub code: String,
    /// What the public sees.
    pub public_facts: Vec<PublicFact>,
    /// How far it is.
    pub status: DocumentStatus,
    /// The PDF, once it is filed.
    pub filing: Option<Filing>,
    /// When it was filed.
    pub filed_at_ms: Option<i64>,
}

/// Why and since when a certificate has its status.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusNote {
    /// Reason, in words for the public.
    pub reason: String,
    /// Article.
    pub basis: String,
    /// Since when, in milliseconds since 1970.
    pub at_ms: i64,
}

/// A certificate in one version, as registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateRecord {
    /// Identifier of this version.
    pub id: String,
    /// The case; empty when issued outside a case.
    pub case_id: String,
    /// Its document.
    pub document_id: String,
    /// The version before.
    pub previous_id: Option<String>,
    /// 证照类型代码.
    pub type_code: String,
    /// 证照名称.
    pub name: String,
    /// 证照编号.
    pub number: String,
    /// 电子证照标识 (GB/T 36904).
    pub identifier: String,
    /// Version, from 1.
    pub edition: i64,
    /// The organ's identifier.
    pub organ_id: String,
    /// The organ's 统一社会信用代码.
    pub organ_code: String,
    /// Person or body.
    pub holder_kind: PartyKind,
    /// The party's identifier; empty when it has none.
    pub holder_party: String,
    /// Holder and face, sealed; open with [`CertificateRecord::open`].
    #[serde(skip)]
    pub sealed: String,
    /// Day of issue.
    pub issued_on: Date,
    /// First day of validity.
    pub valid_from: Date,
    /// Last day; nothing for 长期.
    pub valid_until: Option<Date>,
    /// Registered status.
    pub status: CertificateStatus,
    /// Why and since when.
    pub note: StatusNote,
}

/// The personal part of a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    /// Name of the holder.
    pub holder_name: String,
    /// Code of the holder.
    pub holder_code: String,
    /// 照面信息.
    pub lines: Vec<FaceLine>,
}

impl CertificateRecord {
    /// What it is worth on a day.
    pub fn standing(&self, on: Date) -> Standing {
        self.status.standing(self.valid_from, self.valid_until, on)
    }

    /// Opens holder and face. The trace says who is shown them and why.
    pub fn open(&self, keys: &FieldKeys, _: &tracker::Trace) -> Result<Face, SealError> {
        let sealed: Sealed = self.sealed.parse()?;
        let text = keys.open(&self.id, PLACE_FACE, &sealed)?;
        serde_json::from_str(&text).map_err(|_| SealError::BadSealed("it holds no face of a certificate"))
    }
}
