//! A description that has everything, for tests.

use super::{
    ClassCode, Content, DataType, FormatKind, InformationItem, Level, OpenType, Opening, Relations, Secrecy, ShareMethod, ShareType, Sharing,
    Storage, UpdatePeriod,
};

pub(crate) fn sample() -> Content {
    Content {
        class: ClassCode::parse("303013").expect("a class"),
        name: "食品经营许可信息".into(),
        summary: "本县食品经营许可的核发、变更和注销情况。".into(),
        secrecy: Secrecy::Open,
        level: Level::Department,
        format: FormatKind::Database,
        format_type: "mysql".into(),
        items: vec![
            InformationItem::plain("jyzmc", "经营者名称", DataType::Text, Some(200)),
            InformationItem::plain("xkzbh", "许可证编号", DataType::Text, Some(32)),
            InformationItem::plain("fzrq", "发证日期", DataType::Date, None),
        ],
        sharing: Sharing { share_type: ShareType::Unconditional, condition: "无条件".into(), methods: vec![ShareMethod::Interface] },
        opening: Opening { open_type: OpenType::Closed, condition: String::new() },
        period: UpdatePeriod::Daily,
        domain: "市场监管".into(),
        storage: Storage { system: "食品经营许可系统".into(), ..Storage::default() },
        relations: Relations::default(),
    }
}
