//! 食品经营许可

use cases::RatingLevel;
use clock::Timestamp;
use ids::SeededEntropy;
use serde_json::json;

use super::cast::Operator;
use super::staging::good_rating;
use super::{Act, Application, Extra, Opening, Step, Story, done, done_with, fields, rated, step};
use crate::dice::{between, chance, pick};
use crate::pace::Pause;

const SLUG: &str = "shipin-jingying-xuke";
const REVIEWED: &str = "布局、设备、制度、人员资料符合食品安全法第三十三条要求。";
const FOUND: &str = "布局与图纸一致，消毒、冷藏、洗手设施齐全，无交叉污染风险。";
const GRANTED: &str = "符合食品安全法第三十三条规定的条件，准予许可。";
const MATERIALS: [&str; 5] = ["layout_drawing", "equipment_list", "operation_flow", "safety_rules", "health_certificates"];

/// How a story goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    Ordinary,
    Unrated,
    Large,
    Corrected,
    Rectified,
    NotRectified,
    Tested,
    Extended,
    Returned,
    Withdrawn,
    Lapsed,
    Refused,
    Late,
    /// Left in each of these states.
    AwaitingVisit,
    AwaitingFire,
    AwaitingRepair,
    InTesting,
    ExtendedOpen,
    Correcting,
}

use Course::{Corrected, Extended, Lapsed, Large, Late, NotRectified, Ordinary, Rectified, Refused, Returned, Tested, Unrated, Withdrawn};

/// In turn, so that every course occurs.
pub(crate) const COURSES: [Course; 18] = [
    Ordinary,
    Large,
    Corrected,
    Ordinary,
    Rectified,
    Unrated,
    Ordinary,
    Tested,
    Late,
    Ordinary,
    NotRectified,
    Extended,
    Ordinary,
    Returned,
    Withdrawn,
    Ordinary,
    Lapsed,
    Refused,
];

/// A business is permitted to handle food, or not.
pub(crate) fn story(operator: &Operator, at: Timestamp, course: Course, mut dice: SeededEntropy) -> Story {
    let large = matches!(course, Course::Large | Course::AwaitingFire);
    let application = application(operator, at, large, &mut dice);
    let steps = steps(course, &mut dice).into();
    let (name, opening) = (format!("food {course:?}"), Opening::Submit(Box::new(application)));
    Story { name, applicant: operator.actor.clone(), opening, steps, dice }
}

/// The application; also used for drafts.
pub(crate) fn application(operator: &Operator, at: Timestamp, large: bool, dice: &mut SeededEntropy) -> Application {
    let area = if large { between(dice, 300, 900) } else { between(dice, 18, 260) };
    let foods: &[&[&str]] = &[&["热食类食品制售"], &["自制饮品制售", "糕点类食品制售"], &["热食类食品制售", "冷食类食品制售"], &["糕点类食品制售"]];
    let online = chance(dice, 50);
    let mut answers = json!({
        "operator_name": operator.name,
        "uscc": operator.code,
        "person_in_charge": operator.manager,
        "contact_mobile": operator.mobile,
        "business_type": if large { "canteen" } else { "catering" },
        "food_items": pick(dice, foods).copied().unwrap_or_default(),
        "sells_online": online,
        "premises_division": operator.division,
        "premises_address": operator.address,
        "area_m2": area,
        "kitchen_area_m2": (area / 3).max(6),
        "employees": between(dice, 2, 24),
        "safety_manager": operator.manager,
        "visit_preference": pick(dice, &["morning", "afternoon", "any"]).copied().unwrap_or("any"),
    });
    if let (true, Some(all)) = (online, answers.as_object_mut()) {
        all.insert("online_shop".into(), json!("示例外卖平台"));
    }
    let situation = json!({ "licence": "yes", "goods": "served", "water": "mains", "size": if large { "large" } else { "small" } });
    let channel = if chance(dice, 35) { "mobile" } else { "web" };
    Application { slug: SLUG, at, channel, situation: fields(situation), answers: fields(answers), materials: MATERIALS.to_vec() }
}

fn accept(workdays: u32) -> Step {
    done(workdays, "accept", "accepted", "")
}

fn review(workdays: u32) -> Step {
    done(workdays, "review", "passed", REVIEWED)
}

fn visit(workdays: u32, node: &'static str, qualified: bool) -> Step {
    let (outcome, found) = match qualified {
        true => ("qualified", FOUND),
        false => ("unqualified", "食品处理区缺少防鼠设施，生熟案板混用，已当场告知整改要求。"),
    };
    done_with(workdays, node, outcome, "", Extra::Visit(found.to_owned()))
}

fn decide(workdays: u32) -> Step {
    done(workdays, "decide", "approved", GRANTED)
}

fn ask() -> Step {
    let says = "平面布局图没有标明清洗消毒区和食品留样设施，请补充后重新上传。".to_owned();
    step(Pause::Office(1), Act::RequestCorrection { target: "layout_drawing", says })
}

fn steps(course: Course, dice: &mut SeededEntropy) -> Vec<Step> {
    match course {
        Course::Ordinary => vec![accept(0), review(1), visit(3, "visit", true), decide(1), good_rating(dice)],
        Course::Unrated => vec![accept(1), review(2), visit(4, "visit", true), decide(2)],
        Course::Large => {
            let agreed = done(4, "countersign", "agreed", "疏散通道和用火用气设施符合要求。");
            vec![accept(0), review(1), agreed, visit(1, "visit", true), decide(2), good_rating(dice)]
        }
        Course::Corrected => {
            let answer = step(Pause::Days(between(dice, 2, 9)), Act::AnswerCorrection(fields(json!({}))));
            vec![ask(), answer, accept(1), review(1), visit(4, "visit", true), decide(1), good_rating(dice)]
        }
        Course::Rectified => {
            let report = step(Pause::Days(3), Act::Report("rectified"));
            vec![accept(0), review(1), visit(3, "visit", false), report, visit(1, "revisit", true), decide(1), good_rating(dice)]
        }
        Course::NotRectified => {
            let reasons = "现场核查不合格，五个工作日内没有报告整改情况，不符合食品安全法第三十三条规定的条件。";
            let reject = done_with(1, "decide", "rejected", reasons, Extra::Basis("食品安全法 第三十五条第二款"));
            vec![accept(0), review(1), visit(3, "visit", false), step(Pause::Office(6), Act::Wait), reject]
        }
        Course::Tested => {
            let pause = step(Pause::Office(3), Act::Suspend { reason: "inspection", days: 6 });
            vec![accept(0), review(1), pause, step(Pause::Office(6), Act::Resume), visit(1, "visit", true), decide(1), good_rating(dice)]
        }
        Course::Extended => {
            let extend = step(Pause::Office(12), Act::Extend { workdays: 10, reason: "新型加工设备需要进一步核实。" });
            vec![accept(0), review(1), visit(5, "visit", true), extend, decide(6), good_rating(dice)]
        }
        Course::Returned => {
            let back = done(1, "review", "returned", "健康证明与从业人员名单不一致，请窗口核对收件。");
            let recheck = done(1, "recheck", "done", "已与申请人核对，名单以申请表为准。");
            vec![accept(0), back, recheck, review(1), visit(3, "visit", true), decide(1), good_rating(dice)]
        }
        Course::Withdrawn => vec![accept(0), review(1), step(Pause::Days(2), Act::Withdraw)],
        Course::Lapsed | Course::Correcting => vec![ask()],
        Course::Refused => {
            let reasons = "所申请的项目属于食品小作坊，按照省级规定办理登记，不属于食品经营许可事项。";
            vec![done_with(1, "accept", "refused", reasons, Extra::Basis("行政许可法 第三十二条第一款第一项"))]
        }
        Course::Late => {
            let bad = rated(1, RatingLevel::VeryDissatisfied, "超过承诺时间才办完，中间打电话没人说得清。");
            vec![accept(1), review(6), visit(12, "visit", true), decide(5), bad]
        }
        Course::AwaitingVisit => vec![accept(0), review(1), step(Pause::Office(1), Act::Claim("visit"))],
        Course::AwaitingFire => vec![accept(0), review(1)],
        Course::AwaitingRepair => vec![accept(0), review(1), visit(3, "visit", false)],
        Course::InTesting => vec![accept(0), review(1), step(Pause::Office(2), Act::Suspend { reason: "testing", days: 10 })],
        Course::ExtendedOpen => {
            let extend = step(Pause::Office(10), Act::Extend { workdays: 10, reason: "中央厨房改造，需要重新核实布局。" });
            vec![accept(0), review(2), visit(5, "visit", true), extend]
        }
    }
}
