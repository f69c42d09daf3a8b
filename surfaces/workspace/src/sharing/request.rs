//! `/workspace/sharing/requests/{case}`: one request, from either side.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cases::commands::{AnswerCorrection, WithdrawCase};
use cases::queries::{CaseRow, CaseView};
use cases::{CaseStatus, Task, TaskState};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use runner::Refusal;
use sharing::{Grant, Request, ResourceFacts, queries};
use ui::{Button, Cell, Table};

use super::ask::{find, names};
use super::ask_form::{answers, control, form};
use super::names::Names;
use super::terms::terms;
use super::{ROWS_MAX, acting, organ_of, readable};
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::shown;
use crate::say::{Say, moment, status_tag};
use crate::typed::Typed;

struct Seen {
    organ: String,
    request: Request,
    row: CaseRow,
    tasks: Vec<Task>,
    /// The file itself, for the organ whose request it is.
    view: Option<CaseView>,
    grant: Option<Grant>,
    facts: ResourceFacts,
    names: Names,
}

/// `GET /workspace/sharing/requests/{case}`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(case): Path<String>) -> Result<Response, PageError> {
    let seen = load(&app, &visitor, &case).await?;
    let typed = given(&seen);
    Ok(page(&app, &visitor, &seen, &typed).into_response())
}

/// `POST /workspace/sharing/requests/{case}`: withdrawing it, or completing what was sent back.
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(case): Path<String>,
    sent: Form,
) -> Result<Response, PageError> {
    let seen = load(&app, &visitor, &case).await?;
    if seen.organ != seen.request.terms.grantee {
        return Err(PageError::NotFound);
    }
    let mut typed = Typed::from_pairs(&sent.0);
    typed.set("resource", seen.request.terms.resource.clone());
    let actor = acting(&visitor, &seen.organ);
    let done = match typed.get("act") {
        "withdraw" => app.run(actor, sent.key(), WithdrawCase { case: case.clone(), seen: None }).await.map(drop),
        _ => app.run(actor, sent.key(), AnswerCorrection { case: case.clone(), answers: answers(&typed), seen: None }).await.map(drop),
    };
    match done {
        Ok(()) => {
            let flash = match typed.get("act") {
                "withdraw" => Flash::success("申请已撤回。", "The request was withdrawn."),
                _ => Flash::success("补充内容已提交。", "What was missing was sent."),
            };
            Ok(see_other_with(&app, &format!("/workspace/sharing/requests/{case}"), &flash))
        }
        Err(halt) => {
            let refusal = shown(halt.into())?;
            let typed = typed.refuse(visitor.lang, &refusal, control);
            Ok((gate::status_of(&refusal), page(&app, &visitor, &seen, &typed)).into_response())
        }
    }
}

async fn load(app: &App, visitor: &Visitor, case: &str) -> Result<Seen, PageError> {
    let organ = organ_of(app, visitor)?;
    let all = names(app).await?;
    let (keys, case) = (Arc::clone(&app.keys), case.to_owned());
    let resources = all.resources.clone();
    let actor = acting(visitor, &organ);
    let (request, resource, row, tasks, view, grant, names) = app
        .read(move |tx| {
            let request = queries::request(tx, &case)?.ok_or_else(Refusal::not_found)?;
            let resource = queries::request_resource(tx, &request)?;
            let rows = cases::queries::cases_of_party(tx, &request.terms.grantee, ROWS_MAX)?;
            let row = rows.into_iter().find(|row| row.id == case).ok_or_else(Refusal::not_found)?;
            let view = match tracker::own(&actor, &request.terms.grantee) {
                Some(own) => cases::queries::case_view(tx, &keys, &case, &own)?,
                None => None,
            };
            let (tasks, grant) = (cases::queries::tasks_of(tx, &case)?, queries::grant_of_case(tx, &case)?);
            let names = Names::of(tx, resources.clone(), [request.terms.grantee.as_str(), request.terms.provider.as_str()])?;
            Ok((request, resource, row, tasks, view, grant, names))
        })
        .await?;
    readable(app, visitor, &resource)?;
    let facts = find(&all, &request.terms.resource)?;
    Ok(Seen { organ, request, row, tasks, view, grant, facts, names })
}

/// What was stated, to be completed.
fn given(seen: &Seen) -> Typed {
    let mut typed = Typed::default();
    for (name, value) in seen.view.iter().flat_map(|view| &view.file.answers) {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        typed.set(name, text);
    }
    typed
}

fn page(app: &App, visitor: &Visitor, seen: &Seen, typed: &Typed) -> Markup {
    let (lang, row, file) = (visitor.lang, &seen.row, seen.view.as_ref().map(|view| &view.file));
    let title = lang.tell(format!("共享申请 {}", seen.request.number), format!("Request {}", seen.request.number));
    let is_ours = seen.organ == seen.request.terms.grantee;
    let outcome = row.outcome.map(|outcome| outcome.label().get(lang).to_owned());
    let body = html! {
        (typed.summary(lang))
        (heading(&title))
        p.govuk-body {
            (status_tag(lang, row.status)) @if let Some(outcome) = outcome { " " (outcome) }
            @if let Some(due) = row.due_on { " " (lang.say("承诺办结日：", "Promised: ")) (i18n::date(lang, due)) }
        }
        @if let Some(task) = own_task(visitor, seen) {
            p.govuk-body { a.govuk-link href={ "/workspace/tasks/" (task.id) } { (lang.say("去办理：", "To the task: ")) (task.name.get(lang)) } }
        }
        @if let Some(grant) = &seen.grant {
            p.govuk-body { a.govuk-link href={ "/workspace/sharing/grants/" (grant.id) } { (lang.say("查看授权", "See the grant")) } }
        }
        @if let Some(decision) = file.and_then(|file| file.decision.as_ref()) {
            p.govuk-body { strong { (lang.say("答复：", "Answer: ")) } (decision.reasons) " " (decision.basis) }
        }
        (terms(app, lang, &seen.names, &seen.request.terms))
        @if let Some(view) = &seen.view { (timeline(visitor, view)) }
        @if is_ours && row.status == CaseStatus::Correcting { (correction(app, visitor, seen, typed)) }
        @if file.is_some_and(|file| file.status.is_open() && !file.is_decided()) {
            form method="post" {
                (hidden(visitor, "withdraw"))
                input type="hidden" name="act" value="withdraw";
                (Button::submit(lang.say("撤回申请", "Withdraw the request")).secondary())
            }
        }
    };
    Desk::new(app, visitor, Place::Sharing, title).wrong(typed.has_errors()).below().show(body)
}

fn own_task<'a>(visitor: &Visitor, seen: &'a Seen) -> Option<&'a Task> {
    seen.tasks.iter().find(|task| task.state == TaskState::Open && visitor.actor.holds(&task.organ, &task.post))
}

fn timeline(visitor: &Visitor, view: &CaseView) -> Markup {
    let lang = visitor.lang;
    let shown = view.timeline.iter().filter(|entry| entry.public);
    let row = |entry: &cases::queries::TimelineEntry| {
        vec![Cell::new(moment(lang, entry.at_ms)), Cell::new(entry.title.get(lang).to_owned()), Cell::new(entry.detail.get(lang).to_owned())]
    };
    let head = [lang.say("时间", "When"), lang.say("进展", "What"), lang.say("说明", "Detail")];
    html! {
        h2.govuk-heading-m { (lang.say("进展", "Progress")) }
        (Table::new("", head.map(Cell::new).to_vec(), shown.map(row).collect()).scrolling(lang.say("申请的进展", "Progress of the request")))
    }
}

fn correction(app: &App, visitor: &Visitor, seen: &Seen, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let correction = seen.view.as_ref().and_then(|view| view.file.correction.as_ref());
    let items = correction.map(|correction| correction.items.clone()).unwrap_or_default();
    html! {
        h2.govuk-heading-m { (lang.say("退回补充", "Sent back to be completed")) }
        ul.govuk-list.govuk-list--bullet { @for item in items { li { (item.says) } } }
        form method="post" novalidate {
            (hidden(visitor, "correct"))
            input type="hidden" name="act" value="correct";
            (form(app, lang, &seen.facts, typed))
            (Button::submit(lang.say("提交补充", "Send")))
        }
    }
}
