//! `/workspace/jobs`: background jobs that were set aside, for the system administrator.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use gate::operation::{DropJob, ReplayJob};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use jobs::{Job, Overview};
use maud::{Markup, html};
use runner::Resource;
use ui::{Button, Details, Input};

use super::shown;
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::{Say, moment};
use crate::typed::Typed;

const ROWS_MAX: u32 = 100;

/// `GET /workspace/jobs`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    Ok(page(&app, &visitor, &Typed::default()).await?.into_response())
}

/// `POST /workspace/jobs`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let typed = Typed::from_pairs(&form.0);
    let job = typed.get("job").to_owned();
    let done = match typed.get("act") {
        "drop" => app.execute(&visitor, form.key(), DropJob { job, reason: typed.get("reason").to_owned() }).await.map(drop),
        _ => app.execute(&visitor, form.key(), ReplayJob { job }).await.map(drop),
    };
    match done {
        Ok(()) => Ok(see_other_with(&app, Place::Jobs.href(), &Flash::success("已处理。", "Done."))),
        Err(error) => {
            let refusal = shown(error)?;
            let at = format!("reason-{}", typed.get("job"));
            let mut typed = typed;
            typed.blame(if refusal.code == "job-drop-reason-missing" { at } else { String::new() }, refusal.sentence.get(visitor.lang));
            Ok((gate::status_of(&refusal), page(&app, &visitor, &typed).await?).into_response())
        }
    }
}

async fn page(app: &App, visitor: &Visitor, typed: &Typed) -> Result<Markup, PageError> {
    if !Place::Jobs.is_for(app, visitor) {
        return Err(PageError::NotFound);
    }
    let (overview, dead) = app.read(|tx| Ok((jobs::overview(tx)?, jobs::dead_jobs(tx, ROWS_MAX)?))).await?;
    let may_replay = app.may(visitor, "job.replay", &Resource::of("job"));
    let desk = Desk::new(app, visitor, Place::Jobs, Place::Jobs.name(visitor.lang)).wrong(typed.has_errors());
    Ok(desk.show(body(visitor, overview, &dead, may_replay, typed)))
}

fn body(visitor: &Visitor, overview: Overview, dead: &[Job], may_replay: bool, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let tile = |count: i64, word: &str| html! { div.zs-tile { span.zs-tile__number { (i18n::number(count)) } span.zs-tile__word { (word) } } };
    html! {
        (typed.summary(lang))
        (heading(Place::Jobs.name(lang)))
        div.zs-tiles {
            (tile(overview.ready, lang.say("等待中", "waiting")))
            (tile(overview.leased, lang.say("执行中", "running")))
            (tile(overview.dead, lang.say("已搁置", "set aside")))
        }
        h2.govuk-heading-m { (lang.say("搁置的作业", "Jobs set aside")) }
        p.govuk-body { (lang.say(
            "连续失败八次的作业被搁置。排除原因后重放；确定不再需要的，写明原因后放弃。",
            "A job that failed eight times is set aside. Mend the cause and replay it, or give it up with a reason.",
        )) }
        @if dead.is_empty() { p.govuk-body { (lang.say("没有搁置的作业。", "No job is set aside.")) } }
        @for job in dead { (one(visitor, job, may_replay, typed)) }
    }
}

fn one(visitor: &Visitor, job: &Job, may_replay: bool, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let reason = format!("reason-{}", job.id);
    let end: String = job.id.chars().skip(18).collect();
    let given = if typed.get("job") == job.id { typed.get("reason") } else { "" };
    html! {
        div.zs-action {
            h3.govuk-heading-s { code { (job.kind) } " · " (moment(lang, job.due_ms)) }
            p.zs-action__effect { (lang.tell(format!("尝试{}次。最后一次错误：", job.attempts), format!("{} tries. Last error: ", job.attempts))) }
            pre.zs-pre tabindex="0" { (job.last_error.as_deref().unwrap_or("—")) }
            (Details::new(lang.say("作业内容", "Payload"), html! { pre.zs-pre tabindex="0" { (job.id) "\n" (job.payload) } }))
            @if may_replay {
                form.zs-inline method="post" action=(Place::Jobs.href()) {
                    (hidden(visitor, &format!("r-{end}")))
                    input type="hidden" name="job" value=(job.id);
                    (Button::submit(lang.say("重放", "Replay")))
                }
                form method="post" action=(Place::Jobs.href()) novalidate {
                    (hidden(visitor, &format!("d-{end}")))
                    input type="hidden" name="job" value=(job.id);
                    input type="hidden" name="act" value="drop";
                    (Input::new("reason", lang.say("放弃的原因", "Reason to give it up")).id(reason.as_str()).value(given).error(typed.error(lang, &reason)))
                    (Button::submit(lang.say("放弃", "Give up")).warning())
                }
            }
        }
    }
}
