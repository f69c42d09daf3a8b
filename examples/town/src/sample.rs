//! The one file that stands for every material of the seeded cases: a real PDF that can be opened.

use blobs::{BlobError, Blobs};

const SIZE_MAX_BYTES: u64 = 1024 * 1024;
const TEXT: &str = "Sample material of the example town of Yunxi. It has no content and no legal effect.";

/// A stored file.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    /// Content-addressed name.
    pub name: String,
    /// Bytes.
    pub size_bytes: i64,
}

/// Stores the file.
pub(crate) fn store(blobs: &Blobs) -> Result<Sample, BlobError> {
    let bytes = pdf(TEXT).into_bytes();
    let name = blobs.put(&bytes, SIZE_MAX_BYTES)?;
    Ok(Sample { name: name.as_str().to_owned(), size_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX) })
}

/// A PDF of one page with one line.
fn pdf(line: &str) -> String {
    let page = format!("BT /F1 12 Tf 60 760 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut text = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(text.len());
        text.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let table = text.len();
    let lines: String = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
    let count = objects.len() + 1;
    text.push_str(&format!("xref\n0 {count}\n0000000000 65535 f \n{lines}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_sample_is_taken_for_a_pdf() {
        let text = pdf(TEXT);
        assert_eq!(blobs::sniff(text.as_bytes()), Some(blobs::Kind::Pdf));
        let table: usize = text.split("startxref\n").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
        assert!(text[table..].starts_with("xref"));
        assert_eq!(store(&Blobs::memory().unwrap()).unwrap().size_bytes, i64::try_from(text.len()).unwrap());
    }
}
