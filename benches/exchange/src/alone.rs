//! The gateway of one node, without HTTP: threads hand it signed requests.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bench_load::Figures;
use clock::{Clock, SystemClock};
use exchange::{Code, Envelope, RequestMessage, header};
use seal::{Algorithm, OsEntropy, PrivateKey, Signer};

use crate::node::{CLIENT, Node, PROVIDER, question};

const THREADS: usize = 32;
const TIME: Duration = Duration::from_secs(8);
const CALLS_MAX: usize = 80_000;
const SIGNED_TOGETHER: usize = 64;

pub fn run() {
    println!("one gateway, {THREADS} threads, {} s each: verified, permitted, answered, tracked, logged, journalled, signed", TIME.as_secs());
    for batch in [1, 256] {
        let node = Node::new(batch);
        let client = PrivateKey::generate(Algorithm::Sm2, &mut OsEntropy).expect("a key");
        node.provide_to(&client);
        println!("  responses signed {:<20} {}", crate::together(batch), measure(&node, &requests(&client, CALLS_MAX)));
    }
}

impl Node {
    fn provide_to(&self, client: &PrivateKey) {
        self.enrol(PROVIDER, Some("organ_police"), "", self.pem());
        self.enrol(CLIENT, None, "https://court.example", client.public_key().to_pem().expect("a key as text"));
        self.provide();
    }
}

/// Signed requests, made before the clock runs.
fn requests(client: &PrivateKey, count: usize) -> Vec<RequestMessage> {
    let at_ms = SystemClock::new().now().as_millisecond();
    let body = question().into_bytes();
    let request = |number: usize| {
        let headers = [(header::CLIENT, CLIENT.to_owned()), (header::ID, format!("m-{number}")), (header::TIME, at_ms.to_string())];
        RequestMessage {
            method: "POST".into(),
            path: format!("/r1/{PROVIDER}/person/verify"),
            query: None,
            headers: headers.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            body: body.clone(),
        }
    };
    let mut made: Vec<RequestMessage> = (0..count).map(request).collect();
    for batch in made.chunks_mut(SIGNED_TOGETHER) {
        let leaves: Vec<_> = batch.iter().map(|request| seal::batch_leaf(request.signed_text().as_bytes())).collect();
        let signed = seal::sign_batch(client, &leaves).expect("signatures");
        for (request, signature) in batch.iter_mut().zip(&signed) {
            request.headers.push((header::SIGNATURE.to_owned(), Envelope::new(client.public_key(), signature).to_string()));
        }
    }
    made
}

fn measure(node: &Node, requests: &[RequestMessage]) -> Figures {
    let (next, refused) = (AtomicUsize::new(0), AtomicU64::new(0));
    let begin = Instant::now();
    let times: Vec<Duration> = std::thread::scope(|scope| {
        let worker = || {
            let mut times = Vec::new();
            while begin.elapsed() < TIME {
                let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                let started = Instant::now();
                if node.gateway.answer(request.clone()).code != Code::Answered {
                    refused.fetch_add(1, Ordering::Relaxed);
                }
                times.push(started.elapsed());
            }
            times
        };
        let running: Vec<_> = (0..THREADS).map(|_| scope.spawn(worker)).collect();
        running.into_iter().flat_map(|thread| thread.join().expect("a thread that ends")).collect()
    });
    assert_eq!(refused.load(Ordering::Relaxed), 0, "every call of the benchmark is answered");
    Figures::of(times, begin.elapsed())
}
