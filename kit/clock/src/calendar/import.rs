//! A year's arrangement as an administrator imports it, and the checks it must pass.

use super::Notice;
use super::year::{YearTable, is_weekend};
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// Years an administrator may import: the office week of five days began in 1995, and nobody plans past 2100.
const YEAR_MIN: i16 = 1995;
const YEAR_MAX: i16 = 2100;
/// The notice of year Y may move days of late December of Y-1, never earlier ones: 2007, 2018 and 2022 did so.
pub(super) const DECEMBER_REACH_DAY_MIN: i8 = 28;
/// Working days of a real year lie well inside these (2004-2026: 248 to 252).
const WORKDAYS_MIN: u32 = 240;
const WORKDAYS_MAX: u32 = 258;
/// A file longer than a year is no arrangement; stops hostile input early.
const DAYS_MAX: usize = 400;

/// One year's arrangement in the shape of the public holiday-cn files:
/// `{"year":2026,"papers":["…"],"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true}]}`. Other members are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearImport {
    /// The year that the notice arranges.
    pub year: i16,
    /// Addresses of the notices.
    #[serde(default)]
    pub papers: Vec<String>,
    /// Days off and make-up working days. Plain weekends may be left out.
    pub days: Vec<ImportDay>,
}

/// One day that the notice sets apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportDay {
    /// Name of the holiday, for example 春节.
    pub name: String,
    /// The day.
    pub date: Date,
    /// `true`: a day off; `false`: a weekend day on which offices work.
    #[serde(rename = "isOffDay")]
    pub is_off_day: bool,
}

/// Why an arrangement cannot be imported. `Display` is English, [`CalendarProblem::zh`] Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CalendarProblem {
    /// Not JSON of the expected shape.
    #[error("the file cannot be read as a holiday arrangement: {detail}")]
    Unreadable {
        /// What the reader said.
        detail: String,
    },
    /// Year out of range.
    #[error("the year {year} is not one that can be imported (1995 to 2100)")]
    YearOutOfRange {
        /// The year of the file.
        year: i16,
    },
    /// The file exists but the notice has not been published yet.
    #[error("the file of {year} lists no days; the arrangement has not been published yet")]
    Empty {
        /// The year of the file.
        year: i16,
    },
    /// More entries than a year has days.
    #[error("the file lists {count} days; a year's arrangement has at most 400")]
    TooManyDays {
        /// Number of entries.
        count: usize,
    },
    /// A day of another year.
    #[error("{date} does not belong to {year}, nor to the last days of December before it")]
    DayOutsideYear {
        /// The stray day.
        date: Date,
        /// The year of the file.
        year: i16,
    },
    /// A day listed twice.
    #[error("{date} is listed more than once")]
    DayTwice {
        /// The repeated day.
        date: Date,
    },
    /// A day without the name of its holiday.
    #[error("{date} has no name")]
    NameMissing {
        /// The nameless day.
        date: Date,
    },
    /// Make-up working days fall on weekends.
    #[error("{date} is listed as a make-up working day, but it is not a Saturday or Sunday")]
    MakeUpOnWeekday {
        /// The impossible day.
        date: Date,
    },
    /// 1 January, 1 May and 1 October are days off by the State Council's regulation in every year.
    #[error("{date} is a statutory holiday, but the file does not list it as a day off")]
    StatutoryDayMissing {
        /// The missing day.
        date: Date,
    },
    /// The year would have an impossible number of working days.
    #[error("the year would have {workdays} working days; a real year has 240 to 258")]
    WorkdaysImplausible {
        /// Working days of the year with this file.
        workdays: u32,
    },
}

impl CalendarProblem {
    /// Stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "calendar-unreadable",
            Self::YearOutOfRange { .. } => "calendar-year-out-of-range",
            Self::Empty { .. } => "calendar-empty",
            Self::TooManyDays { .. } => "calendar-too-many-days",
            Self::DayOutsideYear { .. } => "calendar-day-outside-year",
            Self::DayTwice { .. } => "calendar-day-twice",
            Self::NameMissing { .. } => "calendar-name-missing",
            Self::MakeUpOnWeekday { .. } => "calendar-make-up-on-weekday",
            Self::StatutoryDayMissing { .. } => "calendar-statutory-day-missing",
            Self::WorkdaysImplausible { .. } => "calendar-workdays-implausible",
        }
    }

    /// The same sentence in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Unreadable { detail } => format!("文件不是可识别的节假日安排：{detail}"),
            Self::YearOutOfRange { year } => format!("{year} 年不在可导入的范围（1995 至 2100 年）"),
            Self::Empty { year } => format!("{year} 年的文件没有列出任何日期，放假安排尚未公布"),
            Self::TooManyDays { count } => format!("文件列出了 {count} 个日期，一年的安排至多 400 个"),
            Self::DayOutsideYear { date, year } => format!("{date} 不属于 {year} 年，也不是上一年十二月的最后几天"),
            Self::DayTwice { date } => format!("{date} 重复列出"),
            Self::NameMissing { date } => format!("{date} 没有写明节日名称"),
            Self::MakeUpOnWeekday { date } => format!("{date} 列为调休上班日，但当天不是星期六或星期日"),
            Self::StatutoryDayMissing { date } => format!("{date} 是法定节假日，文件却没有列为放假"),
            Self::WorkdaysImplausible { workdays } => format!("按此安排全年有 {workdays} 个工作日，实际年份在 240 至 258 之间"),
        }
    }
}

impl YearImport {
    /// Reads the JSON file.
    pub fn from_json(text: &str) -> Result<Self, CalendarProblem> {
        serde_json::from_str(text).map_err(|error| CalendarProblem::Unreadable { detail: error.to_string() })
    }

    /// The notice this file describes, or everything that is wrong with it.
    pub(super) fn checked(&self) -> Result<Notice, Vec<CalendarProblem>> {
        if !(YEAR_MIN..=YEAR_MAX).contains(&self.year) {
            return Err(vec![CalendarProblem::YearOutOfRange { year: self.year }]);
        }
        if self.days.is_empty() {
            return Err(vec![CalendarProblem::Empty { year: self.year }]);
        }
        if self.days.len() > DAYS_MAX {
            return Err(vec![CalendarProblem::TooManyDays { count: self.days.len() }]);
        }
        let mut problems = Vec::new();
        let mut notice = Notice::new();
        for day in &self.days {
            self.check_day(day, &mut problems);
            let facts = (day.name.trim().to_owned(), day.is_off_day);
            if notice.insert(day.date, facts).is_some() {
                problems.push(CalendarProblem::DayTwice { date: day.date });
            }
        }
        self.check_year(&notice, &mut problems);
        if problems.is_empty() { Ok(notice) } else { Err(problems) }
    }

    fn check_day(&self, day: &ImportDay, problems: &mut Vec<CalendarProblem>) {
        let in_year = day.date.year() == self.year;
        if !in_year && !reaches_back(day.date, self.year) {
            problems.push(CalendarProblem::DayOutsideYear { date: day.date, year: self.year });
        }
        if day.name.trim().is_empty() {
            problems.push(CalendarProblem::NameMissing { date: day.date });
        }
        if !day.is_off_day && !is_weekend(day.date) {
            problems.push(CalendarProblem::MakeUpOnWeekday { date: day.date });
        }
    }

    fn check_year(&self, notice: &Notice, problems: &mut Vec<CalendarProblem>) {
        for (month, day) in [(1, 1), (5, 1), (10, 1)] {
            let statutory = date(self.year, month, day);
            if !notice.get(&statutory).is_some_and(|(_, is_off)| *is_off) {
                problems.push(CalendarProblem::StatutoryDayMissing { date: statutory });
            }
        }
        let set_apart: BTreeMap<Date, bool> = notice.iter().map(|(day, (_, is_off))| (*day, *is_off)).collect();
        let workdays = YearTable::new(self.year, &set_apart).total();
        if !(WORKDAYS_MIN..=WORKDAYS_MAX).contains(&workdays) {
            problems.push(CalendarProblem::WorkdaysImplausible { workdays });
        }
    }
}

/// Whether the notice of `year` may speak about `day` of the December before.
pub(super) fn reaches_back(day: Date, year: i16) -> bool {
    day.year().saturating_add(1) == year && day.month() == 12 && day.day() >= DECEMBER_REACH_DAY_MIN
}
