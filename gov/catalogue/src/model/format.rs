//! 信息资源格式: kind and type.

use super::domain::domain;

domain! {
    /// 信息资源格式分类
    FormatKind {
        /// 电子文件
        Document = ("document", "1", "电子文件", "Document"),
        /// 电子表格
        Spreadsheet = ("spreadsheet", "2", "电子表格", "Spreadsheet"),
        /// 数据库
        Database = ("database", "3", "数据库", "Database"),
        /// 图形图像
        Image = ("image", "4", "图形图像", "Image"),
        /// 流媒体
        Media = ("media", "5", "流媒体", "Streaming media"),
        /// 自描述格式
        SelfDescribing = ("self-describing", "6", "自描述格式", "Self-describing format"),
        /// 服务接口
        Interface = ("interface", "7", "服务接口", "Interface"),
    }
}

impl FormatKind {
    /// The types that the guide lists; further ones are accepted for interfaces and self-describing formats.
    #[must_use]
    pub const fn types(self) -> &'static [&'static str] {
        match self {
            Self::Document => &["ofd", "wps", "xml", "txt", "doc", "docx", "html", "pdf", "ppt", "pptx"],
            Self::Spreadsheet => &["et", "xls", "xlsx", "csv"],
            Self::Database => &[
                "dm",
                "kingbasees",
                "access",
                "dbf",
                "dbase",
                "sysbase",
                "oracle",
                "sql server",
                "db2",
                "mysql",
                "postgresql",
                "gbase",
                "oceanbase",
                "opengauss",
            ],
            Self::Image => &["jpg", "gif", "bmp", "png", "tif"],
            Self::Media => &["swf", "rm", "mpg", "mp4"],
            Self::SelfDescribing | Self::Interface => &[],
        }
    }

    /// Whether a type belongs to the kind.
    #[must_use]
    pub fn has_type(self, name: &str) -> bool {
        let types = self.types();
        types.is_empty() || types.contains(&name.trim().to_lowercase().as_str())
    }

    /// The kind that a type belongs to.
    #[must_use]
    pub fn of_type(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        Self::ALL.iter().copied().find(|kind| kind.types().contains(&name.as_str()))
    }
}
