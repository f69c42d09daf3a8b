//! Complaint lifecycles over HTTP: create → assign → resolve → search.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bench_load::{Ask, Connection};
use serde_json::{Value, json};
use town::{DEMO_PASSWORD, Size};
use zhengshu::config::Place;
use zhengshu::node::Node;
use zhengshu::{demo, serve};

use crate::{percentile, stored};

static SERIAL: AtomicU64 = AtomicU64::new(0);

pub fn run(count: u64, clients: u64, seconds: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let node = Arc::new(Node::open(&Place::at(folder.path())).expect("a node"));
    demo::seed(&node, Path::new("packages"), Size::small()).expect("a small town");
    stored::fill(&node.store, count);
    let address = serve_in_background(&node);
    let organ = market_supervision(&node);
    let end = Instant::now() + Duration::from_secs(seconds);
    let start = Instant::now();
    let mut lifecycles: Vec<Duration> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..clients).map(|_| scope.spawn(|| client(&address, &organ, end))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a client that ends")).collect()
    });
    let took = start.elapsed().as_secs_f64();
    lifecycles.sort();
    let done = u32::try_from(lifecycles.len()).unwrap_or(u32::MAX);
    println!(
        "{count} stored cases, {clients} clients, {seconds} s: {:.0} lifecycles/s ({:.0} calls/s), p50 {:.1} ms, p95 {:.1} ms a lifecycle",
        f64::from(done) / took,
        f64::from(done) * 4.0 / took,
        percentile(&lifecycles, 50),
        percentile(&lifecycles, 95),
    );
}

pub fn serve_in_background(node: &Arc<Node>) -> String {
    let plenty = web::Allowance { burst: u32::MAX, per_minute: u32::MAX };
    let limits = web::Limits { pages: plenty, guessing: plenty, ..web::Limits::default() };
    let app = serve::app(node, limits).expect("an application");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || runtime.block_on(web::serve(listener, serve::router(&app), std::future::pending(), Duration::ZERO)));
    address
}

/// Lives complaints one after the other; returns how long each took.
fn client(address: &str, organ: &str, end: Instant) -> Vec<Duration> {
    let mut connection = Connection::open(address);
    let [person, dispatcher, handler] = ["linxiaohe", "zhongxiaolan", "luohuimin"].map(|login| sign_in(&mut connection, login));
    let mut times = Vec::new();
    while Instant::now() < end {
        let start = Instant::now();
        lifecycle(&mut connection, [&person, &dispatcher, &handler], organ);
        times.push(start.elapsed());
    }
    times
}

/// Asks the API, and reads what it answers.
pub fn ask(connection: &mut Connection, method: &'static str, path: &str, head: String, body: &Value) -> Value {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let (status, answer) = connection.ask(&Ask { method, path: format!("/api/v1{path}"), head, body });
    assert!(status < 300, "{status}: {}", String::from_utf8_lossy(&answer));
    serde_json::from_slice(&answer).expect("json")
}

pub fn sign_in(connection: &mut Connection, login: &str) -> String {
    let body = json!({ "login": login, "password": DEMO_PASSWORD });
    let answer = ask(connection, "POST", "/session", "content-type: application/json\r\n".to_owned(), &body);
    answer.get("token").and_then(Value::as_str).expect("a token").to_owned()
}

/// The organ to which the complaints are assigned.
pub fn market_supervision(node: &Node) -> String {
    let county = parties::DivisionCode::parse(&node.site.division).expect("a division");
    let organ = node.store.read(|tx| parties::organ_for_duty(tx, "market-supervision", &county)).expect("a query");
    organ.expect("an organ").id.to_string()
}

fn lifecycle(connection: &mut Connection, [person, dispatcher, handler]: [&str; 3], organ: &str) {
    let mut post = |token: &str, path: &str, body: Value| -> Value {
        let key = SERIAL.fetch_add(1, Ordering::Relaxed);
        let head = format!("authorization: Bearer {token}\r\nidempotency-key: bench-{key}\r\ncontent-type: application/json\r\n");
        ask(connection, "POST", path, head, &body)
    };
    let answers = json!({
        "category": "complaint", "title": "夜间施工噪声扰民", "description": "夜间施工噪声很大，影响休息，请尽快处理。",
        "place_division": "339921", "place": "云溪县城关镇和平路12号", "contact_mobile": "13800000001", "wants_reply": true, "keep_secret": false
    });
    let situation = json!({ "urgent": "no", "other_way": "no" });
    let submitted = post(person, "/cases", json!({ "slug": "12345-suqiu", "situation": situation, "answers": answers, "promised": true }));
    let case = submitted.get("id").and_then(Value::as_str).expect("a case").to_owned();
    let number = submitted.get("number").and_then(Value::as_str).expect("a number").to_owned();
    post(dispatcher, &format!("/cases/{case}/completion"), json!({ "outcome": "assigned", "fields": { "organ": organ } }));
    post(handler, &format!("/cases/{case}/completion"), json!({ "outcome": "resolved", "opinion": "已责令施工单位停止夜间施工。" }));
    let found = ask(connection, "GET", &format!("/cases?number={number}"), format!("authorization: Bearer {person}\r\n"), &Value::Null);
    assert!(found.to_string().contains("resolved"), "the complaint is found, resolved");
}
