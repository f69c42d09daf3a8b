//! `/workspace/exchange/member?id=…`: keys and standing of one member.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use exchange::{EnrolKey, ListedDuty, Member, MemberKey, MoveMember, Ports, RevokeKey, SetMemberStanding, Standing, SubsystemId};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Button, Cell, Input, SortColumn, SortableTable, SummaryList, SummaryRow, Tag, TagColour, Textarea};

use super::members::standing_tag;
use super::{MEMBER, is_about_reason, keeps_members};
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::rows::query;
use crate::pages::shown;
use crate::say::{Say, moment};
use crate::typed::{Typed, count};

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    id: String,
}

/// `GET /workspace/exchange/member`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    Ok(page(&app, &visitor, &asked.id, &Typed::default()).await?.into_response())
}

/// `POST /workspace/exchange/member`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::from_pairs(&form.0);
    let id = typed.get("id").to_owned();
    let member: SubsystemId = id.parse().map_err(|_| PageError::NotFound)?;
    let valid_days = if typed.get("act") == "key" { count(&mut typed, visitor.lang, "valid_days") } else { Some(0) };
    let Some(valid_days) = valid_days else { return Ok(gate::unprocessable(page(&app, &visitor, &id, &typed).await?)) };
    match act(&app, &visitor, member, valid_days, &form, &typed).await {
        Ok(()) => Ok(see_other_with(&app, &format!("{MEMBER}{}", query(&[("id", &id)])), &Flash::success("已办理。", "Done."))),
        Err(error) => {
            let refusal = shown(error)?;
            let reason = match typed.get("key") {
                "" => "reason".to_owned(),
                key => format!("reason-{key}"),
            };
            let mut typed = typed.refuse(visitor.lang, &refusal, |code| match code {
                "key-known" => "pem",
                "address" => "address",
                _ => "",
            });
            if is_about_reason(&refusal) {
                typed.blame(reason, refusal.sentence.get(visitor.lang));
            }
            Ok((gate::status_of(&refusal), page(&app, &visitor, &id, &typed).await?).into_response())
        }
    }
}

async fn act(app: &App, visitor: &Visitor, member: SubsystemId, valid_days: u32, form: &Form, typed: &Typed) -> Result<(), PageError> {
    let reason = typed.get("reason").to_owned();
    match typed.get("act") {
        "key" => app.execute(visitor, form.key(), EnrolKey { member, pem: typed.get("pem").to_owned(), valid_days }).await.map(drop),
        "revoke" => app.execute(visitor, form.key(), RevokeKey { member, key: typed.get("key").to_owned(), reason }).await.map(drop),
        "move" => app.execute(visitor, form.key(), MoveMember { id: member, address: typed.get("address").to_owned() }).await.map(drop),
        "suspend" => app.execute(visitor, form.key(), SetMemberStanding { id: member, standing: Standing::Suspended, reason }).await.map(drop),
        "resume" => app.execute(visitor, form.key(), SetMemberStanding { id: member, standing: Standing::Active, reason }).await.map(drop),
        _ => Err(PageError::NotFound),
    }
}

async fn page(app: &App, visitor: &Visitor, id: &str, typed: &Typed) -> Result<Markup, PageError> {
    if !Place::Exchange.is_for(app, visitor) {
        return Err(PageError::NotFound);
    }
    let id: SubsystemId = id.parse().map_err(|_| PageError::NotFound)?;
    let (ports, now_ms) = (app.runner.service::<Ports>(), app.now_ms());
    let found = app.read(move |tx| {
        let duties = ports.as_ref().map(|ports| exchange::duties_of(tx, ports, &id, now_ms)).transpose()?.unwrap_or_default();
        Ok((exchange::member(tx, &id)?, exchange::keys_of(tx, &id)?, duties))
    });
    let (Some(member), keys, duties) = found.await? else { return Err(PageError::NotFound) };
    let desk = Desk::new(app, visitor, Place::Exchange, member.name.get(visitor.lang)).below().wrong(typed.has_errors());
    Ok(desk.show(body(app, visitor, &member, &keys, &duties, typed)))
}

fn body(app: &App, visitor: &Visitor, member: &Member, keys: &[MemberKey], duties: &[ListedDuty], typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let keeps = keeps_members(app, visitor);
    let facts = vec![
        SummaryRow::new(lang.say("标识", "Identifier"), html! { code.zs-break { (member.id) } }),
        SummaryRow::new(lang.say("状态", "Standing"), html! { (standing_tag(visitor, member.standing)) }),
        SummaryRow::new(
            lang.say("地址", "Address"),
            html! { @if member.address.is_empty() { (lang.say("本节点", "This node")) } @else { (member.address) } },
        ),
        SummaryRow::new(lang.say("签名算法", "Algorithms"), if member.ed25519_allowed { "SM2, Ed25519" } else { "SM2" }),
    ];
    html! {
        (typed.summary(lang))
        (heading(member.name.get(lang)))
        (SummaryList::new(facts))
        h2.govuk-heading-m { (lang.say("密钥", "Keys")) }
        @if keys.is_empty() { p.govuk-body { (lang.say("还没有密钥，不能签名。", "There is no key yet; it cannot sign.")) } }
        @for key in keys { (one_key(app, visitor, member, key, keeps, typed)) }
        (standing(visitor, duties))
        @if keeps { (forms(visitor, member, typed)) }
    }
}

fn standing(visitor: &Visitor, duties: &[ListedDuty]) -> Markup {
    let lang = visitor.lang;
    let columns = [
        lang.say("使用方", "Used by"),
        lang.say("服务", "Service"),
        lang.say("用途和依据", "Purpose and basis"),
        lang.say("到期", "Until"),
        lang.say("负面清单", "Negative list"),
    ];
    let cells = |(duty, entry): &ListedDuty| {
        vec![
            Cell::new(html! { code.zs-break { (duty.client) } }),
            Cell::new(html! { code.zs-break { (duty.service) } br; (duty.fields.join(lang.say("、", ", "))) }),
            Cell::new(html! { (duty.purpose.get(lang)) br; (duty.basis) }),
            Cell::new(moment(lang, duty.until_ms)),
            Cell::new(html! {
                @if let Some(entry) = entry {
                    (Tag::new(TagColour::Red, lang.say("不予共享", "Not shared"))) " " (entry.resource.get(lang)) "（" (entry.basis) "）"
                    p.govuk-body-s { (lang.say(
                        "登记之后列入，所列数据项不再通过，请核对后终止。",
                        "Listed after it was recorded: these fields do not pass any more. Check it and end it.",
                    )) }
                } @else { (lang.say("未列入", "Not listed")) }
            }),
        ]
    };
    let table = SortableTable {
        caption: lang.say("常设共享", "Standing duties").into(),
        columns: columns.map(SortColumn::fixed).to_vec(),
        rows: duties.iter().map(cells).collect(),
        empty: lang.say("没有常设共享。", "There is no standing duty.").into(),
    };
    html! {
        h2.govuk-heading-m { (lang.say("常设共享", "Standing duties")) }
        (table)
    }
}

fn one_key(app: &App, visitor: &Visitor, member: &Member, key: &MemberKey, keeps: bool, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let valid = key.valid_at(app.now_ms());
    let state = match (key.revoked_ms, valid) {
        (Some(_), _) => Tag::new(TagColour::Red, lang.say("已吊销", "Revoked")),
        (None, true) => Tag::new(TagColour::Green, lang.say("有效", "Valid")),
        (None, false) => Tag::new(TagColour::Grey, lang.say("已到期", "Ended")),
    };
    let reason = format!("reason-{}", key.id);
    let given = if typed.get("key") == key.id { typed.get("reason") } else { "" };
    html! {
        div.zs-action {
            h3.govuk-heading-s { code.zs-break { (key.id) } " " (state) }
            p.govuk-body-s { (moment(lang, key.from_ms)) " — " (moment(lang, key.revoked_ms.unwrap_or(key.until_ms))) }
            pre.zs-pre tabindex="0" { (key.pem) }
            @if keeps && valid {
                form method="post" action=(MEMBER) novalidate {
                    (hidden(visitor, &format!("revoke-{}", key.id.get(..8).unwrap_or_default())))
                    input type="hidden" name="id" value=(member.id);
                    input type="hidden" name="act" value="revoke";
                    input type="hidden" name="key" value=(key.id);
                    (Input::new("reason", lang.say("吊销的原因", "Reason to revoke it")).id(reason.as_str()).value(given).error(typed.error(lang, &reason)))
                    p.zs-action__effect { (lang.say(
                        "吊销立即生效，在途消息也不再接受；此前的消息仍可核验。",
                        "It takes effect at once, also for messages under way; earlier ones still verify.",
                    )) }
                    (Button::submit(lang.say("吊销", "Revoke")).warning())
                }
            }
        }
    }
}

fn forms(visitor: &Visitor, member: &Member, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let (act, word) = match member.standing {
        Standing::Active => ("suspend", lang.say("停用", "Suspend")),
        Standing::Suspended => ("resume", lang.say("恢复", "Resume")),
    };
    let address = if typed.get("act") == "move" { typed.get("address") } else { member.address.as_str() };
    let days = if typed.get("valid_days").is_empty() { "365" } else { typed.get("valid_days") };
    html! {
        h2.govuk-heading-m { (lang.say("登记新密钥", "Enrol a key")) }
        form method="post" action=(MEMBER) novalidate {
            (hidden(visitor, "key"))
            input type="hidden" name="id" value=(member.id);
            input type="hidden" name="act" value="key";
            (Textarea::new("pem", lang.say("公钥（PEM）", "Public key (PEM)")).value(typed.get("pem")).error(typed.error(lang, "pem")))
            (Input::new("valid_days", lang.say("有效天数", "Valid for days")).value(days).width(4).error(typed.error(lang, "valid_days")))
            p.zs-action__effect { (lang.say("同类旧密钥一周后失效，更换期间交换不中断。", "Older keys of its kind end a week later, so nothing is interrupted.")) }
            (Button::submit(lang.say("登记密钥", "Enrol the key")))
        }
        @if member.organ.is_none() {
            h2.govuk-heading-m { (lang.say("变更地址", "Change the address")) }
            form method="post" action=(MEMBER) novalidate {
                (hidden(visitor, "move"))
                input type="hidden" name="id" value=(member.id);
                input type="hidden" name="act" value="move";
                (Input::new("address", lang.say("所在节点的地址（https://）", "Address of its node (https://)")).value(address)
                    .error(typed.error(lang, "address")))
                p.zs-action__effect { (lang.say("之后的请求发往新地址；密钥和权利不变。", "Later calls go to the new address; keys and rights stay.")) }
                (Button::submit(lang.say("变更地址", "Change the address")).secondary())
            }
        }
        h2.govuk-heading-m { (lang.say("停用和恢复", "Suspend and resume")) }
        form method="post" action=(MEMBER) novalidate {
            (hidden(visitor, "standing"))
            input type="hidden" name="id" value=(member.id);
            input type="hidden" name="act" value=(act);
            @if member.standing == Standing::Active {
                (Input::new("reason", lang.say("停用的原因", "Reason to suspend it")).error(typed.error(lang, "reason")))
            }
            p.zs-action__effect { (lang.say("停用后既不能调用，也不被调用。", "A suspended member neither calls nor is called.")) }
            (Button::submit(word).secondary())
        }
    }
}
