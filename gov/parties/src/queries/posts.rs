use crate::model::organ::{HeldPost, Post, Staff};
use crate::model::party::{OrganId, PostId, StaffId};
use crate::store as tables;
use clock::Date;
use store::{StoreError, Tx};

/// One post.
pub fn post(tx: &mut Tx<'_>, id: &PostId) -> Result<Option<Post>, StoreError> {
    tables::posts::find(tx, id.as_str())
}

/// The posts of an organ, by code.
pub fn posts_of_organ(tx: &mut Tx<'_>, organ: &OrganId) -> Result<Vec<Post>, StoreError> {
    tables::posts::of_organ(tx, organ.as_str())
}

/// One member of staff.
pub fn staff(tx: &mut Tx<'_>, id: &StaffId) -> Result<Option<Staff>, StoreError> {
    tables::staff::find(tx, id.as_str())
}

/// The staff of an organ, by name.
pub fn staff_of_organ(tx: &mut Tx<'_>, organ: &OrganId) -> Result<Vec<Staff>, StoreError> {
    tables::staff::of_organ(tx, organ.as_str())
}

/// The posts somebody holds on a day: one's own, then those of colleagues who are away. Who is away keeps the posts,
/// so that nothing is lost when somebody works after all.
pub fn posts_of_staff(tx: &mut Tx<'_>, staff: &StaffId, on: Date) -> Result<Vec<HeldPost>, StoreError> {
    let mut held = tables::posts::own(tx, staff.as_str())?;
    held.extend(tables::posts::substituted(tx, staff.as_str(), on)?);
    Ok(held)
}

/// Who works in a lane of an organ on a day: holders who are there, and substitutes of those who are away.
pub fn holders_of_lane(tx: &mut Tx<'_>, organ: &OrganId, lane: &str, on: Date) -> Result<Vec<StaffId>, StoreError> {
    let mut working = Vec::new();
    for holder in tables::posts::holders(tx, organ.as_str(), lane)? {
        let absence = tables::staff::find(tx, holder.as_str())?.and_then(|staff| staff.absence);
        let present = match absence {
            Some(absence) if absence.covers(on) => absence.substitute,
            Some(_) | None => holder,
        };
        if !working.contains(&present) {
            working.push(present);
        }
    }
    Ok(working)
}
