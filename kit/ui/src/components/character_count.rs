use i18n::Lang;
use maud::{Markup, Render, html};

use crate::components::field::field_setters;
use crate::components::i18n_attributes::text_attribute;
use crate::components::{CountText, Field, Hint, Textarea};
use crate::html::{Attributes, Content, ids};

/// What the script says about the remaining length; the script's own English words are used where `None`.
#[derive(Debug, Clone, Default)]
pub struct CharacterCountTexts {
    /// Below the limit, characters.
    pub characters_under: Option<CountText>,
    /// At the limit, characters.
    pub characters_at: String,
    /// Above the limit, characters.
    pub characters_over: Option<CountText>,
    /// Below the limit, words.
    pub words_under: Option<CountText>,
    /// At the limit, words.
    pub words_at: String,
    /// Above the limit, words.
    pub words_over: Option<CountText>,
    /// Shown without script; `%{count}` is the place of the limit.
    pub description: String,
}

impl CharacterCountTexts {
    /// The texts of a language.
    pub fn of(lang: Lang) -> CharacterCountTexts {
        match lang {
            Lang::En => CharacterCountTexts::default(),
            Lang::ZhHans => CharacterCountTexts {
                characters_under: Some(CountText::other("还可以输入 %{count} 个字")),
                characters_at: "已达到字数上限".to_owned(),
                characters_over: Some(CountText::other("超出 %{count} 个字，请删减")),
                words_under: Some(CountText::other("还可以输入 %{count} 个词")),
                words_at: "已达到词数上限".to_owned(),
                words_over: Some(CountText::other("超出 %{count} 个词，请删减")),
                description: "最多 %{count} 个字".to_owned(),
            },
        }
    }

    fn attributes(&self) -> Attributes {
        CountText::attributes(self.characters_under.as_ref(), "data-i18n.characters-under-limit.one", "data-i18n.characters-under-limit.other")
            .join(&text_attribute(&self.characters_at, "data-i18n.characters-at-limit"))
            .join(&CountText::attributes(
                self.characters_over.as_ref(),
                "data-i18n.characters-over-limit.one",
                "data-i18n.characters-over-limit.other",
            ))
            .join(&CountText::attributes(self.words_under.as_ref(), "data-i18n.words-under-limit.one", "data-i18n.words-under-limit.other"))
            .join(&text_attribute(&self.words_at, "data-i18n.words-at-limit"))
            .join(&CountText::attributes(self.words_over.as_ref(), "data-i18n.words-over-limit.one", "data-i18n.words-over-limit.other"))
    }
}

/// How the length of a text is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CountUnit {
    /// By the limit given: words where only `words_max` is set.
    #[default]
    Unstated,
    /// Characters as people see them; Chinese is always counted so.
    Characters,
    /// UTF-16 code units, as the `maxlength` attribute counts.
    Utf16Units,
    /// Words.
    Words,
}

/// A text of several lines with a stated limit, counted while typing where script runs.
#[derive(Debug, Clone, Default)]
pub struct CharacterCount {
    /// Name, label, hint, error.
    pub field: Field,
    /// The text typed.
    pub value: String,
    /// Height in lines; 0 is 5.
    pub rows: u16,
    /// Limit in characters.
    pub characters_max: Option<u32>,
    /// Limit in words.
    pub words_max: Option<u32>,
    /// What is counted.
    pub unit: CountUnit,
    /// Per cent of the limit from which the count is shown.
    pub threshold_percent: Option<u8>,
    /// Whether the spelling is checked.
    pub spellcheck: Option<bool>,
    /// The words of the count.
    pub texts: CharacterCountTexts,
    /// Extra classes of the count message.
    pub message_classes: String,
}

impl CharacterCount {
    /// A counted text with a name, a label and a limit in characters.
    pub fn new(lang: Lang, name: impl Into<String>, label: impl Into<Content>, characters_max: u32) -> CharacterCount {
        CharacterCount {
            field: Field::new(name, label),
            characters_max: Some(characters_max),
            unit: CountUnit::Characters,
            texts: CharacterCountTexts::of(lang),
            ..CharacterCount::default()
        }
    }

    /// Sets the text typed.
    pub fn value(mut self, value: impl Into<String>) -> CharacterCount {
        self.value = value.into();
        self
    }

    /// Sets the height in lines.
    pub fn rows(mut self, rows: u16) -> CharacterCount {
        self.rows = rows;
        self
    }

    fn counts_words(&self) -> bool {
        match self.unit {
            CountUnit::Words => true,
            CountUnit::Characters | CountUnit::Utf16Units => false,
            CountUnit::Unstated => self.words_max.is_some(),
        }
    }

    fn unit_name(&self) -> Option<&'static str> {
        match self.unit {
            CountUnit::Words => Some("words"),
            CountUnit::Characters => Some("characters"),
            CountUnit::Utf16Units => Some("length"),
            CountUnit::Unstated => self.words_max.map(|_| "words"),
        }
    }

    fn description(&self) -> Content {
        let Some(limit) = self.words_max.or(self.characters_max) else { return Content::Empty };
        let pattern = match (self.texts.description.as_str(), self.counts_words()) {
            ("", true) => "You can enter up to %{count} words",
            ("", false) => "You can enter up to %{count} characters",
            (text, _) => text,
        };
        Content::Text(pattern.replace("%{count}", &limit.to_string()))
    }

    fn group_attributes(&self) -> Attributes {
        let mut attributes = Attributes::none().with("data-module", "govuk-character-count");
        if let Some(limit) = self.characters_max {
            attributes = attributes.with("data-maxlength", limit.to_string());
        }
        if let Some(limit) = self.words_max {
            attributes = attributes.with("data-maxwords", limit.to_string());
        }
        if let Some(percent) = self.threshold_percent {
            attributes = attributes.with("data-threshold", percent.to_string());
        }
        if let Some(unit) = self.unit_name() {
            attributes = attributes.with("data-count-type", unit);
        }
        if self.words_max.is_none() && self.characters_max.is_none() {
            attributes = attributes.join(&text_attribute(&self.texts.description, "data-i18n.textarea-description.other"));
        }
        attributes.join(&self.texts.attributes()).join(&self.field.form_group.attributes)
    }
}

field_setters!(CharacterCount);

impl Render for CharacterCount {
    fn render(&self) -> Markup {
        let info_id = format!("{}-info", self.field.control_id());
        let message = Hint {
            id: info_id.clone(),
            content: self.description(),
            classes: ids(&["govuk-character-count__message", &self.message_classes]),
            attributes: Attributes::none(),
        };
        let mut field = self.field.clone();
        field.id = self.field.control_id().to_owned();
        field.described_by = info_id;
        field.classes = ids(&["govuk-js-character-count", &self.field.classes]);
        field.form_group.classes = ids(&["govuk-character-count", &self.field.form_group.classes]);
        field.form_group.attributes = self.group_attributes();
        field.form_group.after = Content::Html(html! { (message) (self.field.form_group.after) });
        Textarea { field, value: self.value.clone(), rows: self.rows, spellcheck: self.spellcheck, ..Textarea::default() }.render()
    }
}
