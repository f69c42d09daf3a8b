//! `/workspace/exchange/service?id=…`: one service, who may use it by a standing duty, and what can be done about either.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use exchange::{EndDuty, INBOX, ListedDuty, Ports, Service, ServiceId, SetServiceStanding, Standing, StandingDuty};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use i18n::Lang;
use maud::{Markup, html};
use runner::ActorKind;
use serde::Deserialize;
use ui::{Button, Input, SummaryList, SummaryRow, Tag, TagColour};

use super::directory::Directory;
use super::offer::question_words;
use super::received::{self, Inbox};
use super::services::standing_tag;
use super::{DUTY, OFFER, SERVICE, is_about_reason, offers};
use crate::frame::{Desk, Place, headed, heading, hidden};
use crate::pages::rows::query;
use crate::pages::shown;
use crate::say::{Say, moment};
use crate::typed::Typed;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    id: String,
}

struct Shown {
    directory: Directory,
    service: Service,
    duties: Vec<ListedDuty>,
    /// What a service that takes batches has received.
    received: Option<Inbox>,
    /// Whether the visitor says what the organ offers.
    keeps: bool,
}

/// `GET /workspace/exchange/service`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let shown = load(&app, &visitor, &asked.id).await?;
    Ok(page(&app, &visitor, &shown, &Typed::default()).into_response())
}

/// `POST /workspace/exchange/service`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let typed = Typed::from_pairs(&form.0);
    let before = load(&app, &visitor, typed.get("id")).await?;
    let (id, reason) = (before.service.id.clone(), typed.get("reason").to_owned());
    let to = href(&id);
    let done = match typed.get("act") {
        "end" => app.execute(&visitor, form.key(), EndDuty { duty: typed.get("duty").to_owned(), reason }).await.map(drop),
        "suspend" => app.execute(&visitor, form.key(), SetServiceStanding { id, standing: Standing::Suspended, reason }).await.map(drop),
        "resume" => app.execute(&visitor, form.key(), SetServiceStanding { id, standing: Standing::Active, reason }).await.map(drop),
        _ => return Err(PageError::NotFound),
    };
    match done {
        Ok(()) => Ok(see_other_with(&app, &to, &Flash::success("已办理。", "Done."))),
        Err(error) => {
            let refusal = shown(error)?;
            let missing = is_about_reason(&refusal);
            let control = reason_of(typed.get("duty"));
            let mut typed = if missing { typed } else { typed.refuse(visitor.lang, &refusal, |_| "") };
            if missing {
                typed.blame(control, refusal.sentence.get(visitor.lang));
            }
            Ok((gate::status_of(&refusal), page(&app, &visitor, &before, &typed)).into_response())
        }
    }
}

/// The address of a service's page.
pub(super) fn href(id: &ServiceId) -> String {
    format!("{SERVICE}{}", query(&[("id", &id.to_string())]))
}

/// The control in which the reason to end a duty, or to withdraw the service, is written.
fn reason_of(duty: &str) -> String {
    if duty.is_empty() { "reason".to_owned() } else { format!("reason-{duty}") }
}

async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Shown, PageError> {
    let id: ServiceId = id.parse().map_err(|_| PageError::NotFound)?;
    let (ports, now_ms) = (app.runner.service::<Ports>(), app.now_ms());
    let found = app.read(move |tx| {
        let duties = ports.as_ref().map(|ports| exchange::duties_at(tx, ports, &id, now_ms)).transpose()?.unwrap_or_default();
        let directory = Directory::load(tx)?;
        let service = directory.service(&id).cloned();
        let received = service.as_ref().filter(|service| service.register.starts_with(INBOX)).map(|_| Inbox::load(tx, &id)).transpose()?;
        Ok((service, directory, duties, received))
    });
    let (Some(service), directory, duties, received) = found.await? else { return Err(PageError::NotFound) };
    let organ = directory.provider(&service.id).map(str::to_owned);
    let keeps = offers(app, visitor, organ.as_deref());
    let is_head = organ.is_some_and(|organ| headed(&visitor.actor).contains(&organ));
    if !keeps && !is_head && visitor.actor.kind != ActorKind::Admin {
        return Err(PageError::NotFound);
    }
    Ok(Shown { directory, service, duties, received, keeps })
}

fn page(app: &App, visitor: &Visitor, shown: &Shown, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let service = &shown.service;
    let title = service.title.get(lang);
    let id = service.id.to_string();
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        (facts(lang, shown))
        @if shown.keeps {
            div.govuk-button-group {
                (Button::link(lang.say("登记常设共享", "Record a standing duty"), format!("{DUTY}{}", query(&[("service", &id)]))))
                (Button::link(lang.say("修改服务", "Change the service"), format!("{OFFER}{}", query(&[("id", &id)]))).secondary())
            }
        }
        h2.govuk-heading-m { (lang.say("常设共享", "Standing duties")) }
        @if shown.duties.is_empty() { p.govuk-body { (lang.say("没有常设共享。", "There is no standing duty.")) } }
        @for duty in &shown.duties { (one_duty(visitor, shown, duty, typed)) }
        @if let Some(received) = &shown.received { (received::section(lang, shown.keeps, &shown.directory, service, received)) }
        @if shown.keeps { (standing(visitor, service, typed)) }
    };
    Desk::new(app, visitor, Place::Exchange, title).below().wrong(typed.has_errors()).show(body)
}

fn facts(lang: Lang, shown: &Shown) -> SummaryList {
    let service = &shown.service;
    let fields: Vec<&str> = service.fields.iter().map(|field| field.title.get(lang)).collect();
    let kinds: Vec<&str> = match service.register.starts_with(INBOX) {
        true => vec![lang.say("接收批次", "Takes batches")],
        false => service.endpoints.iter().map(|endpoint| question_words(endpoint)).map(|(zh, en)| lang.say(zh, en)).collect(),
    };
    let comma = lang.say("、", ", ");
    let subject = service.subject.as_deref().and_then(|name| service.field(name));
    let subject = subject.map(|field| SummaryRow::new(lang.say("当事人号码", "Whom a row is about"), field.title.get(lang)));
    let mut facts = vec![
        SummaryRow::new(lang.say("标识", "Identifier"), html! { code.zs-break { (service.id) } }),
        SummaryRow::new(lang.say("状态", "Standing"), html! { (standing_tag(lang, service.standing)) }),
        SummaryRow::new(lang.say("子系统", "Subsystem"), shown.directory.member_name(lang, service.id.subsystem())),
        SummaryRow::new(lang.say("提供什么", "What it provides"), shown.directory.register(lang, &service.register)),
        SummaryRow::new(lang.say("数据项", "Fields"), fields.join(comma)),
        SummaryRow::new(lang.say("提问方式", "Kinds of question"), kinds.join(comma)),
        SummaryRow::new(lang.say("请求正文上限", "Largest request"), format!("{} KiB", service.body_bytes_max.div_ceil(1_024))),
        SummaryRow::new(
            lang.say("消息日志保留正文", "Message log keeps texts for"),
            lang.tell(format!("{}天", service.kept_days), i18n::count(Lang::En, i64::from(service.kept_days), "", "day", "days")),
        ),
    ];
    facts.extend(subject);
    SummaryList::new(facts)
}

fn one_duty(visitor: &Visitor, shown: &Shown, (duty, entry): &ListedDuty, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    html! {
        div.zs-action {
            h3.govuk-heading-s {
                (shown.directory.member_name(lang, &duty.client)) "：" (duty.purpose.get(lang)) " "
                @if entry.is_some() { (Tag::new(TagColour::Red, lang.say("负面清单", "Negative list"))) }
            }
            @if let Some(entry) = entry {
                p.zs-action__effect { (lang.tell(
                    format!("“{}”已列入负面清单（{}），所列的数据项不再通过；请核对后终止。", entry.resource.zh, entry.basis),
                    format!("\"{}\" is on the negative list ({}): its fields do not pass any more. Check the duty and end it.", entry.resource.en, entry.basis),
                )) }
            }
            (SummaryList::new(terms(lang, &shown.service, duty)))
            @if shown.keeps { (end(visitor, &shown.service, duty, typed)) }
        }
    }
}

fn terms(lang: Lang, service: &Service, duty: &StandingDuty) -> Vec<SummaryRow> {
    let comma = lang.say("、", ", ");
    let title = |name: &String| service.field(name).map_or_else(|| name.clone(), |field| field.title.get(lang).to_owned());
    let fields: Vec<String> = duty.fields.iter().map(title).collect();
    let manners: Vec<String> = duty.manners.iter().map(|manner| manner.label().get(lang).to_owned()).collect();
    let mut rows = vec![
        SummaryRow::new(lang.say("使用方", "Used by"), html! { code.zs-break { (duty.client) } }),
        SummaryRow::new(lang.say("法定依据", "Legal basis"), duty.basis.as_str()),
        SummaryRow::new(lang.say("数据项", "Fields"), fields.join(comma)),
        SummaryRow::new(lang.say("使用方式", "Manner"), manners.join(comma)),
        SummaryRow::new(lang.say("凭什么", "On what ground"), ground(lang, duty)),
        SummaryRow::new(
            lang.say("次数上限", "Limits"),
            lang.tell(
                format!("每分钟{}次，每天{}次", duty.calls_per_minute_max, duty.calls_per_day_max),
                format!("{} calls a minute, {} a day", duty.calls_per_minute_max, duty.calls_per_day_max),
            ),
        ),
        SummaryRow::new(lang.say("期限", "Period"), html! { (moment(lang, duty.from_ms)) " — " (moment(lang, duty.until_ms)) }),
    ];
    let masked: Vec<String> = duty.masks.keys().map(title).collect();
    if !masked.is_empty() {
        rows.push(SummaryRow::new(lang.say("脱敏", "Masked"), masked.join(comma)));
    }
    let scope: Vec<String> = duty.rows.iter().map(|(field, values)| format!("{} = {}", title(field), values.join(comma))).collect();
    if !scope.is_empty() {
        rows.push(SummaryRow::new(lang.say("只含这些行", "Only these rows"), scope.join(comma)));
    }
    rows
}

/// What every call must stand on.
fn ground(lang: Lang, duty: &StandingDuty) -> String {
    match (&duty.consent, duty.needs_case) {
        (Some(name), false) => lang.tell(format!("本人同意“{name}”"), format!("The person's consent \"{name}\"")),
        (Some(name), true) => lang.tell(format!("在办的办件，并有本人同意“{name}”"), format!("An open case, and the person's consent \"{name}\"")),
        (None, true) => lang.say("在办的办件", "An open case").to_owned(),
        (None, false) => lang.say("法定职责", "A lawful duty").to_owned(),
    }
}

fn end(visitor: &Visitor, service: &Service, duty: &StandingDuty, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let reason = reason_of(&duty.id);
    let given = if typed.get("duty") == duty.id { typed.get("reason") } else { "" };
    html! {
        form method="post" action=(SERVICE) novalidate {
            (hidden(visitor, &format!("end-{}", duty.id.chars().skip(18).collect::<String>())))
            input type="hidden" name="id" value=(service.id);
            input type="hidden" name="act" value="end";
            input type="hidden" name="duty" value=(duty.id);
            (Input::new("reason", lang.say("终止的原因", "Reason to end it")).id(reason.as_str()).value(given).error(typed.error(lang, &reason)))
            p.zs-action__effect { (lang.say("立即生效：此后的请求一律拒绝，已发生的仍可核验。", "It takes effect at once; what was exchanged still verifies.")) }
            (Button::submit(lang.say("终止", "End it")).warning())
        }
    }
}

fn standing(visitor: &Visitor, service: &Service, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let given = if typed.get("duty").is_empty() { typed.get("reason") } else { "" };
    let form = |act: &str, body: Markup| {
        html! {
            form method="post" action=(SERVICE) novalidate {
                (hidden(visitor, act))
                input type="hidden" name="id" value=(service.id);
                input type="hidden" name="act" value=(act);
                (body)
            }
        }
    };
    html! {
        h2.govuk-heading-m { (lang.say("停用和恢复", "Withdraw and resume")) }
        @match service.standing {
            Standing::Active => (form("suspend", html! {
                (Input::new("reason", lang.say("停用的原因", "Reason to withdraw it")).value(given).error(typed.error(lang, "reason")))
                p.zs-action__effect { (lang.say(
                    "停用后谁都不能调用，也不列为可用；常设共享和授权保留，恢复后继续有效。",
                    "Nobody can call it then; duties and grants stay, and hold again once it is resumed.",
                )) }
                (Button::submit(lang.say("停用", "Withdraw")).warning())
            })),
            Standing::Suspended => (form("resume", html! {
                p.zs-action__effect { (lang.say("恢复后，尚在期限内的常设共享和授权继续有效。", "Duties and grants that have not ended hold again.")) }
                (Button::submit(lang.say("恢复", "Resume")))
            })),
        }
    }
}
