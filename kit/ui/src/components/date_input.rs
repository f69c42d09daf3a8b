use i18n::Lang;
use maud::{Markup, Render, html};

use crate::components::group::group_setters;
use crate::components::{Field, Group, Input, Label, Legend};
use crate::html::{Attributes, Content, Tag, ids};
use crate::words;

/// What one box of a date input asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DatePart {
    /// Day of the month.
    Day,
    /// Month.
    Month,
    /// Year, four digits.
    Year,
    /// Something else; needs a name.
    #[default]
    Other,
}

impl DatePart {
    fn name(self) -> &'static str {
        match self {
            DatePart::Day => "day",
            DatePart::Month => "month",
            DatePart::Year => "year",
            DatePart::Other => "",
        }
    }

    fn label(self, lang: Lang) -> &'static str {
        match self {
            DatePart::Day => words::DAY.get(lang),
            DatePart::Month => words::MONTH.get(lang),
            DatePart::Year => words::YEAR.get(lang),
            DatePart::Other => "",
        }
    }

    fn width_class(self) -> &'static str {
        match self {
            DatePart::Year => "govuk-input--width-4",
            DatePart::Day | DatePart::Month | DatePart::Other => "govuk-input--width-2",
        }
    }
}

/// One box of a date input.
#[derive(Debug, Clone, Default)]
pub struct DateItem {
    /// What it asks for.
    pub part: DatePart,
    /// Name within the prefix; that of the part where empty.
    pub name: String,
    /// Label; that of the part where empty.
    pub label: String,
    /// The value typed.
    pub value: Option<String>,
    /// Whether this box is wrong. `None`: wrong when the date is wrong and no box says so.
    pub error: Option<bool>,
    /// An explicit id.
    pub id: String,
    /// The keyboard; `numeric` where empty.
    pub inputmode: String,
    /// What browsers may fill in, such as `bday-day`.
    pub autocomplete: String,
    /// A regular expression for the keyboard.
    pub pattern: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl DateItem {
    /// The box of a part.
    pub fn of(part: DatePart) -> DateItem {
        DateItem { part, ..DateItem::default() }
    }

    fn item_name(&self) -> &str {
        if self.name.is_empty() { self.part.name() } else { &self.name }
    }

    fn says_error(&self) -> bool {
        self.error == Some(true) || self.classes.contains("govuk-input--error")
    }
}

/// A date that the person knows, typed in three boxes.
#[derive(Debug, Clone, Default)]
pub struct DateInput {
    /// Language of the labels.
    pub lang: Lang,
    /// Question, hint, error. `id_prefix` is the id of the whole.
    pub group: Group,
    /// Prefix of the names: `born` gives `born-year`.
    pub name_prefix: String,
    /// The boxes, in order.
    pub items: Vec<DateItem>,
}

impl DateInput {
    /// Year, month, day (GB/T 7408) under the names `{name}-year`, `{name}-month`, `{name}-day`.
    pub fn new(lang: Lang, name: impl Into<String>, legend: Legend) -> DateInput {
        let name = name.into();
        DateInput {
            lang,
            group: Group { id_prefix: name.clone(), ..Group::new("", legend) },
            name_prefix: name,
            items: [DatePart::Year, DatePart::Month, DatePart::Day].map(DateItem::of).to_vec(),
        }
    }

    /// Sets the values typed: year, month, day.
    pub fn values(mut self, year: &str, month: &str, day: &str) -> DateInput {
        for item in &mut self.items {
            item.value = match item.part {
                DatePart::Year => Some(year.to_owned()),
                DatePart::Month => Some(month.to_owned()),
                DatePart::Day => Some(day.to_owned()),
                DatePart::Other => item.value.take(),
            };
        }
        self
    }

    /// Marks the parts that are wrong; without it an error marks all.
    pub fn wrong_parts(mut self, parts: &[DatePart]) -> DateInput {
        for item in &mut self.items {
            item.error = Some(parts.contains(&item.part));
        }
        self
    }

    /// The id of the first box, to which the error summary links.
    pub fn first_id(&self) -> String {
        self.items.first().map(|item| self.item_id(item)).unwrap_or_default()
    }

    fn item_id(&self, item: &DateItem) -> String {
        if item.id.is_empty() { format!("{}-{}", self.group.id_prefix, item.item_name()) } else { item.id.clone() }
    }

    fn item(&self, item: &DateItem, any_says_error: bool) -> Markup {
        let has_error = item.says_error() || (item.error != Some(false) && self.group.error.is_some() && !any_says_error);
        let error_class = if has_error && !item.classes.contains("govuk-input--error") { "govuk-input--error" } else { "" };
        let width_class = if item.classes.contains("govuk-input--width-") { "" } else { item.part.width_class() };
        let name = item.item_name();
        let label = if !item.label.is_empty() {
            item.label.clone()
        } else if item.part == DatePart::Other || !item.name.is_empty() {
            capitalised(name)
        } else {
            item.part.label(self.lang).to_owned()
        };
        let field = Field {
            name: if self.name_prefix.is_empty() { name.to_owned() } else { format!("{}-{name}", self.name_prefix) },
            id: self.item_id(item),
            label: Label { content: Content::Text(label), classes: "govuk-date-input__label".to_owned(), ..Label::default() },
            classes: ids(&["govuk-date-input__input", error_class, width_class, &item.classes]),
            attributes: item.attributes.clone(),
            ..Field::default()
        };
        let inputmode = if item.inputmode.is_empty() { "numeric".to_owned() } else { item.inputmode.clone() };
        let input = Input {
            field,
            value: item.value.clone(),
            inputmode,
            autocomplete: item.autocomplete.clone(),
            pattern: item.pattern.clone(),
            ..Input::default()
        };
        html! { div.govuk-date-input__item { (input) } }
    }
}

group_setters!(DateInput);

impl Render for DateInput {
    fn render(&self) -> Markup {
        let group = &self.group;
        let any_says_error = self.items.iter().any(DateItem::says_error);
        let controls =
            Tag::new("div").class(&["govuk-date-input", &group.classes]).attrs(&group.attributes).some("id", &group.id_prefix).wrap(html! {
                (group.form_group.before)
                @for item in &self.items { (self.item(item, any_says_error)) }
                (group.form_group.after)
            });
        group.wrap("group", controls)
    }
}

fn capitalised(name: &str) -> String {
    let mut characters = name.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters.flat_map(char::to_lowercase)).collect(),
        None => String::new(),
    }
}
