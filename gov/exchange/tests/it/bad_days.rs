//! What can go wrong with a message, each once.

use std::sync::Arc;

use exchange::{Code, EnrolKey, Envelope, RequestMessage, RevokeKey, SetMemberStanding, Standing, header, key_id};
use seal::{Algorithm, BatchQueue, PrivateKey, Signer};
use serde_json::json;
use testkit::on_both;
use tracker::Manner;

use crate::world::{CIVIL, PERSON, STRANGER, Town, WANG, admin, id, remote_key, set_header};

const SECOND_LATER: &str = "2026-03-02T09:00:01";

/// A town where the other node may read.
fn town(database: testkit::TestDatabase) -> Town {
    let town = Town::new(database);
    town.may(STRANGER, &[Manner::Full], false);
    town
}

fn logged_calls(town: &Town) -> usize {
    town.world.read(|tx| exchange::latest_calls(tx, 100)).len()
}

/// The bent message is turned away with the code, and leaves nothing: no reading, no row.
fn leaves_nothing(town: &Town, request: RequestMessage, code: Code) {
    let reply = town.gateway.answer(request);
    assert_eq!((reply.code, reply.response.status), (code, code.status()));
    assert!(reply.call.is_none() && town.readings().is_empty() && logged_calls(town) == 0, "{}", code.as_str());
    assert!(town.gateway.rejected().iter().any(|(found, count)| *found == code && *count > 0));
}

#[test]
fn forged_and_altered_messages_are_turned_away() {
    on_both(|database| {
        let town = town(database);
        let mut body = town.read_wang();
        body.body = serde_json::to_vec(&json!({"key": WANG, "fields": ["name", "age", "division"]})).unwrap();
        leaves_nothing(&town, body, Code::SignatureInvalid);
        let mut user = town.read_wang();
        set_header(&mut user, header::USER, "CN-somebody-else");
        leaves_nothing(&town, user, Code::SignatureInvalid);
        let mut path = town.read_wang();
        path.path = format!("/r1/{PERSON}/search");
        leaves_nothing(&town, path, Code::SignatureInvalid);
        let mut client = town.read_wang();
        set_header(&mut client, header::CLIENT, CIVIL);
        leaves_nothing(&town, client, Code::KeyUnknown);
        leaves_nothing(&town, town.request("read", &json!({"key": WANG, "fields": ["name"]})), Code::SignatureMissing);
        let mut nonsense = town.read_wang();
        set_header(&mut nonsense, header::SIGNATURE, "v1;key=1");
        leaves_nothing(&town, nonsense, Code::SignatureInvalid);
    });
}

#[test]
fn unknown_and_suspended_members_are_nobody() {
    on_both(|database| {
        let town = town(database);
        let mut unknown = town.request("read", &json!({"key": WANG, "fields": ["name"]}));
        set_header(&mut unknown, header::CLIENT, "CN-339999/GOV/X/nobody");
        leaves_nothing(&town, town.signed(unknown), Code::ClientUnknown);
        let suspend = SetMemberStanding { id: id(STRANGER), standing: Standing::Suspended, reason: "整改".into() };
        town.world.execute(&admin(), suspend);
        leaves_nothing(&town, town.read_wang(), Code::ClientUnknown);
    });
}

#[test]
fn for_a_member_here_whose_keys_are_revoked_the_node_signs_no_more() {
    on_both(|database| {
        let town = town(database);
        town.may(CIVIL, &[Manner::Full], false);
        let asking = town.asking("read", json!({"key": WANG, "fields": ["name"]}), None);
        assert_eq!(town.gateway.call_here(&admin(), &asking).unwrap().code, Code::Answered);
        let keys = town.world.read(|tx| exchange::keys_of(tx, &id(CIVIL)));
        for key in keys {
            town.world.execute(&admin(), RevokeKey { member: id(CIVIL), key: key.id, reason: "系统失陷".into() });
        }
        let refused = town.gateway.call_here(&admin(), &asking).unwrap_err();
        assert_eq!(Code::of_refusal(refused.refusal().unwrap()), Code::KeyRevoked);
        let away = exchange::Asking { service: format!("{STRANGER}/person").parse().unwrap(), ..asking };
        let refused = town.world.refuse(&admin(), exchange::SendCall { asking: away });
        assert_eq!(refused.code, Code::KeyRevoked.as_str());
        assert_eq!(town.readings().len(), 1);
    });
}

#[test]
fn a_replayed_message_is_refused_and_reads_nothing_twice() {
    on_both(|database| {
        let town = town(database);
        let request = town.read_wang();
        assert_eq!(town.gateway.answer(request.clone()).code, Code::Answered);
        assert_eq!(town.gateway.answer(request.clone()).code, Code::Replayed);
        let mut other = town.request("read", &json!({"key": WANG, "fields": ["age"]}));
        set_header(&mut other, header::ID, exchange::value_of(&request.headers, header::ID).unwrap());
        assert_eq!(town.gateway.answer(town.signed(other)).code, Code::Replayed, "nor another one under the same identifier");
        assert_eq!((town.readings().len(), logged_calls(&town)), (1, 1));
    });
}

#[test]
fn a_refused_message_cannot_be_sent_again_either() {
    on_both(|database| {
        let town = Town::new(database);
        let request = town.read_wang();
        assert_eq!(town.gateway.answer(request.clone()).code, Code::NotGranted);
        town.may(STRANGER, &[Manner::Full], false);
        assert_eq!(town.gateway.answer(request).code, Code::Replayed);
        assert!(town.readings().is_empty());
    });
}

#[test]
fn of_two_copies_at_once_one_passes() {
    on_both(|database| {
        let town = town(database);
        let request = town.read_wang();
        let codes = std::thread::scope(|scope| {
            let running: Vec<_> = (0..4).map(|_| scope.spawn(|| town.gateway.answer(request.clone()).code)).collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        assert_eq!(codes.iter().filter(|code| **code == Code::Answered).count(), 1, "{codes:?}");
        assert_eq!(codes.iter().filter(|code| **code == Code::Replayed).count(), 3, "{codes:?}");
        assert_eq!(town.readings().len(), 1);
    });
}

#[test]
fn clocks_may_differ_by_five_minutes_and_no_more() {
    on_both(|database| {
        let town = town(database);
        let at = |differs_ms: i64| {
            let mut request = town.request("read", &json!({"key": WANG, "fields": ["name"]}));
            set_header(&mut request, header::TIME, &(town.now_ms() + differs_ms).to_string());
            town.signed(request)
        };
        leaves_nothing(&town, at(-300_001), Code::TimeExpired);
        leaves_nothing(&town, at(300_001), Code::TimeAhead);
        // The key was enrolled at this very moment, so it cannot have signed before.
        leaves_nothing(&town, at(-300_000), Code::KeyRevoked);
        town.world.move_to("2026-03-02T10:00");
        assert_eq!(town.gateway.answer(at(-300_000)).code, Code::Answered);
        assert_eq!(town.gateway.answer(at(300_000)).code, Code::Answered);
    });
}

#[test]
fn messages_pass_in_any_order() {
    on_both(|database| {
        let town = town(database);
        let (first, second) = (town.read_wang(), town.read_wang());
        assert_eq!(town.gateway.answer(second).code, Code::Answered);
        assert_eq!(town.gateway.answer(first).code, Code::Answered);
    });
}

#[test]
fn a_truncated_body_does_not_fit_its_signature_and_an_oversized_one_is_not_read() {
    on_both(|database| {
        let town = town(database);
        let mut cut = town.read_wang();
        cut.body.truncate(10);
        leaves_nothing(&town, cut, Code::SignatureInvalid);
        let mut huge = town.read_wang();
        huge.body = vec![b' '; exchange::BODY_BYTES_MAX + 1];
        leaves_nothing(&town, huge, Code::TooLarge);
        let mut large = town.request("read", &json!({"key": WANG, "fields": ["name"]}));
        large.body.extend(vec![b' '; 10_000]);
        assert_eq!(town.gateway.answer(town.signed(large)).code, Code::TooLarge, "larger than the service takes");
        let broken = town.signed(RequestMessage { body: b"{".to_vec(), ..town.request("read", &json!({})) });
        assert_eq!(town.gateway.answer(broken).code, Code::BodyMalformed);
    });
}

#[test]
fn a_mis_addressed_message_is_told_so() {
    on_both(|database| {
        let town = town(database);
        let to = |path: &str| {
            let mut request = town.request("read", &json!({"key": WANG, "fields": ["name"]}));
            request.path = path.into();
            town.gateway.answer(town.signed(request)).code
        };
        assert_eq!(to("/r1/CN-339999/GOV/X/y/z/read"), Code::ServiceElsewhere);
        assert_eq!(to(&format!("/r1/{STRANGER}/person/read")), Code::ServiceElsewhere, "a service of another node");
        assert_eq!(to(&format!("/r1/{CIVIL}/person/read")), Code::ServiceUnknown);
        assert_eq!(to(&format!("/r1/{PERSON}/delete")), Code::ServiceUnknown);
        assert_eq!(to("/r1/x/read"), Code::HeadMalformed);
    });
}

#[test]
fn a_key_that_is_revoked_signs_nothing_more_not_even_what_is_under_way() {
    on_both(|database| {
        let town = town(database);
        let under_way = town.read_wang();
        let revoke = RevokeKey { member: id(STRANGER), key: key_id(remote_key(Algorithm::Sm2).public_key()), reason: "私钥泄露".into() };
        town.world.move_to(SECOND_LATER);
        town.world.execute(&admin(), revoke);
        let reply = town.gateway.answer(under_way);
        assert_eq!(reply.code, Code::KeyRevoked);
        assert!(town.readings().is_empty());
        leaves_nothing_new(&town);
    });
}

fn leaves_nothing_new(town: &Town) {
    town.world.move_to("2026-03-02T09:00:02");
    assert_eq!(town.gateway.answer(town.read_wang()).code, Code::KeyRevoked);
    assert!(town.readings().is_empty());
}

#[test]
fn a_rotation_interrupts_nothing_and_the_old_key_ends_a_week_later() {
    on_both(|database| {
        let town = town(database);
        let fresh = Arc::new(PrivateKey::from_scalar(Algorithm::Sm2, &[10; 32]).unwrap());
        town.key(STRANGER, &fresh.public_key().to_pem().unwrap());
        assert_eq!(town.gateway.answer(town.read_wang()).code, Code::Answered, "the old key still signs");
        let queue = BatchQueue::new(Arc::clone(&fresh) as Arc<dyn Signer>, 1);
        let with_fresh = || {
            let mut request = town.request("read", &json!({"key": WANG, "fields": ["name"]}));
            let envelope = Envelope::new(queue.public_key(), &queue.sign(request.signed_text().as_bytes()).unwrap());
            request.headers.push((header::SIGNATURE.into(), envelope.to_string()));
            request
        };
        assert_eq!(town.gateway.answer(with_fresh()).code, Code::Answered);
        town.world.move_to("2026-03-10T09:00");
        assert_eq!(town.gateway.answer(town.read_wang()).code, Code::KeyRevoked);
        assert_eq!(town.gateway.answer(with_fresh()).code, Code::Answered);
    });
}

#[test]
fn ed25519_is_for_those_enrolled_so() {
    on_both(|database| {
        let town = Town::new(database);
        let key = Arc::new(remote_key(Algorithm::Ed25519));
        let pem = key.public_key().to_pem().unwrap();
        let refusal = town.world.refuse(&admin(), EnrolKey { member: id(STRANGER), pem: pem.clone(), valid_days: 10 });
        assert_eq!(refusal.code, "algorithm-not-allowed");
        let other = "CN-339999/GOV/11339999MB00000010/abroad";
        town.enrol(other, None, "https://abroad.example", true);
        town.key(other, &pem);
        town.may(other, &[Manner::Full], false);
        let mut request = town.request("read", &json!({"key": WANG, "fields": ["name"]}));
        set_header(&mut request, header::CLIENT, other);
        let queue = BatchQueue::new(key, 1);
        let envelope = Envelope::new(queue.public_key(), &queue.sign(request.signed_text().as_bytes()).unwrap());
        request.headers.push((header::SIGNATURE.into(), envelope.to_string()));
        let reply = town.gateway.answer(request);
        assert_eq!(reply.code, Code::Answered);
        let answer: Envelope = reply.response.header(header::SIGNATURE).unwrap().parse().unwrap();
        answer.verify(town.gateway.public_key(Algorithm::Ed25519), &reply.response.signed_text()).unwrap();
    });
}
