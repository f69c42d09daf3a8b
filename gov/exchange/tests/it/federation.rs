//! Two nodes, each with a database and keys of its own, that call each other through a carrier in one process.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use exchange::{Asking, Carrier, Code, EnrolKey, EnrolMember, Envelope, Gateway, LogSide, RequestMessage, ResponseMessage, header};
use i18n::Text;
use seal::{Algorithm, BatchQueue};
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both};
use tracker::Manner;

use crate::world::{CIVIL, PERSON, POLICE, Town, WANG, admin, id, remote_key};

/// What happens on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Good,
    Down,
    Slow,
    Altered,
    Unsigned,
    BrokenProxy,
    Swapped,
    ForeignKey,
    Late,
}

/// Brings requests to the other gateway.
struct Loopback<'a> {
    other: &'a Gateway,
    way: Mutex<Way>,
    carried: AtomicUsize,
    paused_ms: Mutex<Vec<i64>>,
    before: Mutex<Option<ResponseMessage>>,
}

impl<'a> Loopback<'a> {
    fn new(other: &'a Gateway, way: Way) -> Self {
        Self { other, way: Mutex::new(way), carried: AtomicUsize::new(0), paused_ms: Mutex::default(), before: Mutex::default() }
    }
}

impl Carrier for Loopback<'_> {
    fn carry(&self, _: &str, request: &RequestMessage, _: i64) -> Result<ResponseMessage, Code> {
        self.carried.fetch_add(1, Ordering::Relaxed);
        let way = *self.way.lock().unwrap();
        let answer = || self.other.answer(request.clone()).response;
        match way {
            Way::Good => Ok(answer()),
            Way::Down => Err(Code::ProviderDown),
            Way::Slow => Err(Code::ProviderSlow),
            Way::BrokenProxy => Ok(ResponseMessage { status: 502, headers: Vec::new(), body: b"Bad Gateway".to_vec() }),
            Way::Altered => {
                let mut response = answer();
                response.body = br#"{"rows":[{"name":"forged"}]}"#.to_vec();
                Ok(response)
            }
            Way::Unsigned => {
                let mut response = answer();
                response.headers.retain(|(name, _)| name != header::SIGNATURE);
                Ok(response)
            }
            Way::Swapped => {
                let response = answer();
                Ok(self.before.lock().unwrap().replace(response.clone()).unwrap_or(response))
            }
            Way::ForeignKey => {
                let mut response = answer();
                response.headers.retain(|(name, _)| name != header::SIGNATURE);
                let queue = BatchQueue::new(std::sync::Arc::new(remote_key(Algorithm::Sm2)), 1);
                let signed = queue.sign(response.signed_text().as_bytes()).unwrap();
                response.headers.push((header::SIGNATURE.into(), Envelope::new(queue.public_key(), &signed).to_string()));
                Ok(response)
            }
            Way::Late => {
                let mut response = answer();
                response.headers.retain(|(name, _)| name != header::TIME);
                response.headers.push((header::TIME.into(), "1".into()));
                Ok(response)
            }
        }
    }

    fn pause(&self, pause_ms: i64) {
        self.paused_ms.lock().unwrap().push(pause_ms);
    }
}

const COURT: &str = "CN-339922/GOV/11339922MB00000011/court";

/// The node that calls: it knows the town's population subsystem as one of another node, and has a court of its own.
fn neighbour(town: &Town, database: TestDatabase) -> Town {
    let other = Town::new(database);
    other.enrol(COURT, Some("organ_court"), "", false);
    let other_pem = other.gateway.public_key(Algorithm::Sm2).to_pem().unwrap();
    other.key(COURT, &other_pem);
    town.enrol(COURT, None, "https://neighbour.example", false);
    town.world.execute(&admin(), EnrolKey { member: id(COURT), pem: other_pem, valid_days: 100 });
    town.may(COURT, &[Manner::Full], false);
    other
}

/// A population subsystem under another name, since the neighbour's own town has one of the usual name.
const ELSEWHERE: &str = "CN-339921/GOV/11339921MB00000026/population-a";

fn setting(database: TestDatabase) -> (Town, Town) {
    let town = Town::new(database);
    let pem = town.gateway.public_key(Algorithm::Sm2).to_pem().unwrap();
    town.enrol(ELSEWHERE, Some("organ_police"), "", false);
    let mut service = crate::world::service(&[("name", exchange::FieldType::Text), ("age", exchange::FieldType::Integer)]);
    service.id = format!("{ELSEWHERE}/person").parse().unwrap();
    town.world.execute(&admin(), exchange::OfferService { service });
    let other = neighbour(&town, TestDatabase::sqlite());
    let mut duty = crate::world::duty(COURT, &[Manner::Full], false);
    (duty.service, duty.fields, duty.calls_per_minute_max, duty.calls_per_day_max) =
        (format!("{ELSEWHERE}/person").parse().unwrap(), vec!["name".into()], 100, 100);
    town.world.execute(&admin(), duty);
    let elsewhere = EnrolMember {
        id: id(ELSEWHERE),
        name: Text::new("邻县人口", "Population next door"),
        organ: None,
        address: "https://town.example".into(),
        ed25519_allowed: false,
    };
    other.world.execute(&admin(), elsewhere);
    other.key(ELSEWHERE, &pem);
    (town, other)
}

fn asking() -> Asking {
    Asking {
        client: id(COURT),
        service: format!("{ELSEWHERE}/person").parse().unwrap(),
        endpoint: "read".into(),
        body: json!({"key": WANG, "fields": ["name"]}),
        user: Some("judge-3".into()),
        case: None,
        purpose: None,
        represented: None,
        query: None,
    }
}

#[test]
fn two_nodes_call_each_other_and_both_keep_the_same_call() {
    on_both(|database| {
        let (town, other) = setting(database);
        let outcome = other.gateway.call(&admin(), &asking(), &Loopback::new(&town.gateway, Way::Good)).unwrap();
        assert_eq!((outcome.code, outcome.body), (Code::Answered, json!({"rows": [{"name": "王小明"}]})));
        let here = other.world.read(|tx| exchange::call(tx, &outcome.call)).unwrap();
        let there = town.world.read(|tx| exchange::calls_by_message(tx, &here.message));
        assert_eq!((here.side, there.len(), there[0].side), (LogSide::Client, 1, LogSide::Provider));
        assert_eq!(here.request.head_sm3, there[0].request.head_sm3);
        let texts = |call: &exchange::LoggedCall| call.response.as_ref().map(|text| (text.head_sm3.clone(), text.body_sm3.clone()));
        assert_eq!(texts(&here), texts(&there[0]));
        let readings = town.readings();
        assert_eq!((readings.len(), readings[0].organ.as_deref()), (1, Some(COURT)), "the tracker of the provider knows who read");
        let entries = town.world.store().read(|tx| journal::entries_of(tx, &there[0].id)).unwrap();
        assert!(entries[0].header.actor.contains("judge-3"), "and its journal, which person");
    });
}

#[test]
fn a_refusal_of_the_other_node_is_told_by_its_code_and_not_tried_again() {
    on_both(|database| {
        let (town, other) = setting(database);
        let carrier = Loopback::new(&town.gateway, Way::Good);
        let more = Asking { body: json!({"key": WANG, "fields": ["age"]}), ..asking() };
        assert_eq!(other.gateway.call(&admin(), &more, &carrier).unwrap().code, Code::FieldNotGranted);
        assert_eq!(carrier.carried.load(Ordering::Relaxed), 1);
    });
}

#[test]
fn what_is_altered_unsigned_swapped_or_late_on_the_way_is_held_back_and_kept_as_evidence() {
    on_both(|database| {
        let (town, other) = setting(database);
        let held = |way: Way| {
            let carrier = Loopback::new(&town.gateway, way);
            if way == Way::Swapped {
                other.gateway.call(&admin(), &asking(), &carrier).unwrap();
            }
            let outcome = other.gateway.call(&admin(), &asking(), &carrier).unwrap();
            assert_eq!(outcome.body, Value::Null, "{way:?}");
            let logged = other.world.read(|tx| exchange::call(tx, &outcome.call)).unwrap();
            assert!(logged.response.is_some() && logged.code == outcome.code);
            outcome.code
        };
        for way in [Way::Altered, Way::Unsigned, Way::ForeignKey, Way::Late] {
            assert_eq!(held(way), Code::ResponseInvalid, "{way:?}");
        }
        assert_eq!(held(Way::Swapped), Code::ResponseMismatched);
    });
}

#[test]
fn a_provider_that_is_down_or_slow_is_tried_again_with_pauses_as_new_messages_then_spared() {
    on_both(|database| {
        let (town, other) = setting(database);
        let carrier = Loopback::new(&town.gateway, Way::Down);
        let outcome = other.gateway.call(&admin(), &asking(), &carrier).unwrap();
        assert_eq!((outcome.code, carrier.carried.load(Ordering::Relaxed)), (Code::ProviderDown, 3));
        assert_eq!(*carrier.paused_ms.lock().unwrap(), [200, 400]);
        let messages: std::collections::HashSet<String> =
            other.world.read(|tx| exchange::latest_calls(tx, 10)).into_iter().map(|call| call.message).collect();
        assert_eq!(messages.len(), 3);
        *carrier.way.lock().unwrap() = Way::Slow;
        let codes: Vec<Code> = (0..2).map(|_| other.gateway.call(&admin(), &asking(), &carrier).unwrap().code).collect();
        assert_eq!(codes, [Code::CircuitOpen, Code::CircuitOpen]);
        assert_eq!(carrier.carried.load(Ordering::Relaxed), 5, "five failures in a row, then nothing is sent");
        *carrier.way.lock().unwrap() = Way::Good;
        assert_eq!(other.gateway.call(&admin(), &asking(), &carrier).unwrap().code, Code::CircuitOpen);
        for node in [&town, &other] {
            node.world.move_to("2026-03-02T09:01");
        }
        assert_eq!(other.gateway.call(&admin(), &asking(), &carrier).unwrap().code, Code::Answered);
    });
}

#[test]
fn a_broken_proxy_says_nothing_about_the_provider() {
    on_both(|database| {
        let (town, other) = setting(database);
        let outcome = other.gateway.call(&admin(), &asking(), &Loopback::new(&town.gateway, Way::BrokenProxy)).unwrap();
        assert_eq!((outcome.code, outcome.body), (Code::ProviderDown, Value::Null));
    });
}

#[test]
fn clocks_of_two_nodes_that_differ_too_much_are_found_out() {
    on_both(|database| {
        let (town, other) = setting(database);
        other.world.move_to("2026-03-02T09:06");
        let outcome = other.gateway.call(&admin(), &asking(), &Loopback::new(&town.gateway, Way::Good)).unwrap();
        // The refusal comes from a clock that is as wrong, so it is held back as well.
        assert_eq!(outcome.code, Code::ResponseInvalid);
        assert_eq!(town.gateway.rejected(), [(Code::TimeAhead, 1)]);
        town.world.move_to("2026-03-02T09:04");
        assert_eq!(other.gateway.call(&admin(), &asking(), &Loopback::new(&town.gateway, Way::Good)).unwrap().code, Code::Answered);
    });
}

#[test]
fn a_service_of_the_own_node_is_called_without_the_way() {
    on_both(|database| {
        let town = Town::new(database);
        town.may(CIVIL, &[Manner::Full], false);
        let carrier = Loopback::new(&town.gateway, Way::Down);
        let asking = Asking { client: id(CIVIL), service: id(PERSON), ..asking() };
        assert_eq!(town.gateway.call(&admin(), &asking, &carrier).unwrap().code, Code::Answered);
        assert_eq!(carrier.carried.load(Ordering::Relaxed), 0);
        let foreign = Asking { client: id(POLICE), ..asking };
        assert_eq!(town.gateway.call(&admin(), &foreign, &carrier).unwrap_err().refusal().unwrap().code, "not-granted");
    });
}
