//! `/workspace/burden`: the burden meter (办事负担): what items ask of people although government has it, what they asked indeed, and proposing to
//! whoever owns an item that it asks for less.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cases::Outcome;
use cases::commands::{PROPOSAL, ProposeChange, ReadCase};
use cases::queries::{AskedThoughHeld, ItemBurden, Measured, Proposed, item_burdens};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use i18n::{Lang, Text};
use maud::{Markup, html};
use serde_json::Value;
use ui::{Button, Cell, Details, Table, Tag, TagColour};

use super::{file_response, shown};
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::{Say, moment};
use crate::typed::Typed;

/// `GET /workspace/burden`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Markup, PageError> {
    Ok(page(&app, &visitor, &load(&app, &visitor).await?, &Typed::default()))
}

fn page(app: &App, visitor: &Visitor, burdens: &[ItemBurden], typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let name = Place::Burden.name(lang);
    let of_interest = |burden: &&ItemBurden| burden.avoidable() > 0 || !burden.explained.is_empty() || burden.proposed.is_some();
    let body = html! {
        (typed.summary(lang))
        (heading(name))
        p.govuk-body { (lang.say(
            "凡是政府已有的，不再向群众收取（国务院关于在线政务服务的若干规定第七条）。左边按规程包和基础信息库的登记算出；右边按实际申请统计。",
            "What government has is not asked again (国务院令第716号 article 7). Left: computed from what is declared; right: counted over applications.",
        )) }
        (ranking(lang, burdens))
        @if !burdens.is_empty() && !burdens.iter().any(|burden| of_interest(&burden)) {
            p.govuk-body { (lang.say("没有事项收取基础信息库已有的内容。", "No item asks for what a register holds.")) }
        }
        @for burden in burdens.iter().filter(of_interest) { (avoidable(visitor, burden)) }
        (method(lang))
    };
    Desk::new(app, visitor, Place::Burden, name).wrong(typed.has_errors()).show(body)
}

/// `POST /workspace/burden/{slug}/proposal`: proposes to whoever owns the item, as a case, that it asks for less.
pub(super) async fn propose(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    match app.execute(&visitor, form.key(), ProposeChange { slug }).await {
        Ok(done) => {
            let number = done.outcome;
            let zh = format!("已立件{number}，送事项主管单位，5个工作日内答复。");
            let flash = Flash::success(zh, format!("Case {number} is with the organ in charge, which answers within 5 working days."));
            Ok(see_other_with(&app, Place::Burden.href(), &flash))
        }
        Err(error) => {
            let refusal = shown(error)?;
            let typed = Typed::default().refuse(visitor.lang, &refusal, |_| "");
            Ok((gate::status_of(&refusal), page(&app, &visitor, &load(&app, &visitor).await?, &typed)).into_response())
        }
    }
}

/// `GET /workspace/cases/{id}/proposal`: the change to the package that a case proposes, for ordinary tools.
pub(super) async fn difference(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let file = app.execute(&visitor, None, ReadCase { case: id }).await?.outcome.file;
    let answer = |name: &str| file.answers.get(name).and_then(Value::as_str).filter(|_| file.slug == PROPOSAL).ok_or(PageError::NotFound);
    let (slug, change) = (answer("slug")?, answer("change")?);
    Ok(file_response(change.as_bytes().to_vec(), "text/x-diff; charset=utf-8", &format!("{slug}.diff"), false))
}

async fn load(app: &App, visitor: &Visitor) -> Result<Vec<ItemBurden>, PageError> {
    if !Place::Burden.is_for(app, visitor) {
        return Err(PageError::NotFound);
    }
    let packages = app.library.all_current(app.today());
    let packages: Arc<[_]> = packages.into();
    app.read(move |tx| Ok(item_burdens(tx, &packages)?)).await
}

fn ranking(lang: Lang, burdens: &[ItemBurden]) -> Markup {
    let head = [
        Cell::new(lang.say("事项", "Item")),
        Cell::number(lang.say("已有仍填", "Typed though held")),
        Cell::number(lang.say("已有仍交", "Handed in though held")),
        Cell::number(lang.say("免填/字段", "Filled in / fields")),
        Cell::number(lang.say("免交/材料", "Waived / materials")),
        Cell::number(lang.say("估计分钟", "Minutes, estimated")),
        Cell::number(lang.say("实际申请", "Applications")),
        Cell::number(lang.say("每件手填", "Typed, each")),
        Cell::number(lang.say("免填率", "Filled in")),
        Cell::number(lang.say("改填率", "Changed")),
        Cell::number(lang.say("每件交材料", "Materials, each")),
        Cell::number(lang.say("免交率", "Waived")),
    ];
    let row = |burden: &ItemBurden| {
        let measured = burden.measured;
        let count = |length: usize| Cell::number(length.to_string());
        vec![
            Cell::new(burden.package.item.name.get(lang)),
            count(burden.fields.len()),
            count(burden.materials.len()),
            Cell::number(format!("{} / {}", burden.filled_count, burden.fields_count)),
            Cell::number(format!("{} / {}", burden.waived_count, burden.waived_count.saturating_add(burden.materials_count))),
            Cell::number(burden.minutes.to_string()),
            Cell::number(i18n::number(measured.applications)),
            Cell::number(each(measured.typed, &measured)),
            Cell::number(share(measured.given, measured.given.saturating_add(measured.changed).saturating_add(measured.typed))),
            Cell::number(share(measured.changed, measured.given.saturating_add(measured.changed))),
            Cell::number(each(measured.attached, &measured)),
            Cell::number(share(measured.waived, measured.waived.saturating_add(measured.attached))),
        ]
    };
    html! {
        @if burdens.is_empty() {
            p.govuk-body { (lang.say("没有可以申请的事项。发布规程包后会列在这里。", "There is no item to apply for. Published packages are listed here.")) }
        } @else {
            (Table::new("", head.to_vec(), burdens.iter().map(row).collect()).scrolling(Place::Burden.name(lang)))
        }
    }
}

/// So many for each application, with one decimal.
fn each(count: i64, measured: &Measured) -> String {
    let tenths = count.saturating_mul(10).checked_div(measured.applications);
    tenths.map_or_else(|| "–".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10))
}

fn share(part: i64, whole: i64) -> String {
    part.saturating_mul(100).checked_div(whole).map_or_else(|| "–".to_owned(), |percent| format!("{percent}%"))
}

fn avoidable(visitor: &Visitor, burden: &ItemBurden) -> Markup {
    let (lang, slug) = (visitor.lang, &burden.package.slug);
    let line = |held: &AskedThoughHeld, kind: &'static str| {
        html! { li {
            (Tag::new(TagColour::Orange, kind)) " " (held.title.get(lang)) " " code { (held.place) } " → " (held.held_in.get(lang)) " " code { (held.source) }
        } }
    };
    html! {
        section aria-labelledby={ (slug) "-title" } {
            h2.govuk-heading-m id={ (slug) "-title" } { (burden.package.item.name.get(lang)) }
            ul.govuk-list {
                @for held in &burden.fields { (line(held, lang.say("已有仍填", "Typed though held"))) }
                @for held in &burden.materials { (line(held, lang.say("已有仍交", "Handed in though held"))) }
                @for (held, why) in &burden.explained { (explained(lang, held, why)) }
            }
            @if let Some(proposed) = &burden.proposed { p.govuk-body { (standing(visitor, proposed)) } }
            @if burden.avoidable() > 0 && burden.proposed.as_ref().is_none_or(|proposed| proposed.outcome.is_some()) {
                form method="post" action=(format!("{}/{slug}/proposal", Place::Burden.href())) novalidate {
                    (hidden(visitor, slug))
                    (Button::submit(lang.say("提出减负建议（主管单位5个工作日内答复）", "Propose the change: answered within 5 working days")).secondary())
                }
            }
        }
    }
}

/// The newest proposal, and what became of it; the file is for the organ in charge.
fn standing(visitor: &Visitor, proposed: &Proposed) -> Markup {
    let lang = visitor.lang;
    let state = match proposed.outcome {
        None => Tag::new(TagColour::Orange, lang.say("等主管单位办理", "With the organ in charge")),
        Some(Outcome::Resolved) => Tag::new(TagColour::Green, lang.say("已采纳", "Adopted")),
        Some(_) => Tag::new(TagColour::Grey, lang.say("不采纳，理由见办件", "Not adopted; the reasons stand in the case")),
    };
    let is_own = visitor.actor.posts.iter().any(|held| held.organ == proposed.organ);
    html! {
        (lang.say("减负建议", "Proposal")) " "
        @if is_own { a.govuk-link href={ "/workspace/cases/" (proposed.case) } { span.zs-break { (proposed.number) } } }
        @else { span.zs-break { (proposed.number) } }
        " " (moment(lang, proposed.at_ms)) " " (state)
    }
}

/// What is asked though held for a reason that the package states.
fn explained(lang: Lang, held: &AskedThoughHeld, why: &Text) -> Markup {
    html! { li {
        (Tag::new(TagColour::Grey, lang.say("写明了理由", "For a stated reason"))) " " (held.title.get(lang)) " " code { (held.place) }
        " → " (held.held_in.get(lang)) ": " (why.get(lang))
    } }
}

fn method(lang: Lang) -> Markup {
    let lines = [
        lang.say(
            "“已有仍填”：字段与申请人所在基础信息库的登记项名称和类型相同，而规程包没有写来源（x-prefill），也没有写明理由（x-asked-because）。",
            "Typed though held: a field has the name and kind of one of the register of the applicant, and neither a source (x-prefill) \
             nor a reason (x-asked-because).",
        ),
        lang.say(
            "“已有仍交”：材料是基础信息库声明可以替代的证明，或者电子证照库登记的证照，而规程包没有写免交来源（waived_by），也没有写明理由（asked_because）。",
            "Handed in though held: a material is a paper that a register replaces, or a registered certificate, and has neither a waiver \
             (waived_by) nor a reason (asked_because).",
        ),
        lang.say(
            "估计分钟：阅读2分钟，问题10秒，选择8秒，短填20秒，长填1分钟，核对免填3秒，材料4分钟，到现场90分钟；只有部分人需要的减半。",
            "Minutes: reading 2, a question 10 s, a choice 8 s, a short answer 20 s, a long one 60 s, checking 3 s, a material 4, a visit 90.",
        ),
        lang.say(
            "这些秒数是假定，只用来排序。右边的数从每一件申请统计，不取个人内容。",
            "These are assumptions and only order the items; what only some need counts half. The right is counted without anybody's answers.",
        ),
    ];
    html! {
        (Details::new(lang.say("怎么算的", "How this is computed"), html! { ul.govuk-list.govuk-list--bullet { @for line in lines { li { (line) } } } }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_nothing_are_not_said() {
        let none = Measured::default();
        assert_eq!((each(0, &none), share(0, 0)), ("–".to_owned(), "–".to_owned()));
        let some = Measured { applications: 4, typed: 13, ..none };
        assert_eq!((each(13, &some), share(1, 3)), ("3.2".to_owned(), "33%".to_owned()));
    }
}
