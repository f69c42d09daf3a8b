//! Schemas as tables.

use i18n::Lang;
use maud::{Markup, html};
use serde_json::Value;

/// All schemas of a document, each as a table of its members.
pub(super) fn all(document: &Value, lang: Lang) -> Markup {
    let schemas = document.get("components").and_then(|components| components.get("schemas")?.as_object());
    html! { @for (name, schema) in schemas.into_iter().flatten() {
        section aria-labelledby={ "schema-" (name) } {
            h3.govuk-heading-s id={ "schema-" (name) } { code { (name) } }
            @if let Some(about) = about(schema) { p.govuk-body-s { (about) } }
            (members(schema, lang))
        }
    } }
}

/// A link to a schema.
pub(super) fn link(name: &str) -> Markup {
    html! { a.govuk-link href={ "#schema-" (name) } { (name) } }
}

fn about(schema: &Value) -> Option<&str> {
    schema.get("description")?.as_str()
}

fn members(schema: &Value, lang: Lang) -> Markup {
    let (names, meaning) = if lang == Lang::En { ("Key", "What it is") } else { ("键", "说明") };
    let (kind, all_of) = if lang == Lang::En { ("Type", "with all of") } else { ("类型", "另含") };
    let required: Vec<&str> = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let own = schema.get("properties").and_then(Value::as_object);
    let parts: Vec<&Value> = schema.get("allOf").and_then(Value::as_array).into_iter().flatten().collect();
    html! {
        @for part in parts {
            @match part.get("$ref") {
                Some(_) => p.govuk-body-s { (all_of) " " (type_of(part)) },
                None => (members(part, lang)),
            }
        }
        @if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            p.govuk-body-s { @for value in values { code { (value.as_str().unwrap_or_default()) } " " } }
        }
        @if let Some(properties) = own.filter(|properties| !properties.is_empty()) {
            table.govuk-table {
                thead.govuk-table__head { tr.govuk-table__row {
                    th.govuk-table__header scope="col" { (names) }
                    th.govuk-table__header scope="col" { (kind) }
                    th.govuk-table__header scope="col" { (meaning) }
                } }
                tbody.govuk-table__body { @for (name, property) in properties {
                    tr.govuk-table__row {
                        th.govuk-table__header scope="row" { code { (name) } @if required.contains(&name.as_str()) { " *" } }
                        td.govuk-table__cell { (type_of(property)) }
                        td.govuk-table__cell { (about(property).unwrap_or_default()) }
                    }
                } }
            }
        }
    }
}

/// The type of a value in a word or two.
pub(super) fn type_of(schema: &Value) -> Markup {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next()) {
        return link(name);
    }
    let choices = ["oneOf", "anyOf", "allOf"].iter().find_map(|key| schema.get(*key)?.as_array());
    if let Some(choices) = choices {
        return html! { @for (position, choice) in choices.iter().enumerate() { @if position > 0 { " | " } (type_of(choice)) } };
    }
    let words = match schema.get("type") {
        Some(Value::String(one)) => one.clone(),
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        _ => "any".to_owned(),
    };
    let format = schema.get("format").and_then(Value::as_str);
    html! {
        @match schema.get("items") {
            Some(items) => { "[" (type_of(items)) "]" }
            None => { (words) @if let Some(format) = format { " (" (format) ")" } }
        }
    }
}
