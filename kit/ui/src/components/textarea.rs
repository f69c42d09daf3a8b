use maud::{Markup, Render, html};

use crate::components::Field;
use crate::components::field::field_setters;
use crate::html::{Content, Tag};

/// A text of several lines.
#[derive(Debug, Clone, Default)]
pub struct Textarea {
    /// Name, label, hint, error.
    pub field: Field,
    /// The text typed.
    pub value: String,
    /// Height in lines; 0 is 5.
    pub rows: u16,
    /// Whether the spelling is checked.
    pub spellcheck: Option<bool>,
    /// What browsers may fill in.
    pub autocomplete: String,
}

impl Textarea {
    /// A textarea with a name and a label.
    pub fn new(name: impl Into<String>, label: impl Into<Content>) -> Textarea {
        Textarea { field: Field::new(name, label), ..Textarea::default() }
    }

    /// Sets the text typed.
    pub fn value(mut self, value: impl Into<String>) -> Textarea {
        self.value = value.into();
        self
    }

    /// Sets the height in lines.
    pub fn rows(mut self, rows: u16) -> Textarea {
        self.rows = rows;
        self
    }
}

field_setters!(Textarea);

impl Render for Textarea {
    fn render(&self) -> Markup {
        let rows = if self.rows == 0 { 5 } else { self.rows };
        // A line feed directly after the start tag is dropped by HTML parsers, so one more keeps a text that starts with one.
        let lead = if self.value.starts_with('\n') { "\n" } else { "" };
        let control = Tag::new("textarea")
            .class(&["govuk-textarea", self.field.error_class("govuk-textarea--error"), &self.field.classes])
            .attr("id", self.field.control_id())
            .attr("name", &self.field.name)
            .attr("rows", &rows.to_string())
            .option("spellcheck", self.spellcheck.map(|on| if on { "true" } else { "false" }))
            .flag("disabled", self.field.disabled)
            .some("aria-describedby", &self.field.described_by_ids())
            .some("autocomplete", &self.autocomplete)
            .attrs(&self.field.attributes)
            .wrap(html! { (lead) (self.value) });
        self.field.group(html! { (self.field.form_group.before) (control) (self.field.form_group.after) })
    }
}
