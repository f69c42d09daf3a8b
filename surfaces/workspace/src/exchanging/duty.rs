//! `/workspace/exchange/duty?service=…`: the form by which a standing duty is recorded: who may use which fields, what for, under which law.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use clock::Date;
use exchange::{INBOX, RecordDuty, Service, ServiceField, ServiceId};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use i18n::{Lang, Text};
use maud::{Markup, html};
use serde::Deserialize;
use tracker::Manner;
use ui::{Button, Checkboxes, Choice, Details, Input, Legend, Radios, Select, SelectItem, SummaryList, SummaryRow};

use super::directory::Directory;
use super::{DUTY, offers, service};
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::Say;
use crate::typed::{Typed, day, number};

/// How a field may be masked: the word, and what it is called.
const MASKS: [(&str, &str, &str); 10] = [
    ("name", "姓名（留姓）", "Name: surname stays"),
    ("name-public", "姓名（公示）", "Name, as in public notices"),
    ("id-number", "证件号码（办公）", "Identity number, inside an office"),
    ("id-number-public", "证件号码（公示）", "Identity number, in public"),
    ("mobile", "手机号", "Mobile number"),
    ("phone", "固定电话", "Telephone number"),
    ("bank-card", "银行卡号", "Bank card number"),
    ("email", "电子邮箱", "Email address"),
    ("address", "地址", "Address"),
    ("plate", "号牌", "Number plate"),
];
const CELL_COUNT_MIN: u32 = 10;
const MANNERS: [Manner; 4] = [Manner::YesNo, Manner::Masked, Manner::Full, Manner::Aggregate];

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    service: String,
}

struct Shown {
    directory: Directory,
    service: Service,
}

/// `GET /workspace/exchange/duty`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let shown = load(&app, &visitor, &asked.service).await?;
    let mut typed = Typed::default();
    for (name, value) in [("per_minute", "60"), ("per_day", "1000"), ("ground", "duty")] {
        typed.set(name, value);
    }
    typed.set("cell_count_min", CELL_COUNT_MIN.to_string());
    typed.set("from", app.today().to_string());
    Ok(page(&app, &visitor, &shown, &typed).into_response())
}

/// `POST /workspace/exchange/duty`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::from_pairs(&form.0);
    let before = load(&app, &visitor, typed.get("service")).await?;
    let Some(command) = duty_of(&mut typed, visitor.lang, &before.service) else {
        return Ok(gate::unprocessable(page(&app, &visitor, &before, &typed)));
    };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => Ok(see_other_with(&app, &service::href(&before.service.id), &Flash::success("常设共享已登记。", "The standing duty is recorded."))),
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, control)?;
            Ok((status, page(&app, &visitor, &before, &typed)).into_response())
        }
    }
}

/// The control that a refusal is about.
fn control(code: &str) -> &'static str {
    match code {
        "days" => "until",
        "masks" | "negative-listed" => "fields",
        _ => "",
    }
}

async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Shown, PageError> {
    let id: ServiceId = id.parse().map_err(|_| PageError::NotFound)?;
    let directory = app.read(|tx| Ok(Directory::load(tx)?)).await?;
    let service = directory.service(&id).cloned().ok_or(PageError::NotFound)?;
    if !offers(app, visitor, directory.provider(&id)) {
        return Err(PageError::NotFound);
    }
    Ok(Shown { directory, service })
}

/// What was typed as a duty; `None` when something is missing, which is then said.
fn duty_of(typed: &mut Typed, lang: Lang, service: &Service) -> Option<RecordDuty> {
    typed.require(&[
        ("client", lang.say("请选择使用方。", "Choose who uses it.")),
        ("purpose_zh", lang.say("请填写中文用途。", "Enter the purpose in Chinese.")),
        ("purpose_en", lang.say("请填写英文用途。", "Enter the purpose in English.")),
        ("basis", lang.say("请写明法定依据，到条。", "Name the law with its article.")),
    ]);
    let (fields, is_batch) = (fields(typed, service), service.register.starts_with(INBOX));
    if fields.is_empty() {
        typed.blame("fields", lang.say("请至少选择一个数据项。", "Choose at least one field."));
    }
    let manners: Vec<Manner> =
        if is_batch { vec![Manner::Full] } else { typed.all("manners").iter().filter_map(|code| Manner::parse(code)).collect() };
    if manners.is_empty() {
        typed.blame("manners", lang.say("请选择使用方式。", "Choose how the data are used."));
    }
    let consent = Some(typed.get("consent").to_owned()).filter(|_| typed.get("ground") == "consent");
    if consent.as_ref().is_some_and(String::is_empty) {
        typed.blame("consent", lang.say("请写明同意的事由。", "Name the consent."));
    }
    let per_minute = number(typed, lang, "per_minute");
    let per_day = number(typed, lang, "per_day");
    let cell_count_min = if is_batch { Some(CELL_COUNT_MIN) } else { number(typed, lang, "cell_count_min") };
    let (from, days) = period(typed, lang);
    if typed.has_errors() {
        return None;
    }
    let chosen = |field: &String| Some((field.clone(), typed.get(&format!("mask-{field}")).to_owned())).filter(|(_, word)| !word.is_empty());
    Some(RecordDuty {
        client: typed.get("client").parse().ok()?,
        service: service.id.clone(),
        masks: fields.iter().filter_map(chosen).collect(),
        rows: rows(typed),
        manners,
        calls_per_minute_max: per_minute?,
        calls_per_day_max: per_day?,
        cell_count_min: cell_count_min?,
        purpose: Text::new(typed.get("purpose_zh"), typed.get("purpose_en")),
        basis: typed.get("basis").to_owned(),
        needs_case: typed.get("ground") == "case",
        consent,
        from: Some(from?),
        days: days?,
        fields,
    })
}

/// The chosen fields; of what takes batches all of them, since a right to it covers all.
fn fields(typed: &Typed, service: &Service) -> Vec<String> {
    let chosen = typed.all("fields");
    let all = service.register.starts_with(INBOX);
    service.fields.iter().map(|field| field.name.clone()).filter(|name| all || chosen.contains(name)).collect()
}

/// The first day, and how many there are up to the last one, both included.
fn period(typed: &mut Typed, lang: Lang) -> (Option<Date>, Option<u32>) {
    let from = day(typed, lang, "from", lang.say("开始日期", "First day"));
    let until = day(typed, lang, "until", lang.say("截止日期", "Last day"));
    let days = from.zip(until).and_then(|(from, until)| {
        let days = from.until(until).ok()?.get_days().checked_add(1)?;
        u32::try_from(days).ok().filter(|days| *days > 0)
    });
    if days.is_none() && from.is_some() && until.is_some() {
        typed.blame("until", lang.say("截止日期不能早于开始日期。", "The last day is before the first one."));
    }
    (from, days)
}

/// One field with the values a row must have.
fn rows(typed: &Typed) -> BTreeMap<String, Vec<String>> {
    let values: Vec<String> =
        typed.get("row_values").split([',', '，', '、']).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect();
    let field = typed.get("row_field");
    if field.is_empty() || values.is_empty() { BTreeMap::new() } else { BTreeMap::from([(field.to_owned(), values)]) }
}

fn page(app: &App, visitor: &Visitor, shown: &Shown, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let title = lang.say("登记常设共享", "Record a standing duty");
    let service = &shown.service;
    let input = |name: &str, label: &'static str| Input::new(name, label).value(typed.get(name)).error(typed.error(lang, name));
    let date = |name: &str, label: &'static str| Input { kind: "date".to_owned(), ..input(name, label).width(10) };
    let facts = vec![
        SummaryRow::new(lang.say("服务", "Service"), service.title.get(lang)),
        SummaryRow::new(lang.say("标识", "Identifier"), html! { code.zs-break { (service.id) } }),
    ];
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        p.govuk-body { (lang.say(
            "法律、行政法规规定应当提供的，在这里登记：谁、用哪些数据项、做什么、依据哪一条、到什么时候。负面清单上的不能登记，登记后列入的不再通过。",
            "What a law demands to be provided is recorded here: who uses which fields, what for, under which article, until when. What is on the \
             negative list cannot be recorded, and what is put there later does not pass any more.",
        )) }
        (SummaryList::new(facts))
        form method="post" action=(DUTY) novalidate {
            (hidden(visitor, "duty"))
            input type="hidden" name="service" value=(service.id);
            (clients(lang, &shown.directory, typed))
            (input("purpose_zh", lang.say("用途（中文）", "Purpose, in Chinese")).hint(lang.say("当事人会看到。", "The person concerned sees it.")))
            (input("purpose_en", lang.say("用途（英文）", "Purpose, in English")))
            (input("basis", lang.say("法定依据", "Legal basis")).hint(lang.say("例如：老年人权益保障法 第三十三条", "Such as 老年人权益保障法 第三十三条")))
            @if !service.register.starts_with(INBOX) {
                (use_of(lang, service, typed))
                (ground(lang, typed))
            }
            (input("per_minute", lang.say("每分钟最多", "At most a minute")).suffix(lang.say("次", "calls")).inputmode("numeric").width(5))
            (input("per_day", lang.say("每天最多", "At most a day")).suffix(lang.say("次", "calls")).inputmode("numeric").width(5))
            (date("from", lang.say("开始日期", "First day")))
            (date("until", lang.say("截止日期（最长366天）", "Last day, 366 days at most")))
            p.zs-action__effect { (lang.say(
                "自开始日期起，使用方凭此调用；每次调用记入消息日志，涉及个人的记入其数据使用踪迹。",
                "From the first day on its holder may call. Every call is logged, and each reading of a person stands in her data tracker.",
            )) }
            (Button::submit(lang.say("登记", "Record")))
        }
    };
    Desk::new(app, visitor, Place::Exchange, title).below().wrong(typed.has_errors()).show(body)
}

fn clients(lang: Lang, directory: &Directory, typed: &Typed) -> Select {
    let item = |member: &exchange::Member| {
        let name = member.name.get(lang);
        let shown =
            if member.organ.is_some() { name.to_owned() } else { lang.tell(format!("其他节点：{name}"), format!("Another node: {name}")) };
        SelectItem::new(member.id.to_string(), shown)
    };
    let none = SelectItem::new("", lang.say("请选择", "Choose"));
    Select::new("client", lang.say("使用方", "Used by"), std::iter::once(none).chain(directory.members.iter().map(item)).collect())
        .value(typed.get("client"))
        .error(typed.error(lang, "client"))
}

/// Which fields, how masked, in which manner, which rows.
fn use_of(lang: Lang, service: &Service, typed: &Typed) -> Markup {
    let field = |field: &ServiceField| {
        let name = format!("mask-{}", field.name);
        let none = SelectItem::new("", lang.say("不脱敏", "Not masked"));
        let masks = MASKS.map(|(word, zh, en)| SelectItem::new(word, lang.say(zh, en)));
        let label = lang.tell(format!("“{}”的脱敏", field.title.zh), format!("Mask of {}", field.title.en));
        let select = Select::new(name.as_str(), label, std::iter::once(none).chain(masks).collect()).value(typed.get(&name));
        Choice::new(field.name.as_str(), field.title.get(lang)).hint(field.name.as_str()).reveals(html! { (select) })
    };
    let manner = |manner: &Manner| Choice::new(manner.as_str(), manner.label().get(lang).to_owned());
    let none = SelectItem::new("", lang.say("所有行", "All rows"));
    let by = service.fields.iter().map(|field| SelectItem::new(field.name.as_str(), field.title.get(lang)));
    let scope = html! {
        (Select::new("row_field", lang.say("按哪个数据项限定", "By which field"), std::iter::once(none).chain(by).collect()).value(typed.get("row_field")))
        (Input::new("row_values", lang.say("它的值（多个用逗号分开）", "Its values, separated by commas")).value(typed.get("row_values")))
    };
    html! {
        (Checkboxes::new("fields", Legend::new(lang.say("数据项", "Fields")), service.fields.iter().map(field).collect())
            .hint(lang.say("只选履行职责所必需的（最小必要）。", "No more than the duty needs."))
            .values(typed.all("fields")).error(typed.error(lang, "fields")))
        (Checkboxes::new("manners", Legend::new(lang.say("使用方式", "Manner")), MANNERS.iter().map(manner).collect())
            .values(typed.all("manners")).error(typed.error(lang, "manners")))
        (Input::new("cell_count_min", lang.say("统计答复的最小单元", "Figures are told from a count of")).value(typed.get("cell_count_min"))
            .inputmode("numeric").width(4).error(typed.error(lang, "cell_count_min")))
        (Details { is_open: !typed.get("row_values").is_empty(), ..Details::new(lang.say("只给一部分行", "Only some rows"), scope) })
    }
}

/// What every call must stand on.
fn ground(lang: Lang, typed: &Typed) -> Radios {
    let input = Input::new("consent", lang.say("同意的事由", "Name of the consent"))
        .hint(lang.say(
            "以这个事由征求本人同意；没有同意、已撤回的，请求被拒绝。",
            "People are asked under this name; who has not agreed is not read about.",
        ))
        .value(typed.get("consent"))
        .error(typed.error(lang, "consent"));
    let choices = vec![
        Choice::new("duty", lang.say("法定职责，不凭个案", "A lawful duty, without a case")),
        Choice::new("case", lang.say("在办的办件，办结即止", "An open case; the right ends with it")),
        Choice::new("consent", lang.say("本人同意", "The person's consent")).reveals(html! { (input) }),
    ];
    Radios::new("ground", Legend::new(lang.say("每次调用凭什么", "What every call must stand on")), choices).value(typed.get("ground"))
}
