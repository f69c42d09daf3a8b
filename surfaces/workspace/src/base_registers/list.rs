//! `/workspace/registers`: what registers there are, how full and how fresh they are.

use axum::extract::State;
use gate::{App, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use registers::Overview;
use ui::{Cell, Table};

use super::{declare, freshness, href};
use crate::frame::{Desk, Place, heading};
use crate::people::organ_text;
use crate::say::{Say, moment};

/// `GET /workspace/registers`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Markup, PageError> {
    if !Place::Registers.is_for(&app, &visitor) {
        return Err(PageError::NotFound);
    }
    let lang = visitor.lang;
    let all = app.read(|tx| Ok(registers::overviews(tx)?)).await?;
    let title = Place::Registers.name(lang);
    let now_ms = app.now_ms();
    let body = html! {
        (heading(title))
        p.govuk-body { (lang.say(
            "一数一源：每个基础信息库由一个主管单位收集和更新，其他单位依法查询、核验，不重复收集。查询含个人信息的记录时，当事人会在“数据使用踪迹”中看到。",
            "One source for each fact: one organ keeps a register, the others look up or verify by law. Whoever is read about sees it in the data tracker.",
        )) }
        @if all.is_empty() { p.govuk-body { (lang.say("还没有登记的基础信息库。", "No register has been declared yet.")) } }
        @else { (table(&visitor, &all, now_ms)) }
        @if declare::may_begin(&app, &visitor) {
            p.govuk-body { a.govuk-link href=(declare::NEW) { (lang.say("登记一个基础信息库", "Declare a register")) } }
        }
    };
    Ok(Desk::new(&app, &visitor, Place::Registers, title).show(body))
}

fn table(visitor: &Visitor, all: &[Overview], now_ms: i64) -> Markup {
    let lang = visitor.lang;
    let head = vec![
        Cell::new(lang.say("名称", "Register")),
        Cell::new(lang.say("主管单位", "Kept by")),
        Cell::number(lang.say("记录数", "Records")),
        Cell::new(lang.say("更新周期", "Update period")),
        Cell::new(lang.say("最近更新", "Last update")),
        Cell::new(lang.say("更新情况", "Freshness")),
    ];
    let row = |register: &Overview| {
        let declaration = &register.declaration;
        let owner = register.owner.as_ref().map(|organ| organ_text(organ).get(lang).to_owned());
        vec![
            Cell::new(html! { a.govuk-link href=(href(&declaration.slug)) { (declaration.title.get(lang)) } }),
            Cell::new(owner.unwrap_or_else(|| lang.say("未落实", "Nobody yet").to_owned())),
            Cell::number(i18n::number(register.key_count)),
            Cell::new(declaration.update_period.label().get(lang)),
            Cell::new(register.fresh_at_ms.map_or_else(|| "—".to_owned(), |at_ms| moment(lang, at_ms))),
            Cell::new(freshness(visitor, register, now_ms)),
        ]
    };
    Table::new("", head, all.iter().map(row).collect()).scrolling(Place::Registers.name(lang))
}
