use maud::{Markup, Render, html};

use crate::components::Field;
use crate::components::field::field_setters;
use crate::html::{Attributes, Content, Tag};

/// One option of a select.
#[derive(Debug, Clone, Default)]
pub struct SelectItem {
    /// What is sent; the text where `None`.
    pub value: Option<String>,
    /// What is shown.
    pub text: String,
    /// Whether it is selected; `None` compares the value with that of the select.
    pub selected: Option<bool>,
    /// Whether it cannot be chosen.
    pub disabled: bool,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl SelectItem {
    /// An option with a value and a text.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> SelectItem {
        SelectItem { value: Some(value.into()), text: text.into(), ..SelectItem::default() }
    }
}

/// A choice of one from a long list. With fewer than eight options use radios.
#[derive(Debug, Clone, Default)]
pub struct Select {
    /// Name, label, hint, error.
    pub field: Field,
    /// The options.
    pub items: Vec<SelectItem>,
    /// The value chosen.
    pub value: String,
}

impl Select {
    /// A select with a name, a label and options.
    pub fn new(name: impl Into<String>, label: impl Into<Content>, items: Vec<SelectItem>) -> Select {
        Select { field: Field::new(name, label), items, ..Select::default() }
    }

    /// Sets the value chosen.
    pub fn value(mut self, value: impl Into<String>) -> Select {
        self.value = value.into();
        self
    }

    fn option(&self, item: &SelectItem) -> Markup {
        let effective = item.value.as_deref().unwrap_or(&item.text);
        let selected = item.selected.unwrap_or(!self.value.is_empty() && effective == self.value);
        Tag::new("option")
            .option("value", item.value.as_deref())
            .flag("selected", selected)
            .flag("disabled", item.disabled)
            .attrs(&item.attributes)
            .wrap(&item.text)
    }
}

field_setters!(Select);

impl Render for Select {
    fn render(&self) -> Markup {
        let control = Tag::new("select")
            .class(&["govuk-select", &self.field.classes, self.field.error_class("govuk-select--error")])
            .attr("id", self.field.control_id())
            .attr("name", &self.field.name)
            .flag("disabled", self.field.disabled)
            .some("aria-describedby", &self.field.described_by_ids())
            .attrs(&self.field.attributes)
            .wrap(html! { @for item in &self.items { (self.option(item)) } });
        self.field.group(html! { (self.field.form_group.before) (control) (self.field.form_group.after) })
    }
}
