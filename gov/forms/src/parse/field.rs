use i18n::Text;
use serde_json::{Map, Value};

use super::Reader;
use super::position::escaped;
use crate::form::{Field, Kind, Mask, Widget};
use crate::formats;

const FIELD_KEYS: [&str; 32] = [
    "$comment",
    "type",
    "title",
    "description",
    "format",
    "enum",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
    "examples",
    "x-title-en",
    "x-hint",
    "x-widget",
    "x-labels",
    "x-when",
    "x-prefill",
    "x-prefill-fixed",
    "x-asked-because",
    "x-verify",
    "x-mask",
    "x-purpose",
    "x-error",
    "default",
];
/// The keywords that the schema validator sees; all others are ours. Formats are checked by our own checkers.
const SCHEMA_KEYS: [&str; 14] = [
    "type",
    "enum",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
];

impl Reader {
    pub(super) fn field(&mut self, name: &str, schema: &Value, required: bool) -> Option<Field> {
        let pointer = format!("/properties/{}", escaped(name));
        self.snake_case(&pointer, name);
        let Some(entries) = schema.as_object() else {
            self.problem(&pointer, "not_object", "字段应为 JSON 对象", "Expected a field to be a JSON object");
            return None;
        };
        self.known_keys(&pointer, entries, &FIELD_KEYS);
        let at = |key: &str| format!("{pointer}/{key}");
        let title = self.title(&pointer, entries);
        let kind = self.kind(&at("type"), entries);
        let widget = self.widget(&at("x-widget"), entries, kind);
        let format = self.format(&at("format"), entries, widget);
        let choices = self.choices(&pointer, entries, kind, widget);
        let hint = self.optional_text(&at("x-hint"), entries.get("x-hint"));
        let error = self.optional_text(&at("x-error"), entries.get("x-error"));
        let purpose = self.purpose(&at("x-purpose"), entries.get("x-purpose"));
        let when = self.string(&at("x-when"), entries.get("x-when"));
        let prefill = self.path(&at("x-prefill"), entries.get("x-prefill"));
        let fixed = self.fixed(&at("x-prefill-fixed"), entries.get("x-prefill-fixed"), prefill.is_some());
        let asked_because = self.asked_because(&at("x-asked-because"), entries.get("x-asked-because"), prefill.is_some());
        let verify = self.path(&at("x-verify"), entries.get("x-verify"));
        let mask = self.mask(&at("x-mask"), entries.get("x-mask"));
        let validator = self.validator(&pointer, entries);
        let length_max = entries.get("maxLength").and_then(Value::as_u64);
        let (kind, widget, validator) = (kind?, widget?, validator?);
        let name = name.to_owned();
        Some(Field {
            name,
            title,
            hint,
            widget,
            kind,
            required,
            format,
            choices,
            when,
            prefill,
            fixed,
            asked_because,
            verify,
            mask,
            purpose,
            error,
            length_max,
            validator,
        })
    }

    fn title(&mut self, pointer: &str, entries: &Map<String, Value>) -> Text {
        let zh = self.string(&format!("{pointer}/title"), entries.get("title"));
        let en = self.string(&format!("{pointer}/x-title-en"), entries.get("x-title-en"));
        if zh.is_none() || en.is_none() {
            self.problem(pointer, "no_title", "字段缺少 title 或 x-title-en", "The field needs title and x-title-en");
        }
        Text::new(zh.unwrap_or_default(), en.unwrap_or_default())
    }

    fn kind(&mut self, pointer: &str, entries: &Map<String, Value>) -> Option<Kind> {
        match entries.get("type").and_then(Value::as_str) {
            Some("string") => Some(Kind::Text),
            Some("integer") => Some(Kind::Whole),
            Some("number") => Some(Kind::Decimal),
            Some("boolean") => Some(Kind::YesNo),
            Some("array") => Some(Kind::Choices),
            _ => {
                let zh = "type 应为 string、integer、number、boolean 或 array";
                self.problem(pointer, "type", zh, "Expected the type string, integer, number, boolean or array");
                None
            }
        }
    }

    fn widget(&mut self, pointer: &str, entries: &Map<String, Value>, kind: Option<Kind>) -> Option<Widget> {
        let kind = kind?;
        let Some(name) = self.string(pointer, entries.get("x-widget")) else {
            return Some(match kind {
                Kind::Text if entries.contains_key("enum") => Widget::Radio,
                Kind::Text if entries.get("format").and_then(Value::as_str) == Some("date") => Widget::Date,
                Kind::Text => Widget::Text,
                Kind::Whole | Kind::Decimal => Widget::Number,
                Kind::YesNo => Widget::YesNo,
                Kind::Choices => Widget::Checkboxes,
            });
        };
        let Some(widget) = widget_named(&name) else {
            self.problem(pointer, "unknown_widget", &format!("没有控件“{name}”"), &format!("There is no widget {name}"));
            return None;
        };
        let fits = match widget {
            Widget::Number => matches!(kind, Kind::Whole | Kind::Decimal),
            Widget::Money => kind == Kind::Whole,
            Widget::YesNo => kind == Kind::YesNo,
            Widget::Checkboxes => kind == Kind::Choices,
            Widget::Text
            | Widget::Textarea
            | Widget::Date
            | Widget::Radio
            | Widget::Select
            | Widget::IdNumber
            | Widget::Uscc
            | Widget::Mobile
            | Widget::Address
            | Widget::Division => kind == Kind::Text,
        };
        if !fits {
            let zh = format!("控件“{name}”与字段的 type 不符（money 用 integer，以分计）");
            self.problem(pointer, "widget_type", &zh, &format!("The widget {name} does not fit the type (money is an integer, in fen)"));
            return None;
        }
        Some(widget)
    }

    fn format(&mut self, pointer: &str, entries: &Map<String, Value>, widget: Option<Widget>) -> Option<String> {
        let given = self.string(pointer, entries.get("format"));
        if let Some(format) = &given
            && !formats::KNOWN.contains(&format.as_str())
        {
            self.problem(pointer, "unknown_format", &format!("没有格式“{format}”"), &format!("There is no format {format}"));
        }
        let implied = match widget? {
            Widget::Date => "date",
            Widget::IdNumber => "cn-id-number",
            Widget::Uscc => "cn-uscc",
            Widget::Mobile => "cn-mobile",
            Widget::Division => "cn-division",
            _ => return given,
        };
        if given.as_deref().is_some_and(|given| given != implied) {
            let (zh, en) = (format!("此控件的格式应为 {implied}"), format!("The format of this widget is {implied}"));
            self.problem(pointer, "widget_format", &zh, &en);
        }
        Some(implied.to_owned())
    }

    fn purpose(&mut self, pointer: &str, value: Option<&Value>) -> Option<Text> {
        match value {
            Some(Value::String(text)) if !text.trim().is_empty() => Some(Text::same(text.as_str())),
            other => self.optional_text(pointer, other),
        }
    }

    fn path(&mut self, pointer: &str, value: Option<&Value>) -> Option<String> {
        let path = self.string(pointer, value)?;
        let part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-');
        if !(path.contains('.') && path.split('.').all(part)) {
            let (zh, en) = (format!("“{path}”应形如 population.name"), format!("Expected {path:?} in the form population.name"));
            self.problem(pointer, "path", &zh, &en);
        }
        Some(path)
    }

    fn fixed(&mut self, pointer: &str, value: Option<&Value>, is_prefilled: bool) -> bool {
        let fixed = value == Some(&Value::Bool(true));
        if value.is_some() && !(fixed && is_prefilled) {
            let zh = "x-prefill-fixed 只能是 true，并且要有 x-prefill";
            self.problem(pointer, "fixed", zh, "Expected x-prefill-fixed to be true, beside an x-prefill");
        }
        fixed
    }

    fn asked_because(&mut self, pointer: &str, value: Option<&Value>, is_prefilled: bool) -> Option<Text> {
        if value.is_some() && is_prefilled {
            let zh = "x-asked-because 说明为什么仍要填写，不能与 x-prefill 一起写";
            self.problem(pointer, "asked_because", zh, "x-asked-because says why something is typed all the same; it does not go with x-prefill");
        }
        self.optional_text(pointer, value)
    }

    fn mask(&mut self, pointer: &str, value: Option<&Value>) -> Option<Mask> {
        match self.string(pointer, value)?.as_str() {
            "name" => Some(Mask::Name),
            "id-number" => Some(Mask::IdNumber),
            "mobile" => Some(Mask::Mobile),
            "address" => Some(Mask::Address),
            other => {
                self.problem(pointer, "unknown_mask", &format!("没有遮盖方式“{other}”"), &format!("There is no mask {other}"));
                None
            }
        }
    }

    fn validator(&mut self, pointer: &str, entries: &Map<String, Value>) -> Option<jsonschema::Validator> {
        let kept = entries.iter().filter(|(key, _)| SCHEMA_KEYS.contains(&key.as_str()));
        let schema = Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect());
        match jsonschema::draft202012::new(&schema) {
            Ok(validator) => Some(validator),
            Err(error) => {
                let pointer = format!("{pointer}{}", error.instance_path().as_str());
                self.problem(&pointer, "schema", &format!("不是有效的 JSON Schema：{error}"), &format!("Not a valid JSON Schema: {error}"));
                None
            }
        }
    }
}

fn widget_named(name: &str) -> Option<Widget> {
    Some(match name {
        "text" => Widget::Text,
        "textarea" => Widget::Textarea,
        "number" => Widget::Number,
        "money" => Widget::Money,
        "date" => Widget::Date,
        "radio" => Widget::Radio,
        "checkboxes" => Widget::Checkboxes,
        "select" => Widget::Select,
        "id-number" => Widget::IdNumber,
        "uscc" => Widget::Uscc,
        "mobile" => Widget::Mobile,
        "address" => Widget::Address,
        "division" => Widget::Division,
        "yes-no" => Widget::YesNo,
        _ => return None,
    })
}
