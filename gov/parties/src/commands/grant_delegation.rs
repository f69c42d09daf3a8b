//! 授权他人办事

use super::checks::Checks;
use super::sides::Principal;
use crate::events::DelegationGranted;
use crate::model::delegation::{Delegation, DelegationKind, DelegationState, Scope};
use crate::model::party::{DelegationId, Party, PersonId};
use crate::model::person::Person;
use crate::store as tables;
use clock::Date;
use jiff::ToSpan;
use runner::{Command, Cx, Halt, Refusal};
use seal::FieldKeys;
use serde::Serialize;

/// Longest time an authorisation is given for.
pub const DELEGATION_YEARS_MAX: i64 = 3;
/// More open authorisations than this of one party are a sign of abuse.
const OPEN_COUNT_MAX: usize = 50;
const ITEMS_MAX: usize = 100;

/// Authorises a person to act for another person or for a legal person: agent, matters and period as 民法典
/// 第一百六十五条 demands. The agent must accept, unless a guardian is recorded at the counter. Needs [`FieldKeys`].
#[derive(Debug, Clone, Serialize)]
pub struct GrantDelegation {
    /// 被代理人
    pub principal: Party,
    /// 代理人
    pub agent: PersonId,
    /// Why.
    pub kind: DelegationKind,
    /// 代理事项
    pub scope: Scope,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_until: Date,
}

impl Command for GrantDelegation {
    type Outcome = DelegationId;
    const ACTION: &'static str = "delegation.grant";

    fn run(&self, cx: &mut Cx<'_>) -> Result<DelegationId, Halt> {
        let principal = Principal::load(cx, &self.principal)?;
        let at_counter = principal.authorise(cx, "")?;
        self.check_fields(cx.today())?;
        self.check_agent(cx)?;
        match principal {
            Principal::Person(id) => self.check_person(cx, &id, at_counter)?,
            Principal::Legal(legal_person) if !legal_person.status.can_be_represented() => return Err(principal_ended().into()),
            Principal::Legal(_) => {}
        }
        self.check_others(cx)?;
        let is_guardian = self.kind == DelegationKind::Guardian;
        let delegation = Delegation {
            id: DelegationId::make(cx.ids()),
            kind: self.kind,
            principal: self.principal.clone(),
            agent: self.agent.clone(),
            scope: self.scope.clone(),
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            state: if is_guardian { DelegationState::Active } else { DelegationState::Offered },
            version: 1,
        };
        let id = delegation.id.clone();
        cx.record(id.as_str(), &DelegationGranted { delegation })?;
        Ok(id)
    }
}

impl GrantDelegation {
    fn check_fields(&self, today: Date) -> Result<(), Halt> {
        let latest = self.valid_from.saturating_add(DELEGATION_YEARS_MAX.years());
        let mut checks = Checks::new();
        let is_legal = matches!(self.principal, Party::Legal(_));
        checks.require(self.kind.is_for_legal_persons() == is_legal, "kind", "授权关系与被代理人的类型不符", "This kind does not fit the principal");
        checks.require(self.valid_from >= today, "valid_from", "授权不能从过去开始", "It cannot begin in the past");
        checks.require(self.valid_until >= self.valid_from, "valid_until", "截止日期早于开始日期", "The last day lies before the first");
        checks.require(self.valid_until <= latest, "valid_until", "一次授权最长三年", "At most three years at a time");
        if let Scope::Items(items) = &self.scope {
            checks.require((1..=ITEMS_MAX).contains(&items.len()), "scope", "请选择 1 至 100 个事项", "Choose 1 to 100 items");
            for item in items {
                checks.slug("scope", item);
            }
        }
        let is_self = self.principal.as_str() == self.agent.as_str();
        checks.require(!is_self, "agent", "不能授权给自己", "Nobody authorises oneself");
        checks.finish()
    }

    /// Only who has full capacity can act for others.
    fn check_agent(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let agent = opened(cx, &self.agent)?.ok_or_else(agent_unknown)?;
        if agent.is_adult(cx.today()) { Ok(()) } else { Err(agent_minor().into()) }
    }

    /// Minors act through their guardians, whom the counter records on presented documents.
    fn check_person(&self, cx: &mut Cx<'_>, id: &PersonId, at_counter: bool) -> Result<(), Halt> {
        if self.kind == DelegationKind::Guardian {
            return if at_counter { Ok(()) } else { Err(guardian_at_counter().into()) };
        }
        let person = opened(cx, id)?.ok_or_else(Refusal::not_found)?;
        if person.is_adult(cx.today()) { Ok(()) } else { Err(principal_minor().into()) }
    }

    fn check_others(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let today = cx.today();
        let mut others = tables::delegations::of_principal(cx.tx(), self.principal.as_str())?;
        others.retain(|other| other.is_open(today));
        if others.len() >= OPEN_COUNT_MAX {
            return Err(too_many().into());
        }
        let is_same = |other: &Delegation| {
            let overlaps = other.valid_from <= self.valid_until && self.valid_from <= other.valid_until;
            other.agent == self.agent && other.kind == self.kind && other.scope == self.scope && overlaps
        };
        if others.iter().any(is_same) { Err(already_granted().into()) } else { Ok(()) }
    }
}

fn opened(cx: &mut Cx<'_>, id: &PersonId) -> Result<Option<Person>, Halt> {
    let keys = cx.service::<FieldKeys>()?;
    let sealed = tables::persons::find(cx.tx(), id.as_str())?;
    sealed.map(|sealed| sealed.open(&keys, &tracker::in_process("the age of a principal or agent"))).transpose().map_err(Halt::fault)
}

fn agent_unknown() -> Refusal {
    Refusal::new(
        "agent-unknown",
        "代理人还没有实名登记。",
        "The agent is not registered.",
        "请代理人先完成实名注册，再进行授权。",
        "Ask the agent to register first.",
    )
    .under("民法典 第一百六十五条")
}

fn agent_minor() -> Refusal {
    Refusal::new(
        "agent-minor",
        "代理人未满十八周岁，不能代理他人办事。",
        "The agent is under eighteen and cannot act for others.",
        "请授权给成年人。",
        "Authorise somebody who is of age.",
    )
    .under("民法典 第十七条、第十八条")
}

fn principal_minor() -> Refusal {
    Refusal::new(
        "principal-minor",
        "未成年人由监护人代理，不能自行授权他人办事。",
        "A minor is represented by the guardian and cannot authorise others.",
        "请监护人携带证明材料到服务窗口登记监护关系。",
        "The guardian can be recorded at the counter with proof of guardianship.",
    )
    .under("民法典 第十九条、第二十条、第二十三条")
}

fn guardian_at_counter() -> Refusal {
    Refusal::new(
        "guardian-at-counter",
        "监护关系须凭证明材料在服务窗口登记。",
        "Guardianship is recorded at the counter, on proof.",
        "请监护人携带户口簿或者监护证明到服务窗口办理。",
        "Bring the household register or the proof of guardianship to the counter.",
    )
    .under("民法典 第二十三条、第二十七条、第二十八条")
}

fn principal_ended() -> Refusal {
    Refusal::new(
        "principal-ended",
        "该法人已经注销，不能再授权他人代理。",
        "The legal person has been deregistered and cannot authorise anybody.",
        "请核对法人的登记状态。",
        "Check the state of its registration.",
    )
    .under("民法典 第一百七十三条")
}

fn too_many() -> Refusal {
    Refusal::new(
        "delegations-too-many",
        "有效的授权已达 50 项，不能再增加。",
        "There are 50 open authorisations already; no more can be added.",
        "请先撤销不再需要的授权。",
        "Revoke those no longer needed first.",
    )
}

fn already_granted() -> Refusal {
    Refusal::new(
        "delegation-exists",
        "同样的授权已经存在，时间也有重叠。",
        "The same authorisation exists already for an overlapping time.",
        "请在“我的授权”中查看；如需改变期限，请先撤销原授权。",
        "Look among your authorisations; to change the time, revoke the old one first.",
    )
}
