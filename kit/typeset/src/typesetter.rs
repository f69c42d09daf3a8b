use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::syntax::Source;
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::error::{Problem, TypesetError, problems};
use crate::fonts::FontSet;
use crate::glyphs::missing_glyphs;
use crate::world::{DocumentWorld, file_id};

const FILES_MAX: usize = 64;
const DATA_BYTES_MAX: usize = 4 * 1024 * 1024;
const PAGES_MAX: usize = 200;
/// Results that so many renderings in a row did not use are dropped.
const UNUSED_RENDERINGS_MAX: usize = 5;
/// Minutes east of UTC: the document date is a date of China.
const CHINA_OFFSET_MINUTES: i32 = 8 * 60;
/// Paths of the main text and of the data inside the template.
const MAIN_PATH: &str = "/main.typ";
const DATA_PATH: &str = "/data.json";

/// The main text and the files that it may read.
pub struct Template<'a> {
    /// The main text; `/main.typ` in error messages.
    pub main: &'a str,
    /// Other files by absolute path; those ending in `.typ` can be imported.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// A finished PDF.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file: PDF/A-2b, tagged.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub page_count: usize,
    /// Characters that no font could draw, sorted. Normally empty.
    pub missing_glyphs: Vec<char>,
    /// Warnings of the compiler.
    pub warnings: Vec<Problem>,
}

/// Renders templates; a cheap handle, cloned freely, used from any thread.
#[derive(Clone)]
pub struct Typesetter {
    library: Arc<LazyHash<Library>>,
    fonts: FontSet,
}

impl Typesetter {
    /// A typesetter with these fonts.
    pub fn new(fonts: FontSet) -> Typesetter {
        Typesetter { library: Arc::new(LazyHash::new(Library::default())), fonts }
    }

    /// Renders the template with the data, as on the given day.
    pub fn render(&self, template: &Template<'_>, data: &serde_json::Value, on: Date) -> Result<Pdf, TypesetError> {
        let world = self.world(template, data, on)?;
        let result = compile(&world);
        typst::comemo::evict(UNUSED_RENDERINGS_MAX);
        result
    }

    fn world(&self, template: &Template<'_>, data: &serde_json::Value, on: Date) -> Result<DocumentWorld<'_>, TypesetError> {
        check_count("files", template.files.len(), FILES_MAX)?;
        let data = serde_json::to_vec(data).map_err(|e| TypesetError::Data(e.to_string()))?;
        check_count("bytes of data", data.len(), DATA_BYTES_MAX)?;
        let main = file_id(MAIN_PATH)?;
        let mut sources = HashMap::from([(main, Source::new(main, template.main.to_owned()))]);
        let mut files = HashMap::from([(file_id(DATA_PATH)?, Bytes::new(data))]);
        for (path, bytes) in &template.files {
            let id = file_id(path)?;
            match std::str::from_utf8(bytes) {
                Ok(text) if path.ends_with(".typ") => sources.insert(id, Source::new(id, text.to_owned())).is_some(),
                _ => files.insert(id, Bytes::new(bytes.clone())).is_some(),
            };
        }
        Ok(DocumentWorld { library: &self.library, fonts: &self.fonts, main, sources, files, today: day(on)? })
    }
}

fn compile(world: &DocumentWorld<'_>) -> Result<Pdf, TypesetError> {
    let failed = |errors: &[SourceDiagnostic]| TypesetError::Template(problems(world, errors));
    let compiled = typst::compile::<PagedDocument>(world);
    let document = compiled.output.map_err(|errors| failed(&errors))?;
    let page_count = document.pages().len();
    check_count("pages", page_count, PAGES_MAX)?;
    let missing_glyphs = missing_glyphs(&document);
    // PDF/A forbids characters that cannot be drawn; such a page is still needed, for the person who must mend the name.
    let standards = if missing_glyphs.is_empty() { archival()? } else { PdfStandards::default() };
    let options = PdfOptions {
        creator: Smart::Custom(None),
        timestamp: Timestamp::new_local(world.today, CHINA_OFFSET_MINUTES),
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| failed(&errors))?;
    Ok(Pdf { bytes, page_count, missing_glyphs, warnings: problems(world, &compiled.warnings) })
}

fn archival() -> Result<PdfStandards, TypesetError> {
    PdfStandards::new(&[PdfStandard::A_2b]).map_err(|e| TypesetError::Data(e.message().to_string()))
}

fn day(on: Date) -> Result<Datetime, TypesetError> {
    let out_of_range = || TypesetError::Data(format!("the date {on} is out of range"));
    let month = u8::try_from(on.month()).map_err(|_| out_of_range())?;
    let day = u8::try_from(on.day()).map_err(|_| out_of_range())?;
    Datetime::from_ymd_hms(i32::from(on.year()), month, day, 0, 0, 0).ok_or_else(out_of_range)
}

fn check_count(what: &'static str, count: usize, max: usize) -> Result<(), TypesetError> {
    if count > max {
        return Err(TypesetError::TooMuch { what, count, max });
    }
    Ok(())
}
