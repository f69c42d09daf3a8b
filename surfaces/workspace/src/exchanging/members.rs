//! `/workspace/exchange/members`: who takes part; enrolment.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use exchange::{EnrolMember, Member, Standing};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use i18n::Text;
use maud::{Markup, html};
use parties::Organ;
use ui::{Button, Cell, Input, Select, SelectItem, SortColumn, SortableTable, Tag, TagColour};

use super::{MEMBER, MEMBERS, keeps_members, ways};
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::rows::query;
use crate::pages::shown;
use crate::say::Say;
use crate::typed::Typed;

/// `GET /workspace/exchange/members`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    Ok(page(&app, &visitor, &Typed::default()).await?.into_response())
}

/// `POST /workspace/exchange/members`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::from_pairs(&form.0);
    let lang = visitor.lang;
    let Ok(id) = typed.get("id").parse() else {
        typed.blame("id", lang.say("标识应写作 实例/类别/成员代码/子系统。", "The identifier is instance/class/member/subsystem."));
        return Ok(gate::unprocessable(page(&app, &visitor, &typed).await?));
    };
    let organ = Some(typed.get("organ").to_owned()).filter(|organ| !organ.is_empty());
    let command = EnrolMember {
        id,
        name: Text::new(typed.get("name_zh"), typed.get("name_en")),
        organ,
        address: typed.get("address").to_owned(),
        ed25519_allowed: typed.get("ed25519") == "yes",
    };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => Ok(see_other_with(&app, MEMBERS, &Flash::success("已登记成员。", "The member is enrolled."))),
        Err(error) => {
            let refusal = shown(error)?;
            let typed = typed.refuse(lang, &refusal, |code| match code {
                "member-known" => "id",
                "name" => "name_zh",
                _ => "",
            });
            Ok((gate::status_of(&refusal), page(&app, &visitor, &typed).await?).into_response())
        }
    }
}

async fn page(app: &App, visitor: &Visitor, typed: &Typed) -> Result<Markup, PageError> {
    if !Place::Exchange.is_for(app, visitor) {
        return Err(PageError::NotFound);
    }
    let (members, organs) = app.read(|tx| Ok((exchange::members(tx)?, parties::organs(tx)?))).await?;
    let title = visitor.lang.say("成员与密钥", "Members and keys");
    let desk = Desk::new(app, visitor, Place::Exchange, title).below().wrong(typed.has_errors());
    Ok(desk.show(body(app, visitor, &members, &organs, typed)))
}

fn body(app: &App, visitor: &Visitor, members: &[Member], organs: &[Organ], typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let columns = [lang.say("成员", "Member"), lang.say("标识", "Identifier"), lang.say("所在节点", "Node"), lang.say("状态", "Standing")];
    html! {
        (typed.summary(lang))
        (heading(lang.say("成员与密钥", "Members and keys")))
        (ways(app, visitor, MEMBERS))
        (SortableTable {
            caption: lang.say("交换成员", "Members of the exchange").into(),
            columns: columns.map(SortColumn::fixed).to_vec(),
            rows: members.iter().map(|member| row(visitor, organs, member)).collect(),
            empty: lang.say("还没有成员。", "There is no member yet.").into(),
        })
        @if keeps_members(app, visitor) { (form(visitor, organs, typed)) }
    }
}

fn row(visitor: &Visitor, organs: &[Organ], member: &Member) -> Vec<Cell> {
    let lang = visitor.lang;
    let organ = member.organ.as_ref().and_then(|id| organs.iter().find(|organ| organ.id.as_str() == id));
    let place = organ.map_or(member.address.as_str(), |organ| organ.name.get(lang));
    let id = member.id.to_string();
    vec![
        Cell::new(html! { a.govuk-link href={ (MEMBER) (query(&[("id", &id)])) } { (member.name.get(lang)) } }),
        Cell::new(html! { code.zs-break { (id) } }),
        Cell::new(place.to_owned()),
        Cell::new(html! { (standing_tag(visitor, member.standing)) }),
    ]
}

/// The state as a tag.
pub(super) fn standing_tag(visitor: &Visitor, standing: Standing) -> Tag {
    match standing {
        Standing::Active => Tag::new(TagColour::Green, visitor.lang.say("参与交换", "Active")),
        Standing::Suspended => Tag::new(TagColour::Red, visitor.lang.say("已停用", "Suspended")),
    }
}

fn form(visitor: &Visitor, organs: &[Organ], typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let input = |name: &str, label: &'static str| Input::new(name, label).value(typed.get(name)).error(typed.error(lang, name));
    let none = SelectItem::new("", lang.say("其他节点的成员", "A member of another node"));
    let own = organs.iter().map(|organ| SelectItem::new(organ.id.as_str(), organ.name.get(lang)));
    html! {
        h2.govuk-heading-m { (lang.say("登记成员", "Enrol a member")) }
        form method="post" action=(MEMBERS) novalidate {
            (hidden(visitor, "enrol"))
            (input("id", lang.say("标识（实例/类别/统一代码/子系统）", "Identifier (instance/class/unified code/subsystem)")))
            (input("name_zh", lang.say("中文名称", "Name in Chinese")))
            (input("name_en", lang.say("英文名称", "Name in English")))
            (Select::new("organ", lang.say("本节点机构", "Organ of this node"), std::iter::once(none).chain(own).collect())
                .value(typed.get("organ"))
                .error(typed.error(lang, "organ")))
            (input("address", lang.say("其他节点的地址（https://）", "Address of the other node (https://)")))
            (Select::new("ed25519", lang.say("签名算法", "Signature algorithm"), vec![
                SelectItem::new("no", lang.say("只用 SM2", "SM2 alone")),
                SelectItem::new("yes", lang.say("SM2，也可用 Ed25519", "SM2, or Ed25519")),
            ]).value(typed.get("ed25519")))
            p.zs-action__effect { (lang.say("登记后，该子系统凭登记的密钥参与交换。", "The subsystem then takes part with the keys enrolled for it.")) }
            (Button::submit(lang.say("登记", "Enrol")))
        }
    }
}
