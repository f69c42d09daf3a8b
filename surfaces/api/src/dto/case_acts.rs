//! What is done with a case.

use cases::RatingLevel;
use cases::queries::Rating;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::At;

/// The answer to a correction; files are attached before with `POST /cases/{case}/materials`.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectionAnswer {
    /// Answers to be changed.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) answers: Map<String, Value>,
    /// The version seen, in place of `If-Match`.
    #[serde(default)]
    pub(crate) seen: Option<i64>,
}

/// Something the case waits for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Report {
    /// Name of the message, one of `awaits`.
    pub(crate) message: String,
    /// What it says.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) fields: Map<String, Value>,
}

/// 好差评.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewRating)]
pub(crate) struct NewRating {
    /// `very-satisfied`, `satisfied`, `fairly-satisfied`, `dissatisfied`, `very-dissatisfied`.
    #[schema(value_type = String, example = "satisfied")]
    pub(crate) level: RatingLevel,
    /// Codes of national tags that fit the level.
    #[serde(default)]
    pub(crate) tags: Vec<u16>,
    /// In one's own words, up to 1,000 characters.
    #[serde(default)]
    pub(crate) comment: String,
}

/// A rating.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rating)]
pub(crate) struct RatingOf {
    /// How satisfied.
    #[schema(value_type = String)]
    level: RatingLevel,
    /// 5 is the best.
    stars: u8,
    /// Codes of the tags chosen.
    tags: Vec<u16>,
    /// In the applicant's words.
    comment: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: At,
}

impl From<Rating> for RatingOf {
    fn from(rating: Rating) -> Self {
        Self { level: rating.level, stars: rating.level.stars(), tags: rating.tags, comment: rating.comment, at: At(rating.at_ms) }
    }
}

/// Why an answered request is to be taken up again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reopening {
    /// What is still not solved.
    pub(crate) reason: String,
}

/// 特别程序.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Suspension {
    /// One of the reasons the item lists: `testing`.
    pub(crate) reason: String,
    /// How many days it will take; the applicant is told.
    pub(crate) days_estimated: u32,
    /// The version seen, in place of `If-Match`.
    #[serde(default)]
    pub(crate) seen: Option<i64>,
}

/// 延长办理期限.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Extension {
    /// By how many working days.
    pub(crate) workdays: u32,
    /// Why; the applicant is told.
    pub(crate) reason: String,
    /// The version seen, in place of `If-Match`.
    #[serde(default)]
    pub(crate) seen: Option<i64>,
}
