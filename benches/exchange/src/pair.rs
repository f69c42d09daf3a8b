//! Two nodes over HTTP on these cores: an information system asks its connector, that signs, logs and carries the request to the gateway of the other
//! node, which answers. Beside them the same question to a plain service over the same database, directly and through nginx.

use std::collections::HashSet;
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use bench_load::{Ask, Figures, hammer};
use exchange::Carrier;
use gateway::HttpCarrier;
use serde_json::{Value, json};
use store::Store;
use tokio::runtime::Runtime;

use crate::node::{CLIENT, Node, PROVIDER, id, question};
use crate::stored;

const CONNECTIONS: [u32; 3] = [1, 32, 128];
const TIME: Duration = Duration::from_secs(8);
const SUSTAINED: Duration = Duration::from_secs(60);
const READY_TRIES: u32 = 100;

struct Pair {
    police: Node,
    _court: Arc<Node>,
    connector: SocketAddr,
}

impl Pair {
    fn new(runtime: &Runtime, batch_size_max: usize) -> Self {
        let (police, court) = (Node::new(batch_size_max), Arc::new(Node::new(batch_size_max)));
        let served = serve(runtime, gateway::routes(Arc::clone(&police.gateway), Arc::clone(police.runner.store())));
        police.enrol(PROVIDER, Some("organ_police"), "", police.pem());
        police.enrol(CLIENT, None, "https://court.example", court.pem());
        police.provide();
        court.enrol(CLIENT, Some("organ_court"), "", court.pem());
        court.enrol(PROVIDER, None, &format!("http://{served}"), police.pem());
        let carrier: Arc<dyn Carrier> = Arc::new(HttpCarrier::new(runtime.handle().clone()).expect("a carrier"));
        let connector = serve(runtime, gateway::connector(Arc::clone(&court.gateway), carrier, HashSet::from([id(CLIENT)])));
        Self { police, _court: court, connector }
    }

    fn ask(&self, connections: u32, time: Duration) -> Figures {
        let (body, head) = (question(), format!("x-road-client: {CLIENT}\r\ncontent-type: application/json\r\n"));
        let path = format!("/r1/{PROVIDER}/person/verify");
        let ask = |_| Ask { method: "POST", path: path.clone(), head: head.clone(), body: body.clone() };
        hammer(&self.connector.to_string(), connections, time, 20, &ask)
    }
}

/// Measures, with so many calls stored in the log of the provider before the last measurement.
pub fn run(stored_count: u64) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    println!("two nodes over HTTP, both ends and who asks on the same cores, {} s each", TIME.as_secs());
    let pair = Pair::new(&runtime, 256);
    let backend = serve(&runtime, backend(pair.police.runner.store()));
    let folder = tempfile::tempdir().expect("a folder");
    let nginx = Nginx::start(folder.path(), backend);
    let one_by_one = Pair::new(&runtime, 1);
    for connections in CONNECTIONS {
        println!("  {connections} connections");
        let plain = show("service alone", plainly(&backend.to_string(), connections), None);
        show("through nginx", plainly(&nginx.address, connections), Some(plain));
        show("through the exchange", pair.ask(connections, TIME), Some(plain));
        show("… each message signed on its own", one_by_one.ask(connections, TIME), Some(plain));
    }
    if stored_count == 0 {
        return;
    }
    stored::fill(pair.police.runner.store(), stored_count);
    let calls = stored::count(pair.police.runner.store());
    println!("  with {calls} calls in the log of the provider, {} s", SUSTAINED.as_secs());
    for connections in CONNECTIONS.iter().rev() {
        show(&format!("through the exchange, {connections} connections"), pair.ask(*connections, SUSTAINED), None);
    }
}

fn show(what: &str, figures: Figures, beside: Option<Figures>) -> Figures {
    let added = beside.map(|plain| format!("  added p50 {:.2} ms, p99 {:.2} ms", figures.p50_ms - plain.p50_ms, figures.p99_ms - plain.p99_ms));
    println!("    {what:<36} {figures}{}", added.unwrap_or_default());
    figures
}

fn plainly(host: &str, connections: u32) -> Figures {
    let body = question();
    let head = "content-type: application/json\r\n".to_owned();
    hammer(host, connections, TIME, 20, &|_| Ask { method: "POST", path: "/person/verify".into(), head: head.clone(), body: body.clone() })
}

/// The question without the exchange: one row read, nothing verified, recorded or signed.
fn backend(store: &Arc<Store>) -> Router {
    let answer = async |State(store): State<Arc<Store>>, Json(_): Json<Value>| {
        let sql = "select sealed from register_record where register = 'population' and position = $1";
        let reading = tokio::task::spawn_blocking(move || store.read(|tx| tx.query_opt(sql, &[&1_i64])));
        let row = reading.await.expect("a thread").expect("a database");
        Json(json!({ "known": row.is_some(), "matches": { "name": true } }))
    };
    Router::new().route("/person/verify", post(answer)).with_state(Arc::clone(store))
}

fn serve(runtime: &Runtime, router: Router) -> SocketAddr {
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a port");
    let address = listener.local_addr().expect("an address");
    runtime.spawn(async move { axum::serve(listener, router).await });
    address
}

/// nginx as a plain reverse proxy with kept-alive connections to the service.
struct Nginx {
    process: Child,
    address: String,
}

impl Nginx {
    fn start(folder: &Path, backend: SocketAddr) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
        let there = folder.display();
        let configuration = format!(
            "worker_processes 2; daemon off; pid {there}/pid; error_log {there}/error.log;\n\
             events {{ worker_connections 1024; }}\n\
             http {{ access_log {there}/access.log combined buffer=64k; client_body_temp_path {there}; proxy_temp_path {there};\n\
             fastcgi_temp_path {there}; uwsgi_temp_path {there}; scgi_temp_path {there}; keepalive_requests 100000000;\n\
             upstream service {{ server {backend}; keepalive 64; keepalive_requests 100000000; }}\n\
             server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://service; proxy_http_version 1.1;\n\
             proxy_set_header Connection \"\"; }} }} }}\n"
        );
        let path = folder.join("nginx.conf");
        std::fs::File::create(&path).and_then(|mut file| file.write_all(configuration.as_bytes())).expect("a file");
        let starting = Command::new("nginx").arg("-c").arg(&path).spawn();
        let process = starting.expect("nginx, which has to be installed for this comparison (apt-get install nginx-light)");
        let address = format!("127.0.0.1:{port}");
        let ready = (0..READY_TRIES).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            std::net::TcpStream::connect(&address).is_ok()
        });
        assert!(ready, "nginx listens");
        Self { process, address }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Its workers end with a master that is asked to; one that is killed leaves them.
        let asked = Command::new("kill").arg(self.process.id().to_string()).status();
        if asked.is_ok_and(|status| status.success()) {
            drop(self.process.wait());
        }
    }
}
