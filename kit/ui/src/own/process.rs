use maud::{Markup, Render, html};

/// One step of a published procedure (办理流程).
#[derive(Debug, Clone, Default)]
pub struct ProcessStep {
    /// Name of the step.
    pub name: String,
    /// The facts of the step, such as post, limit, standard, result: label and value.
    pub facts: Vec<(String, String)>,
}

/// The picture of a procedure: numbered steps, each with its facts.
#[derive(Debug, Clone, Default)]
pub struct ProcessTable {
    /// Name of the list.
    pub label: String,
    /// The steps in order.
    pub steps: Vec<ProcessStep>,
}

impl Render for ProcessTable {
    fn render(&self) -> Markup {
        html! {
            ol.zs-process aria-label=(self.label) {
                @for (index, step) in self.steps.iter().enumerate() {
                    li.zs-process__step {
                        span.zs-process__number aria-hidden="true" { (index + 1) }
                        div.zs-process__body {
                            p.zs-process__name { (step.name) }
                            @if !step.facts.is_empty() {
                                dl.zs-process__facts {
                                    @for (label, value) in &step.facts { div { dt { (label) } dd { (value) } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
