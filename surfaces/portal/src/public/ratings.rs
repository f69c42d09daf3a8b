//! `/ratings`: what people think of the services (好差评), by level and by item.

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use cases::queries::ItemFigures;
use gate::{App, PageError, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use ui::{Cell, InsetText, Table};

use super::catalogue::Catalogue;
use super::figures::{Figures, FiguresCache, Levels, good_rate, percent};
use super::texts::{fill, t};
use super::view::{View, moment, send};

/// The figures of one item.
#[derive(Debug, Clone)]
pub(crate) struct ItemRating {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) figures: ItemFigures,
}

/// What the page of ratings shows.
#[derive(Debug, Clone)]
pub(crate) struct RatingsPage {
    pub(crate) all: ItemFigures,
    pub(crate) levels: Levels,
    pub(crate) items: Vec<ItemRating>,
    pub(crate) counted_at: String,
}

/// `GET /ratings`
pub(crate) async fn get(State(app): State<App>, Extension(cache): Extension<FiguresCache>, visitor: Visitor) -> Result<Response, PageError> {
    let figures = cache.get(&app).await?;
    let catalogue = Catalogue::of(&app.library, app.today());
    Ok(send(&app, &visitor, view(visitor.lang, &RatingsPage::of(visitor.lang, &catalogue, &figures))))
}

impl RatingsPage {
    pub(crate) fn of(lang: Lang, catalogue: &Catalogue, figures: &Figures) -> RatingsPage {
        let rating = |package: &std::sync::Arc<procedure::Package>| ItemRating {
            href: format!("/items/{}", package.slug),
            name: package.item.name.get(lang).to_owned(),
            figures: figures.of(&package.slug),
        };
        let mut items: Vec<ItemRating> = catalogue.packages().iter().filter(|package| package.item.case.rating).map(rating).collect();
        items.sort_by_key(|item| std::cmp::Reverse(item.figures.rated));
        RatingsPage { all: figures.all, levels: figures.levels, items, counted_at: moment(lang, figures.at_ms) }
    }
}

pub(crate) fn view(lang: Lang, page: &RatingsPage) -> View {
    View::new(t(lang, "p.ratings.title"), body(lang, page)).below_home(lang)
}

fn body(lang: Lang, page: &RatingsPage) -> Markup {
    html! {
        h1.govuk-heading-l { (t(lang, "p.ratings.title")) }
        p.govuk-body-l { (t(lang, "p.ratings.lead")) }
        dl.zs-figures__list {
            div { dt { (t(lang, "p.ratings.rated")) } dd { (i18n::number(page.all.rated)) } }
            div { dt { (t(lang, "p.ratings.good-rate")) } dd { (rate(lang, &page.all)) } }
            div { dt { (t(lang, "p.ratings.bad")) } dd { (i18n::number(page.all.rated - page.all.good)) } }
        }
        h2.govuk-heading-m { (t(lang, "p.ratings.by-level")) }
        @if page.all.rated == 0 { p.govuk-body { (t(lang, "p.ratings.nobody")) } } @else { (bars(lang, &page.levels)) }
        h2.govuk-heading-m { (t(lang, "p.ratings.by-item")) }
        (table(lang, page))
        (InsetText::new(t(lang, "p.ratings.how")))
        p.govuk-body { (fill(lang, "p.home.counted-at", &[("at", &page.counted_at)])) }
    }
}

fn table(lang: Lang, page: &RatingsPage) -> Markup {
    let head = ["p.ratings.item", "p.ratings.closed", "p.ratings.rated", "p.ratings.good-rate"];
    let head = head.iter().enumerate().map(|(index, key)| if index == 0 { Cell::new(t(lang, key)) } else { Cell::number(t(lang, key)) });
    let row = |item: &ItemRating| {
        vec![
            Cell::new(html! { a.govuk-link href=(item.href) { (item.name) } }),
            Cell::number(i18n::number(item.figures.closed)),
            Cell::number(i18n::number(item.figures.rated)),
            Cell::number(rate(lang, &item.figures)),
        ]
    };
    let rows = page.items.iter().map(row).collect();
    Table {
        classes: "zs-fits".to_owned(),
        caption_classes: "govuk-visually-hidden".to_owned(),
        ..Table::new(t(lang, "p.ratings.by-item"), head.collect(), rows)
    }
    .first_cell_is_header()
    .scrolling(t(lang, "p.ratings.by-item"))
}

fn rate(lang: Lang, figures: &ItemFigures) -> String {
    good_rate(figures).unwrap_or_else(|| t(lang, "p.ratings.none").to_owned())
}

/// One bar for each level, with its count and share.
pub(crate) fn bars(lang: Lang, levels: &Levels) -> Markup {
    let all: i64 = levels.iter().map(|(_, count)| count).sum();
    html! {
        dl.zs-bars {
            @for (level, count) in levels {
                @let share = percent(*count, all).unwrap_or_default();
                div {
                    dt { (level.label().get(lang)) }
                    dd {
                        svg.zs-bars__bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                            rect width="100" height="8" class="zs-bars__rail" {}
                            rect width=(share.trim_end_matches('%')) height="8" class=(if level.is_bad() { "zs-bars__bad" } else { "zs-bars__good" }) {}
                        }
                        span.zs-bars__value { (i18n::number(*count)) " · " (share) }
                    }
                }
            }
        }
    }
}
