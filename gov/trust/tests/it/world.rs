//! A world with the real authority, and accounts in it.

use std::sync::Arc;

use ids::SeededEntropy;
use runner::{Actor, ActorKind};
use testkit::{TestDatabase, World};
use trust::{
    AccountId, AccountKind, Assurance, Authority, GrantRole, MIGRATIONS, NewAccount, OpenAccount, OpenedSession, Password, RegisterAccount, Role,
    SessionToken, SignInAnswer,
    queries::{SignedIn, actor_of, who_is_signed_in},
};

pub const PASSWORD: &str = "Yunxi2026";

pub fn world(database: TestDatabase) -> World {
    let keys = Arc::new(seal::FieldKeys::new([(1, [7; 32])]).unwrap());
    World::on(database, "2026-03-02T09:00", Authority::new().unwrap())
        .migrate("parties", parties::MIGRATIONS)
        .migrate("trust", MIGRATIONS)
        .with(keys)
        .build()
}

pub fn password(text: &str) -> Password {
    Password::new(text)
}

pub fn new_account(login: &str, kind: AccountKind, party: Option<&str>) -> NewAccount {
    NewAccount { login: login.to_owned(), kind, party: party.map(str::to_owned), staff: None, assurance: Assurance::Checked }
}

pub fn register(world: &World, login: &str) -> AccountId {
    let party = format!("person_of_{login}");
    let account = new_account(login, AccountKind::Person, Some(&party));
    let command = RegisterAccount::prepare(account, &password(PASSWORD), &mut SeededEntropy::new(7)).unwrap();
    world.execute(&Actor::anonymous(), command).outcome
}

/// An account which somebody else opened; its password is a given one.
pub fn open(world: &World, login: &str, kind: AccountKind) -> AccountId {
    let account = new_account(login, kind, None);
    let command = OpenAccount::prepare(account, &password(PASSWORD), &mut SeededEntropy::new(7)).unwrap();
    world.execute(&Actor::system(), command).outcome
}

pub fn security_admin(world: &World) -> Actor {
    let id = open(world, "security", AccountKind::Admin);
    world.execute(&Actor::system(), GrantRole { account: id.clone(), role: Role::SecurityAdmin });
    Actor { roles: vec!["security-admin".to_owned()], ..Actor::bare(id.as_str(), ActorKind::Admin) }
}

pub fn try_sign_in(world: &World, login: &str, typed: &str) -> SignInAnswer {
    trust::sign_in(world.runner(), login, &password(typed), "192.0.2.7", "a browser").unwrap()
}

pub fn sign_in(world: &World, login: &str) -> OpenedSession {
    match try_sign_in(world, login, PASSWORD) {
        SignInAnswer::Opened(session) => session,
        SignInAnswer::Refused(refusal) => panic!("expected {login} to sign in, but: {refusal:?}"),
    }
}

pub fn refused(world: &World, login: &str, typed: &str) -> String {
    match try_sign_in(world, login, typed) {
        SignInAnswer::Opened(_) => panic!("expected {login} to be refused"),
        SignInAnswer::Refused(refusal) => refusal.code.into_owned(),
    }
}

pub fn who(world: &World, token: &SessionToken) -> Option<SignedIn> {
    use clock::Clock;
    let now_ms = world.clock().now().as_millisecond();
    world.read(|tx| who_is_signed_in(tx, token, now_ms))
}

pub fn actor(world: &World, token: &SessionToken) -> Actor {
    let signed_in = who(world, token).expect("a live session");
    let today = clock::local_date(clock::Clock::now(&**world.clock()));
    world.read(|tx| actor_of(tx, &signed_in, today))
}

/// Kinds and payloads of everything in the journal.
pub fn journal(world: &World) -> Vec<(String, String)> {
    let entries = world.store().read(|tx| journal::entries_after(tx, 0, 1_000)).unwrap();
    entries.into_iter().map(|entry| (entry.header.kind.clone(), entry.payload.clone().unwrap_or_default())).collect()
}
