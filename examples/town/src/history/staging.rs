//! What stories of all items have in common.

use cases::RatingLevel;
use ids::Entropy;

use super::{Step, rated};
use crate::dice::{between, pick, weighted};

const COMMENTS: [&str; 8] = [
    "全程网上办，很方便。",
    "办得很快，谢谢。",
    "工作人员打电话讲得很清楚。",
    "手机上就能办，没跑一趟。",
    "",
    "",
    "流程清楚，进度随时能查。",
    "比想象的快。",
];

/// A rating of satisfied people, some days after.
pub(crate) fn good_rating(dice: &mut dyn Entropy) -> Step {
    let level = match weighted(dice, [62, 26, 12].into_iter()) {
        0 => RatingLevel::VerySatisfied,
        1 => RatingLevel::Satisfied,
        _ => RatingLevel::FairlySatisfied,
    };
    let comment = pick(dice, &COMMENTS).copied().unwrap_or_default();
    rated(between(dice, 0, 4), level, comment)
}
