//! The inbox of a post.

use clock::Date;
use i18n::Text;
use runner::Actor;
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx};

use crate::model::{CaseStatus, Task};
use crate::store::lists;

/// How the inbox is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InboxSort {
    /// The oldest task first.
    #[default]
    Opened,
    /// The earliest due day first; without one last.
    Due,
}

/// What of the inbox is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxFilter {
    /// Only tasks claimed by the actor.
    #[serde(default)]
    pub mine: bool,
    /// Only tasks nobody has claimed.
    #[serde(default)]
    pub unclaimed: bool,
    /// Only cases of this item.
    #[serde(default)]
    pub slug: Option<String>,
    /// Only this case number.
    #[serde(default)]
    pub number: Option<String>,
    /// Order.
    #[serde(default)]
    pub sort: InboxSort,
    /// After this position of an earlier page.
    #[serde(default)]
    pub after: Option<String>,
    /// Rows on a page; 1 to 100.
    #[serde(default)]
    pub page_size: Option<u32>,
}

/// A task and what one wants to know of its case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InboxRow {
    /// The task.
    pub task: Task,
    /// 办件编号.
    pub number: String,
    /// The item.
    pub slug: String,
    /// Its name.
    pub item_name: Text,
    /// The applicant's name as shown in lists.
    pub applicant_shown: String,
    /// Where the case stands.
    pub status: CaseStatus,
    /// The promised day of the case.
    pub case_due_on: Option<Date>,
    /// Milliseconds since 1970.
    pub submitted_ms: i64,
}

/// A page of the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InboxPage {
    /// Rows.
    pub rows: Vec<InboxRow>,
    /// Where the next page starts; `None` at the end.
    pub next: Option<String>,
}

const PAGE_SIZE: u32 = 20;
const PAGE_SIZE_MAX: u32 = 100;

/// Open tasks of the actor's posts.
///
/// # Errors
/// The database's.
pub fn inbox(tx: &mut Tx<'_>, actor: &Actor, filter: &InboxFilter) -> Result<InboxPage, StoreError> {
    let limit = filter.page_size.unwrap_or(PAGE_SIZE).clamp(1, PAGE_SIZE_MAX);
    let mut rows = lists::inbox(tx, actor, filter, limit + 1)?;
    let more = u32::try_from(rows.len()).unwrap_or(u32::MAX) > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| position(row, filter.sort));
    Ok(InboxPage { rows, next })
}

/// Tasks that an account completed, the newest first.
///
/// # Errors
/// The database's.
pub fn done_by(tx: &mut Tx<'_>, account: &str, limit: u32) -> Result<Vec<InboxRow>, StoreError> {
    lists::done_by(tx, account, limit)
}

/// A keyset position: the sort value and the identifier.
fn position(row: &InboxRow, sort: InboxSort) -> String {
    match sort {
        InboxSort::Opened => row.task.id.clone(),
        InboxSort::Due => format!("{}~{}", row.case_due_on.map_or_else(|| "9999-12-31".to_owned(), |date| date.to_string()), row.task.id),
    }
}
