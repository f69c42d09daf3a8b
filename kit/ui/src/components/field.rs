use maud::{Markup, Render, html};

use crate::components::{ErrorMessage, Hint, Label};
use crate::html::{Attributes, Content, Tag, ids};

/// What surrounds the control or the controls of a form group.
#[derive(Debug, Clone, Default)]
pub struct FormGroup {
    /// Extra classes of the group.
    pub classes: String,
    /// Extra attributes of the group.
    pub attributes: Attributes,
    /// Content between the messages and the control.
    pub before: Content,
    /// Content after the control.
    pub after: Content,
}

impl FormGroup {
    pub(crate) fn wrap(&self, has_error: bool, body: impl Render) -> Markup {
        let error = if has_error { "govuk-form-group--error" } else { "" };
        Tag::new("div").class(&["govuk-form-group", error, &self.classes]).attrs(&self.attributes).wrap(body)
    }
}

/// What all controls with one label have in common: input, textarea, select, file upload.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Name under which the value is sent.
    pub name: String,
    /// Id of the control; the name where empty.
    pub id: String,
    /// The label.
    pub label: Label,
    /// Help under the label.
    pub hint: Option<Hint>,
    /// What is wrong with the value that was sent.
    pub error: Option<ErrorMessage>,
    /// Further ids for `aria-describedby`.
    pub described_by: String,
    /// Whether the control is disabled. Avoid: people cannot see why.
    pub disabled: bool,
    /// The group around everything.
    pub form_group: FormGroup,
    /// Extra classes of the control.
    pub classes: String,
    /// Extra attributes of the control.
    pub attributes: Attributes,
}

impl Field {
    /// A field with a name and a label.
    pub fn new(name: impl Into<String>, label: impl Into<Content>) -> Field {
        Field { name: name.into(), label: Label::new(label), ..Field::default() }
    }

    /// The id of the control, to which error summaries link.
    pub fn control_id(&self) -> &str {
        if self.id.is_empty() { &self.name } else { &self.id }
    }

    pub(crate) fn error_class(&self, class: &'static str) -> &'static str {
        if self.error.is_some() { class } else { "" }
    }

    /// The value of `aria-describedby`: what was given, the hint, the error.
    pub(crate) fn described_by_ids(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.control_id())).unwrap_or_default();
        let error = self.error.as_ref().map(|_| format!("{}-error", self.control_id())).unwrap_or_default();
        ids(&[&self.described_by, &hint, &error])
    }

    /// The group with label, hint and error around the control.
    pub(crate) fn group(&self, control: impl Render) -> Markup {
        let id = self.control_id();
        self.form_group.wrap(
            self.error.is_some(),
            html! {
                (self.label.render_for(id))
                @if let Some(hint) = &self.hint { (hint.with_id(&format!("{id}-hint"))) }
                @if let Some(error) = &self.error { (error.with_id(&format!("{id}-error"))) }
                (control)
            },
        )
    }
}

/// Chained setters for the controls that carry a `field`.
macro_rules! field_setters {
    ($type:ident) => {
        impl $type {
            /// Sets the id, where it differs from the name.
            pub fn id(mut self, id: impl Into<String>) -> Self {
                self.field.id = id.into();
                self
            }

            /// Replaces the label, for one that is the page heading.
            pub fn label(mut self, label: crate::components::Label) -> Self {
                self.field.label = label;
                self
            }

            /// Adds help under the label; empty help adds nothing.
            pub fn hint(mut self, hint: impl Into<crate::html::Content>) -> Self {
                let hint = hint.into();
                self.field.hint = (!hint.is_empty()).then(|| crate::components::Hint::new(hint));
                self
            }

            /// Sets what is wrong, if anything.
            pub fn error(mut self, error: Option<crate::components::ErrorMessage>) -> Self {
                self.field.error = error;
                self
            }

            /// Adds classes to the control.
            pub fn classes(mut self, classes: impl Into<String>) -> Self {
                self.field.classes = classes.into();
                self
            }

            /// Adds an attribute to the control.
            pub fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Self {
                self.field.attributes = self.field.attributes.with(name, value);
                self
            }
        }
    };
}
pub(crate) use field_setters;
