//! Every number of the sharing of data, in one table, each with the article it rests on. A node may set its own.

use i18n::Text;
use serde::{Deserialize, Serialize};

/// 《政务数据共享条例》（国务院令第809号）, chapter on sharing and use.
const REGULATION: &str = "政务数据共享条例 第四章";
const LOCAL: &str = "本级政务数据主管部门规定";

/// How sure the number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Checked {
    /// Compared with the text in the gazette.
    Gazette,
    /// To be compared with the gazette before real use.
    ToBeCompared,
    /// Set by the node itself.
    Local,
}

/// A number of working days with its article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepLimit {
    /// Working days.
    pub workdays: u32,
    /// By how many working days at most it may be extended, once, with reasons; 0: not at all.
    pub extension_workdays_max: u32,
    /// Law and article.
    pub basis: String,
    /// How sure it is.
    pub checked: Checked,
}

/// All limits and bounds. Given to the runner as a service; the default is what the regulation says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// 主管部门符合性审查.
    pub compliance_check: StepLimit,
    /// 无条件共享: 答复.
    pub answer_unconditional: StepLimit,
    /// 有条件共享: 答复.
    pub answer_conditional: StepLimit,
    /// 同意后提供.
    pub provide: StepLimit,
    /// 需求清单: data that the catalogue does not have, 确认并编目共享.
    pub demand: StepLimit,
    /// 争议: 主管部门协调.
    pub coordinate: StepLimit,
    /// 争议: 本级人民政府决定.
    pub decide_dispute: StepLimit,
    /// Days a grant lasts at most, counted from the day it is made or extended.
    pub grant_days_max: u32,
    /// Fields of a grant.
    pub fields_max: u32,
    /// Calls a day when nothing else was asked for.
    pub quota_per_day: u32,
    /// Calls a day at most.
    pub quota_per_day_max: u32,
    /// Calls a minute.
    pub rate_per_minute: u32,
    /// Both sides see so many days ahead that a grant ends.
    pub expiry_notice_days: u32,
}

impl Default for Limits {
    fn default() -> Self {
        let national = |workdays, extension_workdays_max| StepLimit {
            workdays,
            extension_workdays_max,
            basis: REGULATION.into(),
            checked: Checked::ToBeCompared,
        };
        let local = |workdays| StepLimit { workdays, extension_workdays_max: 0, basis: LOCAL.into(), checked: Checked::Local };
        Self {
            compliance_check: local(2),
            answer_unconditional: national(1, 0),
            answer_conditional: national(10, 10),
            provide: national(20, 0),
            demand: local(15),
            coordinate: local(10),
            decide_dispute: local(10),
            grant_days_max: 1_096,
            fields_max: 100,
            quota_per_day: 1_000,
            quota_per_day_max: 1_000_000,
            rate_per_minute: 60,
            expiry_notice_days: 30,
        }
    }
}

impl Limits {
    /// The steps in the order of a request, in words.
    #[must_use]
    pub fn steps(&self) -> Vec<(Text, &StepLimit)> {
        vec![
            (Text::new("符合性审查", "Compliance check"), &self.compliance_check),
            (Text::new("无条件共享的答复", "Answer, unconditional sharing"), &self.answer_unconditional),
            (Text::new("有条件共享的答复", "Answer, conditional sharing"), &self.answer_conditional),
            (Text::new("同意后提供数据", "Provide after agreeing"), &self.provide),
            (Text::new("目录外需求的确认", "Answer to a demand outside the catalogue"), &self.demand),
            (Text::new("争议协调", "Coordination of a dispute"), &self.coordinate),
            (Text::new("争议决定", "Decision of a dispute"), &self.decide_dispute),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_a_limit_and_a_basis() {
        let limits = Limits::default();
        for (name, step) in limits.steps() {
            assert!(step.workdays > 0 && !step.basis.is_empty() && !name.is_incomplete(), "{name:?}");
        }
    }
}
