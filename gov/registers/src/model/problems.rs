//! Whether a declaration can be kept: all that is wrong with it, at once.

use std::collections::HashSet;

use i18n::Text;
use serde::{Deserialize, Serialize};

use super::declaration::{Check, Declaration, Field, FieldKind, Grade, Origin};

const FIELDS_COUNT_MAX: usize = 200;
const NAME_LENGTH_MAX: usize = 64;
/// Parts of the name of a service of the exchange.
const SERVICE_PARTS: usize = 5;

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclarationProblem {
    /// The field, or a word of the declaration such as `key`.
    pub place: String,
    /// The sentence.
    pub sentence: Text,
}

impl Declaration {
    /// Everything that keeps it from being declared; empty when it can be.
    #[must_use]
    pub fn problems(&self) -> Vec<DeclarationProblem> {
        let mut found = Found(Vec::new());
        self.check_head(&mut found);
        self.check_key(&mut found);
        self.check_replaced(&mut found);
        let mut seen = HashSet::new();
        for field in &self.fields {
            if !seen.insert(field.name.as_str()) {
                found.say(&field.name, "字段名重复。", "There is another field of this name.");
            }
            self.check_field(field, &mut found);
            for check in &field.checks {
                self.check_check(field, check, &mut found);
            }
        }
        found.0
    }

    fn check_head(&self, found: &mut Found) {
        if !is_slug(&self.slug, '-') {
            found.say("slug", "名称只能由小写字母、数字和连字符组成。", "The name consists of small letters, digits and hyphens.");
        }
        for (place, text) in [("title", &self.title), ("summary", &self.summary)] {
            if text.is_incomplete() {
                found.say(place, "中英文都要填写。", "Both languages are needed.");
            }
        }
        for (place, text) in [("owner_duty", &self.owner_duty), ("basis", &self.basis)] {
            if text.trim().is_empty() {
                found.say(place, "不能为空。", "It must not be empty.");
            }
        }
        if let Origin::Exchange { service } = &self.origin
            && (service.split('/').count() != SERVICE_PARTS || service.split('/').any(str::is_empty))
        {
            found.say(
                "origin",
                "交换服务应写作“实例/类别/成员代码/子系统/服务”。",
                "The service of the exchange is instance/class/member/subsystem/service.",
            );
        }
        if self.fields.is_empty() || self.fields.len() > FIELDS_COUNT_MAX {
            found.say("fields", "字段应有1至200个。", "There must be 1 to 200 fields.");
        }
    }

    fn check_key(&self, found: &mut Found) {
        if self.key.is_empty() {
            found.say("key", "至少要有一个主键字段。", "At least one field must be the key.");
        }
        for name in &self.key {
            match self.field(name) {
                None => found.say("key", format!("没有名为“{name}”的字段。"), format!("There is no field {name}.")),
                Some(field) if !field.required => {
                    found.say(name, "主键字段必须是必填项。", "A field of the key must be required.");
                }
                Some(_) => {}
            }
        }
        let Some(subject) = &self.subject else {
            for field in self.fields.iter().filter(|field| field.personal) {
                found.say(&field.name, "含个人信息的登记必须用 subject 指明当事人。", "A register with personal information must name its subject.");
            }
            return;
        };
        let fits =
            |field: &Field| field.required && matches!(field.kind, FieldKind::IdentityNumber | FieldKind::UnifiedCode | FieldKind::PartyNumber);
        if !self.field(subject).is_some_and(fits) {
            found.say(
                "subject",
                "当事人字段应为必填的公民身份号码或统一社会信用代码。",
                "The subject must be a required field with an identity number or a unified code.",
            );
        }
    }

    fn check_replaced(&self, found: &mut Found) {
        for replaced in &self.replaces {
            if replaced.document.is_incomplete() || replaced.fields.is_empty() {
                found.say(
                    "replaces",
                    "替代的证明材料要写中英文名称和所用字段。",
                    "A document that is replaced needs its name in both languages and the fields that stand in for it.",
                );
            }
            for name in replaced.fields.iter().filter(|name| self.field(name).is_none()) {
                found.say("replaces", format!("没有名为“{name}”的字段。"), format!("There is no field {name}."));
            }
        }
    }

    fn check_field(&self, field: &Field, found: &mut Found) {
        let name = field.name.as_str();
        if !is_slug(name, '_') {
            found.say(name, "字段名只能由小写字母、数字和下划线组成。", "The name of a field consists of small letters, digits and underscores.");
        }
        if field.title.is_incomplete() {
            found.say(name, "字段名称的中英文都要填写。", "The title of the field is needed in both languages.");
        }
        if matches!(field.kind, FieldKind::IdentityNumber | FieldKind::PartyNumber) && !field.personal {
            found.say(name, "公民身份号码是个人信息。", "An identity number is personal information.");
        }
        if field.sensitive && !field.personal {
            found.say(name, "敏感个人信息首先是个人信息。", "Sensitive personal information is personal.");
        }
        if field.sensitive && field.grade < Grade::General3 {
            found.say(name, "敏感个人信息应不低于一般数据3级。", "Sensitive personal information is at least general data of level 3.");
        }
        if (field.kind == FieldKind::Code) == field.codes.is_empty() {
            found.say(name, "代码类字段须列出代码，其他字段不能列。", "A field of kind code lists its codes, and no other field does.");
        }
        let mut codes = HashSet::new();
        if field.codes.iter().any(|code| !codes.insert(&code.code) || code.title.is_incomplete()) {
            found.say(name, "代码重复，或名称缺少一种语言。", "A code stands twice, or its title lacks a language.");
        }
        let coarse = matches!(field.kind, FieldKind::Code | FieldKind::Division | FieldKind::Boolean);
        if field.statistic && !(field.personal && coarse && !field.sensitive) {
            found.say(
                name,
                "只有非敏感的代码、区划和是否类个人信息可以明文用于统计。",
                "Only codes, divisions and yes-or-no values that are personal and not sensitive may stay in the clear for figures.",
            );
        }
        if field.indexed && field.kind.is_ordered() && !field.personal && !field.at_least_zero() {
            found.say(name, "可检索的数值字段须有不小于零的下限。", "A number that can be searched needs a lower bound of zero or more.");
        }
        if field.indexed && field.kind == FieldKind::Decimal {
            found.say(name, "小数字段不能用于检索。", "Decimal numbers cannot be searched.");
        }
    }

    fn check_check(&self, field: &Field, check: &Check, found: &mut Found) {
        let number = matches!(field.kind, FieldKind::Integer | FieldKind::AmountFen);
        let of_kind = |name: &str, kind: FieldKind| self.field(name).is_some_and(|other| other.kind == kind);
        let fits = match check {
            Check::LengthMax { .. } => field.kind == FieldKind::Text,
            Check::AtLeast { .. } | Check::AtMost { .. } => number,
            Check::NotAfterToday => field.kind == FieldKind::Date,
            Check::NotBefore { field: other } => field.kind == FieldKind::Date && of_kind(other, FieldKind::Date),
            Check::AgreesWith { field: other } => {
                matches!(field.kind, FieldKind::Date | FieldKind::Code) && of_kind(other, FieldKind::IdentityNumber)
            }
        };
        if !fits {
            found.say(&field.name, "检查规则与字段类型不符。", "A check does not fit the kind of the field.");
        }
    }

    /// What of a new version would make the records that are there unreadable or unsealed.
    #[must_use]
    pub fn breaks(&self, before: &Self) -> Vec<DeclarationProblem> {
        let mut found = Found(Vec::new());
        for (place, same) in [("key", self.key == before.key), ("subject", self.subject == before.subject), ("origin", self.origin == before.origin)]
        {
            if !same {
                found.say(place, "已有记录的登记不能更改此项。", "A register with records cannot change this.");
            }
        }
        for old in &before.fields {
            match self.field(&old.name) {
                None => found.say(&old.name, "已有记录的字段不能删除。", "A field of a register with records cannot be dropped."),
                Some(new) if new.kind != old.kind || new.personal != old.personal || new.statistic != old.statistic || new.indexed != old.indexed => {
                    found.say(
                        &old.name,
                        "已有记录的字段不能更改类型、个人信息属性和检索方式。",
                        "The kind, the personal mark and the index of a field with values cannot be changed.",
                    );
                }
                Some(_) => {}
            }
        }
        for new in self.fields.iter().filter(|field| field.required && before.field(&field.name).is_none()) {
            found.say(&new.name, "新增字段不能立即设为必填。", "A new field cannot be required at once.");
        }
        found.0
    }
}

impl Field {
    fn at_least_zero(&self) -> bool {
        self.kind == FieldKind::Date || self.checks.iter().any(|check| matches!(check, Check::AtLeast { number } if *number >= 0))
    }
}

struct Found(Vec<DeclarationProblem>);

impl Found {
    fn say(&mut self, place: &str, zh: impl Into<String>, en: impl Into<String>) {
        self.0.push(DeclarationProblem { place: place.to_owned(), sentence: Text::new(zh, en) });
    }
}

fn is_slug(text: &str, joint: char) -> bool {
    let usable = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint;
    text.len() <= NAME_LENGTH_MAX && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(usable)
}
