use ids::SeededEntropy;
use runner::{Actor, Halt, Refusal};
use testkit::on_both;
use trust::{AccountKind, AccountState, CloseAccount, LockAccount, LoginName, RegisterAccount, SignOut, UnlockAccount, queries};

use crate::world::{PASSWORD, actor, new_account, password, refused, register, security_admin, sign_in, who, world};

fn prepared(login: &str, party: &str, typed: &str) -> Result<RegisterAccount, Refusal> {
    let account = new_account(login, AccountKind::Person, Some(party));
    RegisterAccount::prepare(account, &password(typed), &mut SeededEntropy::new(3)).map_err(|halt| match halt {
        Halt::Refused(refusal) => *refusal,
        Halt::Fault(fault) => panic!("{fault:?}"),
    })
}

#[test]
fn name_and_password_are_checked_before_anything_else() {
    assert_eq!(prepared("李", "person_1", PASSWORD).unwrap_err().code, "login-unfit");
    let refusal = prepared("xiaoman", "person_1", "abc1").unwrap_err();
    assert_eq!(refusal.code, "password-unfit");
    assert_eq!(refusal.fields.len(), 2);
    assert!(!refusal.basis.is_empty());
}

#[test]
fn a_name_is_given_once_and_a_person_has_one_account_of_a_kind() {
    on_both(|database| {
        let world = world(database);
        register(&world, "xiaoman");
        let taken = world.refuse(&Actor::anonymous(), prepared("XIAOMAN", "person_2", PASSWORD).unwrap());
        assert_eq!(taken.code, "login-taken");
        let second = world.refuse(&Actor::anonymous(), prepared("another", "person_of_xiaoman", PASSWORD).unwrap());
        assert_eq!(second.code, "party-has-account");
    });
}

#[test]
fn a_person_cannot_register_as_staff() {
    on_both(|database| {
        let world = world(database);
        let account = new_account("sneaky", AccountKind::Admin, Some("person_1"));
        let command = RegisterAccount::prepare(account, &password(PASSWORD), &mut SeededEntropy::new(3)).unwrap();
        let id = world.execute(&Actor::anonymous(), command).outcome;
        let view = world.read(|tx| queries::account(tx, &id)).unwrap();
        assert_eq!(view.kind, AccountKind::Person);
    });
}

#[test]
fn a_locked_account_loses_its_sessions_and_can_be_unlocked() {
    on_both(|database| {
        let world = world(database);
        let account = register(&world, "xiaoman");
        let session = sign_in(&world, "xiaoman");
        let admin = security_admin(&world);
        let lock = || LockAccount { account: account.clone(), reason: "报失".to_owned() };
        let unlock = || UnlockAccount { account: account.clone(), reason: "核实".to_owned() };
        world.execute(&admin, lock());
        assert!(who(&world, &session.token).is_none());
        assert_eq!(refused(&world, "xiaoman", PASSWORD), "account-not-open");
        assert_eq!(refused(&world, "xiaoman", "Wrong2026"), "sign-in-failed");
        assert_eq!(world.refuse(&admin, lock()).code, "account-state-conflict");
        world.execute(&admin, unlock());
        sign_in(&world, "xiaoman");
    });
}

#[test]
fn unlocking_ends_a_lock_after_failures() {
    on_both(|database| {
        let world = world(database);
        let account = register(&world, "xiaoman");
        for _ in 0..5 {
            refused(&world, "xiaoman", "Wrong2026");
        }
        world.execute(&security_admin(&world), UnlockAccount { account, reason: "本人到窗口核实".to_owned() });
        sign_in(&world, "xiaoman");
    });
}

#[test]
fn a_closed_account_is_over_and_its_name_is_not_given_away() {
    on_both(|database| {
        let world = world(database);
        let account = register(&world, "xiaoman");
        let admin = security_admin(&world);
        world.execute(&admin, CloseAccount { account: account.clone(), reason: "离职".to_owned() });
        assert_eq!(refused(&world, "xiaoman", PASSWORD), "sign-in-failed");
        let again = world.refuse(&Actor::anonymous(), prepared("xiaoman", "person_2", PASSWORD).unwrap());
        assert_eq!(again.code, "login-taken");
        let unlock = UnlockAccount { account: account.clone(), reason: String::new() };
        assert_eq!(world.refuse(&admin, unlock).code, "account-state-conflict");
        let view = world.read(|tx| queries::account(tx, &account)).unwrap();
        assert_eq!(view.state, AccountState::Closed);
        let hashes: i64 = world.read(|tx| tx.scalar("select count(*) from trust_password where account = $1", &[&account.as_str()]));
        assert_eq!(hashes, 0);
    });
}

#[test]
fn accounts_are_paged_by_name() {
    on_both(|database| {
        let world = world(database);
        for login in ["carol", "alice", "bob"] {
            register(&world, login);
        }
        let names = |after: &str| -> Vec<String> {
            let page = world.read(|tx| queries::accounts(tx, after, 2));
            page.iter().map(|account| account.login.to_string()).collect()
        };
        assert_eq!(names(""), ["alice", "bob"]);
        assert_eq!(names("bob"), ["carol"]);
        let found = world.read(|tx| queries::account_of_login(tx, &LoginName::parse("bob").unwrap()));
        assert_eq!(found.unwrap().login.as_str(), "bob");
    });
}

#[test]
fn every_change_is_in_the_journal_of_the_account() {
    on_both(|database| {
        let world = world(database);
        let account = register(&world, "xiaoman");
        let session = sign_in(&world, "xiaoman");
        world.execute(&actor(&world, &session.token), SignOut { session: session.session });
        let version = world.store().read(|tx| journal::stream_version(tx, account.as_str())).unwrap();
        let view = world.read(|tx| queries::account(tx, &account)).unwrap();
        assert_eq!((version, view.version), (3, 3));
    });
}
