//! 数据资源: the base registers at the desk.

mod consents;
mod correct;
mod declare;
mod list;
mod load;
mod look_up;
mod register;
mod report;

use axum::Router;
use axum::routing::get;
use gate::{App, PageError, Visitor};
use maud::{Markup, html};
use registers::{Field, Overview};
use runner::Refusal;
use ui::{Tag, TagColour};

use crate::frame::Place;
use crate::say::Say;

/// The pages of registers.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/workspace/registers", get(list::get))
        .route(declare::NEW, get(declare::get_new).post(declare::post_new))
        .route("/workspace/registers/{slug}", get(register::get))
        .route("/workspace/registers/{slug}/declaration", get(declare::get).post(declare::post))
        .route("/workspace/registers/{slug}/read", get(look_up::get).post(look_up::post))
        .route("/workspace/registers/{slug}/correct", get(correct::get).post(correct::post))
        .route("/workspace/registers/{slug}/consents", get(consents::get).post(consents::post))
        .route("/workspace/registers/{slug}/load", get(load::get).post(load::post))
        .route("/workspace/registers/{slug}/loads/{load}", get(report::get))
}

/// One register, for whoever may see that it is there.
async fn overview(app: &App, visitor: &Visitor, slug: &str) -> Result<Overview, PageError> {
    if !Place::Registers.is_for(app, visitor) {
        return Err(PageError::NotFound);
    }
    let slug = slug.to_owned();
    app.read(move |tx| Ok(registers::overview(tx, &slug)?.ok_or_else(Refusal::not_found)?)).await
}

/// The address of a register.
fn href(slug: &str) -> String {
    format!("/workspace/registers/{slug}")
}

/// Whether the owner keeps what it promised, in words and colour.
fn freshness(visitor: &Visitor, register: &Overview, now_ms: i64) -> Markup {
    let lang = visitor.lang;
    let tag = match register.is_fresh(now_ms) {
        Some(true) => Tag::new(TagColour::Green, lang.say("按期更新", "Up to date")),
        Some(false) => Tag::new(TagColour::Red, lang.say("逾期未更新", "Out of date")),
        None => Tag::new(TagColour::Grey, lang.say("无固定周期", "No fixed period")),
    };
    html! { (tag) }
}

/// What kind of personal information a field is.
fn privacy(visitor: &Visitor, field: &Field) -> Markup {
    let lang = visitor.lang;
    html! {
        @if field.sensitive { (Tag::new(TagColour::Red, lang.say("敏感个人信息", "Sensitive"))) }
        @else if field.personal { (Tag::new(TagColour::Orange, lang.say("个人信息", "Personal"))) }
        @else { (lang.say("非个人信息", "Not personal")) }
    }
}
