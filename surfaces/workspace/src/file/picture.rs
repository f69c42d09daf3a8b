//! The flow with its token.

use std::collections::BTreeSet;

use cases::TaskState;
use flow::Language;
use i18n::Lang;
use maud::{Markup, PreEscaped, html};

use super::{Desktop, Dossier};
use crate::say::Say;

pub(super) fn section(dossier: &Dossier, desk: Desktop<'_>) -> Markup {
    let (file, lang) = (&dossier.view.file, desk.lang);
    let active = file.instance.active_nodes();
    let done: BTreeSet<&str> = done_nodes(dossier);
    let done: Vec<&str> = done.into_iter().filter(|node| !active.contains(node)).collect();
    let language = match lang {
        Lang::ZhHans => Language::Zh,
        Lang::En => Language::En,
    };
    let svg = flow::diagram_svg_in(&dossier.package.flow, &active, &done, file.item_name.get(lang), language);
    html! {
        section #flow aria-labelledby="flow-title" {
            h2.govuk-heading-m #flow-title { (lang.say("流程图", "Flow")) }
            p.govuk-hint { (lang.say("粗框是当前环节，打勾的已经办过。", "The bold frame is where the case stands; ticks are done.")) }
            // Made by our own painter from a checked package.
            div.zs-table-scroll.zs-flow role="region" tabindex="0" aria-label=(lang.say("流程图，可左右滚动", "Flow, scrolls sideways")) { (PreEscaped(svg)) }
        }
    }
}

fn done_nodes(dossier: &Dossier) -> BTreeSet<&str> {
    let tasks = dossier.view.tasks.iter().filter(|task| task.state == TaskState::Done).map(|task| task.node.as_str());
    let tables = dossier.traces.iter().map(|trace| trace.node.as_str());
    let ended = dossier.view.file.instance.ended().map(|ending| ending.node.as_str());
    tasks.chain(tables).chain(ended).collect()
}
