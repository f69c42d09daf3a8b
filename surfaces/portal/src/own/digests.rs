//! My daily digest: chosen or not, and what stood in it, day by day.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use gate::{App, Citizen, Flash, Form, PageError, Visitor, form_fields, see_other_with};
use i18n::{Lang, Text};
use maud::{Markup, html};
use registers::ChooseDigest;
use runner::Halt;
use tracker::Digest;
use ui::{Button, Cell, Table, Tag, TagColour};

use super::tracker::organ_names;
use super::view::{TEXTS, View, column, fill, t};

struct Shown {
    wanted: bool,
    digests: Vec<Digest>,
    organs: BTreeMap<String, Text>,
}

/// `GET /data-tracker/digests`
pub(super) async fn get(State(app): State<App>, Citizen(visitor): Citizen) -> Result<Markup, PageError> {
    let shown = load(&app, &visitor).await?;
    let (lang, title) = (visitor.lang, t(visitor.lang, "digests.title"));
    let choose = |wanted: &str, label: &'static str| {
        html! {
            form method="post" action="/data-tracker/digests" {
                (form_fields(&visitor))
                input type="hidden" name="wanted" value=(wanted);
                (Button::submit(t(lang, label)).secondary())
            }
        }
    };
    let body = html! {
        h1.govuk-heading-xl { (title) }
        p.govuk-body-l { (t(lang, "digests.lead")) }
        @if shown.wanted { p.govuk-body { (t(lang, "digests.on")) } (choose("no", "digests.give-up")) }
        @else { p.govuk-body { (t(lang, "digests.off")) } (choose("yes", "digests.choose")) }
        h2.govuk-heading-l { (t(lang, "digests.days")) }
        @if shown.digests.is_empty() { p.govuk-body { (t(lang, "digests.none")) } }
        @else { (table(lang, &shown)) }
        @if shown.digests.iter().any(|digest| digest.read_ms.is_none()) { (choose("read", "digests.read-all")) }
        p.govuk-body { a.govuk-link href="/data-tracker" { (t(lang, "tracker.title")) } }
    };
    Ok(View::new(&app, &visitor, title).show(column(body)))
}

/// `POST /data-tracker/digests`: wanted or not, or all of them read.
pub(super) async fn post(State(app): State<App>, Citizen(visitor): Citizen, form: Form) -> Result<Response, PageError> {
    let done = match form.text("wanted") {
        "yes" => {
            app.execute(&visitor, form.key(), ChooseDigest { wanted: true }).await?;
            "digests.done-chosen"
        }
        "no" => {
            app.execute(&visitor, form.key(), ChooseDigest { wanted: false }).await?;
            "digests.done-given-up"
        }
        "read" => {
            let (party, now_ms) = (visitor.party().unwrap_or_default().to_owned(), app.now_ms());
            let store = Arc::clone(&app.store);
            let mark = move || store.write(move |tx| tracker::mark_digests_read(tx, &party, now_ms).map_err(Halt::from));
            app.blocking(mark).await??;
            "digests.done-read"
        }
        _ => return Err(PageError::NotFound),
    };
    let text = TEXTS.text(done);
    Ok(see_other_with(&app, "/data-tracker/digests", &Flash::success(text.zh, text.en)))
}

async fn load(app: &App, visitor: &Visitor) -> Result<Shown, PageError> {
    let party = visitor.party().unwrap_or_default().to_owned();
    app.read(move |tx| {
        let digests = tracker::digests_of(tx, &party)?;
        let organs = organ_names(tx, digests.iter().flat_map(|digest| digest.organs.keys().map(String::as_str)))?;
        Ok(Shown { wanted: tracker::wants_digest(tx, &party)?, digests, organs })
    })
    .await
}

fn table(lang: Lang, shown: &Shown) -> Markup {
    let head = vec![Cell::new(t(lang, "digests.day")), Cell::number(t(lang, "digests.readings")), Cell::new(t(lang, "digests.organs"))];
    let row = |digest: &Digest| {
        let day = digest.day.parse().map_or_else(|_| digest.day.clone(), |day| i18n::date(lang, day));
        let organ = |(id, count): (&String, &i64)| {
            let name = shown.organs.get(id).map_or(t(lang, "tracker.the-platform"), |name| name.get(lang));
            fill(lang, "digests.organ", &[("organ", name), ("count", &count.to_string())])
        };
        let organs: Vec<String> = digest.organs.iter().map(organ).collect();
        vec![
            Cell::new(html! { (day) @if digest.read_ms.is_none() { " " (Tag::new(TagColour::Turquoise, t(lang, "messages.new"))) } }),
            Cell::number(digest.readings.to_string()),
            Cell::new(organs.join(t(lang, "list.separator"))),
        ]
    };
    Table::new("", head, shown.digests.iter().map(row).collect()).scrolling(t(lang, "digests.title"))
}
