//! Fixture options → our radios, checkboxes and date input.
use maud::{PreEscaped, Render};
use serde_json::Value;
use ui::{Checkboxes, Choice, Content, DateInput, DateItem, DatePart, Group, Radios};

use crate::options::*;

fn choice(o: &Value) -> Choice {
    let conditional = string(&o["conditional"], "html");
    Choice {
        value: string(o, "value"),
        content: content(o),
        hint: content(&o["hint"]),
        hint_style: hint(&o["hint"]),
        label_style: label(&o["label"]),
        id: string(o, "id"),
        name: string(o, "name"),
        checked: boolean(o, "checked"),
        disabled: is_true(o, "disabled"),
        conditional: if conditional.is_empty() { Content::Empty } else { Content::Html(PreEscaped(conditional)) },
        is_exclusive: string(o, "behaviour") == "exclusive",
        divider: string(o, "divider"),
        attributes: attributes(o),
    }
}

pub fn radios(o: &Value) -> String {
    Radios { group: group(o), items: items(o, "items").into_iter().map(choice).collect(), value: string(o, "value") }.render().0
}

pub fn checkboxes(o: &Value) -> String {
    let values = o["values"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    Checkboxes { group: group(o), items: items(o, "items").into_iter().map(choice).collect(), values }.render().0
}

/// The Nunjucks macro takes either `items`, or `day`, `month`, `year` (`null` and `false` leave one out), and looks values up by name.
/// Ours takes the boxes in order, each with its part and value.
pub fn date_input(o: &Value) -> String {
    let prefix = string(o, "namePrefix");
    let parts = [("day", DatePart::Day), ("month", DatePart::Month), ("year", DatePart::Year)];
    let part_of =
        |name: &str| parts.iter().find(|(key, _)| name == *key || name == string(&o[*key], "name")).map_or(DatePart::Other, |(_, part)| *part);
    let list = items(o, "items");
    let boxes: Vec<DateItem> = if list.is_empty() {
        parts.iter().filter(|(key, _)| o[*key] != Value::Bool(false)).map(|(key, part)| date_item(&o[*key], o, &prefix, *part)).collect()
    } else {
        list.into_iter().map(|item| date_item(item, o, &prefix, part_of(&string(item, "name")))).collect()
    };
    DateInput {
        lang: i18n::Lang::En,
        group: Group { id_prefix: string(o, "id"), name: String::new(), ..group(o) },
        name_prefix: prefix,
        items: boxes,
    }
    .render()
    .0
}

fn date_item(item: &Value, o: &Value, prefix: &str, part: DatePart) -> DateItem {
    let name = string(item, "name");
    let part_name = match part {
        DatePart::Day => "day",
        DatePart::Month => "month",
        DatePart::Year => "year",
        DatePart::Other => "",
    };
    let effective = if name.is_empty() { part_name } else { &name };
    let full = if prefix.is_empty() { effective.to_owned() } else { format!("{prefix}-{effective}") };
    DateItem {
        part,
        value: given(item, "value").or_else(|| given(&o[part_name], "value")).or_else(|| given(&o["values"], &full)),
        name,
        label: string(item, "label"),
        error: boolean(item, "error"),
        id: string(item, "id"),
        inputmode: string(item, "inputmode"),
        autocomplete: string(item, "autocomplete"),
        pattern: string(item, "pattern"),
        classes: string(item, "classes"),
        attributes: attributes(item),
    }
}
