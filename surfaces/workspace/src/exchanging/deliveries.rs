//! `/workspace/exchange/deliveries`: feeds, and rows that were set aside, with replay.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use exchange::{DeadRow, Feed, FeedState, ReplayDeadRow, ReplayFeed};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use ui::{Button, Cell, Input, SortColumn, SortableTable, Tag, TagColour};

use super::{DELIVERIES, replays, ways};
use crate::frame::{Desk, Place, heading, hidden};
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
    let row = typed.get("row").to_owned();
    let done = match typed.get("act") {
        "feed" => app.execute(&visitor, form.key(), ReplayFeed { feed: typed.get("feed").to_owned() }).await.map(drop),
        "drop" => {
            let command = ReplayDeadRow { row, dropped_because: Some(typed.get("reason").to_owned()) };
            app.execute(&visitor, form.key(), command).await.map(drop)
        }
        _ => app.execute(&visitor, form.key(), ReplayDeadRow { row, dropped_because: None }).await.map(drop),
    };
    match done {
        Ok(()) => Ok(see_other_with(&app, DELIVERIES, &Flash::success("已处理。", "Done."))),
        Err(error) => {
            let refusal = shown(error)?;
            let at = if refusal.code == "reason-missing" { format!("reason-{}", typed.get("row")) } else { String::new() };
            let mut typed = typed;
            typed.blame(at, refusal.sentence.get(visitor.lang));
            Ok((gate::status_of(&refusal), page(&app, &visitor, &typed).await?).into_response())
        }
    }
}

async fn page(app: &App, visitor: &Visitor, typed: &Typed) -> Result<Markup, PageError> {
    if !Place::Exchange.is_for(app, visitor) || !replays(app, visitor) {
        return Err(PageError::NotFound);
    }
    let (feeds, dead) = app.read(|tx| Ok((exchange::feeds(tx)?, exchange::dead_rows(tx)?))).await?;
    let title = visitor.lang.say("批次与订阅", "Batches and feeds");
    let desk = Desk::new(app, visitor, Place::Exchange, title).below().wrong(typed.has_errors());
    Ok(desk.show(body(app, visitor, &feeds, &dead, typed)))
}

fn body(app: &App, visitor: &Visitor, feeds: &[Feed], dead: &[DeadRow], typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let columns = [
        lang.say("登记库", "Register"),
        lang.say("发送方 → 接收服务", "Sender → receiver"),
        lang.say("已送达到", "Delivered up to"),
        lang.say("在途批次", "Batch under way"),
        lang.say("状态", "State"),
        lang.say("办理", "Act"),
    ];
    html! {
        (typed.summary(lang))
        (heading(lang.say("批次与订阅", "Batches and feeds")))
        (ways(app, visitor, DELIVERIES))
        (SortableTable {
            caption: lang.say("变更订阅", "Feeds of changes").into(),
            columns: columns.map(SortColumn::fixed).to_vec(),
            rows: feeds.iter().map(|feed| row(visitor, feed)).collect(),
            empty: lang.say("没有订阅。", "There is no feed.").into(),
        })
        h2.govuk-heading-m { (lang.say("没有入库的行", "Rows set aside")) }
        p.govuk-body { (lang.say(
            "与服务登记的数据项不符的行不入库，也不丢弃。更正登记后重放；确定无用的，写明原因后放弃。",
            "A row that does not fit the declared fields is neither taken in nor lost. Correct the description and replay it, or give it up with a reason.",
        )) }
        @if dead.is_empty() { p.govuk-body { (lang.say("没有搁置的行。", "No row is set aside.")) } }
        @for row in dead { (one(visitor, row, typed)) }
    }
}

fn row(visitor: &Visitor, feed: &Feed) -> Vec<Cell> {
    let lang = visitor.lang;
    let state = match feed.state {
        FeedState::Active => Tag::new(TagColour::Green, lang.say("投递中", "Delivering")),
        FeedState::Dead => Tag::new(TagColour::Red, lang.say("已搁置", "Set aside")),
    };
    vec![
        Cell::new(feed.register.clone()),
        Cell::new(html! { code.zs-break { (feed.client) } " → " code.zs-break { (feed.service) } }),
        Cell::number(i18n::number(feed.position)),
        Cell::new(feed.pending_batch.as_ref().map_or_else(|| "—".to_owned(), ToString::to_string)),
        Cell::new(html! { (state) " " (feed.last_code.as_deref().unwrap_or_default()) }),
        Cell::new(html! {
            @if feed.state == FeedState::Dead {
                form method="post" action=(DELIVERIES) {
                    (hidden(visitor, &format!("f-{}", feed.id.chars().skip(18).collect::<String>())))
                    input type="hidden" name="act" value="feed";
                    input type="hidden" name="feed" value=(feed.id);
                    (Button::submit(lang.say("重放", "Replay")))
                }
            }
        }),
    ]
}

fn one(visitor: &Visitor, dead: &DeadRow, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let reason = format!("reason-{}", dead.id);
    let end: String = dead.id.chars().skip(18).collect();
    let given = if typed.get("row") == dead.id { typed.get("reason") } else { "" };
    html! {
        div.zs-action {
            h3.govuk-heading-s { code.zs-break { (dead.service) } " · " (dead.cd_batch) " · " (moment(lang, dead.at_ms)) }
            p.zs-action__effect { (lang.say("原因：", "Reason: ")) (dead.reason) }
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
