use testkit::on_both;
use trust::{AccountKind, PasswordState};

use crate::world::{PASSWORD, actor, journal, open, refused, register, sign_in, world};

#[test]
fn the_right_password_opens_a_session() {
    on_both(|database| {
        let world = world(database);
        let account = register(&world, "xiaoman");
        let session = sign_in(&world, " XiaoMan ");
        assert_eq!(session.account, account);
        assert_eq!(session.password, PasswordState::Valid);
        let actor = actor(&world, &session.token);
        assert_eq!(actor.account, account.as_str());
        assert_eq!(actor.party.as_deref(), Some("person_of_xiaoman"));
        assert_eq!(actor.assurance, 2);
    });
}

#[test]
fn unknown_name_and_wrong_password_get_the_same_answer() {
    on_both(|database| {
        let world = world(database);
        register(&world, "xiaoman");
        assert_eq!(refused(&world, "xiaoman", "Wrong2026"), "sign-in-failed");
        assert_eq!(refused(&world, "nobody", "Wrong2026"), "sign-in-failed");
        assert_eq!(refused(&world, "' or 1=1 --", "Wrong2026"), "sign-in-failed");
        assert_eq!(refused(&world, "", ""), "sign-in-failed");
    });
}

#[test]
fn five_failures_lock_for_thirty_minutes_even_against_the_right_password() {
    on_both(|database| {
        let world = world(database);
        register(&world, "xiaoman");
        for _ in 0..5 {
            assert_eq!(refused(&world, "xiaoman", "Wrong2026"), "sign-in-failed");
        }
        assert_eq!(refused(&world, "xiaoman", PASSWORD), "account-locked-for-a-while");
        assert_eq!(refused(&world, "xiaoman", "Wrong2026"), "sign-in-failed");
        world.move_to("2026-03-02T09:29");
        assert_eq!(refused(&world, "xiaoman", PASSWORD), "account-locked-for-a-while");
        world.move_to("2026-03-02T09:30");
        sign_in(&world, "xiaoman");
    });
}

#[test]
fn a_success_forgets_the_failures_before_it() {
    on_both(|database| {
        let world = world(database);
        register(&world, "xiaoman");
        for _ in 0..3 {
            for _ in 0..4 {
                refused(&world, "xiaoman", "Wrong2026");
            }
            sign_in(&world, "xiaoman");
        }
    });
}

#[test]
fn tries_are_in_the_journal_without_names_passwords_or_tokens() {
    on_both(|database| {
        let world = world(database);
        register(&world, "xiaoman");
        refused(&world, "xiaoman", "Wrong2026");
        refused(&world, "typed-password-here", "Wrong2026");
        let session = sign_in(&world, "xiaoman");
        let entries = journal(&world);
        let kinds: Vec<&str> = entries.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["account-opened", "sign-in-failed", "sign-in-failed", "signed-in"]);
        let everything: String = entries.iter().map(|(_, payload)| payload.as_str()).collect();
        assert!(everything.contains("wrong-password") && everything.contains("unknown-account") && everything.contains("192.0.2.7"));
        for secret in ["\"xiaoman\"", "typed-password-here", "Wrong2026", PASSWORD, "argon2", session.token.as_str(), &session.token.sm3()] {
            assert!(!everything.contains(secret), "{secret}");
        }
    });
}

#[test]
fn a_first_password_lets_its_owner_do_nothing_but_change_it() {
    on_both(|database| {
        let world = world(database);
        open(&world, "clerk", AccountKind::Staff);
        let session = sign_in(&world, "clerk");
        assert_eq!(session.password, PasswordState::Initial);
        let actor = actor(&world, &session.token);
        assert!(actor.posts.is_empty() && actor.roles.is_empty() && actor.party.is_none());
    });
}

#[test]
fn a_password_of_staff_ages_after_ninety_days() {
    on_both(|database| {
        let world = world(database);
        let account = open(&world, "clerk", AccountKind::Staff);
        crate::passwords::change(&world, &account, &sign_in(&world, "clerk"), PASSWORD, "Spring#2026").unwrap();
        world.move_to("2026-05-31T08:59");
        let state = |typed: &str| match crate::world::try_sign_in(&world, "clerk", typed) {
            trust::SignInAnswer::Opened(session) => session.password,
            trust::SignInAnswer::Refused(refusal) => panic!("{refusal:?}"),
        };
        assert_eq!(state("Spring#2026"), PasswordState::Valid);
        world.move_to("2026-05-31T09:01");
        assert_eq!(state("Spring#2026"), PasswordState::Aged);
    });
}

#[test]
fn tries_at_the_same_time_are_all_counted() {
    on_both(|database| {
        let world = world(database);
        register(&world, "xiaoman");
        std::thread::scope(|scope| {
            for _ in 0..5 {
                scope.spawn(|| refused(&world, "xiaoman", "Wrong2026"));
            }
        });
        assert_eq!(refused(&world, "xiaoman", PASSWORD), "account-locked-for-a-while");
    });
}
