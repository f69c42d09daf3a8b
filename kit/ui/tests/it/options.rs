//! Reads the options of the published fixtures as Nunjucks would: `null`, `false`, `0` and `""` are “not given”.
use maud::PreEscaped;
use serde_json::Value;
use ui::{Attributes, Content, CountText, ErrorMessage, Field, Fieldset, FormGroup, Group, Hint, Label, Legend};

/// A string, or empty. Numbers are written out.
pub fn string(options: &Value, key: &str) -> String {
    match &options[key] {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "true".to_owned(),
        _ => String::new(),
    }
}

pub fn given(options: &Value, key: &str) -> Option<String> {
    match &options[key] {
        Value::Null | Value::Bool(false) => None,
        _ => Some(string(options, key)),
    }
}

pub fn is_true(options: &Value, key: &str) -> bool {
    options[key] == Value::Bool(true)
}

pub fn boolean(options: &Value, key: &str) -> Option<bool> {
    options[key].as_bool()
}

pub fn number<T: TryFrom<u64>>(options: &Value, key: &str) -> Option<T> {
    let value = &options[key];
    value.as_u64().or_else(|| value.as_str()?.parse().ok()).and_then(|n| T::try_from(n).ok())
}

/// The `html` option wins over the `text` option. Fixture markup is trusted, so it is passed as `PreEscaped`.
pub fn content_of(options: &Value, html: &str, text: &str) -> Content {
    let markup = string(options, html);
    if !markup.is_empty() {
        return Content::Html(PreEscaped(markup));
    }
    match string(options, text) {
        text if text.is_empty() => Content::Empty,
        text => Content::Text(text),
    }
}

pub fn content(options: &Value) -> Content {
    content_of(options, "html", "text")
}

/// Attribute names are literals of the program; the test makes literals of those in the fixtures.
pub fn attributes_of(options: &Value, key: &str) -> Attributes {
    let mut attributes = Attributes::none();
    for (name, _) in options[key].as_object().into_iter().flatten() {
        attributes = attributes.with(Box::leak(name.clone().into_boxed_str()), string(&options[key], name));
    }
    attributes
}

pub fn attributes(options: &Value) -> Attributes {
    attributes_of(options, "attributes")
}

/// The truthy items of a list.
pub fn items<'a>(options: &'a Value, key: &str) -> Vec<&'a Value> {
    let list = options[key].as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter(|item| item.is_array() || item.as_object().is_some_and(|object| !object.is_empty())).collect()
}

pub fn some<'a>(options: &'a Value, key: &str) -> Option<&'a Value> {
    Some(&options[key]).filter(|value| value.is_object())
}

pub fn label(options: &Value) -> Label {
    Label {
        content: content(options),
        target: string(options, "for"),
        is_page_heading: is_true(options, "isPageHeading"),
        classes: string(options, "classes"),
        attributes: attributes(options),
    }
}

pub fn hint(options: &Value) -> Hint {
    Hint { content: content(options), id: string(options, "id"), classes: string(options, "classes"), attributes: attributes(options) }
}

pub fn error_message(options: &Value) -> ErrorMessage {
    ErrorMessage {
        lang: i18n::Lang::En,
        content: content(options),
        visually_hidden_text: options["visuallyHiddenText"].as_str().map(str::to_owned),
        id: string(options, "id"),
        classes: string(options, "classes"),
        attributes: attributes(options),
    }
}

pub fn fieldset(options: &Value) -> Fieldset {
    let legend = &options["legend"];
    Fieldset {
        legend: Legend { content: content(legend), is_page_heading: is_true(legend, "isPageHeading"), classes: string(legend, "classes") },
        described_by: string(options, "describedBy"),
        role: string(options, "role"),
        body: content_of(options, "html", ""),
        classes: string(options, "classes"),
        attributes: attributes(options),
    }
}

/// `before` and `after` are the names of the places: `beforeInput` or `beforeInputs`.
fn form_group(options: &Value, before: &str, after: &str) -> FormGroup {
    let group = &options["formGroup"];
    FormGroup { classes: string(group, "classes"), attributes: attributes(group), before: content(&group[before]), after: content(&group[after]) }
}

pub fn field(options: &Value) -> Field {
    Field {
        name: string(options, "name"),
        id: string(options, "id"),
        label: label(&options["label"]),
        hint: some(options, "hint").map(hint),
        error: some(options, "errorMessage").map(error_message),
        described_by: string(options, "describedBy"),
        disabled: is_true(options, "disabled"),
        form_group: form_group(options, "beforeInput", "afterInput"),
        classes: string(options, "classes"),
        attributes: attributes(options),
    }
}

pub fn group(options: &Value) -> Group {
    Group {
        name: string(options, "name"),
        id_prefix: string(options, "idPrefix"),
        fieldset: some(options, "fieldset").map(fieldset),
        hint: some(options, "hint").map(hint),
        error: some(options, "errorMessage").map(error_message),
        described_by: string(options, "describedBy"),
        form_group: form_group(options, "beforeInputs", "afterInputs"),
        classes: string(options, "classes"),
        attributes: attributes(options),
    }
}

pub fn count_text(options: &Value, key: &str) -> Option<CountText> {
    let messages = some(options, key)?;
    Some(CountText { one: given(messages, "one"), other: string(messages, "other") })
}
