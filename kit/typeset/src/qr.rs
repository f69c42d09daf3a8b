use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// White modules around the code, which scanners need.
const QUIET_MODULES: usize = 4;
/// Longest text; a larger code is not readable on paper at the size used.
const TEXT_BYTES_MAX: usize = 512;

/// The text does not fit a readable code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected 1 to {TEXT_BYTES_MAX} bytes of text for the QR code, but there are {0}")]
pub struct QrError(usize);

/// A QR code (level M) as SVG of one path on white; usable in a template and, inlined, on a page.
pub fn qr_svg(text: &str) -> Result<String, QrError> {
    if text.is_empty() || text.len() > TEXT_BYTES_MAX {
        return Err(QrError(text.len()));
    }
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| QrError(text.len()))?;
    let size = code.width() + 2 * QUIET_MODULES;
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(code.width()).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(path, "M{} {}h{}v1h-{}z", column + QUIET_MODULES, row + QUIET_MODULES, run.len(), run.len());
            }
            column += run.len();
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_code_is_one_path_in_a_square_with_a_quiet_zone() {
        let svg = qr_svg("https://example.invalid/verify/ABCDEFGHJKMN").unwrap();
        assert!(svg.contains("viewBox=\"0 0 37 37\""), "{svg}");
        assert!(svg.contains("M4 4h7v1h-7z"), "the first finder pattern starts after four white modules");
        assert!(!svg.contains("<script"));
    }

    #[test]
    fn empty_and_long_texts_are_refused() {
        assert_eq!(qr_svg(""), Err(QrError(0)));
        assert_eq!(qr_svg(&"x".repeat(513)), Err(QrError(513)));
    }
}
