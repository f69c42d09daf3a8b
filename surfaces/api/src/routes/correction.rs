//! 补正: the clerk asks once, the applicant answers.

use axum::extract::{Path, State};
use axum::response::Response;
use cases::commands::{AnswerCorrection, RequestCorrection};
use cases::model::CorrectionItem;
use cases::queries::case_resource;
use gate::App;

use super::answers::versioned;
use super::case_acts::acted;
use crate::body::{Maybe, Once, Seen, Sent};
use crate::caller::Member;
use crate::dto::{Act, CorrectionAnswer, CorrectionItemOf, CorrectionRequest, DatedAct};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

pub(super) fn routes(api: Api) -> Api {
    api.on(
        Operation::post("/tasks/{task}/correction-request", "requestCorrection")
            .is(Tag::Tasks, "case.request-correction", "一次性告知补正", "Request corrections, once and complete")
            .note(
                "行政许可法 第三十二条：五个工作日内一次告知需要补正的全部内容。",
                "Administrative Licensing Law, article 32: everything at once, within five working days.",
            )
            .conditional()
            .once()
            .body::<CorrectionRequest>(r#"{"items":[{"target":"premises_proof","says":"租赁合同缺少出租人签字页，请补全。"}]}"#)
            .answers::<DatedAct>(),
        request,
    )
    .on(
        Operation::post("/cases/{case}/correction", "answerCorrection")
            .is(Tag::Cases, "case.answer-correction", "提交补正", "Answer the correction")
            .note("文件先用 POST /cases/{case}/materials 上传。", "Files are attached before with POST /cases/{case}/materials.")
            .conditional()
            .once()
            .body::<CorrectionAnswer>(r#"{"answers":{"trade_name":"云溪晓禾奶茶店"}}"#)
            .optional()
            .answers::<Act>(),
        answer,
    )
}

async fn request(
    State(app): State<App>,
    Member(caller): Member,
    Path(task): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Sent(sent): Sent<CorrectionRequest>,
) -> Result<Response, ApiError> {
    let item = |item: CorrectionItemOf| CorrectionItem { target: item.target, says: item.says };
    let command = RequestCorrection { task, items: sent.items.into_iter().map(item).collect(), seen: seen.or(sent.seen) };
    let (day, act) = Act::of(app.run(caller.actor, key, command).await?);
    Ok(versioned(act.version, &DatedAct { day, act }))
}

async fn answer(
    State(app): State<App>,
    Member(caller): Member,
    Path(case): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Maybe(sent): Maybe<CorrectionAnswer>,
) -> Result<Response, ApiError> {
    let (actor, id) = (caller.actor.clone(), case.clone());
    let item = app.query(move |tx| Ok(case_resource(tx, &actor, &id)?)).await?.and_then(|resource| resource.scope);
    caller.ask_about_own(&app, item.as_deref()).await?;
    let command = AnswerCorrection { case: case.clone(), answers: sent.answers, seen: seen.or(sent.seen) };
    let done = app.run(caller.actor, key, command).await?;
    Ok(acted(&case, done.recorded))
}
