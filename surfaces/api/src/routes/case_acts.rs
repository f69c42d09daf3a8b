//! What the applicant does with a case: withdraw, report, rate, reopen.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cases::commands::{DeliverMessage, RateCase, ReopenCase, WithdrawCase};
use gate::App;

use super::answers::versioned;
use crate::body::{Maybe, Once, Seen, Sent};
use crate::caller::Member;
use crate::dto::{Act, Empty, NewRating, Reopening, Report};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

pub(super) fn routes(api: Api) -> Api {
    let post = |path, id, action, zh, en| Operation::post(path, id).is(Tag::Cases, action, zh, en).once();
    api.on(
        post("/cases/{case}/withdrawal", "withdrawCase", "case.withdraw", "撤回申请", "Withdraw the application")
            .conditional()
            .body::<Empty>("{}")
            .optional()
            .answers::<Act>(),
        withdraw,
    )
    .on(
        post("/cases/{case}/messages", "reportToCase", "case.deliver-message", "反馈办件等待的情况", "Report what the case waits for")
            .body::<Report>(r#"{"message":"defects_fixed","fields":{"note":"已按要求加装纱窗"}}"#)
            .answers::<Act>(),
        report,
    )
    .on(
        post("/cases/{case}/rating", "rateCase", "case.rate", "评价（好差评）", "Rate a closed case")
            .note("差评会转为整改件；标签须与等级一致。", "A bad rating opens a rectification; tags must fit the level.")
            .body::<NewRating>(r#"{"level":"satisfied","tags":[413],"comment":"当天就修好了"}"#)
            .creates::<Act>(),
        rate,
    )
    .on(
        post("/cases/{case}/reopening", "reopenCase", "case.reopen", "要求重新办理", "Ask for an answered request to be taken up again")
            .body::<Reopening>(r#"{"reason":"修好两天后又不亮了"}"#)
            .answers::<Act>(),
        reopen,
    )
}

async fn withdraw(
    State(app): State<App>,
    Member(caller): Member,
    Path(case): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    _: Maybe<Empty>,
) -> Result<Response, ApiError> {
    let done = app.run(caller.actor, key, WithdrawCase { case: case.clone(), seen }).await?;
    Ok(acted(&case, done.recorded))
}

async fn report(
    State(app): State<App>,
    Member(caller): Member,
    Path(case): Path<String>,
    Once(key): Once,
    Sent(sent): Sent<Report>,
) -> Result<Response, ApiError> {
    let done = app.run(caller.actor, key, DeliverMessage { case: case.clone(), message: sent.message, fields: sent.fields }).await?;
    Ok(acted(&case, done.recorded))
}

async fn rate(
    State(app): State<App>,
    Member(caller): Member,
    Path(case): Path<String>,
    Once(key): Once,
    Sent(sent): Sent<NewRating>,
) -> Result<Response, ApiError> {
    let NewRating { level, tags, comment } = sent;
    let done = app.run(caller.actor, key, RateCase { case: case.clone(), level, tags, comment }).await?;
    // What a bad rating sets off is the organ's affair, so the rectification case is not named.
    let recorded = done.recorded.into_iter().filter(|entry| entry.stream == case).collect();
    Ok((StatusCode::CREATED, Json(Act::on(&case, recorded))).into_response())
}

async fn reopen(
    State(app): State<App>,
    Member(caller): Member,
    Path(case): Path<String>,
    Once(key): Once,
    Sent(sent): Sent<Reopening>,
) -> Result<Response, ApiError> {
    let done = app.run(caller.actor, key, ReopenCase { case: case.clone(), reason: sent.reason }).await?;
    Ok(acted(&case, done.recorded))
}

/// The act on a case, with the version it has now.
pub(super) fn acted(case: &str, recorded: Vec<runner::Recorded>) -> Response {
    let act = Act::on(case, recorded);
    versioned(act.version, &act)
}
