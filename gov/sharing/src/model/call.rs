//! The decision on one call: what the gateway asks each time somebody wants data.

use clock::{Date, Timestamp};
use runner::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use tracker::Manner;

use super::grant::{Grant, GrantState, Ground, RowScope, Terms};
use super::refusals;

/// One call.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The organ that asks.
    pub grantee: &'a str,
    /// Code of a resource, or slug of a register.
    pub target: &'a str,
    /// Fields wanted.
    pub fields: &'a [&'a str],
    /// The item of the case the call belongs to, and whether that case is open.
    pub case: Option<(&'a str, bool)>,
    /// When.
    pub now: Timestamp,
}

/// What a grant allows, compiled from its terms: all that a decision reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    /// Code of the resource.
    pub resource: String,
    /// Names of the fields.
    pub fields: BTreeSet<String>,
    /// Which rows.
    pub rows: RowScope,
    /// How much of a value is shown.
    pub manner: Manner,
    /// What a call has to stand on.
    pub ground: Ground,
    /// What for.
    pub purpose: String,
    /// Under which law.
    pub basis: String,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_until: Date,
    /// Calls a day.
    pub quota_per_day: u32,
    /// Calls a minute.
    pub rate_per_minute: u32,
}

/// Calls that passed so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// On the day of the call.
    pub today: i64,
    /// In the minute of the call.
    pub this_minute: i64,
}

/// A grant as the decision sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The grant.
    pub grant: String,
    /// Its state as stored.
    pub state: GrantState,
    /// What it allows.
    pub rights: Rights,
    /// Calls that passed.
    pub used: Used,
}

/// The call may pass, so far and in this manner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Permit {
    /// The grant it passes under.
    pub grant: String,
    /// Code of the resource.
    pub resource: String,
    /// The fields asked for; none beyond them may be answered.
    pub fields: BTreeSet<String>,
    /// Only these rows.
    pub rows: RowScope,
    /// Only in this manner.
    pub manner: Manner,
    /// What for, as the person concerned is told.
    pub purpose: String,
    /// Under which law.
    pub basis: String,
    /// Calls a day.
    pub quota_per_day: u32,
    /// Calls a minute.
    pub rate_per_minute: u32,
    /// Name of the consent that each person read about must have given.
    pub consent: Option<String>,
    /// Whether it rests on the open case that the call names.
    pub by_case: bool,
}

impl Rights {
    /// Compiled from terms.
    #[must_use]
    pub fn of(terms: &Terms) -> Self {
        Self {
            resource: terms.resource.clone(),
            fields: terms.fields.clone(),
            rows: terms.rows.clone(),
            manner: terms.manner,
            ground: terms.ground.clone(),
            purpose: terms.purpose.clone(),
            basis: terms.basis.clone(),
            valid_from: terms.valid_from,
            valid_until: terms.valid_until,
            quota_per_day: terms.quota_per_day,
            rate_per_minute: terms.rate_per_minute,
        }
    }

    /// The name of the consent they rest on.
    fn consent(&self) -> Option<&str> {
        match &self.ground {
            Ground::Consent(name) => Some(name),
            Ground::Cases(_) | Ground::StandingDuty(_) => None,
        }
    }
}

/// Under which targets a grant is found: by its resource and by the register behind it.
#[must_use]
pub fn targets(grant: &Grant) -> BTreeSet<String> {
    [grant.terms.resource.clone(), grant.terms.register.clone()].into()
}

/// Decides a call over the grants of an organ for a target. One grant alone has to carry the whole call: rights are never added up, since
/// each is bound to its own purpose. Of several that carry it, one that needs no consent does, and of those the one with the fewest fields.
/// When none does, the one that came nearest says why.
///
/// # Errors
/// The refusal.
pub fn decide(candidates: &[Candidate], call: &Call<'_>) -> Result<Permit, Refusal> {
    let mut nearest: Option<(Hindrance, &Candidate)> = None;
    let mut best: Option<&Candidate> = None;
    for candidate in candidates {
        match hindrance(candidate, call) {
            None if best.is_none_or(|best| narrower(candidate, best)) => best = Some(candidate),
            None => {}
            Some(found) if nearest.is_none_or(|(before, _)| found > before) => nearest = Some((found, candidate)),
            Some(_) => {}
        }
    }
    match (best, nearest) {
        (Some(best), _) => Ok(permit(best, call)),
        (None, Some((hindrance, candidate))) => Err(refused(hindrance, candidate, call)),
        (None, None) => Err(refusals::no_grant()),
    }
}

fn narrower(one: &Candidate, other: &Candidate) -> bool {
    let wants = |candidate: &Candidate| (candidate.rights.consent().is_some(), candidate.rights.fields.len());
    wants(one) < wants(other)
}

fn permit(candidate: &Candidate, call: &Call<'_>) -> Permit {
    let rights = &candidate.rights;
    Permit {
        grant: candidate.grant.clone(),
        resource: rights.resource.clone(),
        fields: call.fields.iter().map(|field| (*field).to_owned()).collect(),
        rows: rights.rows.clone(),
        manner: rights.manner,
        purpose: rights.purpose.clone(),
        basis: rights.basis.clone(),
        quota_per_day: rights.quota_per_day,
        rate_per_minute: rights.rate_per_minute,
        consent: rights.consent().map(str::to_owned),
        by_case: matches!(rights.ground, Ground::Cases(_)),
    }
}

/// What stands in the way of a call, in the order in which it is looked at: the later, the nearer the call came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Hindrance {
    Withdrawn,
    Expired,
    NotBegun,
    Suspended,
    FieldNotGranted,
    PurposeMismatch,
    CaseNotDeclared,
    CaseNotOpen,
    RateExceeded,
    QuotaUsedUp,
}

fn hindrance(candidate: &Candidate, call: &Call<'_>) -> Option<Hindrance> {
    let (rights, today) = (&candidate.rights, clock::local_date(call.now));
    match candidate.state {
        GrantState::Withdrawn => return Some(Hindrance::Withdrawn),
        GrantState::Expired => return Some(Hindrance::Expired),
        _ if today > rights.valid_until => return Some(Hindrance::Expired),
        _ if today < rights.valid_from => return Some(Hindrance::NotBegun),
        GrantState::Suspended => return Some(Hindrance::Suspended),
        GrantState::Granted => {}
    }
    let granted = |fields: &BTreeSet<String>| !call.fields.is_empty() && call.fields.iter().all(|field| fields.contains(*field));
    if !granted(&rights.fields) {
        return Some(Hindrance::FieldNotGranted);
    }
    if let Ground::Cases(uses) = &rights.ground {
        let Some((item, is_open)) = call.case else { return Some(Hindrance::CaseNotDeclared) };
        match uses.iter().find(|used| used.item == item) {
            None => return Some(Hindrance::PurposeMismatch),
            Some(used) if !granted(&used.fields) => return Some(Hindrance::CaseNotDeclared),
            Some(_) if !is_open => return Some(Hindrance::CaseNotOpen),
            Some(_) => {}
        }
    }
    if candidate.used.this_minute >= i64::from(rights.rate_per_minute) {
        return Some(Hindrance::RateExceeded);
    }
    (candidate.used.today >= i64::from(rights.quota_per_day)).then_some(Hindrance::QuotaUsedUp)
}

fn refused(hindrance: Hindrance, candidate: &Candidate, call: &Call<'_>) -> Refusal {
    let rights = &candidate.rights;
    let with_fields = |refusal: Refusal, fields: &BTreeSet<String>| {
        let missing = call.fields.iter().filter(|field| !fields.contains(**field));
        missing.fold(refusal, |refusal, field| refusal.with_field(*field, "不在授权范围内。", "Not granted."))
    };
    match hindrance {
        Hindrance::Withdrawn => refusals::grant_withdrawn(),
        Hindrance::Expired => refusals::grant_expired(),
        Hindrance::NotBegun => refusals::grant_not_begun(),
        Hindrance::Suspended => refusals::grant_suspended(),
        Hindrance::FieldNotGranted => with_fields(refusals::field_not_granted(), &rights.fields),
        Hindrance::PurposeMismatch => refusals::purpose_mismatch(),
        Hindrance::CaseNotDeclared => match (&rights.ground, call.case) {
            (Ground::Cases(uses), Some((item, _))) => {
                let declared = uses.iter().find(|used| used.item == item).map(|used| used.fields.clone()).unwrap_or_default();
                with_fields(refusals::case_not_declared(), &declared)
            }
            (Ground::Cases(_) | Ground::StandingDuty(_) | Ground::Consent(_), _) => refusals::case_not_declared(),
        },
        Hindrance::CaseNotOpen => refusals::case_not_open(),
        Hindrance::RateExceeded => refusals::rate_exceeded(),
        Hindrance::QuotaUsedUp => refusals::quota_used_up(),
    }
}
