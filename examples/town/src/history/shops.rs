//! 个体工商户设立登记

use cases::RatingLevel;
use clock::Timestamp;
use ids::SeededEntropy;
use serde_json::json;

use super::cast::Applicant;
use super::staging::good_rating;
use super::{Act, Application, Extra, Opening, Step, Story, done, done_with, fields, rated, step};
use crate::basics::county::{COUNTY, TOWNS};
use crate::dice::{between, chance, index, pick};
use crate::names::trade_word;
use crate::pace::Pause;
use crate::residents::business_address;

const SLUG: &str = "geti-shangpu-dengji";
const APPROVED: &str = "材料齐全，符合法定形式，准予登记。";

/// Industry, ending of the name, scope of business, answer to the question about permits.
const TRADES: [(&str, &str, &str, &str); 12] = [
    ("catering", "小吃店", "餐饮服务；食品销售", "later"),
    ("catering", "奶茶店", "餐饮服务；食品销售", "later"),
    ("retail-food", "副食店", "食品销售；日用百货销售", "later"),
    ("retail-food", "水果店", "新鲜水果零售；新鲜蔬菜零售", "general"),
    ("retail-goods", "服装店", "服装服饰零售；鞋帽零售", "general"),
    ("retail-goods", "文具店", "文具用品零售；办公用品销售", "general"),
    ("personal-services", "理发店", "理发服务；生活美容服务", "later"),
    ("repair", "家电维修部", "家用电器修理；日用电器修理", "general"),
    ("crafts", "竹编工艺坊", "竹制品制造；工艺美术品零售", "general"),
    ("lodging", "民宿", "住宿服务；餐饮服务", "later"),
    ("agriculture-services", "农机服务部", "农业机械服务；农业专业及辅助性活动", "general"),
    ("other-services", "图文店", "打字复印；办公服务", "general"),
];

/// How a story goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    Ordinary,
    Unrated,
    Corrected,
    Lapsed,
    Refused,
    Rejected,
    Withdrawn,
    Deemed,
    Extended,
    Late,
    /// Left where it is, not yet decided.
    Undecided,
    /// Left with the applicant.
    Correcting,
    /// Nobody has looked at it yet.
    Untouched,
}

use Course::{Corrected, Deemed, Extended, Lapsed, Late, Ordinary, Refused, Rejected, Unrated, Withdrawn};

/// In turn, so that every course occurs.
pub(crate) const COURSES: [Course; 20] = [
    Ordinary, Corrected, Unrated, Rejected, Ordinary, Late, Ordinary, Withdrawn, Ordinary, Lapsed, Ordinary, Refused, Ordinary, Corrected, Deemed,
    Ordinary, Extended, Unrated, Ordinary, Ordinary,
];

/// A shop is registered, or not.
pub(crate) fn story(applicant: &Applicant, at: Timestamp, course: Course, mut dice: SeededEntropy) -> Story {
    let application = application(applicant, at, course == Refused, &mut dice);
    let steps = steps(course, &mut dice).into();
    let (name, opening) = (format!("shop {course:?}"), Opening::Submit(Box::new(application)));
    Story { name, applicant: applicant.actor.clone(), opening, steps, dice }
}

fn application(applicant: &Applicant, at: Timestamp, outside: bool, dice: &mut SeededEntropy) -> Application {
    let (industry, ending, scope, permit) = pick(dice, &TRADES).copied().unwrap_or(TRADES[0]);
    let town = index(dice, TOWNS.len());
    let place = if outside { "rented" } else { pick(dice, &["rented", "rented", "rented", "owned", "home", "online"]).copied().unwrap_or("rented") };
    let place = if place == "online" && industry != "retail-goods" { "rented" } else { place };
    let mut answers = json!({
        "operator_name": applicant.name,
        "operator_id": applicant.identity_number,
        "operator_mobile": applicant.mobile,
        "operator_address": applicant.address,
        "composition": "personal",
        "trade_name": format!("云溪县{}{ending}", trade_word(dice)),
        "industry": industry,
        "business_scope": scope,
        "capital_yuan": between(dice, 1, 30) * 10_000,
        "practitioners": between(dice, 1, 6),
    });
    let more = match place {
        "online" => json!({ "platform_name": "示例购物平台", "platform_url": format!("https://shop.example.com/{}", between(dice, 1_000, 9_999)) }),
        _ if outside => json!({ "premises_division": "339922", "premises_address": "云州市青山县东门街3号" }),
        _ => json!({ "premises_division": COUNTY, "premises_address": business_address(dice, town) }),
    };
    if let (Some(all), Some(more)) = (answers.as_object_mut(), more.as_object()) {
        all.extend(more.clone());
    }
    let materials = match place {
        "owned" => vec!["premises_title"],
        "home" => vec!["premises_title", "neighbour_consent"],
        "online" => vec!["platform_premises"],
        _ => vec!["premises_lease"],
    };
    let situation = json!({ "operator": "citizen", "public_post": "no", "place": place, "naming": "named", "scope": permit });
    let channel = if chance(dice, 60) { "mobile" } else { "web" };
    Application { slug: SLUG, at, channel, situation: fields(situation), answers: fields(answers), materials }
}

fn accept(workdays: u32) -> Step {
    done(workdays, "accept", "accepted", "")
}

fn approve(workdays: u32) -> Step {
    done(workdays, "decide", "approved", APPROVED)
}

fn ask() -> Step {
    let says = "请上传清晰、完整的场所证明，现有文件缺少签章页。".to_owned();
    step(Pause::Office(0), Act::RequestCorrection { target: "premises_address", says })
}

fn steps(course: Course, dice: &mut SeededEntropy) -> Vec<Step> {
    let day = u32::try_from(index(dice, 2)).unwrap_or(0);
    match course {
        Course::Ordinary => vec![accept(0), approve(day), good_rating(dice)],
        Course::Unrated => vec![accept(0), approve(1)],
        Course::Corrected => {
            vec![ask(), step(Pause::Days(between(dice, 1, 5)), Act::AnswerCorrection(fields(json!({})))), accept(0), approve(1), good_rating(dice)]
        }
        Course::Lapsed | Course::Correcting => vec![ask()],
        Course::Refused => {
            let basis = Extra::Basis("行政许可法 第三十二条第一款第二项");
            vec![done_with(0, "accept", "refused", "经营场所不在本县，请向经营场所所在地的市场监督管理局申请。", basis)]
        }
        Course::Rejected => {
            let basis = Extra::Basis("市场主体登记管理条例 第二十条");
            let reasons = "申报的名称与已登记的同行业名称相同，告知后申请人未作调整，不符合登记条件。";
            vec![accept(0), done_with(1, "decide", "rejected", reasons, basis)]
        }
        Course::Withdrawn => vec![accept(0), step(Pause::Days(0), Act::Withdraw)],
        Course::Deemed => {
            vec![step(Pause::Office(6), Act::Wait), approve(0), rated(2, RatingLevel::FairlySatisfied, "等了几天没有消息，后来提示已经视为受理。")]
        }
        Course::Extended => {
            let reason = "经营场所跨两个楼栋，需要向自然资源部门核实地址。";
            vec![accept(0), step(Pause::Office(1), Act::Extend { workdays: 3, reason }), approve(2), good_rating(dice)]
        }
        Course::Late => {
            vec![accept(0), approve(4), rated(1, RatingLevel::Dissatisfied, "说好一个工作日，第五天才拿到执照。")]
        }
        Course::Undecided => vec![accept(0)],
        Course::Untouched => Vec::new(),
    }
}
