//! Reads TOML tables into typed values and reports *every* problem with its line: syntax, unknown keys, missing keys, wrong types.
//!
//! A derived deserialiser stops at the first problem; people who write packages want the whole list at once.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use i18n::Text;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::codes::Code;
use crate::finding::Finding;

/// Key path (`material[2].when`) → line.
pub(crate) type Lines = BTreeMap<String, u32>;

/// One TOML file being read.
pub(crate) struct Source<'t> {
    file: &'t str,
    line_starts: Vec<usize>,
    findings: RefCell<Vec<Finding>>,
    lines: RefCell<Lines>,
}

impl<'t> Source<'t> {
    /// Parses the file and hands its root table to `read`; gives what was read, the findings and the lines of the keys.
    pub(crate) fn read<T>(file: &'t str, text: &'t str, read: impl FnOnce(&mut Reader<'_, '_>) -> T) -> (T, Vec<Finding>, Lines) {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
        let source = Source { file, line_starts: starts.collect(), findings: RefCell::default(), lines: RefCell::default() };
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let line = error.span().map_or(0, |span| source.line(span.start));
            let zh = format!("TOML 语法有误：{}。", error.message());
            let en = format!("This is not correct TOML: {}.", error.message());
            source.push(line, "toml-syntax", zh, en);
        }
        // After a syntax error, missing keys are consequences and would hide the cause.
        let broken = !errors.is_empty();
        let mut reader = Reader { source: &source, table: document.get_ref(), path: String::new(), line: 1, seen: BTreeSet::new() };
        let value = read(&mut reader);
        reader.finish();
        let mut findings = source.findings.into_inner();
        if broken {
            findings.retain(|finding| finding.code != "key-missing");
        }
        (value, findings, source.lines.into_inner())
    }

    fn line(&self, offset: usize) -> u32 {
        u32::try_from(self.line_starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    fn push(&self, line: u32, code: &'static str, zh: String, en: String) {
        self.findings.borrow_mut().push(Finding::error(self.file, line, code, zh, en));
    }
}

/// One table being read; remembers which keys were asked for, so that the others can be reported.
pub(crate) struct Reader<'s, 'i> {
    source: &'s Source<'s>,
    table: &'s DeTable<'i>,
    path: String,
    line: u32,
    seen: BTreeSet<&'static str>,
}

impl<'s, 'i> Reader<'s, 'i> {
    /// Reports the keys nobody asked for.
    pub(crate) fn finish(&self) {
        for (key, _) in self.table {
            let name: &str = key.get_ref();
            if self.seen.contains(name) {
                continue;
            }
            let known = self.seen.iter().copied().collect::<Vec<_>>().join(", ");
            let path = self.at(name);
            let zh = format!("不认识的键“{path}”；这里可用的键有：{known}。");
            let en = format!("The key \"{path}\" is not known; known here: {known}.");
            self.source.push(self.source.line(key.span().start), "key-unknown", zh, en);
        }
    }

    /// Reports a problem at a key of this table.
    pub(crate) fn problem(&self, key: &str, code: &'static str, zh: String, en: String) {
        self.source.push(self.line_of(key), code, zh, en);
    }

    /// The path of a key, for sentences.
    pub(crate) fn at(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Whether the key is written.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn line_of(&self, key: &str) -> u32 {
        self.source.lines.borrow().get(&self.at(key)).copied().unwrap_or(self.line)
    }

    fn value(&mut self, key: &'static str) -> Option<&'s Spanned<DeValue<'i>>> {
        self.seen.insert(key);
        let (written, value) = self.table.get_key_value(key)?;
        let line = self.source.line(written.span().start);
        self.source.lines.borrow_mut().insert(self.at(key), line);
        Some(value)
    }

    fn missing(&self, key: &str) {
        let path = self.at(key);
        self.source.push(self.line, "key-missing", format!("缺少必填的键“{path}”。"), format!("The key \"{path}\" is missing."));
    }

    fn wrong(&self, key: &str, zh: &str, en: &str) {
        let path = self.at(key);
        self.source.push(self.line_of(key), "type-wrong", format!("“{path}”应为{zh}。"), format!("\"{path}\" must be {en}."));
    }

    fn required<T>(&mut self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.has(key) {
            self.missing(key);
        }
        value
    }

    /// Optional text.
    pub(crate) fn text_or_none(&mut self, key: &'static str) -> Option<String> {
        match self.value(key)?.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => {
                self.wrong(key, "文本", "text");
                None
            }
        }
    }

    /// Optional text; empty when it is not there.
    pub(crate) fn text_or_empty(&mut self, key: &'static str) -> String {
        self.text_or_none(key).unwrap_or_default()
    }

    /// Required text that is not blank.
    pub(crate) fn text(&mut self, key: &'static str) -> String {
        let value = self.text_or_none(key);
        let value = self.required(key, value);
        if value.as_ref().is_some_and(|text| text.trim().is_empty()) {
            let path = self.at(key);
            self.problem(key, "text-empty", format!("“{path}”不能为空。"), format!("\"{path}\" must not be empty."));
        }
        value.unwrap_or_default()
    }

    /// Required identifier: `snake_case` ASCII, so that it is a FEEL name.
    pub(crate) fn identifier(&mut self, key: &'static str) -> String {
        let value = self.text(key);
        if !value.is_empty() && !is_identifier(&value) {
            let path = self.at(key);
            let zh = format!("“{path}”的值“{value}”不是标识符；只用小写字母、数字和下划线，以字母开头。");
            let en = format!("\"{path}\" = \"{value}\" is no identifier; use lower-case letters, digits and underscores, starting with a letter.");
            self.problem(key, "identifier-wrong", zh, en);
        }
        value
    }

    /// Optional whole number.
    pub(crate) fn number_or_none(&mut self, key: &'static str) -> Option<i64> {
        let read = match self.value(key)?.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if read.is_none() {
            self.wrong(key, "整数", "a whole number");
        }
        read
    }

    /// Optional whole number within bounds.
    pub(crate) fn number_or<N: TryFrom<i64>>(&mut self, key: &'static str, default: N, max: i64) -> N {
        let Some(number) = self.number_or_none(key) else { return default };
        match N::try_from(number) {
            Ok(value) if (0..=max).contains(&number) => value,
            _ => {
                let path = self.at(key);
                let zh = format!("“{path}”的值 {number} 不在 0 到 {max} 之间。");
                let en = format!("\"{path}\" = {number} is not between 0 and {max}.");
                self.problem(key, "number-out-of-range", zh, en);
                default
            }
        }
    }

    /// Required whole number within bounds.
    pub(crate) fn number<N: TryFrom<i64> + Default>(&mut self, key: &'static str, max: i64) -> N {
        if !self.has(key) {
            self.missing(key);
        }
        self.number_or(key, N::default(), max)
    }

    /// Optional yes or no.
    pub(crate) fn flag_or(&mut self, key: &'static str, default: bool) -> bool {
        match self.value(key).map(Spanned::get_ref) {
            None => default,
            Some(DeValue::Boolean(value)) => *value,
            Some(_) => {
                self.wrong(key, "true 或 false", "true or false");
                default
            }
        }
    }

    /// Optional code of a closed list; text or whole number.
    pub(crate) fn code_or_none<C: Code>(&mut self, key: &'static str) -> Option<C> {
        let value = self.value(key)?;
        let Some(written) = code_text(value.get_ref()) else {
            self.wrong(key, "代码", "a code");
            return None;
        };
        self.decode(key, &written)
    }

    /// Required code; the first of the list stands in when it is wrong (a finding then keeps the package from being built).
    pub(crate) fn code<C: Code>(&mut self, key: &'static str, stand_in: C) -> C {
        let value = self.code_or_none(key);
        self.required(key, value).unwrap_or(stand_in)
    }

    /// Optional list of codes.
    pub(crate) fn codes<C: Code>(&mut self, key: &'static str) -> Vec<C> {
        let mut read = Vec::new();
        for written in self.texts(key) {
            let Some(code) = self.decode::<C>(key, &written) else { continue };
            if read.contains(&code) {
                let path = self.at(key);
                let (zh, en) = (format!("“{path}”中“{written}”重复。"), format!("\"{path}\" names \"{written}\" twice."));
                self.problem(key, "value-repeated", zh, en);
            }
            read.push(code);
        }
        read
    }

    /// Required, non-empty list of codes.
    pub(crate) fn codes_some<C: Code>(&mut self, key: &'static str) -> Vec<C> {
        if !self.has(key) {
            self.missing(key);
            return Vec::new();
        }
        let empty = matches!(self.table.get(key).map(Spanned::get_ref), Some(DeValue::Array(values)) if values.is_empty());
        let codes = self.codes(key);
        if empty {
            let path = self.at(key);
            self.problem(key, "list-empty", format!("“{path}”至少要有一项。"), format!("\"{path}\" needs at least one entry."));
        }
        codes
    }

    fn decode<C: Code>(&self, key: &str, written: &str) -> Option<C> {
        let code = C::from_code(written);
        if code.is_none() {
            let path = self.at(key);
            let zh = C::ALL.iter().map(|code| format!("{} {}", code.code(), code.label().zh)).collect::<Vec<_>>().join("、");
            let en = C::ALL.iter().map(|code| code.code()).collect::<Vec<_>>().join(", ");
            let zh = format!("“{path}”的值“{written}”不在代码表中；可用：{zh}。");
            let en = format!("\"{path}\" = \"{written}\" is not in the code list; allowed: {en}.");
            self.problem(key, "code-unknown", zh, en);
        }
        code
    }

    /// Optional list of texts.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(values) = value.get_ref() else {
            self.wrong(key, "列表", "a list");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for value in values.iter() {
            match code_text(value.get_ref()) {
                Some(text) => texts.push(text),
                None => self.wrong(key, "文本的列表", "a list of texts"),
            }
        }
        texts
    }

    /// Optional inner table.
    pub(crate) fn table_or_none<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Reader<'_, '_>) -> T) -> Option<T> {
        let value = self.value(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(key, "表", "a table");
            return None;
        };
        Some(self.inner(table, self.at(key), self.line_of(key), read))
    }

    /// Required inner table; read from an empty one when it is missing, so that the caller gets a value.
    pub(crate) fn table<T: Default>(&mut self, key: &'static str, read: impl FnOnce(&mut Reader<'_, '_>) -> T) -> T {
        let value = self.table_or_none(key, read);
        self.required(key, value).unwrap_or_default()
    }

    /// Optional list of tables (`[[key]]`).
    pub(crate) fn tables<T>(&mut self, key: &'static str, mut read: impl FnMut(&mut Reader<'_, '_>) -> T) -> Vec<T> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(values) = value.get_ref() else {
            self.wrong(key, "表的列表（[[…]]）", "a list of tables ([[…]])");
            return Vec::new();
        };
        let mut read_tables = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let path = format!("{}[{index}]", self.at(key));
            let line = self.source.line(value.span().start);
            self.source.lines.borrow_mut().insert(path.clone(), line);
            match value.get_ref() {
                DeValue::Table(table) => read_tables.push(self.inner(table, path, line, &mut read)),
                _ => self.wrong(key, "表的列表（[[…]]）", "a list of tables ([[…]])"),
            }
        }
        read_tables
    }

    fn inner<T>(&self, table: &'s DeTable<'i>, path: String, line: u32, read: impl FnOnce(&mut Reader<'_, '_>) -> T) -> T {
        let mut reader = Reader { source: self.source, table, path, line, seen: BTreeSet::new() };
        let value = read(&mut reader);
        reader.finish();
        value
    }

    /// Accepts anything under a key.
    pub(crate) fn any(&mut self, key: &'static str) {
        self.value(key);
    }

    /// Names and, where they are texts, values of an optional inner table whose keys are free.
    pub(crate) fn entries(&mut self, key: &'static str) -> Vec<(String, Option<String>)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(key, "表", "a table");
            return Vec::new();
        };
        let text = |value: &DeValue<'_>| if let DeValue::String(text) = value { Some(text.to_string()) } else { None };
        table.iter().map(|(name, value)| (name.get_ref().to_string(), text(value.get_ref()))).collect()
    }

    /// Optional bilingual text; both languages are required when it is there.
    pub(crate) fn bilingual_or_none(&mut self, key: &'static str) -> Option<Text> {
        self.table_or_none(key, read_text)
    }

    /// Required bilingual text.
    pub(crate) fn bilingual(&mut self, key: &'static str) -> Text {
        let value = self.bilingual_or_none(key);
        self.required(key, value).unwrap_or_default()
    }

    /// Bilingual text that may be left empty in both languages.
    pub(crate) fn bilingual_or_blank(&mut self, key: &'static str) -> Option<Text> {
        let text = self.table_or_none(key, |reader| Text { zh: reader.text_or_empty("zh"), en: reader.text_or_empty("en") })?;
        if text.zh.trim().is_empty() != text.en.trim().is_empty() {
            let path = self.at(key);
            let zh = format!("“{path}”的中文和英文应同时填写或同时留空。");
            let en = format!("\"{path}\" must be written in both languages or in none.");
            self.problem(key, "text-one-language", zh, en);
        }
        Some(text).filter(|text| !text.zh.trim().is_empty())
    }

    /// Optional list of bilingual texts.
    pub(crate) fn bilinguals(&mut self, key: &'static str) -> Vec<Text> {
        self.tables(key, read_text)
    }
}

fn read_text(reader: &mut Reader<'_, '_>) -> Text {
    let text = Text { zh: reader.text("zh"), en: reader.text("en") };
    let path = &reader.path;
    let letters = text.zh.chars().filter(char::is_ascii_alphabetic).count();
    if letters > 12 && !text.zh.chars().any(is_han) {
        let (zh, en) = (format!("“{path}.zh”似乎不是中文。"), format!("\"{path}.zh\" does not seem to be Chinese."));
        reader.problem("zh", "text-language", zh, en);
    }
    let han = text.en.chars().filter(|c| is_han(*c)).count();
    if han > 0 && han * 2 > text.en.chars().filter(char::is_ascii_alphabetic).count() {
        let (zh, en) = (format!("“{path}.en”似乎不是英文。"), format!("\"{path}.en\" does not seem to be English."));
        reader.problem("en", "text-language", zh, en);
    }
    text
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c) || ('\u{3400}'..='\u{4DBF}').contains(&c)
}

fn code_text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        _ => None,
    }
}

/// `snake_case` ASCII starting with a letter.
pub(crate) fn is_identifier(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// `kebab-case` ASCII starting with a letter.
pub(crate) fn is_slug(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}
