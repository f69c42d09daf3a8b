use serde::{Deserialize, Serialize};

use crate::zip_names::zip_names;

/// How far from the end of a PDF its end mark may be; writers append blanks and comments.
const PDF_TAIL_BYTES: usize = 2048;

/// What a file is, read from its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Portable document.
    Pdf,
    /// JPEG photograph.
    Jpeg,
    /// PNG image.
    Png,
    /// OFD fixed-layout document, GB/T 33190.
    Ofd,
    /// Word document without macros.
    Docx,
    /// Excel workbook without macros.
    Xlsx,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 6] = [Kind::Pdf, Kind::Jpeg, Kind::Png, Kind::Ofd, Kind::Docx, Kind::Xlsx];

    /// The file name extension, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Kind::Pdf => "pdf",
            Kind::Jpeg => "jpg",
            Kind::Png => "png",
            Kind::Ofd => "ofd",
            Kind::Docx => "docx",
            Kind::Xlsx => "xlsx",
        }
    }

    /// The media type for a response header.
    pub fn mime(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Ofd => "application/ofd",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The kind with this extension, as item packages name it (`jpeg` counts as `jpg`).
    pub fn from_extension(extension: &str) -> Option<Kind> {
        let wanted = match extension {
            "jpeg" => "jpg",
            other => other,
        };
        Kind::ALL.into_iter().find(|kind| kind.extension() == wanted)
    }
}

/// The kind of a file by its bytes; nothing when it is unknown, truncated or carries macros.
pub fn sniff(bytes: &[u8]) -> Option<Kind> {
    match infer::get(bytes)?.mime_type() {
        "application/pdf" => is_whole_pdf(bytes).then_some(Kind::Pdf),
        "image/jpeg" => contains(bytes, &[0xff, 0xd9]).then_some(Kind::Jpeg),
        "image/png" => contains(bytes, b"IEND").then_some(Kind::Png),
        _ => sniff_zip(bytes),
    }
}

fn is_whole_pdf(bytes: &[u8]) -> bool {
    let tail_start = bytes.len().saturating_sub(PDF_TAIL_BYTES);
    bytes.get(tail_start..).is_some_and(|tail| contains(tail, b"%%EOF"))
}

fn sniff_zip(bytes: &[u8]) -> Option<Kind> {
    let names = zip_names(bytes)?;
    let has = |name: &str| names.iter().any(|n| n.trim_start_matches('/') == name);
    if names.iter().any(|n| n.to_ascii_lowercase().ends_with("vbaproject.bin")) {
        return None;
    }
    if has("OFD.xml") {
        return Some(Kind::Ofd);
    }
    if !has("[Content_Types].xml") {
        return None;
    }
    if has("word/document.xml") {
        return Some(Kind::Docx);
    }
    has("xl/workbook.xml").then_some(Kind::Xlsx)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::zip_names::tests::zip_of;

    fn png() -> Vec<u8> {
        let mut bytes = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13];
        bytes.extend(b"IHDR....IDAT....\0\0\0\0IEND\xae\x42\x60\x82");
        bytes
    }

    #[test]
    fn kinds_are_read_from_the_bytes() {
        let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n".to_vec();
        let jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 16, b'J', b'F', b'I', b'F', 0, 0xff, 0xd9].to_vec();
        let cases = [
            (pdf, Kind::Pdf),
            (jpeg, Kind::Jpeg),
            (png(), Kind::Png),
            (zip_of(&["OFD.xml", "Doc_0/Document.xml"]), Kind::Ofd),
            (zip_of(&["[Content_Types].xml", "word/document.xml"]), Kind::Docx),
            (zip_of(&["docProps/app.xml", "[Content_Types].xml", "xl/workbook.xml"]), Kind::Xlsx),
        ];
        for (bytes, kind) in cases {
            assert_eq!(sniff(&bytes), Some(kind));
            assert_eq!(Kind::from_extension(kind.extension()), Some(kind));
        }
    }

    #[test]
    fn disguised_truncated_and_macro_files_have_no_kind() {
        let hostile = [
            Vec::new(),
            b"MZ\x90\0 a program named licence.pdf".to_vec(),
            b"<html><script>alert(1)</script></html>".to_vec(),
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>".to_vec(),
            b"%PDF-1.7\n1 0 obj <<".to_vec(),
            png().split_at(20).0.to_vec(),
            zip_of(&["letter.txt"]),
            zip_of(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]),
            b"PK\x03\x04 broken OFD.xml".to_vec(),
        ];
        for bytes in hostile {
            assert_eq!(sniff(&bytes), None, "{:?}", String::from_utf8_lossy(&bytes));
        }
    }
}
