//! `/workspace/registers/{slug}/read`: one record, for a purpose and a case or a standing duty. Its subject sees the reading.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Form, PageError, StaffMember, Visitor};
use i18n::Text;
use maud::{Markup, html};
use registers::{Asked, ConsentOf, Overview, ReadHistory, ReadPlace, Record, look_up};
use runner::Request;
use serde::Deserialize;
use tracker::{CaseRef, Manner};
use ui::{Button, Checkboxes, Choice, Input, InsetText, Legend, Radios, SummaryCard, SummaryList, SummaryRow, Textarea, WarningText};

use super::overview;
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::{Say, moment};
use crate::typed::Typed;

/// What was found: nothing has been asked yet, or the versions of a record.
enum Found {
    NotAsked,
    Records(Vec<Record>),
}

/// Before a key that is a place of the change feed; findings about quality name records by it.
const PLACE_MARK: char = '#';

/// What a link fills in.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    place: Option<i64>,
}

/// `GET /workspace/registers/{slug}/read`
pub(super) async fn get(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(slug): Path<String>,
    Query(filled): Query<Filled>,
) -> Result<Response, PageError> {
    let register = overview(&app, &visitor, &slug).await?;
    let mut typed = Typed::default();
    if let Some(place) = filled.place {
        typed.set("key", format!("{PLACE_MARK}{place}"));
    }
    Ok(page(&app, &visitor, &register, &typed, &Found::NotAsked).into_response())
}

/// `POST /workspace/registers/{slug}/read`. Answers with the record itself and not with an address of it: a kept answer would be a second
/// copy of personal data, and every look at such an address another reading.
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let register = overview(&app, &visitor, &slug).await?;
    let mut typed = Typed::from_pairs(&form.0);
    let keeps = app.may(&visitor, "register.read", &register.resource());
    let Some(asked) = asked(&mut typed, &visitor, &register, keeps) else {
        return Ok(gate::unprocessable(page(&app, &visitor, &register, &typed, &Found::NotAsked)));
    };
    let key = typed.get("key").to_owned();
    match read(&app, &visitor, asked, key, typed.get("history") == "yes").await {
        Ok(records) => Ok(page(&app, &visitor, &register, &typed, &Found::Records(records)).into_response()),
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, control_of)?;
            Ok((status, page(&app, &visitor, &register, &typed, &Found::NotAsked)).into_response())
        }
    }
}

fn control_of(code: &str) -> &'static str {
    match code {
        "case-not-open" => "case",
        "consent-unknown" | "consent-not-in-force" => "consent",
        _ => "key",
    }
}

/// Without an idempotency key: every answer is a reading of its own, and none is kept.
async fn read(app: &App, visitor: &Visitor, asked: Asked, key: String, history: bool) -> Result<Vec<Record>, PageError> {
    if history {
        return Ok(app.execute(visitor, None, ReadHistory { asked, key }).await?.outcome);
    }
    if let Some(position) = key.strip_prefix(PLACE_MARK).and_then(|place| place.parse().ok()) {
        return Ok(app.execute(visitor, None, ReadPlace { asked, position }).await?.outcome.into_iter().collect());
    }
    let (runner, request) = (std::sync::Arc::clone(&app.runner), Request::by(visitor.actor.clone()));
    let found = app.blocking(move || look_up(&runner, &request, &asked, &key)).await.map_err(PageError::from)??;
    Ok(found.into_iter().collect())
}

/// The question of the form; `None` when something is missing, which is then said. Who keeps the register needs no case.
fn asked(typed: &mut Typed, visitor: &Visitor, register: &Overview, keeps: bool) -> Option<Asked> {
    let lang = visitor.lang;
    typed.require(&[
        ("key", lang.say("请填写主键。", "Enter the key.")),
        ("purpose", lang.say("请填写查询用途。", "Say what the reading is for.")),
        ("basis", lang.say("请填写法律依据。", "Give the law under which you read.")),
    ]);
    let fields = typed.all("fields");
    if fields.is_empty() {
        typed.blame("fields", lang.say("请至少选择一个字段。", "Choose at least one field."));
    }
    if !keeps && typed.get("case").is_empty() && typed.get("consent").is_empty() {
        typed.blame("case", lang.say("请填写办件编号，或者本人同意的编号。", "Enter the number of the case, or of the consent."));
    }
    let as_of = match typed.get("as_of").to_owned() {
        text if text.is_empty() => None,
        _ => crate::typed::day(typed, lang, "as_of", lang.say("以哪一天为准", "As of which day")),
    };
    if typed.has_errors() {
        return None;
    }
    let names: Vec<&str> = fields.iter().map(String::as_str).collect();
    let manner = if typed.get("manner") == "full" { Manner::Full } else { Manner::Masked };
    let case = typed.get("case");
    let case = (!case.is_empty()).then(|| CaseRef { id: case.to_owned(), number: case.to_owned(), title: Text::default() });
    let purpose = Text::same(typed.get("purpose"));
    let consent = Some(typed.get("consent").to_owned()).filter(|consent| !consent.is_empty()).map(ConsentOf::Id);
    Some(Asked { as_of, case, consent, ..Asked::new(&register.declaration.slug, &names, manner, purpose, typed.get("basis")) })
}

fn page(app: &App, visitor: &Visitor, register: &Overview, typed: &Typed, found: &Found) -> Markup {
    let lang = visitor.lang;
    let title = lang.tell(format!("查询：{}", register.declaration.title.zh), format!("Look up: {}", register.declaration.title.en));
    let body = html! {
        (typed.summary(lang))
        (heading(&title))
        @match found {
            Found::NotAsked => {}
            Found::Records(records) => (answer(visitor, register, records)),
        }
        (form(app, visitor, register, typed))
    };
    Desk::new(app, visitor, Place::Registers, title).below().wrong(typed.has_errors()).show(body)
}

fn answer(visitor: &Visitor, register: &Overview, records: &[Record]) -> Markup {
    let lang = visitor.lang;
    html! {
        @if records.is_empty() {
            (InsetText::new(lang.say("没有这一主键的记录。", "There is no record under this key.")))
        }
        @for record in records { (card(visitor, register, record)) }
        @if register.declaration.subject.is_some() {
            p.govuk-body { (lang.say("本次查询已记入当事人的数据使用踪迹。", "This reading stands in the data tracker of its subject.")) }
        }
    }
}

fn card(visitor: &Visitor, register: &Overview, record: &Record) -> Markup {
    let lang = visitor.lang;
    let mut rows: Vec<SummaryRow> = Vec::new();
    for field in &register.declaration.fields {
        if let Some(value) = record.values.get(&field.name) {
            rows.push(SummaryRow::new(field.title.get(lang), field.shown(value).get(lang).to_owned()));
        }
    }
    let until = record.valid_until.map_or_else(|| lang.say("至今", "now").to_owned(), |day| i18n::date(lang, day));
    rows.push(SummaryRow::new(lang.say("有效期", "Valid"), format!("{} – {until}", i18n::date(lang, record.valid_from))));
    rows.push(SummaryRow::new(lang.say("入库时间", "Recorded"), moment(lang, record.recorded_at_ms)));
    if let Some(at_ms) = record.superseded_at_ms {
        rows.push(SummaryRow::new(lang.say("被取代时间", "Superseded"), moment(lang, at_ms)));
    }
    if let Some(note) = &record.correction {
        rows.push(SummaryRow::new(lang.say("更正理由", "Reason of the correction"), note.reason.as_str()));
        rows.push(SummaryRow::new(lang.say("更正依据", "Basis of the correction"), note.basis.as_str()));
    }
    rows.push(SummaryRow::new(lang.say("记录指纹（SM3）", "Fingerprint (SM3)"), html! { code { (record.sm3) } }));
    let title = lang.tell(format!("第{}版", record.version), format!("Version {}", record.version));
    html! { (SummaryList::new(rows).card(SummaryCard::new(title))) }
}

fn form(app: &App, visitor: &Visitor, register: &Overview, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let declaration = &register.declaration;
    let duty = app.may(visitor, "register.read", &register.resource());
    let choice = |field: &registers::Field| {
        let choice = Choice::new(field.name.as_str(), field.title.get(lang));
        if field.sensitive { choice.hint(lang.say("敏感个人信息", "Sensitive personal information")) } else { choice }
    };
    let case_hint = if duty {
        lang.say("您是主管岗位，没有办件时可以留空。", "You hold the post that keeps the register: leave it empty where there is no case.")
    } else {
        lang.say(
            "没有本人同意的必填：只能为您正在办理的办件查询。",
            "Needed unless you read under a consent: you may look up only for an open case that you handle.",
        )
    };
    let manner = vec![Choice::new("masked", lang.say("脱敏显示", "Masked")), Choice::new("full", lang.say("显示原值", "Full values"))];
    let chosen = if typed.get("manner").is_empty() { "masked" } else { typed.get("manner") };
    html! {
        @if declaration.subject.is_some() {
            (WarningText::new(lang, lang.say(
                "当事人会看到这次查询：谁、何时、为何、看了哪些字段。",
                "The person or company will see this reading: who, when, why, and which fields.",
            )))
        }
        form method="post" novalidate {
            (hidden(visitor, "read"))
            (Input::new("key", key_label(visitor, register))
                .hint(lang.say("也可以填变更流中的位置，例如“#12”。", "Or a place of the change feed, such as #12."))
                .value(typed.get("key"))
                .error(typed.error(lang, "key")))
            (Checkboxes::new("fields", Legend::new(lang.say("需要的字段", "Fields that are needed")), declaration.fields.iter().map(choice).collect())
                .hint(lang.say("只选办理所必需的（最小必要）。", "Only what is needed."))
                .values(typed.all("fields"))
                .error(typed.error(lang, "fields")))
            (Radios::new("manner", Legend::new(lang.say("显示方式", "Manner")), manner).value(chosen))
            (Textarea::new("purpose", lang.say("用途", "Purpose")).value(typed.get("purpose")).rows(2).error(typed.error(lang, "purpose")))
            (Input::new("basis", lang.say("法律依据（法律名称和条款）", "Legal basis: law and article")).value(typed.get("basis")).error(typed.error(lang, "basis")))
            (Input::new("case", lang.say("办件编号", "Number of the case")).hint(case_hint).value(typed.get("case")).error(typed.error(lang, "case")))
            (Input::new("consent", lang.say("同意编号（凭本人同意查询时填写）", "Number of the consent, where you read under one"))
                .value(typed.get("consent")).error(typed.error(lang, "consent")))
            (Input {
                kind: "date".to_owned(),
                ..Input::new("as_of", lang.say("以哪一天为准（留空为今天）", "As of which day; empty for today"))
                    .value(typed.get("as_of"))
                    .error(typed.error(lang, "as_of"))
                    .width(10)
            })
            (Checkboxes::single("history", Choice::new("yes", lang.say("显示全部历史版本", "Show all versions"))).values(typed.all("history")))
            (Button::submit(lang.say("查询并留痕", "Look up, on record")))
        }
    }
}

/// What the key consists of.
fn key_label(visitor: &Visitor, register: &Overview) -> String {
    let lang = visitor.lang;
    let titles: Vec<&str> =
        register.declaration.key.iter().filter_map(|name| register.declaration.field(name)).map(|field| field.title.get(lang)).collect();
    titles.join("/")
}
