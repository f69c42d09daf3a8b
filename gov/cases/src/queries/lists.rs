//! Lists of cases, within what the actor may see.

use clock::Date;
use i18n::Text;
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx};
use trust::Scope;

use crate::model::{CaseStatus, Outcome};
use crate::store::lists;

/// What of the list is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFilter {
    /// Only cases in this state.
    #[serde(default)]
    pub status: Option<CaseStatus>,
    /// Only cases of this item.
    #[serde(default)]
    pub slug: Option<String>,
    /// Only this number.
    #[serde(default)]
    pub number: Option<String>,
    /// After this position of an earlier page.
    #[serde(default)]
    pub after: Option<String>,
    /// Rows on a page; 1 to 100.
    #[serde(default)]
    pub page_size: Option<u32>,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseRow {
    /// Its place in the list: the later submitted, the larger.
    #[serde(skip)]
    pub line: i64,
    /// Identifier.
    pub id: String,
    /// 办件编号.
    pub number: String,
    /// The item.
    pub slug: String,
    /// Its name.
    pub item_name: Text,
    /// The organ responsible.
    pub organ: String,
    /// The division of that organ.
    pub division: String,
    /// The applicant's party.
    pub party: String,
    /// The applicant's name as shown in lists.
    pub applicant_shown: String,
    /// Where it stands.
    pub status: CaseStatus,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Milliseconds since 1970.
    pub submitted_ms: i64,
    /// The promised day.
    pub due_on: Option<Date>,
    /// Closed at.
    pub closed_ms: Option<i64>,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseListPage {
    /// Rows, the newest first.
    pub rows: Vec<CaseRow>,
    /// Where the next page starts; `None` at the end.
    pub next: Option<String>,
}

const PAGE_SIZE: u32 = 20;
const PAGE_SIZE_MAX: u32 = 100;

/// Cases within a scope, the newest first.
///
/// # Errors
/// The database's.
pub fn case_list(tx: &mut Tx<'_>, scope: &Scope, filter: &CaseFilter) -> Result<CaseListPage, StoreError> {
    let limit = filter.page_size.unwrap_or(PAGE_SIZE).clamp(1, PAGE_SIZE_MAX);
    let mut rows = lists::cases(tx, scope, filter, limit + 1)?;
    let more = u32::try_from(rows.len()).unwrap_or(u32::MAX) > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| row.line.to_string());
    Ok(CaseListPage { rows, next })
}

/// Cases of a party, the newest first.
///
/// # Errors
/// The database's.
pub fn cases_of_party(tx: &mut Tx<'_>, party: &str, limit: u32) -> Result<Vec<CaseRow>, StoreError> {
    lists::of_party(tx, party, limit)
}

/// Open cases of an organ that are due on or before a day, the most urgent first: overdue and near-due for its head.
///
/// # Errors
/// The database's.
pub fn due_list(tx: &mut Tx<'_>, organ: &str, until: Date, limit: u32) -> Result<Vec<CaseRow>, StoreError> {
    lists::due(tx, organ, until, limit)
}
