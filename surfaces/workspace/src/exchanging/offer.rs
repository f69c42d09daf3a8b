//! `/workspace/exchange/offer`: the form by which a service is offered (`?member=…&source=…`), or its description changed (`?id=…`).

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use exchange::{
    BATCH_ENDPOINTS, INBOX, OfferService, Question, Service, ServiceField, ServiceId, Standing, SubsystemId, change_fields, service_fields,
};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use i18n::{Lang, Text};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Button, Checkboxes, Choice, Input, Legend, SummaryList, SummaryRow};

use super::directory::Directory;
use super::offer_table::{self, TABLE};
use super::{OFFER, SERVICE, offers};
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::rows::query;
use crate::say::Say;
use crate::typed::{Typed, number};

/// Ordinary questions are short; a part of a batch is not.
const BODY_KIB: u32 = 64;
const PART_KIB: u32 = 2_048;
const KEPT_DAYS: u32 = 180;
const KIB: u32 = 1_024;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    id: String,
    #[serde(default)]
    member: String,
    #[serde(default)]
    source: String,
}

/// What is being offered.
struct Shown {
    member: SubsystemId,
    member_name: String,
    /// Slug of the register; [`INBOX`] for a service that takes changes, [`TABLE`] for one that takes a table.
    source: String,
    source_name: String,
    /// Fields that can be chosen; of a service that takes changes they are fixed, of one that takes a table they are typed.
    fields: Vec<ServiceField>,
    /// The service as it stands, where its description is changed.
    before: Option<Service>,
    /// Codes that services of the subsystem have already.
    codes: Vec<String>,
}

impl Shown {
    fn takes_batches(&self) -> bool {
        self.source.starts_with(INBOX) || self.takes_table()
    }

    fn takes_table(&self) -> bool {
        match &self.before {
            None => self.source == TABLE,
            Some(service) => service.register.starts_with(INBOX) && service.fields != change_fields(),
        }
    }

    fn endpoints(&self) -> &'static [&'static str] {
        if self.takes_batches() { &BATCH_ENDPOINTS } else { &Question::ENDPOINTS }
    }
}

/// `GET /workspace/exchange/offer`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let shown = load(&app, &visitor, &asked).await?;
    let typed = typed_of(&shown);
    Ok(page(&app, &visitor, &shown, &typed).into_response())
}

/// `POST /workspace/exchange/offer`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::from_pairs(&form.0);
    let asked = Asked { id: typed.get("id").to_owned(), member: typed.get("member").to_owned(), source: typed.get("source").to_owned() };
    let before = load(&app, &visitor, &asked).await?;
    let Some(service) = service_of(&mut typed, visitor.lang, &before) else {
        return Ok(gate::unprocessable(page(&app, &visitor, &before, &typed)));
    };
    let to = format!("{SERVICE}{}", query(&[("id", &service.id.to_string())]));
    match app.execute(&visitor, form.key(), OfferService { service }).await {
        Ok(_) => Ok(see_other_with(&app, &to, &Flash::success("服务已发布。", "The service is offered."))),
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, control)?;
            Ok((status, page(&app, &visitor, &before, &typed)).into_response())
        }
    }
}

/// The control that a refusal is about.
fn control(code: &str) -> &'static str {
    match code {
        "id" => "code",
        "title" => "title_zh",
        "body_bytes_max" => "body_kib",
        _ => "",
    }
}

async fn load(app: &App, visitor: &Visitor, asked: &Asked) -> Result<Shown, PageError> {
    let directory = app.read(|tx| Ok(Directory::load(tx)?)).await?;
    let lang = visitor.lang;
    let before = match asked.id.as_str() {
        "" => None,
        id => Some(id.parse::<ServiceId>().ok().and_then(|id| directory.service(&id).cloned()).ok_or(PageError::NotFound)?),
    };
    let (member, source) = match &before {
        Some(service) => (service.id.subsystem().clone(), service.register.clone()),
        None => (asked.member.parse().map_err(|_| PageError::NotFound)?, asked.source.clone()),
    };
    let organ = directory.member(&member).and_then(|member| member.organ.clone()).ok_or(PageError::NotFound)?;
    if !offers(app, visitor, Some(&organ)) {
        return Err(PageError::NotFound);
    }
    let fields = match source.as_str() {
        TABLE => Vec::new(),
        inbox if inbox.starts_with(INBOX) => before.as_ref().map_or_else(change_fields, |service| service.fields.clone()),
        _ => {
            let organs = [organ];
            let register = directory.kept_by(&organs).find(|register| register.declaration.slug == source).ok_or(PageError::NotFound)?;
            service_fields(&register.declaration)
        }
    };
    let source_name = match source.as_str() {
        INBOX => lang.say("接收变更", "Takes changes").to_owned(),
        TABLE => lang.say("接收数据表", "Takes a table").to_owned(),
        register => directory.register(lang, register),
    };
    let codes = directory.services.iter().filter(|service| *service.id.subsystem() == member).map(|service| service.id.code().to_owned()).collect();
    Ok(Shown { member_name: directory.member_name(lang, &member), member, source_name, source, fields, before, codes })
}

/// The form before anybody has typed: as the service stands, or what is usual.
fn typed_of(shown: &Shown) -> Typed {
    let kib = if shown.takes_batches() { PART_KIB } else { BODY_KIB };
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut put = |name: &str, value: String| pairs.push((name.to_owned(), value));
    match &shown.before {
        Some(service) => {
            put("code", service.id.code().to_owned());
            put("title_zh", service.title.zh.clone());
            put("title_en", service.title.en.clone());
            put("body_kib", service.body_bytes_max.div_ceil(KIB).to_string());
            put("kept_days", service.kept_days.to_string());
            service.fields.iter().for_each(|field| put("fields", field.name.clone()));
            service.endpoints.iter().for_each(|endpoint| put("endpoints", endpoint.clone()));
            offer_table::typed_of(service).into_iter().for_each(|(name, value)| put(name, value));
        }
        None => {
            put("body_kib", kib.to_string());
            put("kept_days", KEPT_DAYS.to_string());
        }
    }
    Typed::from_pairs(&pairs)
}

/// What was typed as a service; `None` when something is missing, which is then said.
fn service_of(typed: &mut Typed, lang: Lang, shown: &Shown) -> Option<Service> {
    typed.require(&[
        ("title_zh", lang.say("请填写中文名称。", "Enter the name in Chinese.")),
        ("title_en", lang.say("请填写英文名称。", "Enter the name in English.")),
    ]);
    let id = match &shown.before {
        Some(service) => Some(service.id.clone()),
        None => shown.member.service(typed.get("code")).ok(),
    };
    if id.is_none() {
        typed.blame("code", lang.say("请填写服务代码，不含斜线和空格。", "Enter the code of the service, without slashes or spaces."));
    }
    if shown.before.is_none() && shown.codes.iter().any(|code| code == typed.get("code")) {
        typed.blame(
            "code",
            lang.say(
                "这个代码的服务已经发布，请换一个代码，或修改那项服务。",
                "A service with this code is offered already: take another, or change that one.",
            ),
        );
    }
    let kib = number(typed, lang, "body_kib").and_then(|kib| kib.checked_mul(KIB));
    let kept_days = number(typed, lang, "kept_days");
    let (chosen, endpoints) = (typed.all("fields"), typed.all("endpoints"));
    if !shown.takes_batches() {
        if chosen.is_empty() {
            typed.blame("fields", lang.say("请至少选择一个数据项。", "Choose at least one field."));
        }
        if endpoints.is_empty() {
            typed.blame("endpoints", lang.say("请至少选择一种提问方式。", "Choose at least one kind of question."));
        }
    }
    let (fields, subject) = match shown.takes_table() {
        true => offer_table::read(typed, lang)?,
        false => (shown.fields.iter().filter(|field| shown.takes_batches() || chosen.contains(&field.name)).cloned().collect(), None),
    };
    if typed.has_errors() {
        return None;
    }
    let id = id?;
    let all = shown.takes_batches();
    Some(Service {
        title: Text::new(typed.get("title_zh"), typed.get("title_en")),
        register: if all { format!("{INBOX}{}", id.code()) } else { shown.source.clone() },
        endpoints: shown
            .endpoints()
            .iter()
            .filter(|name| all || endpoints.iter().any(|chosen| chosen == *name))
            .map(|name| (*name).to_owned())
            .collect(),
        fields,
        subject,
        body_bytes_max: kib.unwrap_or(0),
        kept_days: kept_days.unwrap_or(0),
        standing: shown.before.as_ref().map_or(Standing::Active, |service| service.standing),
        id,
    })
}

fn page(app: &App, visitor: &Visitor, shown: &Shown, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let title = match &shown.before {
        Some(service) => lang.tell(format!("修改服务：{}", service.title.zh), format!("Change a service: {}", service.title.en)),
        None => lang.say("发布服务", "Offer a service").to_owned(),
    };
    let facts = vec![
        SummaryRow::new(lang.say("子系统", "Subsystem"), shown.member_name.as_str()),
        SummaryRow::new(lang.say("提供什么", "What it provides"), shown.source_name.as_str()),
    ];
    let input = |name: &str, label: &'static str| Input::new(name, label).value(typed.get(name)).error(typed.error(lang, name));
    let body = html! {
        (typed.summary(lang))
        (heading(&title))
        (SummaryList::new(facts))
        form method="post" action=(OFFER) novalidate {
            (hidden(visitor, "offer"))
            @match &shown.before {
                Some(service) => { input type="hidden" name="id" value=(service.id); }
                None => {
                    input type="hidden" name="member" value=(shown.member);
                    input type="hidden" name="source" value=(shown.source);
                    (input("code", lang.say("服务代码", "Code of the service")).width(20)
                        .hint(lang.say("写在标识最后，发布后不再改变，例如 population。", "The end of its identifier, which never changes: population.")))
                }
            }
            (input("title_zh", lang.say("中文名称", "Name in Chinese")))
            (input("title_en", lang.say("英文名称", "Name in English")))
            @if shown.takes_table() { (offer_table::controls(lang, typed)) }
            @else if shown.takes_batches() { (fixed(lang, shown)) }
            @else { (chosen(lang, shown, typed)) }
            (input("body_kib", lang.say("请求正文上限", "Largest request")).suffix("KiB").inputmode("numeric").width(5))
            (input("kept_days", lang.say("消息日志保留正文", "Message log keeps texts for")).suffix(lang.say("天", "days")).inputmode("numeric").width(4))
            p.zs-action__effect { (lang.say(
                "发布后列入服务目录；没有常设共享或授权的，仍然一律拒绝。",
                "It stands in the list of services; whoever has neither a standing duty nor a grant is still refused.",
            )) }
            (Button::submit(if shown.before.is_some() { lang.say("保存修改", "Save") } else { lang.say("发布", "Offer") }))
        }
    };
    Desk::new(app, visitor, Place::Exchange, title).below().wrong(typed.has_errors()).show(body)
}

fn chosen(lang: Lang, shown: &Shown, typed: &Typed) -> Markup {
    let field = |field: &ServiceField| Choice::new(field.name.as_str(), field.title.get(lang)).hint(field.name.as_str());
    let kind = |endpoint: &&str| {
        let (zh, en) = question_words(endpoint);
        Choice::new(*endpoint, lang.say(zh, en)).hint(*endpoint)
    };
    html! {
        (Checkboxes::new("fields", Legend::new(lang.say("数据项", "Fields")), shown.fields.iter().map(field).collect())
            .hint(lang.say("只选可以共享的。", "Only those that can be shared."))
            .values(typed.all("fields")).error(typed.error(lang, "fields")))
        (Checkboxes::new("endpoints", Legend::new(lang.say("提问方式", "Kinds of question")), shown.endpoints().iter().map(kind).collect())
            .hint(lang.say("能用核验的，优先用核验。", "Prefer yes or no where it does."))
            .values(typed.all("endpoints")).error(typed.error(lang, "endpoints")))
    }
}

/// A service that takes changes has the fields of a change.
fn fixed(lang: Lang, shown: &Shown) -> Markup {
    let names: Vec<&str> = shown.fields.iter().map(|field| field.title.get(lang)).collect();
    html! {
        p.govuk-body { (lang.tell(
            format!("接收的每一项变更含：{}。不含个人信息。", names.join("、")),
            format!("Each change has: {}. No person is in it.", names.join(", ")),
        )) }
    }
}

/// An endpoint in words.
pub(super) fn question_words(endpoint: &str) -> (&'static str, &'static str) {
    match endpoint {
        "read" => ("按主键查询一条", "Read one record by its key"),
        "search" => ("按条件检索", "Search by conditions"),
        "verify" => ("核验，只回答是否", "Verify: yes or no"),
        "aggregate" => ("汇总统计", "Figures"),
        _ => ("接收批次", "Take batches"),
    }
}
