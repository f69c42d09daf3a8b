//! My data: who read which fields about me, when, why, under which case and law (R26).

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use exchange::SubsystemId;
use gate::{App, Citizen, PageError, Visitor};
use i18n::{Lang, Text};
use maud::{Markup, html};
use parties::OrganId;
use runner::Refusal;
use serde::Deserialize;
use store::{StoreError, Tx};
use tracker::{Manner, Seen, SourceKind};
use ui::{InsetText, SummaryAction, SummaryCard, SummaryList, SummaryRow, Tag, TagColour};

use super::view::{View, column, fill, moment, t};

const PAGE_COUNT: u32 = 20;
/// The item by which one objects to a reading.
pub(super) const OBJECTION: &str = "shuju-yiyi";

/// Where the page begins.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    before: Option<String>,
}

struct Readings {
    seen: Vec<Seen>,
    organs: BTreeMap<String, Text>,
    next: Option<String>,
}

/// `GET /data-tracker`
pub(super) async fn get(State(app): State<App>, Citizen(visitor): Citizen, Query(asked): Query<Asked>) -> Result<Markup, PageError> {
    let is_first = asked.before.is_none();
    let readings = load(&app, &visitor, asked.before).await?;
    let (lang, title) = (visitor.lang, t(visitor.lang, "tracker.title"));
    let may_object = app.library.current(OBJECTION, app.today()).is_some();
    let body = html! {
        h1.govuk-heading-xl { (title) }
        p.govuk-body-l { (t(lang, "tracker.lead")) }
        p.govuk-body { (t(lang, "tracker.law")) }
        ul.govuk-list {
            li { a.govuk-link href="/my-data" { (t(lang, "holdings.title")) } }
            li { a.govuk-link href="/consents" { (t(lang, "consents.title")) } }
            li { a.govuk-link href="/data-tracker/digests" { (t(lang, "tracker.digest")) } }
            li { a.govuk-link href="/figures/readings" { (t(lang, "tracker.figures")) } }
        }
        @if readings.seen.is_empty() { (InsetText::new(t(lang, if is_first { "tracker.none" } else { "tracker.no-more" }))) }
        @for seen in &readings.seen { (card(lang, seen, &readings.organs, may_object)) }
        @if let Some(next) = &readings.next {
            p.govuk-body { a.govuk-link href={ "/data-tracker?before=" (next) } { (t(lang, "tracker.older")) } }
        }
    };
    Ok(View::new(&app, &visitor, title).show(column(body)))
}

async fn load(app: &App, visitor: &Visitor, before: Option<String>) -> Result<Readings, PageError> {
    let (keys, actor, now_ms) = (Arc::clone(&app.keys), visitor.actor.clone(), app.now_ms());
    app.read(move |tx| {
        let party = actor.acting_party().ok_or_else(Refusal::not_found)?;
        let own = tracker::own(&actor, party).ok_or_else(Refusal::not_found)?;
        let me = cases::queries::applicant_of(tx, &keys, party, &own)?.ok_or_else(Refusal::not_found)?;
        let mut seen = tracker::readings_of(tx, &keys, &me.id_number, now_ms, before.as_deref(), PAGE_COUNT + 1)?;
        let page = usize::try_from(PAGE_COUNT).unwrap_or(usize::MAX);
        let has_more = seen.len() > page;
        seen.truncate(page);
        let next = seen.last().filter(|_| has_more).map(|last| last.id.clone());
        let organs = organ_names(tx, seen.iter().filter_map(|one| one.organ.as_deref()))?;
        Ok(Readings { organs, next, seen })
    })
    .await
}

/// Names of organs by identifier, and of members of other nodes by that of their subsystem.
pub(super) fn organ_names<'o>(tx: &mut Tx<'_>, organs: impl Iterator<Item = &'o str>) -> Result<BTreeMap<String, Text>, StoreError> {
    let mut names = BTreeMap::new();
    for organ in organs {
        if names.contains_key(organ) {
            continue;
        }
        let found = match (OrganId::parse(organ), organ.parse::<SubsystemId>()) {
            (Ok(id), _) => parties::organ(tx, &id)?.map(|organ| organ.name),
            (Err(_), Ok(member)) => exchange::member(tx, &member)?.map(|member| member.name),
            (Err(_), Err(_)) => None,
        };
        names.extend(found.map(|name| (organ.to_owned(), name)));
    }
    Ok(names)
}

fn card(lang: Lang, seen: &Seen, organs: &BTreeMap<String, Text>, may_object: bool) -> Markup {
    let organ = seen.organ.as_deref().and_then(|id| organs.get(id)).map_or(t(lang, "tracker.the-platform"), |name| name.get(lang));
    let mut rows = vec![
        SummaryRow::new(t(lang, "tracker.when"), moment(lang, seen.at_ms)),
        SummaryRow::new(t(lang, "tracker.who"), who(lang, seen, organ)),
        SummaryRow::new(t(lang, "tracker.source"), format!("{} {}", seen.source.title.get(lang), own_name(seen))),
        SummaryRow::new(t(lang, "tracker.fields"), fields(lang, &seen.fields)),
        SummaryRow::new(t(lang, "tracker.manner"), html! { (manner(lang, seen.manner)) }),
        SummaryRow::new(t(lang, "tracker.purpose"), seen.purpose.get(lang)),
    ];
    if !seen.basis.is_empty() {
        rows.push(SummaryRow::new(t(lang, "tracker.basis"), seen.basis.as_str()));
    }
    if let Some(case) = &seen.case {
        rows.push(SummaryRow::new(t(lang, "tracker.case"), format!("{} {}", case.title.get(lang), case.number)));
    }
    if let Some(consent) = &seen.consent {
        rows.push(SummaryRow::new(t(lang, "tracker.consent"), super::consents::link(lang, consent)));
    }
    let mut card = SummaryCard::new(organ);
    if may_object {
        let label = fill(lang, "tracker.of", &[("when", &moment(lang, seen.at_ms))]);
        card.actions.items.push(SummaryAction::new(t(lang, "tracker.object"), format!("/items/{OBJECTION}/apply?reading={}", seen.id), label));
    }
    html! { div #(seen.id) { (SummaryList::new(rows).card(card)) } }
}

fn who(lang: Lang, seen: &Seen, organ: &str) -> String {
    let key = if seen.account == "system" { "tracker.by-machine" } else { "tracker.by-staff" };
    fill(lang, key, &[("organ", organ)])
}

/// Of a register or certificate its own name; a case has its number below.
fn own_name(seen: &Seen) -> &str {
    match seen.source.kind {
        SourceKind::Certificate => &seen.source.name,
        SourceKind::Case | SourceKind::Register | SourceKind::Party => "",
    }
}

fn fields(lang: Lang, fields: &[String]) -> String {
    let words: Vec<&str> = fields.iter().map(|field| field_word(lang, field)).collect();
    words.join(t(lang, "list.separator"))
}

/// The common fields in words; others as their register calls them.
fn field_word(lang: Lang, field: &str) -> &str {
    let key = match field.split(':').next().unwrap_or(field) {
        "name" => "field.name",
        "id_number" => "field.id-number",
        "birth_date" => "field.birth-date",
        "sex" => "field.sex",
        "mobile" => "field.mobile",
        "address" => "field.address",
        "division" => "field.division",
        "answers" => "field.answers",
        "material" => "field.material",
        "document" => "field.document",
        _ => return field,
    };
    t(lang, key)
}

fn manner(lang: Lang, manner: Manner) -> Tag {
    let colour = match manner {
        Manner::Full => TagColour::Blue,
        Manner::Masked => TagColour::Turquoise,
        Manner::YesNo => TagColour::Green,
        Manner::Aggregate => TagColour::Grey,
    };
    Tag::new(colour, manner.label().get(lang))
}
