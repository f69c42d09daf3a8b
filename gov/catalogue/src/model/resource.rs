//! 信息资源: one entry of the catalogue.

use clock::Date;
use parties::{DivisionCode, OrganId};
use serde::{Deserialize, Serialize};

use super::axes::{Level, Secrecy, Tier};
use super::classification::{ClassCode, ResourceCode};
use super::format::FormatKind;
use super::grade::{Grade, Personal};
use super::item::InformationItem;
use super::period::UpdatePeriod;
use super::sharing::{Opening, Sharing};
use super::status::Status;

ids::id_type! {
    /// 信息资源
    ResourceId, "resource"
}

/// 依据: the law or rule a resource, a refusal to share or an item of the negative list rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalBasis {
    /// Name of the law or rule.
    pub law: String,
    /// Article.
    pub article: String,
}

/// 存储情况, as the survey of information resources asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storage {
    /// 所属信息系统
    pub system: String,
    /// 存储位置
    pub place: String,
    /// 数据存储总量, in mebibytes.
    pub size_mib: Option<i64>,
    /// 结构化记录总数
    pub records: Option<i64>,
    /// 已共享记录数
    pub records_shared: Option<i64>,
    /// 已开放记录数
    pub records_opened: Option<i64>,
    /// 系统实有信息项数: how many fields the system really has.
    pub system_items: Option<i64>,
}

/// What else a resource belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relations {
    /// 关联资源代码: the source resource of items that are used again.
    pub source_code: Option<ResourceCode>,
    /// Slug of the register that holds the data on this node.
    pub register: Option<String>,
    /// Slugs of the procedure packages whose items make or use the data.
    pub procedures: Vec<String>,
    /// 法律法规依据 of collecting the data.
    pub basis: Vec<LegalBasis>,
}

/// What the provider writes: the national metadata and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// 信息资源分类
    pub class: ClassCode,
    /// 信息资源名称
    pub name: String,
    /// 信息资源摘要
    pub summary: String,
    /// 涉密属性
    pub secrecy: Secrecy,
    /// 层级属性
    pub level: Level,
    /// 信息资源格式：分类
    pub format: FormatKind,
    /// 信息资源格式：类型
    pub format_type: String,
    /// 信息项
    pub items: Vec<InformationItem>,
    /// 共享属性
    pub sharing: Sharing,
    /// 开放属性
    pub opening: Opening,
    /// 更新周期
    pub period: UpdatePeriod,
    /// 服务领域
    pub domain: String,
    /// 存储情况
    pub storage: Storage,
    /// Relations.
    pub relations: Relations,
}

impl Content {
    /// 资源属性
    #[must_use]
    pub fn tier(&self) -> Tier {
        self.class.tier()
    }

    /// The highest level of its items, as far as somebody decided.
    #[must_use]
    pub fn grade(&self) -> Option<Grade> {
        self.items.iter().filter_map(|item| item.grade).max()
    }

    /// What of it is most personal.
    #[must_use]
    pub fn personal(&self) -> Option<Personal> {
        self.items.iter().filter_map(|item| item.personal).max()
    }

    /// How many items nobody has graded yet.
    #[must_use]
    pub fn ungraded(&self) -> usize {
        self.items.iter().filter(|item| item.grade.is_none() || item.personal.is_none()).count()
    }
}

/// A resource with everything the catalogue knows about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// Identifier.
    pub id: ResourceId,
    /// 信息资源代码
    pub code: ResourceCode,
    /// 信息资源提供方
    pub organ: OrganId,
    /// Name of the provider.
    pub organ_name: String,
    /// 信息资源提供方代码
    pub organ_code: String,
    /// Division of the provider.
    pub division: DivisionCode,
    /// What the provider wrote last.
    pub content: Content,
    /// 目录状态
    pub status: Status,
    /// The version that others see; `None` when nothing is published.
    pub published_version: Option<i64>,
    /// 发布日期
    pub published_on: Option<Date>,
    /// Whether the data can be had through the platform (挂接).
    pub mounted: bool,
    /// When the data were last brought up to date.
    pub updated_on: Option<Date>,
    /// Until when the next update is in time.
    pub update_due_on: Option<Date>,
    /// Account that submitted what is under review.
    pub submitted_by: Option<String>,
    /// Until when the authority has to review it.
    pub review_due_on: Option<Date>,
    /// What the authority said last.
    pub remark: String,
    /// Last change, in milliseconds since 1970.
    pub changed_at_ms: i64,
    /// Version of its stream in the journal.
    pub version: i64,
}

impl Resource {
    /// As the authority sees it. Published ones are open to every organ: sensitivity 0.
    #[must_use]
    pub fn to_thing(&self) -> runner::Resource {
        runner::Resource {
            id: self.id.to_string(),
            organ: Some(self.organ.to_string()),
            division: Some(self.division.to_string()),
            post: Some(crate::OFFICER_POST.to_owned()),
            handlers: self.submitted_by.iter().cloned().collect(),
            sensitivity: if self.published_version.is_some() { 0 } else { 1 },
            ..runner::Resource::of("catalogue-resource")
        }
    }
}
