//! The list of authorisations, with what one can answer to each.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use gate::{App, Citizen, Flash, Form, PageError, Visitor, form_fields, see_other_with};
use i18n::Lang;
use maud::{Markup, html};
use parties::{AcceptDelegation, DeclineDelegation, Delegation, DelegationId, DelegationState, RevokeDelegation, Scope};
use ui::{Button, SummaryCard, SummaryList, SummaryRow, Tag, TagColour};

use super::{kind_words, myself, principals};
use crate::own::view::{TEXTS, View, column, fill, t};

/// An authorisation with the names of both sides.
struct Line {
    delegation: Delegation,
    principal: String,
    agent: String,
    items: Vec<String>,
}

/// What the page shows.
struct Lists {
    granted: Vec<Line>,
    received: Vec<Line>,
}

/// `GET /delegations`
pub(in crate::own) async fn get(State(app): State<App>, Citizen(visitor): Citizen) -> Result<Markup, PageError> {
    let lists = load(&app, &visitor).await?;
    let (lang, title) = (visitor.lang, t(visitor.lang, "delegations.title"));
    let body = html! {
        h1.govuk-heading-xl { (title) }
        p.govuk-body { (t(lang, "delegations.explain")) }
        (Button::link(t(lang, "delegations.new"), "/delegations/new"))
        h2.govuk-heading-l { (t(lang, "delegations.received")) }
        @if lists.received.is_empty() { p.govuk-body { (t(lang, "delegations.none-received")) } }
        @for line in &lists.received { (card(&app, &visitor, line, false)) }
        h2.govuk-heading-l { (t(lang, "delegations.granted")) }
        @if lists.granted.is_empty() { p.govuk-body { (t(lang, "delegations.none-granted")) } }
        @for line in &lists.granted { (card(&app, &visitor, line, true)) }
    };
    Ok(View::new(&app, &visitor, title).show(column(body)))
}

/// `POST /delegations/{delegation}/{accept, decline or revoke}`
pub(in crate::own) async fn post(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((id, answer)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let delegation = DelegationId::parse(&id).map_err(|_| PageError::NotFound)?;
    let done = match answer.as_str() {
        "accept" => app.execute(&visitor, form.key(), AcceptDelegation { delegation }).await.map(|_| "delegations.accepted")?,
        "decline" => app.execute(&visitor, form.key(), DeclineDelegation { delegation }).await.map(|_| "delegations.declined")?,
        "revoke" => {
            let command = RevokeDelegation { delegation, reason: String::new() };
            app.execute(&visitor, form.key(), command).await.map(|_| "delegations.revoked")?
        }
        _ => return Err(PageError::NotFound),
    };
    let text = TEXTS.text(done);
    Ok(see_other_with(&app, "/delegations", &Flash::success(text.zh, text.en)))
}

async fn load(app: &App, visitor: &Visitor) -> Result<Lists, PageError> {
    let (me, principals) = (myself(visitor)?, principals(app, visitor).await?);
    let (keys, library, today, lang) = (Arc::clone(&app.keys), Arc::clone(&app.library), app.today(), visitor.lang);
    app.read(move |tx| {
        let line = |tx: &mut store::Tx<'_>, delegation: Delegation| {
            let trace = tracker::in_process("both sides of an authorisation");
            let mut name =
                |party: &str| cases::queries::applicant_of(tx, &keys, party, &trace).map(|found| found.map(|one| one.name).unwrap_or_default());
            let (principal, agent) = (name(delegation.principal.as_str())?, name(delegation.agent.as_str())?);
            let item = |slug: &String| library.current(slug, today).map_or_else(|| slug.clone(), |package| package.item.name.get(lang).to_owned());
            let items = match &delegation.scope {
                Scope::All => Vec::new(),
                Scope::Items(slugs) => slugs.iter().map(item).collect(),
            };
            Ok::<_, runner::Halt>(Line { delegation, principal, agent, items })
        };
        let mut lists = Lists { granted: Vec::new(), received: Vec::new() };
        for delegation in parties::delegations_of_agent(tx, &me)?.into_iter().rev() {
            lists.received.push(line(tx, delegation)?);
        }
        for principal in &principals {
            for delegation in parties::delegations_of_principal(tx, &principal.party)?.into_iter().rev() {
                lists.granted.push(line(tx, delegation)?);
            }
        }
        Ok(lists)
    })
    .await
}

fn card(app: &App, visitor: &Visitor, line: &Line, is_granted: bool) -> Markup {
    let (lang, one) = (visitor.lang, &line.delegation);
    let scope = if line.items.is_empty() { t(lang, "delegation.all-items").to_owned() } else { line.items.join(t(lang, "list.separator")) };
    let period = fill(lang, "delegation.period", &[("from", &i18n::date(lang, one.valid_from)), ("until", &i18n::date(lang, one.valid_until))]);
    let title =
        if is_granted { fill(lang, "delegation.to", &[("name", &line.agent)]) } else { fill(lang, "delegation.by", &[("name", &line.principal)]) };
    let rows = vec![
        SummaryRow::new(t(lang, "delegation.principal"), line.principal.as_str()),
        SummaryRow::new(t(lang, "delegation.agent-name"), line.agent.as_str()),
        SummaryRow::new(t(lang, "delegation.kind"), kind_words(lang, one.kind)),
        SummaryRow::new(t(lang, "delegation.scope"), scope),
        SummaryRow::new(t(lang, "delegation.when"), period),
        SummaryRow::new(t(lang, "case.state"), html! { (state(lang, one, app.today())) }),
    ];
    html! {
        (SummaryList::new(rows).card(SummaryCard { heading_level: 3, ..SummaryCard::new(title.as_str()) }))
        @if one.is_open(app.today()) {
            div.govuk-button-group {
                @if !is_granted && one.state == DelegationState::Offered {
                    (answer(visitor, one, "accept", t(lang, "delegation.accept"), &title))
                    (answer(visitor, one, "decline", t(lang, "delegation.decline"), &title))
                } @else {
                    (answer(visitor, one, "revoke", t(lang, if is_granted { "delegation.revoke" } else { "delegation.give-up" }), &title))
                }
            }
        }
    }
}

fn answer(visitor: &Visitor, one: &Delegation, verb: &str, words: &str, title: &str) -> Markup {
    let content = html! { (words) span.govuk-visually-hidden { " " (title) } };
    html! {
        form.zs-inline method="post" action={ "/delegations/" (one.id.as_str()) "/" (verb) } {
            (form_fields(visitor))
            (Button::submit(content).secondary())
        }
    }
}

fn state(lang: Lang, one: &Delegation, today: clock::Date) -> Tag {
    let (colour, key) = match one.state {
        DelegationState::Offered => (TagColour::Yellow, "delegation.offered"),
        DelegationState::Active if one.in_force(today) => (TagColour::Green, "delegation.active"),
        DelegationState::Active if today < one.valid_from => (TagColour::Blue, "delegation.later"),
        DelegationState::Active => (TagColour::Grey, "delegation.over"),
        DelegationState::Declined => (TagColour::Grey, "delegation.was-declined"),
        DelegationState::Revoked => (TagColour::Grey, "delegation.was-revoked"),
    };
    Tag::new(colour, t(lang, key))
}
