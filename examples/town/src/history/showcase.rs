//! Stories of the last days, one for each open state, and those of 林晓禾, with whose account the portal is shown.

use clock::{Date, Timestamp, WorkCalendar};
use ids::SeededEntropy;
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

/// The last days, reckoned in working days, so that offices have had the time that a story needs.
pub(crate) struct LastDays<'a> {
    pub seed: u64,
    pub calendar: &'a WorkCalendar,
    pub now: Timestamp,
}

impl LastDays<'_> {
    /// A moment on the working day that lies so many working days back.
    fn ago(&self, workdays: u32, purpose: &str) -> (Timestamp, SeededEntropy) {
        let mut day: Date = clock::local_date(self.now);
        let mut left = workdays;
        while left > 0 || !self.calendar.is_workday(day).0 {
            left -= u32::from(left > 0 && self.calendar.is_workday(day).0);
            day = day_after(day, -1);
        }
        let moment = awake_time(day, &mut dice(self.seed, purpose)).min(self.now);
        (moment, dice(self.seed, &format!("{purpose} course")))
    }
}

/// One story for each open state.
pub(crate) fn open_states(days: &LastDays<'_>, cast: &Cast) -> Vec<Story> {
    use allowance::Course as A;
    use complaints::Course as C;
    use food::Course as F;
    use shops::Course as S;
    let mut stories = Vec::new();
    let mut grown = cast.grown.iter().rev();
    for (course, back) in [(S::Untouched, 0), (S::Correcting, 3), (S::Undecided, 6), (S::Undecided, 2)] {
        let (at, chances) = days.ago(back, &format!("open shop {course:?} {back}"));
        stories.extend(grown.next().map(|who| shops::story(who, at, course, chances)));
    }
    let operators = [
        (F::AwaitingVisit, 6),
        (F::AwaitingVisit, 30),
        (F::AwaitingFire, 5),
        (F::AwaitingRepair, 6),
        (F::InTesting, 7),
        (F::ExtendedOpen, 22),
        (F::Correcting, 4),
    ];
    for ((course, back), who) in operators.into_iter().zip(cast.operators.iter().rev()) {
        let (at, chances) = days.ago(back, &format!("open food {course:?} {back}"));
        stories.push(food::story(who, at, course, chances));
    }
    for ((course, back), who) in [(A::AwaitingReview, 3), (A::AwaitingDecision, 4), (A::AwaitingReview, 16)].into_iter().zip(cast.elders.iter().rev())
    {
        let (at, chances) = days.ago(back, &format!("open allowance {course:?} {back}"));
        stories.push(allowance::story(who, at, course, chances));
    }
    for (course, back) in [(C::Unassigned, 0), (C::Assigned, 2), (C::SentBackOpen, 3), (C::ReopenedOpen, 8), (C::Overdue, 11), (C::BadlyAnswered, 8)]
    {
        let (at, chances) = days.ago(back, &format!("open complaint {course:?} {back}"));
        stories.extend(grown.next().map(|who| complaints::story(who, at, course, chances)));
    }
    stories
}

/// The shopkeeper's own affairs: a licence for her second shop, a permit under correction, a request that waits for a rating, one in hand, and a draft.
pub(crate) fn shopkeeper(days: &LastDays<'_>, who: &Applicant, company: &str) -> Vec<Story> {
    let operator = operator(who, company);
    let (begun, chances) = days.ago(130, "shopkeeper shop");
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
    let (begun, chances) = days.ago(4, "shopkeeper food");
    let permit = food::story(&operator, begun, food::Course::Correcting, chances);
    let (begun, chances) = days.ago(7, "shopkeeper lamp");
    let lamp = complaints::told(who, begun, complaints::Course::Unrated, STREET_LAMP, CHENGGUAN, chances);
    let (begun, chances) = days.ago(2, "shopkeeper stop");
    let stop = GRIEVANCES.get(9).copied().unwrap_or(STREET_LAMP);
    let bus = complaints::told(who, begun, complaints::Course::Assigned, stop, CHENGGUAN, chances);
    let (begun, mut chances) = days.ago(1, "shopkeeper draft");
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
