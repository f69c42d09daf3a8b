//! How a certificate gets its number.

use serde::{Serialize, Serializer};

use crate::reader::Reader;

/// A new 统一社会信用代码, or a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberRule {
    /// `uscc`: the certificate creates a legal entity and its code.
    Uscc,
    /// A pattern such as `JY2{division}{serial:7}{check}`.
    Pattern(NumberPattern),
}

/// A certificate number pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberPattern(Vec<NumberPart>);

/// One part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberPart {
    /// Fixed characters.
    Literal(String),
    /// `{division}`: the six digits of the issuing organ's division.
    Division,
    /// `{year}`: four digits.
    Year,
    /// `{serial:n}`: a serial number of `n` digits, counted per certificate type, organ and (when the pattern has `{year}`) year.
    Serial {
        /// Number of digits.
        width: usize,
    },
    /// `{check}`: ISO/IEC 7064 MOD 11,10 over the digits before it (GB/T 17710).
    Check,
}

impl NumberRule {
    /// Reads `uscc` or a pattern.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "uscc" { Some(Self::Uscc) } else { NumberPattern::parse(text).map(Self::Pattern) }
    }

    pub(crate) fn read(reader: &mut Reader<'_, '_>, key: &'static str) -> Self {
        let text = reader.text(key);
        Self::parse(&text).unwrap_or_else(|| {
            if !text.is_empty() {
                let zh = format!(
                    "证照编号规则“{text}”有误；用 uscc，或由文字和 {{division}}、{{year}}、{{serial:位数}}、{{check}} 组成且恰有一个 serial。"
                );
                let en = format!(
                    "The number rule \"{text}\" is wrong; use uscc, or text with {{division}}, {{year}}, {{check}} and one {{serial:digits}}."
                );
                reader.problem(key, "number-rule-wrong", zh, en);
            }
            Self::Uscc
        })
    }
}

impl Serialize for NumberRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Uscc => serializer.serialize_str("uscc"),
            Self::Pattern(pattern) => serializer.serialize_str(&pattern.source()),
        }
    }
}

impl NumberPattern {
    /// Reads a pattern; `None` when a brace or a part is wrong or there is not exactly one serial.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            push_literal(&mut parts, before)?;
            let (name, after) = after.split_once('}')?;
            parts.push(part(name)?);
            rest = after;
        }
        push_literal(&mut parts, rest)?;
        let serials = parts.iter().filter(|part| matches!(part, NumberPart::Serial { .. })).count();
        (serials == 1).then_some(Self(parts))
    }

    /// The parts in order.
    #[must_use]
    pub fn parts(&self) -> &[NumberPart] {
        &self.0
    }

    /// The number for a serial. A serial with more digits than the pattern has is written in full.
    #[must_use]
    pub fn render(&self, division: &str, year: i16, serial: u64) -> String {
        let mut number = String::new();
        for part in &self.0 {
            match part {
                NumberPart::Literal(text) => number.push_str(text),
                NumberPart::Division => number.push_str(division),
                NumberPart::Year => number.push_str(&format!("{year:04}")),
                NumberPart::Serial { width } => number.push_str(&format!("{serial:0width$}")),
                NumberPart::Check => number.push(check_digit(&number)),
            }
        }
        number
    }

    fn source(&self) -> String {
        let part = |part: &NumberPart| match part {
            NumberPart::Literal(text) => text.clone(),
            NumberPart::Division => "{division}".to_owned(),
            NumberPart::Year => "{year}".to_owned(),
            NumberPart::Serial { width } => format!("{{serial:{width}}}"),
            NumberPart::Check => "{check}".to_owned(),
        };
        self.0.iter().map(part).collect()
    }
}

fn push_literal(parts: &mut Vec<NumberPart>, text: &str) -> Option<()> {
    if text.contains('}') {
        return None;
    }
    if !text.is_empty() {
        parts.push(NumberPart::Literal(text.to_owned()));
    }
    Some(())
}

fn part(name: &str) -> Option<NumberPart> {
    match name {
        "division" => Some(NumberPart::Division),
        "year" => Some(NumberPart::Year),
        "check" => Some(NumberPart::Check),
        _ => {
            let width = name.strip_prefix("serial:")?.parse().ok()?;
            (1..=12).contains(&width).then_some(NumberPart::Serial { width })
        }
    }
}

/// ISO/IEC 7064 MOD 11,10 over the digits of `text`.
fn check_digit(text: &str) -> char {
    let mut product = 10_u32;
    for digit in text.chars().filter_map(|c| c.to_digit(10)) {
        let sum = (product + digit) % 10;
        product = (if sum == 0 { 10 } else { sum }) * 2 % 11;
    }
    char::from_digit((11 - product) % 10, 10).unwrap_or('0')
}
