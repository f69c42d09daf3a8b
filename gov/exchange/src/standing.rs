//! Rights by standing duties: recorded per client and service, bound to an open case where the duty says so.

use std::collections::BTreeMap;
use std::sync::Arc;

use parties::MaskKind;
use runner::Halt;
use store::{StoreError, Tx};
use tracker::{CaseRef, Manner};

use crate::model::code::Code;
use crate::model::rights::{NegativeList, Passage, Permit, Rights, RowScope, StandingDuty};
use crate::store::{directory, duties};

/// What the exchange must know about a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseState {
    /// The case, as the subject is told.
    pub case: CaseRef,
    /// Whether it is still being handled: the right ends with it.
    pub open: bool,
    /// Slug of its item.
    pub item: String,
    /// Organ that handles it.
    pub organ: String,
    /// Whether the subject of the data is known to the case's package: the fields it declares, by register. `None` where packages say nothing.
    pub declared: Option<Vec<String>>,
}

/// Who knows the cases.
pub trait CaseBook: Send + Sync {
    /// The case with a number.
    ///
    /// # Errors
    /// The database's.
    fn find(&self, tx: &mut Tx<'_>, number: &str, register: &str) -> Result<Option<CaseState>, StoreError>;
}

/// A book without cases, for nodes whose calls rest on standing duties alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoCases;

impl CaseBook for NoCases {
    fn find(&self, _: &mut Tx<'_>, _: &str, _: &str) -> Result<Option<CaseState>, StoreError> {
        Ok(None)
    }
}

/// Rights by standing duties.
pub struct StandingDuties {
    cases: Arc<dyn CaseBook>,
    negative: Arc<dyn NegativeList>,
}

impl StandingDuties {
    /// With those who know the cases, and what is not shared.
    #[must_use]
    pub fn new(cases: Arc<dyn CaseBook>, negative: Arc<dyn NegativeList>) -> Self {
        Self { cases, negative }
    }

    /// What is on the negative list passes under no right, whenever the right was given; its other fields go on.
    ///
    /// # Errors
    /// [`crate::Code::NegativeListed`] with the resource and its law.
    pub fn check_listed(&self, tx: &mut Tx<'_>, passage: &Passage<'_>) -> Result<(), Halt> {
        let provider = directory::find_member(tx, passage.service.subsystem())?.and_then(|provider| provider.organ);
        let Some(organ) = provider else { return Ok(()) };
        let fields: Vec<String> = passage.fields.iter().cloned().collect();
        match self.negative.kept_back(tx, &organ, passage.register, &fields)? {
            Some(entry) => Err(entry.refusal().into()),
            None => Ok(()),
        }
    }

    /// The case that a call names, if it gives a right: open, handled by the organ that calls, and about these fields.
    fn case(&self, tx: &mut Tx<'_>, passage: &Passage<'_>) -> Result<CaseRef, Halt> {
        let number = passage.case.ok_or(Code::CaseNeeded)?;
        let state = self.cases.find(tx, number, passage.register)?.ok_or(Code::CaseNeeded)?;
        if !state.open {
            return Err(Code::CaseClosed.into());
        }
        if passage.organ != Some(state.organ.as_str()) {
            return Err(Code::CaseNeeded.into());
        }
        match &state.declared {
            Some(declared) if !passage.fields.iter().all(|field| declared.contains(field)) => Err(Code::FieldNotGranted.into()),
            _ => Ok(state.case),
        }
    }
}

impl Rights for StandingDuties {
    fn permit(&self, tx: &mut Tx<'_>, passage: &Passage<'_>) -> Result<Permit, Halt> {
        let duties = duties::of(tx, passage.client, passage.service, passage.now_ms)?;
        let named = |duty: &&StandingDuty| {
            passage.purpose.is_none_or(|purpose| duty.purpose.zh == purpose || duty.purpose.en == purpose || duty.id == purpose)
        };
        let fitting: Vec<&StandingDuty> = duties.iter().filter(named).collect();
        let covers = |duty: &&&StandingDuty| passage.fields.iter().all(|field| duty.fields.contains(field));
        let uses = |duty: &&&StandingDuty| {
            duty.manners.contains(&passage.manner) || (passage.manner == Manner::Full && duty.manners.contains(&Manner::Masked))
        };
        if fitting.is_empty() {
            return Err(Code::NotGranted.into());
        }
        let Some(first) = fitting.iter().find(covers) else { return Err(Code::FieldNotGranted.into()) };
        // A duty that stands without a consent or a case is looked for first: it asks less of the call.
        let usable = fitting.iter().filter(covers).filter(uses);
        let Some(duty) = usable.min_by_key(|duty| (duty.consent.is_some(), duty.needs_case)) else {
            return Err(if first.manners.is_empty() { Code::NotGranted } else { Code::MannerNotGranted }.into());
        };
        self.check_listed(tx, passage)?;
        let case = if duty.needs_case { Some(self.case(tx, passage)?) } else { None };
        Ok(permit(duty, case))
    }
}

fn permit(duty: &StandingDuty, case: Option<CaseRef>) -> Permit {
    let masks: BTreeMap<String, MaskKind> = duty.masks.iter().filter_map(|(field, word)| Some((field.clone(), MaskKind::parse(word)?))).collect();
    Permit {
        grant: duty.id.clone(),
        purpose: duty.purpose.clone(),
        basis: duty.basis.clone(),
        case,
        fields: duty.fields.iter().cloned().collect(),
        masks,
        rows: RowScope { values: duty.rows.clone(), ..RowScope::default() },
        manners: duty.manners.clone(),
        calls_per_minute_max: duty.calls_per_minute_max,
        calls_per_day_max: duty.calls_per_day_max,
        cell_count_min: duty.cell_count_min,
        secret_until: None,
        consent: duty.consent.clone(),
    }
}
