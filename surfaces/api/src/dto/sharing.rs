//! Grants, requests and lists of shared data.

use clock::Date;
use i18n::Text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sharing::{Demand, Grant, Ground, Request, ResourceFacts, Terms};
use utoipa::ToSchema;

use super::{At, Words};

/// Grants of the caller's organ.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharingGrants {
    /// Those it has.
    pub(crate) have: Vec<GrantOf>,
    /// Those it gave.
    pub(crate) gave: Vec<GrantOf>,
}

/// A grant, as both sides see it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SharingGrant)]
pub(crate) struct GrantOf {
    /// The grant.
    id: String,
    /// `granted`, `suspended`, `expired` or `withdrawn`.
    state: &'static str,
    /// Why it was suspended or withdrawn.
    reason: String,
    /// What is granted.
    terms: TermsOf,
    /// Counts the signed texts.
    issue: u32,
    /// SM3 of the signed text.
    terms_sm3: String,
    /// The case of the request.
    case: Option<String>,
    /// Calls that passed today.
    calls_today: i64,
    /// Version, for `If-Match`.
    version: i64,
}

impl GrantOf {
    /// As it stands on a day.
    pub(crate) fn of(grant: Grant, today: Date, calls_today: i64) -> Self {
        Self {
            state: grant.state_on(today).code(),
            id: grant.id,
            reason: grant.reason,
            terms: grant.terms.into(),
            issue: grant.issue,
            terms_sm3: grant.terms_sm3,
            case: grant.case,
            calls_today,
            version: grant.version,
        }
    }
}

/// A grant with its proof.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharingGrantProof {
    /// The grant.
    pub(crate) grant: GrantOf,
    /// The signed text with its signatures (C2SP signed note).
    pub(crate) note: String,
    /// The provider's public keys, as verifiers of signed notes.
    pub(crate) verifiers: Vec<String>,
    /// Whether hash and signatures hold, and what is enforced is what was signed.
    pub(crate) holds: bool,
}

/// What is granted or asked for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SharingTerms)]
pub(crate) struct TermsOf {
    /// Code of the resource.
    resource: String,
    /// Slug of the register.
    register: String,
    /// The organ that uses the data.
    grantee: String,
    /// The organ that provides them.
    provider: String,
    /// Names of the fields.
    fields: Vec<String>,
    /// Only rows of this division.
    division: Option<String>,
    /// What for.
    purpose: String,
    /// Under which law.
    basis: String,
    /// `full`, `masked`, `yes-no` or `aggregate`.
    manner: &'static str,
    /// Items whose open cases may use the data; empty for a standing duty or a consent.
    items: Vec<String>,
    /// The standing duty.
    standing_duty: Option<String>,
    /// Name of the consent that each person read about must have given.
    consent: Option<String>,
    /// `interface`, `batch` or `file`.
    method: &'static str,
    /// First day.
    #[schema(value_type = String, format = Date)]
    valid_from: Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    valid_until: Date,
    /// Calls a day.
    quota_per_day: u32,
    /// Calls a minute.
    rate_per_minute: u32,
}

impl From<Terms> for TermsOf {
    fn from(terms: Terms) -> Self {
        let (items, standing_duty, consent) = match terms.ground {
            Ground::Cases(uses) => (uses.into_iter().map(|used| used.item).collect(), None, None),
            Ground::StandingDuty(duty) => (Vec::new(), Some(duty), None),
            Ground::Consent(name) => (Vec::new(), None, Some(name)),
        };
        Self {
            resource: terms.resource,
            register: terms.register,
            grantee: terms.grantee,
            provider: terms.provider,
            fields: terms.fields.into_iter().collect(),
            division: terms.rows.division,
            purpose: terms.purpose,
            basis: terms.basis,
            manner: terms.manner.as_str(),
            items,
            standing_duty,
            consent,
            method: terms.method.code(),
            valid_from: terms.valid_from,
            valid_until: terms.valid_until,
            quota_per_day: terms.quota_per_day,
            rate_per_minute: terms.rate_per_minute,
        }
    }
}

/// Requests of the caller's organ and to it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharingRequests {
    /// What it asked for.
    pub(crate) ours: Vec<RequestOf>,
    /// What is asked of it.
    pub(crate) to_us: Vec<RequestOf>,
}

/// A request.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SharingRequest)]
pub(crate) struct RequestOf {
    /// The case.
    case: String,
    /// Its number.
    number: String,
    /// What is asked for.
    terms: TermsOf,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    asked_at: At,
}

impl From<Request> for RequestOf {
    fn from(request: Request) -> Self {
        Self { case: request.case, number: request.number, terms: request.terms.into(), asked_at: At(request.asked_ms) }
    }
}

/// A new request: answers to the form of the item `gongxiang-shenqing`, and its declaration.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSharingRequest {
    /// Answers to the form.
    #[schema(value_type = Object)]
    pub(crate) answers: Map<String, Value>,
    /// Whether the declaration of the item is made.
    pub(crate) promised: bool,
}

/// The case of a new request.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubmittedSharingRequest {
    /// The case.
    pub(crate) case: String,
    /// Its number.
    pub(crate) number: String,
    /// Whether it was granted at once.
    pub(crate) granted: bool,
}

/// Why something is done with a grant.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SharingReason {
    /// Reasons and basis; the other side is told.
    pub(crate) reason: String,
}

/// An extension of a grant.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SharingExtensionOf {
    /// The new last day.
    #[schema(value_type = String, format = Date)]
    pub(crate) valid_until: Date,
    /// Why it is still needed.
    pub(crate) reason: String,
}

/// The three lists.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharingLists {
    /// 需求清单.
    pub(crate) demands: Vec<DemandOf>,
    /// 责任清单.
    pub(crate) responsibilities: Vec<ResourceOf>,
    /// 负面清单.
    pub(crate) negative: Vec<ResourceOf>,
}

/// A demand for data that the catalogue does not have.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SharingDemand)]
pub(crate) struct DemandOf {
    /// The demand.
    id: String,
    /// The organ in need.
    organ: String,
    /// Which data.
    title: String,
    /// What for, and which law says so.
    purpose: String,
    /// `open`, `catalogued` or `declined`.
    state: &'static str,
    /// What was answered.
    answer: String,
    /// The resource that meets it.
    resource: Option<String>,
    /// To be answered by this day.
    #[schema(value_type = String, format = Date)]
    answer_by: Date,
}

impl From<Demand> for DemandOf {
    fn from(demand: Demand) -> Self {
        Self {
            id: demand.id,
            organ: demand.organ,
            title: demand.title,
            purpose: demand.purpose,
            state: demand.state.code(),
            answer: demand.answer,
            resource: demand.resource,
            answer_by: demand.answer_by,
        }
    }
}

/// A resource of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SharingResource)]
pub(crate) struct ResourceOf {
    /// Code.
    code: String,
    /// Name.
    #[schema(value_type = Words)]
    title: Text,
    /// The organ that provides it.
    provider: String,
    /// `unconditional`, `conditional` or `not-shared`.
    share: &'static str,
    /// For whom and what it is shared.
    #[schema(value_type = Words)]
    condition: Text,
    /// The law that keeps it from being shared.
    basis: String,
    /// Names of its fields.
    fields: Vec<String>,
}

impl From<ResourceFacts> for ResourceOf {
    fn from(facts: ResourceFacts) -> Self {
        Self {
            code: facts.code,
            title: facts.title,
            provider: facts.provider,
            share: facts.share.code(),
            condition: facts.condition,
            basis: facts.basis,
            fields: facts.fields.into_iter().map(|field| field.name).collect(),
        }
    }
}

/// A new demand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSharingDemand {
    /// Which data.
    pub(crate) title: String,
    /// What for, and which law says so.
    pub(crate) purpose: String,
}

/// The new demand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeclaredSharingDemand {
    /// The demand.
    pub(crate) id: String,
}
