//! Service items.

use i18n::Text;
use procedure::{Item, Package, PackageVersion};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use super::*;

/// Which items.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemQuery {
    /// What people type: `奶茶店`. With it the answer is in the order of relevance.
    pub(crate) q: Option<String>,
    /// Only items for `person` or for `legal` persons.
    pub(crate) audience: Option<String>,
    /// Only items of a theme: `person-030`, `legal-005`.
    pub(crate) theme: Option<String>,
    /// Only items of a life event: `open-a-shop`.
    pub(crate) life_event: Option<String>,
    /// How many to pass over.
    #[param(default = 0, maximum = 10000)]
    pub(crate) offset: Option<usize>,
    /// Items on a page, 1 to 100.
    #[param(default = 20, maximum = 100)]
    pub(crate) page_size: Option<usize>,
}

/// Items.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ItemPage {
    /// How many there are in all.
    pub(crate) total: usize,
    /// This page.
    pub(crate) items: Vec<ItemSummary>,
}

/// A service item in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ItemSummary {
    /// Identifier in addresses.
    pub(crate) slug: String,
    /// 事项名称.
    #[schema(value_type = Words)]
    pub(crate) name: Text,
    /// Who needs it and what they get.
    #[schema(value_type = Words)]
    pub(crate) summary: Text,
    /// 事项类型, GB/T 39046-2020 A.1.
    #[serde(rename = "type")]
    pub(crate) item_type: Coded,
    /// 服务对象, A.4.
    pub(crate) audience: Vec<Coded>,
    /// 办件类型, A.6.
    pub(crate) handling: Coded,
    /// 承诺办结时限.
    pub(crate) promised: LimitOf,
    /// 面向自然人主题分类.
    pub(crate) themes_person: Vec<Coded>,
    /// 面向法人主题分类.
    pub(crate) themes_legal: Vec<Coded>,
    /// Life events.
    pub(crate) life_events: Vec<Coded>,
    /// Whether one can apply for it (依申请).
    pub(crate) on_application: bool,
}

impl From<&Item> for ItemSummary {
    fn from(item: &Item) -> Self {
        Self {
            slug: item.slug.clone(),
            name: item.name.clone(),
            summary: item.summary.clone(),
            item_type: Coded::of(item.item_type),
            audience: Coded::list(&item.audience),
            handling: Coded::of(item.handling),
            promised: (&item.limits.promised).into(),
            themes_person: Coded::list(&item.themes_person),
            themes_legal: Coded::list(&item.themes_legal),
            life_events: Coded::list(&item.life_events),
            on_application: item.on_application(),
        }
    }
}

/// The implementation list (实施清单) of an item.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ItemDetail {
    #[serde(flatten)]
    pub(crate) summary: ItemSummary,
    /// 基本编码.
    pub(crate) basic_code: String,
    /// 实施编码, where an organ of the division implements it.
    pub(crate) implementation_code: Option<String>,
    /// The organ that implements it.
    pub(crate) organ: Option<OrganBrief>,
    /// 行使层级.
    pub(crate) level: Coded,
    /// 权力来源.
    pub(crate) power_source: Option<Coded>,
    /// 办理形式.
    pub(crate) channels: Vec<Coded>,
    /// 网上办理深度.
    pub(crate) online_depth: Coded,
    /// 到办事现场次数.
    pub(crate) visits_max: u8,
    /// 必须现场办理原因说明.
    #[schema(value_type = Words)]
    pub(crate) visit_reason: Text,
    /// 通办范围.
    pub(crate) reach: Option<Coded>,
    /// 数量限制.
    #[schema(value_type = Option<Words>)]
    pub(crate) quota: Option<Text>,
    /// What people type when they look for it.
    pub(crate) keywords: Vec<String>,
    /// 受理条件.
    #[schema(value_type = Vec<Words>)]
    pub(crate) conditions: Vec<Text>,
    /// 不予受理的情形.
    #[schema(value_type = Vec<Words>)]
    pub(crate) not_accepted: Vec<Text>,
    /// 设定依据.
    pub(crate) basis: Vec<BasisOf>,
    /// 时限.
    pub(crate) limits: LimitsOf,
    /// 收费; empty: free of charge.
    pub(crate) fees: Vec<FeeOf>,
    /// 审批结果.
    pub(crate) result: ResultOf,
    /// Certificates that may be issued.
    pub(crate) certificates: Vec<CertificateKind>,
    /// 申请材料.
    pub(crate) materials: Vec<MaterialOf>,
    /// Guide questions, to be answered in `situation`.
    pub(crate) situations: Vec<SituationOf>,
    /// 办理流程.
    pub(crate) steps: Vec<StepOf>,
    /// 常见问题.
    pub(crate) faqs: Vec<FaqOf>,
    /// How its cases behave.
    pub(crate) case: CaseRulesOf,
    /// The published package that cases pin.
    pub(crate) package: PackageOf,
}

impl ItemDetail {
    pub(crate) fn of(package: &Package, version: Option<PackageVersion>, organ: Option<parties::Organ>) -> Self {
        let item = &package.item;
        Self {
            summary: item.into(),
            basic_code: item.basic_code.to_string(),
            implementation_code: organ.as_ref().map(|organ| item.implementation_code(organ.code.as_str())),
            organ: organ.map(OrganBrief::from),
            level: Coded::of(item.level),
            power_source: item.power_source.map(Coded::of),
            channels: Coded::list(&item.channels),
            online_depth: Coded::of(item.online_depth),
            visits_max: item.visits_max,
            visit_reason: item.visit_reason.clone(),
            reach: item.reach.map(Coded::of),
            quota: item.quota.clone(),
            keywords: item.keywords.clone(),
            conditions: item.conditions.clone(),
            not_accepted: item.not_accepted.clone(),
            basis: item.basis.iter().map(BasisOf::from).collect(),
            limits: (&item.limits).into(),
            fees: item.fees.iter().map(FeeOf::from).collect(),
            result: (&item.result).into(),
            certificates: item.certificates.iter().map(CertificateKind::from).collect(),
            materials: item.materials.iter().map(MaterialOf::from).collect(),
            situations: item.situations.iter().map(SituationOf::from).collect(),
            steps: item.steps.iter().map(StepOf::from).collect(),
            faqs: item.faqs.iter().map(FaqOf::from).collect(),
            case: (&item.case).into(),
            package: PackageOf {
                hash: package.hash.to_string(),
                version: version.as_ref().map(|one| one.version),
                valid_from: version.map(|one| one.valid_from),
            },
        }
    }
}

/// What is known before the form.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GuidanceQuestion {
    /// Answers to the guide questions so far, by id of the question.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) situation: Map<String, Value>,
    /// Answers to the form so far, by name of the field.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) answers: Map<String, Value>,
}

/// Where one stands before applying.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Guide {
    /// `ask`: questions are open; `stop`: this is not the right item; `ready`: apply.
    #[schema(example = "ready")]
    pub(crate) state: &'static str,
    /// Questions still open.
    pub(crate) ask: Vec<SituationOf>,
    /// What to do instead, when it stops.
    #[schema(value_type = Option<Words>)]
    pub(crate) instead: Option<Text>,
    /// The materials as far as they are known.
    pub(crate) materials: Vec<NeededMaterial>,
}

/// A material as it stands for one applicant.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NeededMaterial {
    /// Identifier within the item.
    pub(crate) id: String,
    /// Its name.
    #[schema(value_type = Words)]
    pub(crate) name: Text,
    /// Whether it is asked for certain; else it depends on answers not known yet.
    pub(crate) certain: bool,
    /// Whether it is taken from a register and need not be handed in (免交).
    pub(crate) waived: bool,
    /// Whether submitting without it is refused.
    pub(crate) must_upload: bool,
    /// The record that stands in for it, in a draft of whoever it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<super::SourceRecord>,
}
