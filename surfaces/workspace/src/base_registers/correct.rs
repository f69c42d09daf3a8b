//! `/workspace/registers/{slug}/correct`: a new version of a record with its reason; the old one is kept.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use registers::{CorrectRecord, Field, FieldKind, Overview};
use serde_json::{Map, Value};
use ui::{Button, Input, Select, SelectItem, Textarea};

use super::{href, overview};
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::Say;
use crate::typed::{Typed, day};

/// So many are counted.
const CASES_COUNT_MAX: u32 = 1_000;

/// `GET /workspace/registers/{slug}/correct`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(slug): Path<String>) -> Result<Response, PageError> {
    let register = permitted(&app, &visitor, &slug).await?;
    Ok(page(&app, &visitor, &register, &Typed::default()).into_response())
}

/// `POST /workspace/registers/{slug}/correct`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let register = permitted(&app, &visitor, &slug).await?;
    let mut typed = Typed::from_pairs(&form.0);
    let Some(command) = correction(&mut typed, &visitor, &register) else {
        return Ok(gate::unprocessable(page(&app, &visitor, &register, &typed)));
    };
    match app.execute(&visitor, form.key(), command).await {
        Ok(done) => {
            let (count, corrected, register) = (done.outcome.fields.len(), done.outcome.corrected, slug.clone());
            let made = app.read(move |tx| Ok(cases::queries::cases_made_from(tx, &register, corrected, CASES_COUNT_MAX)?.len())).await?;
            let flash = Flash::success(
                format!("已更正{count}个字段，原版本保留可查。取用过原版本的办件有{made}件，涉及被更正内容的将自动立件复核。"),
                format!(
                    "{count} fields are corrected; the old version is kept. {made} cases were made from it; those that used what was wrong are reviewed."
                ),
            );
            Ok(see_other_with(&app, &href(&slug), &flash))
        }
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, |_| "")?;
            Ok((status, page(&app, &visitor, &register, &typed)).into_response())
        }
    }
}

async fn permitted(app: &App, visitor: &Visitor, slug: &str) -> Result<Overview, PageError> {
    let register = overview(app, visitor, slug).await?;
    if app.may(visitor, "register.correct", &register.resource()) { Ok(register) } else { Err(PageError::NotFound) }
}

fn correction(typed: &mut Typed, visitor: &Visitor, register: &Overview) -> Option<CorrectRecord> {
    let lang = visitor.lang;
    typed.require(&[
        ("key", lang.say("请填写主键。", "Enter the key.")),
        ("reason", lang.say("请写明更正理由。", "Give the reason.")),
        ("basis", lang.say("请写明更正依据。", "Give the basis.")),
    ]);
    let mut values = Map::new();
    for field in correctable(register) {
        let text = typed.get(&control(field));
        if !text.is_empty() {
            values.insert(field.name.clone(), Value::from(text));
        }
    }
    if values.is_empty() {
        typed.blame("key", lang.say("请至少填写一个字段的新值。", "Enter the new value of at least one field."));
    }
    let on = match typed.get("on").to_owned() {
        text if text.is_empty() => None,
        _ => day(typed, lang, "on", lang.say("更正哪一天的版本", "The version of which day")),
    };
    if typed.has_errors() {
        return None;
    }
    Some(CorrectRecord {
        register: register.declaration.slug.clone(),
        key: typed.get("key").to_owned(),
        on,
        seen_position: None,
        values,
        reason: typed.get("reason").to_owned(),
        basis: typed.get("basis").to_owned(),
    })
}

/// A key is not corrected: the record ends, and another begins.
fn correctable(register: &Overview) -> impl Iterator<Item = &Field> {
    let key = &register.declaration.key;
    register.declaration.fields.iter().filter(move |field| !key.contains(&field.name))
}

fn control(field: &Field) -> String {
    format!("new_{}", field.name)
}

fn page(app: &App, visitor: &Visitor, register: &Overview, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let declaration = &register.declaration;
    let title = lang.tell(format!("更正：{}", declaration.title.zh), format!("Correct: {}", declaration.title.en));
    let keys: Vec<&str> = declaration.key.iter().filter_map(|name| declaration.field(name)).map(|field| field.title.get(lang)).collect();
    let body = html! {
        (typed.summary(lang))
        (heading(&title))
        p.govuk-body { (lang.say(
            "更正产生新版本，原版本和更正理由一并保留；取用过被更正内容的办件（正在办理的和已经办结的）自动立件，由作出决定的单位复核。",
            "The old version and the reason are kept; every case made from what was wrong, open or closed, is reviewed by the organ that decided.",
        )) }
        form method="post" novalidate {
            (hidden(visitor, "correct"))
            (Input::new("key", keys.join("/")).value(typed.get("key")).error(typed.error(lang, "key")))
            (Input {
                kind: "date".to_owned(),
                ..Input::new("on", lang.say("更正哪一天有效的版本（留空为今天）", "The version of which day; empty for today"))
                    .value(typed.get("on"))
                    .error(typed.error(lang, "on"))
                    .width(10)
            })
            h2.govuk-heading-m { (lang.say("新值（不更正的留空）", "New values; leave empty what is right")) }
            @for field in correctable(register) { (new_value(visitor, field, typed)) }
            (Textarea::new("reason", lang.say("更正理由", "Reason")).value(typed.get("reason")).rows(3).error(typed.error(lang, "reason")))
            (Input::new("basis", lang.say("依据（文书、证件或条款）", "Basis: paper, certificate or article")).value(typed.get("basis")).error(typed.error(lang, "basis")))
            (Button::submit(lang.say("更正并留痕", "Correct, on record")))
        }
    };
    Desk::new(app, visitor, Place::Registers, title).below().wrong(typed.has_errors()).show(body)
}

fn new_value(visitor: &Visitor, field: &Field, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let name = control(field);
    let error = typed.error(lang, &name).or_else(|| typed.error(lang, &field.name));
    let options = |pairs: Vec<(String, String)>| -> Vec<SelectItem> {
        let none = std::iter::once(SelectItem::new("", lang.say("不更正", "Leave as it is")));
        none.chain(pairs.into_iter().map(|(code, title)| SelectItem::new(code, title))).collect()
    };
    match field.kind {
        FieldKind::Code => {
            let codes = field.codes.iter().map(|code| (code.code.clone(), code.title.get(lang).to_owned())).collect();
            html! { (Select::new(name.as_str(), field.title.get(lang), options(codes)).value(typed.get(&name)).error(error)) }
        }
        FieldKind::Boolean => {
            let both = vec![("true".to_owned(), lang.say("是", "Yes").to_owned()), ("false".to_owned(), lang.say("否", "No").to_owned())];
            html! { (Select::new(name.as_str(), field.title.get(lang), options(both)).value(typed.get(&name)).error(error)) }
        }
        FieldKind::Text
        | FieldKind::IdentityNumber
        | FieldKind::UnifiedCode
        | FieldKind::PartyNumber
        | FieldKind::Mobile
        | FieldKind::Division
        | FieldKind::Date
        | FieldKind::Integer
        | FieldKind::Decimal
        | FieldKind::AmountFen => html! { (Input::new(name.as_str(), field.title.get(lang)).value(typed.get(&name)).error(error)) },
    }
}
