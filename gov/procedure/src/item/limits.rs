//! 时限: statutory and promised limits, and the clocks around them.

use i18n::Text;
use serde::Serialize;

use crate::codes::{Code, SuspendReason, Unit};
use crate::reader::Reader;

/// The longest limit that can be written, in its unit.
const VALUE_MAX: i64 = 3650;

/// A number of working days, calendar days or hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Duration {
    /// How many.
    pub value: u32,
    /// Of what.
    pub unit: Unit,
}

impl Duration {
    /// "3个工作日", "3 working days", "1 working day".
    #[must_use]
    pub fn label(&self) -> Text {
        let unit = self.unit.label();
        let en = if self.value == 1 { unit.en.strip_suffix('s').unwrap_or(&unit.en) } else { unit.en.as_str() };
        Text { zh: format!("{}{}", self.value, unit.zh), en: format!("{} {en}", self.value) }
    }

    /// The time in hours at the least (a working day counts as 24 hours), for comparing limits of different units.
    #[must_use]
    pub fn hours(&self) -> u64 {
        u64::from(self.value) * if self.unit == Unit::Hour { 1 } else { 24 }
    }

    fn read(reader: &mut Reader<'_, '_>) -> Self {
        Self { value: reader.number("value", VALUE_MAX), unit: reader.code("unit", Unit::Workday) }
    }
}

/// 法定办结时限.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatutoryLimit {
    /// The limit.
    pub limit: Duration,
    /// The article it comes from.
    pub basis: String,
    /// 法定办结时限说明.
    pub note: Option<Text>,
}

impl StatutoryLimit {
    fn read(reader: &mut Reader<'_, '_>) -> Self {
        let limit = Duration::read(reader);
        Self { limit, basis: reader.text("basis"), note: reader.bilingual_or_none("note") }
    }
}

/// All clocks of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// 法定办结时限; public services may have none.
    pub statutory: Option<StatutoryLimit>,
    /// 承诺办结时限.
    pub promised: Duration,
    /// One-time correction notice, 行政许可法 第三十二条.
    pub correction_notice_workdays: u32,
    /// After which an unanswered correction ends the case.
    pub correction_answer_workdays: u32,
    /// 颁发送达, 行政许可法 第四十四条.
    pub delivery_workdays: u32,
    /// The one extension, 行政许可法 第四十二条; 0: none.
    pub extension_workdays_max: u32,
    /// Special procedures that stop the clock, 行政许可法 第四十五条.
    pub suspend_reasons: Vec<SuspendReason>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            statutory: None,
            promised: Duration { value: 0, unit: Unit::Workday },
            correction_notice_workdays: 5,
            correction_answer_workdays: 15,
            delivery_workdays: 10,
            extension_workdays_max: 0,
            suspend_reasons: Vec::new(),
        }
    }
}

impl Limits {
    pub(crate) fn read(reader: &mut Reader<'_, '_>) -> Self {
        let default = Self::default();
        let promised = reader.table_or_none("promised", Duration::read);
        if promised.is_none() && !reader.has("promised") {
            let (zh, en) = ("缺少必填的键“limits.promised”。", "The key \"limits.promised\" is missing.");
            reader.problem("promised", "key-missing", zh.to_owned(), en.to_owned());
        }
        Self {
            statutory: reader.table_or_none("statutory", StatutoryLimit::read),
            promised: promised.unwrap_or(default.promised),
            correction_notice_workdays: reader.number_or("correction_notice_workdays", default.correction_notice_workdays, VALUE_MAX),
            correction_answer_workdays: reader.number_or("correction_answer_workdays", default.correction_answer_workdays, VALUE_MAX),
            delivery_workdays: reader.number_or("delivery_workdays", default.delivery_workdays, VALUE_MAX),
            extension_workdays_max: reader.number_or("extension_workdays_max", default.extension_workdays_max, VALUE_MAX),
            suspend_reasons: reader.codes("suspend_reasons"),
        }
    }
}
