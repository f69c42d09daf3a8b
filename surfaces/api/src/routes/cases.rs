//! Cases: submitting, lists within what the caller may see, one case, its timeline and flow.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use cases::TaskState;
use cases::commands::ReadCase;
use cases::commands::SubmitCase;
use cases::queries::{CaseFilter, CaseView, case_list, draft_of, due_list};
use gate::App;
use runner::{ActorKind, Refusal, Resource};
use trust::{HEAD_POST, Scope};

use super::answers::{created, versioned};
use super::items::picture;
use crate::body::{Asked, Once, Sent};
use crate::caller::{Caller, Member};
use crate::dto::{Act, Application, CaseDetail, CasePage, CaseQuery, CaseSummary, DueQuery, Happening, SubmittedCase, Timeline};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

const NEAR_WORKDAYS: u32 = 5;
const DUE_PAGE_SIZE: u32 = 100;
const DUE_PAGE_SIZE_MAX: u32 = 500;

pub(super) fn routes(api: Api) -> Api {
    let get = |path, id, action, zh, en| Operation::get(path, id).is(Tag::Cases, action, zh, en);
    api.on(
        Operation::post("/cases", "submitCase")
            .is(Tag::Cases, "case.submit", "提交申请", "Submit an application")
            .note("用草稿提交，或者一次给全。", "From a draft, or with everything at once.")
            .once()
            .body::<Application>(SUBMIT)
            .creates::<SubmittedCase>(),
        submit,
    )
    .on(
        get("/cases", "listCases", "case.list", "办件列表", "Cases that the caller may see")
            .note(
                "群众看到本人（或被代理人）的办件，工作人员看到本岗位、本单位职责范围内的办件。",
                "People see their own; staff see those of their posts, their tasks and, as heads, of their organ.",
            )
            .query::<CaseQuery>()
            .answers::<CasePage>(),
        list,
    )
    .on(
        get("/cases/due", "listDueCases", "case.list-overdue", "超期和临期办件", "Overdue and nearly due cases of an organ")
            .query::<DueQuery>()
            .answers::<CasePage>(),
        due,
    )
    .on(get("/cases/{case}", "getCase", "case.read", "一个办件", "One case").answers::<CaseDetail>(), one)
    .on(get("/cases/{case}/timeline", "getTimeline", "case.read", "办件的经过", "The timeline of a case").answers::<Timeline>(), timeline)
    .on(
        get("/cases/{case}/diagram", "getCaseDiagram", "case.read", "办到哪一步（流程图，SVG）", "Where the case stands, as a picture (SVG)")
            .content("image/svg+xml"),
        diagram,
    )
}

const SUBMIT: &str = r#"{"slug":"12345-suqiu","answers":{"category":"help","title":"和平路12号门前路灯不亮",
"description":"路灯已经坏了三天，晚上看不清路，希望尽快修好。","place_division":"339921100","place":"和平路12号",
"contact_mobile":"13900000000","wants_reply":true,"keep_secret":false},"promised":true}"#;

async fn submit(State(app): State<App>, Member(caller): Member, Once(key): Once, Sent(sent): Sent<Application>) -> Result<Response, ApiError> {
    let Application { draft, slug, situation, answers, channel, promised } = sent;
    let (keys, account, wanted) = (Arc::clone(&app.keys), caller.actor.account.clone(), draft.clone());
    let begun = app.query(move |tx| wanted.as_ref().map_or(Ok(None), |draft| draft_of(tx, &keys, draft, &account))).await?;
    caller.ask_about_own(&app, Some(begun.as_ref().map_or(slug.as_str(), |draft| draft.slug.as_str()))).await?;
    let command = SubmitCase { draft, slug, situation, answers, channel: channel.code().to_owned(), promised };
    let done = app.run(caller.actor, key, command).await?;
    let Act { version, recorded } = Act::on(&done.outcome.case, done.recorded);
    let cases::commands::Submitted { case, number, query_code, due_on, closed } = done.outcome;
    let location = format!("/api/v1/cases/{case}");
    Ok(created(&location, version, &SubmittedCase { id: case, number, query_code, due_on, closed, version, recorded }))
}

async fn list(State(app): State<App>, Member(caller): Member, Asked(asked): Asked<CaseQuery>) -> Result<Json<CasePage>, ApiError> {
    caller.must(&app, "case.list", &Resource::of("case"))?;
    let scope = Scope::for_case_list(&caller.actor);
    let CaseQuery { status, slug, number, after, page_size } = asked;
    let filter = CaseFilter { status, slug, number, after, page_size };
    let page = app.query(move |tx| Ok(case_list(tx, &scope, &filter)?)).await?;
    Ok(Json(page.into()))
}

async fn due(State(app): State<App>, Member(caller): Member, Asked(asked): Asked<DueQuery>) -> Result<Json<CasePage>, ApiError> {
    let own = caller.actor.posts.iter().find(|held| held.post == HEAD_POST).map(|held| held.organ.clone());
    let organ = asked.organ.or(own).ok_or_else(Refusal::not_permitted)?;
    caller.must(&app, "case.list-overdue", &Resource { organ: Some(organ.clone()), ..Resource::of("case") })?;
    let until = asked.until.unwrap_or_else(|| app.calendar.add_workdays(app.today(), NEAR_WORKDAYS).date);
    let size = asked.page_size.unwrap_or(DUE_PAGE_SIZE).clamp(1, DUE_PAGE_SIZE_MAX);
    let rows = app.query(move |tx| Ok(due_list(tx, &organ, until, size)?)).await?;
    Ok(Json(CasePage { cases: rows.into_iter().map(CaseSummary::from).collect(), next: None }))
}

/// The case for whoever may read it, and whether it is seen by those who handle it.
async fn readable(app: &App, caller: Caller, case: String) -> Result<(CaseView, bool), ApiError> {
    let handling = caller.actor.kind != ActorKind::Person;
    Ok((app.run(caller.actor, None, ReadCase { case }).await?.outcome, handling))
}

async fn one(State(app): State<App>, Member(caller): Member, Path(case): Path<String>) -> Result<Response, ApiError> {
    let (view, handling) = readable(&app, caller, case).await?;
    let detail = CaseDetail::of(view, &app.calendar, app.today(), handling);
    Ok(versioned(detail.version, &detail))
}

async fn timeline(State(app): State<App>, Member(caller): Member, Path(case): Path<String>) -> Result<Json<Timeline>, ApiError> {
    let (view, handling) = readable(&app, caller, case).await?;
    Ok(Json(Timeline { timeline: Happening::list(view.timeline, handling) }))
}

async fn diagram(State(app): State<App>, Member(caller): Member, Path(case): Path<String>) -> Result<Response, ApiError> {
    let lang = caller.lang;
    let (view, _) = readable(&app, caller, case).await?;
    let package = app.library.by_hash(&view.file.package_hash).ok_or_else(ApiError::not_found)?;
    let in_state = |state: TaskState| view.tasks.iter().filter(move |task| task.state == state).map(|task| task.node.as_str());
    let active: Vec<&str> = in_state(TaskState::Open).collect();
    let done: Vec<&str> = in_state(TaskState::Done).filter(|node| !active.contains(node)).collect();
    Ok(picture(&package, &active, &done, lang))
}
