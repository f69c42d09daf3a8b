//! Public figures, computed from the cases. They are kept for a minute, so that a busy home page does not count every case anew.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use cases::RatingLevel;
use cases::queries::{ItemFigures, item_figures, rating_counts};
use gate::{App, PageError};
use runner::Halt;
use store::Tx;

const KEPT_MS: i64 = 60_000;

/// How often each level of satisfaction was given, best first; every level is there.
pub(crate) type Levels = [(RatingLevel, i64); 5];

/// The figures of the whole site at a moment.
#[derive(Debug, Clone)]
pub(crate) struct Figures {
    pub(crate) all: ItemFigures,
    pub(crate) levels: Levels,
    /// By slug, of every item in force.
    pub(crate) items: BTreeMap<String, (ItemFigures, Levels)>,
    /// When they were computed, in milliseconds since 1970.
    pub(crate) at_ms: i64,
}

impl Figures {
    /// The figures of an item; zeros where it has no cases.
    pub(crate) fn of(&self, slug: &str) -> ItemFigures {
        self.items.get(slug).map(|(figures, _)| *figures).unwrap_or_default()
    }

    /// How often each level was given for an item.
    pub(crate) fn levels_of(&self, slug: &str) -> Levels {
        self.items.get(slug).map_or_else(|| levels(&[]), |(_, levels)| *levels)
    }
}

/// Figures computed within the last minute.
#[derive(Debug, Clone, Default)]
pub(crate) struct FiguresCache(Arc<Mutex<Option<Arc<Figures>>>>);

impl FiguresCache {
    /// The figures, from the last minute or computed now.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn get(&self, app: &App) -> Result<Arc<Figures>, PageError> {
        let now_ms = app.now_ms();
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(kept) = kept.filter(|kept| (0..KEPT_MS).contains(&(now_ms - kept.at_ms))) {
            return Ok(kept);
        }
        let slugs: Vec<String> = app.library.all_current(app.today()).iter().map(|package| package.slug.clone()).collect();
        let figures = Arc::new(app.read(move |tx| compute(tx, &slugs, now_ms)).await?);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(figures.clone());
        Ok(figures)
    }
}

fn compute(tx: &mut Tx<'_>, slugs: &[String], at_ms: i64) -> Result<Figures, Halt> {
    let mut items = BTreeMap::new();
    for slug in slugs {
        items.insert(slug.clone(), (item_figures(tx, Some(slug))?, levels(&rating_counts(tx, Some(slug))?)));
    }
    Ok(Figures { all: item_figures(tx, None)?, levels: levels(&rating_counts(tx, None)?), items, at_ms })
}

/// All five levels from those that were given.
pub(crate) fn levels(counted: &[(RatingLevel, i64)]) -> Levels {
    RatingLevel::ALL.map(|level| (level, counted.iter().filter(|(given, _)| *given == level).map(|(_, count)| count).sum()))
}

/// Good ratings in a hundred, with one digit: `98.5%`; nothing where nobody has rated.
pub(crate) fn good_rate(figures: &ItemFigures) -> Option<String> {
    percent(figures.good, figures.rated)
}

/// A share in a hundred, with one digit.
pub(crate) fn percent(part: i64, whole: i64) -> Option<String> {
    if whole <= 0 {
        return None;
    }
    let permille = (part.max(0).saturating_mul(1000) + whole / 2) / whole;
    Some(format!("{}.{}%", permille / 10, permille % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_needs_a_rating() {
        assert_eq!(good_rate(&ItemFigures::default()), None);
        assert_eq!(good_rate(&ItemFigures { rated: 3, good: 2, ..ItemFigures::default() }).as_deref(), Some("66.7%"));
        assert_eq!(percent(200, 200).as_deref(), Some("100.0%"));
    }

    #[test]
    fn levels_that_nobody_gave_are_zero() {
        let levels = levels(&[(RatingLevel::Satisfied, 4)]);
        assert_eq!(levels.map(|(_, count)| count), [0, 4, 0, 0, 0]);
    }
}
