//! Choosing for whom one acts.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use clock::Date;
use maud::{Markup, html};
use parties::{Party, PersonId};
use runner::{Halt, Refusal};
use seal::FieldKeys;
use store::Tx;
use trust::ActFor;
use ui::{Button, Choice, ErrorMessage, ErrorSummary, InsetText, Legend, Radios, layout};

use crate::{App, Citizen, Flash, Form, PageError, Visitor, Words, form_fields, frame, identify, see_other_with, unprocessable};

const MYSELF: &str = "self";

/// A party for which the visitor may act.
#[derive(Clone, Debug)]
struct Principal {
    party: String,
    name: String,
}

/// `GET /act-for`
pub(crate) async fn get(State(app): State<App>, Citizen(visitor): Citizen) -> Result<Response, PageError> {
    let principals = principals(&app, &visitor).await?;
    Ok(render(&app, &visitor, &principals, None).into_response())
}

/// `POST /act-for`
pub(crate) async fn post(State(app): State<App>, Citizen(visitor): Citizen, form: Form) -> Result<Response, PageError> {
    let Some(who) = &visitor.signed_in else { return Err(PageError::NotFound) };
    let party = Some(form.text("party")).filter(|party| *party != MYSELF).map(str::to_owned);
    let command = ActFor { session: who.session.clone(), party: party.clone() };
    match app.run(visitor.actor.clone(), None, command).await {
        Ok(_) => Ok(see_other_with(&app, "/", &chosen(party.is_some()))),
        Err(Halt::Refused(refusal)) => {
            let principals = principals(&app, &visitor).await?;
            Ok(unprocessable(render(&app, &visitor, &principals, Some(&refusal))))
        }
        Err(fault @ Halt::Fault(_)) => Err(fault.into()),
    }
}

fn chosen(for_another: bool) -> Flash {
    if for_another {
        Flash::success("已切换：接下来您是在代他人办理。", "From now on you act for somebody else.")
    } else {
        Flash::success("已切换：接下来您是在为自己办理。", "From now on you act for yourself.")
    }
}

async fn principals(app: &App, visitor: &Visitor) -> Result<Vec<Principal>, PageError> {
    let Some(agent) = visitor.actor.party.as_deref().and_then(|id| PersonId::parse(id).ok()) else { return Ok(Vec::new()) };
    let (today, keys) = (app.today(), Arc::clone(&app.keys));
    app.read(move |tx| find_principals(tx, &agent, today, &keys)).await
}

/// Who authorised the person, and the legal persons which the person represents by office.
fn find_principals(tx: &mut Tx<'_>, agent: &PersonId, today: Date, keys: &FieldKeys) -> Result<Vec<Principal>, Halt> {
    let authorised = parties::active_delegations(tx, agent, today)?.into_iter().map(|delegation| delegation.principal);
    let mut parties: Vec<Party> = authorised.collect();
    let represented = parties::legal_persons_represented_by(tx, agent)?.into_iter().filter(|found| found.status.can_be_represented());
    parties.extend(represented.map(|found| Party::Legal(found.id)));
    let mut principals: Vec<Principal> = Vec::new();
    for party in parties {
        if principals.iter().any(|known| known.party == party.as_str()) {
            continue;
        }
        if let Some(name) = identify::party_name(tx, &party, keys)? {
            principals.push(Principal { party: party.to_string(), name });
        }
    }
    Ok(principals)
}

fn render(app: &App, visitor: &Visitor, principals: &[Principal], refusal: Option<&Refusal>) -> Markup {
    let lang = visitor.lang;
    let title = Words("您为谁办理？", "For whom do you act?").get(lang);
    let own_name = visitor.signed_in.as_ref().map(|who| who.display_name.clone()).unwrap_or_default();
    let myself = Choice::new(MYSELF, format!("{}（{own_name}）", Words("我自己", "Myself").get(lang)));
    let others = principals.iter().map(|principal| Choice::new(principal.party.as_str(), principal.name.as_str()));
    let items = std::iter::once(myself).chain(others).collect();
    let error = refusal.map(|refusal| ErrorMessage::new(lang, refusal.sentence.get(lang)));
    let nobody = Words(
        "目前没有人授权您代办。授权由被代理人在“授权”页面办理，您确认后生效。",
        "Nobody has authorised you. The person concerned does so on the page Authorisations, and you agree to it.",
    );
    let body = html! {
        @if let Some(refusal) = refusal { (ErrorSummary::new(lang).error("party", refusal.sentence.get(lang))) }
        form method="post" action="/act-for" novalidate {
            (form_fields(visitor))
            (Radios::new("party", Legend::page_heading(title), items).value(visitor.actor.on_behalf.as_deref().unwrap_or(MYSELF)).error(error))
            @if principals.is_empty() { (InsetText { content: nobody.get(lang).into(), ..InsetText::default() }) }
            @if let Some(refusal) = refusal { p.govuk-body { (refusal.next_step.get(lang)) } }
            (Button::submit(Words("继续", "Continue").get(lang)))
        }
        p.govuk-body { a.govuk-link href="/delegations" { (Words("管理授权", "Manage authorisations").get(lang)) } }
    };
    layout::citizen(&layout::Page { has_errors: refusal.is_some(), ..frame(app, visitor, title) }, body)
}
