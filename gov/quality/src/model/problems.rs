//! What keeps a file of rules from being taken.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use i18n::Text;
use registers::{Declaration, FieldKind};

use super::rules::{Check, DIVISIONS, Rule, RuleSet};

const RULES_COUNT_MAX: usize = 100;

/// One problem: where, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProblem {
    /// The rule, or a name of the head of the file.
    pub place: String,
    /// What is wrong.
    pub sentence: Text,
}

struct Found(Vec<RuleProblem>);

impl Found {
    fn say(&mut self, place: &str, zh: impl Into<String>, en: impl Into<String>) {
        self.0.push(RuleProblem { place: place.to_owned(), sentence: Text::new(zh, en) });
    }
}

impl RuleSet {
    /// Everything that is wrong, beside the declarations of the registers.
    #[must_use]
    pub fn problems(&self, registers: &HashMap<String, Arc<Declaration>>) -> Vec<RuleProblem> {
        let mut found = Found(Vec::new());
        let Some(own) = registers.get(&self.register) else {
            found.say("register", "没有这个登记。", "There is no such register.");
            return found.0;
        };
        if self.rules.is_empty() || self.rules.len() > RULES_COUNT_MAX {
            found.say("rules", "规则应有1至100条。", "There must be 1 to 100 rules.");
        }
        let mut seen = HashSet::new();
        for rule in &self.rules {
            if !seen.insert(rule.slug.as_str()) {
                found.say(&rule.slug, "规则名称重复。", "There is another rule of this name.");
            }
            rule.check_head(&mut found);
            rule.check_fields(own, registers, &mut found);
        }
        found.0
    }
}

impl Rule {
    fn check_head(&self, found: &mut Found) {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.slug.is_empty() || !self.slug.chars().all(fits) {
            found.say(&self.slug, "名称只能由小写字母、数字和连字符组成。", "The name consists of small letters, digits and hyphens.");
        }
        if self.title.is_incomplete() {
            found.say(&self.slug, "中英文标题都要填写。", "Both languages of the title are needed.");
        }
        if self.weight == 0 || self.least_percent > 100 {
            found.say(&self.slug, "权重至少为1，最低合格率不超过100。", "The weight is at least 1, the least percent at most 100.");
        }
    }

    fn check_fields(&self, own: &Declaration, registers: &HashMap<String, Arc<Declaration>>, found: &mut Found) {
        let fields = self.check.fields();
        for name in fields.iter().filter(|name| own.field(name).is_none()) {
            found.say(&self.slug, format!("登记中没有字段“{name}”。"), format!("The register has no field {name}."));
        }
        match &self.check {
            Check::Present { fields, .. } | Check::Unique { fields } if fields.is_empty() => {
                found.say(&self.slug, "至少要写一个字段。", "At least one field is needed.");
            }
            Check::NotPast { field, .. } if own.field(field).is_some_and(|field| field.kind != FieldKind::Date) => {
                found.say(&self.slug, "这个字段不是日期。", "The field holds no day.");
            }
            Check::Reference { register, .. } if register == DIVISIONS => {}
            Check::Reference { register, .. } => match registers.get(register) {
                Some(other) if other.key.len() == 1 => {}
                Some(_) => found.say(&self.slug, "所引用的登记有组合主键。", "The other register has a key of several fields."),
                None => found.say(&self.slug, "没有所引用的登记。", "There is no such other register."),
            },
            Check::Agrees { register, by, fields } => match registers.get(register) {
                Some(other) => {
                    for name in fields.values().chain([&by.there]).filter(|name| other.field(name).is_none()) {
                        found.say(&self.slug, format!("对方登记中没有字段“{name}”。"), format!("The other register has no field {name}."));
                    }
                    if fields.is_empty() {
                        found.say(&self.slug, "至少要比对一个字段。", "At least one field must be compared.");
                    }
                }
                None => found.say(&self.slug, "没有所引用的登记。", "There is no such other register."),
            },
            Check::Declared { .. }
            | Check::Form { .. }
            | Check::Present { .. }
            | Check::Unique { .. }
            | Check::NotPast { .. }
            | Check::Fresh
            | Check::Readable => {}
        }
    }
}
