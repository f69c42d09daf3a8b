//! The four axes by which the guide classifies a catalogue (编制指南 发改高技〔2017〕1272号): 资源属性, 涉密属性, 共享属性, 层级属性.

use super::domain::domain;

domain! {
    /// 资源属性, also 类: the first digit of the classification code.
    Tier {
        /// 基础信息资源
        Base = ("base", "1", "基础信息资源", "Base information"),
        /// 主题信息资源
        Theme = ("theme", "2", "主题信息资源", "Theme information"),
        /// 部门信息资源
        Department = ("department", "3", "部门信息资源", "Department information"),
    }
}

domain! {
    /// 涉密属性
    Secrecy {
        /// 非涉密
        Open = ("not-secret", "0", "非涉密政务信息资源", "Not secret"),
        /// 涉密
        Secret = ("secret", "1", "涉密政务信息资源", "Secret"),
    }
}

domain! {
    /// 共享类型
    ShareType {
        /// 无条件共享
        Unconditional = ("unconditional", "1", "无条件共享", "Shared without conditions"),
        /// 有条件共享
        Conditional = ("conditional", "2", "有条件共享", "Shared on conditions"),
        /// 不予共享
        NotShared = ("not-shared", "3", "不予共享", "Not shared"),
    }
}

domain! {
    /// 层级属性
    Level {
        /// 部门政务信息资源目录
        Department = ("department", "", "部门政务信息资源目录", "Catalogue of a department"),
        /// 地方政务信息资源目录
        Local = ("local", "", "地方政务信息资源目录", "Catalogue of a locality"),
        /// 国家政务信息资源目录
        National = ("national", "", "国家政务信息资源目录", "National catalogue"),
    }
}
