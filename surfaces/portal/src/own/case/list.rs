//! My cases: what waits for me first, then what is under way, then what is done.

use std::sync::Arc;

use axum::extract::{Query, State};
use cases::model::{CaseFile, Draft};
use cases::queries::{CaseFilter, CaseListPage, CaseRow, case_file, case_list, drafts_of, rating_of};
use cases::{CaseStatus, Outcome};
use gate::{App, Citizen, PageError, Visitor};
use i18n::{Lang, Text};
use maud::{Markup, html};
use procedure::Library;
use serde::Deserialize;
use trust::Scope;
use ui::{InsetText, SummaryAction, SummaryCard, SummaryList, SummaryRow, Tag, TagColour};

use crate::own::view::{View, fill, moment, t, workdays};

const PAGE_SIZE: u32 = 50;

/// `?after=…`
#[derive(Debug, Default, Deserialize)]
pub(in crate::own) struct Position {
    after: Option<String>,
}

/// A case in the list, what tells it from others of the same item, and whether it waits to be rated.
struct Line {
    row: CaseRow,
    name: Option<(String, String)>,
    to_rate: bool,
}

/// What the page shows.
struct Mine {
    drafts: Vec<(Draft, Text)>,
    lines: Vec<Line>,
    next: Option<String>,
}

/// `GET /cases`
pub(in crate::own) async fn get(State(app): State<App>, Citizen(visitor): Citizen, Query(position): Query<Position>) -> Result<Markup, PageError> {
    let mine = load(&app, &visitor, position.after).await?;
    Ok(View::new(&app, &visitor, t(visitor.lang, "cases.title")).show(body(&app, &visitor, &mine)))
}

async fn load(app: &App, visitor: &Visitor, after: Option<String>) -> Result<Mine, PageError> {
    let (keys, library, today, actor) = (Arc::clone(&app.keys), Arc::clone(&app.library), app.today(), visitor.actor.clone());
    let lang = visitor.lang;
    let (scope, is_first) = (Scope::for_case_list(&actor), after.is_none());
    let filter = CaseFilter { after, page_size: Some(PAGE_SIZE), ..CaseFilter::default() };
    app.read(move |tx| {
        let CaseListPage { rows, next } = case_list(tx, &scope, &filter)?;
        let mut lines = Vec::new();
        for row in rows {
            let rates = library.current(&row.slug, today).is_some_and(|package| package.item.case.rating);
            let to_rate = row.status == CaseStatus::Closed && rates && rating_of(tx, &row.id)?.is_none();
            let file = tracker::own(&actor, &row.party).map(|own| case_file(tx, &keys, &row.id, &own)).transpose()?.flatten();
            let name = file.and_then(|file| name_of(&file, &library, lang));
            lines.push(Line { row, name, to_rate });
        }
        let mut drafts = if is_first { drafts_of(tx, &keys, &actor.account)? } else { Vec::new() };
        drafts.retain(|draft| actor.acting_party() == Some(&draft.party));
        let name = |slug: &str| library.current(slug, today).map_or_else(|| Text::same(slug), |package| package.item.name.clone());
        Ok(Mine { drafts: drafts.into_iter().map(|draft| (draft.clone(), name(&draft.slug))).collect(), lines, next })
    })
    .await
}

/// The field that names cases of the item, and what was answered: `None` when it was not asked.
fn name_of(file: &CaseFile, library: &Library, lang: Lang) -> Option<(String, String)> {
    let package = library.by_hash(&file.package_hash)?;
    let field = package.form.field(package.item.case.named_by.as_deref()?)?;
    let answer = file.answers.get(&field.name)?;
    Some((field.title.get(lang).to_owned(), field.display(answer, lang)))
}

fn body(app: &App, visitor: &Visitor, mine: &Mine) -> Markup {
    let lang = visitor.lang;
    let of = |wanted: fn(&Line) -> bool| mine.lines.iter().filter(move |line| wanted(line)).collect::<Vec<_>>();
    let groups = [
        ("cases.to-correct", of(|line| line.row.status == CaseStatus::Correcting)),
        ("cases.under-way", of(|line| line.row.status.is_open() && line.row.status != CaseStatus::Correcting)),
        ("cases.to-rate", of(|line| line.to_rate)),
        ("cases.closed", of(|line| !line.row.status.is_open() && !line.to_rate)),
    ];
    html! {
        h1.govuk-heading-xl { (t(lang, "cases.title")) }
        @if let Some(name) = visitor.signed_in.as_ref().and_then(|who| who.acting_for.as_ref()) {
            (InsetText::new(fill(lang, "cases.of", &[("name", name)])))
        }
        @if mine.drafts.is_empty() && mine.lines.is_empty() {
            p.govuk-body { (t(lang, "cases.none")) }
            p.govuk-body { a.govuk-link href="/search" { (t(lang, "cases.find")) } }
        }
        @for (index, (title, lines)) in groups.iter().enumerate() {
            @if index == 1 { (drafts(lang, &mine.drafts)) }
            @if !lines.is_empty() {
                section aria-label=(t(lang, title)) {
                    h2.govuk-heading-l { (t(lang, title)) }
                    @for line in lines { (card(app, lang, line)) }
                }
            }
        }
        @if let Some(next) = &mine.next {
            p.govuk-body { a.govuk-link href={ "/cases?after=" (web::percent_encoded(next)) } { (t(lang, "cases.older")) } }
        }
    }
}

fn drafts(lang: Lang, drafts: &[(Draft, Text)]) -> Markup {
    let row = |(draft, name): &(Draft, Text)| {
        SummaryRow::new(name.get(lang), fill(lang, "apply.saved", &[("at", &moment(lang, draft.updated_ms))]))
            .action(SummaryAction::new(t(lang, "apply.resume"), format!("/drafts/{}", draft.id), name.get(lang)))
            .action(SummaryAction::new(t(lang, "apply.discard"), format!("/drafts/{}/discard", draft.id), name.get(lang)))
    };
    html! {
        @if !drafts.is_empty() {
            section aria-label=(t(lang, "apply.drafts")) {
                h2.govuk-heading-l { (t(lang, "apply.drafts")) }
                (SummaryList::new(drafts.iter().map(row).collect()))
            }
        }
    }
}

fn card(app: &App, lang: Lang, line: &Line) -> Markup {
    let row = &line.row;
    let href = format!("/cases/{}", row.id);
    let mut rows: Vec<SummaryRow> = line.name.iter().map(|(title, name)| SummaryRow::new(title.as_str(), name.as_str())).collect();
    rows.extend([
        SummaryRow::new(t(lang, "case.number"), row.number.as_str()),
        SummaryRow::new(t(lang, "case.state"), html! { (status_tag(lang, row.status, row.outcome)) }),
        SummaryRow::new(t(lang, "case.submitted"), moment(lang, row.submitted_ms)),
    ]);
    if let Some(due) = row.due_on.filter(|_| row.status.is_open()) {
        let left = app.calendar.workdays_between(app.today(), due);
        let text = if app.today() > due { t(lang, "clock.late").to_owned() } else { fill(lang, "clock.left", &[("days", &workdays(lang, left))]) };
        let day = i18n::date(lang, due);
        rows.push(SummaryRow::new(t(lang, "case.due"), fill(lang, "case.due-and-left", &[("day", &day), ("left", &text)])));
    }
    if let Some(closed) = row.closed_ms {
        rows.push(SummaryRow::new(t(lang, "case.closed"), moment(lang, closed)));
    }
    let mut card = SummaryCard { heading_level: 3, ..SummaryCard::new(row.item_name.get(lang)) };
    card.actions.items.push(SummaryAction::new(t(lang, "cases.open"), href.as_str(), row.number.as_str()));
    match row.status {
        CaseStatus::Correcting => {
            card.actions.items.push(SummaryAction::new(t(lang, "case.correct"), format!("{href}/correction"), row.number.as_str()))
        }
        CaseStatus::Closed if line.to_rate => {
            card.actions.items.push(SummaryAction::new(t(lang, "case.rate"), format!("{href}/rate"), row.number.as_str()))
        }
        CaseStatus::Submitted | CaseStatus::Accepted | CaseStatus::Suspended | CaseStatus::Closed => {}
    }
    html! { (SummaryList::new(rows).card(card)) }
}

/// Where a case stands, in one word.
pub(in crate::own) fn status_tag(lang: Lang, status: CaseStatus, outcome: Option<Outcome>) -> Tag {
    let colour = match (status, outcome) {
        (CaseStatus::Submitted | CaseStatus::Accepted, _) => TagColour::Blue,
        (CaseStatus::Correcting, _) => TagColour::Yellow,
        (CaseStatus::Suspended, _) => TagColour::Purple,
        (CaseStatus::Closed, Some(Outcome::Approved | Outcome::Resolved | Outcome::Done)) => TagColour::Green,
        (CaseStatus::Closed, Some(Outcome::Rejected | Outcome::Refused)) => TagColour::Red,
        (CaseStatus::Closed, Some(Outcome::Lapsed | Outcome::Withdrawn) | None) => TagColour::Grey,
    };
    let word = outcome.filter(|_| !status.is_open()).map_or_else(|| status.label(), Outcome::label);
    Tag::new(colour, word.get(lang))
}
