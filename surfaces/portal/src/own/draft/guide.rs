//! The guide questions, one a page; an answer may end the way with advice on what to do instead.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cases::commands::SaveDraft;
use cases::queries::registers_of;
use gate::{App, Citizen, Form, PageError, Visitor, form_fields};
use maud::{Markup, html};
use procedure::Guidance;
use procedure::item::{Situation, Stop};
use runner::Refusal;
use serde_json::{Map, Value};
use ui::{Button, Choice, Legend, Radios};

use super::{Place, Sheet};
use crate::own::from::From;
use crate::own::view::{View, Wrong, at, column, fill, hidden, summary, t};

/// `GET /drafts/{draft}`: where the person left off.
pub(in crate::own) async fn resume(State(app): State<App>, Citizen(visitor): Citizen, Path(id): Path<String>) -> Result<Redirect, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    app.ask_about_own(&visitor.actor, registers_of(&sheet.package)).await?;
    Ok(Redirect::to(&sheet.href(&sheet.place())))
}

/// `GET /drafts/{draft}/guide`: the first open question, the page of a stop, or what comes after the guide.
pub(in crate::own) async fn next(State(app): State<App>, Citizen(visitor): Citizen, Path(id): Path<String>) -> Result<Response, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    Ok(match sheet.package.guidance(&sheet.draft.situation) {
        Guidance::Ask(open) => match open.first() {
            Some(question) => Redirect::to(&sheet.at(&format!("guide/{}", question.id))).into_response(),
            None => Redirect::to(&sheet.at("notice")).into_response(),
        },
        Guidance::Stop { situation, stop } => stop_page(&app, &visitor, &sheet, situation, stop).into_response(),
        Guidance::Ready => Redirect::to(&sheet.at("notice")).into_response(),
    })
}

/// `GET /drafts/{draft}/guide/{question}`
pub(in crate::own) async fn get(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((id, question)): Path<(String, String)>,
    Query(from): Query<From>,
) -> Result<Markup, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    let question = find(&sheet, &question)?;
    Ok(question_page(&app, &visitor, &sheet, question, &from, &[]))
}

/// `POST /drafts/{draft}/guide/{question}`
pub(in crate::own) async fn post(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((id, question)): Path<(String, String)>,
    Query(from): Query<From>,
    form: Form,
) -> Result<Response, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    let question = find(&sheet, &question)?;
    let answer = form.get("answer").unwrap_or_default();
    if !question.options.iter().any(|option| option.value == answer) {
        let wrong = [Wrong::new("answer", fill(visitor.lang, "guide.choose", &[("question", question.question.get(visitor.lang))]))];
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, question_page(&app, &visitor, &sheet, question, &from, &wrong)).into_response());
    }
    let situation = Map::from_iter([(question.id.clone(), Value::from(answer))]);
    let save = SaveDraft { draft: id.clone(), situation, answers: Map::new(), page: "guide".into(), seen: None };
    app.execute(&visitor, None, save).await?;
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    Ok(Redirect::to(&after(&sheet, &from)).into_response())
}

/// The next open question or a stop; then back to the check if one came from there, else on to the notice.
fn after(sheet: &Sheet, from: &From) -> String {
    match sheet.place() {
        Place::Guide => sheet.at("guide"),
        place if from.is_check() => sheet.href(&place),
        _ => sheet.at("notice"),
    }
}

fn find<'a>(sheet: &'a Sheet, id: &str) -> Result<&'a Situation, PageError> {
    sheet.package.item.situation(id).ok_or_else(|| Refusal::not_found().into())
}

/// The question before this one; the start page before the first.
fn previous(sheet: &Sheet, question: &Situation) -> String {
    let questions = &sheet.package.item.situations;
    let before = questions.iter().take_while(|other| other.id != question.id).last();
    before.map_or_else(|| format!("/items/{}/apply", sheet.draft.slug), |before| sheet.at(&format!("guide/{}", before.id)))
}

fn question_page(app: &App, visitor: &Visitor, sheet: &Sheet, question: &Situation, from: &From, wrong: &[Wrong]) -> Markup {
    let lang = visitor.lang;
    let choice = |option: &procedure::item::SituationOption| {
        let choice = Choice::new(option.value.as_str(), option.label.get(lang));
        match &option.advice {
            Some(advice) => choice.hint(advice.get(lang)),
            None => choice,
        }
    };
    let chosen = sheet.draft.situation.get(&question.id).and_then(Value::as_str).unwrap_or_default();
    let radios = Radios::new("answer", Legend::page_heading(question.question.get(lang)), question.options.iter().map(choice).collect());
    let body = html! {
        (summary(lang, wrong))
        span.govuk-caption-l { (sheet.package.item.name.get(lang)) }
        form method="post" action={ (sheet.at(&format!("guide/{}", question.id))) (from.query()) } novalidate {
            (form_fields(visitor))
            (hidden("_seen", &sheet.seen.to_string()))
            (radios.value(chosen).error(at(lang, wrong, "answer")))
            (Button::submit(t(lang, "form.continue")))
        }
    };
    let back = if from.is_check() { sheet.at("check") } else { previous(sheet, question) };
    View::new(app, visitor, question.question.get(lang)).back(back).wrong(wrong).show(column(body))
}

fn stop_page(app: &App, visitor: &Visitor, sheet: &Sheet, question: &Situation, stop: &Stop) -> Markup {
    let lang = visitor.lang;
    let title = t(lang, "guide.stop");
    let again = sheet.at(&format!("guide/{}", question.id));
    let body = html! {
        span.govuk-caption-l { (sheet.package.item.name.get(lang)) }
        h1.govuk-heading-l { (title) }
        p.govuk-body-l { (stop.say.get(lang)) }
        p.govuk-body { a.govuk-link href=(again) { (t(lang, "guide.change")) } }
        p.govuk-body { a.govuk-link href={ "/items/" (sheet.draft.slug) } { (t(lang, "guide.item")) } }
        p.govuk-body { a.govuk-link href="/search" { (t(lang, "guide.search")) } }
    };
    View::new(app, visitor, title).back(again.as_str()).show(column(body))
}
