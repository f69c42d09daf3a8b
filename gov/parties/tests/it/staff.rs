use crate::world::{Town, day, keeper};
use parties::{AddPost, AddStaff, AssignPost, EndAbsence, RelievePost, SetAbsence, StaffId};
use runner::{Actor, ActorKind, Authority, Resource, Ruling};
use testkit::{TestDatabase, on_both};

fn away(staff: &StaffId, from: &str, until: &str, substitute: &StaffId) -> SetAbsence {
    SetAbsence { staff: staff.clone(), from: day(from), until: day(until), substitute: substitute.clone() }
}

fn lanes(town: &Town, staff: &StaffId, on: &str) -> Vec<(String, bool)> {
    let held = town.world.read(|tx| parties::posts_of_staff(tx, staff, day(on)));
    held.into_iter().map(|held| (held.lane, held.substitute_for.is_some())).collect()
}

#[test]
fn a_substitute_holds_the_posts_of_who_is_away() {
    on_both(|database| {
        let town = Town::new(database);
        let organ = town.organ(1, "339921", &[]);
        let window = town.post(&organ, "window-1", "window", false);
        let head = town.post(&organ, "head", "head", false);
        let (li, wang) = (town.staff(&organ, "李窗口", None), town.staff(&organ, "王局长", None));
        town.assign(&li, &window);
        town.assign(&wang, &head);
        town.world.execute(&keeper(), away(&wang, "2026-03-10", "2026-03-12", &li));
        assert_eq!(lanes(&town, &li, "2026-03-09"), [("window".to_owned(), false)]);
        assert_eq!(lanes(&town, &li, "2026-03-10"), [("window".to_owned(), false), ("head".to_owned(), true)]);
        assert_eq!(lanes(&town, &li, "2026-03-12").len(), 2);
        assert_eq!(lanes(&town, &li, "2026-03-13").len(), 1);
        assert_eq!(lanes(&town, &wang, "2026-03-11"), [("head".to_owned(), false)]);
        let working = |on: &str| town.world.read(|tx| parties::holders_of_lane(tx, &organ, "head", day(on)));
        assert_eq!(working("2026-03-11"), std::slice::from_ref(&li));
        assert_eq!(working("2026-03-13"), std::slice::from_ref(&wang));

        town.world.execute(&keeper(), EndAbsence { staff: wang.clone() });
        assert_eq!(lanes(&town, &li, "2026-03-10").len(), 1);
        assert_eq!(town.world.refuse(&keeper(), EndAbsence { staff: wang }).code, "not-away");
        let post = &town.world.read(|tx| parties::posts_of_staff(tx, &li, day("2026-03-10")))[0];
        let seen = post.to_actor_post();
        assert_eq!((seen.post.as_str(), seen.organ.as_str(), seen.division.as_str()), ("window", organ.as_str(), "339921"));
    });
}

#[test]
fn substitutes_are_there_and_substitution_is_not_passed_on() {
    on_both(|database| {
        let town = Town::new(database);
        let (organ, other) = (town.organ(1, "339921", &[]), town.organ(2, "339921", &[]));
        let (li, wang, zhao) = (town.staff(&organ, "李", None), town.staff(&organ, "王", None), town.staff(&organ, "赵", None));
        let stranger = town.staff(&other, "钱", None);
        for (command, field) in [
            (away(&wang, "2026-03-10", "2026-03-09", &li), "until"),
            (away(&wang, "2026-02-10", "2026-02-20", &li), "until"),
            (away(&wang, "2026-03-10", "2027-03-20", &li), "until"),
            (away(&wang, "2026-03-10", "2026-03-12", &wang), "substitute"),
            (away(&wang, "2026-03-10", "2026-03-12", &stranger), "substitute"),
        ] {
            let refusal = town.world.refuse(&keeper(), command);
            assert_eq!(refusal.fields[0].field, field, "{refusal:?}");
        }
        town.world.execute(&keeper(), away(&wang, "2026-03-10", "2026-03-12", &li));
        assert_eq!(town.world.refuse(&keeper(), away(&zhao, "2026-03-12", "2026-03-15", &wang)).code, "substitute-away");
        assert_eq!(town.world.refuse(&keeper(), away(&li, "2026-03-11", "2026-03-11", &zhao)).code, "already-a-substitute");
        town.world.execute(&keeper(), away(&li, "2026-03-13", "2026-03-13", &zhao));
    });
}

#[test]
fn posts_for_licensed_officers_need_a_licence() {
    on_both(|database| {
        let town = Town::new(database);
        let organ = town.organ(1, "339921", &[]);
        let inspector = town.post(&organ, "inspector-1", "inspector", true);
        let officer = town.staff(&organ, "执法员", Some("3399210001"));
        let clerk = town.staff(&organ, "办事员", None);
        let refusal = town.world.refuse(&keeper(), AssignPost { staff: clerk.clone(), post: inspector.clone() });
        assert_eq!((refusal.code.as_ref(), refusal.basis.as_ref()), ("officer-licence-missing", "行政处罚法 第四十二条"));
        town.assign(&officer, &inspector);
        assert_eq!(town.world.refuse(&keeper(), away(&officer, "2026-03-10", "2026-03-12", &clerk)).code, "officer-licence-missing");
        let twin = AddStaff { organ, name: "另一人".into(), officer_licence: Some("3399210001".into()) };
        assert_eq!(town.world.refuse(&keeper(), twin).code, "officer-licence-known");
    });
}

#[test]
fn posts_are_given_and_taken_within_the_organ() {
    on_both(|database| {
        let town = Town::new(database);
        let (organ, other) = (town.organ(1, "339921", &[]), town.organ(2, "339921", &[]));
        let post = town.post(&organ, "window-1", "window", false);
        let (own, stranger) = (town.staff(&organ, "李", None), town.staff(&other, "钱", None));
        let assign = |staff: &StaffId| AssignPost { staff: staff.clone(), post: post.clone() };
        let relieve = |staff: &StaffId| RelievePost { staff: staff.clone(), post: post.clone() };
        assert_eq!(town.world.refuse(&keeper(), assign(&stranger)).code, "post-of-another-organ");
        town.world.execute(&keeper(), assign(&own));
        assert_eq!(town.world.refuse(&keeper(), assign(&own)).code, "post-already-assigned");
        town.world.execute(&keeper(), relieve(&own));
        assert_eq!(town.world.refuse(&keeper(), relieve(&own)).code, "post-not-assigned");
        let twin =
            AddPost {
                organ: organ.clone(), code: "window-1".into(), name: i18n::Text::same("窗口"), lane: "window".into(), requires_licence: false
            };
        assert_eq!(town.world.refuse(&keeper(), twin).code, "post-known");
        assert_eq!(town.world.read(|tx| parties::posts_of_organ(tx, &organ)).len(), 1);
        assert_eq!(town.world.read(|tx| parties::staff_of_organ(tx, &organ))[0].version, 3);
    });
}

/// Permits keeping parties, and arranging substitutes only for the member of staff who asks.
struct OwnAbsence;

impl Authority for OwnAbsence {
    fn rule(&self, actor: &Actor, action: &str, resource: &Resource) -> Ruling {
        let own = resource.assignee.as_deref() == Some(actor.account.as_str());
        Ruling { permitted: action == "parties.manage" || own, policies: Vec::new() }
    }
}

#[test]
fn ones_own_absence_is_told_apart() {
    fn check(database: TestDatabase) {
        let town = Town::with(database, OwnAbsence);
        let organ = town.organ(1, "339921", &[]);
        let (li, wang) = (town.staff(&organ, "李", None), town.staff(&organ, "王", None));
        let actor = |staff: &StaffId| Actor { party: Some(staff.to_string()), ..Actor::bare("account_w", ActorKind::Staff) };
        let command = away(&wang, "2026-03-10", "2026-03-12", &li);
        assert_eq!(town.world.refuse(&actor(&li), command.clone()).code, "not-permitted");
        town.world.execute(&actor(&wang), command);
    }
    on_both(check);
}
