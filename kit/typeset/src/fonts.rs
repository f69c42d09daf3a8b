use std::path::{Path, PathBuf};
use std::sync::Arc;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::error::TypesetError;

/// Files read from a font folder, so that a wrong folder does not fill the memory.
const FONT_FILES_MAX: usize = 64;

const BUILT_IN: [(&str, &[u8]); 3] = [
    ("NotoSerifCJKsc-Regular", include_bytes!("../../../assets/vendor/noto-cjk/20220127/NotoSerifCJKsc-Regular-GB2312.otf")),
    ("NotoSerifCJKsc-Bold", include_bytes!("../../../assets/vendor/noto-cjk/20220127/NotoSerifCJKsc-Bold-GB2312.otf")),
    ("NotoSansCJKsc-Regular", include_bytes!("../../../assets/vendor/noto-cjk/20220127/NotoSansCJKsc-Regular-GB2312.otf")),
];

/// The fonts that documents are set in; shared by all renderings.
#[derive(Clone)]
pub struct FontSet(Arc<Inner>);

struct Inner {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
}

impl FontSet {
    /// The fonts inside the program: they draw GB 2312 and the characters most common in names.
    pub fn built_in() -> Result<FontSet, TypesetError> {
        Ok(FontSet::of(built_in_fonts()?))
    }

    /// The fonts inside the program and the `otf`, `ttf` and `ttc` files of a folder, for rare characters.
    pub fn with_folder(folder: &Path) -> Result<FontSet, TypesetError> {
        let mut fonts = built_in_fonts()?;
        for path in font_files(folder)? {
            let bytes = std::fs::read(&path).map_err(|e| TypesetError::Fonts(path.clone(), e))?;
            fonts.extend(Font::iter(Bytes::new(bytes)));
        }
        Ok(FontSet::of(fonts))
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.0.book
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        self.0.fonts.get(index).cloned()
    }

    fn of(fonts: Vec<Font>) -> FontSet {
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        FontSet(Arc::new(Inner { fonts, book }))
    }
}

fn built_in_fonts() -> Result<Vec<Font>, TypesetError> {
    BUILT_IN.into_iter().map(|(name, bytes)| Font::new(Bytes::new(bytes), 0).ok_or(TypesetError::BuiltInFont(name))).collect()
}

fn font_files(folder: &Path) -> Result<Vec<PathBuf>, TypesetError> {
    let unreadable = |e| TypesetError::Fonts(folder.to_owned(), e);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        if matches!(extension.as_deref(), Some("otf" | "ttf" | "ttc")) {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.len() > FONT_FILES_MAX {
        return Err(TypesetError::TooMuch { what: "font files", count: paths.len(), max: FONT_FILES_MAX });
    }
    Ok(paths)
}
