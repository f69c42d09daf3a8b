//! Background jobs, for the system administrator.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use gate::App;
use gate::operation::{DropJob, ReplayJob};
use runner::Resource;

use crate::body::{Maybe, Once, Sent};
use crate::caller::Member;
use crate::dto::{Empty, JobOf, JobsOf, Reason};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

const ROWS_MAX: u32 = 100;

pub(super) fn routes(api: Api) -> Api {
    api.on(
        Operation::get("/jobs", "listJobs")
            .is(Tag::Operation, "job.read", "后台作业", "Background jobs")
            .note("各状态的数量，以及被搁置的作业（最多 100 个）。", "How many are in which state, and those set aside, 100 at most.")
            .answers::<JobsOf>(),
        list,
    )
    .on(
        Operation::post("/jobs/{job}/replay", "replayJob")
            .is(Tag::Operation, "job.replay", "重放被搁置的作业", "Have a job that was set aside done again")
            .once()
            .body::<Empty>("{}")
            .optional()
            .empty(),
        replay,
    )
    .on(
        Operation::post("/jobs/{job}/dropping", "dropJob")
            .is(Tag::Operation, "job.replay", "放弃被搁置的作业", "Give a job up that was set aside")
            .once()
            .body::<Reason>(r#"{"reason":"收件人已注销"}"#)
            .empty(),
        give_up,
    )
}

async fn list(State(app): State<App>, Member(caller): Member) -> Result<Json<JobsOf>, ApiError> {
    caller.must(&app, "job.read", &Resource::of("job"))?;
    let (overview, dead) = app.query(|tx| Ok((jobs::overview(tx)?, jobs::dead_jobs(tx, ROWS_MAX)?))).await?;
    let set_aside = dead.into_iter().map(JobOf::of).collect();
    Ok(Json(JobsOf { waiting: overview.ready, running: overview.leased, set_aside_total: overview.dead, set_aside }))
}

async fn replay(
    State(app): State<App>,
    Member(caller): Member,
    Path(job): Path<String>,
    Once(key): Once,
    _: Maybe<Empty>,
) -> Result<StatusCode, ApiError> {
    app.run(caller.actor, key, ReplayJob { job }).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn give_up(
    State(app): State<App>,
    Member(caller): Member,
    Path(job): Path<String>,
    Once(key): Once,
    Sent(sent): Sent<Reason>,
) -> Result<StatusCode, ApiError> {
    app.run(caller.actor, key, DropJob { job, reason: sent.reason }).await?;
    Ok(StatusCode::NO_CONTENT)
}
