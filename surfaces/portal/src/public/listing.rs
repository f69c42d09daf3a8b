//! `/themes/{side}/{code}` and `/life-events/{event}`: the items of a theme or a life event.

use axum::extract::{Path, State};
use axum::response::Response;
use gate::{App, PageError, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use procedure::codes::{Code, LifeEvent};
use ui::Crumb;

use super::card::{ItemCard, cards};
use super::catalogue::{Catalogue, Side, Theme};
use super::home::count;
use super::texts::t;
use super::view::{View, send};

/// A list of items under a heading.
#[derive(Debug, Clone)]
pub(crate) struct Listing {
    /// The kind of list: 个人办事, 人生大事.
    pub(crate) kind: &'static str,
    /// Where the home page lists lists of this kind.
    pub(crate) kind_href: &'static str,
    pub(crate) name: String,
    pub(crate) items: Vec<ItemCard>,
    /// Lists beside this one: name and address.
    pub(crate) others: Vec<(String, String)>,
}

/// `GET /themes/person/{code}`
pub(crate) async fn person(state: State<App>, visitor: Visitor, code: Path<String>) -> Result<Response, PageError> {
    theme(state, visitor, code, Side::Person)
}

/// `GET /themes/legal/{code}`
pub(crate) async fn legal(state: State<App>, visitor: Visitor, code: Path<String>) -> Result<Response, PageError> {
    theme(state, visitor, code, Side::Legal)
}

fn theme(State(app): State<App>, visitor: Visitor, Path(code): Path<String>, side: Side) -> Result<Response, PageError> {
    let theme = Theme::read(side, &code).ok_or(PageError::NotFound)?;
    let catalogue = Catalogue::of(&app.library, app.today());
    Ok(send(&app, &visitor, view(visitor.lang, &Listing::of_theme(visitor.lang, &catalogue, theme))))
}

/// `GET /life-events/{event}`
pub(crate) async fn life_event(State(app): State<App>, visitor: Visitor, Path(event): Path<String>) -> Result<Response, PageError> {
    let event = LifeEvent::from_code(&event).ok_or(PageError::NotFound)?;
    let catalogue = Catalogue::of(&app.library, app.today());
    Ok(send(&app, &visitor, view(visitor.lang, &Listing::of_life_event(visitor.lang, &catalogue, event))))
}

impl Listing {
    pub(crate) fn of_theme(lang: Lang, catalogue: &Catalogue, theme: Theme) -> Listing {
        let others = catalogue.themes(theme.side()).into_iter().filter(|(other, _)| *other != theme);
        let (kind, kind_href) = match theme.side() {
            Side::Person => ("p.home.person", "/#person"),
            Side::Legal => ("p.home.legal", "/#legal"),
        };
        Listing {
            kind,
            kind_href,
            name: theme.label().get(lang).to_owned(),
            items: catalogue.in_theme(theme).into_iter().map(|package| ItemCard::of(lang, &package.item)).collect(),
            others: others.map(|(other, _)| (other.label().get(lang).to_owned(), other.href())).collect(),
        }
    }

    pub(crate) fn of_life_event(lang: Lang, catalogue: &Catalogue, event: LifeEvent) -> Listing {
        let others = catalogue.life_events().into_iter().map(|(other, _)| other).filter(|other| *other != event);
        Listing {
            kind: "p.home.life-events",
            kind_href: "/#life",
            name: event.label().get(lang).to_owned(),
            items: catalogue.in_life_event(event).into_iter().map(|package| ItemCard::of(lang, &package.item)).collect(),
            others: others.map(|other| (other.label().get(lang).to_owned(), format!("/life-events/{}", other.code()))).collect(),
        }
    }
}

pub(crate) fn view(lang: Lang, listing: &Listing) -> View {
    let title = format!("{} · {}", listing.name, t(lang, listing.kind));
    View::new(title, body(lang, listing)).below(lang, vec![Crumb::link(t(lang, listing.kind), listing.kind_href)], listing.name.as_str())
}

fn body(lang: Lang, listing: &Listing) -> Markup {
    html! {
        span.govuk-caption-l { (t(lang, listing.kind)) }
        h1.govuk-heading-l { (listing.name) }
        div.zs-two {
            div {
                @if listing.items.is_empty() {
                    p.govuk-body { (t(lang, "p.listing.empty")) }
                    p.govuk-body { a.govuk-link href="/search" { (t(lang, "p.listing.search")) } }
                } @else {
                    h2.govuk-heading-s { (i18n::count(lang, count(listing.items.len()), "项服务", "service", "services")) }
                    (cards(&listing.items))
                }
            }
            (others(lang, listing))
        }
    }
}

fn others(lang: Lang, listing: &Listing) -> Markup {
    html! {
        @if !listing.others.is_empty() {
            nav.zs-aside aria-labelledby="others" {
                h2.govuk-heading-s #others { (t(lang, "p.listing.others")) }
                ul.govuk-list { @for (name, href) in &listing.others { li { a.govuk-link href=(href) { (name) } } } }
            }
        }
    }
}
