#![doc = include_str!("../README.md")]

mod error;
mod fonts;
mod glyphs;
mod pdf_sign;
mod pdf_verify;
mod qr;
mod typesetter;
mod world;

pub use error::{Problem, TypesetError};
pub use fonts::FontSet;
pub use pdf_sign::{SignError, SignRequest, sign_pdf, sign_pdf_with};
pub use pdf_verify::{CmsCheck, PdfVerdict, verify_pdf, verify_pdf_with};
pub use qr::{QrError, qr_svg};
pub use typesetter::{Pdf, Template, Typesetter};
