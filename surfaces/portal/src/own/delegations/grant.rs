//! Authorising somebody: whom, for what, until when (民法典 第一百六十五条).

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use clock::Date;
use gate::{App, Citizen, Flash, Form, PageError, Visitor, see_other_with, unprocessable};
use i18n::{Lang, Text};
use maud::Markup;
use parties::{DelegationKind, GrantDelegation, IdentityNumber, Party, PersonId, Scope};
use runner::Halt;

use super::grant_view::page;
use super::{Principal, principals};
use crate::own::view::{TEXTS, Wrong, t};

/// What the page offers.
pub(super) struct Offer {
    pub principals: Vec<Principal>,
    /// Items in which somebody may act for the applicant: slug and name.
    pub items: Vec<(String, Text)>,
}

/// `GET /delegations/new`
pub(in crate::own) async fn get(State(app): State<App>, Citizen(visitor): Citizen) -> Result<Markup, PageError> {
    let offer = offer(&app, &visitor).await?;
    Ok(page(&app, &visitor, &offer, &Form::default(), &[]))
}

/// `POST /delegations/new`
pub(in crate::own) async fn post(State(app): State<App>, Citizen(visitor): Citizen, form: Form) -> Result<Response, PageError> {
    let offer = offer(&app, &visitor).await?;
    let command = match command(&app, visitor.lang, &offer, &form).await? {
        Ok(command) => command,
        Err(wrong) => return Ok(unprocessable(page(&app, &visitor, &offer, &form, &wrong))),
    };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => {
            let text = TEXTS.text("grant.done");
            Ok(see_other_with(&app, "/delegations", &Flash::success(text.zh, text.en)))
        }
        Err(error) => {
            let wrong = refused(visitor.lang, &error);
            if wrong.is_empty() { Err(error) } else { Ok(unprocessable(page(&app, &visitor, &offer, &form, &wrong))) }
        }
    }
}

async fn offer(app: &App, visitor: &Visitor) -> Result<Offer, PageError> {
    let current = app.library.all_current(app.today());
    let items = current.iter().filter(|package| package.item.on_application() && package.item.for_the_public() && package.item.case.agent);
    let items = items.map(|package| (package.slug.clone(), package.item.name.clone())).collect();
    Ok(Offer { principals: principals(app, visitor).await?, items })
}

/// The command that was typed, or everything that is wrong with it.
async fn command(app: &App, lang: Lang, offer: &Offer, form: &Form) -> Result<Result<GrantDelegation, Vec<Wrong>>, PageError> {
    let mut wrong = Vec::new();
    let principal = chosen_principal(offer, form).ok_or(PageError::NotFound)?;
    let agent = agent(app, lang, form, &mut wrong).await?;
    let kind = match &principal {
        Party::Legal(_) => Some(DelegationKind::Agent),
        Party::Person(_) => DelegationKind::parse(form.text("kind")).filter(|kind| *kind != DelegationKind::Guardian && !kind.is_for_legal_persons()),
    };
    if kind.is_none() {
        wrong.push(Wrong::new("kind", t(lang, "grant.kind-missing")));
    }
    let scope = scope(offer, form);
    if scope.is_none() {
        wrong.push(Wrong::new("scope", t(lang, "grant.scope-missing")));
    }
    let until = day(form, "until");
    if until.is_none() {
        wrong.push(Wrong::new("until-year", t(lang, "grant.until-missing")));
    }
    Ok(match (agent, kind, scope, until) {
        (Some(agent), Some(kind), Some(scope), Some(valid_until)) if wrong.is_empty() => {
            Ok(GrantDelegation { principal, agent, kind, scope, valid_from: app.today(), valid_until })
        }
        _ => Err(wrong),
    })
}

fn chosen_principal(offer: &Offer, form: &Form) -> Option<Party> {
    let chosen = offer.principals.iter().find(|principal| principal.party.as_str() == form.text("principal"));
    chosen.or(offer.principals.first()).map(|principal| principal.party.clone())
}

/// The agent by name and identity number. That a number is registered under another name is not told apart from its being unknown.
async fn agent(app: &App, lang: Lang, form: &Form, wrong: &mut Vec<Wrong>) -> Result<Option<PersonId>, PageError> {
    let name = form.text("agent_name").to_owned();
    if name.is_empty() {
        wrong.push(Wrong::new("agent_name", t(lang, "grant.name-missing")));
    }
    let number = match IdentityNumber::parse(form.text("agent_number")) {
        Ok(number) => number,
        Err(_) => {
            wrong.push(Wrong::new("agent_number", t(lang, "grant.number-wrong")));
            return Ok(None);
        }
    };
    let keys = Arc::clone(&app.keys);
    let found = app
        .read(move |tx| {
            let Some(sealed) = parties::person_by_identity_number(tx, &keys, &number)? else { return Ok(None) };
            let person = sealed.open(&keys, &tracker::in_process("an agent is found by name and number")).map_err(Halt::fault)?;
            Ok((person.name == name).then_some(person.id))
        })
        .await?;
    if found.is_none() && wrong.is_empty() {
        wrong.push(Wrong::new("agent_number", t(lang, "grant.agent-unknown")));
    }
    Ok(found)
}

fn scope(offer: &Offer, form: &Form) -> Option<Scope> {
    match form.text("scope") {
        "all" => Some(Scope::All),
        "items" => {
            let known = |slug: &&str| offer.items.iter().any(|(known, _)| known == slug);
            let items: Vec<String> = form.all("item").into_iter().filter(known).map(str::to_owned).collect();
            (!items.is_empty()).then_some(Scope::Items(items))
        }
        _ => None,
    }
}

fn day(form: &Form, name: &str) -> Option<Date> {
    let part = |part: &str| form.text(&format!("{name}-{part}")).to_owned();
    Date::new(part("year").parse().ok()?, part("month").parse().ok()?, part("day").parse().ok()?).ok()
}

/// What the command found wrong, at the controls of this page.
fn refused(lang: Lang, error: &PageError) -> Vec<Wrong> {
    let Some(refusal) = error.refusal() else { return Vec::new() };
    let control = |field: &str| match field {
        "valid_from" | "valid_until" => "until-year".to_owned(),
        "agent" => "agent_number".to_owned(),
        other => other.to_owned(),
    };
    let said = |zh: &str, en: &str| if lang == Lang::En { en.to_owned() } else { zh.to_owned() };
    if refusal.fields.is_empty() && matches!(&*refusal.code, "agent-unknown" | "agent-minor" | "delegation-exists" | "delegations-too-many") {
        return vec![Wrong::new("agent_number", said(&refusal.sentence.zh, &refusal.sentence.en))];
    }
    refusal.fields.iter().map(|field| Wrong::new(control(&field.field), said(&field.zh, &field.en))).collect()
}
