//! What commands of other crates call inside their own transaction: a document or certificate gets its number and record together with the
//! act that it is about. The PDF is made after the commit by the job [`RENDER_DOCUMENT`].

use runner::{Cx, Fault, Halt, Refusal};
use seal::FieldKeys;
use seal::hash::sm3_hex;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::events::{CertificateIssued, CertificateStatusChanged, DocumentAllotted};
use crate::ids::{CertificateRecordId, DocumentId};
use crate::model::{
    CaseFacts, CertificateAct, CertificateStatus, Content, DocumentKind, FaceLine, NewCertificate, NumberRule, certificate_number, document_number,
    new_code, sequence_of, series,
};
use crate::public_facts;
use crate::record::{CertificateRecord, DocumentRecord, DocumentStatus, Face, PLACE_DRAFT, PLACE_FACE, PLACE_HOLDER, StatusNote};
use crate::render::{CertificateFacts, Draft, title};
use crate::store::{certificates, sequences};

/// The job that makes the PDF; its payload is `{"document": id}`.
pub const RENDER_DOCUMENT: &str = "render-document";

/// A document to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDocument {
    /// Facts of the case.
    pub facts: CaseFacts,
    /// What it says.
    pub content: Content,
    /// The certificate that a decision grants.
    pub certificate: Option<CertificateFacts>,
    /// The template of the package in place of the built-in one.
    pub template: Option<String>,
}

/// A document with its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllottedDocument {
    /// Identifier.
    pub id: String,
    /// Kind.
    pub kind: DocumentKind,
    /// Title.
    pub title: String,
    /// Number.
    pub number: String,
    /// Verification code.
    pub code: String,
}

/// The answer of a command that issued a certificate; answers are kept for repeated requests, so it has no face.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedCertificate {
    /// Identifier of the record.
    pub id: String,
    /// 证照编号.
    pub number: String,
    /// 电子证照标识.
    pub identifier: String,
    /// Version, from 1.
    pub version: u16,
    /// Its document.
    pub document: AllottedDocument,
}

impl From<AllottedCertificate> for IssuedCertificate {
    fn from(allotted: AllottedCertificate) -> Self {
        let AllottedCertificate { id, facts, document } = allotted;
        IssuedCertificate { id, number: facts.number, identifier: facts.identifier, version: facts.version, document }
    }
}

/// A certificate with its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllottedCertificate {
    /// Identifier of the record.
    pub id: String,
    /// As templates and decisions see it.
    pub facts: CertificateFacts,
    /// Its document.
    pub document: AllottedDocument,
}

/// Gives a document its number, date and code, and promises its PDF. The caller has authorised the act that it is about.
///
/// # Errors
/// The refusal `document-incomplete` when the law wants more to be said; faults of the database.
pub fn allot_document(cx: &mut Cx<'_>, new: NewDocument) -> Result<AllottedDocument, Halt> {
    new.content.check()?;
    check_facts(&new)?;
    let kind = new.content.kind();
    let organ = new.facts.organ.clone();
    let series = series(&organ.abbreviation, kind, new.facts.is_permit());
    let year = cx.today().year();
    let serial = sequences::next(cx.tx(), &organ.code, &series, year)?;
    let number = document_number(&series, year, serial);
    allot(cx, new, number, None)
}

/// Issues a certificate: number, identifier, register entry and document.
///
/// # Errors
/// The refusals `certificate-number` and `certificate-identifier` when the package's rules do not fit; faults of the database.
pub fn allot_certificate(cx: &mut Cx<'_>, facts: CaseFacts, new: NewCertificate, template: Option<String>) -> Result<AllottedCertificate, Halt> {
    let serial = draw_serial(cx, &new)?;
    let number = certificate_number(&new.number, cx.today().year(), serial)
        .map_err(|e| refusal("certificate-number", &format!("证照编号无法生成：{}", e.problem), &e.to_string()))?;
    let identifier = identifier(cx, &new)?;
    issue(cx, facts, new, template, &Edition { number, identifier, version: 1, previous: None })
}

/// Puts a new version in the place of a valid certificate (变更): same number, next version; the old one is superseded.
///
/// # Errors
/// `not-found`, `certificate-status` when it is not valid, `certificate-type` when the new one is of another type.
pub fn supersede_certificate(
    cx: &mut Cx<'_>,
    old: &str,
    facts: CaseFacts,
    new: NewCertificate,
    template: Option<String>,
) -> Result<AllottedCertificate, Halt> {
    let old = certificates::by_id(cx.tx(), old)?.ok_or_else(Refusal::not_found)?;
    if old.type_code != new.type_code {
        return Err(refusal("certificate-type", "新证照与原证照不是同一类型。", "The new certificate is of another type than the old one.").into());
    }
    change_status(cx, &old, CertificateAct::Supersede, "变更", "")?;
    let next = parties::CertificateId::parse(&old.identifier).ok().and_then(|id| id.next_version());
    let next = next.ok_or_else(|| refusal("certificate-identifier", "证照版本号已用完。", "The certificate has no further version."))?;
    let edition = Edition { number: old.number, identifier: next.to_string(), version: next.version(), previous: Some(old.id) };
    issue(cx, facts, new, template, &edition)
}

/// Changes the status of a certificate, when its present one allows the act.
///
/// # Errors
/// The refusal `certificate-status`.
pub(crate) fn change_status(cx: &mut Cx<'_>, old: &CertificateRecord, act: CertificateAct, reason: &str, basis: &str) -> Result<(), Halt> {
    let Some(to) = old.status.after(act) else {
        let refusal = refusal("certificate-status", "该证照当前状态不能办理这一步。", "The present status of the certificate does not allow this.");
        return Err(refusal.into());
    };
    let event = CertificateStatusChanged { certificate: old.id.clone(), from: old.status, to, basis: basis.to_owned(), reason: reason.to_owned() };
    cx.record(&old.id, &event)?;
    Ok(())
}

struct Edition {
    number: String,
    identifier: String,
    version: u16,
    previous: Option<String>,
}

fn issue(cx: &mut Cx<'_>, facts: CaseFacts, new: NewCertificate, template: Option<String>, edition: &Edition) -> Result<AllottedCertificate, Halt> {
    let id = CertificateRecordId::make(cx.ids()).to_string();
    let seen = certificate_facts(&new, edition, cx.today());
    let facts = CaseFacts { organ: new.organ.clone(), ..facts };
    let case_id = facts.case.id.clone();
    let draft = NewDocument { facts, content: Content::Certificate {}, certificate: Some(seen.clone()), template };
    let document = allot(cx, draft, edition.number.clone(), Some(id.clone()))?;
    let keys = cx.service::<FieldKeys>()?;
    let face = Face { holder_name: seen.holder_name.clone(), holder_code: seen.holder_code.clone(), lines: seen.face.clone() };
    let sealed = keys.seal(&id, PLACE_FACE, &serde_json::to_string(&face)?, cx.entropy()).map_err(Halt::fault)?.to_string();
    let holder_index = keys.blind_index(PLACE_HOLDER, &seen.holder_code).map_err(Halt::fault)?;
    let record = CertificateRecord {
        id: id.clone(),
        case_id,
        document_id: document.id.clone(),
        previous_id: edition.previous.clone(),
        type_code: new.type_code,
        name: new.name,
        number: edition.number.clone(),
        identifier: edition.identifier.clone(),
        edition: i64::from(edition.version),
        organ_id: new.organ.id,
        organ_code: new.organ.code,
        holder_kind: new.holder.kind,
        holder_party: new.holder.party,
        sealed,
        issued_on: seen.issued_on,
        valid_from: seen.valid_from,
        valid_until: seen.valid_until,
        status: CertificateStatus::Valid,
        note: StatusNote { at_ms: cx.now_ms(), ..StatusNote::default() },
    };
    let event = CertificateIssued {
        certificate: id.clone(),
        case: record.case_id.clone(),
        document: record.document_id.clone(),
        previous: record.previous_id.clone(),
        identifier: record.identifier.clone(),
        issued_on: record.issued_on,
        valid_from: record.valid_from,
        valid_until: record.valid_until,
        record,
        holder_index,
    };
    cx.record(&id, &event)?;
    Ok(AllottedCertificate { id, facts: seen, document })
}

fn allot(cx: &mut Cx<'_>, new: NewDocument, number: String, certificate_id: Option<String>) -> Result<AllottedDocument, Halt> {
    let id = DocumentId::make(cx.ids()).to_string();
    let code = new_code(cx.entropy());
    let kind = new.content.kind();
    let title = title(kind, new.facts.is_permit(), new.certificate.as_ref());
    let draft = Draft {
        facts: new.facts,
        content: new.content,
        certificate: new.certificate,
        template: new.template,
        title: title.clone(),
        number: number.clone(),
        dated: cx.today(),
        code: code.clone(),
    };
    let text = serde_json::to_string(&draft)?;
    let keys = cx.service::<FieldKeys>()?;
    let sealed_draft = keys.seal(&id, PLACE_DRAFT, &text, cx.entropy()).map_err(Halt::fault)?.to_string();
    let organ = &draft.facts.organ;
    let record = DocumentRecord {
        id: id.clone(),
        case_id: draft.facts.case.id.clone(),
        certificate_id,
        kind,
        title: title.clone(),
        number: number.clone(),
        organ_id: organ.id.clone(),
        organ_code: organ.code.clone(),
        dated: draft.dated,
        made_at_ms: cx.now_ms(),
        code: code.clone(),
        public_facts: public_facts::of(&draft),
        status: DocumentStatus::Allotted,
        filing: None,
        filed_at_ms: None,
    };
    let event = DocumentAllotted {
        document: id.clone(),
        case: record.case_id.clone(),
        document_kind: kind,
        organ: record.organ_code.clone(),
        number: number.clone(),
        dated: record.dated,
        draft_sm3: sm3_hex(text.as_bytes()),
        record,
        sealed_draft,
    };
    cx.record(&id, &event)?;
    cx.enqueue(RENDER_DOCUMENT, &json!({ "document": id }), Some(id.clone()), None)?;
    Ok(AllottedDocument { id, kind, title, number, code })
}

fn draw_serial(cx: &mut Cx<'_>, new: &NewCertificate) -> Result<i64, Halt> {
    let Some(sequence) = sequence_of(&new.number, &new.type_code) else {
        return Ok(0);
    };
    // Only patterns that show the year start again each year; otherwise a number would come back.
    let yearly = matches!(&new.number, NumberRule::Pattern { pattern, .. } if pattern.contains("{year}"));
    let year = if yearly { cx.today().year() } else { 0 };
    Ok(sequences::next(cx.tx(), &new.organ.code, &sequence, year)?)
}

/// Type, organ, year with a serial number, version 1 and check character (GB/T 36904).
fn identifier(cx: &mut Cx<'_>, new: &NewCertificate) -> Result<String, Halt> {
    let year = cx.today().year();
    let serial = sequences::next(cx.tx(), &new.organ.code, &format!("identifier-{}", new.type_code), year)?;
    let wrong = |problem: parties::Problem| refusal("certificate-identifier", &problem.sentence.zh, &problem.sentence.en);
    let organ = parties::UnifiedCode::parse(&new.organ.code).map_err(wrong)?;
    let id = parties::CertificateId::compose(&new.type_code, &organ, &format!("{year}{serial:07}"), 1).map_err(wrong)?;
    Ok(id.to_string())
}

fn certificate_facts(new: &NewCertificate, edition: &Edition, today: clock::Date) -> CertificateFacts {
    let filled = |line: &FaceLine| FaceLine { label: line.label.clone(), value: line.value.replace("{number}", &edition.number) };
    CertificateFacts {
        name: new.name.clone(),
        number: edition.number.clone(),
        identifier: edition.identifier.clone(),
        version: edition.version,
        issued_on: today,
        valid_from: new.valid_from,
        valid_until: new.valid_until,
        face: new.face.iter().map(filled).collect(),
        holder_kind: new.holder.kind,
        holder_name: new.holder.name.clone(),
        // A code that is made with the number (a new 统一社会信用代码) is not known before.
        holder_code: new.holder.code.replace("{number}", &edition.number),
    }
}

fn check_facts(new: &NewDocument) -> Result<(), Halt> {
    if new.content.needs_acceptance() && new.facts.case.accepted_on.is_none() {
        return Err(Fault::because("a document of an accepted case was asked for, but the facts name no day of acceptance").into());
    }
    let organ = &new.facts.organ;
    if organ.name.is_empty() || organ.code.is_empty() || organ.abbreviation.is_empty() {
        return Err(Fault::because("the organ of a document lacks its name, code or the word of its numbers (机关代字)").into());
    }
    Ok(())
}

fn refusal(code: &'static str, zh: &str, en: &str) -> Refusal {
    Refusal::new(code, zh.to_owned(), en.to_owned(), "请联系事项管理人员核对证照配置或状态。", "Ask who keeps the item to check the certificate.")
}
