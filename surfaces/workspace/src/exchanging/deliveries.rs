//! `/workspace/exchange/deliveries`: received rows that were set aside, with replay: of the own organ, or of all for the system administrator.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use exchange::{DeadRow, ReplayDeadRow};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use ui::{Button, Input};

use super::{DELIVERIES, has_deliveries, is_about_reason, replays, ways};
use crate::frame::{Desk, Place, headed, heading, hidden};
use crate::pages::shown;
use crate::say::{Say, moment};
use crate::typed::Typed;

/// `GET /workspace/exchange/deliveries`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    Ok(page(&app, &visitor, &Typed::default()).await?.into_response())
}

/// `POST /workspace/exchange/deliveries`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let typed = Typed::from_pairs(&form.0);
    let dropped_because = (typed.get("act") == "drop").then(|| typed.get("reason").to_owned());
    let command = ReplayDeadRow { row: typed.get("row").to_owned(), dropped_because };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => Ok(see_other_with(&app, DELIVERIES, &Flash::success("已处理。", "Done."))),
        Err(error) => {
            let refusal = shown(error)?;
            let at = if is_about_reason(&refusal) { format!("reason-{}", typed.get("row")) } else { String::new() };
            let mut typed = typed;
            typed.blame(at, refusal.sentence.get(visitor.lang));
            Ok((gate::status_of(&refusal), page(&app, &visitor, &typed).await?).into_response())
        }
    }
}

async fn page(app: &App, visitor: &Visitor, typed: &Typed) -> Result<Markup, PageError> {
    if !Place::Exchange.is_for(app, visitor) || !has_deliveries(app, visitor) {
        return Err(PageError::NotFound);
    }
    let (all, heads) = (replays(app, visitor, None), headed(&visitor.actor));
    let read = app.read(move |tx| {
        if all {
            return Ok(exchange::dead_rows(tx)?);
        }
        let mut found = Vec::new();
        let services = exchange::services(tx)?;
        for organ in &heads {
            for member in exchange::members_of_organ(tx, organ)? {
                for service in services.iter().filter(|service| *service.id.subsystem() == member.id) {
                    found.extend(exchange::dead_rows_of(tx, &service.id)?);
                }
            }
        }
        Ok(found)
    });
    let dead = read.await?;
    let title = visitor.lang.say("未入库的行", "Rows set aside");
    let desk = Desk::new(app, visitor, Place::Exchange, title).below().wrong(typed.has_errors());
    Ok(desk.show(body(app, visitor, title, &dead, typed)))
}

fn body(app: &App, visitor: &Visitor, title: &str, dead: &[DeadRow], typed: &Typed) -> Markup {
    let lang = visitor.lang;
    html! {
        (typed.summary(lang))
        (heading(title))
        (ways(app, visitor, DELIVERIES))
        p.govuk-body { (lang.say(
            "收到的行与服务登记的数据项不符的，不入库，也不丢弃。更正登记后重放；确定无用的，写明原因后放弃。",
            "A received row that does not fit the declared fields is neither taken in nor lost. Correct the description and replay it, or give it up \
             with a reason.",
        )) }
        @if dead.is_empty() { p.govuk-body { (lang.say("没有搁置的行。", "No row is set aside.")) } }
        @for row in dead { (one(visitor, row, typed)) }
    }
}

fn one(visitor: &Visitor, dead: &DeadRow, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let reason = format!("reason-{}", dead.id);
    let end: String = dead.id.chars().skip(18).collect();
    let given = if typed.get("row") == dead.id { typed.get("reason") } else { "" };
    html! {
        div.zs-action {
            h2.govuk-heading-s { code.zs-break { (dead.service) } " · " (dead.cd_batch) " · " (moment(lang, dead.at_ms)) }
            p.govuk-body-s { (lang.say("来自：", "From: ")) code.zs-break { (dead.source) } }
            p.zs-action__effect { (lang.say("原因：", "Reason: ")) (dead.cause().get(lang)) }
            form.zs-inline method="post" action=(DELIVERIES) {
                (hidden(visitor, &format!("r-{end}")))
                input type="hidden" name="row" value=(dead.id);
                (Button::submit(lang.say("重放", "Replay")))
            }
            form method="post" action=(DELIVERIES) novalidate {
                (hidden(visitor, &format!("d-{end}")))
                input type="hidden" name="row" value=(dead.id);
                input type="hidden" name="act" value="drop";
                (Input::new("reason", lang.say("放弃的原因", "Reason to give it up")).id(reason.as_str()).value(given).error(typed.error(lang, &reason)))
                (Button::submit(lang.say("放弃", "Give up")).warning())
            }
        }
    }
}
