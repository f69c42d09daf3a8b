//! `/`: the home page.

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use gate::{App, PageError, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use procedure::Package;
use procedure::codes::Code;
use ui::SearchBox;
use ui::layout::Help;

use super::card::{ItemCard, cards};
use super::catalogue::{Catalogue, Side};
use super::figures::{Figures, FiguresCache, good_rate};
use super::texts::{fill, joined, t};
use super::view::{View, moment, send};

const POPULAR_COUNT: usize = 6;
const SUGGESTION_COUNT: usize = 5;

/// A tile: words, address, a line below.
#[derive(Debug, Clone)]
pub(crate) struct Tile {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) note: String,
}

/// What the home page shows.
#[derive(Debug, Clone)]
pub(crate) struct HomePage {
    pub(crate) suggestions: Vec<(String, String)>,
    pub(crate) person: Vec<Tile>,
    pub(crate) legal: Vec<Tile>,
    pub(crate) life_events: Vec<Tile>,
    pub(crate) popular: Vec<ItemCard>,
    pub(crate) entrances: Vec<Tile>,
    /// Value and what it counts.
    pub(crate) figures: Vec<(String, &'static str)>,
    /// When the figures were computed.
    pub(crate) counted_at: String,
}

/// `GET /`
pub(crate) async fn get(State(app): State<App>, Extension(cache): Extension<FiguresCache>, visitor: Visitor) -> Result<Response, PageError> {
    let figures = cache.get(&app).await?;
    let catalogue = Catalogue::of(&app.library, app.today());
    let home = HomePage::of(visitor.lang, &catalogue, &figures, &app.settings.help);
    Ok(send(&app, &visitor, view(visitor.lang, &home)))
}

impl HomePage {
    pub(crate) fn of(lang: Lang, catalogue: &Catalogue, figures: &Figures, help: &Help) -> HomePage {
        let popular = popular(catalogue, figures);
        HomePage {
            suggestions: suggestions(lang, &popular),
            person: themes(lang, catalogue, Side::Person),
            legal: themes(lang, catalogue, Side::Legal),
            life_events: life_events(lang, catalogue),
            popular: popular.iter().take(POPULAR_COUNT).map(|package| ItemCard::of(lang, &package.item)).collect(),
            entrances: entrances(lang, help),
            figures: vec![
                (i18n::number(count(catalogue.packages().len())), t(lang, "p.home.items")),
                (i18n::number(figures.all.closed), t(lang, "p.home.closed")),
                (good_rate(&figures.all).unwrap_or_else(|| t(lang, "p.home.no-rating").to_owned()), t(lang, "p.home.good-rate")),
            ],
            counted_at: moment(lang, figures.at_ms),
        }
    }
}

/// The items with the most cases first.
fn popular<'a>(catalogue: &'a Catalogue, figures: &Figures) -> Vec<&'a Package> {
    let mut items: Vec<&Package> = catalogue.packages().iter().map(|package| &**package).collect();
    items.sort_by_key(|package| std::cmp::Reverse(figures.of(&package.slug).submitted));
    items
}

/// The first keyword of each popular item that is in the language of the page.
fn suggestions(lang: Lang, popular: &[&Package]) -> Vec<(String, String)> {
    let is_ours = |word: &&String| word.is_ascii() == (lang == Lang::En);
    let words = popular.iter().filter_map(|package| package.item.keywords.iter().find(is_ours));
    words.take(SUGGESTION_COUNT).map(|word| (word.clone(), super::search::href(word))).collect()
}

pub(crate) fn themes(lang: Lang, catalogue: &Catalogue, side: Side) -> Vec<Tile> {
    let tile = |(theme, items): (super::catalogue::Theme, usize)| Tile {
        title: theme.label().get(lang).to_owned(),
        href: theme.href(),
        note: i18n::count(lang, count(items), "项服务", "service", "services"),
    };
    catalogue.themes(side).into_iter().map(tile).collect()
}

pub(crate) fn life_events(lang: Lang, catalogue: &Catalogue) -> Vec<Tile> {
    let found = catalogue.life_events().into_iter();
    let tile = |(event, items): (procedure::codes::LifeEvent, Vec<&std::sync::Arc<Package>>)| Tile {
        title: event.label().get(lang).to_owned(),
        href: format!("/life-events/{}", event.code()),
        note: joined(lang, items.iter().map(|package| package.item.name.get(lang).to_owned())),
    };
    found.map(tile).collect()
}

fn entrances(lang: Lang, help: &Help) -> Vec<Tile> {
    let tile = |title, note, href: &str| Tile { title: t(lang, title).to_owned(), note: t(lang, note).to_owned(), href: href.to_owned() };
    let mut entrances = vec![
        tile("p.home.track", "p.home.track-note", "/track"),
        tile("p.home.verify", "p.home.verify-note", "/verify"),
        tile("p.home.ratings", "p.home.ratings-note", "/ratings"),
        tile("p.home.receipts", "p.home.receipts-note", "/receipts/check"),
    ];
    if !help.phone.is_empty() {
        let title = fill(lang, "p.home.call", &[("phone", &help.phone)]);
        entrances.insert(3, Tile { title, note: help.phone_name.get(lang).to_owned(), href: format!("tel:{}", help.phone) });
    }
    entrances
}

pub(crate) fn count(items: usize) -> i64 {
    i64::try_from(items).unwrap_or(i64::MAX)
}

pub(crate) fn view(lang: Lang, home: &HomePage) -> View {
    View::new(t(lang, "p.home.title"), page(lang, home))
}

fn page(lang: Lang, home: &HomePage) -> Markup {
    html! {
        div.zs-hero {
            h1.govuk-heading-xl { (t(lang, "p.home.question")) }
            (SearchBox {
                suggestions: home.suggestions.clone(),
                ..SearchBox::new(lang, "/search", t(lang, "p.search.label")).placeholder(t(lang, "p.search.example"))
            })
        }
        ul.zs-entrances { @for tile in &home.entrances { (entrance(tile)) } }
        @if !home.life_events.is_empty() {
            h2.govuk-heading-l #life { (t(lang, "p.home.life-events")) }
            (tiles("zs-tiles", &home.life_events))
        }
        @if !home.person.is_empty() {
            h2.govuk-heading-l #person { (t(lang, "p.home.person")) }
            (tiles("zs-tiles zs-tiles--themes", &home.person))
        }
        @if !home.legal.is_empty() {
            h2.govuk-heading-l #legal { (t(lang, "p.home.legal")) }
            (tiles("zs-tiles zs-tiles--themes", &home.legal))
        }
        @if !home.popular.is_empty() {
            h2.govuk-heading-l { (t(lang, "p.home.popular")) }
            div.zs-popular { (cards(&home.popular)) }
        }
        (figures(lang, home))
    }
}

fn tiles(class: &str, tiles: &[Tile]) -> Markup {
    html! {
        ul class=(class) {
            @for tile in tiles { li.zs-tile { h3.zs-tile__title { a href=(tile.href) { (tile.title) } } p { (tile.note) } } }
        }
    }
}

fn entrance(tile: &Tile) -> Markup {
    html! { li { a.zs-entrance href=(tile.href) { span.zs-entrance__title { (tile.title) } span.zs-entrance__note { (tile.note) } } } }
}

fn figures(lang: Lang, home: &HomePage) -> Markup {
    html! {
        section.zs-figures aria-labelledby="figures" {
            h2.govuk-heading-m #figures { (t(lang, "p.home.figures")) }
            dl.zs-figures__list {
                @for (value, label) in &home.figures { div { dt { (label) } dd { (value) } } }
            }
            p.zs-figures__note {
                (fill(lang, "p.home.counted-at", &[("at", &home.counted_at)])) " "
                a.govuk-link href="/ratings" { (t(lang, "p.home.all-ratings")) }
            }
        }
    }
}
