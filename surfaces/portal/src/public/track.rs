//! `/track`: the progress of a case, for whoever knows its number and query code.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use cases::queries::{Progress, progress};
use cases::{CaseStatus, Outcome};
use gate::{App, Form, PageError, Visitor, form_fields, unprocessable};
use i18n::Lang;
use maud::{Markup, html};
use ui::{
    Button, ErrorMessage, ErrorSummary, Input, InsetText, Light, SummaryCard, SummaryList, SummaryRow, Tag, TagColour, Timeline, TimelineItem,
    TrafficLight,
};

use super::texts::{fill, t};
use super::view::{View, document, moment, param, send};

const NUMBER_CHARS_MAX: usize = 60;

/// What the form shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct TrackForm {
    pub(crate) number: String,
    /// Key of the sentence that says what is wrong, if anything.
    pub(crate) error: Option<&'static str>,
    pub(crate) hidden: Markup,
}

/// `GET /track`; `?number=` fills the number in.
pub(crate) async fn get(State(app): State<App>, visitor: Visitor, Query(pairs): Query<Vec<(String, String)>>) -> Response {
    let number = param(&pairs, "number").chars().take(NUMBER_CHARS_MAX).collect();
    send(&app, &visitor, form_view(visitor.lang, &TrackForm { number, error: None, hidden: form_fields(&visitor) }))
}

/// `POST /track` answers with the progress itself: a redirect would leave the query code in the address and its history.
pub(crate) async fn post(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, PageError> {
    let (number, code) = (form.text("number").to_owned(), form.text("code").to_owned());
    let problem = |error| {
        let number = form.text("number").chars().take(NUMBER_CHARS_MAX).collect();
        let form = TrackForm { number, error: Some(error), hidden: form_fields(&visitor) };
        Ok(unprocessable(document(&app, &visitor, form_view(visitor.lang, &form))))
    };
    if number.is_empty() || code.is_empty() {
        return problem("p.track.both");
    }
    let (keys, calendar, today) = (Arc::clone(&app.keys), Arc::clone(&app.calendar), app.today());
    match app.read(move |tx| progress(tx, &keys, &calendar, today, &number, &code)).await? {
        Some(progress) => Ok(document(&app, &visitor, view(visitor.lang, &progress)).into_response()),
        None => problem("p.track.unknown"),
    }
}

pub(crate) fn form_view(lang: Lang, form: &TrackForm) -> View {
    View::new(t(lang, "p.track.title"), form_body(lang, form)).below_home(lang).with_errors(form.error.is_some())
}

fn form_body(lang: Lang, form: &TrackForm) -> Markup {
    let error = form.error.map(|key| t(lang, key));
    html! {
        @if let Some(error) = error { (ErrorSummary::new(lang).error("number", error)) }
        h1.govuk-heading-l { (t(lang, "p.track.title")) }
        p.govuk-body-l { (t(lang, "p.track.lead")) }
        form method="post" action="/track" novalidate {
            (form.hidden)
            (Input::new("number", t(lang, "p.track.number")).hint(t(lang, "p.track.number-hint")).value(form.number.as_str())
                .attribute("autocomplete", "off").attribute("maxlength", "60").error(error.map(|error| ErrorMessage::new(lang, error))))
            (Input::new("code", t(lang, "p.track.code")).hint(t(lang, "p.track.code-hint")).width(10)
                .attribute("autocomplete", "off").attribute("maxlength", "20"))
            (Button::submit(t(lang, "p.track.submit")))
        }
        (InsetText::new(html! { (t(lang, "p.track.own")) " " a.govuk-link href="/cases" { (t(lang, "p.track.own-link")) } }))
    }
}

pub(crate) fn view(lang: Lang, progress: &Progress) -> View {
    let title = fill(lang, "p.track.of", &[("number", &progress.number)]);
    View::new(title, body(lang, progress)).below(lang, vec![ui::Crumb::link(t(lang, "p.track.title"), "/track")], &progress.number).private()
}

fn body(lang: Lang, progress: &Progress) -> Markup {
    html! {
        span.govuk-caption-l { (progress.item_name.get(lang)) }
        h1.govuk-heading-l { (t(lang, "p.track.progress")) }
        (SummaryList::new(rows(lang, progress)).card(SummaryCard::new(progress.number.as_str())))
        h2.govuk-heading-m { (t(lang, "p.track.timeline")) }
        (Timeline { heading_level: 3, ..Timeline::new(timeline(lang, progress)) })
        @if progress.status == CaseStatus::Correcting {
            (InsetText::new(html! { (t(lang, "p.track.correct")) " " a.govuk-link href="/cases" { (t(lang, "p.track.own-link")) } }))
        }
        p.govuk-body { a.govuk-link href="/track" { (t(lang, "p.track.another")) } }
    }
}

fn rows(lang: Lang, progress: &Progress) -> Vec<SummaryRow> {
    let status = match progress.outcome {
        Some(outcome) => Tag::new(outcome_colour(outcome), outcome.label().get(lang)),
        None => Tag::new(status_colour(progress.status), progress.status.label().get(lang)),
    };
    let mut rows = vec![
        SummaryRow::new(t(lang, "p.track.status"), html! { (status) }),
        SummaryRow::new(t(lang, "p.item.name"), progress.item_name.get(lang)),
        SummaryRow::new(t(lang, "p.track.submitted"), moment(lang, progress.submitted_ms)),
    ];
    if let Some(due) = progress.due_on {
        rows.push(SummaryRow::new(t(lang, "p.track.due"), i18n::date(lang, due)));
    }
    if let Some(remaining) = progress.remaining_workdays {
        rows.push(SummaryRow::new(t(lang, "p.track.clock"), html! { (light(lang, progress.status, remaining)) }));
    }
    rows
}

fn light(lang: Lang, status: CaseStatus, remaining: i64) -> TrafficLight {
    let days = remaining.unsigned_abs().to_string();
    match (status, remaining) {
        (CaseStatus::Suspended, _) => TrafficLight::new(lang, Light::Paused),
        (_, ..0) => TrafficLight::with_text(Light::Red, fill(lang, "p.track.overdue", &[("n", &days)])),
        (_, 0 | 1) => TrafficLight::with_text(Light::Yellow, fill(lang, "p.track.left", &[("n", &days)])),
        (_, _) => TrafficLight::with_text(Light::Green, fill(lang, "p.track.left", &[("n", &days)])),
    }
}

fn status_colour(status: CaseStatus) -> TagColour {
    match status {
        CaseStatus::Submitted | CaseStatus::Accepted => TagColour::Blue,
        CaseStatus::Correcting => TagColour::Yellow,
        CaseStatus::Suspended => TagColour::Purple,
        CaseStatus::Closed => TagColour::Grey,
    }
}

fn outcome_colour(outcome: Outcome) -> TagColour {
    match outcome {
        Outcome::Approved | Outcome::Resolved | Outcome::Done => TagColour::Green,
        Outcome::Rejected | Outcome::Refused => TagColour::Red,
        Outcome::Lapsed | Outcome::Withdrawn => TagColour::Grey,
    }
}

/// Newest first.
fn timeline(lang: Lang, progress: &Progress) -> Vec<TimelineItem> {
    let item = |entry: &cases::queries::TimelineEntry| TimelineItem {
        title: entry.title.get(lang).into(),
        datetime: clock::from_millis(entry.at_ms).map(|at| at.to_string()).unwrap_or_default(),
        when: moment(lang, entry.at_ms),
        ..TimelineItem::default()
    };
    progress.timeline.iter().rev().map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_told_in_words_and_paused_clocks_have_no_days() {
        let text = |status, remaining| light(Lang::ZhHans, status, remaining).text;
        assert_eq!(text(CaseStatus::Accepted, 3), "还剩3个工作日");
        assert_eq!(text(CaseStatus::Accepted, -2), "已超过2个工作日");
        assert_eq!(text(CaseStatus::Suspended, 5), "暂停计时");
        assert_eq!(light(Lang::En, CaseStatus::Accepted, 0).light, Light::Yellow);
    }

    #[test]
    fn the_form_says_one_thing_for_a_wrong_number_and_a_wrong_code() {
        let form = TrackForm { number: "1".into(), error: Some("p.track.unknown"), hidden: Markup::default() };
        let html = form_body(Lang::ZhHans, &form).0;
        assert_eq!(html.matches("办件编号或者查询码不对").count(), 2);
        assert!(html.contains("value=\"1\"") && !html.contains("name=\"code\" type=\"text\" value"));
    }
}
