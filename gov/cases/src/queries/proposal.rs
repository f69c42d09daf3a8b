//! A proposal of a change to a package: what is held is no longer asked. Only lines that change are written, so that the owner of the item
//! sees at a glance what it is, and can apply it with ordinary tools.

use std::fmt::Write as _;

use procedure::{Files, Package};

use super::burden::ItemBurden;

const FORM: &str = "form.json";
const ITEM: &str = "item.toml";

/// A changed package, as its owner is shown it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The changes of all files, as a unified diff without context.
    pub diff: String,
    /// How many things are no longer asked.
    pub count: usize,
}

/// A line that takes the place of another, or stands after it.
struct Edit {
    /// From 1.
    line: usize,
    before: Option<String>,
    after: String,
}

/// The change that ends what an item asks though it is held; `None` where there is nothing, or where the changed package could not be read.
#[must_use]
pub fn proposal(burden: &ItemBurden) -> Option<Proposal> {
    let files = burden.package.files();
    let (form, item) = (files.text(FORM)?, files.text(ITEM)?);
    let mut form_edits: Vec<Edit> = burden.fields.iter().filter_map(|held| prefilled(form, &held.place, &held.source)).collect();
    let mut item_edits: Vec<Edit> = burden.materials.iter().filter_map(|held| waived(item, &held.place, &held.source)).collect();
    form_edits.sort_by_key(|edit| edit.line);
    item_edits.sort_by_key(|edit| edit.line);
    let count = form_edits.len().saturating_add(item_edits.len());
    let mut changed = Files::new();
    for (path, content) in files.iter() {
        changed.put(path, content);
    }
    changed.put(FORM, edited(form, &form_edits));
    changed.put(ITEM, edited(item, &item_edits));
    let holds = |package: &Package| {
        let fields =
            burden.fields.iter().all(|held| package.form.field(&held.place).is_some_and(|field| field.prefill.as_ref() == Some(&held.source)));
        let materials = burden.materials.iter().all(|held| package.item.material(&held.place).is_some_and(|material| material.waived_by.is_some()));
        fields && materials
    };
    if count == 0 || !Package::parse(changed).is_ok_and(|package| holds(&package)) {
        return None;
    }
    let slug = &burden.package.slug;
    Some(Proposal { diff: [diff(slug, FORM, &form_edits), diff(slug, ITEM, &item_edits)].concat(), count })
}

/// The field gets its source.
fn prefilled(form: &str, field: &str, source: &str) -> Option<Edit> {
    let opening = format!("\"{field}\": {{");
    let properties = form.lines().position(|line| line.contains("\"properties\""))?;
    let (index, line) = form.lines().enumerate().skip(properties).find(|(_, line)| line.contains(&opening))?;
    let after = line.replacen(&opening, &format!("{opening} \"x-prefill\": \"{source}\","), 1);
    Some(Edit { line: index.saturating_add(1), before: Some(line.to_owned()), after })
}

/// The material gets its waiver.
fn waived(item: &str, material: &str, source: &str) -> Option<Edit> {
    let own = format!("id = \"{material}\"");
    let mut is_material = false;
    for (index, line) in item.lines().enumerate() {
        if line.starts_with('[') {
            is_material = line.trim() == "[[material]]";
        }
        if is_material && line.trim() == own {
            return Some(Edit { line: index.saturating_add(1), before: None, after: format!("waived_by = \"{source}\"") });
        }
    }
    None
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut result = String::with_capacity(text.len());
    for (index, line) in text.lines().enumerate() {
        let edit = edits.iter().find(|edit| edit.line == index.saturating_add(1));
        match edit {
            Some(Edit { before: Some(_), after, .. }) => result.push_str(after),
            Some(Edit { before: None, after, .. }) => {
                result.push_str(line);
                result.push('\n');
                result.push_str(after);
            }
            None => result.push_str(line),
        }
        result.push('\n');
    }
    result
}

/// Hunks of one line each; what was inserted above moves the lines below.
fn diff(slug: &str, path: &str, edits: &[Edit]) -> String {
    if edits.is_empty() {
        return String::new();
    }
    let mut text = format!("--- a/packages/{slug}/{path}\n+++ b/packages/{slug}/{path}\n");
    let mut inserted = 0_usize;
    for edit in edits {
        let (from, to) = (edit.line, edit.line.saturating_add(inserted));
        let written = match &edit.before {
            Some(before) => write!(text, "@@ -{from} +{to} @@\n-{before}\n+{}\n", edit.after),
            None => {
                inserted = inserted.saturating_add(1);
                write!(text, "@@ -{from},0 +{} @@\n+{}\n", to.saturating_add(1), edit.after)
            }
        };
        debug_assert!(written.is_ok(), "a text takes everything");
    }
    text
}
