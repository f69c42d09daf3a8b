//! 信息项: one field of a resource.

use parties::MaskKind;
use serde::{Deserialize, Serialize};

use super::domain::domain;
use super::grade::{Grade, Personal};

domain! {
    /// 数据类型
    DataType {
        /// 字符型
        Text = ("text", "C", "字符型", "Text"),
        /// 数值型
        Number = ("number", "N", "数值型", "Number"),
        /// 货币型
        Money = ("money", "Y", "货币型", "Money"),
        /// 日期型
        Date = ("date", "D", "日期型", "Date"),
        /// 日期时间型
        Moment = ("moment", "T", "日期时间型", "Date and time"),
        /// 逻辑型
        Logical = ("logical", "L", "逻辑型", "Logical"),
        /// 备注型
        Memo = ("memo", "M", "备注型", "Memo"),
        /// 通用型
        General = ("general", "G", "通用型", "General"),
        /// 双精度型
        Double = ("double", "B", "双精度型", "Double precision"),
        /// 整型
        Integer = ("integer", "I", "整型", "Integer"),
        /// 浮点型
        Float = ("float", "F", "浮点型", "Floating point"),
    }
}

impl DataType {
    /// Whether a length must be said.
    #[must_use]
    pub const fn needs_length(self) -> bool {
        match self {
            Self::Text | Self::Number | Self::Money => true,
            Self::Date | Self::Moment | Self::Logical | Self::Memo | Self::General | Self::Double | Self::Integer | Self::Float => false,
        }
    }
}

/// 信息项
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationItem {
    /// 字段名: the name in the source, `xm`.
    pub name: String,
    /// 信息项名称: 姓名.
    pub title: String,
    /// 数据类型
    pub data_type: DataType,
    /// 数据长度, in characters or digits.
    pub length_max: Option<u32>,
    /// Whether it is about persons, as a person decided; `None` while nobody has.
    pub personal: Option<Personal>,
    /// 数据级别, as a person decided.
    pub grade: Option<Grade>,
    /// How it is shown to those who need not see it whole.
    pub mask: Option<MaskKind>,
}

impl InformationItem {
    /// An item nobody has graded yet.
    #[must_use]
    pub fn plain(name: impl Into<String>, title: impl Into<String>, data_type: DataType, length_max: Option<u32>) -> Self {
        Self { name: name.into(), title: title.into(), data_type, length_max, personal: None, grade: None, mask: None }
    }

    /// By what items of different departments are compared: the title without spaces and signs, else the name.
    #[must_use]
    pub fn key(&self) -> String {
        let folded = |text: &str| text.chars().map(super::fold).filter(|c| c.is_alphanumeric()).collect::<String>();
        let title = folded(&self.title);
        if title.is_empty() { folded(&self.name) } else { title }
    }
}
