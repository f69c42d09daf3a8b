//! `/search`: finding items.

use axum::extract::{Query, State};
use axum::response::Response;
use gate::{App, PageError, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use search::{Filter, Hits};
use ui::layout::Help;
use ui::{Button, PageItem, PageLink, Pagination, SearchBox, Select, SelectItem};

use super::card::{ItemCard, cards};
use super::catalogue::{Catalogue, Side, Theme};
use super::home::count;
use super::index::{KIND, slug_of, theme_value};
use super::texts::{fill, t};
use super::view::{View, param, query_string, send};

const PAGE_SIZE: usize = 20;
const PAGE_MAX: usize = 500;
const QUERY_CHARS_MAX: usize = 100;
const INSTEAD_COUNT: usize = 4;

/// What was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) q: String,
    pub(crate) side: Option<Side>,
    pub(crate) theme: Option<Theme>,
    /// From 1.
    pub(crate) page: usize,
}

/// What the page of results shows.
#[derive(Debug, Clone)]
pub(crate) struct SearchPage {
    pub(crate) asked: Asked,
    pub(crate) total: usize,
    pub(crate) results: Vec<ItemCard>,
    /// The themes to choose from.
    pub(crate) themes: Vec<Theme>,
    /// What to look at where nothing was found.
    pub(crate) instead: Vec<ItemCard>,
    /// Telephone of the help line.
    pub(crate) phone: String,
}

/// `GET /search`
pub(crate) async fn get(State(app): State<App>, visitor: Visitor, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, PageError> {
    let asked = Asked::read(&pairs);
    let hits = app.search.search(&asked.q, &asked.filters(visitor.lang), PAGE_SIZE, asked.offset()).map_err(super::view::fault)?;
    let catalogue = Catalogue::of(&app.library, app.today());
    let page = SearchPage::of(visitor.lang, asked, &hits, &catalogue, &app.settings.help);
    Ok(send(&app, &visitor, view(visitor.lang, &page)))
}

/// The address that searches for a text.
pub(crate) fn href(q: &str) -> String {
    format!("/search{}", query_string(&[("q", q)]))
}

impl Asked {
    pub(crate) fn read(pairs: &[(String, String)]) -> Asked {
        let theme = param(pairs, "theme").split_once('-').and_then(|(side, code)| Theme::read(Side::from_code(side)?, code));
        Asked {
            q: param(pairs, "q").trim().chars().take(QUERY_CHARS_MAX).collect(),
            side: Side::from_code(param(pairs, "audience")),
            theme,
            page: param(pairs, "page").parse().unwrap_or(1).clamp(1, PAGE_MAX),
        }
    }

    fn offset(&self) -> usize {
        (self.page - 1) * PAGE_SIZE
    }

    fn filters(&self, lang: Lang) -> Vec<Filter> {
        let mut filters = vec![Filter::one("kind", KIND), Filter::one("lang", lang.code())];
        filters.extend(self.side.map(|side| Filter::one("audience", side.code())));
        filters.extend(self.theme.map(|theme| Filter::one("theme", theme_value(theme))));
        filters
    }

    fn href(&self, page: usize) -> String {
        let theme = self.theme.map(theme_value).unwrap_or_default();
        let page = if page > 1 { page.to_string() } else { String::new() };
        let side = self.side.map(Side::code).unwrap_or_default();
        format!("/search{}", query_string(&[("q", &self.q), ("audience", side), ("theme", &theme), ("page", &page)]))
    }
}

impl SearchPage {
    pub(crate) fn of(lang: Lang, asked: Asked, hits: &Hits, catalogue: &Catalogue, help: &Help) -> SearchPage {
        let card = |hit: &search::Hit| {
            let package = catalogue.find(slug_of(&hit.id))?;
            let card = ItemCard::of(lang, &package.item);
            // The beginning of the text is the summary; it is better whole.
            let lead = if hit.snippet.iter().any(|stretch| stretch.hit) { hit.snippet.clone() } else { card.lead.clone() };
            Some(ItemCard { lead, ..card })
        };
        let results: Vec<ItemCard> = hits.hits.iter().filter_map(card).collect();
        let some = catalogue.packages().iter().take(if results.is_empty() { INSTEAD_COUNT } else { 0 });
        let instead = some.map(|package| ItemCard::of(lang, &package.item)).collect();
        let themes = Side::ALL.into_iter().flat_map(|side| catalogue.themes(side)).map(|(theme, _)| theme).collect();
        SearchPage { asked, total: hits.total, results, themes, instead, phone: help.phone.clone() }
    }
}

pub(crate) fn view(lang: Lang, page: &SearchPage) -> View {
    let title = match page.asked.q.as_str() {
        "" => t(lang, "p.search.all").to_owned(),
        q => fill(lang, "p.search.title", &[("q", q)]),
    };
    View::new(title, body(lang, page)).below_home(lang)
}

fn body(lang: Lang, page: &SearchPage) -> Markup {
    html! {
        h1.govuk-heading-l { @if page.asked.q.is_empty() { (t(lang, "p.search.all")) } @else { (t(lang, "p.search.heading")) } }
        (form(lang, page))
        p.govuk-body role="status" { (found(lang, page)) }
        @if page.results.is_empty() { (nothing(lang, page)) } @else {
            h2.govuk-visually-hidden { (t(lang, "p.search.results")) }
            (cards(&page.results))
            (pages(lang, page))
        }
    }
}

fn found(lang: Lang, page: &SearchPage) -> String {
    let total = i18n::count(lang, count(page.total), "项服务", "service", "services");
    match page.asked.q.as_str() {
        "" => fill(lang, "p.search.count", &[("total", &total)]),
        q => fill(lang, "p.search.count-for", &[("total", &total), ("q", q)]),
    }
}

fn form(lang: Lang, page: &SearchPage) -> Markup {
    let audience = vec![
        SelectItem::new("", t(lang, "p.search.anybody")),
        SelectItem::new("person", t(lang, "p.home.person")),
        SelectItem::new("legal", t(lang, "p.home.legal")),
    ];
    let mut themes = vec![SelectItem::new("", t(lang, "p.search.any-theme"))];
    themes.extend(page.themes.iter().map(|theme| {
        let side = if theme.side() == Side::Person { t(lang, "p.home.person") } else { t(lang, "p.home.legal") };
        SelectItem::new(theme_value(*theme), format!("{side} · {}", theme.label().get(lang)))
    }));
    html! {
        (SearchBox::new(lang, "/search", t(lang, "p.search.label")).value(page.asked.q.as_str()).placeholder(t(lang, "p.search.example")))
        form.zs-narrow method="get" action="/search" {
            input type="hidden" name="q" value=(page.asked.q);
            (Select::new("audience", t(lang, "p.search.audience"), audience).value(page.asked.side.map(Side::code).unwrap_or_default()))
            (Select::new("theme", t(lang, "p.search.theme"), themes).value(page.asked.theme.map(theme_value).unwrap_or_default()))
            (Button { content: t(lang, "p.search.narrow").into(), ..Button::default() }.secondary())
        }
    }
}

fn nothing(lang: Lang, page: &SearchPage) -> Markup {
    html! {
        div.zs-nothing {
            h2.govuk-heading-m { (t(lang, "p.search.nothing")) }
            ul.govuk-list.govuk-list--bullet {
                li { (t(lang, "p.search.advice-words")) }
                li { (t(lang, "p.search.advice-short")) }
                @if page.asked.side.is_some() || page.asked.theme.is_some() {
                    li { a.govuk-link href=(href(&page.asked.q)) { (t(lang, "p.search.advice-filters")) } }
                }
                @if !page.phone.is_empty() {
                    li { a.govuk-link href={ "tel:" (page.phone) } { (fill(lang, "p.search.advice-call", &[("phone", &page.phone)])) } }
                }
            }
        }
        @if !page.instead.is_empty() {
            h2.govuk-heading-m { (t(lang, "p.home.popular")) }
            (cards(&page.instead))
        }
    }
}

fn pages(lang: Lang, page: &SearchPage) -> Markup {
    let last = page.total.div_ceil(PAGE_SIZE).clamp(1, PAGE_MAX);
    if last < 2 {
        return Markup::default();
    }
    let now = page.asked.page;
    let item =
        |number: usize| PageItem { number: number.to_string(), href: page.asked.href(number), is_current: number == now, ..PageItem::default() };
    let near = (1..=last).filter(|number| *number == 1 || *number == last || number.abs_diff(now) < 3);
    html! {
        (Pagination {
            lang,
            previous: (now > 1).then(|| PageLink::new(page.asked.href(now - 1))),
            next: (now < last).then(|| PageLink::new(page.asked.href(now + 1))),
            items: Some(near.map(item).collect()),
            ..Pagination::default()
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        Asked::read(&pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let read = asked(&[("q", " 开店 "), ("audience", "cats"), ("theme", "person-080"), ("page", "-3"), ("x", "y")]);
        assert_eq!(read, Asked { q: "开店".into(), side: None, theme: None, page: 1 });
        assert_eq!(asked(&[("q", &"长".repeat(300))]).q.chars().count(), QUERY_CHARS_MAX);
        assert_eq!(asked(&[("page", "999999")]).page, PAGE_MAX);
    }

    #[test]
    fn the_address_of_a_page_keeps_the_filters() {
        let read = asked(&[("q", "开 店"), ("audience", "legal"), ("theme", "legal-010")]);
        assert_eq!(read.href(1), "/search?q=%E5%BC%80%20%E5%BA%97&audience=legal&theme=legal-010");
        assert_eq!(asked(&[("q", "")]).href(2), "/search?page=2");
    }
}
