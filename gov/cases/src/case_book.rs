//! What registers may know of cases: that one is open, and that whoever asks handles it.

use i18n::Text;
use registers::CaseBook;
use runner::{Cx, Halt};
use tracker::CaseRef;

use crate::model::CaseStatus;
use crate::queries::case_resource;
use crate::store::files;

/// For the runner of a node: registers are read for a case that is open and that the actor handles, and for no other.
#[must_use]
pub fn case_book() -> CaseBook {
    CaseBook::new(open_case_of)
}

fn open_case_of(cx: &mut Cx<'_>, wanted: &str) -> Result<Option<CaseRef>, Halt> {
    let wanted = wanted.trim();
    let found = match files::find(cx.tx(), wanted)? {
        Some(row) => Some(row),
        None => files::by_number(cx.tx(), wanted)?,
    };
    let Some(row) = found.filter(|row| row.status != CaseStatus::Closed.code()) else { return Ok(None) };
    let actor = cx.actor();
    let resource = case_resource(cx.tx(), actor, &row.id)?;
    let handles = resource.is_some_and(|resource| cx.may("case.read-materials", &resource));
    Ok(handles.then(|| CaseRef { id: row.id, number: row.number, title: Text::new(row.item_name_zh, row.item_name_en) }))
}
