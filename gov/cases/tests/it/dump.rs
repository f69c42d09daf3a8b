//! Snapshots for reviewers: a whole case, and every refusal.

use cases::model::refusals;
use serde_json::{Value, json};
use testkit::TestDatabase;

use crate::stage::County;
use crate::steps::*;

/// What differs from run to run, or is a secret, is named instead of shown.
fn named(county: &County, value: Value) -> Value {
    let text = value.to_string();
    let mut organs: Vec<(&String, &String)> = county.organs.iter().collect();
    organs.sort();
    let text = organs.into_iter().fold(text, |text, (duty, id)| text.replace(id.as_str(), &format!("organ:{duty}")));
    let people = county.people.iter().fold(text, |text, (number, id)| text.replace(id.as_str(), &format!("person:{number}")));
    let mut names: Vec<(String, String)> = Vec::new();
    let mut rest = people.as_str();
    while let Some(at) = ["\"case_", "\"task_", "\"material_", "\"cert_"].iter().filter_map(|mark| rest.find(mark)).min() {
        let id: String = rest[at + 1..].chars().take_while(|c| *c != '"').collect();
        let kind = id.split('_').next().unwrap().to_owned();
        if !names.iter().any(|(known, _)| *known == id) {
            let count = names.iter().filter(|(_, name)| name.starts_with(&kind)).count();
            names.push((id.clone(), format!("{kind}-{}", count + 1)));
        }
        rest = &rest[at + 1 + id.len()..];
    }
    let people = names.iter().fold(people.clone(), |text, (id, name)| text.replace(id.as_str(), name));
    serde_json::from_str(&people).unwrap()
}

fn whole(county: &County, case: &str) -> Value {
    let view = view(county, case);
    let mut file = serde_json::to_value(&view.file).unwrap();
    file["query_code"] = json!("(secret)");
    file["package_hash"] = json!("(hash)");
    let entries = county.world.store().read(|tx| journal::entries_of(tx, case)).unwrap();
    let journal: Vec<Value> = entries
        .into_iter()
        .map(|entry| {
            let mut payload: Value = serde_json::from_str(&entry.payload.unwrap()).unwrap();
            for hash in ["answers_sm3", "applicant_sm3", "facts_sm3", "result_sm3", "package_hash"] {
                if let Some(value) = payload.get_mut(hash) {
                    *value = json!("(hash)");
                }
            }
            json!({ "version": entry.header.version, "kind": entry.header.kind, "actor": entry.header.actor, "payload": payload })
        })
        .collect();
    let timeline: Vec<Value> = view.timeline.iter().map(|line| json!([line.kind, line.title, line.detail, line.public])).collect();
    named(county, json!({ "file": file, "tasks": view.tasks, "materials": view.materials, "timeline": timeline, "journal": journal }))
}

#[test]
fn a_whole_case_looks_like_this() {
    let county = County::on(TestDatabase::sqlite(), "2026-03-02T09:00");
    let case = apply(&county, &county.sample(), SHOP, "ordinary").case;
    county.world.move_to("2026-03-02T10:00");
    complete(&county, "window", &case, "accept", "accepted");
    county.world.move_to("2026-03-03T15:00");
    complete(&county, "approver", &case, "decide", "approved");
    insta::assert_json_snapshot!(whole(&county, &case));
}

#[test]
fn the_refusals_are_these() {
    let all = refusals::all();
    let codes: std::collections::BTreeSet<&str> = all.iter().map(|refusal| refusal.code.as_ref()).collect();
    assert_eq!(codes.len(), all.len(), "a code is used twice");
    let line = |refusal: &runner::Refusal| {
        assert!(!refusal.sentence.is_incomplete() && !refusal.next_step.is_incomplete(), "{}", refusal.code);
        let basis = if refusal.basis.is_empty() { String::new() } else { format!("（{}）", refusal.basis) };
        format!(
            "{}{basis}\n  {}\n  {}\n  → {}\n  → {}\n",
            refusal.code, refusal.sentence.zh, refusal.sentence.en, refusal.next_step.zh, refusal.next_step.en
        )
    };
    insta::assert_snapshot!(all.iter().map(line).collect::<String>());
}
