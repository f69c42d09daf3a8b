use testkit::on_both;
use trust::{
    RevokeSession, SessionToken, SignOut,
    queries::{sessions, touch},
};

use crate::world::{actor, register, security_admin, sign_in, who, world};

#[test]
fn a_session_ends_after_half_an_hour_of_silence() {
    on_both(|database| {
        let world = world(database);
        register(&world, "xiaoman");
        let session = sign_in(&world, "xiaoman");
        world.move_to("2026-03-02T09:29");
        assert!(who(&world, &session.token).is_some());
        world.move_to("2026-03-02T09:30");
        assert!(who(&world, &session.token).is_none());
    });
}

#[test]
fn a_session_in_use_lives_on_but_not_beyond_twelve_hours() {
    on_both(|database| {
        let world = world(database);
        register(&world, "xiaoman");
        let session = sign_in(&world, "xiaoman");
        for quarter in 1..=48_u32 {
            let minutes = 9 * 60 + quarter * 15;
            world.move_to(&format!("2026-03-02T{:02}:{:02}", minutes / 60, minutes % 60));
            let Some(signed_in) = who(&world, &session.token) else {
                assert_eq!(quarter, 48);
                return;
            };
            use clock::Clock;
            let now_ms = world.clock().now().as_millisecond();
            assert!(signed_in.session.wants_touch(now_ms));
            world.store().write(move |tx| touch(tx, &signed_in.session, now_ms)).unwrap();
        }
        panic!("the session lived on");
    });
}

#[test]
fn signing_out_ends_the_session_and_twice_does_no_harm() {
    on_both(|database| {
        let world = world(database);
        register(&world, "xiaoman");
        let session = sign_in(&world, "xiaoman");
        let actor = actor(&world, &session.token);
        world.execute(&actor, SignOut { session: session.session.clone() });
        assert!(who(&world, &session.token).is_none());
        world.execute(&actor, SignOut { session: session.session });
    });
}

#[test]
fn the_owner_lists_and_ends_sessions_and_others_do_not_see_them() {
    on_both(|database| {
        let world = world(database);
        let account = register(&world, "xiaoman");
        register(&world, "stranger");
        let (phone, desk) = (sign_in(&world, "xiaoman"), sign_in(&world, "xiaoman"));
        let stranger = actor(&world, &sign_in(&world, "stranger").token);
        let owner = actor(&world, &desk.token);

        use clock::Clock;
        let now_ms = world.clock().now().as_millisecond();
        let listed = world.read(|tx| sessions(tx, &account, now_ms));
        assert_eq!(listed.len(), 2);
        assert!(listed.iter().all(|session| session.live && session.address == "192.0.2.7"));

        assert_eq!(world.refuse(&stranger, RevokeSession { session: phone.session.clone() }).code, "not-found");
        assert_eq!(world.refuse(&stranger, SignOut { session: phone.session.clone() }).code, "not-permitted");
        world.execute(&owner, RevokeSession { session: phone.session.clone() });
        assert!(who(&world, &phone.token).is_none());
        assert!(who(&world, &desk.token).is_some());
        assert_eq!(world.refuse(&owner, RevokeSession { session: phone.session }).code, "session-over");
        world.execute(&security_admin(&world), RevokeSession { session: desk.session });
        assert!(who(&world, &desk.token).is_none());
    });
}

#[test]
fn a_guessed_token_opens_nothing_and_the_store_holds_no_token() {
    on_both(|database| {
        let world = world(database);
        register(&world, "xiaoman");
        let session = sign_in(&world, "xiaoman");
        assert!(who(&world, &SessionToken::parse(&"0".repeat(64)).unwrap()).is_none());
        assert!(who(&world, &SessionToken::parse(&session.token.sm3()).unwrap()).is_none());
        let stored: String = world.read(|tx| tx.scalar("select token_sm3 from trust_session", &[]));
        assert_eq!(stored, session.token.sm3());
    });
}
