//! What every public page has in common.

use axum::response::{IntoResponse, Response};
use gate::{App, PageError, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use ui::{Breadcrumbs, Crumb};

use super::texts::t;

/// A page ready to be put into the layout.
#[derive(Debug, Clone)]
pub(crate) struct View {
    pub(crate) title: String,
    pub(crate) body: Markup,
    pub(crate) breadcrumbs: Option<Breadcrumbs>,
    pub(crate) scripts: Vec<&'static str>,
    pub(crate) has_errors: bool,
    /// Whether search engines may list it.
    pub(crate) is_public: bool,
}

impl View {
    pub(crate) fn new(title: impl Into<String>, body: Markup) -> View {
        View { title: title.into(), body, breadcrumbs: None, scripts: Vec::new(), has_errors: false, is_public: true }
    }

    /// Breadcrumbs: home, this page.
    pub(crate) fn below_home(self, lang: Lang) -> View {
        let here = self.title.clone();
        self.below(lang, Vec::new(), here.as_str())
    }

    /// Breadcrumbs: home, the pages between, this page.
    pub(crate) fn below(mut self, lang: Lang, between: Vec<Crumb>, here: &str) -> View {
        let mut items = vec![Crumb::link(t(lang, "p.home.crumb"), "/")];
        items.extend(between);
        items.push(Crumb::here(here));
        self.breadcrumbs = Some(Breadcrumbs::new(lang, items));
        self
    }

    /// An answer about one case or paper: not for search engines.
    pub(crate) fn private(self) -> View {
        View { is_public: false, ..self }
    }

    pub(crate) fn with_errors(self, has_errors: bool) -> View {
        View { has_errors, ..self }
    }

    pub(crate) fn with_script(mut self, path: &'static str) -> View {
        self.scripts.push(path);
        self
    }
}

/// The document of a page for a visitor.
pub(crate) fn document(app: &App, visitor: &Visitor, view: View) -> Markup {
    let mut page = gate::frame(app, visitor, view.title);
    page.breadcrumbs = view.breadcrumbs;
    page.scripts = view.scripts;
    page.has_errors = view.has_errors;
    page.is_public = view.is_public;
    ui::layout::citizen(&page, view.body)
}

/// The page as an answer.
pub(crate) fn send(app: &App, visitor: &Visitor, view: View) -> Response {
    document(app, visitor, view).into_response()
}

/// A fault that is not the database's.
pub(crate) fn fault(error: impl std::error::Error + Send + Sync + 'static) -> PageError {
    runner::Halt::fault(error).into()
}

/// `2026年3月2日 09:00`, from milliseconds since 1970.
pub(crate) fn moment(lang: Lang, at_ms: i64) -> String {
    let local = clock::from_millis(at_ms).map(|at| at.to_zoned(clock::zone().clone()));
    local.map(|at| i18n::date_time(lang, at.datetime())).unwrap_or_default()
}

/// A telephone number that can be called.
pub(crate) fn phone(number: &str) -> Markup {
    let dialled: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    html! { a.govuk-link href={ "tel:" (dialled) } { (number) } }
}

/// The value of a parameter; empty where it is missing.
pub(crate) fn param<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// `?a=b&c=d` of the parameters that have a value; empty for none.
pub(crate) fn query_string(pairs: &[(&str, &str)]) -> String {
    let given = pairs.iter().filter(|(_, value)| !value.is_empty());
    let parts: Vec<String> = given.map(|(name, value)| format!("{name}={}", web::percent_encoded(value))).collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}
