//! What government holds about me: every register's record of the person or company whose affairs these are, for her own eyes
//! (个人信息保护法 第四十五条).

use std::sync::Arc;

use axum::extract::State;
use gate::{App, Citizen, PageError, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use parties::Organ;
use registers::{Declaration, Overview, Record};
use runner::Resource;
use ui::{Details, InsetText, SummaryAction, SummaryCard, SummaryList, SummaryRow, Tag, TagColour};

use super::tracker::OBJECTION;
use super::view::{View, column, fill, moment, t};

/// One register with what it holds about the visitor.
struct Holding {
    register: Overview,
    records: Vec<Record>,
}

/// `GET /my-data`
pub(super) async fn get(State(app): State<App>, Citizen(visitor): Citizen) -> Result<Markup, PageError> {
    let (lang, title) = (visitor.lang, t(visitor.lang, "holdings.title"));
    let resource = Resource { party: visitor.party().map(str::to_owned), ..Resource::of("register") };
    if !app.may(&visitor, "register.read-own", &resource) {
        let body = html! {
            h1.govuk-heading-xl { (title) }
            (InsetText::new(t(lang, "holdings.not-checked")))
        };
        return Ok(View::new(&app, &visitor, title).show(column(body)));
    }
    let holdings = load(&app, &visitor).await?;
    let may_report = app.library.current(OBJECTION, app.today()).is_some();
    let body = html! {
        h1.govuk-heading-xl { (title) }
        p.govuk-body-l { (t(lang, "holdings.explain")) }
        @for holding in &holdings { (section(lang, holding, may_report)) }
        h2.govuk-heading-l { (t(lang, "holdings.wrong")) }
        p.govuk-body { (t(lang, "holdings.wrong-explain")) }
    };
    Ok(View::new(&app, &visitor, title).show(column(body)))
}

async fn load(app: &App, visitor: &Visitor) -> Result<Vec<Holding>, PageError> {
    let (keys, actor, today) = (Arc::clone(&app.keys), visitor.actor.clone(), app.today());
    app.read(move |tx| {
        let mut holdings = Vec::new();
        for register in registers::overviews(tx)?.into_iter().filter(|register| register.declaration.subject.is_some()) {
            let records = registers::read_own(tx, &keys, &actor, &register.declaration.slug, today)?;
            holdings.push(Holding { register, records });
        }
        Ok(holdings)
    })
    .await
}

fn section(lang: Lang, holding: &Holding, may_report: bool) -> Markup {
    let declaration = &holding.register.declaration;
    html! {
        h2.govuk-heading-l { (declaration.title.get(lang)) }
        (keeper(lang, &holding.register))
        @if holding.records.is_empty() { p.govuk-body { (t(lang, "holdings.none")) } }
        @for record in &holding.records { (card(lang, declaration, record, may_report)) }
    }
}

/// Who keeps the register, under which law, and where one can call.
fn keeper(lang: Lang, register: &Overview) -> Markup {
    let owner = register.owner.as_ref();
    let name = owner.map_or_else(|| t(lang, "holdings.nobody").to_owned(), |organ| organ.name.get(lang).to_owned());
    html! {
        p.govuk-body {
            (fill(lang, "holdings.kept-by", &[("organ", &name), ("basis", &register.declaration.basis)]))
            @if let Some(phone) = owner.map(|organ: &Organ| organ.details.phone.as_str()).filter(|phone| !phone.is_empty()) {
                " " (fill(lang, "holdings.phone", &[("phone", phone)]))
            }
        }
    }
}

fn card(lang: Lang, declaration: &Declaration, record: &Record, may_report: bool) -> Markup {
    let mut rows = Vec::new();
    for field in &declaration.fields {
        if let Some(value) = record.values.get(&field.name) {
            let shown = field.shown(value).get(lang).to_owned();
            let value = html! { (shown) @if field.sensitive { " " (Tag::new(TagColour::Orange, t(lang, "holdings.sensitive"))) } };
            rows.push(SummaryRow::new(field.title.get(lang), value));
        }
    }
    rows.push(SummaryRow::new(t(lang, "holdings.valid-from"), i18n::date(lang, record.valid_from)));
    rows.push(SummaryRow::new(t(lang, "holdings.recorded"), moment(lang, record.recorded_at_ms)));
    if let Some(note) = &record.correction {
        rows.push(SummaryRow::new(t(lang, "holdings.corrected"), format!("{} ({})", note.reason, note.basis)));
    }
    let mut card = SummaryCard::new(declaration.title.get(lang));
    if may_report {
        card.actions.items.push(SummaryAction::new(t(lang, "holdings.report"), report_href(declaration, record), declaration.title.get(lang)));
    }
    html! {
        (SummaryList::new(rows).card(card))
        (Details::new(t(lang, "holdings.fingerprint"), html! { code { (record.sm3) } }))
    }
}

/// Where an error in a record is reported; the version is named, and nothing of what it holds.
fn report_href(declaration: &Declaration, record: &Record) -> String {
    format!("/items/{OBJECTION}/apply?register={}&position={}", declaration.slug, record.position)
}
