//! 办理流程: the picture of the flow, and the steps as published.

use i18n::Lang;
use maud::{Markup, PreEscaped, html};
use procedure::Package;
use procedure::item::Step;
use ui::{Details, ProcessStep, ProcessTable};

use crate::public::texts::{fill, t};

pub(super) fn section(lang: Lang, package: &Package) -> Markup {
    let title = fill(lang, "p.procedure.picture-of", &[("name", package.item.name.get(lang))]);
    html! {
        (ProcessTable { label: t(lang, "p.procedure.steps").to_owned(), steps: package.item.steps.iter().map(|step| process_step(lang, step)).collect() })
        (Details { id: "flow".to_owned(), ..Details::new(t(lang, "p.procedure.picture"), html! {
            p.zs-note { (t(lang, "p.procedure.picture-note")) }
            div.zs-flow role="region" tabindex="0" aria-label=(title) { (picture(lang, package, &title)) }
        }) })
        (terms(lang, package))
    }
}

/// The picture is drawn by the program from the checked flow; texts in it are escaped there.
fn picture(lang: Lang, package: &Package, title: &str) -> Markup {
    let language = match lang {
        Lang::ZhHans => flow::Language::Zh,
        Lang::En => flow::Language::En,
    };
    PreEscaped(flow::diagram_svg_in(&package.flow, &[], &[], title, language))
}

fn process_step(lang: Lang, step: &Step) -> ProcessStep {
    let facts = [
        ("p.procedure.post", &step.post),
        ("p.procedure.limit", &step.limit),
        ("p.procedure.standard", &step.standard),
        ("p.procedure.result", &step.result),
    ];
    ProcessStep {
        name: step.name.get(lang).to_owned(),
        facts: facts.into_iter().map(|(key, text)| (t(lang, key).to_owned(), text.get(lang).to_owned())).collect(),
    }
}

/// The terms that the law sets for corrections, extension and special procedures.
fn terms(lang: Lang, package: &Package) -> Markup {
    use procedure::codes::Code;
    let limits = &package.item.limits;
    let days = |key, n: u32| fill(lang, key, &[("n", &n.to_string())]);
    let reasons = super::joined(lang, limits.suspend_reasons.iter().map(|reason| reason.label().get(lang).to_owned()));
    html! {
        h3.govuk-heading-s { (t(lang, "p.procedure.terms")) }
        ul.govuk-list.govuk-list--bullet {
            li { (days("p.procedure.correction-notice", limits.correction_notice_workdays)) }
            li { (days("p.procedure.correction-answer", limits.correction_answer_workdays)) }
            @if limits.extension_workdays_max > 0 { li { (days("p.procedure.extension", limits.extension_workdays_max)) } }
            @if !limits.suspend_reasons.is_empty() { li { (fill(lang, "p.procedure.suspension", &[("reasons", &reasons)])) } }
        }
    }
}
