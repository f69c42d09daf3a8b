//! `/organs` and `/organs/{id}`: who is responsible, where, when, under which telephone number.

use axum::extract::{Path, State};
use axum::response::Response;
use gate::{App, PageError, Visitor};
use i18n::{Lang, Text};
use maud::{Markup, html};
use parties::{Organ, OrganId};
use ui::{Crumb, SummaryList, SummaryRow};

use super::card::{ItemCard, cards};
use super::catalogue::Catalogue;
use super::texts::t;
use super::view::{View, phone, send};

/// An organ in the list.
#[derive(Debug, Clone)]
pub(crate) struct OrganCard {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) phone: String,
    pub(crate) item_count: usize,
}

/// What the list of organs shows: those with services first.
#[derive(Debug, Clone)]
pub(crate) struct OrgansPage {
    /// Name of each division, and its organs.
    pub(crate) divisions: Vec<(String, Vec<OrganCard>)>,
}

/// What the page of an organ shows.
#[derive(Debug, Clone)]
pub(crate) struct OrganPage {
    pub(crate) organ: Organ,
    pub(crate) division: Text,
    pub(crate) items: Vec<ItemCard>,
}

/// `GET /organs`
pub(crate) async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let catalogue = Catalogue::of(&app.library, app.today());
    let organs = app.read(|tx| Ok(with_divisions(tx, parties::organs)?)).await?;
    Ok(send(&app, &visitor, list_view(visitor.lang, &OrgansPage::of(visitor.lang, &catalogue, &organs))))
}

/// `GET /organs/{id}`
pub(crate) async fn get(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, PageError> {
    let id: OrganId = id.parse().map_err(|_| PageError::NotFound)?;
    let found = app.read(move |tx| Ok(with_divisions(tx, |tx| Ok(parties::organ(tx, &id)?.into_iter().collect()))?)).await?;
    let (organ, division) = found.into_iter().next().ok_or(PageError::NotFound)?;
    let catalogue = Catalogue::of(&app.library, app.today());
    let items = catalogue.of_duties(&organ.details.duties).into_iter().map(|package| ItemCard::of(visitor.lang, &package.item)).collect();
    Ok(send(&app, &visitor, view(visitor.lang, &OrganPage { organ, division, items })))
}

type Found = Vec<(Organ, Text)>;

fn with_divisions(
    tx: &mut store::Tx<'_>,
    find: impl FnOnce(&mut store::Tx<'_>) -> Result<Vec<Organ>, store::StoreError>,
) -> Result<Found, store::StoreError> {
    let mut found = Vec::new();
    for organ in find(tx)? {
        let division = parties::division_name(tx, &organ.division)?;
        found.push((organ, division));
    }
    Ok(found)
}

impl OrgansPage {
    pub(crate) fn of(lang: Lang, catalogue: &Catalogue, organs: &[(Organ, Text)]) -> OrgansPage {
        let mut divisions: Vec<(String, Vec<OrganCard>)> = Vec::new();
        for (organ, division) in organs {
            let card = OrganCard {
                href: format!("/organs/{}", organ.id),
                name: organ.name.get(lang).to_owned(),
                address: organ.details.address.get(lang).to_owned(),
                phone: organ.details.phone.clone(),
                item_count: catalogue.of_duties(&organ.details.duties).len(),
            };
            let name = division.get(lang).to_owned();
            match divisions.iter_mut().find(|(known, _)| *known == name) {
                Some((_, cards)) => cards.push(card),
                None => divisions.push((name, vec![card])),
            }
        }
        for (_, cards) in &mut divisions {
            cards.sort_by_key(|card| std::cmp::Reverse(card.item_count));
        }
        OrgansPage { divisions }
    }
}

pub(crate) fn list_view(lang: Lang, page: &OrgansPage) -> View {
    let body = html! {
        h1.govuk-heading-l { (t(lang, "p.organs.title")) }
        p.govuk-body { (t(lang, "p.organs.lead")) }
        @if page.divisions.is_empty() { p.zs-empty { (t(lang, "p.organs.empty")) } }
        @for (division, organs) in &page.divisions {
            h2.govuk-heading-m { (division) }
            ul.zs-items { @for organ in organs { (card(lang, organ)) } }
        }
    };
    View::new(t(lang, "p.organs.title"), body).below_home(lang)
}

fn card(lang: Lang, organ: &OrganCard) -> Markup {
    html! {
        li.zs-item {
            h3.zs-item__name { a.govuk-link href=(organ.href) { (organ.name) } }
            ul.zs-facts {
                @if organ.item_count > 0 { li { (i18n::count(lang, super::home::count(organ.item_count), "项服务", "service", "services")) } }
                @if !organ.address.is_empty() { li { (organ.address) } }
                @if !organ.phone.is_empty() { li { (phone(&organ.phone)) } }
            }
        }
    }
}

pub(crate) fn view(lang: Lang, page: &OrganPage) -> View {
    let name = page.organ.name.get(lang);
    let body = html! {
        span.govuk-caption-l { (page.division.get(lang)) }
        h1.govuk-heading-l { (name) }
        (SummaryList::new(contact_rows(lang, &page.organ)))
        h2.govuk-heading-m { (t(lang, "p.organs.items")) }
        @if page.items.is_empty() { p.govuk-body { (t(lang, "p.organs.no-items")) } } @else { (cards(&page.items)) }
    };
    View::new(name, body).below(lang, vec![Crumb::link(t(lang, "p.organs.title"), "/organs")], name)
}

/// Code, address, hours and telephones; what is not known is left out.
pub(crate) fn contact_rows(lang: Lang, organ: &Organ) -> Vec<SummaryRow> {
    let details = &organ.details;
    let mut rows = vec![SummaryRow::new(t(lang, "p.organs.code"), organ.code.to_string())];
    for (key, text) in [("p.organs.address", &details.address), ("p.organs.hours", &details.hours)] {
        if !text.is_empty() {
            rows.push(SummaryRow::new(t(lang, key), text.get(lang)));
        }
    }
    for (key, number) in [("p.organs.phone", &details.phone), ("p.organs.complaints", &details.complaint_phone)] {
        if !number.is_empty() {
            rows.push(SummaryRow::new(t(lang, key), phone(number)));
        }
    }
    rows
}
