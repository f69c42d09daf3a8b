use std::collections::BTreeSet;

use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;
use typst_layout::PagedDocument;

/// The glyph that fonts draw for what they do not have.
const NOT_DEFINED: u16 = 0;

/// The characters of the document that no font could draw.
pub(crate) fn missing_glyphs(document: &PagedDocument) -> Vec<char> {
    let mut missing = BTreeSet::new();
    for page in document.pages() {
        visit(&page.frame, &mut missing);
    }
    missing.into_iter().collect()
}

fn visit(frame: &Frame, missing: &mut BTreeSet<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => visit(&group.frame, missing),
            FrameItem::Text(text) => visit_text(text, missing),
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}

fn visit_text(text: &TextItem, missing: &mut BTreeSet<char>) {
    for glyph in text.glyphs.iter().filter(|glyph| glyph.id == NOT_DEFINED) {
        missing.extend(text.text.get(glyph.range()).unwrap_or_default().chars());
    }
}
