use maud::{Markup, Render, html};

use crate::components::{Hint, Label};
use crate::html::{Attributes, Content, Tag, ids};

/// One radio button or checkbox.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub content: Content,
    /// Help under the label of this choice.
    pub hint: Content,
    /// Classes and attributes of the hint.
    pub hint_style: Hint,
    /// Classes and attributes of the label.
    pub label_style: Label,
    /// An explicit id.
    pub id: String,
    /// An explicit name (checkboxes only).
    pub name: String,
    /// Whether it is chosen; `None` compares the value with that of the group.
    pub checked: Option<bool>,
    /// Whether it cannot be chosen.
    pub disabled: bool,
    /// Shown only while this choice is chosen (always, where script does not run).
    pub conditional: Content,
    /// Whether choosing it clears the others (checkboxes only): “none of these”.
    pub is_exclusive: bool,
    /// A divider such as “or” in place of a choice.
    pub divider: String,
    /// Extra attributes of the input.
    pub attributes: Attributes,
}

impl Choice {
    /// A choice with a value and a label.
    pub fn new(value: impl Into<String>, content: impl Into<Content>) -> Choice {
        Choice { value: value.into(), content: content.into(), ..Choice::default() }
    }

    /// A divider between choices, such as “or”.
    pub fn divider(text: impl Into<String>) -> Choice {
        Choice { divider: text.into(), ..Choice::default() }
    }

    /// Adds help under the label.
    pub fn hint(mut self, hint: impl Into<Content>) -> Choice {
        self.hint = hint.into();
        self
    }

    /// Adds fields that belong to this choice only.
    pub fn reveals(mut self, fields: Markup) -> Choice {
        self.conditional = Content::Html(fields);
        self
    }

    /// Sets whether it is chosen.
    pub fn checked(mut self, checked: bool) -> Choice {
        self.checked = Some(checked);
        self
    }
}

/// The class names of a kind of choice.
pub(crate) struct Kind {
    pub input_type: &'static str,
    pub item: &'static str,
    pub input: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub divider: &'static str,
    pub conditional: &'static str,
    pub conditional_hidden: &'static str,
}

/// Where a choice stands: its id, name, whether it is chosen, and what describes the group.
pub(crate) struct Place<'a> {
    pub id: String,
    pub name: &'a str,
    pub is_checked: bool,
    pub described_by: &'a str,
}

/// The id of the choice at a position: the first has no number, so that the error summary can link to it.
pub(crate) fn choice_id(choice: &Choice, prefix: &str, index: usize) -> String {
    if !choice.id.is_empty() {
        choice.id.clone()
    } else if index == 0 {
        prefix.to_owned()
    } else {
        format!("{prefix}-{}", index + 1)
    }
}

pub(crate) fn render_choice(kind: &Kind, choice: &Choice, place: &Place<'_>) -> Markup {
    if !choice.divider.is_empty() {
        return Tag::new("div").class(&[kind.divider]).wrap(&choice.divider);
    }
    let id = &place.id;
    let hint_id = if choice.hint.is_empty() { String::new() } else { format!("{id}-item-hint") };
    let conditional_id = if choice.conditional.is_empty() { String::new() } else { format!("conditional-{id}") };
    let input = Tag::new("input")
        .class(&[kind.input])
        .attr("id", id)
        .attr("name", place.name)
        .attr("type", kind.input_type)
        .attr("value", &choice.value)
        .flag("checked", place.is_checked)
        .flag("disabled", choice.disabled)
        .some("data-aria-controls", &conditional_id)
        .some("data-behaviour", if choice.is_exclusive { "exclusive" } else { "" })
        .some("aria-describedby", &ids(&[place.described_by, &hint_id]))
        .attrs(&choice.attributes)
        .void();
    html! {
        (Tag::new("div").class(&[kind.item]).wrap(html! { (input) (label(kind, choice, id)) (hint(kind, choice, hint_id)) }))
        @if !choice.conditional.is_empty() {
            (Tag::new("div")
                .class(&[kind.conditional, if place.is_checked { "" } else { kind.conditional_hidden }])
                .attr("id", &conditional_id)
                .wrap(&choice.conditional))
        }
    }
}

fn label(kind: &Kind, choice: &Choice, id: &str) -> Markup {
    Label {
        content: choice.content.clone(),
        target: id.to_owned(),
        classes: ids(&[kind.label, &choice.label_style.classes]),
        attributes: choice.label_style.attributes.clone(),
        is_page_heading: false,
    }
    .render()
}

fn hint(kind: &Kind, choice: &Choice, id: String) -> Markup {
    if choice.hint.is_empty() {
        return Markup::default();
    }
    Hint {
        content: choice.hint.clone(),
        id,
        classes: ids(&[kind.hint, &choice.hint_style.classes]),
        attributes: choice.hint_style.attributes.clone(),
    }
    .render()
}
