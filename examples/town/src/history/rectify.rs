//! 好差评整改: opened by a bad rating, handled by the rated organ, called back by the hotline.

use clock::Timestamp;
use ids::SeededEntropy;
use runner::Actor;

use super::{Opening, Story, done};
use crate::dice::{chance, index};

/// What the rated organ does about it.
pub(crate) fn story(case: String, at: Timestamp, mut dice: SeededEntropy) -> Story {
    let opening = Opening::Opened { case, at };
    let steps = if chance(&mut dice, 15) {
        let fact = "评价人表示误点，本意为满意，通话有录音。";
        vec![done(1, "check", "returned", fact), done(1, "revisit", "done", "评价人确认为误评。")]
    } else {
        let days = u32::try_from(index(&mut dice, 8)).unwrap_or(0) + 2;
        vec![
            done(1, "check", "passed", "已电话联系评价人，所反映的情况属实。"),
            done(days, "rectify", "resolved", "超期系内部流转不及时，已向评价人致歉；即日起受理当日派到承办人，临期前两天提醒负责人。"),
            done(1, "revisit", "done", "评价人对整改情况表示认可。"),
        ]
    };
    Story { name: "rectification".to_owned(), applicant: Actor::system(), opening, steps: steps.into(), dice }
}
