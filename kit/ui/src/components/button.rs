use maud::{Markup, Render, html};

use crate::html::{Attributes, Content, Tag};

/// A button, or a link that looks like one.
#[derive(Debug, Clone, Default)]
pub struct Button {
    /// What it does, as a verb.
    pub content: Content,
    /// Where it leads; set, it is a link.
    pub href: String,
    /// The `type`; empty is `submit`.
    pub kind: String,
    /// Name that is sent.
    pub name: String,
    /// Value that is sent.
    pub value: String,
    /// Whether it is disabled. Avoid: people cannot see why.
    pub disabled: bool,
    /// Whether it starts a service.
    pub is_start: bool,
    /// Whether a second click within a second is ignored. The server must be idempotent all the same.
    pub prevents_double_click: Option<bool>,
    /// Id.
    pub id: String,
    /// Extra classes, such as `govuk-button--secondary`.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl Button {
    /// The button that sends the form of its page; a double click sends once.
    pub fn submit(content: impl Into<Content>) -> Button {
        Button { content: content.into(), prevents_double_click: Some(true), ..Button::default() }
    }

    /// A link that looks like a button.
    pub fn link(content: impl Into<Content>, href: impl Into<String>) -> Button {
        Button { content: content.into(), href: href.into(), ..Button::default() }
    }

    /// The link that starts a service.
    pub fn start(content: impl Into<Content>, href: impl Into<String>) -> Button {
        Button { is_start: true, ..Button::link(content, href) }
    }

    /// Makes it the second choice.
    pub fn secondary(self) -> Button {
        self.class("govuk-button--secondary")
    }

    /// Makes it a choice that cannot be undone.
    pub fn warning(self) -> Button {
        self.class("govuk-button--warning")
    }

    /// Sets the name and value that are sent.
    pub fn named(mut self, name: impl Into<String>, value: impl Into<String>) -> Button {
        self.name = name.into();
        self.value = value.into();
        self
    }

    fn class(mut self, class: &str) -> Button {
        self.classes = format!("{} {class}", self.classes).trim().to_owned();
        self
    }

    fn body(&self) -> Markup {
        html! {
            @if let (Content::Html(markup), true) = (&self.content, self.is_start) { span { (markup) } } @else { (self.content) }
            @if self.is_start {
                svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19" viewBox="0 0 33 40"
                    aria-hidden="true" focusable="false" { path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" {} }
            }
        }
    }
}

impl Render for Button {
    fn render(&self) -> Markup {
        let start = if self.is_start { "govuk-button--start" } else { "" };
        let tag = if self.href.is_empty() {
            Tag::new("button")
                .attr("type", if self.kind.is_empty() { "submit" } else { &self.kind })
                .some("value", &self.value)
                .some("name", &self.name)
                .flag("disabled", self.disabled)
                .some("aria-disabled", if self.disabled { "true" } else { "" })
                .option("data-prevent-double-click", self.prevents_double_click.map(|on| if on { "true" } else { "false" }))
        } else {
            Tag::new("a").attr("href", &self.href).attr("role", "button").attr("draggable", "false")
        };
        tag.class(&["govuk-button", &self.classes, start])
            .attr("data-module", "govuk-button")
            .attrs(&self.attributes)
            .some("id", &self.id)
            .wrap(self.body())
    }
}
