//! The picture of a flow: an accessible SVG, from the drawing in the file or laid out by `layout`.

mod geometry;
mod layout;
mod marks;
mod picture;
mod svg;
mod text;

use crate::definition::Definition;

/// The language of the names in a picture. Where the English name is missing, the Chinese one is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

/// The picture of the main process with Chinese names; see [`diagram_svg_in`].
pub fn diagram_svg(definition: &Definition, active: &[&str], done: &[&str], title: &str) -> String {
    diagram_svg_in(definition, active, done, title, Language::Zh)
}

/// The picture of the main process as one `svg` element for a page under a strict content policy: no scripts, no style attributes.
/// `active` are the nodes where tokens are, `done` those that tokens have left; both are shown by shape as well as by colour, and told in
/// the description. Classes: `flow-diagram`, `flow-node`, `flow-active`, `flow-done`, `flow-arrow`, `flow-taken`, `flow-lane`.
pub fn diagram_svg_in(definition: &Definition, active: &[&str], done: &[&str], title: &str, language: Language) -> String {
    let picture = picture::drawn(definition).unwrap_or_else(|| layout::picture(definition));
    svg::Painter { definition, active, done, language }.paint(&picture, title)
}
