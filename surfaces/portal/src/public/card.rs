//! One item in a list.

use i18n::Lang;
use maud::{Markup, html};
use procedure::Item;
use procedure::codes::{Code, Handling, OnlineDepth};
use search::Stretch;

use super::texts::{fill, t};

/// An item as lists show it.
#[derive(Debug, Clone)]
pub(crate) struct ItemCard {
    pub(crate) href: String,
    pub(crate) name: String,
    /// The summary, or what was found, with marked stretches.
    pub(crate) lead: Vec<Stretch>,
    /// Type, limit, visits, fee.
    pub(crate) facts: Vec<String>,
}

impl ItemCard {
    pub(crate) fn of(lang: Lang, item: &Item) -> ItemCard {
        ItemCard {
            href: format!("/items/{}", item.slug),
            name: item.name.get(lang).to_owned(),
            lead: vec![Stretch { text: item.summary.get(lang).to_owned(), hit: false }],
            facts: facts(lang, item),
        }
    }
}

/// What people want to know first, in few words.
pub(crate) fn facts(lang: Lang, item: &Item) -> Vec<String> {
    let mut facts = vec![item.item_type.label().get(lang).to_owned(), limit(lang, item)];
    if item.online_depth == OnlineDepth::Complete {
        facts.push(t(lang, "p.card.online").to_owned());
    }
    facts.push(visits(lang, item));
    if item.fees.is_empty() {
        facts.push(t(lang, "p.card.free").to_owned());
    }
    facts
}

/// The promised limit: `承诺1个工作日办结`, or `当场办结` for what is done at once.
pub(crate) fn limit(lang: Lang, item: &Item) -> String {
    let promised = item.limits.promised;
    match item.handling {
        Handling::Instant if promised.value == 0 => t(lang, "p.card.instant").to_owned(),
        Handling::Instant | Handling::Promised => fill(lang, "p.card.limit", &[("limit", promised.label().get(lang))]),
    }
}

/// `一次都不用跑`, `最多跑1次`.
pub(crate) fn visits(lang: Lang, item: &Item) -> String {
    match item.visits_max {
        0 => t(lang, "p.card.no-visit").to_owned(),
        n => fill(lang, "p.card.visits", &[("n", &n.to_string())]),
    }
}

/// Items in a list; the headings are one level below that of the list.
pub(crate) fn cards(items: &[ItemCard]) -> Markup {
    html! {
        ul.zs-items {
            @for item in items {
                li.zs-item {
                    h3.zs-item__name { a.govuk-link href=(item.href) { (item.name) } }
                    p.zs-item__lead { (stretches(&item.lead)) }
                    ul.zs-facts { @for fact in &item.facts { li { (fact) } } }
                }
            }
        }
    }
}

fn stretches(stretches: &[Stretch]) -> Markup {
    html! { @for stretch in stretches { @if stretch.hit { mark { (stretch.text) } } @else { (stretch.text) } } }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::public::samples::catalogue;

    #[test]
    fn a_card_says_type_limit_visits_and_fee() {
        let catalogue = catalogue();
        let item = &catalogue.find("geti-shangpu-dengji").unwrap().item;
        assert_eq!(facts(Lang::ZhHans, item), ["行政许可", "承诺1个工作日办结", "全程网办", "一次都不用跑", "不收费"]);
        assert_eq!(facts(Lang::En, item)[1], "done within 1 working day");
    }

    #[test]
    fn what_was_typed_is_escaped_and_only_stretches_found_are_marked() {
        let lead = vec![Stretch { text: "<b>".into(), hit: false }, Stretch { text: "开店".into(), hit: true }];
        assert_eq!(stretches(&lead).0, "&lt;b&gt;<mark>开店</mark>");
    }
}
