use i18n::Lang;
use maud::{Markup, Render, html};

use crate::html::{Attributes, Content, Tag};
use crate::words;

/// One tab and its panel.
#[derive(Debug, Clone, Default)]
pub struct TabItem {
    /// Name of the tab.
    pub label: String,
    /// Id of the panel; prefix and number where empty.
    pub id: String,
    /// The panel; plain text becomes a paragraph.
    pub panel: Content,
    /// Extra attributes of the tab.
    pub attributes: Attributes,
    /// Extra attributes of the panel.
    pub panel_attributes: Attributes,
}

impl TabItem {
    /// A tab with an id, a name and a panel.
    pub fn new(id: impl Into<String>, label: impl Into<String>, panel: Markup) -> TabItem {
        TabItem { id: id.into(), label: label.into(), panel: Content::Html(panel), ..TabItem::default() }
    }
}

/// Panels of which script shows one at a time; without it all are shown under a list of contents.
#[derive(Debug, Clone, Default)]
pub struct Tabs {
    /// Language of the default title.
    pub lang: Lang,
    /// Title of the list of contents.
    pub title: String,
    /// The tabs.
    pub items: Vec<TabItem>,
    /// Id.
    pub id: String,
    /// Prefix of the ids of panels.
    pub id_prefix: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl Tabs {
    /// Tabs in order.
    pub fn new(lang: Lang, items: Vec<TabItem>) -> Tabs {
        Tabs { lang, items, ..Tabs::default() }
    }

    fn panel_id(&self, index: usize, item: &TabItem) -> String {
        if item.id.is_empty() { format!("{}-{}", self.id_prefix, index + 1) } else { item.id.clone() }
    }

    fn list_item(&self, index: usize, item: &TabItem) -> Markup {
        let selected = if index == 0 { "govuk-tabs__list-item--selected" } else { "" };
        Tag::new("li").class(&["govuk-tabs__list-item", selected]).wrap(
            Tag::new("a")
                .class(&["govuk-tabs__tab"])
                .attr("href", &format!("#{}", self.panel_id(index, item)))
                .attrs(&item.attributes)
                .wrap(&item.label),
        )
    }

    fn panel(&self, index: usize, item: &TabItem) -> Markup {
        let hidden = if index == 0 { "" } else { "govuk-tabs__panel--hidden" };
        Tag::new("div").class(&["govuk-tabs__panel", hidden]).attr("id", &self.panel_id(index, item)).attrs(&item.panel_attributes).wrap(html! {
            @if let Content::Text(text) = &item.panel { p.govuk-body { (text) } } @else { (item.panel) }
        })
    }
}

impl Render for Tabs {
    fn render(&self) -> Markup {
        let title = if self.title.is_empty() { words::CONTENTS.get(self.lang) } else { &self.title };
        Tag::new("div").some("id", &self.id).class(&["govuk-tabs", &self.classes]).attrs(&self.attributes).attr("data-module", "govuk-tabs").wrap(
            html! {
                h2.govuk-tabs__title { (title) }
                @if !self.items.is_empty() {
                    ul.govuk-tabs__list { @for (index, item) in self.items.iter().enumerate() { (self.list_item(index, item)) } }
                    @for (index, item) in self.items.iter().enumerate() { (self.panel(index, item)) }
                }
            },
        )
    }
}
