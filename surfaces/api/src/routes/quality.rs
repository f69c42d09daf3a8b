//! 数据质量: the runs of a register, and having it examined.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use gate::App;
use quality::commands::RequestRun;
use quality::queries;
use registers::Overview;
use runner::Refusal;

use crate::body::Once;
use crate::caller::Member;
use crate::dto::RegisterQuality;
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

pub(super) fn routes(api: Api) -> Api {
    api.on(
        Operation::get("/registers/{register}/quality", "getRegisterQuality")
            .is(Tag::Registers, "quality.read", "数据质量检查结果", "Quality of a register")
            .answers::<RegisterQuality>(),
        runs,
    )
    .on(
        Operation::post("/registers/{register}/quality/runs", "examineRegister")
            .is(Tag::Registers, "quality.run", "立即检查数据质量", "Have a register examined")
            .note("检查在后台进行，完成后见检查结果。", "It is done afterwards; see the runs.")
            .once()
            .empty(),
        examine,
    )
}

async fn runs(State(app): State<App>, Member(caller): Member, Path(slug): Path<String>) -> Result<Json<RegisterQuality>, ApiError> {
    let wanted = slug.clone();
    let register: Overview = app.query(move |tx| Ok(registers::overview(tx, &wanted)?.ok_or_else(Refusal::not_found)?)).await?;
    caller.must(&app, "quality.read", &register.resource())?;
    let found = app.query(move |tx| Ok(queries::runs(tx, &slug)?)).await?;
    Ok(Json(RegisterQuality { runs: found.into_iter().map(Into::into).collect() }))
}

async fn examine(State(app): State<App>, Member(caller): Member, Path(slug): Path<String>, Once(key): Once) -> Result<StatusCode, ApiError> {
    app.run(caller.actor.clone(), key, RequestRun { register: slug }).await?;
    Ok(StatusCode::NO_CONTENT)
}
