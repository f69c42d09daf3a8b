//! Figures, computed from the cases.

use cases::queries::{ItemFigures, OrganFigures};
use i18n::Text;
use serde::Serialize;
use utoipa::ToSchema;

use super::{At, Words};

/// Public figures.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Figures {
    /// When they were computed; they are kept for a minute.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) at: At,
    /// All items together.
    pub(crate) total: FiguresOf,
    /// How often each level of satisfaction was given.
    pub(crate) ratings: Vec<LevelCount>,
    /// Each item in force.
    pub(crate) items: Vec<ItemFiguresOf>,
}

/// Counts.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Counts)]
pub(crate) struct FiguresOf {
    /// Cases submitted.
    submitted: i64,
    /// Cases closed.
    closed: i64,
    /// Ratings given.
    rated: i64,
    /// Ratings of three stars or more.
    good: i64,
}

impl From<ItemFigures> for FiguresOf {
    fn from(figures: ItemFigures) -> Self {
        Self { submitted: figures.submitted, closed: figures.closed, rated: figures.rated, good: figures.good }
    }
}

/// Counts of one item.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ItemFigures)]
pub(crate) struct ItemFiguresOf {
    /// The item.
    pub(crate) slug: String,
    /// Its name.
    #[schema(value_type = Words)]
    pub(crate) name: Text,
    /// Its counts.
    #[serde(flatten)]
    pub(crate) figures: FiguresOf,
}

/// How often a level was given.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct LevelCount {
    /// The level.
    pub(crate) level: String,
    /// 5 is the best.
    pub(crate) stars: u8,
    /// How often.
    pub(crate) count: i64,
}

/// How an organ does at this moment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrganFigures)]
pub(crate) struct OrganFiguresOf {
    /// Open cases.
    open: i64,
    /// Open and past the promised day.
    overdue: i64,
    /// Closed.
    closed: i64,
}

impl From<OrganFigures> for OrganFiguresOf {
    fn from(figures: OrganFigures) -> Self {
        Self { open: figures.open, overdue: figures.overdue, closed: figures.closed }
    }
}
