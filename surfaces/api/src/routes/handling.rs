//! The clock of a case: special procedures and the extension.

use axum::extract::{Path, State};
use axum::response::Response;
use cases::commands::{ExtendCase, ResumeCase, SuspendCase};
use gate::App;

use super::answers::versioned;
use super::case_acts::acted;
use crate::body::{Once, Seen, Sent};
use crate::caller::Member;
use crate::dto::{Act, DatedAct, Extension, Suspension};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

pub(super) fn routes(api: Api) -> Api {
    api.on(
        Operation::post("/cases/{case}/suspension", "suspendCase")
            .is(Tag::Tasks, "case.suspend", "进入特别程序，中止计时", "Pause the clock for a special procedure")
            .note(
                "只限行政许可法第四十五条所列、且本事项规程允许的理由。",
                "Only for reasons of article 45 of the Administrative Licensing Law that the item lists.",
            )
            .conditional()
            .once()
            .body::<Suspension>(r#"{"reason":"testing","days_estimated":10}"#)
            .answers::<Act>(),
        suspend,
    )
    .on(
        Operation::delete("/cases/{case}/suspension", "resumeCase")
            .is(Tag::Tasks, "case.resume", "特别程序结束，恢复计时", "End the special procedure")
            .conditional()
            .once()
            .answers::<Act>(),
        resume,
    )
    .on(
        Operation::post("/cases/{case}/extension", "extendCase")
            .is(Tag::Tasks, "case.extend", "延长办理期限（一次）", "Extend the limit, once")
            .note(
                "行政许可法 第四十二条：经本行政机关负责人批准。",
                "Administrative Licensing Law, article 42: with the approval of the head of the organ.",
            )
            .conditional()
            .once()
            .body::<Extension>(r#"{"workdays":10,"reason":"需要外地主管部门协查"}"#)
            .answers::<DatedAct>(),
        extend,
    )
}

async fn suspend(
    State(app): State<App>,
    Member(caller): Member,
    Path(case): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Sent(sent): Sent<Suspension>,
) -> Result<Response, ApiError> {
    let command = SuspendCase { case: case.clone(), reason: sent.reason, days_estimated: sent.days_estimated, seen: seen.or(sent.seen) };
    let done = app.run(caller.actor, key, command).await?;
    Ok(acted(&case, done.recorded))
}

async fn resume(
    State(app): State<App>,
    Member(caller): Member,
    Path(case): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
) -> Result<Response, ApiError> {
    let done = app.run(caller.actor, key, ResumeCase { case: case.clone(), seen }).await?;
    Ok(acted(&case, done.recorded))
}

async fn extend(
    State(app): State<App>,
    Member(caller): Member,
    Path(case): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Sent(sent): Sent<Extension>,
) -> Result<Response, ApiError> {
    let command = ExtendCase { case: case.clone(), workdays: sent.workdays, reason: sent.reason, seen: seen.or(sent.seen) };
    let done = app.run(caller.actor, key, command).await?;
    let act = Act::on(&case, done.recorded);
    Ok(versioned(act.version, &DatedAct { day: done.outcome, act }))
}
