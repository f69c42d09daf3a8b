//! 好差评: first the level, then the national tags of that level and words of one's own.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cases::RatingLevel;
use cases::commands::RateCase;
use gate::{App, Citizen, Flash, Form, PageError, Visitor, form_fields, see_other_with, unprocessable};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Button, CharacterCount, Checkboxes, Choice, Legend, Rating};

use super::Own;
use crate::own::view::{TEXTS, View, Wrong, at, column, fill, hidden, summary, t};

const CHARACTERS_MAX: u32 = 500;

/// `?stars=1…5`; `go` says that the first page was sent.
#[derive(Debug, Default, Deserialize)]
pub(in crate::own) struct Chosen {
    stars: Option<String>,
    go: Option<String>,
}

/// `GET /cases/{case}/rate`
pub(in crate::own) async fn get(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path(id): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, PageError> {
    let own = rateable(&app, &visitor, &id).await?;
    match (level_of(chosen.stars.as_deref().unwrap_or_default()), chosen.go) {
        (Some(level), _) => Ok(second_page(&app, &visitor, &own, &Given::new(level), &[]).into_response()),
        (None, None) => Ok(first_page(&app, &visitor, &own, &[]).into_response()),
        (None, Some(_)) => {
            let wrong = [Wrong::new("stars", t(visitor.lang, "rate.choose"))];
            Ok((StatusCode::UNPROCESSABLE_ENTITY, first_page(&app, &visitor, &own, &wrong)).into_response())
        }
    }
}

/// `POST /cases/{case}/rate`
pub(in crate::own) async fn post(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let level = level_of(form.text("stars")).ok_or(PageError::Status(StatusCode::BAD_REQUEST))?;
    let tags = form.all("tag").iter().filter_map(|tag| tag.parse().ok()).collect();
    let given = Given { level, tags, comment: form.text("comment").to_owned() };
    if given.comment.chars().count() > usize::try_from(CHARACTERS_MAX).unwrap_or(usize::MAX) {
        let own = rateable(&app, &visitor, &id).await?;
        let wrong = [Wrong::new("comment", fill(visitor.lang, "form.too-long", &[("n", &CHARACTERS_MAX.to_string())]))];
        return Ok(unprocessable(second_page(&app, &visitor, &own, &given, &wrong)));
    }
    let Given { level, tags, comment } = given;
    let rated = app.execute(&visitor, form.key(), RateCase { case: id.clone(), level, tags, comment }).await?;
    let text = TEXTS.text(if rated.outcome.is_some() { "rate.done-bad" } else { "rate.done" });
    Ok(see_other_with(&app, &format!("/cases/{id}"), &Flash::success(text.zh, text.en)))
}

async fn rateable(app: &App, visitor: &Visitor, id: &str) -> Result<Own, PageError> {
    let own = Own::load(app, visitor, id).await?;
    match (own.is_rateable(), own.case.rating.is_some()) {
        (true, _) => Ok(own),
        (false, true) => Err(cases::model::refusals::already_rated().into()),
        (false, false) => Err(cases::model::refusals::not_rateable().into()),
    }
}

fn level_of(stars: &str) -> Option<RatingLevel> {
    RatingLevel::ALL.into_iter().find(|level| level.stars().to_string() == stars)
}

/// What was chosen and typed.
struct Given {
    level: RatingLevel,
    tags: Vec<u16>,
    comment: String,
}

impl Given {
    fn new(level: RatingLevel) -> Self {
        Self { level, tags: Vec::new(), comment: String::new() }
    }
}

fn first_page(app: &App, visitor: &Visitor, own: &Own, wrong: &[Wrong]) -> Markup {
    let (lang, title) = (visitor.lang, t(visitor.lang, "rate.title"));
    let rating = Rating { error: at(lang, wrong, "stars"), ..Rating::new(lang, "stars", Legend::page_heading(title)) };
    let body = html! {
        (summary(lang, wrong))
        span.govuk-caption-l { (own.case.file.item_name.get(lang)) }
        form method="get" action=(own.at("rate")) novalidate {
            (hidden("go", "1"))
            (rating)
            (Button::submit(t(lang, "form.continue")))
        }
        p.govuk-body { (t(lang, "rate.once")) }
    };
    View::new(app, visitor, title).back(format!("/cases/{}", own.case.file.id)).wrong(wrong).show(column(body))
}

fn second_page(app: &App, visitor: &Visitor, own: &Own, given: &Given, wrong: &[Wrong]) -> Markup {
    let (lang, level) = (visitor.lang, given.level);
    let title = fill(lang, "rate.why", &[("level", level.label().get(lang))]);
    let choice = |tag: &cases::model::RatingTag| Choice::new(tag.code.to_string(), if lang == i18n::Lang::En { tag.en } else { tag.zh });
    let tags = Checkboxes::new("tag", Legend::new(t(lang, "rate.tags")), level.tags().map(choice).collect());
    let comment = CharacterCount::new(lang, "comment", t(lang, "rate.comment"), CHARACTERS_MAX);
    let body = html! {
        (summary(lang, wrong))
        span.govuk-caption-l { (own.case.file.item_name.get(lang)) }
        h1.govuk-heading-l { (title) }
        form method="post" action=(own.at("rate")) novalidate {
            (form_fields(visitor))
            (hidden("stars", &level.stars().to_string()))
            (tags.hint(t(lang, "rate.any")).values(given.tags.iter().map(u16::to_string).collect()))
            (comment.value(given.comment.as_str()).error(at(lang, wrong, "comment")))
            @if level.is_bad() { p.govuk-body { (t(lang, "rate.bad")) } }
            (Button::submit(t(lang, "rate.do")))
        }
    };
    View::new(app, visitor, title).back(own.at("rate")).wrong(wrong).show(column(body))
}
