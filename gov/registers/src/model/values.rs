//! Values: read, checked, compared, masked.

use clock::Date;
use i18n::Text;
use parties::{DivisionCode, IdentityNumber, UnifiedCode, parse_mobile};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::declaration::{Check, Declaration, Field, FieldKind};

const TEXT_LENGTH_MAX: usize = 2_000;
/// What is shown of a personal value that has no mask.
const HIDDEN: &str = "***";
/// Digits of the greatest 64-bit number.
const NUMBER_DIGITS: usize = 19;

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueProblem {
    /// The field.
    pub field: String,
    /// The sentence; it never repeats the value.
    pub sentence: Text,
}

impl Declaration {
    /// The values of a record, checked; fields that are empty are left out.
    ///
    /// # Errors
    /// All problems.
    pub fn record_values(&self, given: &Map<String, Value>, today: Date) -> Result<Map<String, Value>, Vec<ValueProblem>> {
        let mut problems = Vec::new();
        for name in given.keys().filter(|name| self.field(name).is_none()) {
            problems.push(problem(name, "登记中没有这个字段。", "The register has no such field."));
        }
        let mut values = Map::new();
        for field in &self.fields {
            match field.value(given.get(&field.name).unwrap_or(&Value::Null)) {
                Ok(Some(value)) => drop(values.insert(field.name.clone(), value)),
                Ok(None) if field.required => problems.push(problem(&field.name, "必填项为空。", "A required value is missing.")),
                Ok(None) => {}
                Err(sentence) => problems.push(ValueProblem { field: field.name.clone(), sentence }),
            }
        }
        for field in &self.fields {
            let Some(value) = values.get(&field.name) else { continue };
            problems.extend(field.checks.iter().filter_map(|check| check.refuses(field, value, &values, today)));
        }
        for name in &self.key {
            if self.key.len() > 1 && values.get(name).and_then(Value::as_str).is_some_and(|text| text.contains('/')) {
                problems.push(problem(name, "组合主键的值不能含有“/”。", "The value of a key of several fields must not contain a slash."));
            }
        }
        if problems.is_empty() { Ok(values) } else { Err(problems) }
    }

    /// The key of a record: its parts joined by `/`.
    #[must_use]
    pub fn key_of(&self, values: &Map<String, Value>) -> String {
        let parts: Vec<String> = self.key.iter().map(|name| values.get(name).map(plain_text).unwrap_or_default()).collect();
        parts.join("/")
    }

    /// A key as somebody writes it, in the form in which it is kept; `None` when it cannot be one.
    #[must_use]
    pub fn parse_key(&self, text: &str) -> Option<String> {
        let parts: Vec<&str> = if self.key.len() == 1 { vec![text] } else { text.split('/').collect() };
        if parts.len() != self.key.len() {
            return None;
        }
        let read = |(name, part): (&String, &str)| self.field(name)?.value(&Value::from(part)).ok().flatten().map(|value| plain_text(&value));
        let parts: Option<Vec<String>> = self.key.iter().zip(parts).map(read).collect();
        Some(parts?.join("/"))
    }
}

impl Field {
    /// A value in the form in which it is kept; `None` for nothing.
    ///
    /// # Errors
    /// What was expected.
    pub fn value(&self, given: &Value) -> Result<Option<Value>, Text> {
        let text = match given {
            Value::Null => return Ok(None),
            Value::String(text) => text.trim().to_owned(),
            Value::Bool(_) | Value::Number(_) => given.to_string(),
            Value::Array(_) | Value::Object(_) => return Err(Text::new("应为单个值。", "A single value was expected.")),
        };
        if text.is_empty() { Ok(None) } else { self.parse(&text).map(Some) }
    }

    fn parse(&self, text: &str) -> Result<Value, Text> {
        let of = |problem: parties::Problem| problem.sentence;
        Ok(match self.kind {
            FieldKind::Text => one_line(text)?.into(),
            FieldKind::IdentityNumber => IdentityNumber::parse(text).map_err(of)?.as_str().into(),
            FieldKind::UnifiedCode => UnifiedCode::parse(text).map_err(of)?.as_str().into(),
            FieldKind::PartyNumber => match UnifiedCode::parse(text) {
                Ok(code) => code.as_str().into(),
                Err(_) => IdentityNumber::parse(text).map_err(of)?.as_str().into(),
            },
            FieldKind::Mobile => parse_mobile(text).map_err(of)?.into(),
            FieldKind::Division => DivisionCode::parse(text).map_err(of)?.as_str().into(),
            FieldKind::Date => day(text)?.to_string().into(),
            FieldKind::Integer | FieldKind::AmountFen => {
                let digits = text.strip_suffix(".0").unwrap_or(text);
                digits.parse::<i64>().map_err(|_| Text::new("应为整数。", "A whole number was expected."))?.into()
            }
            FieldKind::Decimal => decimal(text)?.into(),
            FieldKind::Boolean => yes_or_no(text)?.into(),
            FieldKind::Code => self.code(text)?.into(),
        })
    }

    fn code(&self, text: &str) -> Result<String, Text> {
        let named = |code: &&super::declaration::Code| code.code == text || code.title.zh == text || code.title.en == text;
        let found = self.codes.iter().find(named).map(|code| code.code.clone());
        found.ok_or_else(|| Text::new("不在代码表中。", "It is none of the listed codes."))
    }

    /// What of a value is shown masked.
    #[must_use]
    pub fn masked(&self, value: &Value) -> Value {
        match (self.mask, self.personal) {
            (Some(mask), _) => mask.mask(&plain_text(value)).into(),
            (None, true) => HIDDEN.into(),
            (None, false) => value.clone(),
        }
    }

    /// The form in which a value can be searched; ordered values sort as text.
    #[must_use]
    pub fn index_text(&self, value: &Value) -> String {
        match (self.kind.is_ordered(), value.as_i64()) {
            (true, Some(number)) => format!("{number:0NUMBER_DIGITS$}"),
            _ => plain_text(value),
        }
    }

    /// A value in words: the title of a code.
    #[must_use]
    pub fn shown(&self, value: &Value) -> Text {
        let text = plain_text(value);
        match (self.kind, self.codes.iter().find(|code| code.code == text)) {
            (_, Some(code)) => code.title.clone(),
            (FieldKind::Boolean, None) if text == "true" => Text::new("是", "Yes"),
            (FieldKind::Boolean, None) if text == "false" => Text::new("否", "No"),
            _ => Text::same(text),
        }
    }
}

impl Check {
    fn refuses(&self, field: &Field, value: &Value, values: &Map<String, Value>, today: Date) -> Option<ValueProblem> {
        let say = |zh: String, en: String| Some(problem(&field.name, zh, en));
        let as_day = |value: &Value| value.as_str().and_then(|text| text.parse::<Date>().ok());
        match self {
            Self::LengthMax { characters } if plain_text(value).chars().count() > *characters => {
                say(format!("最多{characters}个字。"), format!("At most {characters} characters."))
            }
            Self::AtLeast { number } if value.as_i64().is_some_and(|it| it < *number) => {
                say(format!("不能小于{number}。"), format!("Not less than {number}."))
            }
            Self::AtMost { number } if value.as_i64().is_some_and(|it| it > *number) => {
                say(format!("不能大于{number}。"), format!("Not more than {number}."))
            }
            Self::NotAfterToday if as_day(value).is_some_and(|it| it > today) => {
                say("日期不能晚于今天。".into(), "The day must not be in the future.".into())
            }
            Self::NotBefore { field: other } if as_day(value).zip(values.get(other).and_then(as_day)).is_some_and(|(it, other)| it < other) => {
                say(format!("日期不能早于字段“{other}”。"), format!("The day must not be before {other}."))
            }
            Self::AgreesWith { field: other } => {
                let number = IdentityNumber::parse(values.get(other).and_then(Value::as_str)?).ok()?;
                let expected = if field.kind == FieldKind::Date { number.birth_date().to_string() } else { number.sex().as_str().to_owned() };
                let differs = value.as_str() != Some(expected.as_str());
                if differs { say("与公民身份号码不一致。".into(), "It does not agree with the identity number.".into()) } else { None }
            }
            Self::LengthMax { .. } | Self::AtLeast { .. } | Self::AtMost { .. } | Self::NotAfterToday | Self::NotBefore { .. } => None,
        }
    }
}

/// A value without quotation marks.
pub fn plain_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Whether two values mean the same, as 核验 compares: full-width characters, spaces and case do not matter.
#[must_use]
pub fn agree(field: &Field, kept: Option<&Value>, stated: &Value) -> bool {
    match (kept, field.value(stated)) {
        (None, Ok(None)) => true,
        (Some(kept), Ok(Some(stated))) => seal::normalised(&plain_text(kept)) == seal::normalised(&plain_text(&stated)),
        _ => false,
    }
}

fn problem(field: &str, zh: impl Into<String>, en: impl Into<String>) -> ValueProblem {
    ValueProblem { field: field.to_owned(), sentence: Text::new(zh, en) }
}

fn one_line(text: &str) -> Result<&str, Text> {
    if text.chars().count() > TEXT_LENGTH_MAX {
        return Err(Text::new("超过2000字。", "It has more than 2,000 characters."));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Text::new("含有控制字符。", "It holds control characters."));
    }
    Ok(text)
}

/// `2026-03-02`, `2026/3/2`, `20260302` and `2026年3月2日` are understood.
fn day(text: &str) -> Result<Date, Text> {
    let wrong = || Text::new("应为日期，例如2026-03-02。", "A day was expected, such as 2026-03-02.");
    let date_part = text.split(['T', ' ']).next().unwrap_or(text);
    let compact = date_part.len() == 8 && date_part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = if compact {
        [0..4, 4..6, 6..8].into_iter().filter_map(|range| date_part.get(range)).collect()
    } else {
        date_part.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect()
    };
    let [year, month, day] = parts.as_slice() else { return Err(wrong()) };
    let (year, month, day) = (year.parse().map_err(|_| wrong())?, month.parse().map_err(|_| wrong())?, day.parse().map_err(|_| wrong())?);
    Date::new(year, month, day).map_err(|_| wrong())
}

fn decimal(text: &str) -> Result<&str, Text> {
    let (sign_free, _) = text.strip_prefix('-').map_or((text, false), |rest| (rest, true));
    let (whole, part) = sign_free.split_once('.').unwrap_or((sign_free, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(whole) && digits(part) { Ok(text) } else { Err(Text::new("应为数字，例如12.5。", "A number was expected, such as 12.5.")) }
}

fn yes_or_no(text: &str) -> Result<bool, Text> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "y" | "是" => Ok(true),
        "false" | "0" | "no" | "n" | "否" => Ok(false),
        _ => Err(Text::new("应为“是”或“否”。", "Yes or no was expected.")),
    }
}
