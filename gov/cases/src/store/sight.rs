//! Who sees which case because of a task: the posts of its open tasks, and the accounts that have or had one. The events of tasks keep it
//! in their own transaction, so that a list is one statement on one index, whatever it is that lets somebody see.

use store::{StoreError, Tx};

/// A post sees what it has an open task in.
pub(crate) fn of_post(organ: &str, post: &str) -> String {
    format!("post/{organ}/{post}")
}

/// An account sees what it has or had a task in.
pub(crate) fn of_account(account: &str) -> String {
    format!("account/{account}")
}

/// Lets a viewer see a case.
pub(crate) fn give(tx: &mut Tx<'_>, viewer: &str, line: i64) -> Result<(), StoreError> {
    tx.execute("insert into case_sight (viewer, line) values ($1, $2) on conflict (viewer, line) do nothing", &[&viewer, &line]).map(drop)
}

/// A post has lost a task: it sees the case no longer, unless another open task of the case is its own.
pub(crate) fn take_from_post(tx: &mut Tx<'_>, organ: &str, post: &str, case: &str, line: i64) -> Result<(), StoreError> {
    tx.execute(
        "delete from case_sight where viewer = $1 and line = $2 and not exists
         (select 1 from case_task t where t.case_id = $3 and t.state = 'open' and t.organ = $4 and t.post = $5)",
        &[&of_post(organ, post), &line, &case, &organ, &post],
    )
    .map(drop)
}

/// An account has lost a task: it sees the case no longer, unless another task of the case is or was its own.
pub(crate) fn take_from_account(tx: &mut Tx<'_>, account: &str, case: &str, line: i64) -> Result<(), StoreError> {
    tx.execute(
        "delete from case_sight where viewer = $1 and line = $2 and not exists
         (select 1 from case_task t where t.case_id = $3 and t.assignee = $4)",
        &[&of_account(account), &line, &case, &account],
    )
    .map(drop)
}
