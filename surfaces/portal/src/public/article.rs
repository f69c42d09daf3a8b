//! Pages that only tell something: about the site, accessibility, reporting errors.

use axum::extract::State;
use axum::response::Response;
use gate::{App, SiteSettings, Visitor};
use i18n::Lang;
use maud::{Markup, html};

use super::texts::{fill, t};
use super::view::{View, phone, send};

/// A section: id, heading, paragraphs.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) id: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) paragraphs: Vec<String>,
}

/// A page that only tells something.
#[derive(Debug, Clone)]
pub(crate) struct Article {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) sections: Vec<Section>,
    /// Number and name of the hotline; empty for none.
    pub(crate) hotline: (String, String),
}

/// `GET /about`
pub(crate) async fn about(State(app): State<App>, visitor: Visitor) -> Response {
    send(&app, &visitor, view(visitor.lang, &Article::about(visitor.lang, &app.settings)))
}

/// `GET /accessibility`
pub(crate) async fn accessibility(State(app): State<App>, visitor: Visitor) -> Response {
    send(&app, &visitor, view(visitor.lang, &Article::accessibility(visitor.lang, &app.settings)))
}

/// `GET /report-error`
pub(crate) async fn report_error(State(app): State<App>, visitor: Visitor) -> Response {
    send(&app, &visitor, view(visitor.lang, &Article::report_error(visitor.lang, &app.settings)))
}

/// The facts of the site that sentences may name.
fn sentence(lang: Lang, settings: &SiteSettings, key: &'static str) -> String {
    let values = [
        ("site", settings.site_name.get(lang)),
        ("owner", settings.owner.get(lang)),
        ("phone", settings.help.phone.as_str()),
        ("phone_name", settings.help.phone_name.get(lang)),
        ("contact", settings.footer.contact.get(lang)),
        ("sponsor", settings.footer.sponsor.get(lang)),
        ("operator", settings.footer.operator.get(lang)),
    ];
    fill(lang, key, &values)
}

impl Section {
    fn of(lang: Lang, settings: &SiteSettings, id: &'static str, heading: &'static str, keys: &[&'static str]) -> Section {
        Section { id, heading, paragraphs: keys.iter().map(|key| sentence(lang, settings, key)).collect() }
    }
}

impl Article {
    pub(crate) fn about(lang: Lang, settings: &SiteSettings) -> Article {
        let section = |id, heading, keys: &[&'static str]| Section::of(lang, settings, id, heading, keys);
        Article {
            title: "p.about.title",
            lead: "p.about.lead",
            sections: vec![
                section("who", "p.about.who", &["p.about.who-1", "p.about.who-2"]),
                section("channels", "p.about.channels", &["p.about.channels-1", "p.about.channels-2"]),
                section("proxy", "p.about.proxy", &["p.about.proxy-1", "p.about.proxy-2", "p.about.proxy-3"]),
                section("privacy", "p.about.privacy", &["p.about.privacy-1", "p.about.privacy-2", "p.about.privacy-3"]),
                section("receipts", "p.about.receipts", &["p.about.receipts-1"]),
                section("rights", "p.about.rights", &["p.about.rights-1", "p.about.rights-2"]),
            ],
            hotline: hotline(lang, settings),
        }
    }

    pub(crate) fn accessibility(lang: Lang, settings: &SiteSettings) -> Article {
        let section = |id, heading, keys: &[&'static str]| Section::of(lang, settings, id, heading, keys);
        Article {
            title: "p.access.title",
            lead: "p.access.lead",
            sections: vec![
                section("elder", "p.access.elder", &["p.access.elder-1"]),
                section("keyboard", "p.access.keyboard", &["p.access.keyboard-1", "p.access.keyboard-2"]),
                section("standard", "p.access.standard", &["p.access.standard-1", "p.access.standard-2"]),
                section("other", "p.access.other", &["p.access.other-1"]),
            ],
            hotline: hotline(lang, settings),
        }
    }

    pub(crate) fn report_error(lang: Lang, settings: &SiteSettings) -> Article {
        let section = |id, heading, keys: &[&'static str]| Section::of(lang, settings, id, heading, keys);
        Article {
            title: "p.report.title",
            lead: "p.report.lead",
            sections: vec![
                section("what", "p.report.what", &["p.report.what-1", "p.report.what-2"]),
                section("how", "p.report.how", &["p.report.how-1", "p.report.how-2"]),
                section("reply", "p.report.reply", &["p.report.reply-1"]),
            ],
            hotline: hotline(lang, settings),
        }
    }
}

fn hotline(lang: Lang, settings: &SiteSettings) -> (String, String) {
    (settings.help.phone.clone(), settings.help.phone_name.get(lang).to_owned())
}

pub(crate) fn view(lang: Lang, article: &Article) -> View {
    View::new(t(lang, article.title), body(lang, article)).below_home(lang)
}

fn body(lang: Lang, article: &Article) -> Markup {
    let (number, name) = &article.hotline;
    html! {
        h1.govuk-heading-l { (t(lang, article.title)) }
        p.govuk-body-l { (t(lang, article.lead)) }
        @for section in &article.sections {
            h2.govuk-heading-m id=(section.id) { (t(lang, section.heading)) }
            @for paragraph in &section.paragraphs { p.govuk-body { (paragraph) } }
        }
        @if !number.is_empty() { p.govuk-body { (name) " " strong { (phone(number)) } } }
    }
}
