//! 共享属性 and 开放属性.

use serde::{Deserialize, Serialize};

use super::axes::ShareType;
use super::domain::domain;

domain! {
    /// 共享方式
    ShareMethod {
        /// 共享平台：服务接口
        Interface = ("interface", "11", "共享平台接口", "Interface of the platform"),
        /// 共享平台：库表
        Table = ("table", "12", "共享平台库表", "Table of the platform"),
        /// 共享平台：文件
        File = ("file", "13", "共享平台文件", "File of the platform"),
        /// 邮件
        Mail = ("mail", "21", "邮件", "Mail"),
        /// 拷盘
        Medium = ("medium", "22", "拷盘", "Storage medium"),
        /// 介质交换（纸质报表、电子文档等）
        Paper = ("paper", "23", "介质交换", "Paper and documents"),
    }
}

domain! {
    /// 开放类型 (无条件、有条件、不予开放)
    OpenType {
        /// 不予开放
        Closed = ("closed", "0", "不予开放", "Not open"),
        /// 无条件开放
        Open = ("open", "1", "无条件开放", "Open without conditions"),
        /// 有条件开放
        Conditional = ("conditional", "2", "有条件开放", "Open on conditions"),
    }
}

/// What others of the government get, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    /// 共享类型
    pub share_type: ShareType,
    /// 共享条件: `无条件`, the conditions, or the legal basis for not sharing.
    pub condition: String,
    /// 共享方式
    pub methods: Vec<ShareMethod>,
}

/// What the public gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// 开放类型
    pub open_type: OpenType,
    /// 开放条件
    pub condition: String,
}

impl Sharing {
    /// What the guide writes for a resource that everybody gets.
    pub const WITHOUT_CONDITION: &str = "无条件";
}

impl OpenType {
    /// 是否向社会开放: 1 yes, 0 no.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::Open | Self::Conditional => true,
            Self::Closed => false,
        }
    }
}
