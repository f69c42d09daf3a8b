use maud::{Markup, Render, html};

use crate::components::choice::{Kind, Place, choice_id, render_choice};
use crate::components::group::group_setters;
use crate::components::{Choice, Group, Legend};
use crate::html::Tag;

const CHECKBOX: Kind = Kind {
    input_type: "checkbox",
    item: "govuk-checkboxes__item",
    input: "govuk-checkboxes__input",
    label: "govuk-checkboxes__label",
    hint: "govuk-checkboxes__hint",
    divider: "govuk-checkboxes__divider",
    conditional: "govuk-checkboxes__conditional",
    conditional_hidden: "govuk-checkboxes__conditional--hidden",
};

/// A choice of any number.
#[derive(Debug, Clone, Default)]
pub struct Checkboxes {
    /// Name, question, hint, error.
    pub group: Group,
    /// The choices.
    pub items: Vec<Choice>,
    /// The values chosen.
    pub values: Vec<String>,
}

impl Checkboxes {
    /// Checkboxes with a name, a question and choices.
    pub fn new(name: impl Into<String>, legend: Legend, items: Vec<Choice>) -> Checkboxes {
        Checkboxes { group: Group::new(name, legend), items, values: Vec::new() }
    }

    /// One checkbox without a question of its own: a promise, a consent.
    pub fn single(name: impl Into<String>, item: Choice) -> Checkboxes {
        Checkboxes { group: Group { name: name.into(), ..Group::default() }, items: vec![item], values: Vec::new() }
    }

    /// Sets the values chosen.
    pub fn values(mut self, values: Vec<String>) -> Checkboxes {
        self.values = values;
        self
    }

    fn item(&self, index: usize, choice: &Choice) -> Markup {
        let described_by = if self.group.fieldset.is_some() { String::new() } else { self.group.described_by_ids() };
        let place = Place {
            id: choice_id(choice, self.group.prefix(), index),
            name: if choice.name.is_empty() { &self.group.name } else { &choice.name },
            is_checked: choice.checked.unwrap_or_else(|| self.values.contains(&choice.value)),
            described_by: &described_by,
        };
        render_choice(&CHECKBOX, choice, &place)
    }
}

group_setters!(Checkboxes);

impl Render for Checkboxes {
    fn render(&self) -> Markup {
        let group = &self.group;
        let controls =
            Tag::new("div").class(&["govuk-checkboxes", &group.classes]).attrs(&group.attributes).attr("data-module", "govuk-checkboxes").wrap(
                html! {
                    (group.form_group.before)
                    @for (index, choice) in self.items.iter().enumerate() { (self.item(index, choice)) }
                    (group.form_group.after)
                },
            );
        group.wrap("", controls)
    }
}
