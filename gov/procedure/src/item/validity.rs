//! 有效期 of a certificate.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::reader::Reader;

/// How long a certificate is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// 长期.
    LongTerm,
    /// A calendar period from the day of issue.
    Period {
        /// Years.
        years: i16,
        /// Months.
        months: i32,
        /// Days.
        days: i32,
    },
}

impl Validity {
    /// Reads `long-term` or an ISO 8601 period of years, months, weeks and days such as `P5Y` or `P1Y6M`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "long-term" {
            return Some(Self::LongTerm);
        }
        let (mut years, mut months, mut days) = (0_i16, 0_i32, 0_i32);
        let mut number = String::new();
        for c in text.strip_prefix('P')?.chars() {
            if c.is_ascii_digit() {
                number.push(c);
                continue;
            }
            let count: i16 = std::mem::take(&mut number).parse().ok().filter(|count| (0..=1000).contains(count))?;
            match c {
                'Y' if years == 0 => years = count,
                'M' if months == 0 => months = i32::from(count),
                'W' if days == 0 => days = i32::from(count) * 7,
                'D' if days == 0 => days = i32::from(count),
                _ => return None,
            }
        }
        let something = years > 0 || months > 0 || days > 0;
        (number.is_empty() && something).then_some(Self::Period { years, months, days })
    }

    /// The last day of validity of a certificate issued on `from`: the day before the period has passed. `None`: long-term.
    #[must_use]
    pub fn last_day(&self, from: Date) -> Option<Date> {
        match *self {
            Self::LongTerm => None,
            Self::Period { years, months, days } => {
                let span = i32::from(years).years().months(months).days(days);
                Some(from.saturating_add(span).saturating_sub(1.day()))
            }
        }
    }

    pub(crate) fn read(reader: &mut Reader<'_, '_>, key: &'static str) -> Self {
        let text = reader.text(key);
        Self::parse(&text).unwrap_or_else(|| {
            if !text.is_empty() {
                let zh = format!("有效期“{text}”应为 long-term 或 ISO 8601 时段，例如 P5Y。");
                let en = format!("The validity \"{text}\" must be long-term or an ISO 8601 period such as P5Y.");
                reader.problem(key, "validity-wrong", zh, en);
            }
            Self::LongTerm
        })
    }
}

impl Serialize for Validity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::LongTerm => serializer.serialize_str("long-term"),
            Self::Period { years, months, days } => serializer.serialize_str(&format!("P{years}Y{months}M{days}D")),
        }
    }
}
