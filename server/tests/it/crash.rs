//! Killed again and again under load: everything that was answered is there, nothing is there by half.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use cases::commands::{CompleteTask, SubmitCase};
use cases::model::{CaseStatus, TaskState};
use cases::queries::case_view;
use runner::{Actor, Request};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use town::basics::{Basics, citizen, people};
use zhengshu::node::Node;
use zhengshu::{packages, verify};

use crate::folder::place;

const DATA: &str = "ZHENGSHU_CRASH_DATA";
const CAST: &str = "cast.json";
const KILLS: u64 = 6;
const CLIENTS: usize = 4;

/// The process that is killed: this same test binary, told where its data lie. By itself it does nothing.
#[test]
#[ignore = "started by the test below"]
fn child() {
    let Ok(data) = std::env::var(DATA) else { return };
    let node = Arc::new(Node::open(&place(Path::new(&data))).unwrap());
    let cast: Cast = serde_json::from_slice(&std::fs::read(Path::new(&data).join(CAST)).unwrap()).unwrap();
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (node, cast) = (Arc::clone(&node), &cast);
            scope.spawn(move || submit_for_ever(&node, cast, client));
        }
    });
}

/// Who acts in the child.
#[derive(Serialize, Deserialize)]
struct Cast {
    person: Actor,
    dispatcher: Actor,
    organ: String,
}

fn submit_for_ever(node: &Node, cast: &Cast, client: usize) {
    let (dispatcher, organ) = (&cast.dispatcher, &cast.organ);
    for count in 0.. {
        let submitted = node.runner.execute(Request::by(cast.person.clone()), complaint(&format!("噪声扰民{client}-{count}"))).unwrap().outcome;
        say("submitted", &submitted.case);
        let fields: Map<String, Value> = Map::from_iter([("organ".to_owned(), json!(organ))]);
        let assign = CompleteTask { task: format!("{}:assign", submitted.case), outcome: "assigned".into(), fields, ..CompleteTask::default() };
        node.runner.execute(Request::by(dispatcher.clone()), assign).unwrap();
        say("assigned", &submitted.case);
    }
}

/// One line, at once: what a client has been told.
fn say(what: &str, case: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "@{what} {case}").unwrap();
    out.flush().unwrap();
}

fn complaint(title: &str) -> SubmitCase {
    let answers = json!({
        "category": "complaint", "title": title, "description": "夜间施工噪声很大，影响休息，请尽快处理。", "place_division": "339921",
        "place": "云溪县城关街道桂花路8号", "contact_mobile": "13800000001", "wants_reply": true, "keep_secret": false
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packages/12345-suqiu");
    let package = procedure::read_package(&folder).unwrap();
    let choice = |situation: &procedure::item::Situation| {
        let stop = situation.stop.as_ref().map(|stop| stop.value.as_str());
        let option = situation.options.iter().find(|option| Some(option.value.as_str()) != stop).unwrap();
        (situation.id.clone(), json!(option.value))
    };
    let situation = package.item.situations.iter().map(choice).collect();
    SubmitCase { slug: package.slug.clone(), situation, answers: answers.as_object().cloned().unwrap(), promised: true, ..SubmitCase::default() }
}

fn holder(basics: &Basics, duty: &str, lane: &str) -> Actor {
    let organ = basics.organ(duty).unwrap().id.to_string();
    basics.holders(&organ, lane).next().unwrap().actor("account_holder")
}

fn set_up(data: &Path) {
    let node = Node::open(&place(data)).unwrap();
    let basics = town::scenario_world(&node.runner).unwrap();
    let person = citizen("account_shopkeeper", basics.person(people::SHOPKEEPER).unwrap());
    let organ = basics.organ("market-supervision").unwrap().id.to_string();
    let cast = Cast { person, dispatcher: holder(&basics, "hotline-12345", "dispatcher"), organ };
    std::fs::write(data.join(CAST), serde_json::to_vec(&cast).unwrap()).unwrap();
    packages::publish(&node, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../packages/12345-suqiu")).unwrap();
}

/// Lets the child work for a while, kills it without warning, and returns what it had told its clients.
fn run_and_kill(data: &Path, after: Duration) -> Vec<(String, String)> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::child", "--ignored", "--nocapture", "--test-threads=1"])
        .env(DATA, data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let reader = std::thread::spawn(move || {
        let lines = out.lines().map_while(Result::ok);
        let told = lines.filter_map(|line| line.split_once('@').map(|(_, told)| told.to_owned()));
        told.filter_map(|told| told.split_once(' ').map(|(what, case)| (what.to_owned(), case.to_owned()))).collect::<Vec<_>>()
    });
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

#[test]
fn nothing_answered_is_lost_and_nothing_half_done_stays() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    set_up(&data);
    let mut told = Vec::new();
    for round in 0..KILLS {
        told.extend(run_and_kill(&data, Duration::from_millis(1_200 + 137 * round)));
    }
    assert!(told.len() > 20, "the child worked between the kills: {} answers", told.len());
    let node = Node::open(&place(&data)).unwrap();
    check_answers(&node, &told);
    check_every_case(&node);
    let exported = folder.path().join("journal.jsonl");
    verify::export(&node, &exported).unwrap();
    verify::verify(&exported, node.checkpoints.verifiers()).unwrap();
}

fn check_answers(node: &Node, told: &[(String, String)]) {
    for (what, case) in told {
        let view = node.store.read(|tx| case_view(tx, &node.keys, case, &tracker::in_process("a test"))).unwrap();
        let view = view.unwrap_or_else(|| panic!("{case} was answered and is lost"));
        if what == "assigned" {
            assert!(view.tasks.iter().any(|task| task.node == "handle"), "{case} was assigned, and the assignment is lost");
        }
    }
}

/// No case without its journal entries, no journal entry without its case, no open case without a task.
fn check_every_case(node: &Node) {
    let ids: Vec<String> = node.store.read(|tx| tx.query("select id from case_file", &[])).unwrap().iter().map(|row| row.get(0).unwrap()).collect();
    let submitted: BTreeSet<String> = node
        .store
        .read(|tx| tx.query("select stream from journal_entry where kind = 'case-submitted'", &[]))
        .unwrap()
        .iter()
        .map(|row| row.get(0).unwrap())
        .collect();
    assert_eq!(submitted, ids.iter().cloned().collect(), "cases and their first entries are the same");
    for id in &ids {
        let view = node.store.read(|tx| case_view(tx, &node.keys, id, &tracker::in_process("a test"))).unwrap().unwrap();
        let last = node.store.read(|tx| journal::stream_version(tx, id)).unwrap();
        assert_eq!(view.file.version, last, "{id} and its stream are of one version");
        let open = view.tasks.iter().filter(|task| task.state == TaskState::Open).count();
        assert_eq!(open, usize::from(view.file.status != CaseStatus::Closed), "{id} has exactly one open task");
    }
}
