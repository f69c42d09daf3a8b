//! 更新周期, and when the next update is due.

use clock::{Date, WorkCalendar};
use serde::{Deserialize, Serialize};

use super::domain::domain;

domain! {
    /// 更新周期
    UpdatePeriod {
        /// 实时
        Live = ("live", "1", "实时", "Live"),
        /// 每日
        Daily = ("daily", "2", "每日", "Daily"),
        /// 每周
        Weekly = ("weekly", "3", "每周", "Weekly"),
        /// 每月
        Monthly = ("monthly", "4", "每月", "Monthly"),
        /// 每季度
        Quarterly = ("quarterly", "5", "每季度", "Quarterly"),
        /// 每年
        Yearly = ("yearly", "6", "每年", "Yearly"),
        /// 不定期
        Irregular = ("irregular", "9", "不定期", "At no fixed time"),
    }
}

/// Where a resource stands against its update period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Freshness {
    /// No period is fixed.
    NoPeriod,
    /// Nothing has been delivered yet.
    NeverUpdated,
    /// In time.
    Fresh,
    /// Due within [`DUE_SOON_WORKDAYS`] working days.
    DueSoon,
    /// The due day has passed.
    Overdue,
}

/// Working days before the due day in which a resource counts as due.
pub const DUE_SOON_WORKDAYS: i64 = 2;

impl UpdatePeriod {
    /// The last day on which the next update is in time. Live and daily data are due on the next working day, longer periods count calendar
    /// days and end on a working day (民法典 第二百零三条). `None` without a fixed period.
    #[must_use]
    pub fn next_due(self, updated_on: Date, calendar: &WorkCalendar) -> Option<Date> {
        let days = match self {
            Self::Live | Self::Daily => return Some(calendar.add_workdays(updated_on, 1).date),
            Self::Weekly => 7,
            Self::Monthly => 31,
            Self::Quarterly => 92,
            Self::Yearly => 366,
            Self::Irregular => return None,
        };
        Some(calendar.add_calendar_days(updated_on, days).date)
    }
}

impl Freshness {
    /// Judges by the due day. `due` is `None` when there is no period or nothing was ever delivered.
    #[must_use]
    pub fn of(period: UpdatePeriod, updated_on: Option<Date>, due: Option<Date>, today: Date, calendar: &WorkCalendar) -> Self {
        match (period, updated_on, due) {
            (UpdatePeriod::Irregular, _, _) => Self::NoPeriod,
            (_, None, _) | (_, _, None) => Self::NeverUpdated,
            (_, Some(_), Some(due)) if due < today => Self::Overdue,
            (_, Some(_), Some(due)) if calendar.workdays_between(today, due) <= DUE_SOON_WORKDAYS => Self::DueSoon,
            (_, Some(_), Some(_)) => Self::Fresh,
        }
    }

    /// Word for programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoPeriod => "no-period",
            Self::NeverUpdated => "never-updated",
            Self::Fresh => "fresh",
            Self::DueSoon => "due-soon",
            Self::Overdue => "overdue",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_next_update_is_due_by_the_period() {
        let calendar = WorkCalendar::official();
        let due = |period: UpdatePeriod, on: &str| period.next_due(day(on), &calendar).map(|date| date.to_string());
        assert_eq!(due(UpdatePeriod::Daily, "2026-03-06").as_deref(), Some("2026-03-09"), "Friday, then Monday");
        assert_eq!(due(UpdatePeriod::Weekly, "2026-03-02").as_deref(), Some("2026-03-09"));
        assert_eq!(due(UpdatePeriod::Monthly, "2026-03-03").as_deref(), Some("2026-04-03"));
        assert_eq!(due(UpdatePeriod::Irregular, "2026-03-03"), None);
    }

    #[test]
    fn a_resource_is_fresh_then_due_then_overdue() {
        let calendar = WorkCalendar::official();
        let at = |today: &str| Freshness::of(UpdatePeriod::Weekly, Some(day("2026-03-02")), Some(day("2026-03-09")), day(today), &calendar);
        assert_eq!(at("2026-03-03"), Freshness::Fresh);
        assert_eq!(at("2026-03-05"), Freshness::DueSoon);
        assert_eq!(at("2026-03-09"), Freshness::DueSoon);
        assert_eq!(at("2026-03-10"), Freshness::Overdue);
        assert_eq!(Freshness::of(UpdatePeriod::Weekly, None, None, day("2026-03-10"), &calendar), Freshness::NeverUpdated);
        assert_eq!(Freshness::of(UpdatePeriod::Irregular, None, None, day("2026-03-10"), &calendar), Freshness::NoPeriod);
    }
}
