use crate::model::division::DivisionCode;
use crate::model::organ::Organ;
use crate::model::party::OrganId;
use crate::model::unified::UnifiedCode;
use crate::store as tables;
use store::{StoreError, Tx};

/// All organs, by division and code.
pub fn organs(tx: &mut Tx<'_>) -> Result<Vec<Organ>, StoreError> {
    tables::organs::all(tx)
}

/// One organ.
pub fn organ(tx: &mut Tx<'_>, id: &OrganId) -> Result<Option<Organ>, StoreError> {
    tables::organs::find(tx, id.as_str())
}

/// The organ with a unified code.
pub fn organ_by_code(tx: &mut Tx<'_>, code: &UnifiedCode) -> Result<Option<Organ>, StoreError> {
    tables::organs::find_by_code(tx, code.as_str())
}

/// The organ that has a duty in a division. Where the division itself has none, the one of the division above answers
/// for it: a county's bureau for its towns, the city's where the county has none.
pub fn organ_for_duty(tx: &mut Tx<'_>, duty: &str, division: &DivisionCode) -> Result<Option<Organ>, StoreError> {
    for code in division.with_ancestors() {
        if let Some(organ) = tables::organs::with_duty(tx, duty, code.as_str())? {
            return Ok(Some(organ));
        }
    }
    Ok(None)
}
