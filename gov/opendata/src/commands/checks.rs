//! What commands check before they look at anything else.

use catalogue::detect::stray_in;
use i18n::Text;
use runner::{Halt, Refusal};
use store::StoreError;

use crate::model::dataset::Metadata;
use crate::model::words::{self, Opening};

pub(super) const TITLE_CHARS_MAX: usize = 120;
pub(super) const NOTES_CHARS_MAX: usize = 8_000;
const TAGS_MAX: usize = 30;
const TAG_CHARS_MAX: usize = 60;
const SLUG_CHARS_MAX: usize = 100;
const EXTRAS_MAX: usize = 100;

/// Gathers what is wrong, all at once.
#[derive(Default)]
pub(super) struct Checks {
    wrong: Vec<(String, Text)>,
}

impl Checks {
    pub(super) fn require(&mut self, holds: bool, field: &str, zh: &str, en: &str) {
        if !holds {
            self.wrong.push((field.to_owned(), Text::new(zh, en)));
        }
    }

    /// A text that must be there, in Chinese at least.
    pub(super) fn text(&mut self, field: &str, text: &Text, chars_max: usize) {
        self.require(!text.zh.trim().is_empty(), &format!("{field}.zh"), "请填写这一项", "Fill this in");
        self.short(field, text, chars_max);
    }

    pub(super) fn short(&mut self, field: &str, text: &Text, chars_max: usize) {
        for (lang, value) in [("zh", &text.zh), ("en", &text.en)] {
            let fits = value.chars().count() <= chars_max && !value.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t');
            let (zh, en) =
                (format!("不能超过 {chars_max} 个字，不能含控制字符"), format!("At most {chars_max} characters, none of them a control character"));
            self.require(fits, &format!("{field}.{lang}"), &zh, &en);
        }
    }

    pub(super) fn slug(&mut self, field: &str, slug: &str) {
        let fits = (2..=SLUG_CHARS_MAX).contains(&slug.len())
            && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
            && !["new", "requests", "reuses", "developers", "following", "keys", "voices", "harvest"].contains(&slug);
        self.require(fits, field, "应为 2 到 100 个小写字母、数字、短横线或下划线", "2 to 100 small letters, digits, dashes or underscores");
    }

    pub(super) fn metadata(&mut self, metadata: &Metadata) {
        self.text("title", &metadata.title, TITLE_CHARS_MAX);
        self.text("notes", &metadata.notes, NOTES_CHARS_MAX);
        let known = |list: &[words::Word], code: &str| words::find(list, code).is_some();
        self.require(metadata.themes.iter().all(|code| known(&words::THEMES, code)), "themes", "没有这个主题", "There is no such theme");
        self.require(known(&words::LICENCES, &metadata.licence), "licence", "请选择许可", "Choose a licence");
        self.require(known(&words::PERIODS, &metadata.period), "period", "请选择更新周期", "Choose how often it is renewed");
        let tags = metadata.tags.len() <= TAGS_MAX && metadata.tags.iter().all(|tag| is_tag(tag));
        self.require(tags, "tags", "最多 30 个标签，每个 1 到 60 个字", "At most 30 tags of 1 to 60 characters");
        let ordered = metadata.from.zip(metadata.until).is_none_or(|(from, until)| from <= until);
        self.require(ordered, "until", "截止日期不能早于起始日期", "The last day cannot come before the first");
        let terms = metadata.opening == Opening::Unconditional || !metadata.terms.zh.trim().is_empty();
        self.require(terms, "terms", "有条件开放的，应当写明使用要求和安全保障", "Say how it may be used and how it must be kept");
        self.require(metadata.extras.len() <= EXTRAS_MAX, "extras", "附加项太多", "Too many extras");
        let words = [&metadata.title.zh, &metadata.title.en, &metadata.notes.zh, &metadata.notes.en];
        let personal = words.iter().any(|text| !stray_in(text).is_empty());
        self.require(!personal, "notes", "标题和说明里不能有个人信息", "Title and description must not hold personal data");
    }

    pub(super) fn finish(self) -> Result<(), Halt> {
        if self.wrong.is_empty() {
            return Ok(());
        }
        let count = self.wrong.len();
        let refusal = Refusal::new(
            "input-invalid",
            format!("有 {count} 处填写需要改正。"),
            format!("{count} field(s) need correction."),
            "请按每一处的提示改正后重新提交。",
            "Correct the fields as their notes say and send again.",
        );
        Err(self.wrong.into_iter().fold(refusal, |refusal, (field, sentence)| refusal.with_field(field, sentence.zh, sentence.en)).into())
    }
}

fn is_tag(tag: &str) -> bool {
    let count = tag.chars().count();
    (1..=TAG_CHARS_MAX).contains(&count) && tag.trim() == tag && !tag.chars().any(|c| c.is_control() || matches!(c, ',' | '"'))
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
