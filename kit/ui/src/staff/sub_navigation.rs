use maud::{Markup, Render, html};

use crate::staff::SideItem;

/// The parts of one thing, such as the tabs of a case file, each with an address of its own.
#[derive(Debug, Clone, Default)]
pub struct SubNavigation {
    /// Name of the landmark.
    pub label: String,
    /// The parts.
    pub items: Vec<SideItem>,
}

impl SubNavigation {
    /// A sub-navigation with a name and parts.
    pub fn new(label: impl Into<String>, items: Vec<SideItem>) -> SubNavigation {
        SubNavigation { label: label.into(), items }
    }
}

impl Render for SubNavigation {
    fn render(&self) -> Markup {
        html! {
            nav.moj-sub-navigation aria-label=(self.label) {
                ul.moj-sub-navigation__list {
                    @for item in &self.items {
                        li.moj-sub-navigation__item {
                            a.moj-sub-navigation__link aria-current=[item.is_active.then_some("page")] href=(item.href) {
                                (item.content)
                                @if let Some(count) = item.count { " " span.zs-count { (count) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
