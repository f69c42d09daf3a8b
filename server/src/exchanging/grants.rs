//! Rights by grants of data sharing; where there is none, by a standing duty of the exchange.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use exchange::{CaseBook, Code, NegativeList, Passage, Permit, Rights, RowCondition, RowScope, StandingDuties};
use i18n::Text;
use runner::{Halt, Refusal};
use store::Tx;
use tracker::{CaseRef, Manner};

/// Figures under this count are not told to whoever reads by a grant.
const CELL_COUNT_MIN: u32 = 10;

/// Rights by grants of data sharing, then by standing duties.
pub(crate) struct Grants {
    cases: Arc<dyn CaseBook>,
    duties: StandingDuties,
}

impl Grants {
    /// With those who know the cases, and what is not shared.
    pub(crate) fn new(cases: Arc<dyn CaseBook>, negative: Arc<dyn NegativeList>) -> Self {
        Self { duties: StandingDuties::new(Arc::clone(&cases), negative), cases }
    }

    fn by_grant(&self, tx: &mut Tx<'_>, passage: &Passage<'_>) -> Result<Permit, Halt> {
        let client = passage.client.to_string();
        let grantee = passage.organ.unwrap_or(&client);
        let state = match passage.case {
            Some(number) => self.cases.find(tx, number, passage.register)?.filter(|state| state.organ == grantee),
            None => None,
        };
        let case = state.as_ref().map(|state| (state.item.as_str(), state.open));
        let fields: Vec<&str> = passage.fields.iter().map(String::as_str).collect();
        let now = clock::from_millis(passage.now_ms).map_err(Halt::fault)?;
        let granted = sharing::use_grant(tx, grantee, passage.register, &fields, case, now).map_err(in_our_words)?;
        // The provider has agreed to what was asked; what a case may read is besides what its published package declares.
        let declared = state.as_ref().and_then(|state| state.declared.as_ref()).filter(|_| granted.by_case);
        if declared.is_some_and(|declared| !passage.fields.iter().all(|field| declared.contains(field))) {
            return Err(Code::FieldNotGranted.into());
        }
        Ok(permit(granted, state.map(|state| state.case))?)
    }
}

impl Rights for Grants {
    fn permit(&self, tx: &mut Tx<'_>, passage: &Passage<'_>) -> Result<Permit, Halt> {
        match self.by_grant(tx, passage) {
            Err(Halt::Refused(refusal)) => match self.duties.permit(tx, passage) {
                // What the grants said is the better answer where no duty is recorded at all.
                Err(Halt::Refused(other)) if other.code == Code::NotGranted.as_str() => Err(Halt::Refused(refusal)),
                answer => answer,
            },
            Ok(permit) => self.duties.check_listed(tx, passage).map(|()| permit),
            fault => fault,
        }
    }
}

fn permit(granted: sharing::Permit, case: Option<CaseRef>) -> Result<Permit, Code> {
    // A condition that cannot be read is not passed over: nothing passes under it.
    let condition = match &granted.rows.filter {
        Some(text) => Some(RowCondition::parse(text).ok_or(Code::NotGranted)?),
        None => None,
    };
    let rows = RowScope { division: granted.rows.division, condition, ..RowScope::default() };
    Ok(Permit {
        grant: granted.grant,
        purpose: Text::same(granted.purpose),
        basis: granted.basis,
        case,
        fields: granted.fields.into_iter().collect::<BTreeSet<_>>(),
        masks: BTreeMap::new(),
        rows,
        // A grant is for one manner alone; whoever may see values may be answered yes or no.
        manners: if granted.manner == Manner::Full { vec![Manner::Full, Manner::Masked, Manner::YesNo] } else { vec![granted.manner] },
        calls_per_minute_max: granted.rate_per_minute,
        calls_per_day_max: granted.quota_per_day,
        cell_count_min: CELL_COUNT_MIN,
        secret_until: None,
        consent: granted.consent,
    })
}

/// The refusal of a grant under the code of the exchange; its sentence stays.
fn in_our_words(halt: Halt) -> Halt {
    let Halt::Refused(refusal) = halt else { return halt };
    let code = match refusal.code.as_ref() {
        "field-not-granted" => Code::FieldNotGranted,
        "case-not-declared" | "purpose-mismatch" => Code::CaseNeeded,
        "case-not-open" => Code::CaseClosed,
        "quota-used-up" => Code::QuotaExceeded,
        "rate-exceeded" => Code::RateExceeded,
        _ => Code::NotGranted,
    };
    Halt::Refused(Box::new(Refusal { code: code.as_str().into(), ..*refusal }))
}
