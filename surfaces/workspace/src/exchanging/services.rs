//! `/workspace/exchange/services`: what is offered, and where an organ begins to offer something.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use exchange::{INBOX, Service, Standing};
use gate::{App, PageError, StaffMember, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use runner::ActorKind;
use ui::{Button, Cell, Select, SelectItem, SortColumn, SortableTable, Tag, TagColour};

use super::directory::Directory;
use super::offer_table::TABLE;
use super::{OFFER, SERVICE, SERVICES, offering, ways};
use crate::frame::{Desk, Place, headed, heading};
use crate::pages::rows::query;
use crate::say::Say;

/// `GET /workspace/exchange/services`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    if !Place::Exchange.is_for(&app, &visitor) {
        return Err(PageError::NotFound);
    }
    let directory = app.read(|tx| Ok(Directory::load(tx)?)).await?;
    let lang = visitor.lang;
    let title = lang.say("服务和常设共享", "Services and standing duties");
    let organs = offering(&app, &visitor);
    let shown: Vec<&Service> = directory.services.iter().filter(|service| is_shown(&visitor, &directory, &organs, service)).collect();
    let body = html! {
        (heading(title))
        (ways(&app, &visitor, SERVICES))
        p.govuk-body { (lang.say(
            "服务是把本机构保存的登记开放给交换。有了服务，还须逐项登记常设共享或者经申请授权，别人才能使用。",
            "A service opens a register that the organ keeps to the exchange. Others may use it only under a standing duty that is recorded, or a grant.",
        )) }
        (table(lang, &directory, &shown))
        @if !organs.is_empty() { (start(lang, &directory, &organs)) }
    };
    Ok(Desk::new(&app, &visitor, Place::Exchange, title).below().show(body).into_response())
}

/// Administrators see all services, others those of their organs.
fn is_shown(visitor: &Visitor, directory: &Directory, organs: &[String], service: &Service) -> bool {
    let heads = headed(&visitor.actor);
    let of = |organ: &str| organs.iter().chain(&heads).any(|own| own == organ);
    visitor.actor.kind == ActorKind::Admin || directory.provider(&service.id).is_some_and(of)
}

/// The state of a service as a tag.
pub(super) fn standing_tag(lang: Lang, standing: Standing) -> Tag {
    match standing {
        Standing::Active => Tag::new(TagColour::Green, lang.say("已发布", "Offered")),
        Standing::Suspended => Tag::new(TagColour::Red, lang.say("已停用", "Withdrawn")),
    }
}

fn table(lang: Lang, directory: &Directory, services: &[&Service]) -> SortableTable {
    let columns = [
        lang.say("服务", "Service"),
        lang.say("标识", "Identifier"),
        lang.say("子系统", "Subsystem"),
        lang.say("登记", "Register"),
        lang.say("状态", "Standing"),
    ];
    let row = |service: &&Service| {
        let id = service.id.to_string();
        vec![
            Cell::new(html! { a.govuk-link href={ (SERVICE) (query(&[("id", &id)])) } { (service.title.get(lang)) } }),
            Cell::new(html! { code.zs-break { (id) } }),
            Cell::new(directory.member_name(lang, service.id.subsystem())),
            Cell::new(directory.register(lang, &service.register)),
            Cell::new(html! { (standing_tag(lang, service.standing)) }),
        ]
    };
    SortableTable {
        caption: lang.say("服务", "Services").into(),
        columns: columns.map(SortColumn::fixed).to_vec(),
        rows: services.iter().map(row).collect(),
        empty: lang.say("还没有发布服务。", "No service is offered yet.").into(),
    }
}

/// First the subsystem and the source; the fields that can be offered follow from it.
fn start(lang: Lang, directory: &Directory, organs: &[String]) -> Markup {
    let members: Vec<SelectItem> = directory.subsystems(organs).map(|member| SelectItem::new(member.id.to_string(), member.name.get(lang))).collect();
    let mut sources: Vec<SelectItem> =
        directory.kept_by(organs).map(|register| SelectItem::new(register.declaration.slug.as_str(), register.declaration.title.get(lang))).collect();
    sources.push(SelectItem::new(INBOX, lang.say("不提供登记，接收别人送来的变更", "No register: take the changes that others send")));
    sources.push(SelectItem::new(TABLE, lang.say("不提供登记，接收别人送来的数据表", "No register: take a table that others send")));
    html! {
        h2.govuk-heading-m { (lang.say("发布一项服务", "Offer a service")) }
        @if members.is_empty() {
            p.govuk-body { (lang.say(
                "本机构还没有登记为交换成员，请安全管理员先登记子系统。",
                "Your organ takes no part yet: have a subsystem enrolled by the security administrator first.",
            )) }
        } @else {
            form method="get" action=(OFFER) {
                (Select::new("member", lang.say("由哪个子系统提供", "Subsystem that provides it"), members))
                (Select::new("source", lang.say("提供什么", "What it provides"), sources))
                (Button::submit(lang.say("下一步", "Next")))
            }
        }
    }
}
