//! Drafts of an account.

use runner::Halt;
use seal::FieldKeys;
use store::{StoreError, Tx};

use crate::engine::{load_draft, open_draft};
use crate::model::{Draft, MaterialFile};
use crate::store::{drafts, materials};

/// An account cannot start more.
pub(crate) const DRAFTS_MAX: u32 = 50;

/// Drafts of an account, the newest first.
///
/// # Errors
/// The database's, or a key is missing.
pub fn drafts_of(tx: &mut Tx<'_>, keys: &FieldKeys, account: &str) -> Result<Vec<Draft>, Halt> {
    drafts::of_account(tx, account, DRAFTS_MAX)?.into_iter().map(|row| open_draft(row, keys)).collect()
}

/// One draft of an account; `None` when there is none, or it is somebody else's.
///
/// # Errors
/// The database's, or a key is missing.
pub fn draft_of(tx: &mut Tx<'_>, keys: &FieldKeys, id: &str, account: &str) -> Result<Option<Draft>, Halt> {
    load_draft(tx, keys, id, account)
}

/// Files attached to a draft (or a case).
///
/// # Errors
/// The database's.
pub fn materials_of_draft(tx: &mut Tx<'_>, draft: &str) -> Result<Vec<MaterialFile>, StoreError> {
    materials::of_owner(tx, draft)
}
