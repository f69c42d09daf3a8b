//! Documents, certificates, verification.

use clock::Date;
use documents::{CertificateRecord, DocumentKind, DocumentRecord, DocumentStatus, PublicFact, Standing, Verdict, Verification};
use i18n::Text;
use serde::Serialize;
use utoipa::ToSchema;

use super::{At, Words};

/// Documents of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Documents {
    /// Oldest first.
    pub(crate) documents: Vec<DocumentOf>,
}

/// A document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Document)]
pub(crate) struct DocumentOf {
    /// The document.
    id: String,
    /// `acceptance-notice`, `decision`, `certificate`, …
    #[schema(value_type = String)]
    kind: DocumentKind,
    /// Title.
    title: String,
    /// 发文字号, or the number of the certificate.
    number: String,
    /// Date on it.
    #[schema(value_type = String, format = Date)]
    dated: Date,
    /// Verification code on it.
    code: String,
    /// `allotted`: the file is being made; `filed`: fetch it.
    #[schema(value_type = String)]
    status: DocumentStatus,
    /// SM3 hash of the file, once there is one.
    blob: Option<String>,
    /// Pages, once there is a file.
    page_count: Option<i64>,
    /// The certificate whose document it is.
    certificate: Option<String>,
    /// When the file was filed.
    #[schema(value_type = Option<String>, format = DateTime)]
    filed_at: Option<At>,
}

impl From<DocumentRecord> for DocumentOf {
    fn from(record: DocumentRecord) -> Self {
        let (blob, page_count) = record.filing.map(|filing| (filing.blob, filing.page_count)).unzip();
        Self {
            id: record.id,
            kind: record.kind,
            title: record.title,
            number: record.number,
            dated: record.dated,
            code: record.code,
            status: record.status,
            blob,
            page_count,
            certificate: record.certificate_id,
            filed_at: record.filed_at_ms.map(At),
        }
    }
}

/// Certificates.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Certificates {
    /// All versions, in all states.
    pub(crate) certificates: Vec<CertificateOf>,
}

/// A certificate in one version.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Certificate)]
pub(crate) struct CertificateOf {
    /// This version.
    id: String,
    /// The case it came from.
    case: String,
    /// Its document; fetch the file there.
    document: String,
    /// The version before.
    previous: Option<String>,
    /// 证照类型代码.
    type_code: String,
    /// 证照名称.
    name: String,
    /// 证照编号.
    number: String,
    /// 电子证照标识, GB/T 36904.
    identifier: String,
    /// Version, from 1.
    edition: i64,
    /// 统一社会信用代码 of the organ that issued it.
    organ_code: String,
    /// Day of issue.
    #[schema(value_type = String, format = Date)]
    issued_on: Date,
    /// First day of validity.
    #[schema(value_type = String, format = Date)]
    valid_from: Date,
    /// Last day; `null` for 长期.
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<Date>,
    /// What it is worth today.
    #[schema(value_type = String)]
    standing: Standing,
    /// Why it has its status.
    reason: String,
}

impl CertificateOf {
    pub(crate) fn of(record: CertificateRecord, today: Date) -> Self {
        Self {
            standing: record.standing(today),
            id: record.id,
            case: record.case_id,
            document: record.document_id,
            previous: record.previous_id,
            type_code: record.type_code,
            name: record.name,
            number: record.number,
            identifier: record.identifier,
            edition: record.edition,
            organ_code: record.organ_code,
            issued_on: record.issued_on,
            valid_from: record.valid_from,
            valid_until: record.valid_until,
            reason: record.note.reason,
        }
    }
}

/// What a paper or file is worth.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Verification)]
pub(crate) struct VerificationOf {
    /// `valid`, `pending`, `not-yet-valid`, `expired`, `suspended`, `superseded`, `revoked`, `altered` or `unknown`.
    #[schema(value_type = String)]
    verdict: Verdict,
    /// Why.
    #[schema(value_type = Words)]
    reason: Text,
    /// What the register says, to be compared with the paper; masked.
    facts: Vec<FactOf>,
}

/// One fact of the register.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicFact)]
pub(crate) struct FactOf {
    /// Label.
    #[schema(value_type = Words)]
    label: Text,
    /// Value.
    value: String,
}

impl From<Verification> for VerificationOf {
    fn from(verification: Verification) -> Self {
        let fact = |fact: PublicFact| FactOf { label: fact.label, value: fact.value };
        Self { verdict: verification.verdict, reason: verification.reason, facts: verification.facts.into_iter().map(fact).collect() }
    }
}
