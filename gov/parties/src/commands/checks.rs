//! What commands check before they look at anything else, and how they answer.

use crate::model::problem::Problem;
use i18n::Text;
use runner::{Halt, Refusal, Resource};
use store::StoreError;

/// The action under which persons, organs and posts are kept.
pub(super) const MANAGE: &str = "parties.manage";

pub(super) const NAME_CHARS_MAX: usize = 120;
pub(super) const TEXT_CHARS_MAX: usize = 500;
pub(super) const SLUG_CHARS_MAX: usize = 60;

/// Gathers what is wrong with the fields of a command, all at once.
#[derive(Debug, Default)]
pub(super) struct Checks {
    wrong: Vec<(String, Text)>,
}

impl Checks {
    pub fn new() -> Self {
        Self::default()
    }

    /// A text that must be there: trimmed, without control characters, not too long.
    pub fn text(&mut self, field: &str, value: &str, chars_max: usize) -> String {
        let value = value.trim();
        self.require(!value.is_empty(), field, "请填写这一项", "Fill this in");
        self.optional(field, value, chars_max)
    }

    /// A text that may be empty.
    pub fn optional(&mut self, field: &str, value: &str, chars_max: usize) -> String {
        let value = value.trim();
        let too_long = value.chars().count() > chars_max;
        self.require(!too_long, field, &format!("不能超过 {chars_max} 个字"), &format!("At most {chars_max} characters"));
        self.require(!value.chars().any(char::is_control), field, "不能含有换行等控制字符", "No line breaks or control characters");
        value.to_owned()
    }

    /// A text in both languages.
    pub fn bilingual(&mut self, field: &str, value: &Text, chars_max: usize) -> Text {
        Text::new(self.text(&format!("{field}.zh"), &value.zh, chars_max), self.text(&format!("{field}.en"), &value.en, chars_max))
    }

    /// A word for programs: small letters, digits and dashes.
    pub fn slug(&mut self, field: &str, value: &str) -> String {
        let is_slug = !value.is_empty()
            && value.len() <= SLUG_CHARS_MAX
            && value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !value.starts_with('-');
        self.require(is_slug, field, "应为小写字母、数字和短横线，不以短横线开头", "Small letters, digits and dashes, not beginning with a dash");
        value.to_owned()
    }

    /// A value read by a parser.
    pub fn parsed<T>(&mut self, field: &str, answer: Result<T, Problem>) -> Option<T> {
        match answer {
            Ok(value) => Some(value),
            Err(problem) => {
                self.wrong.push((field.to_owned(), problem.sentence));
                None
            }
        }
    }

    /// A condition of one field.
    pub fn require(&mut self, holds: bool, field: &str, zh: &str, en: &str) {
        if !holds {
            self.wrong.push((field.to_owned(), Text::new(zh, en)));
        }
    }

    /// The refusal that lists everything, or nothing.
    pub fn finish(self) -> Result<(), Halt> {
        if self.wrong.is_empty() {
            return Ok(());
        }
        let mut refusal = Refusal::new(
            "input-invalid",
            format!("有 {} 处填写需要改正。", self.wrong.len()),
            format!("{} field(s) need correction.", self.wrong.len()),
            "请按每一处的提示改正后重新提交。",
            "Correct the fields as their notes say and send again.",
        );
        for (field, sentence) in self.wrong {
            refusal = refusal.with_field(field, sentence.zh, sentence.en);
        }
        Err(refusal.into())
    }
}

/// A thing of a kind, in an organ's division.
pub(super) fn resource(kind: &str, id: &str) -> Resource {
    Resource { id: id.to_owned(), ..Resource::of(kind) }
}

/// Turns the violation of a named constraint into a refusal; everything else stays what it was.
pub(super) fn on_constraint(halt: Halt, name: &str, refusal: impl FnOnce() -> Refusal) -> Halt {
    match &halt {
        Halt::Fault(fault) => match fault.0.downcast_ref::<StoreError>() {
            Some(StoreError::Constraint { name: violated }) if violated == name => refusal().into(),
            Some(_) | None => halt,
        },
        Halt::Refused(_) => halt,
    }
}
