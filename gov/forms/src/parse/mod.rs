//! Reads form files and reports every problem at once. Keywords that are not known are problems: a mistyped keyword would
//! otherwise be a rule that silently does not exist.

use i18n::Text;
use serde_json::{Map, Value};

use crate::form::{Field, Form, Page};
use crate::formats::Formats;
use crate::problem::Problem;

mod choices;
mod field;
mod position;

use position::{Positions, escaped};

const SIZE_MAX_BYTES: usize = 1024 * 1024;
const FIELDS_MAX: usize = 400;
const ROOT_KEYS: [&str; 11] =
    ["$schema", "$id", "$comment", "type", "title", "description", "x-title-en", "x-pages", "required", "properties", "additionalProperties"];
const PAGE_KEYS: [&str; 5] = ["id", "title", "hint", "fields", "when"];

pub(crate) struct Reader {
    positions: Positions,
    problems: Vec<Problem>,
}

pub(crate) fn form(json: &str) -> Result<Form, Vec<Problem>> {
    if json.len() > SIZE_MAX_BYTES {
        return Err(vec![unplaced("too_large", "表单文件不得超过 1 MB", "Expected a form file of at most 1 MB")]);
    }
    let value: Value = serde_json::from_str(json).map_err(|error| {
        let mut problem = unplaced("not_json", &format!("不是有效的 JSON：{error}"), &format!("Not valid JSON: {error}"));
        problem.line = u32::try_from(error.line()).unwrap_or_default();
        problem.column = u32::try_from(error.column()).unwrap_or_default();
        vec![problem]
    })?;
    let mut reader = Reader { positions: Positions::of(json), problems: Vec::new() };
    for pointer in std::mem::take(&mut reader.positions.repeated) {
        reader.problem(&pointer, "repeated_key", "这个键出现了两次", "This key occurs twice");
    }
    let (pages, fields) = reader.form(&value);
    if reader.problems.is_empty() { Ok(Form { pages, fields, formats: Formats::standard() }) } else { Err(reader.problems) }
}

fn unplaced(code: &str, zh: &str, en: &str) -> Problem {
    Problem { pointer: String::new(), line: 0, column: 0, code: code.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

impl Reader {
    fn form(&mut self, value: &Value) -> (Vec<Page>, Vec<Field>) {
        let Some(root) = value.as_object() else {
            self.problem("", "not_object", "表单应为 JSON 对象", "Expected the form to be a JSON object");
            return (Vec::new(), Vec::new());
        };
        self.known_keys("", root, &ROOT_KEYS);
        if root.get("type").and_then(Value::as_str) != Some("object") {
            self.problem("/type", "type", "表单的 type 应为 object", "Expected the type of the form to be object");
        }
        if root.get("additionalProperties").is_some_and(|v| *v != Value::Bool(false)) {
            self.problem("/additionalProperties", "additional", "additionalProperties 只能为 false", "additionalProperties may only be false");
        }
        let empty = Map::new();
        let properties = root.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        if properties.is_empty() || properties.len() > FIELDS_MAX {
            let en = format!("Expected properties with 1 to {FIELDS_MAX} fields");
            self.problem("/properties", "properties", &format!("properties 中应有 1 至 {FIELDS_MAX} 个字段"), &en);
        }
        let required = self.required(root, properties);
        let pages = self.pages(root, properties);
        let mut fields = Vec::new();
        for (name, schema) in properties {
            fields.extend(self.field(name, schema, required.contains(name)));
        }
        let order = |field: &Field| pages.iter().flat_map(|page| &page.fields).position(|name| *name == field.name);
        fields.sort_by_key(order);
        (pages, fields)
    }

    fn required(&mut self, root: &Map<String, Value>, properties: &Map<String, Value>) -> Vec<String> {
        let names = self.strings("/required", root.get("required"));
        for (index, name) in names.iter().enumerate() {
            if !properties.contains_key(name) {
                let (zh, en) = (format!("必填字段“{name}”不存在"), format!("There is no required field {name}"));
                self.problem(&format!("/required/{index}"), "no_such_field", &zh, &en);
            }
        }
        names
    }

    fn pages(&mut self, root: &Map<String, Value>, properties: &Map<String, Value>) -> Vec<Page> {
        let Some(items) = root.get("x-pages").and_then(Value::as_array).filter(|items| !items.is_empty()) else {
            self.problem("/x-pages", "no_pages", "x-pages 中应至少有一页", "Expected at least one page in x-pages");
            return Vec::new();
        };
        let mut pages: Vec<Page> = Vec::new();
        let mut placed: Vec<String> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let pointer = format!("/x-pages/{index}");
            let Some(page) = self.page(&pointer, item) else { continue };
            if pages.iter().any(|other| other.id == page.id) {
                let (zh, en) = (format!("页面标识“{}”重复", page.id), format!("The page id {} is used twice", page.id));
                self.problem(&format!("{pointer}/id"), "repeated_page", &zh, &en);
            }
            for (at, name) in page.fields.iter().enumerate() {
                let pointer = format!("{pointer}/fields/{at}");
                if !properties.contains_key(name) {
                    let (zh, en) = (format!("字段“{name}”不存在"), format!("There is no field {name}"));
                    self.problem(&pointer, "no_such_field", &zh, &en);
                }
                if placed.contains(name) {
                    let (zh, en) = (format!("字段“{name}”已在别处"), format!("The field {name} is on a page already"));
                    self.problem(&pointer, "repeated_field", &zh, &en);
                }
                placed.push(name.clone());
            }
            pages.push(page);
        }
        for name in properties.keys().filter(|name| !placed.contains(name)) {
            let (zh, en) = (format!("字段“{name}”不在任何页面上"), format!("The field {name} is on no page"));
            self.problem(&format!("/properties/{}", escaped(name)), "not_on_a_page", &zh, &en);
        }
        pages
    }

    fn page(&mut self, pointer: &str, item: &Value) -> Option<Page> {
        let Some(entries) = item.as_object() else {
            self.problem(pointer, "not_object", "页面应为 JSON 对象", "Expected a page to be a JSON object");
            return None;
        };
        self.known_keys(pointer, entries, &PAGE_KEYS);
        let id = self.string(&format!("{pointer}/id"), entries.get("id")).unwrap_or_default();
        self.snake_case(&format!("{pointer}/id"), &id);
        let title = self.text(&format!("{pointer}/title"), entries.get("title"));
        if title.is_none() {
            self.problem(&format!("{pointer}/title"), "no_title", "页面缺少中英文标题", "The page needs a title in both languages");
        }
        let hint = self.optional_text(&format!("{pointer}/hint"), entries.get("hint"));
        let when = self.string(&format!("{pointer}/when"), entries.get("when"));
        let fields = self.strings(&format!("{pointer}/fields"), entries.get("fields"));
        if fields.is_empty() {
            self.problem(&format!("{pointer}/fields"), "no_fields", "页面上没有字段", "The page has no field");
        }
        Some(Page { id, title: title.unwrap_or_default(), hint, fields, when })
    }

    pub(crate) fn problem(&mut self, pointer: &str, code: &str, zh: &str, en: &str) {
        let (line, column) = self.positions.find(pointer);
        self.problems.push(Problem { pointer: pointer.to_owned(), line, column, ..unplaced(code, zh, en) });
    }

    fn known_keys(&mut self, pointer: &str, entries: &Map<String, Value>, known: &[&str]) {
        for key in entries.keys().filter(|key| !known.contains(&key.as_str())) {
            let (zh, en) = (format!("不认识关键字“{key}”"), format!("The keyword {key} is not known here"));
            self.problem(&format!("{pointer}/{}", escaped(key)), "unknown_keyword", &zh, &en);
        }
    }

    fn snake_case(&mut self, pointer: &str, name: &str) {
        let fits = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && name.len() <= 60;
        if !fits {
            let zh = format!("名称“{name}”应由小写字母、数字和下划线组成，以字母开头，最长 60 个字符");
            self.problem(pointer, "name", &zh, &format!("Expected the name {name:?} in snake_case, at most 60 characters"));
        }
    }

    fn string(&mut self, pointer: &str, value: Option<&Value>) -> Option<String> {
        match value {
            None => None,
            Some(Value::String(text)) if !text.trim().is_empty() => Some(text.clone()),
            Some(_) => {
                self.problem(pointer, "not_text", "这里应为非空文字", "Expected a text that is not blank");
                None
            }
        }
    }

    fn strings(&mut self, pointer: &str, value: Option<&Value>) -> Vec<String> {
        let items = match value {
            None => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.problem(pointer, "not_list", "这里应为列表", "Expected a list");
                return Vec::new();
            }
        };
        items.iter().enumerate().filter_map(|(index, item)| self.string(&format!("{pointer}/{index}"), Some(item))).collect()
    }

    /// A bilingual text, if it is there and complete.
    fn text(&mut self, pointer: &str, value: Option<&Value>) -> Option<Text> {
        let value = value?;
        match serde_json::from_value::<Text>(value.clone()) {
            Ok(text) if !text.is_incomplete() => Some(text),
            _ => {
                self.problem(pointer, "not_bilingual", "应同时有 zh 和 en 两种文字", "Expected a text with zh and en, neither blank");
                None
            }
        }
    }

    fn optional_text(&mut self, pointer: &str, value: Option<&Value>) -> Option<Text> {
        // An empty pair is how an editor leaves a hint that nobody wrote.
        let blank = value.and_then(|v| serde_json::from_value::<Text>(v.clone()).ok()).is_some_and(|text| text.is_empty());
        if blank { None } else { self.text(pointer, value) }
    }
}
