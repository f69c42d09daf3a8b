//! Values as a register or a comparison reads them: the text that a person would have typed.

use i18n::Text;
use jiff::civil::Time;
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp, civil};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::record::Field;
use parquet::schema::types::ColumnDescriptor;

const NANOSECONDS: i64 = 1_000_000_000;
/// China has one time (GB/T 7408).
const CHINA_HOURS: i8 = 8;
/// Larger numbers with decimals have lost digits.
const EXACT_MAX: f64 = 999_999_999_999_999.0;
const EXACT_SINGLE_MAX: f32 = 16_777_215.0;

/// In which form the values of a column come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As their type says.
    Plain,
    /// Parts of a second since 1970; `is_utc` where they stand for a moment, otherwise for what a clock shows.
    Moment { per_second: i64, is_utc: bool },
    /// Parts of a second since midnight.
    TimeOfDay { per_second: i64 },
}

impl Form {
    /// The form of a column. What says only the older converted type is in UTC, by the format's own rule.
    pub(super) fn of(column: &ColumnDescriptor) -> Self {
        match (column.logical_type_ref(), column.converted_type()) {
            (Some(LogicalType::Timestamp(kind)), _) => Self::Moment { per_second: per_second(kind.unit), is_utc: kind.is_adjusted_to_u_t_c },
            (Some(LogicalType::Time(kind)), _) => Self::TimeOfDay { per_second: per_second(kind.unit) },
            (_, ConvertedType::TIMESTAMP_MILLIS) => Self::Moment { per_second: 1_000, is_utc: true },
            (_, ConvertedType::TIMESTAMP_MICROS) => Self::Moment { per_second: 1_000_000, is_utc: true },
            (_, ConvertedType::TIME_MILLIS) => Self::TimeOfDay { per_second: 1_000 },
            (_, ConvertedType::TIME_MICROS) => Self::TimeOfDay { per_second: 1_000_000 },
            _ => Self::Plain,
        }
    }

    /// The text of a value; empty for none.
    pub(super) fn text_of(self, field: &Field) -> Result<String, Text> {
        match (self, parts(field)) {
            (_, _) if *field == Field::Null => Ok(String::new()),
            (Self::Plain, _) => plain(field),
            (Self::Moment { per_second, is_utc }, Some(parts)) => moment(parts, per_second, is_utc).ok_or_else(beyond),
            (Self::TimeOfDay { per_second }, Some(parts)) => time_of_day(parts, per_second).ok_or_else(beyond),
            (Self::Moment { .. } | Self::TimeOfDay { .. }, None) => Err(unknown()),
        }
    }
}

const fn per_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::MILLIS => 1_000,
        TimeUnit::MICROS => 1_000_000,
        TimeUnit::NANOS => NANOSECONDS,
    }
}

fn parts(field: &Field) -> Option<i64> {
    match field {
        Field::Long(parts) | Field::TimestampMillis(parts) | Field::TimestampMicros(parts) | Field::TimeMicros(parts) => Some(*parts),
        Field::Int(parts) | Field::TimeMillis(parts) => Some(i64::from(*parts)),
        _ => None,
    }
}

fn plain(field: &Field) -> Result<String, Text> {
    Ok(match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => std::str::from_utf8(bytes.data()).map_err(|_| unknown())?.to_owned(),
        Field::Float(number) if !number.is_finite() => return Err(no_number()),
        Field::Double(number) if !number.is_finite() => return Err(no_number()),
        Field::Float(number) if number.abs() > EXACT_SINGLE_MAX => return Err(inexact()),
        Field::Double(number) if number.abs() > EXACT_MAX => return Err(inexact()),
        Field::Float(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        Field::Date(days) => day(*days).ok_or_else(beyond)?,
        Field::Bool(_) | Field::Byte(_) | Field::Short(_) | Field::Int(_) | Field::Long(_) => field.to_string(),
        Field::UByte(_) | Field::UShort(_) | Field::UInt(_) | Field::ULong(_) | Field::Decimal(_) => field.to_string(),
        _ => return Err(unknown()),
    })
}

fn day(days: i32) -> Option<String> {
    let span = Span::new().try_days(days).ok()?;
    Some(civil::date(1970, 1, 1).checked_add(span).ok()?.to_string())
}

/// A day where the clock shows midnight, as those who count write days.
fn moment(parts: i64, per_second: i64, is_utc: bool) -> Option<String> {
    let nanoseconds = parts.rem_euclid(per_second).checked_mul(NANOSECONDS.checked_div(per_second)?)?;
    let at = Timestamp::new(parts.div_euclid(per_second), i32::try_from(nanoseconds).ok()?).ok()?;
    let zone = if is_utc { TimeZone::fixed(Offset::constant(CHINA_HOURS)) } else { TimeZone::UTC };
    let shown = at.to_zoned(zone).datetime();
    Some(if shown.time() == Time::midnight() { shown.date().to_string() } else { shown.to_string() })
}

fn time_of_day(parts: i64, per_second: i64) -> Option<String> {
    let nanoseconds = parts.checked_mul(NANOSECONDS.checked_div(per_second)?).filter(|parts| (0..86_400 * NANOSECONDS).contains(parts))?;
    Some(Time::midnight().checked_add(Span::new().try_nanoseconds(nanoseconds).ok()?).ok()?.to_string())
}

fn beyond() -> Text {
    Text::new("日期或时间超出可表示的范围。", "The day or time is beyond what can be told.")
}

fn no_number() -> Text {
    Text::new("不是有限的数值（NaN或无穷大）。", "It is no finite number.")
}

fn inexact() -> Text {
    Text::new(
        "长号码被存为浮点数，末尾数字已丢失；请把该列改为文本后重新导出。",
        "A long number was stored with a floating point and has lost digits; make the column text and export again.",
    )
}

fn unknown() -> Text {
    Text::new("不是文本、数值、日期或时间。", "It is neither text, number, day nor time.")
}
