//! The clock of a case: promised and statutory day, what is left, pauses with their reasons.

use cases::model::CaseFile;
use cases::{CaseStatus, Outcome};
use clock::{LegalClock, WorkCalendar};
use gate::App;
use i18n::Lang;
use maud::{Markup, html};
use procedure::codes::{ClockStarts, Code, SuspendReason};
use ui::{ClockFace, ClockState, Content, Light};

use super::Own;
use crate::own::view::{fill, t, workdays};

/// The block; before the clock starts it says what starts it.
pub(super) fn block(app: &App, lang: Lang, own: &Own) -> ui::LegalClock {
    let file = &own.case.file;
    ui::LegalClock {
        title: t(lang, "clock.title").to_owned(),
        light: light(app, own),
        remaining: remaining(app, lang, own),
        state: state(lang, own),
        faces: faces(&app.calendar, lang, own),
        explanation: explanation(lang, file),
    }
}

fn light(app: &App, own: &Own) -> Light {
    if !own.case.file.status.is_open() {
        return Light::Done;
    }
    match own.case.file.light(&app.calendar, own.today) {
        None | Some(clock::Light::Green) => Light::Green,
        Some(clock::Light::Yellow) => Light::Yellow,
        Some(clock::Light::Red) => Light::Red,
        Some(clock::Light::Paused) => Light::Paused,
    }
}

fn remaining(app: &App, lang: Lang, own: &Own) -> String {
    let file = &own.case.file;
    let Some(clock) = file.clock.as_ref().filter(|_| file.status.is_open()) else {
        let label = file.outcome.map(Outcome::label).unwrap_or_else(|| own.package.item.limits.promised.label());
        return if file.status.is_open() { fill(lang, "clock.promised", &[("limit", label.get(lang))]) } else { label.get(lang).to_owned() };
    };
    let left = clock.promised.remaining(&app.calendar, own.today);
    match left {
        0 => t(lang, "clock.today").to_owned(),
        left if left < 0 => fill(lang, "clock.overdue", &[("days", &workdays(lang, -left))]),
        left => fill(lang, "clock.left", &[("days", &workdays(lang, left))]),
    }
}

fn state(lang: Lang, own: &Own) -> ClockState {
    let file = &own.case.file;
    match (file.status, &file.clock) {
        (CaseStatus::Closed, _) => ClockState::Ended(t(lang, "clock.ended").to_owned()),
        (CaseStatus::Suspended, Some(clock)) => {
            let reason = clock.promised.pauses.last().map(|pause| pause_words(lang, &pause.reason)).unwrap_or_default();
            ClockState::Paused(fill(lang, "clock.paused", &[("reason", &reason)]))
        }
        (CaseStatus::Correcting, None) => ClockState::NotStarted(t(lang, "clock.correcting").to_owned()),
        (_, None) => {
            let key = match own.package.item.case.clock_starts {
                ClockStarts::Accepted => "clock.from-acceptance",
                ClockStarts::Submitted => "clock.from-submission",
            };
            ClockState::NotStarted(t(lang, key).to_owned())
        }
        (_, Some(_)) => ClockState::Running,
    }
}

fn faces(calendar: &WorkCalendar, lang: Lang, own: &Own) -> Vec<ClockFace> {
    let Some(clock) = &own.case.file.clock else { return Vec::new() };
    let limits = &own.package.item.limits;
    let face = |label: &'static str, clock: &LegalClock, length: String| {
        let due = clock.due_as_of(calendar, own.today).date;
        ClockFace { label: t(lang, label).to_owned(), length, due: due.to_string(), due_text: i18n::date(lang, due) }
    };
    let mut faces = vec![face("clock.promised-day", &clock.promised, limits.promised.label().get(lang).to_owned())];
    if let (Some(clock), Some(statutory)) = (&clock.statutory, &limits.statutory) {
        faces.push(face("clock.statutory-day", clock, statutory.limit.label().get(lang).to_owned()));
    }
    faces
}

/// The lawful reason of a pause in words; a code that is none is shown as it is.
fn pause_words(lang: Lang, reason: &str) -> String {
    SuspendReason::from_code(reason).map_or_else(|| reason.to_owned(), |known| known.label().get(lang).to_owned())
}

fn explanation(lang: Lang, file: &CaseFile) -> Content {
    let Some(clock) = &file.clock else { return Content::Empty };
    let started = i18n::date(lang, clock.promised.started_on);
    Content::Html(html! {
        p.govuk-body-s { (fill(lang, "clock.counted", &[("day", &started)])) }
        @if let Some(days) = clock.promised.extension { p.govuk-body-s { (fill(lang, "clock.extended", &[("days", &workdays(lang, i64::from(days)))])) } }
        @if !clock.promised.pauses.is_empty() { (pauses(lang, &clock.promised)) }
    })
}

fn pauses(lang: Lang, clock: &LegalClock) -> Markup {
    html! {
        ul.govuk-list.govuk-list--bullet.govuk-body-s {
            @for pause in &clock.pauses {
                @let (from, reason) = (i18n::date(lang, pause.from), pause_words(lang, &pause.reason));
                @let until = pause.until.map_or_else(|| t(lang, "clock.until-now").to_owned(), |until| i18n::date(lang, until));
                li { (fill(lang, "clock.pause", &[("from", &from), ("until", &until), ("reason", &reason)])) }
            }
        }
    }
}
