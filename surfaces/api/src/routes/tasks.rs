//! The inbox of posts, and what is done with a task.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use cases::commands::{ClaimTask, CompleteTask, ReleaseTask};
use cases::queries::{InboxFilter, done_by, inbox, number_of, task_by_id, tasks_of};
use cases::{Task, TaskState};
use gate::App;
use runner::{Actor, Halt, Refusal};
use store::Tx;

use super::answers::{permitted_case, versioned};
use crate::body::{Asked, Maybe, Once, Seen, Sent};
use crate::caller::Member;
use crate::dto::{Act, Completion, DoneQuery, Empty, InboxTask, TaskDetail, TaskPage, TaskQuery};
use crate::error::ApiError;
use crate::refusals;
use crate::registry::{Api, Operation, Tag};

const PAGE_SIZE: u32 = 20;
const PAGE_SIZE_MAX: u32 = 100;

pub(super) fn routes(api: Api) -> Api {
    let is = |operation: Operation, action, zh, en| operation.is(Tag::Tasks, action, zh, en);
    api.on(
        is(Operation::get("/tasks", "listTasks"), "case.list", "收件箱：本人岗位的待办任务", "The inbox: open tasks of the caller's posts")
            .query::<TaskQuery>()
            .answers::<TaskPage>(),
        list,
    )
    .on(
        is(Operation::get("/tasks/done", "listTasksDone"), "case.list", "本人办结的任务", "Tasks that the caller completed")
            .query::<DoneQuery>()
            .answers::<TaskPage>(),
        done,
    )
    .on(is(Operation::get("/tasks/{task}", "getTask"), "case.read", "一个任务和可选的结果", "A task and its outcomes").answers::<TaskDetail>(), one)
    .on(
        is(Operation::post("/tasks/{task}/claim", "claimTask"), "case.claim", "签收任务", "Claim a task")
            .once()
            .body::<Empty>("{}")
            .optional()
            .answers::<Act>(),
        claim,
    )
    .on(
        is(Operation::delete("/tasks/{task}/claim", "releaseTask"), "case.release", "退回签收", "Give a claimed task back").once().answers::<Act>(),
        release,
    )
    .on(
        is(Operation::post("/tasks/{task}/completion", "completeTask"), "case.complete-task", "办结任务", "Complete a task")
            .note(
                "受理、审查、核查、决定、派单、承办；结果见任务的 outcomes。",
                "Accept, review, visit, decide, assign, handle; the outcomes stand in the task.",
            )
            .conditional()
            .once()
            .body::<Completion>(r#"{"outcome":"assigned","fields":{"organ":"organ_01ktw3f8m0a1b2c3d4e5f6g7h8"}}"#)
            .answers::<Act>(),
        complete,
    )
    .on(
        is(
            Operation::post("/cases/{case}/completion", "completeTaskOfCase"),
            "case.complete-task",
            "办结本件中本人岗位的任务",
            "Complete the caller's open task of a case",
        )
        .note("本件只有一个待办任务属于本人岗位时使用。", "Where exactly one open task of the case belongs to the caller's posts.")
        .conditional()
        .once()
        .body::<Completion>(r#"{"outcome":"resolved","opinion":"路灯已更换灯泡，恢复照明。"}"#)
        .answers::<Act>(),
        complete_of_case,
    )
}

async fn list(State(app): State<App>, Member(caller): Member, Asked(asked): Asked<TaskQuery>) -> Result<Json<TaskPage>, ApiError> {
    let TaskQuery { mine, unclaimed, slug, number, sort, after, page_size } = asked;
    let filter = InboxFilter { mine, unclaimed, slug, number, sort, after, page_size };
    let page = app.query(move |tx| Ok(inbox(tx, &caller.actor, &filter)?)).await?;
    Ok(Json(TaskPage::of(page, &app.calendar, app.today())))
}

async fn done(State(app): State<App>, Member(caller): Member, Asked(asked): Asked<DoneQuery>) -> Result<Json<TaskPage>, ApiError> {
    let size = asked.page_size.unwrap_or(PAGE_SIZE).clamp(1, PAGE_SIZE_MAX);
    let rows = app.query(move |tx| Ok(done_by(tx, &caller.actor.account, size)?)).await?;
    Ok(Json(TaskPage { tasks: rows.into_iter().map(|row| InboxTask::of(row, &app.calendar, app.today())).collect(), next: None }))
}

async fn one(State(app): State<App>, Member(caller): Member, Path(address): Path<String>) -> Result<Json<TaskDetail>, ApiError> {
    let authority = Arc::clone(app.runner.authority());
    let found = app.query(move |tx| {
        let task = find(tx, &address)?.ok_or_else(Refusal::not_found)?;
        permitted_case(tx, &*authority, &caller.actor, &task.case, "case.read")?;
        Ok(task)
    });
    let task = found.await?;
    Ok(Json(task.into()))
}

/// A task by its identifier, or by case and node: the open one, else the newest.
fn find(tx: &mut Tx<'_>, address: &str) -> Result<Option<Task>, Halt> {
    let Some((case, node)) = address.split_once(':') else { return Ok(task_by_id(tx, address)?) };
    let mut tasks = tasks_of(tx, case)?;
    tasks.retain(|task| task.node == node);
    let open = tasks.iter().find(|task| task.state == TaskState::Open).cloned();
    Ok(open.or_else(|| tasks.pop()))
}

async fn claim(
    State(app): State<App>,
    Member(caller): Member,
    Path(task): Path<String>,
    Once(key): Once,
    _: Maybe<Empty>,
) -> Result<Response, ApiError> {
    let ((), act) = Act::of(app.run(caller.actor, key, ClaimTask { task }).await?);
    Ok(versioned(act.version, &act))
}

async fn release(State(app): State<App>, Member(caller): Member, Path(task): Path<String>, Once(key): Once) -> Result<Response, ApiError> {
    let ((), act) = Act::of(app.run(caller.actor, key, ReleaseTask { task }).await?);
    Ok(versioned(act.version, &act))
}

async fn complete(
    State(app): State<App>,
    Member(caller): Member,
    Path(task): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Sent(sent): Sent<Completion>,
) -> Result<Response, ApiError> {
    run(&app, caller.actor, key, task, seen, sent).await
}

async fn complete_of_case(
    State(app): State<App>,
    Member(caller): Member,
    Path(case): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Sent(sent): Sent<Completion>,
) -> Result<Response, ApiError> {
    let task = own_task(&app, &caller.actor, case).await?;
    run(&app, caller.actor, key, task, seen, sent).await
}

async fn run(app: &App, actor: Actor, key: Option<String>, task: String, seen: Option<i64>, sent: Completion) -> Result<Response, ApiError> {
    let Completion { outcome, opinion, fields, seen: seen_too } = sent;
    let done = app.run(actor, key, CompleteTask { task, outcome, opinion, fields, seen: seen.or(seen_too) }).await?;
    let version = done.outcome;
    let (_, act) = Act::of(done);
    Ok(versioned(version, &Act { version, ..act }))
}

/// The one open task of a case that belongs to a post of the actor.
async fn own_task(app: &App, actor: &Actor, case: String) -> Result<String, ApiError> {
    let (authority, actor) = (Arc::clone(app.runner.authority()), actor.clone());
    let found = app.query(move |tx| {
        permitted_case(tx, &*authority, &actor, &case, "case.read")?;
        let number = number_of(tx, &case)?.ok_or_else(Refusal::not_found)?;
        let rows = inbox(tx, &actor, &InboxFilter { number: Some(number), ..InboxFilter::default() })?.rows;
        Ok::<_, Halt>(rows.into_iter().map(|row| row.task.id).collect::<Vec<_>>())
    });
    let mut tasks = found.await?.into_iter();
    match (tasks.next(), tasks.next()) {
        (Some(task), None) => Ok(task),
        (Some(_), Some(_)) => Err(refusals::task_ambiguous()),
        (None, _) => Err(cases::model::refusals::task_not_open().into()),
    }
}
