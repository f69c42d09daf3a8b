//! Public verification: what a paper or file in somebody's hand is worth. Anonymous, so it shows masked facts only.

use blobs::BlobName;
use i18n::{Lang, Text};
use jiff::civil::Date;
use seal::Certificate;
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx};
use typeset::{PdfVerdict, verify_pdf};

use crate::model::{CODE_LENGTH, Standing, read_code};
use crate::record::{CertificateRecord, DocumentRecord, PublicFact};
use crate::store::{certificates, documents};

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// 有效.
    Valid,
    /// 已登记, 正在制作: the PDF is not filed yet.
    Pending,
    /// 尚未生效.
    NotYetValid,
    /// 过期.
    Expired,
    /// 暂停.
    Suspended,
    /// 已变更: a newer version took its place.
    Superseded,
    /// 已注销, 撤销 or 作废.
    Revoked,
    /// 被改动: the file is not the one that was issued.
    Altered,
    /// 查无此文书: nothing is known; no proof of a forgery either.
    Unknown,
}

/// The answer with its reason and what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// The answer.
    pub verdict: Verdict,
    /// Why.
    pub reason: Text,
    /// What the register says about the document, to be compared with the paper; masked.
    pub facts: Vec<PublicFact>,
}

/// What was found in a file, before anybody looks into the register: that takes a moment and needs no database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileMarks {
    name: String,
    code: Option<String>,
    signature: PdfVerdict,
}

impl Default for FileMarks {
    fn default() -> Self {
        Self { name: String::new(), code: None, signature: PdfVerdict::Unsigned }
    }
}

impl FileMarks {
    /// Reads a file. `trusted` are the node's own authorities.
    #[must_use]
    pub fn of(bytes: &[u8], trusted: &[Certificate]) -> Self {
        Self { name: BlobName::of(bytes).as_str().to_owned(), code: named_in(bytes), signature: verify_pdf(bytes, trusted) }
    }
}

/// An answer, and the document it is about.
type Found = (Verification, Option<DocumentRecord>);

/// Verifies by the code on the paper, however it was typed.
///
/// # Errors
/// The database's.
pub(crate) fn by_code(tx: &mut Tx<'_>, typed: &str, today: Date) -> Result<Found, StoreError> {
    let Some(code) = read_code(typed) else {
        return Ok((unknown("核验码应为12位字母和数字。", "A verification code has 12 letters and digits."), None));
    };
    match documents::by_code(tx, &code)? {
        Some(record) => Ok((registered(tx, &record, today)?, Some(record))),
        None => Ok((unknown("没有登记过这个核验码。", "No document has this code."), None)),
    }
}

/// Verifies a file: it is the issued one only when every byte is.
///
/// # Errors
/// The database's.
pub(crate) fn by_marks(tx: &mut Tx<'_>, marks: &FileMarks, today: Date) -> Result<Found, StoreError> {
    if let Some(record) = documents::by_blob(tx, &marks.name)? {
        return Ok((registered(tx, &record, today)?, Some(record)));
    }
    let named = match &marks.code {
        Some(code) => documents::by_code(tx, code)?,
        None => None,
    };
    if let Some(record) = named {
        let reason = Text::new("文件内容与签发时不一致，请以登记信息为准。", "The file differs from the one that was issued; the register counts.");
        return Ok((Verification { verdict: Verdict::Altered, reason, facts: record.public_facts.clone() }, Some(record)));
    }
    let answer = match &marks.signature {
        PdfVerdict::Unsigned => unknown("文件没有本平台的电子签名。", "The file has no electronic signature of this platform."),
        PdfVerdict::UnknownSigner => unknown("文件不是由本平台签名的。", "The file was not signed by this platform."),
        PdfVerdict::Altered => altered("文件签名后被改动过。", "The file was altered after it was signed."),
        PdfVerdict::Valid { covers_whole_file: false, .. } => altered("文件签名后被追加了内容。", "Something was added after the file was signed."),
        PdfVerdict::Valid { covers_whole_file: true, .. } => {
            unknown("签名有效，但登记簿中没有这份文书。", "The signature is valid, but the register does not have this document.")
        }
    };
    Ok((answer, None))
}

fn registered(tx: &mut Tx<'_>, record: &DocumentRecord, today: Date) -> Result<Verification, StoreError> {
    let certificate = match &record.certificate_id {
        Some(id) => certificates::by_id(tx, id)?,
        None => None,
    };
    let facts = record.public_facts.clone();
    let (verdict, reason) = match &certificate {
        _ if record.filing.is_none() => (Verdict::Pending, Text::new("已登记，文件正在制作。", "It is registered; the file is being made.")),
        None => (Verdict::Valid, Text::new("与登记信息一致，真实有效。", "It is genuine: the register has it.")),
        Some(certificate) => standing_of(certificate, today),
    };
    Ok(Verification { verdict, reason, facts })
}

fn standing_of(certificate: &CertificateRecord, today: Date) -> (Verdict, Text) {
    let day = |date: Date| (i18n::date(Lang::ZhHans, date), i18n::date(Lang::En, date));
    let since = clock::from_millis(certificate.note.at_ms).map(|at| day(clock::local_date(at))).unwrap_or_default();
    let note = &certificate.note;
    let ended = |zh: &str, en: &str| {
        Text::new(
            format!("已于{}{zh}：{}（{}）。", since.0, note.reason, note.basis),
            format!("{en} on {}: {} ({}).", since.1, note.reason, note.basis),
        )
    };
    let until = certificate.valid_until.map(day).unwrap_or_default();
    match certificate.standing(today) {
        Standing::Valid => (Verdict::Valid, Text::new("与登记信息一致，证照有效。", "It is genuine, and the certificate is in force.")),
        Standing::NotYetValid => {
            let (zh, en) = day(certificate.valid_from);
            (Verdict::NotYetValid, Text::new(format!("证照自{zh}起生效。"), format!("The certificate is in force from {en} on.")))
        }
        Standing::Expired => {
            (Verdict::Expired, Text::new(format!("证照有效期已于{}届满。", until.0), format!("The certificate expired on {}.", until.1)))
        }
        Standing::Suspended => (Verdict::Suspended, ended("暂停", "Suspended")),
        Standing::Superseded => (
            Verdict::Superseded,
            Text::new(format!("已于{}变更，以新版证照为准。", since.0), format!("A newer version took its place on {}.", since.1)),
        ),
        Standing::Cancelled => (Verdict::Revoked, ended("注销", "Cancelled")),
        Standing::Revoked => (Verdict::Revoked, ended("撤销", "Revoked")),
        Standing::Void => (Verdict::Revoked, ended("作废", "Declared void")),
    }
}

/// The code that stands in a signature field of the file: an altered copy still carries it.
fn named_in(bytes: &[u8]) -> Option<String> {
    const MARK: &[u8] = b"(zs-";
    let start = bytes.windows(MARK.len()).position(|window| window == MARK)? + MARK.len();
    let text = std::str::from_utf8(bytes.get(start..start + CODE_LENGTH)?).ok()?;
    read_code(text)
}

fn unknown(zh: &str, en: &str) -> Verification {
    Verification { verdict: Verdict::Unknown, reason: Text::new(zh, en), facts: Vec::new() }
}

fn altered(zh: &str, en: &str) -> Verification {
    Verification { verdict: Verdict::Altered, reason: Text::new(zh, en), facts: Vec::new() }
}
