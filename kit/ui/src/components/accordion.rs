use i18n::Lang;
use maud::{Markup, Render, html};

use crate::components::i18n_attributes::text_attribute;
use crate::html::{Attributes, Content, Tag};

/// One section of an accordion.
#[derive(Debug, Clone, Default)]
pub struct AccordionSection {
    /// Heading.
    pub heading: Content,
    /// A line under the heading.
    pub summary: Content,
    /// What it unfolds; plain text becomes a paragraph.
    pub body: Content,
    /// Whether it starts unfolded.
    pub is_expanded: bool,
}

/// The words of the buttons; the script's own English words are used where empty.
#[derive(Debug, Clone, Default)]
pub struct AccordionTexts {
    /// Hide all sections.
    pub hide_all: String,
    /// Show all sections.
    pub show_all: String,
    /// Hide.
    pub hide: String,
    /// Name of the hide button.
    pub hide_label: String,
    /// Show.
    pub show: String,
    /// Name of the show button.
    pub show_label: String,
}

impl AccordionTexts {
    /// The texts of a language.
    pub fn of(lang: Lang) -> AccordionTexts {
        match lang {
            Lang::En => AccordionTexts::default(),
            Lang::ZhHans => AccordionTexts {
                hide_all: "全部收起".to_owned(),
                show_all: "全部展开".to_owned(),
                hide: "收起".to_owned(),
                hide_label: "收起本节".to_owned(),
                show: "展开".to_owned(),
                show_label: "展开本节".to_owned(),
            },
        }
    }

    fn attributes(&self) -> Attributes {
        text_attribute(&self.hide_all, "data-i18n.hide-all-sections")
            .join(&text_attribute(&self.hide, "data-i18n.hide-section"))
            .join(&text_attribute(&self.hide_label, "data-i18n.hide-section-aria-label"))
            .join(&text_attribute(&self.show_all, "data-i18n.show-all-sections"))
            .join(&text_attribute(&self.show, "data-i18n.show-section"))
            .join(&text_attribute(&self.show_label, "data-i18n.show-section-aria-label"))
    }
}

/// Sections that script folds; without it all are open.
#[derive(Debug, Clone, Default)]
pub struct Accordion {
    /// Id, from which the ids of the parts are made. It must be unique in the site if the state is remembered.
    pub id: String,
    /// The sections.
    pub sections: Vec<AccordionSection>,
    /// Level of the headings; 0 is 2.
    pub heading_level: u8,
    /// Whether the browser remembers what was open.
    pub remembers_expanded: Option<bool>,
    /// The words of the buttons.
    pub texts: AccordionTexts,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl Accordion {
    /// An accordion with an id and sections.
    pub fn new(lang: Lang, id: impl Into<String>, sections: Vec<AccordionSection>) -> Accordion {
        Accordion { id: id.into(), sections, texts: AccordionTexts::of(lang), ..Accordion::default() }
    }

    fn section(&self, number: usize, section: &AccordionSection) -> Markup {
        let id = &self.id;
        let expanded = if section.is_expanded { "govuk-accordion__section--expanded" } else { "" };
        Tag::new("div").class(&["govuk-accordion__section", expanded]).wrap(html! {
            div.govuk-accordion__section-header {
                (Tag::heading(self.heading_level, 2).class(&["govuk-accordion__section-heading"]).wrap(html! {
                    span.govuk-accordion__section-button id=(format!("{id}-heading-{number}")) { (section.heading) }
                }))
                @if !section.summary.is_empty() {
                    div.govuk-accordion__section-summary.govuk-body id=(format!("{id}-summary-{number}")) { (section.summary) }
                }
            }
            div.govuk-accordion__section-content id=(format!("{id}-content-{number}")) {
                @if let Content::Text(text) = &section.body { p.govuk-body { (text) } } @else { (section.body) }
            }
        })
    }
}

impl Render for Accordion {
    fn render(&self) -> Markup {
        Tag::new("div")
            .class(&["govuk-accordion", &self.classes])
            .attr("data-module", "govuk-accordion")
            .attr("id", &self.id)
            .attrs(&self.texts.attributes())
            .option("data-remember-expanded", self.remembers_expanded.map(|on| if on { "true" } else { "false" }))
            .attrs(&self.attributes)
            .wrap(html! {
                @for (index, section) in self.sections.iter().enumerate() { (self.section(index + 1, section)) }
            })
    }
}
