//! Inbox and case list: the least of clerks must not wait longer than who sees everything.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use bench_load::Connection;

use cases::queries::{CaseFilter, InboxFilter, case_list, inbox};
use runner::{Actor, ActorKind, ActorPost};
use serde_json::Value;
use store::Store;
use town::Size;
use trust::{OrganPost, Scope, ScopePart};
use zhengshu::config::Place;
use zhengshu::demo;
use zhengshu::node::Node;

use crate::{lifecycle, percentile, stored};

const ROUNDS: usize = 400;

pub fn run(count: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let node = Arc::new(Node::open(&Place::at(folder.path())).expect("a node"));
    demo::seed(&node, Path::new("packages"), Size::small()).expect("a small town");
    let start = Instant::now();
    stored::fill(&node.store, count);
    println!("{count} cases and {} tasks stored in {:.0} s", count * 2, start.elapsed().as_secs_f64());
    let clerk = OrganPost { organ: "organ_0".into(), post: "handler".into() };
    let granted = ScopePart::Granted { account: "account_granted".into() };
    let scopes = [
        ("superuser", Scope::All),
        ("clerk", Scope::AnyOf(vec![ScopePart::Posts(vec![clerk.clone()]), ScopePart::Granted { account: "account_1".into() }])),
        ("clerk with 1,000 grants", Scope::AnyOf(vec![ScopePart::Posts(vec![clerk]), granted])),
        ("head of an organ", Scope::AnyOf(vec![ScopePart::Organs(vec!["organ_3".into()])])),
    ];
    for (who, scope) in &scopes {
        let (p50, p95) = time(|after| pages(&node.store, scope, after));
        println!("case list, {who:<24} p50 {p50:>7.3} ms   p95 {p95:>7.3} ms");
    }
    for (who, account, posts) in [
        ("clerk", "account_1", 1),
        ("clerk with 1,000 grants", "account_granted", 1),
        ("clerk with 5 posts", "account_1", 5),
        ("who holds all 20 posts", "account_1", stored::ORGANS),
    ] {
        let actor = clerk_with(account, posts);
        let (p50, p95) = time(|after| {
            let filter = InboxFilter { after, ..InboxFilter::default() };
            node.store.read(|tx| inbox(tx, &actor, &filter)).expect("an inbox").next
        });
        println!("inbox, {who:<28} p50 {p50:>7.3} ms   p95 {p95:>7.3} ms");
    }
    over_http(&node);
}

/// The same by the API with sign-in, authority and JSON, for accounts of the town. All cases are given to one organ, so that its head sees every
/// one: nobody sees more.
fn over_http(node: &Arc<Node>) {
    let organ = lifecycle::market_supervision(node);
    let mut connection = Connection::open(&lifecycle::serve_in_background(node));
    let [head, clerk, granted] = ["fangyuanzhi", "luohuimin", "suwanqing"].map(|login| {
        let token = lifecycle::sign_in(&mut connection, login);
        let session = lifecycle::ask(&mut connection, "GET", "/session", bearer(&token), &Value::Null);
        (token, session.get("account").and_then(Value::as_str).expect("an account").to_owned())
    });
    stored::give(&node.store, &organ, &clerk.1, &granted.1);
    let list = [("head, who sees all", &head.0), ("clerk", &clerk.0), ("clerk with 1,000 grants", &granted.0)];
    for (what, path, whose) in [("case list", "/cases", &list[..]), ("inbox", "/tasks", &list[1..])] {
        for (who, token) in whose {
            let (p50, p95) = time(|after| {
                let path = after.map_or_else(|| path.to_owned(), |after| format!("{path}?after={after}"));
                let page = lifecycle::ask(&mut connection, "GET", &path, bearer(token), &Value::Null);
                page.get("next").and_then(Value::as_str).map(str::to_owned)
            });
            println!("over HTTP: {what}, {who:<24} p50 {p50:>7.3} ms   p95 {p95:>7.3} ms");
        }
    }
}

fn bearer(token: &str) -> String {
    format!("authorization: Bearer {token}\r\n")
}

/// Walks pages from the first on, as people do; each page is one measurement.
fn time(mut page: impl FnMut(Option<String>) -> Option<String>) -> (f64, f64) {
    let mut times = Vec::with_capacity(ROUNDS);
    let mut after = None;
    for round in 0..ROUNDS {
        let start = Instant::now();
        let next = page(after.clone());
        times.push(start.elapsed());
        after = if round % 20 == 19 { None } else { next };
    }
    times.sort();
    (percentile(&times, 50), percentile(&times, 95))
}

fn pages(store: &Store, scope: &Scope, after: Option<String>) -> Option<String> {
    let filter = CaseFilter { after, ..CaseFilter::default() };
    store.read(|tx| case_list(tx, scope, &filter)).expect("a list").next
}

fn clerk_with(account: &str, posts: u64) -> Actor {
    let post = |n: u64| ActorPost { post: "handler".into(), organ: format!("organ_{n}"), division: "339921".into() };
    Actor { posts: (0..posts).map(post).collect(), ..Actor::bare(account, ActorKind::Staff) }
}
