//! Stories of the last days, one for each open state, and those of 林晓禾, with whose account the portal is shown.

use clock::{Date, Timestamp};
use runner::Actor;
use serde_json::json;

use super::cast::{Applicant, Cast, Operator};
use super::grievances::{GRIEVANCES, STREET_LAMP};
use super::{Opening, Story, allowance, complaints, food, shops};
use crate::basics::people::COMPANIES;
use crate::dice::dice;
use crate::pace::{awake_time, day_after};

/// The town of 城关镇 among the towns.
const CHENGGUAN: usize = 2;

/// A moment so many days before the last one.
fn ago(seed: u64, now: Timestamp, days: i64, purpose: &str) -> Timestamp {
    let day: Date = day_after(clock::local_date(now), days.saturating_neg());
    awake_time(day, &mut dice(seed, purpose)).min(now)
}

/// One story for each open state.
pub(crate) fn open_states(seed: u64, cast: &Cast, now: Timestamp) -> Vec<Story> {
    use allowance::Course as A;
    use complaints::Course as C;
    use food::Course as F;
    use shops::Course as S;
    let mut stories = Vec::new();
    let mut grown = cast.grown.iter().rev();
    for (course, days) in [(S::Untouched, 1), (S::Correcting, 4), (S::Undecided, 9), (S::Undecided, 3)] {
        let purpose = format!("open shop {course:?} {days}");
        stories.extend(grown.next().map(|who| shops::story(who, ago(seed, now, days, &purpose), course, dice(seed, &purpose))));
    }
    let operators = [
        (F::AwaitingVisit, 9),
        (F::AwaitingVisit, 45),
        (F::AwaitingFire, 8),
        (F::AwaitingRepair, 9),
        (F::InTesting, 10),
        (F::ExtendedOpen, 34),
        (F::Correcting, 6),
    ];
    for ((course, days), who) in operators.into_iter().zip(cast.operators.iter().rev()) {
        let purpose = format!("open food {course:?} {days}");
        stories.push(food::story(who, ago(seed, now, days, &purpose), course, dice(seed, &purpose)));
    }
    for ((course, days), who) in [(A::AwaitingReview, 4), (A::AwaitingDecision, 6), (A::AwaitingReview, 24)].into_iter().zip(cast.elders.iter().rev()) {
        let purpose = format!("open allowance {course:?} {days}");
        stories.push(allowance::story(who, ago(seed, now, days, &purpose), course, dice(seed, &purpose)));
    }
    for (course, days) in [(C::Unassigned, 1), (C::Assigned, 4), (C::SentBackOpen, 5), (C::ReopenedOpen, 12), (C::Overdue, 16), (C::BadlyAnswered, 12)] {
        let purpose = format!("open complaint {course:?} {days}");
        stories.extend(grown.next().map(|who| complaints::story(who, ago(seed, now, days, &purpose), course, dice(seed, &purpose))));
    }
    stories
}

/// The shopkeeper's own affairs: a licence for her second shop, a permit under correction, a request that waits for a rating, one in hand, and a draft.
pub(crate) fn shopkeeper(seed: u64, who: &Applicant, company: &str, now: Timestamp) -> Vec<Story> {
    let at = |days, purpose| (ago(seed, now, days, purpose), dice(seed, purpose));
    let operator = operator(who, company);
    let (begun, chances) = at(190, "shopkeeper shop");
    let mut shop = shops::story(who, begun, shops::Course::Ordinary, chances);
    if let Opening::Submit(application) = &mut shop.opening {
        application.situation.extend([("place".to_owned(), json!("rented")), ("scope".to_owned(), json!("general"))]);
        application.materials = vec!["premises_lease"];
        let answers = [
            ("trade_name", "云溪县晓禾花艺店"),
            ("industry", "retail-goods"),
            ("business_scope", "鲜花零售；工艺美术品零售"),
            ("premises_division", "339921"),
            ("premises_address", "云溪县城关镇解放街92号一层"),
        ];
        application.answers.extend(answers.map(|(field, value)| (field.to_owned(), json!(value))));
        application.answers.retain(|field, _| !field.starts_with("platform_"));
    }
    let (begun, chances) = at(6, "shopkeeper food");
    let permit = food::story(&operator, begun, food::Course::Correcting, chances);
    let (begun, chances) = at(9, "shopkeeper lamp");
    let lamp = complaints::told(who, begun, complaints::Course::Unrated, STREET_LAMP, CHENGGUAN, chances);
    let (begun, chances) = at(1, "shopkeeper stop");
    let stop = GRIEVANCES.get(9).copied().unwrap_or(STREET_LAMP);
    let bus = complaints::told(who, begun, complaints::Course::Assigned, stop, CHENGGUAN, chances);
    let (begun, mut chances) = at(2, "shopkeeper draft");
    let mut begun_shop = food::application(&operator, begun, false, &mut chances);
    begun_shop.materials = vec!["layout_drawing"];
    begun_shop.answers.retain(|field, _| !matches!(field.as_str(), "employees" | "safety_manager" | "visit_preference"));
    let draft = Story {
        name: "draft".to_owned(),
        applicant: who.actor.clone(),
        opening: Opening::Draft(Box::new(begun_shop)),
        steps: std::collections::VecDeque::new(),
        dice: chances,
    };
    vec![shop, permit, lamp, bus, draft]
}

fn operator(who: &Applicant, company: &str) -> Operator {
    let spec = &COMPANIES[0];
    let roles = vec![trust::delegation_role(trust::SCOPE_EVERYTHING)];
    let actor = Actor { on_behalf: Some(company.to_owned()), roles, ..who.actor.clone() };
    Operator {
        actor,
        code: spec.code.to_owned(),
        name: spec.name.to_owned(),
        address: spec.address.to_owned(),
        division: who.division.clone(),
        manager: who.name.clone(),
        mobile: who.mobile.clone(),
    }
}
