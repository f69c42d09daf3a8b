//! The catalogue of information resources.

use ::catalogue::queries::{Board, Facet, FacetValue, OrganFigures, ResourceRow, Version, Watched};
use ::catalogue::{Change, Content, Figure, NegativeEntry, Resource, Status};
use i18n::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{At, Words};

/// Which resources.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatalogueQuery {
    /// Words that must all occur in name, code, items, system or summary.
    pub(crate) q: Option<String>,
    /// 资源属性: `base`, `theme`, `department`.
    pub(crate) tier: Option<String>,
    /// 类 and 项 as three digits: `101`.
    pub(crate) branch: Option<String>,
    /// Only those of this organ.
    pub(crate) organ: Option<String>,
    /// `unconditional`, `conditional`, `not-shared`.
    pub(crate) share_type: Option<String>,
    /// `open`, `conditional`, `closed`.
    pub(crate) open_type: Option<String>,
    /// State of the newest version: `draft`, `registered`, `published` …
    pub(crate) status: Option<String>,
    /// `none`, `personal`, `sensitive`.
    pub(crate) personal: Option<String>,
    /// Only those whose data this register holds.
    pub(crate) register: Option<String>,
    /// Where the page starts: `next` of the page before.
    pub(crate) after: Option<String>,
    /// Resources of a page, 1 to 100.
    #[param(default = 20, maximum = 100)]
    pub(crate) page_size: Option<u32>,
}

/// A page of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CataloguePage {
    /// By fit when words were given, else the last changed first.
    pub(crate) resources: Vec<CatalogueRow>,
    /// How many fit in all.
    pub(crate) total: i64,
    /// How many by the values of each facet.
    pub(crate) facets: Vec<CatalogueFacet>,
    /// Where the next page starts.
    pub(crate) next: Option<String>,
}

/// One row of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CatalogueEntry)]
pub(crate) struct CatalogueRow {
    /// Identifier.
    pub(crate) id: String,
    /// 信息资源代码
    pub(crate) code: String,
    /// Name, as published where it is.
    pub(crate) name: String,
    /// Provider.
    pub(crate) organ: String,
    /// Its name.
    pub(crate) organ_name: String,
    /// 目录状态
    #[schema(value_type = String)]
    pub(crate) status: Status,
    /// Its code on the national platform: 0, 1, 2, 10, 19, 20, 22, 23, 29.
    pub(crate) status_code: &'static str,
    /// The version that others see.
    pub(crate) published_version: Option<i64>,
    /// 共享类型
    pub(crate) share_type: &'static str,
    /// 开放类型
    pub(crate) open_type: &'static str,
    /// 更新周期
    pub(crate) period: &'static str,
    /// Highest level of its items (GB/T 43697).
    pub(crate) grade: Option<&'static str>,
    /// Most personal of its items.
    pub(crate) personal: Option<&'static str>,
    /// Whether the data can be had through the platform.
    pub(crate) mounted: bool,
    /// Last update of the data.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) updated_on: Option<clock::Date>,
    /// Next update.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) update_due_on: Option<clock::Date>,
    /// Items.
    pub(crate) item_count: i64,
}

impl From<ResourceRow> for CatalogueRow {
    fn from(row: ResourceRow) -> Self {
        Self {
            id: row.id.to_string(),
            code: row.code,
            name: row.name,
            organ: row.organ.to_string(),
            organ_name: row.organ_name,
            status: row.status,
            status_code: row.status.code(),
            published_version: row.published_version,
            share_type: row.share_type.as_str(),
            open_type: row.open_type.as_str(),
            period: row.period.as_str(),
            grade: row.grade.map(::catalogue::Grade::as_str),
            personal: row.personal.map(::catalogue::Personal::as_str),
            mounted: row.mounted,
            updated_on: row.updated_on,
            update_due_on: row.update_due_on,
            item_count: row.item_count,
        }
    }
}

/// How many resources have the values of a facet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueFacet {
    /// `tier`, `branch`, `organ`, `share-type`, `status`.
    #[schema(value_type = String)]
    pub(crate) facet: Facet,
    /// The values, the most frequent first.
    pub(crate) values: Vec<CatalogueFacetValue>,
}

/// A value of a facet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueFacetValue {
    /// For the query.
    pub(crate) value: String,
    /// For people.
    #[schema(value_type = Words)]
    pub(crate) name: Text,
    /// How many resources.
    pub(crate) count: i64,
}

impl CatalogueFacet {
    pub(crate) fn of((facet, values): (Facet, Vec<FacetValue>)) -> Self {
        let value = |value: FacetValue| CatalogueFacetValue { value: value.value, name: value.name, count: value.count };
        Self { facet, values: values.into_iter().map(value).collect() }
    }
}

/// A resource with its description.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueResource {
    /// Identifier.
    pub(crate) id: String,
    /// 信息资源代码
    pub(crate) code: String,
    /// 信息资源提供方
    pub(crate) organ: String,
    /// Its name.
    pub(crate) organ_name: String,
    /// 信息资源提供方代码
    pub(crate) organ_code: String,
    /// 目录状态
    #[schema(value_type = String)]
    pub(crate) status: Status,
    /// The description: as published for others, as it stands for the provider and the data authority.
    pub(crate) content: ResourceContent,
    /// The version that others see.
    pub(crate) published_version: Option<i64>,
    /// 发布日期
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) published_on: Option<clock::Date>,
    /// Whether the data can be had through the platform.
    pub(crate) mounted: bool,
    /// Last update of the data.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) updated_on: Option<clock::Date>,
    /// Next update.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) update_due_on: Option<clock::Date>,
    /// What the authority said last; for the provider and the authority.
    pub(crate) remark: String,
    /// Version, for `If-Match`.
    pub(crate) version: i64,
}

impl CatalogueResource {
    pub(crate) fn of(resource: Resource, shown: &Content, working: bool) -> Self {
        Self {
            id: resource.id.to_string(),
            code: resource.code.to_string(),
            organ: resource.organ.to_string(),
            organ_name: resource.organ_name,
            organ_code: resource.organ_code,
            status: resource.status,
            content: ResourceContent::of(shown),
            published_version: resource.published_version,
            published_on: resource.published_on,
            mounted: resource.mounted,
            updated_on: resource.updated_on,
            update_due_on: resource.update_due_on,
            remark: if working { resource.remark } else { String::new() },
            version: resource.version,
        }
    }
}

/// The national metadata and what belongs to it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResourceContent {
    /// 信息资源分类码
    pub(crate) class: String,
    /// 信息资源名称
    pub(crate) name: String,
    /// 信息资源摘要
    pub(crate) summary: String,
    /// 涉密属性: `not-secret`, `secret`.
    pub(crate) secrecy: String,
    /// 层级属性: `department`, `local`, `national`.
    pub(crate) level: String,
    /// 信息资源格式: `document`, `spreadsheet`, `database`, `image`, `media`, `self-describing`, `interface`.
    pub(crate) format: String,
    /// Type of the format: `mysql`.
    pub(crate) format_type: String,
    /// 信息项
    pub(crate) items: Vec<ResourceItem>,
    /// 共享属性
    pub(crate) sharing: ResourceSharing,
    /// 开放属性
    pub(crate) opening: ResourceOpening,
    /// 更新周期: `live`, `daily`, `weekly`, `monthly`, `quarterly`, `yearly`, `irregular`.
    pub(crate) period: String,
    /// 服务领域
    pub(crate) domain: String,
    /// 存储情况
    pub(crate) storage: ResourceStorage,
    /// Relations.
    pub(crate) relations: ResourceRelations,
}

/// 信息项
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResourceItem {
    /// 字段名
    pub(crate) name: String,
    /// 信息项名称
    pub(crate) title: String,
    /// 数据类型: `text`, `number`, `money`, `date`, `moment`, `logical`, `memo`, `general`, `double`, `integer`, `float`.
    pub(crate) data_type: String,
    /// 数据长度
    pub(crate) length_max: Option<u32>,
    /// `none`, `personal`, `sensitive`; decided by a person.
    #[serde(default)]
    pub(crate) personal: Option<String>,
    /// 数据级别: `general-1` to `general-4`, `important`, `core`; decided by a person.
    #[serde(default)]
    pub(crate) grade: Option<String>,
    /// Mask: `name`, `id-number`, `mobile` …
    #[serde(default)]
    pub(crate) mask: Option<String>,
}

/// 共享属性
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResourceSharing {
    /// `unconditional`, `conditional`, `not-shared`.
    pub(crate) share_type: String,
    /// 共享条件
    pub(crate) condition: String,
    /// 共享方式: `interface`, `table`, `file`, `mail`, `medium`, `paper`.
    pub(crate) methods: Vec<String>,
}

/// 开放属性
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResourceOpening {
    /// `open`, `conditional`, `closed`.
    pub(crate) open_type: String,
    /// 开放条件
    pub(crate) condition: String,
}

/// 存储情况
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResourceStorage {
    /// 所属信息系统
    pub(crate) system: String,
    /// 存储位置
    pub(crate) place: String,
    /// 数据存储总量, mebibytes.
    pub(crate) size_mib: Option<i64>,
    /// 结构化记录总数
    pub(crate) records: Option<i64>,
    /// 已共享记录数
    pub(crate) records_shared: Option<i64>,
    /// 已开放记录数
    pub(crate) records_opened: Option<i64>,
    /// 系统实有信息项数
    pub(crate) system_items: Option<i64>,
}

/// Relations of a resource.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResourceRelations {
    /// 关联资源代码
    pub(crate) source_code: Option<String>,
    /// Slug of the register that holds the data.
    pub(crate) register: Option<String>,
    /// Slugs of procedure packages.
    pub(crate) procedures: Vec<String>,
    /// 法律法规依据
    pub(crate) basis: Vec<ResourceBasis>,
}

/// A law and its article.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResourceBasis {
    /// Name of the law.
    pub(crate) law: String,
    /// Article.
    pub(crate) article: String,
}

impl ResourceContent {
    /// The same words in both shapes; a test holds them together.
    pub(crate) fn of(content: &Content) -> Self {
        let text = |word: &str| word.to_owned();
        let (sharing, opening, storage, relations) = (&content.sharing, &content.opening, &content.storage, &content.relations);
        Self {
            class: content.class.to_string(),
            name: content.name.clone(),
            summary: content.summary.clone(),
            secrecy: text(content.secrecy.as_str()),
            level: text(content.level.as_str()),
            format: text(content.format.as_str()),
            format_type: content.format_type.clone(),
            items: content.items.iter().map(ResourceItem::of).collect(),
            sharing: ResourceSharing {
                share_type: text(sharing.share_type.as_str()),
                condition: sharing.condition.clone(),
                methods: sharing.methods.iter().map(|method| text(method.as_str())).collect(),
            },
            opening: ResourceOpening { open_type: text(opening.open_type.as_str()), condition: opening.condition.clone() },
            period: text(content.period.as_str()),
            domain: content.domain.clone(),
            storage: ResourceStorage {
                system: storage.system.clone(),
                place: storage.place.clone(),
                size_mib: storage.size_mib,
                records: storage.records,
                records_shared: storage.records_shared,
                records_opened: storage.records_opened,
                system_items: storage.system_items,
            },
            relations: ResourceRelations {
                source_code: relations.source_code.as_ref().map(ToString::to_string),
                register: relations.register.clone(),
                procedures: relations.procedures.clone(),
                basis: relations.basis.iter().map(|basis| ResourceBasis { law: basis.law.clone(), article: basis.article.clone() }).collect(),
            },
        }
    }

    /// The description, or what is no value of its domain.
    pub(crate) fn read(&self) -> Result<Content, String> {
        let value = serde_json::to_value(self).map_err(|error| error.to_string())?;
        serde_json::from_value(value).map_err(|error| error.to_string())
    }
}

impl ResourceItem {
    fn of(item: &::catalogue::InformationItem) -> Self {
        let mask = item.mask.and_then(|mask| serde_json::to_value(mask).ok()).and_then(|value| value.as_str().map(str::to_owned));
        Self {
            name: item.name.clone(),
            title: item.title.clone(),
            data_type: item.data_type.as_str().to_owned(),
            length_max: item.length_max,
            personal: item.personal.map(|personal| personal.as_str().to_owned()),
            grade: item.grade.map(|grade| grade.as_str().to_owned()),
            mask,
        }
    }
}

/// A resource to catalogue.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCatalogueResource {
    /// The provider.
    pub(crate) organ: String,
    /// The description.
    pub(crate) content: ResourceContent,
}

/// A new resource.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CataloguedResource {
    /// Identifier.
    pub(crate) id: String,
}

/// The state after a step.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueStatus {
    /// The state.
    #[schema(value_type = String)]
    pub(crate) status: Status,
}

/// A decision of the data authority.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatalogueReview {
    /// `approve`, `return`, `refuse`.
    #[schema(value_type = String)]
    pub(crate) verdict: ::catalogue::Verdict,
    /// Reasons; required unless it is approved.
    #[serde(default)]
    pub(crate) remark: String,
}

/// Why publication ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatalogueWithdrawal {
    /// The reason.
    pub(crate) reason: String,
}

/// An update of the data.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DataUpdate {
    /// When the data were updated.
    #[schema(value_type = String, format = Date)]
    pub(crate) updated_on: clock::Date,
    /// Whether they are mounted now.
    pub(crate) mounted: bool,
}

/// When the next update is due.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DataUpdateDue {
    /// The day; none without a fixed period.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) update_due_on: Option<clock::Date>,
}

/// Versions of a resource.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueVersions {
    /// The newest first.
    pub(crate) versions: Vec<CatalogueVersion>,
    /// What changed from `from` to `to`, where both were asked for.
    pub(crate) changes: Vec<CatalogueChange>,
}

/// A kept version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueVersion {
    /// Its number.
    pub(crate) version: i64,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) at: At,
}

impl From<Version> for CatalogueVersion {
    fn from(version: Version) -> Self {
        Self { version: version.number, at: At(version.at_ms) }
    }
}

/// One change.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueChange {
    /// The field.
    pub(crate) field: String,
    /// Its name.
    #[schema(value_type = Words)]
    pub(crate) label: Text,
    /// Before; empty for something new.
    #[schema(value_type = Words)]
    pub(crate) before: Text,
    /// After; empty for something gone.
    #[schema(value_type = Words)]
    pub(crate) after: Text,
}

impl From<Change> for CatalogueChange {
    fn from(change: Change) -> Self {
        Self { field: change.field, label: change.label, before: change.before, after: change.after }
    }
}

/// Which versions are compared.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct VersionsQuery {
    /// The earlier version.
    pub(crate) from: Option<i64>,
    /// The later version.
    pub(crate) to: Option<i64>,
}

/// What has to be brought up to date.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueMonitor {
    /// The longest overdue first, at most 200.
    pub(crate) resources: Vec<MonitoredResource>,
}

/// A resource that is due.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MonitoredResource {
    /// The resource.
    pub(crate) resource: CatalogueRow,
    /// `never-updated`, `due-soon`, `overdue`.
    pub(crate) freshness: &'static str,
    /// Working days since the due day; negative before it.
    pub(crate) late_workdays: i64,
}

impl From<Watched> for MonitoredResource {
    fn from(watched: Watched) -> Self {
        Self { freshness: watched.freshness.as_str(), late_workdays: watched.late_workdays, resource: watched.row.into() }
    }
}

/// The negative list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NegativeList {
    /// Approved entries, at most 500.
    pub(crate) entries: Vec<NegativeListEntry>,
}

/// An entry of the negative list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NegativeListEntry {
    /// Identifier.
    pub(crate) id: String,
    /// The resource.
    pub(crate) resource: String,
    /// Its provider.
    pub(crate) organ: String,
    /// `not-shared`, `not-open`.
    pub(crate) kind: &'static str,
    /// The law it rests on.
    pub(crate) law: String,
    /// Its article.
    pub(crate) article: String,
    /// The words of the article.
    pub(crate) quote: String,
    /// Number of the approval.
    pub(crate) approval: String,
    /// Day of the next look.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) review_on: Option<clock::Date>,
}

impl From<NegativeEntry> for NegativeListEntry {
    fn from(entry: NegativeEntry) -> Self {
        Self {
            id: entry.id.to_string(),
            resource: entry.resource.to_string(),
            organ: entry.organ.to_string(),
            kind: entry.kind.as_str(),
            law: entry.basis.law,
            article: entry.basis.article,
            quote: entry.quote,
            approval: entry.approval,
            review_on: entry.review_on,
        }
    }
}

/// The board of the chief data officer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DataBoard {
    /// When it was counted.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) at: At,
    /// All organs together.
    pub(crate) total: Vec<Indicator>,
    /// The best first.
    pub(crate) organs: Vec<OrganIndicators>,
}

/// The figures of an organ.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrganIndicators {
    /// The organ.
    pub(crate) organ: String,
    /// Its rank, where anything can be counted.
    pub(crate) rank: Option<u32>,
    /// Weighted mean, in percent.
    pub(crate) score: Option<f64>,
    /// Its figures.
    pub(crate) figures: Vec<Indicator>,
}

/// A figure with the two sides it is made of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Indicator {
    /// Which indicator.
    pub(crate) slug: String,
    /// Above the line.
    pub(crate) numerator: Option<f64>,
    /// Below the line.
    pub(crate) denominator: Option<f64>,
    /// In percent; none where nothing is to be counted.
    pub(crate) percent: Option<f64>,
}

impl From<Figure> for Indicator {
    fn from(figure: Figure) -> Self {
        Self { slug: figure.slug, numerator: figure.numerator, denominator: figure.denominator, percent: figure.percent }
    }
}

impl From<OrganFigures> for OrganIndicators {
    fn from(organ: OrganFigures) -> Self {
        let figures = organ.figures.into_iter().map(Indicator::from).collect();
        Self { organ: organ.organ.to_string(), rank: organ.rank, score: organ.score, figures }
    }
}

impl From<Board> for DataBoard {
    fn from(board: Board) -> Self {
        Self {
            at: At(board.at_ms),
            total: board.total.into_iter().map(Indicator::from).collect(),
            organs: board.organs.into_iter().map(OrganIndicators::from).collect(),
        }
    }
}
