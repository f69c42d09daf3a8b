//! Where the facts of a case come from: which register, which version of which record, when, and whether it agrees with what was stated; and where
//! they went: documents, and the published statistics that count the case.

use std::collections::BTreeMap;

use cases::queries::CaseStanding;
use cases::{Fact, FactUse};
use documents::DocumentRecord;
use i18n::{Lang, Text};
use maud::{Markup, html};
use runner::Halt;
use store::Tx;
use ui::{Cell, Details, Table, Tag, TagColour};

use super::{Desktop, Dossier};
use crate::opendata::CountedIn;
use crate::say::{Say, moment};

/// A register as the file names it.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    title: Text,
    owner: Option<Text>,
    fields: BTreeMap<String, Text>,
}

/// The registers from which facts were taken.
pub(super) fn origins(tx: &mut Tx<'_>, facts: &[Fact]) -> Result<BTreeMap<String, Origin>, Halt> {
    let mut origins = BTreeMap::new();
    for fact in facts {
        if origins.contains_key(&fact.register) {
            continue;
        }
        let Some(found) = registers::overview(tx, &fact.register)? else { continue };
        let fields = found.declaration.fields.iter().map(|field| (field.name.clone(), field.title.clone())).collect();
        let origin = Origin { title: found.declaration.title.clone(), owner: found.owner.map(|organ| organ.name), fields };
        origins.insert(fact.register.clone(), origin);
    }
    Ok(origins)
}

/// The note at an answer: from where, or that the register says otherwise.
pub(super) fn note(dossier: &Dossier, field: &str, lang: Lang) -> Markup {
    let facts = dossier.view.facts.iter().filter(|fact| fact.place == field);
    html! {
        @for fact in facts {
            div.govuk-hint {
                @match fact.used {
                    FactUse::Changed => {
                        (Tag::new(TagColour::Orange, lang.say("申请人填写与登记不一致", "Applicant's value differs from the register"))) " "
                    }
                    FactUse::Verified => { (Tag::new(TagColour::Green, lang.say("核验一致", "Verified"))) " " }
                    FactUse::Prefilled => { (Tag::new(TagColour::Green, lang.say("免填", "Filled in"))) " " }
                    FactUse::Waived => {}
                }
                (source(dossier, fact, lang))
                (if fact.is_of_this_node() { lang.say("，登记于 ", ", recorded ") } else { lang.say("，查询于 ", ", asked ") })
                (moment(lang, fact.recorded_ms))
            }
        }
    }
}

/// The register of a fact and who keeps it.
pub(super) fn source(dossier: &Dossier, fact: &Fact, lang: Lang) -> String {
    let Some(origin) = dossier.origins.get(&fact.register) else { return fact.register.clone() };
    let title = origin.title.get(lang);
    origin
        .owner
        .as_ref()
        .map_or_else(|| title.to_owned(), |owner| lang.tell(format!("{title}（{}）", owner.get(lang)), format!("{title} ({})", owner.get(lang))))
}

pub(super) fn section(dossier: &Dossier, desk: Desktop<'_>) -> Markup {
    let lang = desk.lang;
    let facts = &dossier.view.facts;
    html! {
        section #provenance aria-labelledby="provenance-title" {
            h2.govuk-heading-m #provenance-title { (lang.say("数据来源", "Where the facts come from")) }
            @if facts.is_empty() {
                p.govuk-body { (lang.say("本件没有取用基础信息库的数据。", "Nothing in this case was taken from a base register.")) }
            } @else {
                p.govuk-body { (lang.say(
                    "下列内容取自基础信息库，不向申请人重复收取。登记更正后，由此作出的办件会收到复核任务。",
                    "Taken from base registers and not asked of the applicant again. When a record is corrected, cases made from it get a review.",
                )) }
                (Details::new(lang.tell(format!("全部{}项", facts.len()), format!("All {}", facts.len())), table(dossier, lang)))
            }
            (reviews(dossier, lang))
        }
    }
}

/// The reviews that a corrected record has opened.
fn reviews(dossier: &Dossier, lang: Lang) -> Markup {
    html! {
        @if !dossier.view.reviews.is_empty() {
            div.govuk-inset-text {
                p.govuk-body { (lang.say("本件取用过的登记已被更正，已立件复核：", "A record from which this case was made was corrected. Reviews:")) }
                ul.govuk-list {
                    @for review in &dossier.reviews {
                        li { a.govuk-link href={ "/workspace/cases/" (review.id) } { (review.number) } " " (review_state(review, lang)) }
                    }
                }
            }
        }
    }
}

fn review_state(review: &CaseStanding, lang: Lang) -> &'static str {
    if review.open { lang.say("（正在复核）", "(open)") } else { lang.say("（已复核）", "(closed)") }
}

fn table(dossier: &Dossier, lang: Lang) -> Markup {
    let head = [
        lang.say("用于", "Serves"),
        lang.say("来源", "Source"),
        lang.say("登记项", "Field"),
        lang.say("用法", "Use"),
        lang.say("登记时间", "Recorded"),
        lang.say("取用时间", "Taken"),
        lang.say("记录", "Record"),
        lang.say("去向", "Went into"),
    ];
    let row = |fact: &Fact| {
        vec![
            Cell::new(place(dossier, &fact.place, lang)),
            Cell::new(source(dossier, fact, lang)),
            Cell::new(field(dossier, fact, lang)),
            Cell::new(html! { (used(fact, lang)) }),
            Cell::new(html! { @if fact.is_of_this_node() { (moment(lang, fact.recorded_ms)) } @else { "—" } }),
            Cell::new(moment(lang, fact.taken_ms)),
            Cell::new(html! {
                code { (fact.register) @if fact.is_of_this_node() { "#" (fact.position) } } br;
                code title=(fact.sm3) { (fact.sm3.get(..12).unwrap_or(&fact.sm3)) "…" }
            }),
            Cell::new(went_into(dossier, fact, lang)),
        ]
    };
    let rows = dossier.view.facts.iter().map(row).collect();
    html! { (Table::new("", head.map(Cell::new).to_vec(), rows).scrolling(lang.say("数据来源", "Where the facts come from"))) }
}

/// The documents made once the fact was there, and the statistics.
fn went_into(dossier: &Dossier, fact: &Fact, lang: Lang) -> Markup {
    let documents: Vec<&DocumentRecord> = dossier.documents.iter().filter(|document| document.made_at_ms >= fact.taken_ms).collect();
    html! {
        @if documents.is_empty() && dossier.counted_in.is_empty() { (lang.say("尚无", "Nothing yet")) }
        @for document in documents { div { a.govuk-link href="#documents" { (document.title) } " " span.zs-break { (document.number) } } }
        @for statistic in &dossier.counted_in { div { (counted(statistic, lang)) } }
    }
}

/// A published statistic that counts the case, with the hash under which anybody finds it.
fn counted(statistic: &CountedIn, lang: Lang) -> Markup {
    let (first, newest) = statistic.releases;
    let releases = match first == newest {
        true => lang.tell(format!("第{first}版"), format!("release {first}")),
        false => lang.tell(format!("第{first}至{newest}版"), format!("releases {first} to {newest}")),
    };
    let hash = statistic.hash.rsplit(':').next().unwrap_or_default();
    html! {
        a.govuk-link href={ "/data/" (statistic.slug) "/computed" } { (statistic.title.get(lang)) } " " (releases)
        (lang.say("，截至", ", until ")) (i18n::date(lang, statistic.as_of)) " " code title=(statistic.hash) { (hash.get(..12).unwrap_or(hash)) "…" }
    }
}

/// What a fact serves: a field of the form, a material, or a step of the flow.
fn place(dossier: &Dossier, place: &str, lang: Lang) -> String {
    let package = &dossier.package;
    let field = package.form.field(place).map(|field| field.title.get(lang).to_owned());
    let material = || package.item.material(place).map(|material| material.name.get(lang).to_owned());
    let node = || {
        package.flow.nodes.iter().find(|node| node.id == place).map(|node| if lang == Lang::En { node.name_en.clone() } else { node.name.clone() })
    };
    field.or_else(material).or_else(node).unwrap_or_else(|| place.to_owned())
}

fn field(dossier: &Dossier, fact: &Fact, lang: Lang) -> String {
    if fact.field.is_empty() {
        return lang.say("整条记录", "The whole record").to_owned();
    }
    let title = dossier.origins.get(&fact.register).and_then(|origin| origin.fields.get(&fact.field));
    title.map_or_else(|| fact.field.clone(), |title| title.get(lang).to_owned())
}

fn used(fact: &Fact, lang: Lang) -> Tag {
    match (fact.used, fact.agrees) {
        (FactUse::Prefilled, _) => Tag::new(TagColour::Green, lang.say("免填", "Filled in")),
        (FactUse::Waived, _) => Tag::new(TagColour::Green, lang.say("免交", "Not asked")),
        (FactUse::Verified, true) => Tag::new(TagColour::Green, lang.say("核验一致", "Verified")),
        (FactUse::Verified, false) => Tag::new(TagColour::Orange, lang.say("核验不一致", "Does not agree")),
        (FactUse::Changed, _) => Tag::new(TagColour::Orange, lang.say("申请人改填", "Changed by the applicant")),
    }
}
