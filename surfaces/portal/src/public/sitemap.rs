//! `/sitemap`: every page that anybody may read.

use axum::extract::State;
use axum::response::Response;
use gate::{App, Visitor};
use i18n::Lang;
use maud::{Markup, html};

use super::catalogue::{Catalogue, Side};
use super::home;
use super::texts::t;
use super::view::{View, send};

/// Links under a heading.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) heading: &'static str,
    /// Words and address.
    pub(crate) links: Vec<(String, String)>,
}

/// `GET /sitemap`
pub(crate) async fn get(State(app): State<App>, visitor: Visitor) -> Response {
    let catalogue = Catalogue::of(&app.library, app.today());
    send(&app, &visitor, view(visitor.lang, &groups(visitor.lang, &catalogue)))
}

pub(crate) fn groups(lang: Lang, catalogue: &Catalogue) -> Vec<Group> {
    let tiles = |tiles: Vec<home::Tile>| tiles.into_iter().map(|tile| (tile.title, tile.href)).collect();
    let fixed = |pages: &[(&'static str, &str)]| pages.iter().map(|(key, href)| (t(lang, key).to_owned(), (*href).to_owned())).collect();
    let items = catalogue.packages().iter().map(|package| (package.item.name.get(lang).to_owned(), format!("/items/{}", package.slug)));
    let groups = vec![
        Group {
            heading: "p.sitemap.services",
            links: fixed(&[
                ("p.home.crumb", "/"),
                ("p.search.all", "/search"),
                ("p.organs.title", "/organs"),
                ("p.track.title", "/track"),
                ("p.verify.title", "/verify"),
                ("p.receipts.title", "/receipts/check"),
                ("p.ratings.title", "/ratings"),
                ("p.readings.title", "/figures/readings"),
            ]),
        },
        Group { heading: "p.sitemap.items", links: items.collect() },
        Group { heading: "p.home.person", links: tiles(home::themes(lang, catalogue, Side::Person)) },
        Group { heading: "p.home.legal", links: tiles(home::themes(lang, catalogue, Side::Legal)) },
        Group { heading: "p.home.life-events", links: tiles(home::life_events(lang, catalogue)) },
        Group {
            heading: "p.sitemap.own",
            links: fixed(&[("p.sitemap.sign-in", "/sign-in"), ("p.sitemap.register", "/register"), ("p.sitemap.cases", "/cases")]),
        },
        Group {
            heading: "p.sitemap.site",
            links: fixed(&[("p.about.title", "/about"), ("p.access.title", "/accessibility"), ("p.report.title", "/report-error")]),
        },
    ];
    groups.into_iter().filter(|group| !group.links.is_empty()).collect()
}

pub(crate) fn view(lang: Lang, groups: &[Group]) -> View {
    View::new(t(lang, "p.sitemap.title"), body(lang, groups)).below_home(lang)
}

fn body(lang: Lang, groups: &[Group]) -> Markup {
    html! {
        h1.govuk-heading-l { (t(lang, "p.sitemap.title")) }
        div.zs-columns {
            @for group in groups {
                section.zs-column {
                    h2.govuk-heading-m { (t(lang, group.heading)) }
                    ul.govuk-list { @for (words, href) in &group.links { li { a.govuk-link href=(href) { (words) } } } }
                }
            }
        }
    }
}
