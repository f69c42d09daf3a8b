//! Parts of an implementation list.

use i18n::Text;
use procedure::item::{Basis, CaseRules, CertificateSpec, Duration, Faq, Fee, ItemResult, Limits, Material, Situation, Step};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Coded, Words};

/// A limit with its unit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Limit)]
pub(crate) struct LimitOf {
    /// How many.
    value: u32,
    /// `workday`, `calendar-day` or `hour`.
    unit: Coded,
}

impl From<&Duration> for LimitOf {
    fn from(limit: &Duration) -> Self {
        Self { value: limit.value, unit: Coded::of(limit.unit) }
    }
}

/// 法定办结时限.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatutoryLimit {
    #[serde(flatten)]
    limit: LimitOf,
    /// The article it comes from.
    basis: String,
    /// 法定办结时限说明.
    #[schema(value_type = Option<Words>)]
    note: Option<Text>,
}

/// All clocks of an item.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Limits)]
pub(crate) struct LimitsOf {
    /// 法定办结时限.
    statutory: Option<StatutoryLimit>,
    /// 承诺办结时限.
    promised: LimitOf,
    /// One-time correction notice, 行政许可法 第三十二条.
    correction_notice_workdays: u32,
    /// After which an unanswered correction ends the case.
    correction_answer_workdays: u32,
    /// 颁发送达, 行政许可法 第四十四条.
    delivery_workdays: u32,
    /// The one extension, 行政许可法 第四十二条; 0: none.
    extension_workdays_max: u32,
    /// Special procedures that stop the clock, 行政许可法 第四十五条.
    suspend_reasons: Vec<Coded>,
}

impl From<&Limits> for LimitsOf {
    fn from(limits: &Limits) -> Self {
        let statutory = limits.statutory.as_ref();
        Self {
            statutory: statutory.map(|one| StatutoryLimit { limit: (&one.limit).into(), basis: one.basis.clone(), note: one.note.clone() }),
            promised: (&limits.promised).into(),
            correction_notice_workdays: limits.correction_notice_workdays,
            correction_answer_workdays: limits.correction_answer_workdays,
            delivery_workdays: limits.delivery_workdays,
            extension_workdays_max: limits.extension_workdays_max,
            suspend_reasons: Coded::list(&limits.suspend_reasons),
        }
    }
}

/// 设定依据.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Basis)]
pub(crate) struct BasisOf {
    /// Name of the law.
    law: String,
    /// 条款.
    article: String,
    /// What it says.
    text: String,
    /// Where it is published; may be empty.
    url: String,
}

impl From<&Basis> for BasisOf {
    fn from(basis: &Basis) -> Self {
        Self { law: basis.law.clone(), article: basis.article.clone(), text: basis.text.clone(), url: basis.url.clone() }
    }
}

/// 收费项目.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Fee)]
pub(crate) struct FeeOf {
    /// 收费项目名称.
    #[schema(value_type = Words)]
    name: Text,
    /// Amount in fen (1/100 yuan).
    amount_fen: i64,
    /// 收费依据.
    basis: String,
}

impl From<&Fee> for FeeOf {
    fn from(fee: &Fee) -> Self {
        Self { name: fee.name.clone(), amount_fen: fee.amount_fen, basis: fee.basis.clone() }
    }
}

/// 审批结果.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ItemResult)]
pub(crate) struct ResultOf {
    /// 结果类型.
    kind: Coded,
    /// 结果名称.
    #[schema(value_type = Words)]
    name: Text,
    /// 送达方式.
    delivery: Vec<Coded>,
}

impl From<&ItemResult> for ResultOf {
    fn from(result: &ItemResult) -> Self {
        Self { kind: Coded::of(result.kind), name: result.name.clone(), delivery: Coded::list(&result.delivery) }
    }
}

/// A certificate that cases of the item may issue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CertificateKind {
    /// Identifier within the item.
    id: String,
    /// 证照类型代码.
    type_code: String,
    /// 证照名称.
    #[schema(value_type = Words)]
    name: Text,
}

impl From<&CertificateSpec> for CertificateKind {
    fn from(spec: &CertificateSpec) -> Self {
        Self { id: spec.id.clone(), type_code: spec.type_code.clone(), name: spec.name.clone() }
    }
}

/// 申请材料.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Material)]
pub(crate) struct MaterialOf {
    /// Identifier within the item, for uploads.
    id: String,
    /// 材料名称.
    #[schema(value_type = Words)]
    name: Text,
    /// 材料类型.
    kind: Coded,
    /// 材料形式.
    form: Coded,
    /// 材料必要性.
    need: Coded,
    /// 来源渠道.
    source: Coded,
    /// 要求提供材料的依据.
    basis: String,
    /// File types taken.
    accept: Vec<String>,
    /// Largest file, in bytes.
    size_max_bytes: u64,
    /// The register or certificate it is taken from instead of being asked (免交).
    waived_by: Option<String>,
    /// FEEL condition; asked only when it holds.
    when: Option<String>,
    /// 填报须知.
    #[schema(value_type = Option<Words>)]
    guide: Option<Text>,
}

impl From<&Material> for MaterialOf {
    fn from(material: &Material) -> Self {
        Self {
            id: material.id.clone(),
            name: material.name.clone(),
            kind: Coded::of(material.kind),
            form: Coded::of(material.form),
            need: Coded::of(material.need),
            source: Coded::of(material.source),
            basis: material.basis.clone(),
            accept: material.accept.clone(),
            size_max_bytes: material.size_max_bytes,
            waived_by: material.waived_by.clone(),
            when: material.when.clone(),
            guide: material.guide.clone(),
        }
    }
}

/// A guide question.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Situation)]
pub(crate) struct SituationOf {
    /// Key in `situation`.
    id: String,
    /// The question.
    #[schema(value_type = Words)]
    question: Text,
    /// The answers to choose from.
    options: Vec<OptionOf>,
}

/// One answer of a guide question.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SituationOption)]
pub(crate) struct OptionOf {
    /// The value in `situation`.
    value: String,
    /// What is shown.
    #[schema(value_type = Words)]
    label: Text,
    /// Advice after choosing it.
    #[schema(value_type = Option<Words>)]
    advice: Option<Text>,
    /// Whether it ends the guide: the item is not the right one then.
    stops: bool,
}

impl From<&Situation> for SituationOf {
    fn from(situation: &Situation) -> Self {
        let stop = situation.stop.as_ref().map(|stop| stop.value.as_str());
        let option = |option: &procedure::item::SituationOption| OptionOf {
            value: option.value.clone(),
            label: option.label.clone(),
            advice: option.advice.clone(),
            stops: stop == Some(option.value.as_str()),
        };
        Self { id: situation.id.clone(), question: situation.question.clone(), options: situation.options.iter().map(option).collect() }
    }
}

/// One step of 办理流程 as published.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Step)]
pub(crate) struct StepOf {
    /// 环节.
    #[schema(value_type = Words)]
    name: Text,
    /// 办理人员.
    #[schema(value_type = Words)]
    post: Text,
    /// 办理时限.
    #[schema(value_type = Words)]
    limit: Text,
    /// 审查标准.
    #[schema(value_type = Words)]
    standard: Text,
    /// 办理结果.
    #[schema(value_type = Words)]
    result: Text,
}

impl From<&Step> for StepOf {
    fn from(step: &Step) -> Self {
        let Step { name, post, limit, standard, result } = step.clone();
        Self { name, post, limit, standard, result }
    }
}

/// 常见问题.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Faq)]
pub(crate) struct FaqOf {
    /// 问题.
    #[schema(value_type = Words)]
    question: Text,
    /// 解答.
    #[schema(value_type = Words)]
    answer: Text,
}

impl From<&Faq> for FaqOf {
    fn from(faq: &Faq) -> Self {
        Self { question: faq.question.clone(), answer: faq.answer.clone() }
    }
}

/// How cases of an item behave.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseRules)]
pub(crate) struct CaseRulesOf {
    /// Assurance needed to submit, 1 to 4.
    assurance_min: u8,
    /// Whether it can be rated after the end.
    rating: bool,
    /// Until when the applicant may withdraw.
    withdraw: Coded,
    /// Whether somebody authorised may act.
    agent: bool,
    /// The moment from which the limit runs.
    clock_starts: Coded,
    /// The declaration to be made with `promised: true`.
    #[schema(value_type = Option<Words>)]
    promise: Option<Text>,
    /// What to know before the form.
    #[schema(value_type = Option<Words>)]
    notice: Option<Text>,
}

impl From<&CaseRules> for CaseRulesOf {
    fn from(rules: &CaseRules) -> Self {
        Self {
            assurance_min: rules.assurance_min,
            rating: rules.rating,
            withdraw: Coded::of(rules.withdraw),
            agent: rules.agent,
            clock_starts: Coded::of(rules.clock_starts),
            promise: rules.promise.clone(),
            notice: rules.notice.clone(),
        }
    }
}

/// The published package.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Package)]
pub(crate) struct PackageOf {
    /// SM3 over all its files; what cases pin.
    pub(crate) hash: String,
    /// Version, from 1.
    pub(crate) version: Option<i64>,
    /// First day.
    pub(crate) valid_from: Option<String>,
}
