use maud::{Markup, Render, html};

use crate::components::Button;

/// Secondary actions under one button. It unfolds without script.
#[derive(Debug, Clone, Default)]
pub struct ButtonMenu {
    /// The word on the button.
    pub label: String,
    /// The actions. Buttons belong to the form around the menu.
    pub items: Vec<Button>,
}

impl ButtonMenu {
    /// A menu with a word and actions.
    pub fn new(label: impl Into<String>, items: Vec<Button>) -> ButtonMenu {
        ButtonMenu { label: label.into(), items }
    }
}

impl Render for ButtonMenu {
    fn render(&self) -> Markup {
        html! {
            details.zs-menu {
                summary.govuk-button.govuk-button--secondary.zs-menu__toggle { (self.label) }
                ul.zs-menu__list { @for item in &self.items { li { (item.clone().secondary()) } } }
            }
        }
    }
}
