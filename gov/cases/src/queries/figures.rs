//! Figures that are computed from the cases, never reported.

use serde::Serialize;
use store::{StoreError, Tx};

use crate::model::RatingLevel;
use crate::store::{lists, ratings};

/// How an item does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ItemFigures {
    /// Cases submitted.
    pub submitted: i64,
    /// Cases closed.
    pub closed: i64,
    /// Ratings given.
    pub rated: i64,
    /// Ratings of three stars or more.
    pub good: i64,
}

/// How an organ does at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OrganFigures {
    /// Open cases.
    pub open: i64,
    /// Open and past the promised day.
    pub overdue: i64,
    /// Closed.
    pub closed: i64,
}

/// Figures of an item, or of all.
///
/// # Errors
/// The database's.
pub fn item_figures(tx: &mut Tx<'_>, slug: Option<&str>) -> Result<ItemFigures, StoreError> {
    let (submitted, closed) = lists::counts(tx, slug)?;
    let counted = ratings::counts(tx, slug)?;
    let rated = counted.iter().map(|(_, count)| count).sum();
    let good = counted.iter().filter(|(level, _)| !level.is_bad()).map(|(_, count)| count).sum();
    Ok(ItemFigures { submitted, closed, rated, good })
}

/// How often each level was given.
///
/// # Errors
/// The database's.
pub fn rating_counts(tx: &mut Tx<'_>, slug: Option<&str>) -> Result<Vec<(RatingLevel, i64)>, StoreError> {
    ratings::counts(tx, slug)
}

/// The rating of a case, without the comment, which is sealed: [`super::case_view`] opens it.
///
/// # Errors
/// The database's.
pub fn rating_of(tx: &mut Tx<'_>, case: &str) -> Result<Option<ratings::Rating>, StoreError> {
    Ok(ratings::find(tx, case)?.map(|rating| ratings::Rating { comment: String::new(), ..rating }))
}

/// Figures of an organ.
///
/// # Errors
/// The database's.
pub fn organ_figures(tx: &mut Tx<'_>, organ: &str, today: clock::Date) -> Result<OrganFigures, StoreError> {
    lists::organ_counts(tx, organ, today)
}
