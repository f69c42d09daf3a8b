//! Questions the pages ask.

mod burden;
mod case_view;
mod check;
mod drafts;
mod figures;
mod held;
mod inbox;
mod lists;
mod proposal;
mod public_figures;
mod tracking;

pub use burden::{AskedThoughHeld, ItemBurden, Measured, Proposed, burden_of, item_burdens};
pub use case_view::{
    CaseStanding, CaseView, TimelineEntry, case_file, case_resource, case_standing, case_view, cases_made_from, materials_of, number_of,
    receipt_index, task_by_id, tasks_of,
};
pub use check::{Checked, check_answers, facts_variables, needed_materials, with_facts};
pub(crate) use drafts::DRAFTS_MAX;
pub use drafts::{draft_of, drafts_of, materials_of_draft};
pub use figures::{ItemFigures, OrganFigures, item_figures, organ_figures, rating_counts, rating_of};
pub use held::{Given, Held, HeldRecord, held_about, registers_of};
pub use inbox::{InboxFilter, InboxPage, InboxRow, InboxSort, done_by, inbox};
pub use lists::{CaseFilter, CaseListPage, CaseRow, case_list, cases_of_party, due_list};
pub use proposal::{Proposal, proposal};
pub use public_figures::{MonthCount, RegisterUse, is_counted, month_counts, rating_counts_before, register_uses};
pub use tracking::{Progress, progress};

pub use crate::engine::applicant_of;
pub use crate::store::messages::Message;
pub use crate::store::ratings::Rating;

use store::{StoreError, Tx};

/// Messages to a party, newest first.
///
/// # Errors
/// The database's.
pub fn messages_of(tx: &mut Tx<'_>, party: &str, limit: u32) -> Result<Vec<Message>, StoreError> {
    crate::store::messages::of_party(tx, party, limit)
}

/// Marks all messages to a party as read. Presentation, not state of any case: it is not journalled.
///
/// # Errors
/// The database's.
pub fn mark_messages_read(tx: &mut Tx<'_>, party: &str, at_ms: i64) -> Result<(), StoreError> {
    crate::store::messages::mark_read(tx, party, at_ms)
}
