use i18n::Lang;
use maud::{Markup, Render, html};

use crate::components::field::field_setters;
use crate::components::i18n_attributes::text_attribute;
use crate::components::{Button, Field, Input};
use crate::html::{Attributes, Content, ids};
use crate::words;

/// The words of the show and hide button; the script's own English words are used where empty.
#[derive(Debug, Clone, Default)]
pub struct PasswordTexts {
    /// On the button while hidden.
    pub show: String,
    /// On the button while shown.
    pub hide: String,
    /// Name of the button while hidden.
    pub show_label: String,
    /// Name of the button while shown.
    pub hide_label: String,
    /// Said after showing.
    pub shown: String,
    /// Said after hiding.
    pub hidden: String,
}

impl PasswordTexts {
    /// The texts of a language.
    pub fn of(lang: Lang) -> PasswordTexts {
        match lang {
            Lang::En => PasswordTexts::default(),
            Lang::ZhHans => PasswordTexts {
                show: "显示".to_owned(),
                hide: "隐藏".to_owned(),
                show_label: "显示密码".to_owned(),
                hide_label: "隐藏密码".to_owned(),
                shown: "密码已显示".to_owned(),
                hidden: "密码已隐藏".to_owned(),
            },
        }
    }

    fn attributes(&self) -> Attributes {
        text_attribute(&self.show, "data-i18n.show-password")
            .join(&text_attribute(&self.hide, "data-i18n.hide-password"))
            .join(&text_attribute(&self.show_label, "data-i18n.show-password-aria-label"))
            .join(&text_attribute(&self.hide_label, "data-i18n.hide-password-aria-label"))
            .join(&text_attribute(&self.shown, "data-i18n.password-shown-announcement"))
            .join(&text_attribute(&self.hidden, "data-i18n.password-hidden-announcement"))
    }
}

/// A password, which script lets the person see.
#[derive(Debug, Clone, Default)]
pub struct PasswordInput {
    /// Name, label, hint, error.
    pub field: Field,
    /// The value. Never send a password back; for tests only.
    pub value: Option<String>,
    /// `current-password` (also where empty) or `new-password`.
    pub autocomplete: String,
    /// Language of the button.
    pub lang: Lang,
    /// The words of the button.
    pub texts: PasswordTexts,
}

impl PasswordInput {
    /// A password input with a name and a label.
    pub fn new(lang: Lang, name: impl Into<String>, label: impl Into<Content>) -> PasswordInput {
        PasswordInput { field: Field::new(name, label), lang, texts: PasswordTexts::of(lang), ..PasswordInput::default() }
    }

    /// Says that a new password is asked for.
    pub fn for_new_password(mut self) -> PasswordInput {
        self.autocomplete = "new-password".to_owned();
        self
    }

    fn button(&self) -> Markup {
        let or = |text: &str, word: &words::Word| if text.is_empty() { word.get(self.lang).to_owned() } else { text.to_owned() };
        Button {
            content: Content::Text(or(&self.texts.show, &words::SHOW)),
            kind: "button".to_owned(),
            classes: "govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle".to_owned(),
            attributes: Attributes::none()
                .with("aria-controls", self.field.control_id())
                .with("aria-label", or(&self.texts.show_label, &words::SHOW_PASSWORD))
                .flag("hidden"),
            ..Button::default()
        }
        .render()
    }
}

field_setters!(PasswordInput);

impl Render for PasswordInput {
    fn render(&self) -> Markup {
        let mut field = self.field.clone();
        field.classes = ids(&["govuk-password-input__input", "govuk-js-password-input-input", &self.field.classes]);
        field.form_group.classes = ids(&["govuk-password-input", &self.field.form_group.classes]);
        field.form_group.attributes =
            Attributes::none().with("data-module", "govuk-password-input").join(&self.texts.attributes()).join(&self.field.form_group.attributes);
        field.form_group.after = Content::Html(html! { (self.button()) (self.field.form_group.after) });
        Input {
            field,
            value: self.value.clone(),
            kind: "password".to_owned(),
            spellcheck: Some(false),
            autocapitalize: "none".to_owned(),
            autocomplete: if self.autocomplete.is_empty() { "current-password".to_owned() } else { self.autocomplete.clone() },
            wrapper_classes: "govuk-password-input__wrapper".to_owned(),
            ..Input::default()
        }
        .render()
    }
}
