//! 授权: the provider agrees, and a signed right comes into being.

use std::collections::BTreeSet;

use i18n::Text;
use jiff::ToSpan;
use procedure::Library;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::{Deserialize, Serialize};

use super::{bounded, limits, promise_expiry, signed, tell_both};
use crate::GrantId;
use crate::events::GrantEvent;
use crate::model::{Grant, GrantState, Ground, Limits, ResourceFacts, ResourceService, ShareType, Terms, refusals};

/// Grants access without a request: the provider's own initiative, such as data that flow back to the towns they came from (数据回流).
/// Requests are granted by the decision of their case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GrantAccess {
    /// What is granted.
    pub terms: Terms,
}

/// The grant that came into being.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// Identifier.
    pub grant: String,
    /// SM3 of its signed text.
    pub terms_sm3: String,
}

impl Command for GrantAccess {
    type Outcome = Granted;
    const ACTION: &'static str = "sharing.grant";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Granted, Halt> {
        let resource =
            Resource { organ: Some(self.terms.provider.clone()), party: Some(self.terms.grantee.clone()), ..Resource::of("sharing-grant") };
        cx.authorise(&resource)?;
        let grant = issue(cx, self.terms.clone(), None)?;
        Ok(Granted { grant: grant.id, terms_sm3: grant.terms_sm3 })
    }
}

/// Checks the terms, signs them and enters the grant. The caller has the authority of a decision.
pub(crate) fn issue(cx: &mut Cx<'_>, terms: Terms, case: Option<String>) -> Result<Grant, Halt> {
    let resources = cx.service::<ResourceService>()?;
    let facts = resources.0.resource(cx.tx(), &terms.resource)?.ok_or_else(refusals::resource_unknown)?;
    check(cx, &terms, &facts)?;
    let id = GrantId::make(cx.ids()).to_string();
    let (note, sm3) = signed(cx, &id, 1, &terms)?;
    let grant = Grant {
        id,
        issue: 1,
        terms: terms.clone(),
        state: GrantState::Granted,
        reason: String::new(),
        stopped_by: None,
        case: case.clone(),
        note,
        terms_sm3: sm3.clone(),
        made_ms: cx.now_ms(),
        version: 0,
    };
    let event = GrantEvent::AccessGranted { terms: Box::new(terms), terms_sm3: sm3, case, grant: Box::new(grant.clone()) };
    cx.record(&grant.id, &event)?;
    promise_expiry(cx, &grant)?;
    let (name, until) = (&facts.title, grant.terms.valid_until);
    tell_both(cx, &grant, &Text::new(format!("“{}”已授权，至{until}。", name.zh), format!("{} was granted, until {until}.", name.en)))?;
    Ok(grant)
}

/// What a grant may be, whoever asks for it.
pub(crate) fn check(cx: &mut Cx<'_>, terms: &Terms, facts: &ResourceFacts) -> Result<(), Halt> {
    sharable(facts, &terms.grantee, &terms.fields)?;
    let known = |organ: &str| parties::OrganId::parse(organ).ok();
    for organ in [&terms.grantee, &terms.provider] {
        let found = known(organ).map(|id| parties::organ(cx.tx(), &id)).transpose()?.flatten();
        if found.is_none() {
            return Err(Refusal::not_found().into());
        }
    }
    if terms.provider != facts.provider || terms.register != facts.register {
        return Err(refusals::resource_unknown().into());
    }
    let limits = limits(cx);
    if terms.fields.len() > usize::try_from(limits.fields_max).unwrap_or(usize::MAX) {
        return Err(refusals::text_too_long().into());
    }
    if !facts.methods.contains(&terms.method) {
        return Err(refusals::method_not_offered().into());
    }
    check_words(terms)?;
    check_numbers(cx, terms, &limits)?;
    check_ground(cx, terms)
}

/// Whether the catalogue lets the fields of a resource be shared with an organ at all.
fn sharable(facts: &ResourceFacts, grantee: &str, fields: &BTreeSet<String>) -> Result<(), Halt> {
    if facts.share == ShareType::NotShared {
        return Err(refusals::negative_listed().under(facts.basis.clone()).into());
    }
    if facts.provider == grantee {
        return Err(refusals::own_resource().into());
    }
    if fields.is_empty() {
        return Err(refusals::fields_missing().into());
    }
    let unknown = fields.iter().filter(|field| !facts.fields.iter().any(|known| known.name == **field));
    let refusal = unknown.fold(None, |refusal: Option<Refusal>, field| {
        let (zh, en) = (format!("没有字段“{field}”。"), format!("There is no field \"{field}\"."));
        Some(refusal.unwrap_or_else(refusals::field_unknown).with_field("fields", zh, en))
    });
    refusal.map_or(Ok(()), |refusal| Err(refusal.into()))
}

fn check_words(terms: &Terms) -> Result<(), Halt> {
    if terms.purpose.trim().is_empty() || terms.basis.trim().is_empty() {
        return Err(refusals::purpose_missing().into());
    }
    let rows = terms.rows.division.iter().chain(terms.rows.filter.iter());
    rows.chain([&terms.purpose, &terms.basis]).try_for_each(|text| bounded(text))
}

fn check_numbers(cx: &Cx<'_>, terms: &Terms, limits: &Limits) -> Result<(), Halt> {
    let last = last_day(cx, limits);
    if terms.valid_from > terms.valid_until || terms.valid_until < cx.today() || terms.valid_until > last {
        return Err(refusals::period_unfit().into());
    }
    let rate_fits = terms.rate_per_minute > 0 && terms.rate_per_minute <= terms.quota_per_day;
    if terms.quota_per_day == 0 || terms.quota_per_day > limits.quota_per_day_max || !rate_fits {
        return Err(refusals::quota_unfit().into());
    }
    Ok(())
}

/// The last day a grant may have that is made or extended today.
pub(super) fn last_day(cx: &Cx<'_>, limits: &Limits) -> clock::Date {
    cx.today().saturating_add(i64::from(limits.grant_days_max).days())
}

/// Items must be published, and declare what is granted for them.
fn check_ground(cx: &mut Cx<'_>, terms: &Terms) -> Result<(), Halt> {
    match &terms.ground {
        Ground::StandingDuty(words) | Ground::Consent(words) if words.trim().is_empty() => Err(refusals::ground_missing().into()),
        Ground::StandingDuty(words) | Ground::Consent(words) => bounded(words),
        Ground::Cases(uses) if uses.is_empty() => Err(refusals::ground_missing().into()),
        Ground::Cases(uses) => {
            let library = cx.service::<Library>()?;
            for used in uses {
                library.current(&used.item, cx.today()).ok_or_else(refusals::item_unknown)?;
                if used.fields.is_empty() || !used.fields.is_subset(&terms.fields) {
                    return Err(refusals::fields_missing().into());
                }
            }
            Ok(())
        }
    }
}
