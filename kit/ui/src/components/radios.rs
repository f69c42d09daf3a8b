use maud::{Markup, Render, html};

use crate::components::choice::{Kind, Place, choice_id, render_choice};
use crate::components::group::group_setters;
use crate::components::{Choice, Group, Legend};
use crate::html::Tag;

const RADIO: Kind = Kind {
    input_type: "radio",
    item: "govuk-radios__item",
    input: "govuk-radios__input",
    label: "govuk-radios__label",
    hint: "govuk-radios__hint",
    divider: "govuk-radios__divider",
    conditional: "govuk-radios__conditional",
    conditional_hidden: "govuk-radios__conditional--hidden",
};

/// A choice of exactly one.
#[derive(Debug, Clone, Default)]
pub struct Radios {
    /// Name, question, hint, error.
    pub group: Group,
    /// The choices.
    pub items: Vec<Choice>,
    /// The value chosen.
    pub value: String,
}

impl Radios {
    /// Radios with a name, a question and choices.
    pub fn new(name: impl Into<String>, legend: Legend, items: Vec<Choice>) -> Radios {
        Radios { group: Group::new(name, legend), items, value: String::new() }
    }

    /// Sets the value chosen.
    pub fn value(mut self, value: impl Into<String>) -> Radios {
        self.value = value.into();
        self
    }

    /// Lays the choices out in one line; for two short ones only.
    pub fn inline(mut self) -> Radios {
        self.group.classes = "govuk-radios--inline".to_owned();
        self
    }

    fn item(&self, index: usize, choice: &Choice) -> Markup {
        let is_checked = choice.checked.unwrap_or(!self.value.is_empty() && choice.value == self.value);
        let place = Place { id: choice_id(choice, self.group.prefix(), index), name: &self.group.name, is_checked, described_by: "" };
        render_choice(&RADIO, choice, &place)
    }
}

group_setters!(Radios);

impl Render for Radios {
    fn render(&self) -> Markup {
        let group = &self.group;
        let controls =
            Tag::new("div").class(&["govuk-radios", &group.classes]).attrs(&group.attributes).attr("data-module", "govuk-radios").wrap(html! {
                (group.form_group.before)
                @for (index, choice) in self.items.iter().enumerate() { (self.item(index, choice)) }
                (group.form_group.after)
            });
        group.wrap("", controls)
    }
}
