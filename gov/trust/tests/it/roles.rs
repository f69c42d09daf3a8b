use runner::{Actor, ActorKind};
use testkit::on_both;
use trust::{AccountKind, GrantRole, Role, WithdrawRole, queries};

use crate::world::{actor, open, register, security_admin, sign_in, world};

#[test]
fn the_three_administrations_exclude_each_other() {
    on_both(|database| {
        let world = world(database);
        let admin = security_admin(&world);
        for first in [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin] {
            let account = open(&world, &format!("admin-{}", first.code()), AccountKind::Admin);
            world.execute(&admin, GrantRole { account: account.clone(), role: first });
            for second in [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin] {
                let refusal = world.refuse(&admin, GrantRole { account: account.clone(), role: second });
                let expected = if first == second { "role-unchanged" } else { "roles-exclude-each-other" };
                assert_eq!(refusal.code, expected);
            }
        }
    });
}

#[test]
fn after_withdrawal_another_administration_can_be_given() {
    on_both(|database| {
        let world = world(database);
        let admin = security_admin(&world);
        let account = open(&world, "changer", AccountKind::Admin);
        world.execute(&admin, GrantRole { account: account.clone(), role: Role::SystemAdmin });
        world.execute(&admin, WithdrawRole { account: account.clone(), role: Role::SystemAdmin });
        world.execute(&admin, GrantRole { account: account.clone(), role: Role::AuditAdmin });
        let view = world.read(|tx| queries::account(tx, &account)).unwrap();
        assert_eq!(view.roles, ["audit-admin"]);
        assert_eq!(world.refuse(&admin, WithdrawRole { account, role: Role::SystemAdmin }).code, "role-unchanged");
    });
}

#[test]
fn roles_fit_kinds_of_accounts() {
    on_both(|database| {
        let world = world(database);
        let admin = security_admin(&world);
        let (person, clerk) = (register(&world, "xiaoman"), open(&world, "clerk", AccountKind::Staff));
        assert_eq!(world.refuse(&admin, GrantRole { account: person, role: Role::PackagePublisher }).code, "role-unfit");
        assert_eq!(world.refuse(&admin, GrantRole { account: clerk.clone(), role: Role::SystemAdmin }).code, "role-unfit");
        world.execute(&admin, GrantRole { account: clerk, role: Role::PackagePublisher });
    });
}

#[test]
fn nobody_gives_oneself_a_role_and_only_security_gives_any() {
    on_both(|database| {
        let world = world(database);
        let admin = security_admin(&world);
        let own = trust::AccountId::parse(&admin.account).unwrap();
        assert_eq!(world.refuse(&admin, GrantRole { account: own.clone(), role: Role::SystemAdmin }).code, "not-permitted");
        assert_eq!(world.refuse(&admin, WithdrawRole { account: own.clone(), role: Role::SecurityAdmin }).code, "not-permitted");
        register(&world, "xiaoman");
        let person = actor(&world, &sign_in(&world, "xiaoman").token);
        let auditor = Actor { roles: vec!["audit-admin".to_owned()], ..Actor::bare("account_other", ActorKind::Admin) };
        for other in [person, auditor, Actor::anonymous()] {
            assert_eq!(world.refuse(&other, GrantRole { account: own.clone(), role: Role::SystemAdmin }).code, "not-permitted");
        }
    });
}
