//! Organs, messages, authorisations.

use cases::queries::Message;
use clock::Date;
use i18n::Text;
use parties::{DelegationKind, DelegationState, Organ, Scope};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{At, Words};

/// Organs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Organs {
    /// By division and code.
    pub(crate) organs: Vec<OrganBrief>,
}

/// An organ as the public knows it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Organ)]
pub(crate) struct OrganBrief {
    /// The organ.
    id: String,
    /// 统一社会信用代码.
    code: String,
    /// Full name.
    #[schema(value_type = Words)]
    name: Text,
    /// Short name.
    #[schema(value_type = Words)]
    short_name: Text,
    /// The division it serves.
    division: String,
    /// Duties, as items name them.
    duties: Vec<String>,
    /// Office address.
    #[schema(value_type = Words)]
    address: Text,
    /// Office hours.
    #[schema(value_type = Words)]
    hours: Text,
    /// Telephone for questions.
    phone: String,
    /// 监督投诉电话.
    complaint_phone: String,
}

impl From<Organ> for OrganBrief {
    fn from(organ: Organ) -> Self {
        Self {
            id: organ.id.to_string(),
            code: organ.code.to_string(),
            name: organ.name,
            short_name: organ.details.short_name,
            division: organ.division.to_string(),
            duties: organ.details.duties,
            address: organ.details.address,
            hours: organ.details.hours,
            phone: organ.details.phone,
            complaint_phone: organ.details.complaint_phone,
        }
    }
}

/// Which organs.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrganQuery {
    /// Only organs of this division.
    pub(crate) division: Option<String>,
    /// Only organs with this duty.
    pub(crate) duty: Option<String>,
}

/// Which messages.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessageQuery {
    /// Messages at most, 1 to 100.
    #[param(default = 50, maximum = 100)]
    pub(crate) page_size: Option<u32>,
}

/// Messages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Messages {
    /// Newest first.
    pub(crate) messages: Vec<MessageOf>,
    /// How many of these were not read.
    pub(crate) unread: usize,
}

/// A message about a case.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Message)]
pub(crate) struct MessageOf {
    /// The message.
    id: String,
    /// About which case.
    case: String,
    /// What it says.
    #[schema(value_type = Words)]
    text: Text,
    /// When it was sent.
    #[schema(value_type = String, format = DateTime)]
    at: At,
    /// Whether it was read.
    pub(crate) read: bool,
}

impl From<Message> for MessageOf {
    fn from(message: Message) -> Self {
        Self { id: message.id, case: message.case, text: message.text, at: At(message.at_ms), read: message.read_ms.is_some() }
    }
}

/// Authorisations of the caller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Delegations {
    /// Given by the caller.
    pub(crate) granted: Vec<DelegationOf>,
    /// Given to the caller.
    pub(crate) received: Vec<DelegationOf>,
    /// Legal persons which the caller represents by office, without needing an authorisation (民法典 第六十一条).
    pub(crate) represents: Vec<Represented>,
}

/// A legal person which the caller represents by office.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Represented {
    /// The party; see `PUT /session/acting-for`.
    pub(crate) party: String,
    /// Its name.
    pub(crate) name: String,
}

/// An authorisation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Delegation)]
pub(crate) struct DelegationOf {
    /// The authorisation.
    pub(crate) id: String,
    /// Why.
    #[schema(value_type = String)]
    pub(crate) kind: DelegationKind,
    /// 被代理人.
    pub(crate) principal: String,
    /// Her name, masked.
    pub(crate) principal_name: String,
    /// 代理人.
    pub(crate) agent: String,
    /// Her name, masked.
    pub(crate) agent_name: String,
    /// Items covered; `null` for all.
    pub(crate) items: Option<Vec<String>>,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub(crate) valid_from: Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub(crate) valid_until: Date,
    /// `offered`, `active`, `declined` or `revoked`.
    #[schema(value_type = String)]
    pub(crate) state: DelegationState,
    /// Whether it can be used today.
    pub(crate) in_force: bool,
}

/// Items covered, as the wire has it.
pub(crate) fn items_of(scope: Scope) -> Option<Vec<String>> {
    match scope {
        Scope::All => None,
        Scope::Items(items) => Some(items),
    }
}

/// An authorisation to be given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDelegation {
    /// 被代理人: a legal person that the caller represents; by default the caller.
    #[serde(default)]
    pub(crate) principal: Option<String>,
    /// 代理人.
    pub(crate) agent: AgentOf,
    /// `spouse`, `parent`, `child`, `other-relative`, `agent`.
    #[schema(value_type = String, example = "child")]
    pub(crate) kind: DelegationKind,
    /// Items covered, by slug; without it all.
    #[serde(default)]
    pub(crate) items: Option<Vec<String>>,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub(crate) valid_from: Date,
    /// Last day, at most three years later.
    #[schema(value_type = String, format = Date)]
    pub(crate) valid_until: Date,
}

/// The agent, as people know each other.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Agent)]
pub(crate) struct AgentOf {
    /// Name.
    pub(crate) name: String,
    /// 公民身份号码.
    pub(crate) identity_number: String,
}

/// An authorisation that was given.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GrantedDelegation {
    /// The authorisation.
    pub(crate) id: String,
}

/// Why an authorisation ends.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Revocation {
    /// May be empty: neither side owes a reason.
    #[serde(default)]
    pub(crate) reason: String,
}
