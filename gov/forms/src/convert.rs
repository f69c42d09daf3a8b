//! What people type, as values. Full-width characters, blanks and thousands separators are theirs to type and ours to read.

use std::str::FromStr;

use jiff::civil::Date;
use serde_json::{Number, Value};

use crate::form::{Field, Kind, Widget};

/// Longest text read from one box; beyond any field, below any trouble.
pub(crate) const TYPED_LENGTH_MAX: usize = 20_000;

/// A typed text as a value, nothing if it is blank, or the key of the sentence that says why not.
pub(crate) fn typed(field: &Field, text: &str) -> Result<Option<Value>, &'static str> {
    if text.chars().count() > TYPED_LENGTH_MAX {
        return Err("type.too_long");
    }
    let text = clean(text, field.widget == Widget::Textarea);
    if text.is_empty() {
        return Ok(None);
    }
    match (field.widget, field.kind) {
        (Widget::Money, _) => money(&narrow(&text)).map(|fen| Some(Value::from(fen))).ok_or("type.money"),
        (Widget::Date, _) => date(&narrow(&text)).map(|date| Some(Value::String(date.to_string()))).ok_or("format.date"),
        (_, Kind::Whole) => whole(&narrow(&text)).map(|n| Some(Value::from(n))).ok_or("type.whole"),
        (_, Kind::Decimal) => decimal(&narrow(&text)).map(|n| Some(Value::Number(n))).ok_or("type.decimal"),
        (_, Kind::YesNo) => yes_no(&text).map(|b| Some(Value::Bool(b))).ok_or("required.yes_no"),
        (_, Kind::Text | Kind::Choices) => Ok(Some(Value::String(by_format(field, text)))),
    }
}

/// A date from three boxes; blanks in all of them are no answer.
pub(crate) fn three_boxes(year: &str, month: &str, day: &str) -> Result<Option<Value>, &'static str> {
    let boxes = [year, month, day].map(|text| narrow(text.trim()));
    if boxes.iter().all(String::is_empty) {
        return Ok(None);
    }
    if boxes.iter().any(String::is_empty) {
        return Err("format.date_incomplete");
    }
    let [year, month, day] = boxes;
    let found = year.parse::<i16>().ok().zip(month.parse::<i8>().ok()).zip(day.parse::<i8>().ok());
    let date = found.filter(|((year, _), _)| (1000..=9999).contains(year)).and_then(|((year, month), day)| Date::new(year, month, day).ok());
    date.map(|date| Some(Value::String(date.to_string()))).ok_or("format.date")
}

/// Whether a text has nothing that typing would remove.
pub(crate) fn is_clean(field: &Field, text: &str) -> bool {
    text.chars().count() <= TYPED_LENGTH_MAX && clean(text, field.widget == Widget::Textarea) == text
}

/// Trims, unifies line ends and removes control characters.
fn clean(text: &str, lines: bool) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|c| !c.is_control() || (lines && *c == '\n') || *c == '\t').collect();
    kept.trim().to_owned()
}

/// Full-width ASCII (U+FF01 to U+FF5E) to ASCII, the ideographic space to a space.
pub(crate) fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '\u{3000}' => ' ',
            '。' => '.',
            '￥' => '¥',
            _ => c,
        })
        .collect()
}

fn by_format(field: &Field, text: String) -> String {
    let compact = |text: &str| narrow(text).chars().filter(|c| !c.is_whitespace()).collect::<String>();
    match field.format.as_deref() {
        Some("cn-id-number" | "cn-uscc") => compact(&text).to_ascii_uppercase(),
        Some("cn-mobile") => {
            let digits: String = compact(&text).chars().filter(|c| *c != '-').collect();
            digits.strip_prefix("+86").unwrap_or(&digits).to_owned()
        }
        Some("cn-phone" | "cn-division" | "email") => compact(&text),
        _ => text,
    }
}

fn without_separators(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '_' | '\u{00A0}')).collect()
}

fn whole(text: &str) -> Option<i64> {
    without_separators(text).strip_prefix('+').map_or_else(|| without_separators(text).parse().ok(), |rest| rest.parse().ok())
}

fn decimal(text: &str) -> Option<Number> {
    let text = without_separators(text);
    let digits = text.strip_prefix(['+', '-']).unwrap_or(&text);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') || !digits.chars().all(|c| c.is_ascii_digit() || ".eE+-".contains(c)) {
        return None;
    }
    if let Ok(n) = text.parse::<i64>() {
        return Some(Number::from(n));
    }
    if let Ok(n) = text.parse::<u64>() {
        return Some(Number::from(n));
    }
    f64::from_str(&text).ok().and_then(Number::from_f64)
}

/// Yuan to fen without floating point.
fn money(text: &str) -> Option<i64> {
    let text = without_separators(text);
    let text = text.trim_start_matches(['¥']).trim_end_matches('元');
    let text = text.strip_prefix("CNY").or(text.strip_prefix("RMB")).unwrap_or(text);
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (yuan, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if (yuan.is_empty() && fraction.is_empty()) || !digits(yuan) || !digits(fraction) || fraction.len() > 2 {
        return None;
    }
    let yuan: i64 = if yuan.is_empty() { 0 } else { yuan.parse().ok()? };
    let fen: i64 = format!("{fraction:0<2}").parse().ok()?;
    let amount = yuan.checked_mul(100)?.checked_add(fen)?;
    Some(if negative { -amount } else { amount })
}

/// `2026-01-05`, `2026/1/5`, `2026.1.5`, `2026年1月5日`, `20260105`.
fn date(text: &str) -> Option<Date> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let (year, rest) = text.split_at(4);
        let (month, day) = rest.split_at(2);
        return Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    }
    let text = text.trim_end_matches('日');
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).map(str::trim).collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok(),
        _ => None,
    }
}

fn yes_no(text: &str) -> Option<bool> {
    match text {
        "true" | "yes" | "on" | "1" | "是" => Some(true),
        "false" | "no" | "0" | "否" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_in_yuan_and_kept_in_fen() {
        for (text, fen) in [
            ("12", Some(1200)),
            ("1,234.5", Some(123450)),
            ("¥ 0.05", Some(5)),
            ("1234.50元", Some(123450)),
            (".5", Some(50)),
            ("-3.00", Some(-300)),
            ("92233720368547758.07", Some(i64::MAX)),
            ("92233720368547758.08", None),
            ("1.005", None),
            ("1e3", None),
            ("1.2.3", None),
            (".", None),
            ("--1", None),
            ("十元", None),
        ] {
            assert_eq!(money(text), fen, "{text}");
        }
        assert_eq!(money(&narrow("１２．５０")), Some(1250));
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for text in ["2026-01-05", "2026/1/5", "2026.1.5", "2026年1月5日", "2026 年 1 月 5 日", "20260105"] {
            assert_eq!(date(text).map(|d| d.to_string()).as_deref(), Some("2026-01-05"), "{text}");
        }
        for text in ["2026-02-29", "05-01-2026", "2026-1", "", "二〇二六年", "202601055"] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(three_boxes("２０２６", " 1", "5 "), Ok(Some(Value::from("2026-01-05"))));
        assert_eq!(three_boxes("", " ", ""), Ok(None));
        assert_eq!(three_boxes("2026", "", "5"), Err("format.date_incomplete"));
        assert_eq!(three_boxes("26", "1", "5"), Err("format.date"));
        assert_eq!(three_boxes("2026", "13", "5"), Err("format.date"));
    }

    #[test]
    fn numbers_lose_separators_and_full_width() {
        assert_eq!(whole(&narrow("１，０００")), Some(1000));
        assert_eq!(whole("+5"), Some(5));
        assert_eq!(whole("5.0"), None);
        assert_eq!(decimal("1,000.25").map(|n| n.to_string()).as_deref(), Some("1000.25"));
        assert_eq!(decimal("-.5").map(|n| n.to_string()).as_deref(), Some("-0.5"));
        assert_eq!(decimal("."), None);
        assert_eq!(decimal("inf"), None);
        assert_eq!(clean(" a\r\nb\u{0}\t", false), "ab");
        assert_eq!(clean(" a\r\nb ", true), "a\nb");
    }
}
