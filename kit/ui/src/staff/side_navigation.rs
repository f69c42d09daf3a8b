use maud::{Markup, Render, html};

use crate::html::Content;

/// One entry of the side navigation.
#[derive(Debug, Clone, Default)]
pub struct SideItem {
    /// Name.
    pub content: Content,
    /// Address.
    pub href: String,
    /// Whether the page shown lies in it.
    pub is_active: bool,
    /// How many things wait there.
    pub count: Option<u64>,
}

impl SideItem {
    /// An entry.
    pub fn new(content: impl Into<Content>, href: impl Into<String>) -> SideItem {
        SideItem { content: content.into(), href: href.into(), ..SideItem::default() }
    }

    /// Marks the entry in which the page shown lies.
    pub fn active(mut self, is_active: bool) -> SideItem {
        self.is_active = is_active;
        self
    }

    /// Shows how many things wait there.
    pub fn count(mut self, count: u64) -> SideItem {
        self.count = Some(count);
        self
    }
}

/// A titled part of the side navigation.
#[derive(Debug, Clone, Default)]
pub struct SideSection {
    /// Title; empty for none.
    pub heading: String,
    /// Entries.
    pub items: Vec<SideItem>,
}

impl SideSection {
    /// A titled part.
    pub fn new(heading: impl Into<String>, items: Vec<SideItem>) -> SideSection {
        SideSection { heading: heading.into(), items }
    }
}

/// The left navigation of staff pages, by role.
#[derive(Debug, Clone, Default)]
pub struct SideNavigation {
    /// Name of the landmark.
    pub label: String,
    /// Its parts.
    pub sections: Vec<SideSection>,
}

impl Render for SideNavigation {
    fn render(&self) -> Markup {
        html! {
            nav.moj-side-navigation aria-label=(self.label) {
                @for section in &self.sections {
                    @if !section.heading.is_empty() { h2.moj-side-navigation__title { (section.heading) } }
                    ul.moj-side-navigation__list { @for item in &section.items { (side_item(item)) } }
                }
            }
        }
    }
}

fn side_item(item: &SideItem) -> Markup {
    let class = if item.is_active { "moj-side-navigation__item moj-side-navigation__item--active" } else { "moj-side-navigation__item" };
    html! {
        li class=(class) {
            a href=(item.href) aria-current=[item.is_active.then_some("location")] {
                (item.content)
                @if let Some(count) = item.count { " " span.zs-count { (count) } }
            }
        }
    }
}
