use crate::html::Attributes;

/// A message with a count in it: the general form and, where the language has one, the singular.
#[derive(Debug, Clone, Default)]
pub struct CountText {
    /// The form for one.
    pub one: Option<String>,
    /// The form for all other numbers; `%{count}` is the place of the number.
    pub other: String,
}

impl CountText {
    /// A message without a singular form, as in Chinese.
    pub fn other(text: impl Into<String>) -> CountText {
        CountText { one: None, other: text.into() }
    }

    pub(crate) fn attributes(message: Option<&CountText>, one: &'static str, other: &'static str) -> Attributes {
        let Some(message) = message else { return Attributes::none() };
        let attributes = Attributes::none().with(other, &message.other);
        match &message.one {
            Some(text) => attributes.with(one, text),
            None => attributes,
        }
    }
}

pub(crate) fn text_attribute(message: &str, name: &'static str) -> Attributes {
    if message.is_empty() { Attributes::none() } else { Attributes::none().with(name, message) }
}
