//! Completing an application in place: one form for everything that was asked, fields and files.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cases::CaseStatus;
use cases::commands::AnswerCorrection;
use cases::queries::registers_of;
use forms::{FieldProblem, Page};
use gate::{App, Citizen, Flash, PageError, UploadForm, Visitor, see_other_with, unprocessable};
use i18n::{Lang, Text};
use maud::Markup;
use serde_json::{Map, Value};
use web::UploadedFile;

use super::Own;
use super::correction_view::{Given, page};
use crate::own::uploads::attach;
use crate::own::view::{TEXTS, Wrong, fill};
use crate::own::widgets::{boxes_of, control_id};

/// `GET /cases/{case}/correction`
pub(in crate::own) async fn get(State(app): State<App>, Citizen(visitor): Citizen, Path(id): Path<String>) -> Result<Markup, PageError> {
    let own = correcting(&app, &visitor, &id).await?;
    let given = Given { boxes: boxes_of(&own.package.form, &own.case.file.answers), extra: Vec::new(), problems: Vec::new() };
    Ok(page(&app, &visitor, &own, &given, &[]))
}

/// `POST /cases/{case}/correction`
pub(in crate::own) async fn post(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path(id): Path<String>,
    form: UploadForm,
) -> Result<Response, PageError> {
    let own = correcting(&app, &visitor, &id).await?;
    let UploadForm { fields, files } = form;
    let (answers, mut given) = read(&own, &fields.0);
    if fields.get("_seen") != Some(own.case.file.version.to_string().as_str()) {
        let wrong = [Wrong::new("", TEXTS.t(visitor.lang, "case.changed"))];
        return Ok((StatusCode::CONFLICT, page(&app, &visitor, &own, &given, &wrong)).into_response());
    }
    let mut wrong = take_files(&app, &visitor, &own, files).await?;
    let own = correcting(&app, &visitor, &id).await?;
    wrong.extend(more_wrong(visitor.lang, &own, &given, &wrong));
    if !wrong.is_empty() {
        return Ok(unprocessable(page(&app, &visitor, &own, &given, &wrong)));
    }
    app.ask_about_own(&visitor.actor, registers_of(&own.package)).await?;
    let answer = AnswerCorrection { case: id.clone(), answers, seen: Some(own.case.file.version) };
    let Err(error) = app.execute(&visitor, None, answer).await else { return Ok(done(&app, &id)) };
    let wrong = refused(&own, &mut given, &error, visitor.lang);
    if wrong.is_empty() { Err(error) } else { Ok(unprocessable(page(&app, &visitor, &own, &given, &wrong))) }
}

fn done(app: &App, id: &str) -> Response {
    let Text { zh, en } = TEXTS.text("correction.done");
    see_other_with(app, &format!("/cases/{id}"), &Flash::success(zh, en))
}

async fn correcting(app: &App, visitor: &Visitor, id: &str) -> Result<Own, PageError> {
    let own = Own::load(app, visitor, id).await?;
    match own.case.file.status {
        CaseStatus::Correcting => Ok(own),
        CaseStatus::Submitted | CaseStatus::Accepted | CaseStatus::Suspended | CaseStatus::Closed => {
            Err(cases::model::refusals::not_correcting().into())
        }
    }
}

/// The answers to set, and what was typed. Every field of which a box was sent is read, so that fields shown again after a refusal count.
fn read(own: &Own, posted: &[(String, String)]) -> (Map<String, Value>, Given) {
    let sent = |field: &&forms::Field| {
        let prefix = format!("{}-", field.name);
        posted.iter().any(|(name, _)| *name == field.name || name.starts_with(&prefix)) || own.asks_for(&field.name)
    };
    let names: Vec<String> = own.package.form.fields().iter().filter(sent).map(|field| field.name.clone()).collect();
    let asked = Page { id: String::new(), title: Text::default(), hint: None, fields: names.clone(), when: None };
    let read = own.package.form.parse_page(&asked, posted);
    let mut answers = read.answers;
    for name in &names {
        answers.entry(name.clone()).or_insert(Value::Null);
    }
    let extra = names.into_iter().filter(|name| !own.asks_for(name)).collect();
    (answers, Given { boxes: read.typed, extra, problems: read.problems })
}

/// Stores and attaches the files of the materials asked for; one that cannot be taken gives a sentence.
async fn take_files(app: &App, visitor: &Visitor, own: &Own, files: Vec<UploadedFile>) -> Result<Vec<Wrong>, PageError> {
    let mut wrong = Vec::new();
    for file in files {
        let Some(material) = own.package.item.material(&file.field).filter(|material| own.asks_for(&material.id)) else { continue };
        wrong.extend(attach(app, visitor, &own.case.file.id, material, file).await?);
    }
    Ok(wrong)
}

/// What is wrong besides the files that could not be taken.
fn more_wrong(lang: Lang, own: &Own, given: &Given, known: &[Wrong]) -> Vec<Wrong> {
    let unread = given.problems.iter().map(|problem| said(own, problem, lang));
    missing_files(lang, own, known).into_iter().chain(unread).collect()
}

/// Materials asked for, of which nothing has come since.
fn missing_files(lang: Lang, own: &Own, known: &[Wrong]) -> Vec<Wrong> {
    let asked = own.package.item.materials.iter().filter(|material| own.asks_for(&material.id));
    let missing = asked.filter(|material| own.files_since_asked(&material.id).next().is_none());
    let unknown = missing.filter(|material| known.iter().all(|wrong| wrong.control != material.id));
    unknown.map(|material| Wrong::new(material.id.as_str(), fill(lang, "materials.missing", &[("name", material.name.get(lang))]))).collect()
}

fn said(own: &Own, problem: &FieldProblem, lang: Lang) -> Wrong {
    let control = own.package.form.field(&problem.field).map_or_else(|| problem.field.clone(), control_id);
    Wrong::new(control, problem.sentence(lang))
}

/// What the command found wrong; fields that were not asked for are shown as well, so that they can be mended.
fn refused(own: &Own, given: &mut Given, error: &PageError, lang: Lang) -> Vec<Wrong> {
    let fields = error.refusal().map(|refusal| refusal.fields.clone()).unwrap_or_default();
    let all = boxes_of(&own.package.form, &own.case.file.answers);
    for field in &fields {
        if !own.asks_for(&field.field) && !given.extra.contains(&field.field) {
            given.extra.push(field.field.clone());
            let prefix = format!("{}-", field.field);
            let boxes = all.iter().filter(|(name, _)| **name == field.field || name.starts_with(&prefix));
            given.boxes.extend(boxes.map(|(name, values)| (name.clone(), values.clone())));
        }
    }
    let problem =
        |field: &runner::FieldRefusal| FieldProblem { field: field.field.clone(), code: String::new(), zh: field.zh.clone(), en: field.en.clone() };
    given.problems = fields.iter().map(problem).collect();
    given.problems.iter().map(|problem| said(own, problem, lang)).collect()
}
