//! The clock of the case, and what can be done to it.

use cases::CaseStatus;
use clock::LegalClock;
use i18n::Lang;
use maud::{Markup, html};
use procedure::codes::{Code, SuspendReason};
use ui::{ClockFace, ClockState, Content};

use super::{Desktop, Dossier};
use crate::say::{Say, light, remaining};

/// The word for a reason to pause.
pub(super) fn reason(code: &str, lang: Lang) -> String {
    SuspendReason::from_code(code).map_or_else(|| code.to_owned(), |reason| reason.label().get(lang).to_owned())
}

pub(super) fn section(dossier: &Dossier, desk: Desktop<'_>) -> Markup {
    let (file, lang) = (&dossier.view.file, desk.lang);
    let title = lang.say("办理时限", "Clock").to_owned();
    let Some(clock) = &file.clock else {
        let state = if file.status == CaseStatus::Closed {
            ClockState::Ended(lang.say("未受理即办结，没有计时。", "Closed before the clock ran.").to_owned())
        } else {
            ClockState::NotStarted(lang.say("自受理之日起计时。", "The clock starts on acceptance.").to_owned())
        };
        let remaining = lang.say("尚未计时", "Not started").to_owned();
        return html! { (ui::LegalClock { title, light: ui::Light::Green, remaining, state, ..ui::LegalClock::default() }) };
    };
    let promised = &clock.promised;
    let (shown, left) = match file.light(desk.calendar, desk.today) {
        Some(found) => (light(found), remaining(lang, promised.remaining(desk.calendar, desk.today))),
        None => (ui::Light::Done, lang.say("已办结", "Closed").to_owned()),
    };
    let mut faces = vec![face(lang.say("承诺办结", "Promised"), promised, dossier.package.item.limits.promised.label().get(lang), desk)];
    if let (Some(statutory), Some(limit)) = (&clock.statutory, &dossier.package.item.limits.statutory) {
        faces.push(face(lang.say("法定办结", "By law"), statutory, limit.limit.label().get(lang), desk));
    }
    let (state, explanation) = (state(dossier, promised, desk), Content::Html(explanation(dossier, promised, desk)));
    html! { (ui::LegalClock { title, light: shown, remaining: left, state, faces, explanation }) }
}

fn state(dossier: &Dossier, clock: &LegalClock, desk: Desktop<'_>) -> ClockState {
    let lang = desk.lang;
    match (dossier.view.file.status, clock.pauses.last().filter(|pause| pause.until.is_none())) {
        (CaseStatus::Closed, _) => ClockState::Ended(lang.say("本件已办结，时限停止计算。", "The case is closed; the clock has stopped.").to_owned()),
        (_, Some(pause)) => {
            let (why, since) = (reason(&pause.reason, lang), i18n::date(lang, pause.from));
            ClockState::Paused(lang.tell(format!("自{since}起因{why}暂停计时"), format!("Paused since {since}: {why}")))
        }
        _ => ClockState::Running,
    }
}

fn face(label: &str, clock: &LegalClock, length: &str, desk: Desktop<'_>) -> ClockFace {
    let due = clock.due_as_of(desk.calendar, desk.today);
    let mark = match due.certainty {
        clock::Certainty::Official => "",
        clock::Certainty::Provisional => desk.lang.say("（暂估）", " (provisional)"),
    };
    ClockFace {
        label: label.to_owned(),
        length: length.to_owned(),
        due: due.date.to_string(),
        due_text: format!("{}{mark}", i18n::date(desk.lang, due.date)),
    }
}

fn explanation(dossier: &Dossier, clock: &LegalClock, desk: Desktop<'_>) -> Markup {
    let lang = desk.lang;
    let start = i18n::date(lang, clock.started_on);
    html! {
        p { (lang.tell(
            format!("{start}起算，当日不计入（民法典第二百零一条）；按国务院公布的工作日历计算。"),
            format!("Starts on {start}, that day not counted (Civil Code art. 201), by the official working-day calendar."),
        )) }
        @for pause in clock.pauses.iter().filter(|pause| pause.until.is_some()) {
            @let (from, until) = (i18n::date(lang, pause.from), pause.until.map(|until| i18n::date(lang, until)).unwrap_or_default());
            p { (lang.tell(
                format!("{from}至{until}因{}不计入。", reason(&pause.reason, lang)),
                format!("{from} to {until} not counted: {}.", reason(&pause.reason, lang)),
            )) }
        }
        @if let Some(days) = clock.extension { p { (lang.tell(format!("经负责人批准延长{days}个工作日。"), format!("Extended by {days} working days."))) } }
        @if let Some(correction) = dossier.view.file.correction.as_ref().filter(|_| dossier.view.file.status == CaseStatus::Correcting) {
            @let until = i18n::date(lang, correction.answer_by);
            p { (lang.tell(format!("补正告知后等待申请人，最迟{until}。"), format!("Waiting for the applicant's correction, until {until}."))) }
        }
    }
}
