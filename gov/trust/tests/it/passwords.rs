use ids::SeededEntropy;
use runner::{Actor, Halt};
use testkit::{World, on_both};
use trust::{AccountId, ChangePassword, OpenedSession, PasswordState, ResetPassword, SignInAnswer};

use crate::world::{PASSWORD, actor, password, refused, register, security_admin, sign_in, try_sign_in, who, world};

pub fn change(world: &World, account: &AccountId, session: &OpenedSession, present: &str, new: &str) -> Result<(), Halt> {
    let store = world.store();
    let (present, new) = (password(present), password(new));
    let command = ChangePassword::prepare(&store, account, &session.session, &present, &new, &mut SeededEntropy::new(8))?;
    world.try_execute(&actor(world, &session.token), command).map(drop)
}

fn code(result: Result<(), Halt>) -> String {
    match result {
        Err(Halt::Refused(refusal)) => refusal.code.into_owned(),
        other => panic!("expected a refusal, but {other:?}"),
    }
}

#[test]
fn a_changed_password_replaces_the_old_one_and_ends_other_sessions() {
    on_both(|database| {
        let world = world(database);
        let account = register(&world, "xiaoman");
        let (kept, other) = (sign_in(&world, "xiaoman"), sign_in(&world, "xiaoman"));
        change(&world, &account, &kept, PASSWORD, "Autumn#2026").unwrap();
        assert!(who(&world, &kept.token).is_some());
        assert!(who(&world, &other.token).is_none());
        assert_eq!(refused(&world, "xiaoman", PASSWORD), "sign-in-failed");
        assert!(matches!(try_sign_in(&world, "xiaoman", "Autumn#2026"), SignInAnswer::Opened(_)));
    });
}

#[test]
fn the_present_password_and_the_rules_are_checked() {
    on_both(|database| {
        let world = world(database);
        let account = register(&world, "xiaoman");
        let session = sign_in(&world, "xiaoman");
        assert_eq!(code(change(&world, &account, &session, "Wrong2026", "Autumn#2026")), "present-password-wrong");
        assert_eq!(code(change(&world, &account, &session, PASSWORD, "short")), "password-unfit");
        assert_eq!(code(change(&world, &account, &session, PASSWORD, PASSWORD)), "password-unfit");
    });
}

#[test]
fn the_last_five_passwords_are_remembered_and_the_sixth_is_forgotten() {
    on_both(|database| {
        let world = world(database);
        let account = register(&world, "xiaoman");
        let session = sign_in(&world, "xiaoman");
        let chain = [PASSWORD, "Change#001", "Change#002", "Change#003", "Change#004", "Change#005"];
        for (present, new) in chain.iter().zip(&chain[1..]) {
            change(&world, &account, &session, present, new).unwrap();
        }
        assert_eq!(code(change(&world, &account, &session, "Change#005", PASSWORD)), "password-unfit");
        change(&world, &account, &session, "Change#005", "Change#006").unwrap();
        change(&world, &account, &session, "Change#006", PASSWORD).unwrap();
    });
}

#[test]
fn nobody_changes_the_password_of_another() {
    on_both(|database| {
        let world = world(database);
        let victim = register(&world, "victim");
        register(&world, "attacker");
        let session = sign_in(&world, "attacker");
        let store = world.store();
        let known = (password(PASSWORD), password("Taken#2026"));
        let command = ChangePassword::prepare(&store, &victim, &session.session, &known.0, &known.1, &mut SeededEntropy::new(9)).unwrap();
        assert_eq!(world.refuse(&actor(&world, &session.token), command).code, "not-permitted");
    });
}

#[test]
fn a_verification_against_an_older_password_is_stale() {
    on_both(|database| {
        let world = world(database);
        let account = register(&world, "xiaoman");
        let session = sign_in(&world, "xiaoman");
        let store = world.store();
        let prepare = |new: &str| {
            let (present, new) = (password(PASSWORD), password(new));
            ChangePassword::prepare(&store, &account, &session.session, &present, &new, &mut SeededEntropy::new(9)).unwrap()
        };
        let (first, second) = (prepare("First#2026"), prepare("Second#2026"));
        world.execute(&actor(&world, &session.token), first);
        assert_eq!(world.refuse(&actor(&world, &session.token), second).code, "stale-version");
    });
}

#[test]
fn a_given_password_ends_all_sessions_and_must_be_changed() {
    on_both(|database| {
        let world = world(database);
        let account = register(&world, "xiaoman");
        let session = sign_in(&world, "xiaoman");
        let admin = security_admin(&world);
        let prepare = || ResetPassword::prepare(&world.store(), &account, &password("Given#2026"), &mut SeededEntropy::new(9)).unwrap();
        assert_eq!(world.refuse(&Actor::anonymous(), prepare()).code, "not-permitted");
        world.execute(&admin, prepare());
        assert!(who(&world, &session.token).is_none());
        let SignInAnswer::Opened(session) = try_sign_in(&world, "xiaoman", "Given#2026") else { panic!("a session") };
        assert_eq!(session.password, PasswordState::Initial);
        change(&world, &account, &session, "Given#2026", "Winter#2026").unwrap();
        let SignInAnswer::Opened(session) = try_sign_in(&world, "xiaoman", "Winter#2026") else { panic!("a session") };
        assert_eq!(session.password, PasswordState::Valid);
    });
}
