//! The terms of a request or grant, as both sides read them.

use gate::App;
use i18n::Lang;
use maud::{Markup, Render};
use sharing::{Ground, Terms};
use ui::{SummaryList, SummaryRow};

use super::names::Names;
use crate::say::Say;

/// All terms as a list.
pub(super) fn terms(app: &App, lang: Lang, names: &Names, terms: &Terms) -> Markup {
    let rows = [
        (lang.say("数据资源", "Resource"), format!("{} ({})", names.resource(&terms.resource, lang), terms.resource)),
        (lang.say("使用部门", "Used by"), names.organ(&terms.grantee, lang)),
        (lang.say("提供部门", "Provided by"), names.organ(&terms.provider, lang)),
        (lang.say("字段", "Fields"), names.fields_of(terms, lang)),
        (lang.say("范围", "Rows"), rows_of(lang, terms)),
        (lang.say("数据形式", "Manner"), terms.manner.label().get(lang).to_owned()),
        (lang.say("使用场景", "Purpose"), terms.purpose.clone()),
        (lang.say("使用依据", "Legal basis"), terms.basis.clone()),
        (lang.say("随什么使用", "Used under"), ground(app, lang, names, terms)),
        (lang.say("共享方式", "Method"), terms.method.label().get(lang).to_owned()),
        (lang.say("使用时限", "Period"), format!("{} – {}", i18n::date(lang, terms.valid_from), i18n::date(lang, terms.valid_until))),
        (lang.say("调用次数", "Calls"), calls(lang, terms)),
    ];
    SummaryList::new(rows.into_iter().map(|(key, value)| SummaryRow::new(key, value)).collect()).render()
}

fn calls(lang: Lang, terms: &Terms) -> String {
    lang.tell(
        format!("每日{}次，每分钟{}次", terms.quota_per_day, terms.rate_per_minute),
        format!("{} a day, {} a minute", terms.quota_per_day, terms.rate_per_minute),
    )
}

fn rows_of(lang: Lang, terms: &Terms) -> String {
    let parts: Vec<String> = terms.rows.division.iter().chain(&terms.rows.filter).cloned().collect();
    if parts.is_empty() { lang.say("全部", "All").to_owned() } else { parts.join(lang.say("、", ", ")) }
}

/// Items by their names with the fields each may read, the standing duty, or the consent.
pub(super) fn ground(app: &App, lang: Lang, names: &Names, terms: &Terms) -> String {
    match &terms.ground {
        Ground::StandingDuty(duty) => lang.tell(format!("常规职责：{duty}"), format!("Standing duty: {duty}")),
        Ground::Consent(name) => lang.tell(format!("本人同意：{name}"), format!("Consent of each person: {name}")),
        Ground::Cases(uses) => {
            let one = |used: &sharing::ItemUse| {
                let name = app.library.current(&used.item, app.today()).map(|package| package.item.name.get(lang).to_owned());
                let name = name.unwrap_or_else(|| used.item.clone());
                let fields = names.fields(&terms.resource, &used.fields, lang);
                lang.tell(format!("“{name}”的在办办件（{fields}）"), format!("open cases of \"{name}\" ({fields})"))
            };
            uses.iter().map(one).collect::<Vec<_>>().join(lang.say("；", "; "))
        }
    }
}
