//! The wallet: my certificates in all versions, with what each is worth today.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use cases::queries::case_resource;
use documents::queries::{certificate, certificates_of_party, document};
use documents::{CertificateRecord, DocumentRecord, Face, Standing};
use gate::{App, Citizen, PageError, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use runner::{Actor, Halt, Refusal, Resource};
use store::{StoreError, Tx};
use ui::{SummaryAction, SummaryCard, SummaryList, SummaryRow, Tag, TagColour};

use super::case::documents::pdf as pdf_answer;
use super::uploads::bytes_of;
use super::view::{View, column, t};

/// A certificate, opened, with its document.
struct Held {
    record: CertificateRecord,
    face: Face,
    document: Option<DocumentRecord>,
    resource: Resource,
}

/// `GET /certificates`
pub(super) async fn get(State(app): State<App>, Citizen(visitor): Citizen) -> Result<Markup, PageError> {
    let held = load(&app, &visitor).await?;
    let (lang, today, title) = (visitor.lang, app.today(), t(visitor.lang, "certificates.title"));
    let (good, past): (Vec<&Held>, Vec<&Held>) = held.iter().partition(|one| one.record.standing(today) == Standing::Valid);
    let body = html! {
        h1.govuk-heading-xl { (title) }
        @if held.is_empty() { p.govuk-body { (t(lang, "certificates.none")) } }
        @for one in &good { (card(lang, one, today)) }
        @if !past.is_empty() {
            h2.govuk-heading-l { (t(lang, "certificates.past")) }
            @for one in &past { (card(lang, one, today)) }
        }
    };
    Ok(View::new(&app, &visitor, title).show(column(body)))
}

/// `GET /certificates/{certificate}.pdf`
pub(super) async fn pdf(State(app): State<App>, Citizen(visitor): Citizen, Path(file): Path<String>) -> Result<Response, PageError> {
    let id = file.strip_suffix(".pdf").unwrap_or(&file).to_owned();
    let actor = visitor.actor.clone();
    let (record, document, resource) = app
        .read(move |tx| {
            let record = certificate(tx, &id)?.ok_or_else(Refusal::not_found)?;
            let document = document(tx, &record.document_id)?;
            let resource = resource_of(tx, &actor, &record)?;
            Ok((record, document, resource))
        })
        .await?;
    if !app.may(&visitor, "certificate.read", &resource) {
        return Err(PageError::NotFound);
    }
    let filing = document.and_then(|document| document.filing).ok_or(PageError::NotFound)?;
    Ok(pdf_answer(&format!("{}.pdf", record.name), bytes_of(&app, &filing.blob).await?))
}

async fn load(app: &App, visitor: &Visitor) -> Result<Vec<Held>, PageError> {
    let (keys, actor) = (Arc::clone(&app.keys), visitor.actor.clone());
    let all = app
        .read(move |tx| {
            let mut all = Vec::new();
            let party = actor.acting_party().unwrap_or_default();
            let Some(own) = tracker::own(&actor, party) else { return Ok(all) };
            for record in certificates_of_party(tx, party)? {
                let face = record.open(&keys, &own).map_err(Halt::fault)?;
                let (document, resource) = (document(tx, &record.document_id)?, resource_of(tx, &actor, &record)?);
                all.push(Held { record, face, document, resource });
            }
            Ok(all)
        })
        .await?;
    Ok(all.into_iter().filter(|held| app.may(visitor, "certificate.read", &held.resource)).collect())
}

/// The certificate as the authority knows it. An authorisation for an item covers the certificates of its cases.
fn resource_of(tx: &mut Tx<'_>, actor: &Actor, record: &CertificateRecord) -> Result<Resource, StoreError> {
    let case = case_resource(tx, actor, &record.case_id)?;
    Ok(Resource {
        id: record.id.clone(),
        organ: Some(record.organ_id.clone()),
        party: Some(record.holder_party.clone()).filter(|party| !party.is_empty()),
        scope: case.and_then(|case| case.scope),
        sensitivity: 2,
        ..Resource::of("certificate")
    })
}

fn card(lang: Lang, held: &Held, today: clock::Date) -> Markup {
    let record = &held.record;
    let until = record.valid_until.map_or_else(|| t(lang, "certificates.long-term").to_owned(), |day| i18n::date(lang, day));
    let mut rows = vec![
        SummaryRow::new(t(lang, "certificates.standing"), html! { (standing(lang, record.standing(today))) }),
        SummaryRow::new(t(lang, "certificates.number"), record.number.as_str()),
        SummaryRow::new(t(lang, "certificates.holder"), held.face.holder_name.as_str()),
        SummaryRow::new(t(lang, "certificates.issued"), i18n::date(lang, record.issued_on)),
        SummaryRow::new(t(lang, "certificates.until"), until),
    ];
    if !record.note.reason.is_empty() {
        rows.push(SummaryRow::new(t(lang, "certificates.reason"), record.note.reason.as_str()));
    }
    let code = held.document.as_ref().map(|document| document.code.as_str()).filter(|code| !code.is_empty());
    let is_filed = held.document.as_ref().is_some_and(|document| document.filing.is_some());
    if !is_filed {
        rows.push(SummaryRow::new(t(lang, "documents.title"), t(lang, "documents.making")));
    }
    let mut card = SummaryCard::new(record.name.as_str());
    if is_filed {
        card.actions.items.push(SummaryAction::new(
            t(lang, "documents.download"),
            format!("/certificates/{}.pdf", record.id),
            record.number.as_str(),
        ));
    }
    if let Some(code) = code {
        card.actions.items.push(SummaryAction::new(t(lang, "certificates.verify"), format!("/verify/{code}"), record.number.as_str()));
    }
    html! { (SummaryList::new(rows).card(card)) }
}

fn standing(lang: Lang, standing: Standing) -> Tag {
    let (colour, key) = match standing {
        Standing::Valid => (TagColour::Green, "standing.valid"),
        Standing::NotYetValid => (TagColour::Blue, "standing.not-yet-valid"),
        Standing::Expired => (TagColour::Grey, "standing.expired"),
        Standing::Suspended => (TagColour::Purple, "standing.suspended-certificate"),
        Standing::Superseded => (TagColour::Grey, "standing.superseded"),
        Standing::Cancelled => (TagColour::Grey, "standing.cancelled"),
        Standing::Revoked => (TagColour::Red, "standing.revoked"),
        Standing::Void => (TagColour::Red, "standing.void"),
    };
    Tag::new(colour, t(lang, key))
}
