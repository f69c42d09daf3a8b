//! Posts and authorisations come from the register of parties, on the day of the request.

use clock::Date;
use i18n::Text;
use parties::{
    AcceptDelegation, AddPost, AddStaff, AssignPost, DelegationId, DelegationKind, DivisionCode, EnactDivision, GrantDelegation, IdentityNumber,
    OrganDetails, OrganId, Party, PersonId, RegisterOrgan, RegisterPerson, RevokeDelegation, Scope, UnifiedCode,
};
use runner::{Actor, Resource};
use testkit::{World, on_both};
use trust::{AccountKind, ActFor, Assurance, Authority, NewAccount, OpenAccount, RegisterAccount, delegation_scopes, private_person};

use crate::{
    passwords::change,
    world::{PASSWORD, actor, password, sign_in, try_sign_in, world},
};

fn county() -> DivisionCode {
    DivisionCode::parse("339921").unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn enact(world: &World) {
    for (code, name) in [("330000", "浙江省"), ("339900", "云州市"), ("339921", "云溪县")] {
        let code = DivisionCode::parse(code).unwrap();
        world.execute(&Actor::system(), EnactDivision { code, name: Text::same(name), valid_from: day("2020-01-01") });
    }
}

fn person(world: &World, name: &str, sequence: u16) -> PersonId {
    let identity_number = IdentityNumber::compose("339921", day("1980-05-01"), sequence).unwrap().as_str().to_owned();
    let command = RegisterPerson { name: name.to_owned(), identity_number, division: county(), address: "人民路1号".to_owned(), mobile: None };
    world.execute(&Actor::system(), command).outcome
}

fn account(world: &World, login: &str, party: &PersonId) {
    let new =
        NewAccount { login: login.to_owned(), kind: AccountKind::Person, party: Some(party.to_string()), staff: None, assurance: Assurance::Checked };
    let command = RegisterAccount::prepare(new, &password(PASSWORD), &mut ids::SeededEntropy::new(5)).unwrap();
    world.execute(&Actor::anonymous(), command);
}

fn grant(world: &World, principal: &Actor, from: &PersonId, to: &PersonId, scope: Scope) -> DelegationId {
    let command = GrantDelegation {
        principal: Party::Person(from.clone()),
        agent: to.clone(),
        kind: DelegationKind::Child,
        scope,
        valid_from: day("2026-03-02"),
        valid_until: day("2026-03-10"),
    };
    world.execute(principal, command).outcome
}

fn case_of(party: &PersonId, item: &str) -> Resource {
    Resource { party: Some(party.to_string()), scope: Some(item.to_owned()), sensitivity: 2, ..Resource::of("case") }
}

#[test]
fn an_agent_acts_within_the_authorisation_and_as_long_as_it_is_in_force() {
    on_both(|database| {
        let world = world(database);
        enact(&world);
        let authority = Authority::new().unwrap();
        let (mother, daughter) = (person(&world, "李桂芳", 12), person(&world, "王小满", 14));
        account(&world, "mother", &mother);
        account(&world, "daughter", &daughter);
        let session = sign_in(&world, "daughter");
        let act_for_mother = || ActFor { session: session.session.clone(), party: Some(mother.to_string()) };
        assert_eq!(world.refuse(&actor(&world, &session.token), act_for_mother()).code, "not-authorised-to-act");

        let principal = actor(&world, &sign_in(&world, "mother").token);
        let delegation = grant(&world, &principal, &mother, &daughter, Scope::Items(vec!["gaoling-jintie".to_owned()]));
        world.execute(&actor(&world, &session.token), AcceptDelegation { delegation: delegation.clone() });
        world.execute(&actor(&world, &session.token), act_for_mother());

        let agent = actor(&world, &session.token);
        assert_eq!(agent.acting_party(), Some(mother.as_str()));
        assert_eq!(delegation_scopes(&agent).collect::<Vec<_>>(), ["gaoling-jintie"]);
        assert!(authority.decide(&agent, "case.submit", &case_of(&mother, "gaoling-jintie")).permitted);
        assert!(!authority.decide(&agent, "case.submit", &case_of(&mother, "other-item")).permitted);
        assert!(!authority.decide(&agent, "case.submit", &case_of(&daughter, "gaoling-jintie")).permitted);

        world.execute(&principal, RevokeDelegation { delegation, reason: String::new() });
        let agent = actor(&world, &session.token);
        assert_eq!(agent.acting_party(), Some(mother.as_str()), "nothing meant for the mother is done in the daughter's name");
        assert!(!authority.decide(&agent, "case.submit", &case_of(&mother, "gaoling-jintie")).permitted);

        world.execute(&agent, ActFor { session: session.session, party: None });
        assert!(authority.decide(&actor(&world, &session.token), "case.submit", &case_of(&daughter, "other-item")).permitted);
    });
}

#[test]
fn nobody_turns_the_session_of_another() {
    on_both(|database| {
        let world = world(database);
        enact(&world);
        let (first, second) = (person(&world, "李桂芳", 12), person(&world, "王小满", 14));
        account(&world, "first", &first);
        account(&world, "second", &second);
        let (one, other) = (sign_in(&world, "first"), sign_in(&world, "second"));
        let refusal = world.refuse(&actor(&world, &one.token), ActFor { session: other.session, party: None });
        assert_eq!(refusal.code, "not-permitted");
    });
}

fn organ(world: &World) -> OrganId {
    let code = UnifiedCode::from_serial('1', '1', &county(), 1).unwrap().to_string();
    let details = OrganDetails {
        short_name: Text::new("县市监局", "Market bureau"),
        duties: vec!["market-supervision".to_owned()],
        address: Text::new("人民路1号", "1 Renmin Road"),
        hours: Text::new("工作日 9:00-17:00", "Working days 9:00-17:00"),
        phone: "0570-6000001".to_owned(),
        complaint_phone: "0570-6000002".to_owned(),
        ..OrganDetails::default()
    };
    let name = Text::new("云溪县市场监督管理局", "Yunxi Market Supervision Bureau");
    world.execute(&Actor::system(), RegisterOrgan { code, name, division: county(), parent: None, details }).outcome
}

#[test]
fn staff_hold_their_posts_of_the_day_and_handle_no_case_of_their_own() {
    on_both(|database| {
        let world = world(database);
        enact(&world);
        let authority = Authority::new().unwrap();
        let (organ, private) = (organ(&world), person(&world, "赵清", 11));
        let add =
            AddPost {
                organ: organ.clone(), code: "clerk-1".to_owned(), name: Text::same("经办"), lane: "clerk".to_owned(), requires_licence: false
            };
        let post = world.execute(&Actor::system(), add).outcome;
        let staff = world.execute(&Actor::system(), AddStaff { organ: organ.clone(), name: "赵清".to_owned(), officer_licence: None }).outcome;
        world.execute(&Actor::system(), AssignPost { staff: staff.clone(), post });
        let new = NewAccount {
            login: "zhaoqing".to_owned(),
            kind: AccountKind::Staff,
            party: Some(private.to_string()),
            staff: Some(staff.to_string()),
            assurance: Assurance::Present,
        };
        let command = OpenAccount::prepare(new, &password(PASSWORD), &mut ids::SeededEntropy::new(5)).unwrap();
        let id = world.execute(&Actor::system(), command).outcome;
        let first = sign_in(&world, "zhaoqing");
        assert!(actor(&world, &first.token).posts.is_empty(), "the first password must be changed before");
        change(&world, &id, &first, PASSWORD, "Spring#2026").unwrap();

        let trust::SignInAnswer::Opened(session) = try_sign_in(&world, "zhaoqing", "Spring#2026") else { panic!("a session") };
        let clerk = actor(&world, &session.token);
        assert!(clerk.holds(organ.as_str(), "clerk"));
        assert_eq!((clerk.party.as_deref(), private_person(&clerk), clerk.assurance), (Some(staff.as_str()), Some(private.as_str()), 3));
        let of_organ = Resource { organ: Some(organ.to_string()), post: Some("clerk".to_owned()), ..Resource::of("case") };
        let task = |party: &str| Resource { party: Some(party.to_owned()), ..of_organ.clone() };
        assert!(authority.decide(&clerk, "case.complete-task", &task("person_other")).permitted);
        assert!(!authority.decide(&clerk, "case.complete-task", &task(private.as_str())).permitted);
    });
}
