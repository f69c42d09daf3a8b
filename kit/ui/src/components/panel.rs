use maud::{Markup, Render, html};

use crate::components::Button;
use crate::html::{Attributes, Content, Tag, ids};

/// What a person can do on an interruption panel.
#[derive(Debug, Clone, Default)]
pub struct PanelAction {
    /// What it does.
    pub text: String,
    /// Where it leads; without it, it is a button.
    pub href: String,
    /// `button` or `submit`; `button` with an address looks like a button.
    pub kind: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

/// The large statement of a confirmation page, with the number of the case; or an interruption.
#[derive(Debug, Clone, Default)]
pub struct Panel {
    /// What happened.
    pub title: Content,
    /// Number, code, promised date.
    pub body: Content,
    /// Level of the title; 0 is 1.
    pub heading_level: u8,
    /// Whether it interrupts instead of confirming.
    pub is_interruption: bool,
    /// Actions, on interruptions only.
    pub actions: Vec<PanelAction>,
    /// Classes of the actions.
    pub actions_classes: String,
    /// Attributes of the actions.
    pub actions_attributes: Attributes,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl Panel {
    /// A confirmation.
    pub fn new(title: impl Into<Content>, body: impl Into<Content>) -> Panel {
        Panel { title: title.into(), body: body.into(), ..Panel::default() }
    }

    fn action(&self, action: &PanelAction) -> Markup {
        if !action.href.is_empty() && action.kind != "button" {
            return Tag::new("a")
                .class(&["govuk-link", "govuk-link--inverse", &action.classes])
                .attr("href", &action.href)
                .attrs(&action.attributes)
                .wrap(&action.text);
        }
        Button {
            content: Content::from(&action.text),
            kind: if action.kind.is_empty() { "button".to_owned() } else { action.kind.clone() },
            classes: ids(&["govuk-button--inverse", &action.classes]),
            href: action.href.clone(),
            attributes: action.attributes.clone(),
            ..Button::default()
        }
        .render()
    }
}

impl Render for Panel {
    fn render(&self) -> Markup {
        let kind = if self.is_interruption { "govuk-panel--interruption" } else { "govuk-panel--confirmation" };
        Tag::new("div").class(&["govuk-panel", kind, &self.classes]).attrs(&self.attributes).wrap(html! {
            (Tag::heading(self.heading_level, 1).class(&["govuk-panel__title"]).wrap(&self.title))
            @if !self.body.is_empty() { div.govuk-panel__body { (self.body) } }
            @if self.is_interruption && !self.actions.is_empty() {
                (Tag::new("div").class(&["govuk-panel__actions", &self.actions_classes]).attrs(&self.actions_attributes).wrap(html! {
                    div.govuk-button-group { @for action in &self.actions { (self.action(action)) } }
                }))
            }
        })
    }
}
