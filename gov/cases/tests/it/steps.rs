//! Steps that many tests take.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cases::commands::{AttachMaterial, CompleteTask, RequestCorrection, StartDraft, SubmitCase, Submitted};
use cases::model::{CorrectionItem, Task, TaskState};
use cases::queries::{CaseView, case_view};
use cases::scenario::Script;
use jobs::Worker;
use runner::{Actor, Command, Refusal};
use seal::FieldKeys;
use serde_json::{Map, Value};

use crate::stage::{County, publishing_key};

pub const FOOD: &str = "shipin-jingying-xuke";
pub const SHOP: &str = "geti-shangpu-dengji";
pub const BLOB: &str = "sm3:0000000000000000000000000000000000000000000000000000000000000000";

pub fn package_folder(slug: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages").join(slug)
}

pub fn script(slug: &str, name: &str) -> Script {
    let path = package_folder(slug).join("tests").join(format!("{name}.toml"));
    Script::parse(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A package, published anew with a text in place of another.
pub fn publish_altered(county: &County, slug: &str, path: &str, before: &str, after: &str) {
    let mut files = procedure::Files::read_dir(&package_folder(slug)).unwrap();
    let text = files.text(path).unwrap().to_owned();
    assert!(text.contains(before), "{before}");
    files.put(path, text.replace(before, after));
    let signature = procedure::sign(&files.hash(), "test", &publishing_key()).unwrap();
    let valid_from = day("2026-03-02");
    county.world.execute(&Actor::system(), procedure::PublishPackage { files: Arc::new(files), signature, valid_from });
    let library = county.runner().service::<procedure::Library>().unwrap();
    county.world.store().read(|tx| library.refresh(tx)).unwrap();
}

pub fn attachment(owner: &str, material: &str) -> AttachMaterial {
    AttachMaterial {
        owner: owner.into(),
        material: material.into(),
        file_name: format!("{material}.pdf"),
        blob: BLOB.into(),
        size_bytes: 1024,
        extension: "pdf".into(),
    }
}

pub fn draft(county: &County, actor: &Actor, slug: &str, scenario: &str) -> String {
    let script = script(slug, scenario);
    let start = StartDraft { slug: slug.into(), situation: script.situation.clone(), answers: script.answers.clone(), prefill: false };
    let draft = county.world.execute(actor, start).outcome;
    for material in script.materials.keys() {
        county.world.execute(actor, attachment(&draft, material));
    }
    draft
}

pub fn submission(draft: &str) -> SubmitCase {
    SubmitCase { draft: Some(draft.into()), promised: true, ..SubmitCase::default() }
}

/// Applies as the scenario does.
pub fn apply(county: &County, actor: &Actor, slug: &str, scenario: &str) -> Submitted {
    let draft = draft(county, actor, slug, scenario);
    county.world.execute(actor, submission(&draft)).outcome
}

pub fn completion(case: &str, node: &str, outcome: &str, fields: &Value) -> CompleteTask {
    CompleteTask {
        task: format!("{case}:{node}"),
        outcome: outcome.into(),
        opinion: "已核实。".into(),
        fields: fields.as_object().cloned().unwrap_or_default(),
        seen: None,
    }
}

pub fn complete(county: &County, post: &str, case: &str, node: &str, outcome: &str) {
    complete_with(county, post, case, node, outcome, &Value::Null);
}

pub fn complete_with(county: &County, post: &str, case: &str, node: &str, outcome: &str, fields: &Value) {
    let organ = open_task(county, case, node).organ;
    county.world.execute(&county.post(post, Some(&organ)), completion(case, node, outcome, fields));
}

pub fn ask_for_correction(county: &County, case: &str) -> RequestCorrection {
    let items = vec![CorrectionItem { target: "layout_drawing".into(), says: "缺少尺寸标注，请补全。".into() }];
    let ask = RequestCorrection { task: format!("{case}:accept"), items, seen: None };
    county.world.execute(&county.post("window", None), ask.clone());
    ask
}

pub fn view(county: &County, case: &str) -> CaseView {
    let keys = county.runner().service::<FieldKeys>().unwrap();
    county.world.store().read(|tx| case_view(tx, &keys, case, &tracker::in_process("a test"))).unwrap().unwrap()
}

pub fn open_nodes(county: &County, case: &str) -> Vec<String> {
    let mut open: Vec<String> = view(county, case).tasks.into_iter().filter(|task| task.state == TaskState::Open).map(|task| task.node).collect();
    open.sort();
    open
}

pub fn open_task(county: &County, case: &str, node: &str) -> Task {
    let tasks = view(county, case).tasks;
    tasks.into_iter().find(|task| task.state == TaskState::Open && task.node == node).unwrap_or_else(|| panic!("{node} is not open in {case}"))
}

pub fn documents(county: &County, case: &str) -> Vec<String> {
    let made = county.world.store().read(|tx| documents::queries::documents_of_case(tx, case)).unwrap();
    made.into_iter().map(|made| made.kind.as_str().to_owned()).collect()
}

/// Does what is due at the present moment; PDF files are not made.
pub fn run_jobs(county: &County) {
    let worker = Worker::new(county.world.store(), "test".into()).with(documents::RENDER_DOCUMENT, std::sync::Arc::new(|_| Ok(())));
    let worker = cases::handlers(county.runner()).into_iter().fold(worker, |worker, (kind, handler)| worker.with(kind, handler));
    county.world.run_jobs(&worker);
}

pub fn move_to(county: &County, moment: &str) {
    county.world.move_to(moment);
    run_jobs(county);
}

pub fn day(text: &str) -> clock::Date {
    text.parse().unwrap()
}

pub fn refused<C: Command>(county: &County, actor: &Actor, command: C) -> String {
    let refusal: Refusal = county.world.refuse(actor, command);
    refusal.code.into_owned()
}

pub fn fields(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}
