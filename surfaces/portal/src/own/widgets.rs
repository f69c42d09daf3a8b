//! A field of a form as a component of the page.

use std::collections::BTreeMap;

use forms::{Field, FieldProblem, Form, Kind, Widget};
use i18n::{Lang, Text};
use maud::{Markup, Render, html};
use serde_json::{Map, Value};
use ui::{CharacterCount, Checkboxes, Choice, Content, DateInput, ErrorMessage, Input, Label, Legend, Radios, Select, SelectItem};

use super::view::{Wrong, fill, t};

/// What stands in the boxes of a page, by the name of the box.
pub(super) type Boxes = BTreeMap<String, Vec<String>>;

/// The boxes that show these answers.
pub(super) fn boxes_of(form: &Form, answers: &Map<String, Value>) -> Boxes {
    let mut boxes = Boxes::new();
    for (name, value) in form.to_post(answers) {
        boxes.entry(name).or_default().push(value);
    }
    boxes
}

/// One field as it is to be asked.
pub(super) struct Asked<'a> {
    pub lang: Lang,
    pub field: &'a Field,
    pub boxes: &'a Boxes,
    pub problem: Option<&'a FieldProblem>,
    /// Where the value comes from, in words.
    pub source: Option<String>,
    /// Whether the field is the only question of its page and so its heading.
    pub is_heading: bool,
    /// Divisions to choose from: code and name.
    pub divisions: &'a [(String, Text)],
    /// What stands under a choice while it is chosen.
    pub under: Option<&'a dyn Fn(&str) -> Option<Markup>>,
}

/// The id of the control to which the error summary leads.
pub(super) fn control_id(field: &Field) -> String {
    if field.widget == Widget::Date { format!("{}-year", field.name) } else { field.name.clone() }
}

/// The problems of fields as the page says them.
pub(super) fn wrong_of(form: &Form, problems: &[FieldProblem], lang: Lang) -> Vec<Wrong> {
    let control = |problem: &FieldProblem| form.field(&problem.field).map_or_else(|| problem.field.clone(), control_id);
    problems.iter().map(|problem| Wrong::new(control(problem), problem.sentence(lang))).collect()
}

impl Asked<'_> {
    fn one(&self, name: &str) -> String {
        self.boxes.get(name).and_then(|values| values.last()).cloned().unwrap_or_default()
    }

    fn value(&self) -> String {
        self.one(&self.field.name)
    }

    fn title(&self) -> String {
        let title = self.field.title.get(self.lang);
        let says_so = title.contains("选填") || title.to_lowercase().contains("optional");
        if self.field.required || says_so { title.to_owned() } else { fill(self.lang, "form.optional", &[("title", title)]) }
    }

    fn label(&self) -> Label {
        if self.is_heading { Label::page_heading(self.title()) } else { Label::new(self.title()) }
    }

    fn legend(&self) -> Legend {
        if self.is_heading {
            Legend::page_heading(self.title())
        } else {
            Legend { classes: "govuk-fieldset__legend--s".into(), ..Legend::new(self.title()) }
        }
    }

    fn hint(&self) -> Content {
        let lang = self.lang;
        let hint = self.field.hint.as_ref().map(|hint| hint.get(lang));
        let purpose = self.field.purpose.as_ref().map(|purpose| fill(lang, "form.purpose", &[("purpose", purpose.get(lang))]));
        let because = self.field.asked_because.as_ref().map(|why| fill(lang, "form.asked-because", &[("why", why.get(lang))]));
        let source = self.source.as_deref();
        if hint.is_none() && purpose.is_none() && because.is_none() && source.is_none() {
            return Content::Empty;
        }
        Content::Html(html! {
            @if let Some(hint) = hint { div.zs-hint__line { (hint) } }
            @if let Some(purpose) = purpose { div.zs-hint__line { (purpose) } }
            @if let Some(because) = because { div.zs-hint__line { (because) } }
            @if let Some(source) = source { div.zs-hint__line.zs-hint__source { (source) } }
        })
    }

    fn error(&self) -> Option<ErrorMessage> {
        self.problem.map(|problem| ErrorMessage::new(self.lang, problem.sentence(self.lang)))
    }

    fn input(&self) -> Input {
        Input::new(self.field.name.as_str(), "").label(self.label()).hint(self.hint()).error(self.error()).value(self.value())
    }

    fn text(&self) -> Markup {
        match self.field.widget {
            Widget::Number if self.field.kind == Kind::Whole => self.input().inputmode("numeric").width(10).render(),
            Widget::Number => self.input().inputmode("decimal").width(10).render(),
            Widget::Money => self.input().inputmode("decimal").width(10).prefix("¥").render(),
            Widget::IdNumber | Widget::Uscc => Input { spellcheck: Some(false), ..self.input() }.autocomplete("off").width(20).render(),
            Widget::Mobile => Input { kind: "tel".into(), ..self.input() }.inputmode("tel").autocomplete("tel").width(20).render(),
            Widget::Address => self.input().autocomplete("street-address").render(),
            _ => self.input().render(),
        }
    }

    fn lines(&self) -> Markup {
        let characters_max = self.field.length_max.and_then(|length| u32::try_from(length).ok()).unwrap_or(1_000);
        CharacterCount::new(self.lang, self.field.name.as_str(), "", characters_max)
            .label(self.label())
            .hint(self.hint())
            .error(self.error())
            .value(self.value())
            .rows(4)
            .render()
    }

    fn date(&self) -> Markup {
        let part = |part: &str| self.one(&format!("{}-{part}", self.field.name));
        let whole = self.value();
        let (mut year, mut month, mut day) = (part("year"), part("month"), part("day"));
        if year.is_empty() && month.is_empty() && day.is_empty() && !whole.is_empty() {
            let mut parts = whole.splitn(3, '-').map(str::to_owned);
            (year, month, day) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        }
        DateInput::new(self.lang, self.field.name.as_str(), self.legend()).hint(self.hint()).error(self.error()).values(&year, &month, &day).render()
    }

    fn choice(&self, value: &str, label: &str) -> Choice {
        let choice = Choice::new(value, label);
        match self.under.and_then(|under| under(value)) {
            Some(fields) => choice.reveals(fields),
            None => choice,
        }
    }

    fn choices(&self) -> Vec<Choice> {
        self.field.choices.iter().map(|choice| self.choice(&choice.value, choice.label.get(self.lang))).collect()
    }

    fn radios(&self) -> Radios {
        Radios::new(self.field.name.as_str(), self.legend(), self.choices()).hint(self.hint()).error(self.error()).value(self.value())
    }

    fn yes_no(&self) -> Markup {
        let choice = |yes: bool| self.choice(if yes { "true" } else { "false" }, &self.field.display(&Value::Bool(yes), self.lang));
        Radios { items: vec![choice(true), choice(false)], ..self.radios() }.render()
    }

    fn checkboxes(&self) -> Markup {
        let values = self.boxes.get(&self.field.name).cloned().unwrap_or_default();
        Checkboxes::new(self.field.name.as_str(), self.legend(), self.choices()).hint(self.hint()).error(self.error()).values(values).render()
    }

    fn select(&self, items: Vec<SelectItem>) -> Markup {
        let first = SelectItem::new("", t(self.lang, "form.choose"));
        Select::new(self.field.name.as_str(), "", std::iter::once(first).chain(items).collect())
            .label(self.label())
            .hint(self.hint())
            .error(self.error())
            .value(self.value())
            .render()
    }

    /// The divisions of the node; a value from elsewhere stays and can be kept.
    fn division(&self) -> Markup {
        let value = self.value();
        let mut items: Vec<SelectItem> = self.divisions.iter().map(|(code, name)| SelectItem::new(code.as_str(), name.get(self.lang))).collect();
        if !value.is_empty() && self.divisions.iter().all(|(code, _)| *code != value) {
            items.push(SelectItem::new(value.as_str(), value.as_str()));
        }
        self.select(items)
    }
}

impl Render for Asked<'_> {
    fn render(&self) -> Markup {
        match self.field.widget {
            Widget::Text | Widget::Number | Widget::Money | Widget::IdNumber | Widget::Uscc | Widget::Mobile | Widget::Address => self.text(),
            Widget::Textarea => self.lines(),
            Widget::Date => self.date(),
            Widget::Radio => self.radios().render(),
            Widget::YesNo => self.yes_no(),
            Widget::Checkboxes => self.checkboxes(),
            Widget::Select => {
                let item = |choice: &forms::Choice| SelectItem::new(choice.value.as_str(), choice.label.get(self.lang));
                self.select(self.field.choices.iter().map(item).collect())
            }
            Widget::Division if self.divisions.is_empty() => self.text(),
            Widget::Division => self.division(),
        }
    }
}
