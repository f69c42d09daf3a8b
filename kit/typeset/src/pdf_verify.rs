use jiff::Timestamp;
use seal::{Certificate, verify_detached};

use crate::pdf_sign::find;

/// What a signature says about a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PdfVerdict {
    /// There is no signature in the file.
    Unsigned,
    /// A trusted certificate signed these bytes.
    Valid {
        /// Name in the certificate of the signer.
        signer: String,
        /// When it was signed, as the signer states.
        at: Option<Timestamp>,
        /// Whether every byte of the file is signed; when not, something was appended since.
        covers_whole_file: bool,
    },
    /// There is a signature, and it does not fit the bytes, or it cannot be read.
    Altered,
    /// The signature fits the bytes; its certificate is not trusted.
    UnknownSigner,
}

/// What a detached CMS says about the bytes that it should sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CmsCheck {
    /// It signs these bytes, by a trusted certificate.
    Trusted {
        /// Name in the certificate.
        signer: String,
    },
    /// It signs these bytes, by a certificate that is not trusted, or was not valid at the stated time.
    Untrusted,
    /// It does not sign these bytes, or cannot be read.
    Mismatch,
}

/// Checks the signature of a PDF against trusted certificates: of authorities, or of signers themselves.
pub fn verify_pdf(bytes: &[u8], trusted: &[Certificate]) -> PdfVerdict {
    verify_pdf_with(bytes, &|cms, content, at| check_cms(cms, content, at, trusted))
}

fn check_cms(cms: &[u8], content: &[u8], at: Option<Timestamp>, trusted: &[Certificate]) -> CmsCheck {
    let Ok(found) = verify_detached(cms, content) else {
        return CmsCheck::Mismatch;
    };
    let signer = found.signer;
    let in_time = at.is_some_and(|at| signer.is_valid_at(at.as_millisecond()));
    let known = trusted.iter().any(|root| signer == *root || signer.verify_issued_by(root).is_ok());
    if known && in_time { CmsCheck::Trusted { signer: signer.subject() } } else { CmsCheck::Untrusted }
}

/// Checks the signature of a PDF; `check` gets the detached CMS, the bytes that it should sign and the stated time.
///
/// The file is not interpreted: what counts is which bytes a trusted key signed. A signature is looked for wherever a
/// byte range stands that leaves out exactly one hexadecimal string, so a forged structure cannot hide bytes from it.
/// The best answer of all places counts.
pub fn verify_pdf_with(bytes: &[u8], check: &Check<'_>) -> PdfVerdict {
    let mut best = PdfVerdict::Unsigned;
    for at in places(bytes) {
        let verdict = verify_at(bytes, at, check);
        if rank(&verdict) > rank(&best) {
            best = verdict;
        }
    }
    best
}

type Check<'a> = dyn Fn(&[u8], &[u8], Option<Timestamp>) -> CmsCheck + 'a;

/// Byte ranges looked at; a file of ours has one.
const PLACES_MAX: usize = 8;
const KEY: &[u8] = b"/ByteRange";

fn places(bytes: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(offset) = bytes.get(from..).and_then(|rest| find(rest, KEY)) {
        from += offset + KEY.len();
        found.push(from);
        if found.len() == PLACES_MAX {
            break;
        }
    }
    found
}

fn verify_at(bytes: &[u8], at: usize, check: &Check<'_>) -> PdfVerdict {
    let Some(signed) = Signed::read(bytes, at) else {
        return PdfVerdict::Altered;
    };
    match check(&signed.cms, &signed.content, signed.at) {
        CmsCheck::Trusted { signer } => PdfVerdict::Valid { signer, at: signed.at, covers_whole_file: signed.end == bytes.len() },
        CmsCheck::Untrusted => PdfVerdict::UnknownSigner,
        CmsCheck::Mismatch => PdfVerdict::Altered,
    }
}

/// One signature of the file, taken apart.
struct Signed {
    cms: Vec<u8>,
    content: Vec<u8>,
    at: Option<Timestamp>,
    end: usize,
}

impl Signed {
    /// Reads `[0 a b c]` behind the key: bytes 0..a and b..b+c are signed, and `<hex>` alone stands between.
    fn read(bytes: &[u8], at: usize) -> Option<Signed> {
        let head = bytes.get(at..bytes.len().min(at.checked_add(96)?))?;
        let text = head.get(find(head, b"[")?.checked_add(1)?..find(head, b"]")?)?;
        let numbers = std::str::from_utf8(text).ok()?.split_ascii_whitespace().map(|n| n.parse::<usize>().ok());
        let numbers: [usize; 4] = numbers.collect::<Option<Vec<_>>>()?.try_into().ok()?;
        let [0, gap_start, gap_end, rest] = numbers else {
            return None;
        };
        let end = gap_end.checked_add(rest)?;
        let hex = bytes.get(gap_start..gap_end)?.strip_prefix(b"<")?.strip_suffix(b">")?;
        let content = [bytes.get(..gap_start)?, bytes.get(gap_end..end)?].concat();
        let at = stated_time(bytes.get(gap_end..end)?);
        Some(Signed { cms: der_value(&from_hex(hex)?)?.to_vec(), content, at, end })
    }
}

/// How far behind the signature value its time is looked for: in the same dictionary.
const TIME_WITHIN_BYTES: usize = 4096;

/// The signing time `/M (D:20260302090203+08'00')`, which stands in the signed part behind the signature value.
fn stated_time(signed: &[u8]) -> Option<Timestamp> {
    let near = signed.get(..signed.len().min(TIME_WITHIN_BYTES))?;
    let near = near.get(find(near, b"/M")?..)?;
    let start = find(near, b"(D:")?.checked_add(3)?;
    let text = near.get(start..start.checked_add(20)?)?;
    let text = std::str::from_utf8(text).ok()?.replace('\'', "");
    jiff::fmt::strtime::parse("%Y%m%d%H%M%S%z", text).ok()?.to_timestamp().ok()
}

/// The first DER value of the bytes, without the padding behind it, which must be zero.
fn der_value(bytes: &[u8]) -> Option<&[u8]> {
    let first = usize::from(*bytes.get(1)?);
    let (header, length) = match first {
        0..=0x7f => (2, first),
        0x81..=0x84 => {
            let count = first - 0x80;
            let digits = bytes.get(2..2 + count)?;
            (2 + count, digits.iter().fold(0, |sum, &digit| sum * 256 + usize::from(digit)))
        }
        _ => return None,
    };
    let total = header + length;
    let padding_ok = bytes.get(total..)?.iter().all(|&byte| byte == 0);
    padding_ok.then(|| bytes.get(..total)).flatten()
}

fn from_hex(hex: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
    hex.chunks(2).map(|pair| Some(digit(*pair.first()?)? * 16 + digit(*pair.get(1)?)?)).collect()
}

fn rank(verdict: &PdfVerdict) -> u8 {
    match verdict {
        PdfVerdict::Unsigned => 0,
        PdfVerdict::Altered => 1,
        PdfVerdict::UnknownSigner => 2,
        PdfVerdict::Valid { covers_whole_file: false, .. } => 3,
        PdfVerdict::Valid { covers_whole_file: true, .. } => 4,
    }
}
