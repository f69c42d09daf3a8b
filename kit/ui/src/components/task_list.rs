use maud::{Markup, Render, html};

use crate::components;
use crate::html::{Attributes, Content, Tag};

/// The state of a task.
#[derive(Debug, Clone, Default)]
pub struct TaskStatus {
    /// Plain words, for done tasks.
    pub content: Content,
    /// A tag, for tasks that need attention; it replaces the words.
    pub tag: Option<components::Tag>,
    /// Extra classes.
    pub classes: String,
}

impl TaskStatus {
    /// A state that needs no attention.
    pub fn words(content: impl Into<Content>) -> TaskStatus {
        TaskStatus { content: content.into(), ..TaskStatus::default() }
    }

    /// A state that needs attention.
    pub fn tag(tag: components::Tag) -> TaskStatus {
        TaskStatus { tag: Some(tag), ..TaskStatus::default() }
    }
}

/// One task of a list.
#[derive(Debug, Clone, Default)]
pub struct TaskItem {
    /// What is to be done.
    pub title: Content,
    /// Classes of the title.
    pub title_classes: String,
    /// Help under the title.
    pub hint: Option<Content>,
    /// Where it is done; empty while it cannot be started.
    pub href: String,
    /// Its state.
    pub status: TaskStatus,
    /// Extra classes.
    pub classes: String,
}

impl TaskItem {
    /// A task.
    pub fn new(title: impl Into<Content>, href: impl Into<String>, status: TaskStatus) -> TaskItem {
        TaskItem { title: title.into(), href: href.into(), status, ..TaskItem::default() }
    }
}

/// The parts of a long application, in any order.
#[derive(Debug, Clone, Default)]
pub struct TaskList {
    /// The tasks.
    pub items: Vec<TaskItem>,
    /// Prefix of ids; `task-list` where empty.
    pub id_prefix: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl TaskList {
    /// A list of tasks.
    pub fn new(items: Vec<TaskItem>) -> TaskList {
        TaskList { items, ..TaskList::default() }
    }

    fn item(&self, number: usize, item: &TaskItem) -> Markup {
        let prefix = if self.id_prefix.is_empty() { "task-list" } else { &self.id_prefix };
        let (hint_id, status_id) = (format!("{prefix}-{number}-hint"), format!("{prefix}-{number}-status"));
        let described_by = if item.hint.is_some() { format!("{hint_id} {status_id}") } else { status_id.clone() };
        let with_link = if item.href.is_empty() { "" } else { "govuk-task-list__item--with-link" };
        Tag::new("li").class(&["govuk-task-list__item", with_link, &item.classes]).wrap(html! {
            div.govuk-task-list__name-and-hint {
                @if item.href.is_empty() { (Tag::new("div").class(&[&item.title_classes]).wrap(&item.title)) }
                @else {
                    (Tag::new("a").class(&["govuk-link", "govuk-task-list__link", &item.title_classes]).attr("href", &item.href)
                        .attr("aria-describedby", &described_by).wrap(&item.title))
                }
                @if let Some(hint) = &item.hint { div.govuk-task-list__hint id=(hint_id) { (hint) } }
            }
            (Tag::new("div").class(&["govuk-task-list__status", &item.status.classes]).attr("id", &status_id).wrap(html! {
                @if let Some(tag) = &item.status.tag { (tag) } @else { (item.status.content) }
            }))
        })
    }
}

impl Render for TaskList {
    fn render(&self) -> Markup {
        Tag::new("ul").class(&["govuk-task-list", &self.classes]).attrs(&self.attributes).wrap(html! {
            @for (index, item) in self.items.iter().enumerate() { (self.item(index + 1, item)) }
        })
    }
}
