//! The pages of data exchange: traffic, members and keys, services and standing duties, message log, feeds, rows set aside.

mod deliveries;
mod directory;
mod duty;
mod feed_start;
mod feeds;
mod log;
mod member;
mod members;
mod offer;
mod offer_table;
mod received;
mod service;
mod services;
mod traffic;

use axum::Router;
use axum::routing::{get, post};
use exchange::Code;
use gate::{App, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use runner::{Refusal, Resource};
use ui::{Tag, TagColour};

use crate::frame::headed;
use crate::say::Say;

const TRAFFIC: &str = "/workspace/exchange";
const MEMBERS: &str = "/workspace/exchange/members";
const MEMBER: &str = "/workspace/exchange/member";
const SERVICES: &str = "/workspace/exchange/services";
const SERVICE: &str = "/workspace/exchange/service";
const OFFER: &str = "/workspace/exchange/offer";
const DUTY: &str = "/workspace/exchange/duty";
const LOG: &str = "/workspace/exchange/log";
const FEEDS: &str = "/workspace/exchange/feeds";
const DELIVERIES: &str = "/workspace/exchange/deliveries";

/// The pages.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(TRAFFIC, get(traffic::get))
        .route(MEMBERS, get(members::get).post(members::post))
        .route(MEMBER, get(member::get).post(member::post))
        .route(SERVICES, get(services::get))
        .route(SERVICE, get(service::get).post(service::post))
        .route(OFFER, get(offer::get).post(offer::post))
        .route(DUTY, get(duty::get).post(duty::post))
        .route(LOG, get(log::get))
        .route(FEEDS, get(feeds::get).post(feeds::post))
        .route(DELIVERIES, get(deliveries::get).post(deliveries::post))
        .route("/workspace/exchange/evidence", post(log::export))
}

/// Whether the visitor keeps the members.
fn keeps_members(app: &App, visitor: &Visitor) -> bool {
    app.may(visitor, "exchange.manage-members", &Resource::of("exchange-member"))
}

/// Whether the visitor says what an organ offers, and to whom.
fn offers(app: &App, visitor: &Visitor, organ: Option<&str>) -> bool {
    app.may(visitor, "exchange.offer-service", &exchange::offered(organ.map(str::to_owned)))
}

/// The organs for which the visitor says so.
pub(crate) fn offering(app: &App, visitor: &Visitor) -> Vec<String> {
    let mut organs: Vec<String> = visitor.actor.posts.iter().map(|held| held.organ.clone()).collect();
    organs.sort();
    organs.dedup();
    organs.retain(|organ| offers(app, visitor, Some(organ)));
    organs
}

/// Whether the visitor reads the message log, of all organs or of the own.
fn reads_log(app: &App, visitor: &Visitor, organ: Option<&str>) -> bool {
    let of_organ = |organ: Option<&str>| Resource { organ: organ.map(str::to_owned), ..Resource::of("exchange-log") };
    app.may(visitor, "exchange.read-log", &of_organ(None)) || organ.is_some_and(|organ| app.may(visitor, "exchange.read-log", &of_organ(Some(organ))))
}

/// Whether there is a log for the visitor at all.
fn has_log(app: &App, visitor: &Visitor) -> bool {
    reads_log(app, visitor, None) || !headed(&visitor.actor).is_empty()
}

/// Whether the visitor replays deliveries, of all organs or of the own.
fn replays(app: &App, visitor: &Visitor, organ: Option<&str>) -> bool {
    app.may(visitor, "exchange.replay-delivery", &Resource { organ: organ.map(str::to_owned), ..Resource::of("exchange-batch") })
}

/// Whether the visitor starts, stops and resumes feeds of an organ.
fn keeps_feeds(app: &App, visitor: &Visitor, organ: Option<&str>) -> bool {
    app.may(visitor, "exchange.keep-feeds", &Resource { organ: organ.map(str::to_owned), ..Resource::of("exchange-feed") })
}

/// Whether there are deliveries for the visitor at all.
fn has_deliveries(app: &App, visitor: &Visitor) -> bool {
    replays(app, visitor, None) || !headed(&visitor.actor).is_empty()
}

/// How a call ended: in words, and where it failed with the code of the protocol.
fn ended(lang: Lang, code: Code) -> Markup {
    html! {
        @if code == Code::Answered { (Tag::new(TagColour::Green, lang.say("已答复", "Answered"))) }
        @else { (Tag::new(TagColour::Orange, lang.say("未成功", "Failed"))) " " (code.sentence().get(lang)) " " code { (code.as_str()) } }
    }
}

/// The ways between the pages.
fn ways(app: &App, visitor: &Visitor, here: &str) -> Markup {
    let lang = visitor.lang;
    let mut all = vec![
        (TRAFFIC, lang.say("流量", "Traffic")),
        (MEMBERS, lang.say("成员与密钥", "Members and keys")),
        (SERVICES, lang.say("服务和常设共享", "Services and standing duties")),
    ];
    if has_log(app, visitor) {
        all.push((LOG, lang.say("消息日志", "Message log")));
    }
    if has_deliveries(app, visitor) {
        all.push((FEEDS, lang.say("变更订阅", "Feeds of changes")));
        all.push((DELIVERIES, lang.say("未入库的行", "Rows set aside")));
    }
    html! {
        nav.zs-inline aria-label=(lang.say("数据交换", "Data exchange")) {
            @for (href, name) in all {
                @if href == here { strong aria-current="page" { (name) } } @else { a.govuk-link href=(href) { (name) } }
                " "
            }
        }
    }
}

/// Whether what is refused is the reason that was given, or was not.
fn is_about_reason(refusal: &Refusal) -> bool {
    refusal.fields.iter().any(|field| field.field == "reason")
}
