//! Who looked at the file: those who handle a case see that they are seen.

use i18n::Lang;
use maud::{Markup, html};
use tracker::Seen;
use ui::{Cell, Details, Table};

use super::{Desktop, Dossier};
use crate::say::{Say, moment};

pub(super) fn section(dossier: &Dossier, desk: Desktop<'_>, may_order_secrecy: bool) -> Markup {
    let lang = desk.lang;
    let head = [lang.say("时间", "When"), lang.say("谁", "Who"), lang.say("内容", "What"), lang.say("方式", "How")];
    let rows = dossier.readings.iter().map(|seen| row(dossier, seen, lang)).collect();
    let table = Table::new("", head.map(Cell::new).to_vec(), rows).scrolling(lang.say("查阅记录", "Readings"));
    html! {
        section #readers aria-labelledby="readers-title" {
            h2.govuk-heading-m #readers-title { (lang.say("查阅记录", "Readings")) }
            p.govuk-body {
                (lang.say(
                    "您打开本案卷已经记录。当事人在“谁看过我的数据”中看得到时间、单位、内容和理由。",
                    "That you opened this file is recorded. The person concerned sees when, which organ, what and why.",
                ))
            }
            @if may_order_secrecy {
                p.govuk-body {
                    a.govuk-link href={ "/workspace/cases/" (dossier.view.file.id) "/secrecy" } { (lang.say("依法推迟显示…", "Delay what is shown…")) }
                }
            }
            (Details::new(lang.tell(
                format!("最近{}次读取", dossier.readings.len()),
                format!("The last {} readings", dossier.readings.len()),
            ), html! { (table) }))
        }
    }
}

fn row(dossier: &Dossier, seen: &Seen, lang: Lang) -> Vec<Cell> {
    vec![
        Cell::new(moment(lang, seen.at_ms)),
        Cell::new(dossier.people.name(&seen.account, lang)),
        Cell::new(format!("{}: {}", seen.source.title.get(lang), seen.fields.join(lang.say("、", ", ")))),
        Cell::new(seen.manner.label().get(lang)),
    ]
}
