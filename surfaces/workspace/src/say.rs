//! Words in both languages, side by side where they are used, so that none can be missing.

use clock::Light;
use i18n::Lang;
use ui::TrafficLight;

/// Chooses between two texts.
pub(crate) trait Say {
    /// The text of the language.
    fn say(self, zh: &'static str, en: &'static str) -> &'static str;
    /// The made text of the language.
    fn tell(self, zh: String, en: String) -> String;
}

impl Say for Lang {
    fn say(self, zh: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::ZhHans => zh,
            Self::En => en,
        }
    }

    fn tell(self, zh: String, en: String) -> String {
        match self {
            Self::ZhHans => zh,
            Self::En => en,
        }
    }
}

/// A moment as people read it.
pub(crate) fn moment(lang: Lang, at_ms: i64) -> String {
    clock::from_millis(at_ms).map(|at| i18n::date_time(lang, at.to_zoned(clock::zone().clone()).datetime())).unwrap_or_default()
}

/// A moment for machines, RFC 3339.
pub(crate) fn moment_iso(at_ms: i64) -> String {
    clock::from_millis(at_ms).map(|at| at.to_string()).unwrap_or_default()
}

/// The light of the page for the light of a clock.
pub(crate) fn light(light: Light) -> ui::Light {
    match light {
        Light::Green => ui::Light::Green,
        Light::Yellow => ui::Light::Yellow,
        Light::Red => ui::Light::Red,
        Light::Paused => ui::Light::Paused,
    }
}

/// Working days left, in words.
pub(crate) fn remaining(lang: Lang, workdays: i64) -> String {
    match workdays {
        0 => lang.say("今天到期", "Due today").to_owned(),
        left if left > 0 => lang.tell(format!("剩余{left}个工作日"), i18n::count(Lang::En, left, "", "working day left", "working days left")),
        over => {
            let days = over.saturating_neg();
            lang.tell(format!("超期{days}个工作日"), i18n::count(Lang::En, days, "", "working day overdue", "working days overdue"))
        }
    }
}

/// The light of a list row, from nothing but its due day: lists do not open the sealed clock.
pub(crate) fn row_light(lang: Lang, calendar: &clock::WorkCalendar, row: RowClock, today: clock::Date) -> TrafficLight {
    match row {
        RowClock::Closed => TrafficLight::new(lang, ui::Light::Done),
        RowClock::Paused => TrafficLight::new(lang, ui::Light::Paused),
        RowClock::NotStarted => TrafficLight::with_text(ui::Light::Green, lang.say("尚未计时", "Clock not started")),
        RowClock::Due(due) if due < today => {
            TrafficLight::with_text(ui::Light::Red, remaining(lang, calendar.workdays_between(due, today).max(1).saturating_neg()))
        }
        RowClock::Due(due) => {
            let left = calendar.workdays_between(today, due);
            let near = if left <= NEAR_WORKDAYS { ui::Light::Yellow } else { ui::Light::Green };
            TrafficLight::with_text(near, remaining(lang, left))
        }
    }
}

/// From so many working days before the due day on, lists show yellow.
pub(crate) const NEAR_WORKDAYS: i64 = 2;

/// What a list knows of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowClock {
    /// The case is closed.
    Closed,
    /// The clock stands.
    Paused,
    /// It does not run yet.
    NotStarted,
    /// It runs until this day.
    Due(clock::Date),
}

impl RowClock {
    /// From the columns of a list.
    pub(crate) fn of(status: cases::CaseStatus, due_on: Option<clock::Date>) -> Self {
        match (status, due_on) {
            (cases::CaseStatus::Closed, _) => Self::Closed,
            (cases::CaseStatus::Suspended, _) => Self::Paused,
            (cases::CaseStatus::Submitted | cases::CaseStatus::Correcting | cases::CaseStatus::Accepted, Some(due)) => Self::Due(due),
            (cases::CaseStatus::Submitted | cases::CaseStatus::Correcting | cases::CaseStatus::Accepted, None) => Self::NotStarted,
        }
    }
}

/// The colour of the word for where a case stands.
pub(crate) fn status_tag(lang: Lang, status: cases::CaseStatus) -> ui::Tag {
    let colour = match status {
        cases::CaseStatus::Submitted => ui::TagColour::Turquoise,
        cases::CaseStatus::Correcting => ui::TagColour::Yellow,
        cases::CaseStatus::Accepted => ui::TagColour::Blue,
        cases::CaseStatus::Suspended => ui::TagColour::Purple,
        cases::CaseStatus::Closed => ui::TagColour::Grey,
    };
    let label = match status {
        // Seen from the desk it is the applicant who is awaited.
        cases::CaseStatus::Correcting => lang.say("待申请人补正", "Waiting for the applicant's correction").to_owned(),
        other => other.label().get(lang).to_owned(),
    };
    ui::Tag::new(colour, label)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> clock::Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_row_turns_yellow_two_working_days_before_and_red_after_its_due_day() {
        let calendar = clock::WorkCalendar::official();
        let shown = |due: &str| row_light(Lang::ZhHans, &calendar, RowClock::Due(day(due)), day("2026-03-02"));
        let cases = [
            ("2026-03-10", ui::Light::Green, "剩余6个工作日"),
            ("2026-03-04", ui::Light::Yellow, "剩余2个工作日"),
            ("2026-03-02", ui::Light::Yellow, "今天到期"),
            // Saturday the 28th is a make-up working day after the Spring Festival.
            ("2026-02-27", ui::Light::Red, "超期2个工作日"),
        ];
        for (due, light, text) in cases {
            let found = shown(due);
            assert_eq!((found.light, found.text.as_str()), (light, text), "{due}");
        }
    }

    #[test]
    fn english_counts_in_one_and_many() {
        assert_eq!(remaining(Lang::En, 1), "1 working day left");
        assert_eq!(remaining(Lang::En, -3), "3 working days overdue");
    }
}
