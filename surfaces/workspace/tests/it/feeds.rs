//! Feeds at the desk: who starts, stops, resumes and replays them, and the received rows that were set aside.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use exchange::{
    AnswerCall, Asking, BATCH_ENDPOINTS, BatchNumber, BatchRow, Code, CutFeed, EndDelivery, EnrolMember, FEED_TRIES_MAX, Feed, FieldType, INBOX,
    OfferService, Operation, PART_BYTES_MAX, Question, RecordDuty, Service, ServiceField, ServiceId, Standing, SubsystemId, cut,
};
use gate::testing::{Answer, Browser};
use i18n::Text;
use jobs::Worker;
use registers::{LoadRecords, LoadRow};
use runner::Actor;
use serde_json::{Value, json};
use tracker::Manner;
use trust::Role;

use crate::town::{Town, outline};

const FEEDS: &str = "/workspace/exchange/feeds";
const DELIVERIES: &str = "/workspace/exchange/deliveries";
const LAND: &str = "CN-339921/GOV/LAND/addresses";
const RESCUE: &str = "CN-339921/GOV/RESCUE/dispatch";
const TAKES: &str = "CN-339921/GOV/RESCUE/dispatch/places";
const COURT: &str = "CN-339922/GOV/COURT/files";

fn id<T: std::str::FromStr<Err = Code>>(text: &str) -> T {
    text.parse().unwrap()
}

fn service(id: ServiceId, register: &str, endpoints: &[&str]) -> Service {
    Service {
        id,
        title: Text::new("地名变更", "Changes of places"),
        register: register.into(),
        endpoints: endpoints.iter().map(|endpoint| (*endpoint).to_owned()).collect(),
        fields: vec![ServiceField { name: "position".into(), title: Text::new("序号", "Place"), kind: FieldType::Integer }],
        subject: None,
        body_bytes_max: 100_000,
        kept_days: 30,
        standing: Standing::Active,
    }
}

/// Two organs that take part, the register of one, the service of the other that takes its changes, and a court elsewhere.
fn county() -> Town {
    let town = Town::new();
    let enrol = |member: &str, duty: Option<&str>, name: Text| {
        let organ = duty.map(|duty| town.basics.organ(duty).unwrap().id.to_string());
        let address = if organ.is_none() { "https://court.example".to_owned() } else { String::new() };
        town.world.execute(&Actor::system(), EnrolMember { id: id(member), name, organ, address, ed25519_allowed: false });
    };
    enrol(LAND, Some("natural-resources"), Text::new("地名地址系统", "Places"));
    enrol(RESCUE, Some("fire-rescue"), Text::new("接处警系统", "Dispatch centre"));
    enrol(COURT, None, Text::new("邻县法院", "Court of the next county"));
    let addresses = service(id::<SubsystemId>(LAND).service("addresses").unwrap(), "addresses", &Question::ENDPOINTS);
    let row = json!({ "place_code": "P1", "kind": "road", "name": "和平路", "division": "339921100" });
    let rows = std::sync::Arc::new(vec![LoadRow { row: 2, cells: row.as_object().unwrap().clone() }]);
    let valid_from = "2026-01-01".parse().unwrap();
    let load = LoadRecords { register: "addresses".into(), file_sm3: "one".into(), valid_from, rows, unread: Vec::new() };
    town.world.execute(&Actor::system(), load);
    for service in [addresses, service(id(TAKES), &format!("{INBOX}places"), &BATCH_ENDPOINTS)] {
        town.world.execute(&Actor::system(), OfferService { service });
    }
    town
}

fn start<'a>(receiver: &'a str, code: &'a str) -> [(&'a str, &'a str); 5] {
    [("act", "start"), ("client", LAND), ("register", "addresses"), ("receiver", receiver), ("code", code)]
}

fn feeds(town: &Town) -> Vec<Feed> {
    town.world.store().read(exchange::feeds).unwrap()
}

/// Posts as the page before it would.
fn send(town: &Town, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    town.get(browser, path);
    town.post(browser, path, fields)
}

#[test]
fn the_head_of_the_organ_that_keeps_a_register_starts_stops_and_resumes_its_feed() {
    let town = county();
    let mut head = town.desk("tongjianguo");
    let empty = outline(&town.get(&mut head, FEEDS));
    for word in ["没有订阅", "地名地址系统", "接处警系统 · 地名变更", "其他节点：邻县法院"] {
        assert!(empty.contains(word), "{word}: {empty}");
    }
    assert!(!empty.contains("人口基础信息库"), "a register of another organ: {empty}");
    let nothing = send(&town, &mut head, FEEDS, &[("act", "start"), ("client", LAND)]);
    assert!(nothing.status == 422 && outline(&nothing).contains("请选择登记") && outline(&nothing).contains("请选择接收方"));
    let coded = send(&town, &mut head, FEEDS, &start(COURT, ""));
    assert!(coded.status == 422 && outline(&coded).contains("请填写接收服务的代码"));
    assert_eq!(send(&town, &mut head, FEEDS, &start(TAKES, "")).location(), FEEDS);
    let twice = send(&town, &mut head, FEEDS, &start(TAKES, ""));
    assert!(twice.status == 422 && outline(&twice).contains("已经送往这项服务"), "{}", outline(&twice));
    assert_eq!(send(&town, &mut head, FEEDS, &start(COURT, "places")).status, StatusCode::SEE_OTHER);
    let feed = feeds(&town).into_iter().find(|feed| feed.service.to_string() == TAKES).unwrap();
    let page = outline(&town.get(&mut head, FEEDS));
    let words = ["投递中", "还没有投递过", "1项变更", &format!("{COURT}/places")];
    assert!(words.iter().all(|word| page.contains(word)), "{page}");

    let stop = |reason: &'static str| [("act", "stop"), ("feed", feed.id.as_str()), ("reason", reason)];
    let unsaid = send(&town, &mut head, FEEDS, &stop(" "));
    assert!(unsaid.status == 422 && outline(&unsaid).contains("没有写明原因"));
    assert_eq!(send(&town, &mut head, FEEDS, &stop("接收方维护")).status, StatusCode::SEE_OTHER);
    let stopped = outline(&town.get(&mut head, FEEDS));
    assert!(stopped.contains("已停止") && stopped.contains("停止的原因：接收方维护"), "{stopped}");
    let late = send(&town, &mut head, FEEDS, &stop("再停一次"));
    assert!(late.status == 422 && outline(&late).contains("目前的状态不能进行这一步"));
    assert_eq!(send(&town, &mut head, FEEDS, &[("act", "resume"), ("feed", &feed.id)]).status, StatusCode::SEE_OTHER);
    assert!(!outline(&town.get(&mut head, FEEDS)).contains("已停止"));
    head.language = "en";
    assert!(town.get(&mut head, FEEDS).text().contains("Start a feed"));
}

#[test]
fn nobody_sends_or_stops_what_is_of_another_organ() {
    let town = county();
    let mut head = town.desk("tongjianguo");
    assert_eq!(send(&town, &mut head, FEEDS, &start(TAKES, "")).status, StatusCode::SEE_OTHER);
    let feed = feeds(&town).remove(0).id;
    let foreign = [("act", "start"), ("client", LAND), ("register", "population"), ("receiver", TAKES)];
    let refused = send(&town, &mut head, FEEDS, &foreign);
    assert!(refused.status == 422 && outline(&refused).contains("本机构发布为服务的登记"), "{}", outline(&refused));
    let mut stranger = town.desk("leizhenyu");
    let page = outline(&town.get(&mut stranger, FEEDS));
    assert!(page.contains("没有订阅") && page.contains("没有可送的变更"), "{page}");
    assert_eq!(send(&town, &mut stranger, FEEDS, &start(TAKES, "")).status, StatusCode::NOT_FOUND);
    for act in ["stop", "resume", "replay"] {
        let answer = send(&town, &mut stranger, FEEDS, &[("act", act), ("feed", &feed), ("reason", "x")]);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{act}");
    }
    let mut admin = town.admin("admin-system", Role::SystemAdmin);
    assert!(outline(&town.get(&mut admin, FEEDS)).contains(TAKES));
    let stop = [("act", "stop"), ("feed", feed.as_str()), ("reason", "x")];
    assert_eq!(send(&town, &mut admin, FEEDS, &stop).status, StatusCode::NOT_FOUND, "operators replay; the organ decides");
}

#[test]
fn a_feed_that_failed_too_often_says_why_and_is_replayed() {
    let town = county();
    let mut head = town.desk("tongjianguo");
    send(&town, &mut head, FEEDS, &start(TAKES, ""));
    let feed = feeds(&town).remove(0).id;
    let cut = town.world.execute(&Actor::system(), CutFeed { feed: feed.clone(), until: 5 }).outcome;
    let end = || EndDelivery { feed: feed.clone(), cd_batch: cut.pending_batch.clone().unwrap(), code: Code::NotGranted };
    town.world.execute(&Actor::system(), end());
    let trying = outline(&town.get(&mut head, FEEDS));
    assert!(trying.contains("已试1次") && trying.contains("not-granted"), "{trying}");
    for _ in 1..FEED_TRIES_MAX {
        town.world.execute(&Actor::system(), end());
    }
    let dead = outline(&town.get(&mut head, FEEDS));
    let said = format!("连续8次没有送到，已搁置：{}", Code::NotGranted.sentence().zh);
    assert!(dead.contains("已搁置") && dead.contains(&said), "{dead}");
    let mut admin = town.admin("admin-system", Role::SystemAdmin);
    for browser in [&mut head, &mut admin] {
        assert!(outline(&town.get(browser, FEEDS)).contains("重放"));
    }
    assert_eq!(send(&town, &mut head, FEEDS, &[("act", "replay"), ("feed", &feed)]).status, StatusCode::SEE_OTHER);
    let again = feeds(&town).remove(0);
    assert_eq!((again.state, again.tries, again.pending_batch), (exchange::FeedState::Active, 0, cut.pending_batch));
}

/// A batch with a row that fits and one that does not.
fn receive(town: &Town) {
    let fields = vec!["position".to_owned()];
    let duty = RecordDuty {
        client: id(LAND),
        service: id(TAKES),
        fields,
        masks: BTreeMap::new(),
        rows: BTreeMap::new(),
        manners: vec![Manner::Full],
        calls_per_minute_max: 100,
        calls_per_day_max: 100,
        cell_count_min: 10,
        purpose: Text::new("定位", "To find places"),
        basis: "消防法 第四十四条".into(),
        needs_case: false,
        consent: None,
        from: None,
        days: 90,
    };
    town.world.execute(&Actor::system(), duty);
    let row = |key: &str, record: Value| BatchRow { cd_operation: Operation::I, cd_time: 1, key: key.into(), record: Some(record) };
    let rows = [row("1", json!({ "position": 1 })), row("2", json!({ "height": 2 }))];
    let cd_batch: BatchNumber = "2026030200001".parse().unwrap();
    let (manifest, parts) = cut(&cd_batch, &rows, PART_BYTES_MAX).unwrap();
    let part = serde_json::to_value(&parts[0]).unwrap();
    for (endpoint, body) in [("open", serde_json::to_value(&manifest).unwrap()), ("part", part), ("close", json!({ "cd_batch": cd_batch }))] {
        let (client, service) = (id(LAND), id(TAKES));
        let asking =
            Asking { client, service, endpoint: endpoint.into(), body, user: None, case: None, purpose: None, represented: None, query: None };
        town.world.execute(&Actor::system(), AnswerCall::Asked(asking));
    }
    let worker = Worker::new(town.world.store(), "test".into());
    let worker = exchange::handlers(town.world.runner()).into_iter().fold(worker, |worker, (kind, handler)| worker.with(kind, handler));
    town.world.run_jobs(&worker);
}

#[test]
fn rows_set_aside_are_seen_by_who_received_them_and_replayed_or_given_up() {
    let town = county();
    receive(&town);
    let row = town.world.store().read(exchange::dead_rows).unwrap().remove(0).id;
    let mut sender = town.desk("tongjianguo");
    assert!(outline(&town.get(&mut sender, DELIVERIES)).contains("没有搁置的行"));
    assert_eq!(send(&town, &mut sender, DELIVERIES, &[("row", &row)]).status, StatusCode::NOT_FOUND);
    let mut receiver = town.desk("leizhenyu");
    let page = outline(&town.get(&mut receiver, DELIVERIES));
    assert!(page.contains(TAKES) && page.contains(LAND) && page.contains("含有未登记的数据项"), "{page}");
    let unfit = send(&town, &mut receiver, DELIVERIES, &[("row", &row)]);
    assert!(unfit.status == 422 && outline(&unfit).contains("仍不符合服务登记的数据项（含有未登记的数据项）"), "{}", outline(&unfit));
    let unsaid = send(&town, &mut receiver, DELIVERIES, &[("row", &row), ("act", "drop"), ("reason", "")]);
    assert!(unsaid.status == 422 && outline(&unsaid).contains("没有写明原因"));
    let mut wider = service(id(TAKES), &format!("{INBOX}places"), &BATCH_ENDPOINTS);
    wider.fields.push(ServiceField { name: "height".into(), title: Text::new("高度", "Height"), kind: FieldType::Integer });
    town.world.execute(&Actor::system(), OfferService { service: wider });
    assert_eq!(send(&town, &mut receiver, DELIVERIES, &[("row", &row)]).status, StatusCode::SEE_OTHER);
    assert!(outline(&town.get(&mut receiver, DELIVERIES)).contains("没有搁置的行"));
    let received = town.world.store().read(|tx| exchange::received_count(tx, &id::<ServiceId>(TAKES))).unwrap();
    assert_eq!(received, 2);
}
