use serde_json::{Map, Value};

use super::Reader;
use super::position::escaped;
use crate::form::{Choice, Kind, Widget};

impl Reader {
    /// The choices of a field: its enumeration, with the labels of `x-labels`. Yes and no may have labels of their own.
    pub(super) fn choices(&mut self, pointer: &str, entries: &Map<String, Value>, kind: Option<Kind>, widget: Option<Widget>) -> Vec<Choice> {
        let (at, values) = match kind {
            Some(Kind::Choices) => (format!("{pointer}/items"), self.items(pointer, entries)),
            Some(Kind::Text | Kind::Whole | Kind::Decimal | Kind::YesNo) | None => (pointer.to_owned(), entries.get("enum")),
        };
        let labels = entries.get("x-labels");
        if kind == Some(Kind::YesNo) && labels.is_some() {
            return self.labelled(&format!("{pointer}/x-labels"), vec!["true".to_owned(), "false".to_owned()], labels);
        }
        let Some(values) = values else {
            if matches!(widget, Some(Widget::Radio | Widget::Select | Widget::Checkboxes)) {
                self.problem(&at, "no_choices", "选择类字段应有 enum", "A field with choices needs an enum");
            }
            if labels.is_some() {
                self.problem(&format!("{pointer}/x-labels"), "labels", "没有 enum 却有 x-labels", "There are x-labels but no enum");
            }
            return Vec::new();
        };
        if !matches!(kind, Some(Kind::Text | Kind::Choices) | None) {
            self.problem(&format!("{at}/enum"), "enum_type", "enum 的值应为文字", "The values of an enum are texts");
            return Vec::new();
        }
        let values = self.strings(&format!("{at}/enum"), Some(values));
        self.labelled(&format!("{pointer}/x-labels"), values, labels)
    }

    fn items<'a>(&mut self, pointer: &str, entries: &'a Map<String, Value>) -> Option<&'a Value> {
        let pointer = format!("{pointer}/items");
        let Some(items) = entries.get("items").and_then(Value::as_object) else {
            self.problem(&pointer, "no_items", "array 字段应有 items", "An array needs items");
            return None;
        };
        self.known_keys(&pointer, items, &["type", "enum"]);
        if items.get("type").is_some_and(|kind| kind != "string") {
            self.problem(&format!("{pointer}/type"), "type", "items 的 type 应为 string", "Expected items of the type string");
        }
        items.get("enum")
    }

    fn labelled(&mut self, pointer: &str, values: Vec<String>, labels: Option<&Value>) -> Vec<Choice> {
        let empty = Map::new();
        let labels = labels.and_then(Value::as_object).unwrap_or(&empty);
        let mut choices = Vec::new();
        for value in &values {
            let at = format!("{pointer}/{}", escaped(value));
            let Some(label) = labels.get(value) else {
                let (zh, en) = (format!("选项“{value}”没有标签"), format!("The value {value} has no label"));
                self.problem(&at, "no_label", &zh, &en);
                continue;
            };
            let label = self.text(&at, Some(label)).unwrap_or_default();
            choices.push(Choice { value: value.clone(), label });
        }
        for label in labels.keys().filter(|label| !values.contains(label)) {
            let (zh, en) = (format!("标签“{label}”没有对应的选项"), format!("The label {label} belongs to no value"));
            self.problem(&format!("{pointer}/{}", escaped(label)), "label_without_value", &zh, &en);
        }
        choices
    }
}
