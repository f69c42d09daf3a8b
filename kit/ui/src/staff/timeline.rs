use maud::{Markup, Render, html};

use crate::html::{Content, Tag};

/// One event of a timeline.
#[derive(Debug, Clone, Default)]
pub struct TimelineItem {
    /// What happened.
    pub title: Content,
    /// Who did it; empty where it does not matter.
    pub byline: String,
    /// The moment for machines, RFC 3339.
    pub datetime: String,
    /// The moment for people.
    pub when: String,
    /// More about it.
    pub body: Content,
}

/// What happened to a case, newest first.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// The events.
    pub items: Vec<TimelineItem>,
    /// Level of the titles; 0 is 2.
    pub heading_level: u8,
}

impl Timeline {
    /// A timeline of events.
    pub fn new(items: Vec<TimelineItem>) -> Timeline {
        Timeline { items, heading_level: 0 }
    }
}

impl Render for Timeline {
    fn render(&self) -> Markup {
        html! {
            div.moj-timeline {
                @for item in &self.items {
                    div.moj-timeline__item {
                        div.moj-timeline__header {
                            (Tag::heading(self.heading_level, 2).class(&["moj-timeline__title"]).wrap(&item.title))
                            @if !item.byline.is_empty() { " " p.moj-timeline__byline { (item.byline) } }
                        }
                        p.moj-timeline__date { time datetime=(item.datetime) { (item.when) } }
                        @if !item.body.is_empty() { div.moj-timeline__description { (item.body) } }
                    }
                }
            }
        }
    }
}
