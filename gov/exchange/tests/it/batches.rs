//! Batches and feeds between two subsystems of one node, and over a way that breaks.

use std::sync::Mutex;

use exchange::{
    Addressee, BatchNumber, BatchRow, Carrier, ChangeSource, Code, EndDelivery, FEED_TRIES_MAX, FeedState, FieldType, INBOX, InboxState, Operation,
    Part, ReplayDeadRow, ReplayFeed, RequestMessage, ResponseMessage, ResumeFeed, Service, ServiceId, StartFeed, StopFeed, TAKE, cut,
};
use jobs::Worker;
use serde_json::{Value, json};
use store::{StoreError, Tx};
use testkit::{TestDatabase, on_both};
use tracker::Manner;

use crate::world::{CIVIL, PERSON, POLICE, STRANGER, Town, WANG, admin, duty, id, service};

const TAKES: &str = "CN-339921/GOV/11339921MB00000018/civil/persons";

/// No other node is asked in these tests.
struct Nobody;

impl Carrier for Nobody {
    fn carry(&self, _: &str, _: &RequestMessage, _: i64) -> Result<ResponseMessage, Code> {
        Err(Code::ProviderDown)
    }

    fn pause(&self, _: i64) {}
}

/// The changes of a register.
struct Changes(Mutex<Vec<BatchRow>>);

impl ChangeSource for Changes {
    fn after(&self, _: &mut Tx<'_>, _: &str, position: i64, count_max: u32) -> Result<Vec<(i64, BatchRow)>, runner::Halt> {
        let changes = self.0.lock().unwrap();
        let numbered = changes.iter().cloned().zip(1_i64..).map(|(row, number)| (number, row));
        Ok(numbered.filter(|(number, _)| *number > position).take(usize::try_from(count_max).unwrap()).collect())
    }
}

fn takes() -> Service {
    let fields = [("name", FieldType::Text), ("age", FieldType::Integer)];
    Service {
        id: id(TAKES),
        register: format!("{INBOX}persons"),
        endpoints: ["open", "part", "close", "state"].map(str::to_owned).to_vec(),
        subject: None,
        body_bytes_max: 4 * 1024 * 1024,
        ..service(&fields)
    }
}

fn town(database: TestDatabase) -> Town {
    let town = Town::new(database);
    town.world.execute(&admin(), exchange::OfferService { service: takes() });
    let mut right = duty(POLICE, &[Manner::Full], false);
    (right.service, right.fields, right.calls_per_minute_max, right.calls_per_day_max) =
        (id(TAKES), vec!["name".into(), "age".into()], 10_000, 10_000);
    town.world.execute(&admin(), right);
    town
}

fn to() -> Addressee {
    Addressee { client: id(POLICE), service: id(TAKES) }
}

fn row(cd_operation: Operation, key: u32, record: Option<Value>) -> BatchRow {
    BatchRow { cd_operation, cd_time: 1, key: format!("key-{key}"), record }
}

fn person(key: u32, age: u32) -> BatchRow {
    row(Operation::I, key, Some(json!({ "name": format!("name {key}"), "age": age })))
}

fn number(text: &str) -> BatchNumber {
    text.parse().unwrap()
}

fn apply(town: &Town) {
    let worker = exchange::handlers(town.world.runner())
        .into_iter()
        .fold(Worker::new(town.world.store(), "test".to_owned()), |worker, (kind, handler)| worker.with(kind, handler));
    town.world.run_jobs(&worker);
}

fn asking(client: &str, endpoint: &str, body: Value) -> exchange::Asking {
    exchange::Asking {
        client: id(client),
        service: id(TAKES),
        endpoint: endpoint.into(),
        body,
        user: None,
        case: None,
        purpose: None,
        represented: None,
        query: None,
    }
}

/// What the receiver's own system takes.
fn taken(town: &Town, body: Value) -> (Vec<Value>, i64) {
    let answer = town.gateway.call_here(&admin(), &asking(CIVIL, TAKE, body)).unwrap().body;
    (answer["rows"].as_array().unwrap().clone(), answer["next"].as_i64().unwrap())
}

/// Sends a batch and applies it.
fn send(town: &Town, cd_batch: &str, rows: &[BatchRow]) {
    let (manifest, parts) = cut(&number(cd_batch), rows, 1_000).unwrap();
    assert_eq!(town.gateway.push(&admin(), &to(), &manifest, &parts, &Nobody).unwrap(), Code::Answered);
    apply(town);
}

fn record(town: &Town, key: u32) -> Option<Value> {
    let key = format!("key-{key}");
    let (rows, _) = taken(town, json!({}));
    rows.into_iter().find(|row| row["key"] == key).map(|row| row["record"].clone()).filter(|record| !record.is_null())
}

fn batch(town: &Town, cd_batch: &str) -> exchange::InboxBatch {
    town.world.read(|tx| exchange::inbox_batch(tx, &id::<ServiceId>(TAKES), &id(POLICE), cd_batch)).unwrap()
}

#[test]
fn a_batch_of_many_parts_arrives_whole_and_is_applied_once() {
    on_both(|database| {
        let town = town(database);
        let rows: Vec<BatchRow> = (0..200).map(|key| person(key, key)).collect();
        let (manifest, parts) = cut(&number("2026030200001"), &rows, 2_000).unwrap();
        assert!(parts.len() > 5);
        assert_eq!(town.gateway.push(&admin(), &to(), &manifest, &parts, &Nobody).unwrap(), Code::Answered);
        assert_eq!(batch(&town, "2026030200001").state, InboxState::Closed);
        apply(&town);
        let applied = batch(&town, "2026030200001");
        assert_eq!((applied.state, applied.applied_rows, applied.dead_rows), (InboxState::Applied, 200, 0));
        assert_eq!(record(&town, 7), Some(json!({"age": 7, "name": "name 7"})));
        // At least once: the same again changes nothing.
        assert_eq!(town.gateway.push(&admin(), &to(), &manifest, &parts, &Nobody).unwrap(), Code::Answered);
        apply(&town);
        assert_eq!(batch(&town, "2026030200001").applied_rows, 200);
        assert_eq!(town.world.read(|tx| exchange::received_count(tx, &id::<ServiceId>(TAKES))), 200);
    });
}

#[test]
fn an_interrupted_batch_goes_on_where_it_ended() {
    on_both(|database| {
        let town = town(database);
        let rows: Vec<BatchRow> = (0..50).map(|key| person(key, key)).collect();
        let (manifest, parts) = cut(&number("2026030200001"), &rows, 500).unwrap();
        // Only some parts are sent, in any order: the batch stays open and says what is missing.
        let some: Vec<Part> = parts.iter().rev().step_by(2).cloned().collect();
        assert_eq!(town.gateway.push(&admin(), &to(), &manifest, &some, &Nobody).unwrap(), Code::Truncated);
        assert_eq!(batch(&town, "2026030200001").state, InboxState::Open);
        let before = town.world.read(|tx| exchange::latest_calls(tx, 100)).iter().filter(|call| call.endpoint == "part").count();
        assert_eq!(town.gateway.push(&admin(), &to(), &manifest, &parts, &Nobody).unwrap(), Code::Answered);
        let after = town.world.read(|tx| exchange::latest_calls(tx, 100)).iter().filter(|call| call.endpoint == "part").count();
        assert_eq!(after - before, parts.len() - some.len(), "what was there was not sent again");
        apply(&town);
        assert_eq!(batch(&town, "2026030200001").applied_rows, 50);
    });
}

#[test]
fn damaged_parts_and_other_content_under_the_same_number_are_refused() {
    on_both(|database| {
        let town = town(database);
        let (manifest, parts) = cut(&number("2026030200001"), &[person(1, 1), person(2, 2)], 60).unwrap();
        let damaged: Vec<Part> = parts.iter().map(|part| Part { text: part.text.replace("name", "nome"), ..part.clone() }).collect();
        assert_eq!(town.gateway.push(&admin(), &to(), &manifest, &damaged, &Nobody).unwrap(), Code::PartDamaged);
        let (other, _) = cut(&number("2026030200001"), &[person(3, 3)], 60).unwrap();
        assert_eq!(town.gateway.push(&admin(), &to(), &other, &[], &Nobody).unwrap(), Code::BatchConflict);
        // Parts that are whole by themselves, but not those that were announced.
        let (_, foreign) = cut(&number("2026030200001"), &[person(8, 8), person(9, 9)], 60).unwrap();
        assert_eq!(town.gateway.push(&admin(), &to(), &manifest, &foreign, &Nobody).unwrap(), Code::BatchConflict);
        let ask = |client: &str, endpoint: &str, body: Value| {
            Code::of_refusal(town.gateway.call_here(&admin(), &asking(client, endpoint, body)).unwrap_err().refusal().unwrap())
        };
        assert_eq!(ask(POLICE, "state", json!({"cd_batch": "2026030299999"})), Code::BatchUnknown);
        assert_eq!(ask(POLICE, "open", json!({"cd_batch": "x"})), Code::BodyMalformed);
        assert_eq!(ask(CIVIL, "state", json!({"cd_batch": "2026030200001"})), Code::NotGranted);
    });
}

#[test]
fn a_later_batch_wins_whatever_the_order_of_arrival_and_deletions_stay_deleted() {
    on_both(|database| {
        let town = town(database);
        send(&town, "2026030200002", &[person(1, 20), row(Operation::D, 2, None)]);
        send(&town, "2026030200001", &[person(1, 10), person(2, 10), person(3, 10)]);
        assert_eq!(record(&town, 1).unwrap()["age"], 20);
        assert_eq!(record(&town, 2), None);
        assert_eq!(record(&town, 3).unwrap()["age"], 10);
        send(&town, "2026030200003", &[person(4, 1), row(Operation::U, 4, Some(json!({"name": "x", "age": 2})))]);
        assert_eq!(record(&town, 4).unwrap()["age"], 2, "within a batch the later row wins");
    });
}

#[test]
fn rows_that_do_not_fit_are_set_aside_and_replayed_or_given_up() {
    on_both(|database| {
        let town = town(database);
        let strange = row(Operation::I, 2, Some(json!({"name": "x", "height": 180})));
        let wrong = row(Operation::I, 3, Some(json!({"name": 5})));
        let (manifest, parts) = cut(&number("2026030200001"), &[person(1, 1), strange, wrong], 1_000).unwrap();
        town.gateway.push(&admin(), &to(), &manifest, &parts, &Nobody).unwrap();
        apply(&town);
        let applied = batch(&town, "2026030200001");
        assert_eq!((applied.applied_rows, applied.dead_rows), (1, 2));
        let dead = town.world.read(|tx| exchange::dead_rows(tx));
        assert_eq!(dead.iter().map(|row| row.reason.as_str()).collect::<Vec<_>>(), ["a field is not declared", "a value is of another type"]);
        let replay = |row: &str, why: Option<&str>| ReplayDeadRow { row: row.into(), dropped_because: why.map(str::to_owned) };
        assert_eq!(town.world.refuse(&admin(), replay(&dead[0].id, None)).code, "row-still-unfit");
        let mut wider = takes();
        wider.fields.push(exchange::ServiceField { name: "height".into(), title: i18n::Text::same("height"), kind: FieldType::Integer });
        town.world.execute(&admin(), exchange::OfferService { service: wider });
        town.world.execute(&admin(), replay(&dead[0].id, None));
        assert_eq!(record(&town, 2).unwrap()["height"], 180);
        assert_eq!(town.world.refuse(&admin(), replay(&dead[1].id, Some(" "))).code, "reason-missing");
        assert_eq!(town.world.refuse(&admin(), replay(&dead[1].id, Some(&"因".repeat(501)))).code, "text-too-long");
        town.world.execute(&admin(), replay(&dead[1].id, Some("来源方已更正")));
        assert!(town.world.read(|tx| exchange::dead_rows(tx)).is_empty());
    });
}

#[test]
fn a_feed_delivers_every_change_in_order_and_keeps_its_batch_until_it_has_arrived() {
    on_both(|database| {
        let town = town(database);
        let changes = Changes(Mutex::new((0..3).map(|key| person(key, 1)).collect()));
        let feed = town.world.execute(&admin(), StartFeed { client: id(POLICE), service: id(TAKES), register: "population".into() }).outcome;
        let state = || town.world.read(|tx| exchange::feed(tx, &feed)).unwrap();
        assert_eq!(town.gateway.deliver(&feed, &changes, &Nobody).unwrap(), Some(Code::Answered));
        assert_eq!((state().position, state().pending_batch), (3, None));
        assert_eq!(town.gateway.deliver(&feed, &changes, &Nobody).unwrap(), None, "nothing new");
        // The receiver is away: the batch keeps its number and content, whatever changes meanwhile.
        let suspend = |standing| exchange::OfferService { service: Service { standing, ..takes() } };
        town.world.execute(&admin(), suspend(exchange::Standing::Suspended));
        changes.0.lock().unwrap().push(person(3, 1));
        assert_eq!(town.gateway.deliver(&feed, &changes, &Nobody).unwrap(), Some(Code::ServiceUnknown));
        let pending = state().pending_batch.unwrap();
        let late = EndDelivery { feed: feed.clone(), cd_batch: number("2026030200001"), code: Code::Answered };
        town.world.execute(&runner::Actor::system(), late);
        assert_eq!((state().position, state().pending_batch), (3, Some(pending.clone())), "the end of an old batch is not that of this one");
        changes.0.lock().unwrap().push(person(4, 1));
        for _ in 1..FEED_TRIES_MAX {
            town.gateway.deliver(&feed, &changes, &Nobody).unwrap();
        }
        assert_eq!((state().state, state().last_code.as_deref()), (FeedState::Dead, Some("service-unknown")));
        assert_eq!(town.gateway.deliver(&feed, &changes, &Nobody).unwrap(), None, "set aside");
        town.world.execute(&admin(), suspend(exchange::Standing::Active));
        town.world.execute(&admin(), ReplayFeed { feed: feed.clone() });
        assert_eq!(state().pending_batch, Some(pending.clone()));
        assert_eq!(town.gateway.deliver(&feed, &changes, &Nobody).unwrap(), Some(Code::Answered));
        assert_eq!(state().position, 4);
        assert_eq!(town.gateway.deliver(&feed, &changes, &Nobody).unwrap(), Some(Code::Answered));
        assert_eq!(state().position, 5);
        apply(&town);
        assert_eq!(town.world.read(|tx| exchange::received_count(tx, &id::<ServiceId>(TAKES))), 5);
        assert_eq!(batch(&town, pending.as_str()).rows, 1);
    });
}

#[test]
fn a_feed_is_stopped_and_goes_on_where_it_was() {
    on_both(|database| {
        let town = town(database);
        let start = |client: &str, service: &str, register: &str| StartFeed { client: id(client), service: id(service), register: register.into() };
        let refused = |command: StartFeed| {
            let refusal = town.world.refuse(&admin(), command);
            (refusal.code.to_string(), refusal.fields.iter().map(|field| field.field.to_string()).collect::<Vec<_>>().join(","))
        };
        let invalid = |fields: &str| ("input-invalid".to_owned(), fields.to_owned());
        assert_eq!(refused(start(CIVIL, TAKES, "population")), invalid("register"), "of another organ");
        assert_eq!(refused(start(CIVIL, TAKES, "inbox:persons")), invalid("register"), "received from others");
        assert_eq!(refused(start(POLICE, PERSON, "dreams")), invalid("register,service"));
        assert_eq!(refused(start(POLICE, "CN-339921/GOV/X/y/z", "population")), invalid("service"));
        let changes = Changes(Mutex::new((0..3).map(|key| person(key, 1)).collect()));
        let feed = town.world.execute(&admin(), start(POLICE, TAKES, "population")).outcome;
        assert_eq!(refused(start(POLICE, TAKES, "population")).0, "feed-known");
        town.world.execute(&admin(), start(POLICE, &format!("{STRANGER}/persons"), "population"));
        assert_eq!(town.gateway.deliver(&feed, &changes, &Nobody).unwrap(), Some(Code::Answered));
        let stop = |reason: &str| StopFeed { feed: feed.clone(), reason: reason.into() };
        assert_eq!(town.world.refuse(&admin(), stop(" ")).code, "reason-missing");
        assert_eq!(town.world.refuse(&admin(), ResumeFeed { feed: feed.clone() }).code, "feed-not-in-state");
        assert_eq!(town.world.refuse(&admin(), ReplayFeed { feed: feed.clone() }).code, "feed-not-in-state");
        town.world.execute(&admin(), stop("接收方维护"));
        assert_eq!(town.world.refuse(&admin(), stop("再停一次")).code, "feed-not-in-state");
        changes.0.lock().unwrap().push(person(3, 1));
        assert_eq!(town.gateway.deliver(&feed, &changes, &Nobody).unwrap(), None);
        let stopped = town.world.read(|tx| exchange::feed(tx, &feed)).unwrap();
        assert_eq!((stopped.state, stopped.reason.as_str(), stopped.position), (FeedState::Stopped, "接收方维护", 3));
        town.world.execute(&admin(), ResumeFeed { feed: feed.clone() });
        assert_eq!(town.gateway.deliver(&feed, &changes, &Nobody).unwrap(), Some(Code::Answered));
        let after = town.world.read(|tx| exchange::feed(tx, &feed)).unwrap();
        assert_eq!((after.position, after.reason.as_str(), after.tried_ms), (4, "", Some(town.now_ms())));
        apply(&town);
    });
}

#[test]
fn nothing_received_stands_in_the_clear() {
    on_both(|database| {
        let town = town(database);
        let (manifest, parts) = cut(&number("2026030200001"), &[person(1, 1)], 1_000).unwrap();
        town.gateway.push(&admin(), &to(), &manifest, &parts, &Nobody).unwrap();
        let text = |tx: &mut Tx<'_>, sql: &str| -> Result<Option<String>, StoreError> { tx.query_opt(sql, &[])?.map_or(Ok(None), |row| row.get(0)) };
        let part = town.world.read(|tx| text(tx, "select text from exchange_batch_part")).unwrap();
        assert!(!part.contains("name 1"));
        apply(&town);
        assert_eq!(town.world.read(|tx| text(tx, "select text from exchange_batch_part")), None, "an applied part is not kept");
        let record = town.world.read(|tx| text(tx, "select record from exchange_received")).unwrap();
        let key = town.world.read(|tx| text(tx, "select key_index from exchange_received")).unwrap();
        assert!(!record.contains("name") && !key.contains("key-1"));
    });
}

#[test]
fn what_was_received_is_taken_in_order_by_the_own_system_alone() {
    on_both(|database| {
        let town = town(database);
        assert_eq!(taken(&town, json!({})), (Vec::new(), 0), "nothing yet");
        let rows: Vec<BatchRow> = (0..120).map(|key| person(key, key)).collect();
        send(&town, "2026030200001", &rows);
        let (all, next) = taken(&town, json!({}));
        assert_eq!((all.len(), next), (120, 120));
        let (first, after) = taken(&town, json!({ "count": 70 }));
        let (second, end) = taken(&town, json!({ "after": after, "count": 70 }));
        assert_eq!((first.len(), after, second.len(), end), (70, 70, 50, 120));
        assert_eq!([first, second].concat(), all);
        let row = json!({"position": 8, "source": POLICE, "cd_batch": "2026030200001", "cd_operation": "U", "cd_time": 1, "key": "key-7",
            "record": {"name": "name 7", "age": 7}, "reading": null});
        assert_eq!(all[7], row);
        // What changed or went comes once more, behind everything; what did not change does not.
        send(&town, "2026030200002", &[person(7, 70), row_deleted(8)]);
        let (changed, end) = taken(&town, json!({ "after": end }));
        let told: Vec<_> = changed.iter().map(|row| (row["key"].as_str().unwrap(), row["cd_operation"].as_str().unwrap())).collect();
        assert_eq!((told, end), (vec![("key-7", "U"), ("key-8", "D")], 122));
        assert_eq!((&changed[0]["record"]["age"], &changed[1]["record"]), (&json!(70), &Value::Null));
        assert_eq!(taken(&town, json!({ "after": end })), (Vec::new(), 122));
        assert_eq!(taken(&town, json!({})).0.len(), 120, "each key once");

        let refused = |client: &str, body: Value| {
            Code::of_refusal(town.gateway.call_here(&admin(), &asking(client, TAKE, body)).unwrap_err().refusal().unwrap())
        };
        assert_eq!(refused(POLICE, json!({})), Code::NotGranted, "who sent it does not take it");
        for wrong in [json!({"count": 0}), json!({"count": 1_001}), json!({"after": -1}), json!({"from": 1}), json!([]), Value::Null] {
            assert_eq!(refused(CIVIL, wrong.clone()), Code::BodyMalformed, "{wrong}");
        }
        let person = exchange::Asking { service: id(PERSON), client: id(POLICE), ..asking(POLICE, TAKE, json!({})) };
        let refusal = town.gateway.call_here(&admin(), &person).unwrap_err();
        assert_eq!(Code::of_refusal(refusal.refusal().unwrap()), Code::ServiceUnknown, "a service that answers questions receives nothing");
        // What has arrived is the receiver's, also while the service is withdrawn.
        town.world.execute(&admin(), exchange::OfferService { service: Service { standing: exchange::Standing::Suspended, ..takes() } });
        assert_eq!(taken(&town, json!({})).0.len(), 120);
    });
}

fn row_deleted(key: u32) -> BatchRow {
    row(Operation::D, key, None)
}

#[test]
fn an_answer_of_taken_rows_has_a_bound_in_bytes_and_none_is_left_out() {
    let town = town(TestDatabase::sqlite());
    let rows: Vec<BatchRow> = (0..8).map(|key| row(Operation::I, key, Some(json!({ "name": "x".repeat(300_000), "age": key })))).collect();
    let (manifest, parts) = cut(&number("2026030200001"), &rows, 1_000_000).unwrap();
    assert_eq!(town.gateway.push(&admin(), &to(), &manifest, &parts, &Nobody).unwrap(), Code::Answered);
    apply(&town);
    let (mut after, mut ages, mut answers) = (0, Vec::new(), 0);
    loop {
        let (rows, next) = taken(&town, json!({ "after": after }));
        if rows.is_empty() {
            break;
        }
        assert!(rows.len() < 4, "{}", rows.len());
        ages.extend(rows.iter().map(|row| row["record"]["age"].as_u64().unwrap()));
        (after, answers) = (next, answers + 1);
    }
    assert_eq!(ages, (0..8).collect::<Vec<u64>>());
    assert!(answers > 2);
}

#[test]
fn whoever_a_row_is_about_sees_that_it_was_taken_and_a_row_about_nobody_is_set_aside() {
    on_both(|database| {
        let town = town(database);
        let mut about = takes();
        about.fields.push(exchange::ServiceField { name: "id_number".into(), title: i18n::Text::same("id"), kind: FieldType::Text });
        about.subject = Some("id_number".into());
        town.world.execute(&admin(), exchange::OfferService { service: about });
        let mut right = duty(POLICE, &[Manner::Full], false);
        (right.service, right.fields, right.calls_per_minute_max, right.calls_per_day_max) =
            (id(TAKES), vec!["name".into(), "age".into(), "id_number".into()], 10_000, 10_000);
        let granted = town.world.execute(&admin(), right).outcome;
        let born = |key: u32, id_number: Value| row(Operation::I, key, Some(json!({ "name": "王小明", "age": 73, "id_number": id_number })));
        let rows = [born(1, json!(WANG)), born(2, json!("339921195203070017")), born(3, Value::Null), person(4, 4), row_deleted(5)];
        let (manifest, parts) = cut(&number("2026030200001"), &rows, 10_000).unwrap();
        assert_eq!(town.gateway.push(&admin(), &to(), &manifest, &parts, &Nobody).unwrap(), Code::Answered);
        apply(&town);
        assert!(town.readings().is_empty(), "what has only arrived was read by nobody");
        let dead = town.world.read(|tx| exchange::dead_rows(tx));
        assert_eq!(dead.iter().map(|row| row.reason.as_str()).collect::<Vec<_>>(), [exchange::Unfit::NoSubject.as_str(); 3]);

        // The right may have ended meanwhile: what came under it says so.
        town.world.execute(&admin(), exchange::EndDuty { duty: granted.clone(), reason: "到期".into() });
        let (rows, _) = taken(&town, json!({}));
        assert_eq!(rows.iter().map(|row| row["cd_operation"].as_str().unwrap()).collect::<Vec<_>>(), ["U", "D"]);
        let seen = town.readings();
        assert_eq!(seen.len(), 1);
        let reading = &seen[0];
        assert_eq!(
            (Some(reading.id.as_str()), reading.fields.as_slice()),
            (rows[0]["reading"].as_str(), ["name", "age", "id_number"].map(str::to_owned).as_slice())
        );
        assert_eq!((reading.organ.as_deref(), reading.grant.as_deref(), reading.manner), (Some("organ_civil"), Some(granted.as_str()), Manner::Full));
        assert_eq!((reading.source.name.as_str(), reading.basis.as_str()), (TAKES, "老年人权益保障法 第三十三条"));
        // Taken again is read again.
        taken(&town, json!({}));
        assert_eq!(town.readings().len(), 2);
        // In the order of what is known, only what is new.
        taken(&town, json!({ "after": 1 }));
        assert_eq!(town.readings().len(), 2, "her row was not among them");
    });
}

#[test]
fn whom_rows_are_about_is_one_of_the_fields_that_are_taken() {
    let town = town(TestDatabase::sqlite());
    let wrong = |subject: &str, of: Service| {
        let refusal = town.world.refuse(&admin(), exchange::OfferService { service: Service { subject: Some(subject.into()), ..of } });
        refusal.fields.iter().map(|field| field.field.to_string()).collect::<Vec<_>>().join(",")
    };
    assert_eq!(wrong("id_number", takes()), "subject", "not taken");
    assert_eq!(wrong("age", takes()), "subject", "a number");
    assert_eq!(wrong("name", service(&[("name", FieldType::Text)])), "subject", "a register knows whom its records are about");
    town.world.execute(&admin(), exchange::OfferService { service: Service { subject: Some("name".into()), ..takes() } });
}

#[test]
fn a_service_says_which_batches_it_received() {
    on_both(|database| {
        let town = town(database);
        let rows: Vec<BatchRow> = (0..50).map(|key| person(key, key)).collect();
        let (manifest, parts) = cut(&number("2026030200001"), &rows, 500).unwrap();
        town.gateway.push(&admin(), &to(), &manifest, &parts, &Nobody).unwrap();
        apply(&town);
        let (later, cut_later) = cut(&number("2026030200002"), &rows, 500).unwrap();
        town.gateway.push(&admin(), &to(), &later, &cut_later[..2], &Nobody).unwrap();
        let received = town.world.read(|tx| exchange::received_batches(tx, &id::<ServiceId>(TAKES)));
        let told: Vec<_> = received.iter().map(|one| (one.cd_batch.as_str(), one.batch.state, one.arrived_parts, one.batch.applied_rows)).collect();
        assert_eq!(told, [("2026030200002", InboxState::Open, 2, 0), ("2026030200001", InboxState::Applied, manifest.parts, 50)]);
        assert!(received.iter().all(|one| one.source == POLICE && one.opened_ms == town.now_ms()));
    });
}
