//! 高龄津贴

use cases::RatingLevel;
use clock::Timestamp;
use ids::SeededEntropy;
use serde_json::json;

use super::cast::Applicant;
use super::staging::good_rating;
use super::{Act, Application, Extra, Opening, Step, Story, done, done_with, fields, rated, step};
use crate::dice::{between, chance, pick};
use crate::pace::Pause;

const SLUG: &str = "gaoling-jintie";
const REVIEWED: &str = "已核对户口簿和身份证，本人健在，年龄、户籍符合条件。";

/// How a story goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    Instant,
    InstantUnrated,
    ByPerson,
    Misspelt,
    Corrected,
    Lapsed,
    Withdrawn,
    Rejected,
    Late,
    AwaitingReview,
    AwaitingDecision,
}

use Course::{ByPerson, Corrected, Instant, InstantUnrated, Lapsed, Late, Misspelt, Rejected, Withdrawn};

/// In turn, so that every course occurs.
pub(crate) const COURSES: [Course; 16] = [
    Instant,
    InstantUnrated,
    Misspelt,
    Instant,
    ByPerson,
    Instant,
    Instant,
    Corrected,
    Instant,
    Rejected,
    Instant,
    Withdrawn,
    Instant,
    Late,
    Instant,
    Lapsed,
];

/// An old person is granted the allowance, at once or by a person.
pub(crate) fn story(elder: &Applicant, at: Timestamp, course: Course, mut dice: SeededEntropy) -> Story {
    let application = application(elder, at, course, &mut dice);
    let steps = steps(course, &mut dice).into();
    let (name, opening) = (format!("allowance {course:?}"), Opening::Submit(Box::new(application)));
    Story { name, applicant: elder.actor.clone(), opening, steps, dice }
}

fn application(elder: &Applicant, at: Timestamp, course: Course, dice: &mut SeededEntropy) -> Application {
    let misspelt = matches!(course, Course::Misspelt | Course::AwaitingReview);
    // A name as it was written before the register was tidied up.
    let name = if misspelt { format!("{}儿", elder.name) } else { elder.name.clone() };
    let elsewhere = matches!(course, Course::Corrected | Course::Lapsed | Course::Rejected);
    let answers = json!({
        "name": name,
        "id_number": elder.identity_number,
        "birth_date": elder.birth,
        "division": if elsewhere { "339922" } else { elder.division.as_str() },
        "mobile": elder.mobile,
        "bank_name": pick(dice, &["云溪农村商业银行", "示例储蓄银行云溪支行"]).copied().unwrap_or("云溪农村商业银行"),
        "bank_account": format!("62300000{:011}", between(dice, 1, 99_999_999)),
        "person_decides": !matches!(course, Course::Instant | Course::InstantUnrated),
    });
    let who = if elder.actor.on_behalf.is_some() { "relative" } else { "self" };
    let situation = json!({ "who": who, "receiving": "no" });
    let channel = if chance(dice, 70) { "mobile" } else { "web" };
    Application { slug: SLUG, at, channel, situation: fields(situation), answers: fields(answers), materials: Vec::new() }
}

fn accept(workdays: u32) -> Step {
    done(workdays, "accept", "accepted", "")
}

fn review(workdays: u32) -> Step {
    done(workdays, "review", "passed", REVIEWED)
}

fn decide(workdays: u32) -> Step {
    done(workdays, "decide", "approved", "经核实符合发放条件，同意给付。")
}

fn ask() -> Step {
    let says = "户籍所在地与户口簿不一致，请改为户口簿上的乡镇（街道）。".to_owned();
    step(Pause::Office(1), Act::RequestCorrection { target: "division", says })
}

fn steps(course: Course, dice: &mut SeededEntropy) -> Vec<Step> {
    match course {
        Course::Instant => vec![good_rating(dice)],
        Course::InstantUnrated => Vec::new(),
        Course::ByPerson | Course::Misspelt => vec![accept(1), review(2), decide(2), good_rating(dice)],
        Course::Corrected => {
            let answer = step(Pause::Days(between(dice, 1, 6)), Act::AnswerCorrection(fields(json!({ "division": "339921" }))));
            vec![ask(), answer, accept(0), review(2), decide(1), good_rating(dice)]
        }
        Course::Lapsed => vec![ask()],
        Course::Withdrawn => vec![accept(1), step(Pause::Days(1), Act::Withdraw)],
        Course::Rejected => {
            let reasons = "户籍不在本县，不符合户籍条件；请向户籍所在地的民政部门申请。";
            vec![accept(1), review(2), done_with(1, "decide", "rejected", reasons, Extra::Basis("老年人权益保障法 第三十三条第二款"))]
        }
        Course::Late => vec![accept(1), review(8), decide(5), rated(1, RatingLevel::Dissatisfied, "老人行动不便，等了三个星期才有结果。")],
        Course::AwaitingReview => vec![accept(1)],
        Course::AwaitingDecision => vec![accept(0), review(1)],
    }
}
