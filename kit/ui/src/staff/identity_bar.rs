use maud::{Markup, Render, html};

use crate::html::Content;

/// Whose case this is, at the top of a case file: number, applicant, state, and the actions on the whole.
#[derive(Debug, Clone, Default)]
pub struct IdentityBar {
    /// Who or what.
    pub title: Content,
    /// Facts beside the title: state, badge, traffic light.
    pub facts: Vec<Content>,
    /// Actions at the end.
    pub actions: Content,
}

impl Render for IdentityBar {
    fn render(&self) -> Markup {
        html! {
            div.moj-identity-bar {
                div.moj-identity-bar__container {
                    div.moj-identity-bar__details {
                        span.moj-identity-bar__title { (self.title) }
                        @for fact in &self.facts { span.zs-identity-bar__fact { (fact) } }
                    }
                    @if !self.actions.is_empty() { div.moj-identity-bar__actions { (self.actions) } }
                }
            }
        }
    }
}
