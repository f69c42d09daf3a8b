//! 12345 诉求

use cases::RatingLevel;
use clock::Timestamp;
use ids::SeededEntropy;
use serde_json::json;

use super::cast::Applicant;
use super::grievances::{GRIEVANCES, Grievance};
use super::staging::good_rating;
use super::{Act, Application, Extra, Opening, Step, Story, done, done_with, fields, rated, step};
use crate::basics::county::TOWNS;
use crate::dice::{between, chance, index, pick, weighted};
use crate::pace::Pause;

const SLUG: &str = "12345-suqiu";

/// How a story goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    Ordinary,
    Unrated,
    SentBack,
    Extended,
    Reopened,
    Withdrawn,
    Late,
    BadlyAnswered,
    Unassigned,
    Assigned,
    SentBackOpen,
    ReopenedOpen,
    Overdue,
}

use Course::{BadlyAnswered, Extended, Late, Ordinary, Reopened, SentBack, Unrated, Withdrawn};

/// In turn, so that every course occurs.
pub(crate) const COURSES: [Course; 20] = [
    Ordinary,
    Ordinary,
    Unrated,
    SentBack,
    Ordinary,
    Late,
    Ordinary,
    Reopened,
    Unrated,
    Ordinary,
    Extended,
    Ordinary,
    Withdrawn,
    Ordinary,
    BadlyAnswered,
    Ordinary,
    SentBack,
    Ordinary,
    Unrated,
    Ordinary,
];

/// Somebody asks, complains or suggests.
pub(crate) fn story(applicant: &Applicant, at: Timestamp, course: Course, mut dice: SeededEntropy) -> Story {
    let town = weighted(&mut dice, TOWNS.iter().map(|town| town.share));
    let grievance = pick(&mut dice, &GRIEVANCES).copied().unwrap_or(GRIEVANCES[0]);
    told(applicant, at, course, grievance, town, dice)
}

/// The same with a matter and a place that were chosen.
pub(crate) fn told(applicant: &Applicant, at: Timestamp, course: Course, grievance: Grievance, town: usize, mut dice: SeededEntropy) -> Story {
    let application = application(applicant, at, &grievance, town, &mut dice);
    let organ = match (grievance.duty, TOWNS.get(town)) {
        ("township", Some(town)) => format!("township/{}", town.division.code),
        (duty, _) => duty.to_owned(),
    };
    let steps = steps(course, &grievance, &organ, &mut dice).into();
    let (name, opening) = (format!("complaint {course:?}"), Opening::Submit(Box::new(application)));
    Story { name, applicant: applicant.actor.clone(), opening, steps, dice }
}

fn application(applicant: &Applicant, at: Timestamp, grievance: &Grievance, town: usize, dice: &mut SeededEntropy) -> Application {
    let place = TOWNS.get(town).unwrap_or(&TOWNS[0]);
    let road = pick(dice, place.roads).copied().unwrap_or_default();
    let near = format!("{road}{}号", between(dice, 1, 180));
    let answers = json!({
        "category": grievance.category,
        "title": grievance.title.replace("{}", &near),
        "description": grievance.text.replace("{}", &format!("{}{near}", place.division.zh)),
        "place_division": place.division.code,
        "place": format!("云溪县{}{near}", place.division.zh),
        "contact_mobile": applicant.mobile,
        "wants_reply": chance(dice, 80),
        "keep_secret": grievance.category == "report" || chance(dice, 12),
    });
    let channel = pick(dice, &["mobile", "mobile", "web", "hotline"]).copied().unwrap_or("web");
    let situation = json!({ "urgent": "no", "other_way": "no" });
    Application { slug: SLUG, at, channel, situation: fields(situation), answers: fields(answers), materials: Vec::new() }
}

fn assign(workdays: u32, organ: &str) -> Step {
    done_with(workdays, "assign", "assigned", "按职责和属地派单。", Extra::Organ(organ.to_owned()))
}

fn reply(workdays: u32, grievance: &Grievance) -> Step {
    done(workdays, "handle", "resolved", grievance.reply)
}

fn sent_back(workdays: u32) -> Step {
    done(workdays, "handle", "sent_back", "经核实，该事项不属于本单位职责范围，建议派有关主管部门。")
}

/// The organ to which it goes wrongly at first.
fn wrong_organ(organ: &str) -> &'static str {
    if organ == "housing-construction" { "urban-management" } else { "housing-construction" }
}

fn steps(course: Course, grievance: &Grievance, organ: &str, dice: &mut SeededEntropy) -> Vec<Step> {
    let days = u32::try_from(index(dice, 4)).unwrap_or(0);
    match course {
        Course::Ordinary => vec![assign(0, organ), reply(days, grievance), good_rating(dice)],
        Course::Unrated => vec![assign(0, organ), reply(days + 1, grievance)],
        Course::SentBack => vec![assign(0, wrong_organ(organ)), sent_back(1), assign(0, organ), reply(2, grievance), good_rating(dice)],
        Course::Extended => {
            let extend = step(Pause::Office(3), Act::Extend { workdays: 10, reason: "需要协调多家单位现场处理，已与诉求人说明。" });
            vec![assign(0, organ), extend, reply(6, grievance), good_rating(dice)]
        }
        Course::Reopened => {
            let again = step(Pause::Days(3), Act::Reopen("答复说已处理，两天后又出现同样的问题。".to_owned()));
            vec![
                assign(0, organ),
                reply(2, grievance),
                again,
                assign(0, organ),
                reply(3, grievance),
                rated(2, RatingLevel::Satisfied, "这次解决了。"),
            ]
        }
        Course::Withdrawn => vec![assign(0, organ), step(Pause::Days(1), Act::Withdraw)],
        Course::Late => vec![assign(1, organ), reply(8, grievance), rated(1, RatingLevel::Dissatisfied, "超过五个工作日才答复。")],
        Course::BadlyAnswered => {
            vec![assign(0, organ), reply(3, grievance), rated(1, RatingLevel::VeryDissatisfied, "只说在办，没有说什么时候能解决。")]
        }
        Course::Unassigned => Vec::new(),
        Course::Assigned => vec![assign(0, organ)],
        Course::Overdue => vec![assign(0, organ), step(Pause::Office(1), Act::Claim("handle"))],
        Course::SentBackOpen => vec![assign(0, wrong_organ(organ)), sent_back(0)],
        Course::ReopenedOpen => {
            let again = step(Pause::Days(1), Act::Reopen("修好一天又坏了，请彻底解决。".to_owned()));
            vec![assign(0, organ), reply(1, grievance), again, assign(0, organ)]
        }
    }
}
