//! Reporting what the case waits for, for example that defects were put right.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cases::commands::DeliverMessage;
use gate::{App, Citizen, Flash, Form, PageError, Visitor, form_fields, see_other_with, unprocessable};
use i18n::Lang;
use maud::{Markup, html};
use serde_json::{Map, Value};
use ui::{Button, CharacterCount, InsetText};

use super::Own;
use crate::own::view::{TEXTS, View, Wrong, at, column, fill, summary, t};

const CHARACTERS_MAX: u32 = 1_000;

/// `GET /cases/{case}/message/{name}`
pub(in crate::own) async fn get(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((id, name)): Path<(String, String)>,
) -> Result<Markup, PageError> {
    let own = Own::load(&app, &visitor, &id).await?;
    awaited(&own, &name)?;
    Ok(page(&app, &visitor, &own, &name, "", &[]))
}

/// `POST /cases/{case}/message/{name}`
pub(in crate::own) async fn post(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((id, name)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let own = Own::load(&app, &visitor, &id).await?;
    let statement: String = form.text("statement").chars().take(10_000).collect();
    if let Some(sentence) = problem(visitor.lang, &statement) {
        let wrong = [Wrong::new("statement", sentence)];
        return Ok(unprocessable(page(&app, &visitor, &own, &name, &statement, &wrong)));
    }
    let fields = Map::from_iter([("statement".to_owned(), Value::from(statement))]);
    app.execute(&visitor, form.key(), DeliverMessage { case: id.clone(), message: name, fields }).await?;
    let text = TEXTS.text("message.done");
    Ok(see_other_with(&app, &format!("/cases/{id}"), &Flash::success(text.zh, text.en)).into_response())
}

fn problem(lang: Lang, statement: &str) -> Option<String> {
    let length = u32::try_from(statement.chars().count()).unwrap_or(u32::MAX);
    match length {
        0 => Some(t(lang, "message.missing").to_owned()),
        length if length > CHARACTERS_MAX => Some(fill(lang, "form.too-long", &[("n", &CHARACTERS_MAX.to_string())])),
        _ => None,
    }
}

fn awaited(own: &Own, name: &str) -> Result<(), PageError> {
    let is_awaited = own.case.file.instance.awaited().any(|awaited| awaited.message == name);
    if is_awaited { Ok(()) } else { Err(cases::model::refusals::message_unexpected().into()) }
}

/// Whether the visitor may report it.
pub(super) fn is_permitted(app: &App, visitor: &Visitor, own: &Own) -> bool {
    app.may(visitor, "case.deliver-message", &own.resource)
}

/// What the case waits for, as its flow calls it.
pub(super) fn title(lang: Lang, own: &Own, message: &str) -> String {
    let awaited = own.case.file.instance.awaited().find(|awaited| awaited.message == message);
    let node = awaited.and_then(|awaited| own.package.flow.node(&awaited.node));
    let name = node.map(|node| if lang == Lang::En { node.name_en.as_str() } else { node.name.as_str() });
    name.filter(|name| !name.is_empty()).map_or_else(|| t(lang, "message.title").to_owned(), str::to_owned)
}

/// What was found at the last visit: what is to be put right.
pub(super) fn findings(own: &Own) -> Option<&str> {
    let found = own.case.file.instance.variables().values().filter_map(|node| {
        let (at, findings) = (node.get("at")?, node.get("findings")?);
        Some((at.to_string(), findings.as_str()?))
    });
    found.max_by(|one, other| one.0.cmp(&other.0)).map(|(_, findings)| findings)
}

fn page(app: &App, visitor: &Visitor, own: &Own, name: &str, statement: &str, wrong: &[Wrong]) -> Markup {
    let (lang, file, title) = (visitor.lang, &own.case.file, title(visitor.lang, own, name));
    let field = CharacterCount::new(lang, "statement", t(lang, "message.statement"), CHARACTERS_MAX);
    let body = html! {
        (summary(lang, wrong))
        span.govuk-caption-l { (fill(lang, "case.caption", &[("number", &file.number)])) }
        h1.govuk-heading-l { (title) }
        @if let Some(findings) = findings(own) {
            h2.govuk-heading-s { (t(lang, "message.findings")) }
            (InsetText::new(findings))
        }
        form method="post" action=(own.at(&format!("message/{name}"))) novalidate {
            (form_fields(visitor))
            (field.hint(t(lang, "message.hint")).value(statement).error(at(lang, wrong, "statement")))
            (Button::submit(t(lang, "message.send")))
        }
    };
    View::new(app, visitor, title).back(format!("/cases/{}", file.id)).wrong(wrong).show(column(body))
}
