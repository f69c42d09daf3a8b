use jiff::Timestamp;
use jiff::tz::TimeZone;
use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};
use seal::{Certificate, Signer, cms_detached, content_digest};

/// Room for the CMS in the file; one signature with one certificate needs about 2 KiB.
const CMS_BYTES_MAX: usize = 8192;
/// Stands in the byte range until the file is laid out; ten digits are more than any file needs.
const RANGE_PLACEHOLDER: i64 = 9_999_999_999;
/// Widget flags: print, locked (PDF 1.7 §12.5.3).
const WIDGET_FLAGS: i64 = 4 | 128;
/// AcroForm flags: signatures exist, append only (PDF 1.7 §12.7.2).
const SIGNATURE_FLAGS: i64 = 1 | 2;

/// What a signature says about itself.
pub struct SignRequest<'a> {
    /// Name of the signature field, ASCII.
    pub field_name: &'a str,
    /// Who signs, as shown by readers.
    pub signer_name: &'a str,
    /// Why, as shown by readers.
    pub reason: &'a str,
    /// When.
    pub at: Timestamp,
}

/// Why a PDF could not be signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The bytes are not a PDF with a page.
    #[error("expected a PDF, but it cannot be read")]
    NotAPdf(#[from] lopdf::Error),
    /// The file has a signature; signing would break it.
    #[error("expected a PDF without a signature, but it has one")]
    AlreadySigned,
    /// The field name is not a short ASCII word.
    #[error("expected a field name of 1 to 64 ASCII letters, digits, `-` or `_`")]
    FieldName,
    /// The CMS is larger than its place.
    #[error("expected a CMS of at most {CMS_BYTES_MAX} bytes, but it has {0}")]
    TooLarge(usize),
    /// The written file is not laid out as expected: a fault of this crate.
    #[error("the written PDF has no place for the signature")]
    Layout,
    /// The signer failed.
    #[error("the signature could not be made")]
    Signer(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Signs a PDF as PAdES baseline does: `chain` begins with the certificate of `signer`; the time stands in the PDF, not in the CMS.
pub fn sign_pdf(pdf: &[u8], request: &SignRequest<'_>, signer: &dyn Signer, chain: &[Certificate]) -> Result<Vec<u8>, SignError> {
    let algorithm = signer.public_key().algorithm();
    sign_pdf_with(pdf, request, &mut |content| Ok(cms_detached(signer, chain, &content_digest(algorithm, content), None)?))
}

/// Signs a PDF: `make_cms` gets the bytes to be signed and answers a detached CMS over them.
pub fn sign_pdf_with(
    pdf: &[u8],
    request: &SignRequest<'_>,
    make_cms: &mut dyn FnMut(&[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>,
) -> Result<Vec<u8>, SignError> {
    let (mut bytes, gap) = with_placeholder(pdf, request)?;
    let cms = make_cms(&signed_part(&bytes, &gap)?).map_err(SignError::Signer)?;
    if cms.len() > CMS_BYTES_MAX {
        return Err(SignError::TooLarge(cms.len()));
    }
    let hex = to_hex(&cms);
    let hole = bytes.get_mut(gap.start + 1..gap.start + 1 + hex.len()).ok_or(SignError::Layout)?;
    hole.copy_from_slice(hex.as_bytes());
    Ok(bytes)
}

/// Where the hexadecimal CMS stands in the file, with its angle brackets.
struct Gap {
    start: usize,
    end: usize,
}

fn with_placeholder(pdf: &[u8], request: &SignRequest<'_>) -> Result<(Vec<u8>, Gap), SignError> {
    let name = request.field_name;
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if name.is_empty() || name.len() > 64 || !plain {
        return Err(SignError::FieldName);
    }
    let mut document = Document::load_mem(pdf)?;
    add_signature(&mut document, request)?;
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(lopdf::Error::from)?;
    let gap = find_gap(&bytes)?;
    write_byte_range(&mut bytes, &gap)?;
    Ok((bytes, gap))
}

fn add_signature(document: &mut Document, request: &SignRequest<'_>) -> Result<(), SignError> {
    let page_id = document.page_iter().next().ok_or(SignError::Layout)?;
    let range = [0, RANGE_PLACEHOLDER, RANGE_PLACEHOLDER, RANGE_PLACEHOLDER].map(Object::Integer);
    let signature_id = document.add_object(dictionary! {
        "Type" => "Sig",
        "Filter" => "Adobe.PPKLite",
        "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => range.to_vec(),
        "Contents" => Object::String(vec![0; CMS_BYTES_MAX], StringFormat::Hexadecimal),
        "Name" => text(request.signer_name),
        "Reason" => text(request.reason),
        "M" => Object::string_literal(pdf_date(request.at)),
    });
    let field_id = document.add_object(dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => Object::string_literal(request.field_name),
        "V" => signature_id,
        "P" => page_id,
        "F" => WIDGET_FLAGS,
        "Rect" => [0, 0, 0, 0].map(Object::Integer).to_vec(),
    });
    append_annotation(document, page_id, field_id)?;
    let catalog = document.catalog_mut()?;
    if catalog.has(b"AcroForm") {
        return Err(SignError::AlreadySigned);
    }
    let form = dictionary! { "Fields" => vec![Object::Reference(field_id)], "SigFlags" => SIGNATURE_FLAGS };
    catalog.set("AcroForm", Object::Dictionary(form));
    Ok(())
}

fn append_annotation(document: &mut Document, page_id: ObjectId, field_id: ObjectId) -> Result<(), SignError> {
    let page: &Dictionary = document.get_dictionary(page_id)?;
    let mut annotations = match page.get(b"Annots") {
        Ok(Object::Array(array)) => array.clone(),
        Ok(Object::Reference(id)) => document.get_object(*id)?.as_array()?.clone(),
        _ => Vec::new(),
    };
    annotations.push(Object::Reference(field_id));
    document.get_object_mut(page_id)?.as_dict_mut()?.set("Annots", annotations);
    Ok(())
}

fn find_gap(bytes: &[u8]) -> Result<Gap, SignError> {
    let hole = format!("<{}>", "0".repeat(2 * CMS_BYTES_MAX));
    let start = find(bytes, hole.as_bytes()).ok_or(SignError::Layout)?;
    Ok(Gap { start, end: start + hole.len() })
}

/// Replaces the placeholder by the true range and blanks, so that no byte moves.
fn write_byte_range(bytes: &mut [u8], gap: &Gap) -> Result<(), SignError> {
    let key = b"/ByteRange";
    let key_at = find(bytes, key).ok_or(SignError::Layout)?;
    let tail = bytes.get(key_at + key.len()..).ok_or(SignError::Layout)?;
    if find(tail, key).is_some() {
        return Err(SignError::AlreadySigned);
    }
    let open = key_at + key.len() + find(tail, b"[").ok_or(SignError::Layout)?;
    let close = key_at + key.len() + find(tail, b"]").ok_or(SignError::Layout)?;
    let rest = bytes.len() - gap.end;
    let range = format!("[0 {} {} {rest}", gap.start, gap.end);
    let place = bytes.get_mut(open..close).ok_or(SignError::Layout)?;
    if range.len() > place.len() {
        return Err(SignError::Layout);
    }
    place.fill(b' ');
    place.get_mut(..range.len()).ok_or(SignError::Layout)?.copy_from_slice(range.as_bytes());
    Ok(())
}

fn signed_part(bytes: &[u8], gap: &Gap) -> Result<Vec<u8>, SignError> {
    let before = bytes.get(..gap.start).ok_or(SignError::Layout)?;
    let after = bytes.get(gap.end..).ok_or(SignError::Layout)?;
    Ok([before, after].concat())
}

/// A PDF text string: UTF-16, big-endian, with byte order mark.
fn text(text: &str) -> Object {
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn pdf_date(at: Timestamp) -> String {
    let zoned = at.to_zoned(TimeZone::fixed(jiff::tz::offset(8)));
    format!("D:{}+08'00'", zoned.strftime("%Y%m%d%H%M%S"))
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}
