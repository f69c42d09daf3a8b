//! A case for its applicant, or for who acts for the applicant. For anybody else it does not exist.

use std::sync::Arc;

use cases::queries::{CaseView, case_resource, case_view};
use clock::Date;
use documents::DocumentRecord;
use gate::{App, PageError, Visitor};
use i18n::Text;
use parties::OrganId;
use procedure::Package;
use procedure::codes::Withdraw;
use runner::{Fault, Halt, Refusal, Resource};
use store::{StoreError, Tx};

/// A case with what its pages show.
pub(in crate::own) struct Own {
    pub case: CaseView,
    pub resource: Resource,
    pub package: Arc<Package>,
    pub documents: Vec<DocumentRecord>,
    /// The organ responsible, when it is known.
    pub organ: Option<Organ>,
    /// Divisions of the node: code and name.
    pub divisions: Vec<(String, Text)>,
    pub today: Date,
}

/// What of an organ an applicant needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::own) struct Organ {
    pub name: Text,
    pub phone: String,
}

impl Own {
    /// Loads a case which the visitor may read as a party to it.
    pub async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Self, PageError> {
        let (keys, library, today) = (Arc::clone(&app.keys), Arc::clone(&app.library), app.today());
        let (id, actor) = (id.to_owned(), visitor.actor.clone());
        let own = app
            .read(move |tx| {
                let resource = case_resource(tx, &actor, &id)?.filter(|resource| resource.party.as_deref() == actor.acting_party());
                let resource = resource.ok_or_else(Refusal::not_found)?;
                let own = resource.party.as_deref().and_then(|party| tracker::own(&actor, party)).ok_or_else(Refusal::not_found)?;
                let case = case_view(tx, &keys, &id, &own)?.ok_or_else(Refusal::not_found)?;
                let package = library.by_hash(&case.file.package_hash).ok_or_else(|| package_gone(&case.file.package_hash))?;
                let documents = documents::queries::documents_of_case(tx, &id)?;
                let divisions = parties::divisions_in_force(tx, today)?.into_iter().map(|one| (one.code.to_string(), one.name)).collect();
                let organ = organ(tx, &case.file.organ)?;
                Ok(Self { organ, case, resource, package, documents, divisions, today })
            })
            .await?;
        if app.may(visitor, "case.read", &own.resource) { Ok(own) } else { Err(PageError::NotFound) }
    }

    /// An address below the case.
    pub fn at(&self, rest: &str) -> String {
        format!("/cases/{}/{rest}", self.case.file.id)
    }

    /// Whether it can still be withdrawn.
    pub fn is_withdrawable(&self) -> bool {
        let allowed = self.package.item.case.withdraw == Withdraw::BeforeDecision;
        allowed && self.case.file.status.is_open() && !self.case.file.is_decided()
    }

    /// Whether it can be rated now.
    pub fn is_rateable(&self) -> bool {
        !self.case.file.status.is_open() && self.package.item.case.rating && self.case.rating.is_none()
    }

    /// Whether it can be taken up again.
    pub fn is_reopenable(&self) -> bool {
        let file = &self.case.file;
        !file.status.is_open() && file.outcome == Some(cases::Outcome::Resolved) && !file.reopened
    }
}

fn organ(tx: &mut Tx<'_>, id: &str) -> Result<Option<Organ>, StoreError> {
    let Ok(id) = OrganId::parse(id) else { return Ok(None) };
    Ok(parties::organ(tx, &id)?.map(|organ| Organ { name: organ.name, phone: organ.details.phone }))
}

fn package_gone(hash: &str) -> Halt {
    Fault::because(format!("expected the package {hash} of a case in the library")).into()
}
