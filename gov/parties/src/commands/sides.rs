//! The two sides of a delegation, and who may speak for them.

use super::checks::MANAGE;
use crate::model::delegation::Delegation;
use crate::model::party::{Party, PersonId};
use crate::model::person::LegalPerson;
use crate::store as tables;
use runner::{ActorKind, Cx, Halt, Refusal, Resource};

/// Who stands behind a principal.
pub(super) enum Principal {
    Person(PersonId),
    Legal(Box<LegalPerson>),
}

impl Principal {
    pub fn load(cx: &mut Cx<'_>, party: &Party) -> Result<Self, Halt> {
        match party {
            Party::Person(id) => {
                let person = tables::persons::find(cx.tx(), id.as_str())?.ok_or_else(Refusal::not_found)?;
                Ok(Self::Person(person.id))
            }
            Party::Legal(id) => {
                let legal_person = tables::legal_persons::find(cx.tx(), id.as_str())?.ok_or_else(Refusal::not_found)?;
                Ok(Self::Legal(Box::new(legal_person)))
            }
        }
    }

    /// Whose signature binds the principal: the person, or the legal representative.
    fn signatory(&self) -> &str {
        match self {
            Self::Person(id) => id.as_str(),
            Self::Legal(legal_person) => match &legal_person.representative {
                Some(person) => person.as_str(),
                None => legal_person.id.as_str(),
            },
        }
    }

    /// Authorises the principal's side: the signatory online, or the counter on presented documents. Answers whether
    /// it was the counter.
    pub fn authorise(&self, cx: &mut Cx<'_>, id: &str) -> Result<bool, Halt> {
        let resource = Resource { id: id.to_owned(), party: Some(self.signatory().to_owned()), ..Resource::of("delegation") };
        if matches!(cx.actor().kind, ActorKind::Staff | ActorKind::System) {
            cx.authorise_as(MANAGE, &resource)?;
            return Ok(true);
        }
        cx.authorise(&resource)?;
        Ok(false)
    }
}

/// Authorises the agent's side.
pub(super) fn authorise_agent(cx: &mut Cx<'_>, delegation: &Delegation) -> Result<(), Halt> {
    let party = Some(delegation.agent.to_string());
    cx.authorise(&Resource { id: delegation.id.to_string(), party, ..Resource::of("delegation") })
}

pub(super) fn wrong_state(basis: &'static str) -> Refusal {
    Refusal::new(
        "delegation-not-open",
        "这项授权已经答复或已经终止。",
        "This authorisation was already answered or has ended.",
        "请刷新后查看授权的现状；需要时可以重新授权。",
        "Reload and look at its present state; a new one can be granted.",
    )
    .under(basis)
}
