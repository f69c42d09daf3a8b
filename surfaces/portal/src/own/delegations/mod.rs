//! Authorisations: whom I let act for me, and for whom I may act.

pub(super) mod grant;
mod grant_view;
pub(super) mod list;

use std::sync::Arc;

use gate::{App, PageError, Visitor};
use i18n::Lang;
use parties::{DelegationKind, Party, PersonId};
use runner::Refusal;

use super::view::t;

/// A party for whom the visitor may authorise others: oneself, or a legal person one represents.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Principal {
    party: Party,
    name: String,
}

/// The visitor as a person. Authorisations are one's own matter, also while one acts for another party.
fn myself(visitor: &Visitor) -> Result<PersonId, PageError> {
    let id = visitor.actor.party.as_deref().and_then(|id| PersonId::parse(id).ok());
    id.ok_or_else(|| Refusal::not_found().into())
}

/// Oneself first, then the legal persons one represents.
async fn principals(app: &App, visitor: &Visitor) -> Result<Vec<Principal>, PageError> {
    let (keys, me) = (Arc::clone(&app.keys), myself(visitor)?);
    app.read(move |tx| {
        let trace = tracker::in_process("the name of who grants an authorisation, to herself");
        let own = cases::queries::applicant_of(tx, &keys, me.as_str(), &trace)?.ok_or_else(Refusal::not_found)?;
        let mut all = vec![Principal { party: Party::Person(me.clone()), name: own.name }];
        for company in parties::legal_persons_represented_by(tx, &me)? {
            all.push(Principal { party: Party::Legal(company.id), name: company.name });
        }
        Ok(all)
    })
    .await
}

/// What the agent is to the principal.
fn kind_words(lang: Lang, kind: DelegationKind) -> &'static str {
    let key = match kind {
        DelegationKind::Spouse => "delegation.spouse",
        DelegationKind::Parent => "delegation.parent",
        DelegationKind::Child => "delegation.child",
        DelegationKind::OtherRelative => "delegation.other-relative",
        DelegationKind::Guardian => "delegation.guardian",
        DelegationKind::Agent => "delegation.agent",
    };
    t(lang, key)
}
