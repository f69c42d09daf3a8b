//! What somebody typed and what is wrong with it: a form is shown again with both, so that nothing typed is lost.

use axum::http::StatusCode;
use gate::PageError;
use i18n::Lang;
use maud::{Markup, html};
use runner::Refusal;
use ui::{ErrorMessage, ErrorSummary};

use crate::pages::shown;
use crate::say::Say;

/// Typed values and the errors at them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    values: Vec<(String, String)>,
    wrong: Vec<Wrong>,
}

/// One thing that is wrong: the id of the control and the sentence at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// Id of the control; empty when it belongs to none.
    pub control: String,
    /// The sentence.
    pub sentence: String,
}

impl Typed {
    /// What a form sent.
    pub(crate) fn from_pairs(pairs: &[(String, String)]) -> Self {
        let technical = |name: &str| matches!(name, "_csrf" | "_key");
        let values = pairs.iter().filter(|(name, _)| !technical(name)).cloned().collect();
        Self { values, wrong: Vec::new() }
    }

    /// The last value under a name; empty when there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.values.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.trim()).unwrap_or_default()
    }

    /// All values under a name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.values.iter().filter(|(known, _)| known == name).map(|(_, value)| value.trim().to_owned()).collect()
    }

    /// All pairs, to be carried along in hidden fields.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.values
    }

    /// Adds or replaces a value.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.retain(|(known, _)| known != name);
        self.values.push((name.to_owned(), value.into()));
    }

    /// Says what is wrong.
    pub(crate) fn blame(&mut self, control: impl Into<String>, sentence: impl Into<String>) {
        self.wrong.push(Wrong { control: control.into(), sentence: sentence.into() });
    }

    /// Says of each control that is empty what is wanted there.
    pub(crate) fn require(&mut self, needed: &[(&str, &str)]) {
        for (control, sentence) in needed {
            if self.get(control).is_empty() {
                self.blame(*control, *sentence);
            }
        }
    }

    /// Takes over a refusal: its fields, or its sentence at the control that the page names for its code.
    pub(crate) fn refuse(mut self, lang: Lang, refusal: &Refusal, control_of: impl Fn(&str) -> &'static str) -> Self {
        for field in &refusal.fields {
            let control = control_of(&field.field);
            let control = if control.is_empty() { field.field.as_str() } else { control };
            self.blame(control, lang.tell(field.zh.clone(), field.en.clone()));
        }
        if refusal.fields.is_empty() {
            let stop = lang.say("", " ");
            let sentence = format!("{}{stop}{}", refusal.sentence.get(lang), refusal.next_step.get(lang));
            let basis =
                if refusal.basis.is_empty() { String::new() } else { lang.tell(format!("（{}）", refusal.basis), format!(" ({})", refusal.basis)) };
            self.blame(control_of(&refusal.code), format!("{sentence}{basis}"));
        }
        self
    }

    /// What came of a command that was refused: the status of the answer, and the form with what is wrong.
    ///
    /// # Errors
    /// What is no refusal of what was typed, as a page of its own.
    pub(crate) fn refused(self, lang: Lang, error: PageError, control_of: impl Fn(&str) -> &'static str) -> Result<(StatusCode, Self), PageError> {
        let refusal = shown(error)?;
        Ok((gate::status_of(&refusal), self.refuse(lang, &refusal, control_of)))
    }

    /// Whether something is wrong.
    pub(crate) fn has_errors(&self) -> bool {
        !self.wrong.is_empty()
    }

    /// The error at a control.
    pub(crate) fn error(&self, lang: Lang, control: &str) -> Option<ErrorMessage> {
        self.wrong.iter().find(|wrong| wrong.control == control).map(|wrong| ErrorMessage::new(lang, wrong.sentence.as_str()))
    }

    /// The summary of all errors; nothing without errors.
    pub(crate) fn summary(&self, lang: Lang) -> Markup {
        let all = self.wrong.iter().fold(ErrorSummary::new(lang), |all, wrong| all.error(&wrong.control, wrong.sentence.as_str()));
        html! { @if self.has_errors() { (all) } }
    }
}

/// A day typed into one box as `2026-03-02`; `None` and a sentence when it is none.
pub(crate) fn day(typed: &mut Typed, lang: Lang, name: &str, label: &str) -> Option<clock::Date> {
    let text = typed.get(name).to_owned();
    match text.parse() {
        Ok(day) => Some(day),
        Err(_) if text.is_empty() => {
            typed.blame(name, lang.tell(format!("请填写{label}。"), format!("Enter the date: {label}.")));
            None
        }
        Err(_) => {
            typed.blame(name, lang.tell(format!("{label}请按“2026-03-02”的格式填写。"), format!("{label}: write the date as 2026-03-02.")));
            None
        }
    }
}

/// A whole number of days; `None` and a sentence when it is none.
pub(crate) fn count(typed: &mut Typed, lang: Lang, name: &str) -> Option<u32> {
    whole(typed, name, lang.say("请填写整数天数。", "Enter a whole number of days."))
}

/// A whole number; `None` and a sentence when it is none.
pub(crate) fn number(typed: &mut Typed, lang: Lang, name: &str) -> Option<u32> {
    whole(typed, name, lang.say("请填写整数。", "Enter a whole number."))
}

fn whole(typed: &mut Typed, name: &str, sentence: &'static str) -> Option<u32> {
    let found = typed.get(name).parse().ok();
    if found.is_none() {
        typed.blame(name, sentence);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_lands_at_its_control_and_keeps_what_was_typed() {
        let typed = Typed::from_pairs(&[("_csrf".into(), "x".into()), ("opinion".into(), " 缺少租赁合同 ".into())]);
        let typed = typed.refuse(Lang::ZhHans, &cases::model::refusals::basis_missing(), |code| if code == "basis-missing" { "basis" } else { "" });
        assert_eq!(typed.get("opinion"), "缺少租赁合同");
        assert_eq!(typed.pairs().len(), 1);
        assert!(typed.error(Lang::ZhHans, "basis").is_some() && typed.error(Lang::ZhHans, "opinion").is_none());
        assert!(typed.summary(Lang::ZhHans).0.contains("行政许可法 第三十八条"));
    }

    #[test]
    fn dates_and_counts_are_read_or_blamed() {
        let mut typed = Typed::from_pairs(&[("from".into(), "2026-03-02".into()), ("until".into(), "明天".into()), ("days".into(), "-1".into())]);
        assert!(day(&mut typed, Lang::En, "from", "First day").is_some() && !typed.has_errors());
        assert!(day(&mut typed, Lang::En, "until", "Last day").is_none());
        assert!(count(&mut typed, Lang::En, "days").is_none());
        assert!(typed.error(Lang::En, "until").is_some() && typed.error(Lang::En, "days").is_some());
    }
}
