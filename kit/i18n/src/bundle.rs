use std::collections::{BTreeMap, BTreeSet};

use crate::{Lang, Text};

/// The texts of one crate, by dotted key.
#[derive(Debug, Default)]
pub struct Bundle {
    texts: BTreeMap<String, Text>,
    faults: Vec<String>,
}

impl Bundle {
    /// Reads an embedded TOML file. Faults do not stop the program: `check` lists them, and a test of the embedding crate
    /// asserts that there are none.
    pub fn from_toml(toml: &'static str) -> Bundle {
        let mut bundle = Bundle::default();
        match toml.parse::<toml::Table>() {
            Ok(table) => bundle.collect("", &table),
            Err(error) => bundle.faults.push(format!("not TOML: {error}")),
        }
        bundle
    }

    fn collect(&mut self, prefix: &str, table: &toml::Table) {
        for (name, value) in table {
            let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
            let Some(inner) = value.as_table() else {
                self.faults.push(format!("{key}: expected a table with zh and en, but it is a {}", value.type_str()));
                continue;
            };
            let (zh, en) = (inner.get("zh").and_then(|v| v.as_str()), inner.get("en").and_then(|v| v.as_str()));
            match (zh, en) {
                (Some(zh), Some(en)) if inner.len() == 2 => {
                    self.texts.insert(key, Text::new(zh, en));
                }
                (None, None) if !inner.is_empty() => self.collect(&key, inner),
                (Some(_), Some(_)) => self.faults.push(format!("{key}: has more than zh and en")),
                (Some(_), None) => self.faults.push(format!("{key}: en is missing")),
                (None, Some(_)) => self.faults.push(format!("{key}: zh is missing")),
                (None, None) => self.faults.push(format!("{key}: is empty")),
            }
        }
    }

    /// The text of a key. A missing key stops a debug build; a release build shows the key.
    pub fn t<'a>(&'a self, lang: Lang, key: &'a str) -> &'a str {
        match self.texts.get(key) {
            Some(text) => text.get(lang),
            None => {
                debug_assert!(false, "no text for the key {key:?}; faults: {:?}", self.faults);
                key
            }
        }
    }

    /// The text of a key, both languages.
    pub fn text(&self, key: &str) -> Text {
        Text::new(self.t(Lang::ZhHans, key), self.t(Lang::En, key))
    }

    /// The text of a key if there is one; for keys made from data.
    pub fn find(&self, lang: Lang, key: &str) -> Option<&str> {
        self.texts.get(key).map(|text| text.get(lang))
    }

    /// The text of a key with its `{name}` placeholders replaced. Values are inserted as they are, never expanded again.
    pub fn fill(&self, lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.t(lang, key), values)
    }

    /// `fill` in both languages, for values that are the same in both.
    pub fn fill_text(&self, key: &str, values: &[(&str, &str)]) -> Text {
        Text::new(self.fill(Lang::ZhHans, key, values), self.fill(Lang::En, key, values))
    }

    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// What is wrong with the bundle; empty is right. Called by a test of every crate that embeds one.
    pub fn check(&self) -> Vec<String> {
        let mut found = self.faults.clone();
        for (key, text) in &self.texts {
            if text.zh.trim().is_empty() {
                found.push(format!("{key}: zh is blank"));
            }
            if text.en.trim().is_empty() {
                found.push(format!("{key}: en is blank"));
            }
            let (zh, en) = (placeholders(&text.zh), placeholders(&text.en));
            if zh != en {
                found.push(format!("{key}: placeholders differ: zh {zh:?}, en {en:?}"));
            }
        }
        found
    }
}

/// Splits a text into literal pieces and placeholder names.
fn pieces(text: &str) -> Vec<(&str, Option<&str>)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        match after.split_once('}') {
            Some((name, tail)) if is_name(name) => {
                found.push((before, Some(name)));
                rest = tail;
            }
            _ => {
                let length = before.len() + 1;
                found.push((rest.get(..length).unwrap_or(rest), None));
                rest = after;
            }
        }
    }
    found.push((rest, None));
    found
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    pieces(text).into_iter().filter_map(|(_, name)| name).collect()
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    for (literal, name) in pieces(text) {
        filled.push_str(literal);
        let Some(name) = name else { continue };
        match values.iter().find(|(n, _)| *n == name) {
            Some((_, value)) => filled.push_str(value),
            None => {
                debug_assert!(false, "no value for the placeholder {name:?} of {text:?}");
                filled.push_str(name);
            }
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        [submit]
        zh = "提交"
        en = "Submit"
        [case.due]
        zh = "{number}还剩{n}个工作日"
        en = "{n} working days left for {number}"
    "#;

    #[test]
    fn nested_tables_give_dotted_keys() {
        let bundle = Bundle::from_toml(GOOD);
        assert_eq!(bundle.check(), Vec::<String>::new());
        assert_eq!(bundle.keys().collect::<Vec<_>>(), ["case.due", "submit"]);
        assert_eq!(bundle.t(Lang::En, "submit"), "Submit");
        assert_eq!(bundle.text("submit"), Text::new("提交", "Submit"));
    }

    #[test]
    fn placeholders_are_filled_once() {
        let bundle = Bundle::from_toml(GOOD);
        assert_eq!(bundle.fill(Lang::ZhHans, "case.due", &[("n", "3"), ("number", "{n}")]), "{n}还剩3个工作日");
        assert_eq!(fill("a { b } {} {", &[]), "a { b } {} {");
    }

    #[test]
    #[should_panic(expected = "no text for the key")]
    fn a_missing_key_stops_a_test() {
        Bundle::from_toml(GOOD).t(Lang::En, "nowhere");
    }

    #[test]
    fn the_checker_names_every_fault() {
        let bundle = Bundle::from_toml(
            r#"
            loose = "text"
            [one]
            zh = "一"
            [two]
            en = "two"
            [three]
            zh = "{a}"
            en = "{b}"
            [four]
            zh = " "
            en = "four"
            [five]
            [six]
            zh = "六"
            en = "six"
            fr = "six"
        "#,
        );
        let faults = bundle.check().join("\n");
        for part in ["loose: expected a table", "one: en is", "two: zh is", "three: placeholders", "four: zh is blank", "five: is", "six: has more"] {
            assert!(faults.contains(part), "{part} not in {faults}");
        }
        assert!(Bundle::from_toml("not toml at all").check().join("").contains("not TOML"));
    }
}
