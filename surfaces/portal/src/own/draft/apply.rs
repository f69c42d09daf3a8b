//! The start page of an application: what it takes, for whom, and drafts to go on with.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Redirect;
use cases::commands::StartDraft;
use cases::model::{Applicant, Draft};
use cases::queries::registers_of;
use gate::{App, Citizen, Form, PageError, Visitor, form_fields};
use i18n::Lang;
use maud::{Markup, Render, html};
use procedure::Package;
use procedure::item::Material;
use runner::{Refusal, Resource};
use serde::Deserialize;
use serde_json::{Map, Value};
use ui::{Button, InsetText, SummaryAction, SummaryList, SummaryRow, WarningText};

use crate::own::view::{View, column, fill, hidden, moment, t};

/// A longer identifier is none of ours.
const LINKED_CHARS_MAX: usize = 80;

/// What a page that leads here already knows the application to be about.
#[derive(Debug, Default, Deserialize)]
pub(in crate::own) struct Linked {
    /// A reading in the data tracker.
    #[serde(default)]
    reading: String,
    /// The base register in which a record is wrong.
    #[serde(default)]
    register: String,
    /// The place of that record in it.
    #[serde(default)]
    position: String,
}

impl Linked {
    /// In one word: the reading, else the register and the place in it.
    fn reference(self) -> String {
        if self.reading.is_empty() && !self.register.is_empty() { format!("{}:{}", self.register, self.position) } else { self.reading }
    }
}

/// What the start page shows.
struct Start {
    package: Arc<Package>,
    applicant: Applicant,
    drafts: Vec<Draft>,
    /// Whether the authorisation under which the visitor acts includes this item.
    may_apply: bool,
    /// A reading in the data tracker that the application is about; empty for none.
    reading: String,
}

/// `GET /items/{slug}/apply`
pub(in crate::own) async fn get(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path(slug): Path<String>,
    Query(linked): Query<Linked>,
) -> Result<Markup, PageError> {
    let start = Start { reading: linked.reference(), ..load(&app, &visitor, &slug).await? };
    let title = start.package.item.name.get(visitor.lang).to_owned();
    Ok(View::new(&app, &visitor, title).back(format!("/items/{slug}")).show(column(body(&visitor, &start))))
}

/// `POST /items/{slug}/apply`
pub(in crate::own) async fn post(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Redirect, PageError> {
    let start = load(&app, &visitor, &slug).await?;
    let mut answers = Map::new();
    let reading = form.text("reading");
    if !reading.is_empty() && reading.chars().count() <= LINKED_CHARS_MAX && start.package.form.field("reading").is_some() {
        answers.insert("reading".to_owned(), Value::from(reading));
    }
    app.ask_about_own(&visitor.actor, registers_of(&start.package)).await?;
    let started = app.execute(&visitor, form.key(), StartDraft { slug, situation: Map::new(), answers, prefill: true }).await?;
    Ok(Redirect::to(&format!("/drafts/{}/guide", started.outcome)))
}

async fn load(app: &App, visitor: &Visitor, slug: &str) -> Result<Start, PageError> {
    let package = app.library.current(slug, app.today()).filter(|package| package.item.on_application() && package.item.for_the_public());
    let package = package.ok_or_else(|| PageError::from(Refusal::not_found()))?;
    let (keys, actor, slug) = (Arc::clone(&app.keys), visitor.actor.clone(), slug.to_owned());
    let party = actor.acting_party().map(str::to_owned);
    let may_apply = app.may(visitor, "case.start-draft", &Resource { party, scope: Some(slug.clone()), ..Resource::of("case") });
    app.read(move |tx| {
        let party = actor.acting_party().ok_or_else(Refusal::not_found)?;
        let own = tracker::own(&actor, party).ok_or_else(Refusal::not_found)?;
        let applicant = cases::queries::applicant_of(tx, &keys, party, &own)?.ok_or_else(Refusal::not_found)?;
        let mut drafts = cases::queries::drafts_of(tx, &keys, &actor.account)?;
        drafts.retain(|draft| draft.slug == slug && draft.party == party);
        Ok(Start { package: Arc::clone(&package), applicant, drafts, reading: String::new(), may_apply })
    })
    .await
}

fn body(visitor: &Visitor, start: &Start) -> Markup {
    let (lang, item) = (visitor.lang, &start.package.item);
    html! {
        span.govuk-caption-l { (t(lang, "apply.caption")) }
        h1.govuk-heading-l { (item.name.get(lang)) }
        p.govuk-body-l { (item.summary.get(lang)) }
        (existing(lang, &start.drafts))
        (facts(lang, start))
        (materials(lang, &start.package))
        (for_whom(visitor, start))
        @if start.may_apply {
            form method="post" action={ "/items/" (item.slug) "/apply" } {
                (form_fields(visitor))
                @if !start.reading.is_empty() { (hidden("reading", &start.reading)) }
                (Button::submit(t(lang, if start.drafts.is_empty() { "apply.start" } else { "apply.start-new" })))
            }
        } @else { (WarningText::new(lang, fill(lang, "apply.not-authorised", &[("name", &start.applicant.name)]))) }
    }
}

fn existing(lang: Lang, drafts: &[Draft]) -> Markup {
    let row = |draft: &Draft| {
        let saved = moment(lang, draft.updated_ms);
        SummaryRow::new(t(lang, "apply.draft"), fill(lang, "apply.saved", &[("at", &saved)]))
            .action(SummaryAction::new(t(lang, "apply.resume"), format!("/drafts/{}", draft.id), saved.as_str()))
            .action(SummaryAction::new(t(lang, "apply.discard"), format!("/drafts/{}/discard", draft.id), saved.as_str()))
    };
    html! {
        @if !drafts.is_empty() {
            h2.govuk-heading-m { (t(lang, "apply.drafts")) }
            (SummaryList::new(drafts.iter().map(row).collect()))
        }
    }
}

fn facts(lang: Lang, start: &Start) -> Markup {
    let item = &start.package.item;
    let statutory = item.limits.statutory.as_ref().map(|statutory| statutory.limit.label());
    let fee = if item.fees.is_empty() { t(lang, "apply.free").to_owned() } else { fees(lang, item) };
    let visits =
        if item.visits_max == 0 { t(lang, "apply.no-visit").to_owned() } else { fill(lang, "apply.visits", &[("n", &item.visits_max.to_string())]) };
    let mut rows = vec![
        SummaryRow::new(t(lang, "apply.result"), item.result.name.get(lang)),
        SummaryRow::new(t(lang, "apply.promised"), item.limits.promised.label().get(lang)),
    ];
    rows.extend(statutory.map(|limit| SummaryRow::new(t(lang, "apply.statutory"), limit.get(lang))));
    rows.push(SummaryRow::new(t(lang, "apply.fee"), fee));
    rows.push(SummaryRow::new(t(lang, "apply.trips"), visits));
    html! { (SummaryList::new(rows)) }
}

fn fees(lang: Lang, item: &procedure::Item) -> String {
    let fees = item.fees.iter().map(|fee| format!("{} {}", fee.name.get(lang), i18n::money(lang, fee.amount_fen)));
    fees.collect::<Vec<_>>().join(t(lang, "list.separator"))
}

fn materials(lang: Lang, package: &Package) -> Markup {
    let (waived, asked): (Vec<&Material>, Vec<&Material>) = package.item.materials.iter().partition(|material| material.waived_by.is_some());
    html! {
        h2.govuk-heading-m { (t(lang, "apply.needed")) }
        @if asked.is_empty() { p.govuk-body { (t(lang, "apply.nothing-needed")) } }
        @else {
            ul.govuk-list.govuk-list--bullet {
                @for material in &asked {
                    li { (material.name.get(lang)) @if material.when.is_some() { " " span.zs-quiet { (t(lang, "apply.perhaps")) } } }
                }
            }
        }
        @if !waived.is_empty() {
            h3.govuk-heading-s { (t(lang, "apply.not-needed")) }
            ul.govuk-list.govuk-list--bullet { @for material in &waived { li { (material.name.get(lang)) } } }
        }
    }
}

fn for_whom(visitor: &Visitor, start: &Start) -> Markup {
    let (lang, item) = (visitor.lang, &start.package.item);
    let key = if visitor.actor.on_behalf.is_some() { "apply.for-other" } else { "apply.for-self" };
    InsetText::new(html! {
        p.govuk-body { (fill(lang, key, &[("name", &start.applicant.name)])) }
        @if item.case.agent {
            p.govuk-body { a.govuk-link href={ "/act-for?next=/items/" (item.slug) "/apply" } { (t(lang, "apply.change-whom")) } }
        }
    })
    .render()
}
