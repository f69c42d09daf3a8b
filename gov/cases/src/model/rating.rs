//! 好差评: five levels and the national tags.

use i18n::Text;
use serde::{Deserialize, Serialize};

/// How satisfied. Stored as a word: GB/T 39046 codes 1 as the best, the evaluators' interface 5, so numbers exist at the edges only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RatingLevel {
    /// 非常满意.
    VerySatisfied,
    /// 满意.
    Satisfied,
    /// 基本满意.
    FairlySatisfied,
    /// 不满意.
    Dissatisfied,
    /// 非常不满意.
    VeryDissatisfied,
}

impl RatingLevel {
    /// From best to worst.
    pub const ALL: [Self; 5] = [Self::VerySatisfied, Self::Satisfied, Self::FairlySatisfied, Self::Dissatisfied, Self::VeryDissatisfied];

    /// As stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::VerySatisfied => "very-satisfied",
            Self::Satisfied => "satisfied",
            Self::FairlySatisfied => "fairly-satisfied",
            Self::Dissatisfied => "dissatisfied",
            Self::VeryDissatisfied => "very-dissatisfied",
        }
    }

    /// Reads [`RatingLevel::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::VerySatisfied => Text::new("非常满意", "Very satisfied"),
            Self::Satisfied => Text::new("满意", "Satisfied"),
            Self::FairlySatisfied => Text::new("基本满意", "Fairly satisfied"),
            Self::Dissatisfied => Text::new("不满意", "Dissatisfied"),
            Self::VeryDissatisfied => Text::new("非常不满意", "Very dissatisfied"),
        }
    }

    /// Stars of the evaluators' interface: 5 is the best.
    #[must_use]
    pub const fn stars(self) -> u8 {
        match self {
            Self::VerySatisfied => 5,
            Self::Satisfied => 4,
            Self::FairlySatisfied => 3,
            Self::Dissatisfied => 2,
            Self::VeryDissatisfied => 1,
        }
    }

    /// Code of GB/T 39046-2020 A.8: 1 is the best.
    #[must_use]
    pub const fn gbt39046(self) -> u8 {
        6 - self.stars()
    }

    /// 差评: the two worst.
    #[must_use]
    pub const fn is_bad(self) -> bool {
        self.stars() <= 2
    }

    /// The national tags for this level.
    pub fn tags(self) -> impl Iterator<Item = &'static RatingTag> {
        let first = u16::from(self.stars());
        RATING_TAGS.iter().filter(move |tag| tag.code / 100 == first)
    }
}

/// One tag of the national list. The first digit of its code is the number of stars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatingTag {
    /// Code.
    pub code: u16,
    /// Chinese, as in the list.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

const fn tag(code: u16, zh: &'static str, en: &'static str) -> RatingTag {
    RatingTag { code, zh, en }
}

/// The tags of the evaluator protocol of the national platform.
pub const RATING_TAGS: &[RatingTag] = &[
    tag(510, "一窗受理一次办结", "One counter, done at once"),
    tag(511, "可以先受理后补材料", "Accepted first, materials later"),
    tag(512, "不用提交证明", "No certificates demanded"),
    tag(513, "可以全程网上办理", "Entirely online"),
    tag(514, "可以使用手机办理", "Works on a phone"),
    tag(515, "可以就近办理", "Can be done nearby"),
    tag(516, "无需材料直接办理", "No materials needed"),
    tag(517, "服务热情效率高", "Friendly and efficient"),
    tag(406, "填写一张表单就可完成申报", "One form is enough"),
    tag(407, "在线提交材料窗口核验", "Materials online, checked at the counter"),
    tag(408, "一张清单告知全部申报材料", "One list names all materials"),
    tag(409, "用告知承诺减免申报材料", "A declaration replaces materials"),
    tag(410, "可以在线预约办理", "Appointment online"),
    tag(411, "跑大厅一次办完", "One visit was enough"),
    tag(412, "可以使用自助机办理", "Self-service machine"),
    tag(413, "服务态度较好", "Kind service"),
    tag(307, "一次性告知需要补正的材料", "All corrections told at once"),
    tag(308, "提供申报材料样本", "Samples were provided"),
    tag(309, "在承诺的时间内办结", "Done within the promised time"),
    tag(310, "办事指南指引准确", "The guide was right"),
    tag(311, "按办事指南要求的材料即可办理", "The materials of the guide were enough"),
    tag(312, "可以快递送达", "Delivered by post"),
    tag(313, "跑动次数与承诺的一致", "As many visits as promised"),
    tag(314, "服务态度一般", "Service was ordinary"),
    tag(207, "没有提供材料样本", "No samples were provided"),
    tag(208, "没有提供材料清单", "No list of materials"),
    tag(209, "未在承诺时间内办结", "Not done within the promised time"),
    tag(210, "同样内容的证明材料被要求多次提交", "The same proof was demanded again"),
    tag(211, "承诺网办但无法在线办理", "Promised online, but it did not work"),
    tag(212, "在线预约办理后到实体大厅重复取号排队", "Queued again in spite of an appointment"),
    tag(213, "窗口人员业务不熟练", "Staff did not know the work"),
    tag(214, "服务态度生硬", "Curt service"),
    tag(108, "在办事指南之外增加新的审批条件", "Conditions beyond the guide"),
    tag(109, "需提供办事指南之外的申报材料", "Materials beyond the guide"),
    tag(110, "无理由超过法定办理时间", "Beyond the statutory limit without reason"),
    tag(111, "办事指南提供样本有错", "The guide's sample was wrong"),
    tag(112, "承诺在线收取申报材料实际无法收取", "Materials could not be handed in online as promised"),
    tag(113, "多头跑窗口和部门", "Sent from counter to counter"),
    tag(114, "跑动次数与承诺的不一致", "More visits than promised"),
    tag(115, "服务态度差效率低", "Rude and slow"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_codings_are_opposite() {
        assert_eq!(RatingLevel::VerySatisfied.gbt39046(), 1);
        assert_eq!(RatingLevel::VerySatisfied.stars(), 5);
        assert_eq!(RatingLevel::VeryDissatisfied.gbt39046(), 5);
    }

    #[test]
    fn a_tag_belongs_to_the_stars_of_its_first_digit() {
        assert!(RatingLevel::Dissatisfied.tags().any(|tag| tag.code == 212));
        assert_eq!(RatingLevel::ALL.iter().map(|level| level.tags().count()).sum::<usize>(), RATING_TAGS.len());
        assert_eq!(RATING_TAGS.len(), 40);
    }
}
