use maud::{Markup, Render, html};

use crate::html::{Attributes, Content, Tag};

/// A link that changes a row or acts on a card.
#[derive(Debug, Clone, Default)]
pub struct SummaryAction {
    /// The word, such as “change”.
    pub content: Content,
    /// Where it leads.
    pub href: String,
    /// What is changed, for screen readers.
    pub visually_hidden_text: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl SummaryAction {
    /// An action with a word, an address and what it acts on.
    pub fn new(content: impl Into<Content>, href: impl Into<String>, on: impl Into<String>) -> SummaryAction {
        SummaryAction { content: content.into(), href: href.into(), visually_hidden_text: on.into(), ..SummaryAction::default() }
    }
}

/// The actions of a row or a card.
#[derive(Debug, Clone, Default)]
pub struct SummaryActions {
    /// The links.
    pub items: Vec<SummaryAction>,
    /// Extra classes.
    pub classes: String,
}

/// A key and its value.
#[derive(Debug, Clone, Default)]
pub struct SummaryRow {
    /// What is asked.
    pub key: Content,
    /// Classes of the key.
    pub key_classes: String,
    /// What was answered.
    pub value: Content,
    /// Classes of the value.
    pub value_classes: String,
    /// Links; `Some` without links keeps the column's place.
    pub actions: Option<SummaryActions>,
    /// Extra classes.
    pub classes: String,
}

impl SummaryRow {
    /// A row without actions.
    pub fn new(key: impl Into<Content>, value: impl Into<Content>) -> SummaryRow {
        SummaryRow { key: key.into(), value: value.into(), ..SummaryRow::default() }
    }

    /// Adds an action.
    pub fn action(mut self, action: SummaryAction) -> SummaryRow {
        self.actions.get_or_insert_default().items.push(action);
        self
    }

    fn has_actions(&self) -> bool {
        self.actions.as_ref().is_some_and(|actions| !actions.items.is_empty())
    }
}

/// The card around a summary list.
#[derive(Debug, Clone, Default)]
pub struct SummaryCard {
    /// Title.
    pub title: Content,
    /// Classes of the title.
    pub title_classes: String,
    /// Level of the title; 0 is 2.
    pub heading_level: u8,
    /// Actions on the whole.
    pub actions: SummaryActions,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl SummaryCard {
    /// A card with a title.
    pub fn new(title: impl Into<Content>) -> SummaryCard {
        SummaryCard { title: title.into(), ..SummaryCard::default() }
    }

    fn wrap(&self, list: Markup) -> Markup {
        let actions = &self.actions;
        Tag::new("div").class(&["govuk-summary-card", &self.classes]).attrs(&self.attributes).wrap(html! {
            div.govuk-summary-card__title-wrapper {
                @if !self.title.is_empty() {
                    (Tag::heading(self.heading_level, 2).class(&["govuk-summary-card__title", &self.title_classes]).wrap(&self.title))
                }
                @match actions.items.as_slice() {
                    [] => {},
                    [one] => { (Tag::new("div").class(&["govuk-summary-card__actions", &actions.classes]).wrap(link(one, &self.title))) },
                    many => { (Tag::new("ul").class(&["govuk-summary-card__actions", &actions.classes]).wrap(html! {
                        @for action in many { li.govuk-summary-card__action { (link(action, &self.title)) } }
                    })) },
                }
            }
            div.govuk-summary-card__content { (list) }
        })
    }
}

/// Keys and values: the check-your-answers page, the facts of a case.
#[derive(Debug, Clone, Default)]
pub struct SummaryList {
    /// The rows.
    pub rows: Vec<SummaryRow>,
    /// The card around the list.
    pub card: Option<SummaryCard>,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl SummaryList {
    /// A list of rows.
    pub fn new(rows: Vec<SummaryRow>) -> SummaryList {
        SummaryList { rows, ..SummaryList::default() }
    }

    /// Puts the list into a card.
    pub fn card(mut self, card: SummaryCard) -> SummaryList {
        self.card = Some(card);
        self
    }

    fn row(&self, row: &SummaryRow, any_has_actions: bool) -> Markup {
        let no_actions = if any_has_actions && row.actions.is_none() { "govuk-summary-list__row--no-actions" } else { "" };
        let title = self.card.as_ref().map(|card| card.title.clone()).unwrap_or_default();
        Tag::new("div").class(&["govuk-summary-list__row", no_actions, &row.classes]).wrap(html! {
            (Tag::new("dt").class(&["govuk-summary-list__key", &row.key_classes]).wrap(&row.key))
            (Tag::new("dd").class(&["govuk-summary-list__value", &row.value_classes]).wrap(&row.value))
            @if let Some(actions) = &row.actions { @if !actions.items.is_empty() {
                (Tag::new("dd").class(&["govuk-summary-list__actions", &actions.classes]).wrap(html! {
                    @if let [one] = actions.items.as_slice() { (link(one, &title)) } @else {
                        ul.govuk-summary-list__actions-list {
                            @for action in &actions.items { li.govuk-summary-list__actions-list-item { (link(action, &title)) } }
                        }
                    }
                }))
            } }
        })
    }
}

impl Render for SummaryList {
    fn render(&self) -> Markup {
        let any_has_actions = self.rows.iter().any(SummaryRow::has_actions);
        let list = Tag::new("dl").class(&["govuk-summary-list", &self.classes]).attrs(&self.attributes).wrap(html! {
            @for row in &self.rows { (self.row(row, any_has_actions)) }
        });
        match &self.card {
            Some(card) => card.wrap(list),
            None => list,
        }
    }
}

fn link(action: &SummaryAction, card_title: &Content) -> Markup {
    let hidden = &action.visually_hidden_text;
    Tag::new("a").class(&["govuk-link", &action.classes]).attr("href", &action.href).attrs(&action.attributes).wrap(html! {
        (action.content)
        @if !hidden.is_empty() || !card_title.is_empty() {
            span.govuk-visually-hidden {
                @if !hidden.is_empty() { " " (hidden) }
                @if !card_title.is_empty() { " (" (card_title) ")" }
            }
        }
    })
}
