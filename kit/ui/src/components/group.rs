use maud::{Markup, Render, html};

use crate::components::{ErrorMessage, Fieldset, FormGroup, Hint, Legend};
use crate::html::{Attributes, Content, ids};

/// What radios, checkboxes and date inputs have in common: several controls that answer one question.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// Name under which the values are sent.
    pub name: String,
    /// Prefix of the ids; the name where empty. The first control has exactly this id.
    pub id_prefix: String,
    /// The question. `None` only where the page already asks it in a heading around the group.
    pub fieldset: Option<Fieldset>,
    /// Help under the question.
    pub hint: Option<Hint>,
    /// What is wrong with the answer that was sent.
    pub error: Option<ErrorMessage>,
    /// Further ids for `aria-describedby`.
    pub described_by: String,
    /// The group around everything.
    pub form_group: FormGroup,
    /// Extra classes of the element around the controls.
    pub classes: String,
    /// Extra attributes of the element around the controls.
    pub attributes: Attributes,
}

impl Group {
    /// A group with a name and a question.
    pub fn new(name: impl Into<String>, legend: Legend) -> Group {
        Group { name: name.into(), fieldset: Some(Fieldset { legend, ..Fieldset::default() }), ..Group::default() }
    }

    pub(crate) fn prefix(&self) -> &str {
        if self.id_prefix.is_empty() { &self.name } else { &self.id_prefix }
    }

    fn own_described_by(&self) -> &str {
        match &self.fieldset {
            Some(fieldset) if !fieldset.described_by.is_empty() => &fieldset.described_by,
            _ => &self.described_by,
        }
    }

    /// The ids for `aria-describedby` of the group: what was given, the hint, the error.
    pub(crate) fn described_by_ids(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.prefix())).unwrap_or_default();
        let error = self.error.as_ref().map(|_| format!("{}-error", self.prefix())).unwrap_or_default();
        ids(&[self.own_described_by(), &hint, &error])
    }

    /// The form group with hint and error before the controls, inside the fieldset if there is one.
    pub(crate) fn wrap(&self, role: &'static str, controls: Markup) -> Markup {
        let prefix = self.prefix();
        let inner = html! {
            @if let Some(hint) = &self.hint { (hint.with_id(&format!("{prefix}-hint"))) }
            @if let Some(error) = &self.error { (error.with_id(&format!("{prefix}-error"))) }
            (controls)
        };
        let body = match &self.fieldset {
            None => inner,
            Some(fieldset) => {
                let described_by = self.described_by_ids();
                Fieldset { described_by, role: role.to_owned(), body: Content::Html(inner), ..fieldset.clone() }.render()
            }
        };
        self.form_group.wrap(self.error.is_some(), body)
    }
}

/// Chained setters for the components that carry a `group`.
macro_rules! group_setters {
    ($type:ident) => {
        impl $type {
            /// Adds help under the question; empty help adds nothing.
            pub fn hint(mut self, hint: impl Into<crate::html::Content>) -> Self {
                let hint = hint.into();
                self.group.hint = (!hint.is_empty()).then(|| crate::components::Hint::new(hint));
                self
            }

            /// Sets what is wrong, if anything.
            pub fn error(mut self, error: Option<crate::components::ErrorMessage>) -> Self {
                self.group.error = error;
                self
            }

            /// Sets the id of the first control, where it differs from the name.
            pub fn id_prefix(mut self, id: impl Into<String>) -> Self {
                self.group.id_prefix = id.into();
                self
            }

            /// Adds classes to the element around the controls.
            pub fn classes(mut self, classes: impl Into<String>) -> Self {
                self.group.classes = classes.into();
                self
            }
        }
    };
}
pub(crate) use group_setters;
