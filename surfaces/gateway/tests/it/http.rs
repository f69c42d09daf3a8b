use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use axum::routing::any;
use exchange::{Asking, Carrier, Code, Outcome, SubsystemId};
use gateway::{HttpCarrier, connector};
use serde_json::{Value, json};

use crate::node::{Node, admin, serve, wang};

const POLICE: &str = "CN-339921/GOV/11339921MB00000026/population";
const COURT: &str = "CN-339922/GOV/11339922MB00000011/court";

fn id(text: &str) -> SubsystemId {
    text.parse().unwrap()
}

struct Pair {
    police: Node,
    court: Arc<Node>,
    carrier: Arc<HttpCarrier>,
}

/// The court's node knows the police's by an address, and the other way round.
async fn pair(address: Option<String>) -> Pair {
    let (police, court) = (Node::new(), Arc::new(Node::new()));
    let served = format!("http://{}", police.serve().await);
    police.enrol(&id(POLICE), Some("organ_police"), "", police.pem());
    police.enrol(&id(COURT), None, "https://court.example", court.pem());
    court.enrol(&id(COURT), Some("organ_court"), "", court.pem());
    court.enrol(&id(POLICE), None, &address.unwrap_or(served), police.pem());
    police.provide(&id(POLICE), &id(COURT));
    let carrier = Arc::new(HttpCarrier::new(tokio::runtime::Handle::current()).unwrap());
    Pair { police, court, carrier }
}

fn asking(endpoint: &str, body: Value) -> Asking {
    let service = id(POLICE).service("person").unwrap();
    Asking {
        client: id(COURT),
        service,
        endpoint: endpoint.into(),
        body,
        user: Some("judge-3".into()),
        case: None,
        purpose: None,
        represented: None,
        query: None,
    }
}

fn read() -> Asking {
    asking("read", json!({"key": wang().as_str(), "fields": ["name", "birth_date", "address"]}))
}

async fn call(pair: &Pair, asking: Asking) -> Outcome {
    let (court, carrier) = (Arc::clone(&pair.court), Arc::clone(&pair.carrier));
    tokio::task::spawn_blocking(move || court.gateway.call(&admin(), &asking, &*carrier)).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_calls_another_over_http_and_the_answer_is_proven() {
    let pair = pair(None).await;
    let outcome = call(&pair, read()).await;
    assert_eq!(outcome.code, Code::Answered);
    assert_eq!(outcome.body, json!({"rows": [{"name": "王小明", "birth_date": "1952-03-07", "address": "****"}]}));
    let verified = call(&pair, asking("verify", json!({"key": wang().as_str(), "claims": {"name": "王 小明", "birth_date": "1952-03-08"}}))).await;
    assert_eq!(verified.body, json!({"known": true, "matches": {"name": true, "birth_date": false}}));
    let refused = call(&pair, asking("read", json!({"key": wang().as_str(), "fields": ["mobile"]}))).await;
    assert_eq!((refused.code, refused.body["code"].as_str()), (Code::FieldNotGranted, Some("field-not-granted")));
    let readings = pair.police.runner.store().read(|tx| tracker::readings_of(tx, &pair.police.keys, wang().as_str(), i64::MAX, None, 10)).unwrap();
    assert_eq!(readings.len(), 2);
    assert!(readings.iter().all(|seen| seen.organ.as_deref() == Some(COURT)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_listed_after_the_duty_is_refused_at_the_gateway_at_once_signed_and_in_both_logs() {
    let pair = pair(None).await;
    assert_eq!(call(&pair, read()).await.code, Code::Answered);
    pair.police.listed.0.store(true, Ordering::Relaxed);
    let refused = call(&pair, read()).await;
    assert_eq!((refused.code, refused.body["code"].as_str()), (Code::NegativeListed, Some("negative-listed")));
    assert_eq!(refused.body["sentence"]["zh"], Code::NegativeListed.sentence().zh);
    for node in [&pair.police, &*pair.court] {
        let last = node.runner.store().read(|tx| exchange::latest_calls(tx, 1)).unwrap().remove(0);
        assert_eq!(last.code, Code::NegativeListed);
    }
    assert_eq!(call(&pair, asking("read", json!({"key": wang().as_str(), "fields": ["name"]}))).await.code, Code::Answered);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_down_slow_or_redirects_is_not_an_answer() {
    let slow = serve(Router::new().fallback(any(|| async { tokio::time::sleep(Duration::from_secs(30)).await }))).await;
    let away = serve(Router::new().fallback(any(|| async { axum::response::Redirect::temporary("http://127.0.0.1:1/") }))).await;
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for (address, code) in [(slow, Code::ProviderSlow), (closed, Code::ProviderDown), (away, Code::ResponseInvalid)] {
        let pair = pair(Some(format!("http://{address}"))).await;
        let outcome = call(&pair, read()).await;
        assert_eq!((outcome.code, outcome.body), (code, Value::Null));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_arrives_cut_or_too_large_is_told_by_its_code() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let node = Node::new();
    let address = node.serve().await;
    let answer = async |head: &str, body: &[u8]| {
        let mut line = tokio::net::TcpStream::connect(address).await.unwrap();
        line.write_all(head.as_bytes()).await.unwrap();
        line.write_all(body).await.unwrap();
        let mut text = Vec::new();
        let _ = tokio::time::timeout(Duration::from_secs(5), line.read_to_end(&mut text)).await;
        String::from_utf8_lossy(&text).into_owned()
    };
    let path = format!("POST /r1/{POLICE}/person/read HTTP/1.1\r\nhost: x\r\nconnection: close\r\n");
    let large = answer(&format!("{path}content-length: 99999999\r\n\r\n"), b"").await;
    assert!(large.starts_with("HTTP/1.1 413") && large.contains("too-large"), "{large}");
    let empty = answer(&format!("{path}content-length: 2\r\n\r\n"), b"{}").await;
    assert!(empty.starts_with("HTTP/1.1 400") && empty.contains("head-malformed") && empty.contains("x-zhengshu-signature"), "{empty}");
    let doubled = answer(&format!("{path}x-road-client: {COURT}\r\nx-road-client: {POLICE}\r\ncontent-length: 2\r\n\r\n"), b"{}").await;
    assert!(doubled.contains("head-malformed"), "{doubled}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_information_system_behind_the_connector_need_not_sign() {
    let pair = pair(None).await;
    let carrier = Arc::clone(&pair.carrier) as Arc<dyn Carrier>;
    let inside = serve(connector(Arc::clone(&pair.court.gateway), carrier, HashSet::from([id(COURT)]))).await;
    let ask = async |client: &str| {
        let body = serde_json::to_vec(&json!({"key": wang().as_str(), "fields": ["name"]})).unwrap();
        let sending = reqwest::Client::new().post(format!("http://{inside}/r1/{POLICE}/person/read")).header("X-Road-Client", client).body(body);
        let response = sending.send().await.unwrap();
        (response.status().as_u16(), serde_json::from_slice::<Value>(&response.bytes().await.unwrap()).unwrap())
    };
    assert_eq!(ask(COURT).await, (200, json!({"rows": [{"name": "王小明"}]})));
    let (status, body) = ask(POLICE).await;
    assert_eq!((status, body["code"].as_str()), (401, Some("client-unknown")), "it speaks for its own subsystems alone");
    assert_eq!((body["blame"].as_str(), body["retry"].as_str()), (Some("client"), Some("mended")), "{body}");
    assert!(body["sentence"]["zh"].is_string() && body["next_step"]["en"].is_string() && body["message"] == body["sentence"]["en"]);
    // What does not say one thing is not passed on.
    let headed = async |headers: &[(&str, &str)]| {
        let body = serde_json::to_vec(&json!({"key": wang().as_str(), "fields": ["name"]})).unwrap();
        let mut sending = reqwest::Client::new().post(format!("http://{inside}/r1/{POLICE}/person/read")).body(body);
        for (name, value) in headers {
            sending = sending.header(*name, *value);
        }
        serde_json::from_slice::<Value>(&sending.send().await.unwrap().bytes().await.unwrap()).unwrap()
    };
    let (other, same) = (format!("{POLICE}/people"), format!("{POLICE}/person"));
    let (client, issue) = (("X-Road-Client", COURT), ("X-Road-Issue", "1"));
    assert_eq!(headed(&[client, ("X-Road-Service", &other)]).await["code"], "head-malformed");
    assert_eq!(headed(&[client, issue, issue]).await["code"], "head-malformed");
    let passed = headed(&[client, ("X-Road-Service", &same), ("X-Road-Represented-Party", "GOV/11339922MB00000029")]).await;
    assert_eq!(passed["rows"][0]["name"], "王小明", "{passed}");
    let keys = tracker::in_process("test of what a request says");
    let logged = pair.police.runner.store().read(|tx| exchange::latest_calls(tx, 1)).unwrap().remove(0);
    let proven = logged.exchange(&pair.police.keys, &keys).unwrap();
    assert!(proven.request.head.unwrap().contains("x-road-represented-party:GOV/11339922MB00000029"));
    // The metadata services of others are asked the same way.
    let get = async |path: &str| {
        let sending = reqwest::Client::new().get(format!("http://{inside}/r1/{POLICE}{path}")).header("X-Road-Client", COURT);
        let response = sending.send().await.unwrap();
        (response.status().as_u16(), serde_json::from_slice::<Value>(&response.bytes().await.unwrap()).unwrap())
    };
    assert_eq!(get("/allowedMethods").await.1["service"][0]["service_code"], "person");
    let (status, described) = get("/getOpenAPI?serviceCode=person").await;
    assert_eq!((status, &described["components"]["schemas"]["Record"]["properties"]["name"]["type"]), (200, &json!("string")));
    let unknown = get("/getOpenAPI?serviceCode=dreams").await;
    assert_eq!((unknown.0, unknown.1["code"].as_str()), (404, Some("service-unknown")));
    assert_eq!(get("/person/read").await.1["code"], "service-unknown", "a question is posted");
}

#[tokio::test(flavor = "multi_thread")]
async fn members_keys_and_figures_are_public_and_name_nobody() {
    let pair = pair(None).await;
    call(&pair, read()).await;
    let address = pair.police.serve().await;
    let get = async |path: &str| reqwest::get(format!("http://{address}{path}")).await.unwrap().text().await.unwrap();
    let members: Value = serde_json::from_str(&get("/listClients").await).unwrap();
    assert_eq!(members["member"].as_array().unwrap().len(), 2);
    assert!(get("/exchange/keys").await.contains("BEGIN PUBLIC KEY"));
    let figures: Value = serde_json::from_str(&get("/exchange/traffic").await).unwrap();
    assert_eq!(figures["services"], json!([]), "today is not told");
}
