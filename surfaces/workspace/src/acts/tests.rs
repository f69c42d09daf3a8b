#![allow(clippy::unwrap_used, clippy::expect_used)]
use std::path::Path;

use cases::model::{Applicant, Correction};
use i18n::Lang;
use serde_json::Map;

use super::*;
use crate::typed::Typed;

fn package(slug: &str) -> procedure::Package {
    procedure::read_package(&Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../packages")).join(slug)).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn file(status: CaseStatus) -> CaseFile {
    CaseFile {
        line: 1,
        id: "case_1".into(),
        number: "2026-1".into(),
        query_code: "ABC".into(),
        package_hash: String::new(),
        slug: String::new(),
        item_name: Text::default(),
        organ: "organ_1".into(),
        division: "339921".into(),
        applicant: Applicant::default(),
        applicant_shown: "王*".into(),
        agent: None,
        channel: "web".into(),
        status,
        outcome: None,
        version: 3,
        submitted_ms: 0,
        accepted_on: None,
        accepted_by_default: false,
        closed_ms: None,
        clock: None,
        due_on: None,
        correction: None,
        decision: None,
        situation: Map::new(),
        answers: Map::new(),
        instance: flow::Instance::new(Map::new()),
        parent: None,
        reopened: false,
    }
}

fn task(kind: TaskKind) -> Task {
    Task {
        line: 1,
        id: "task_1".into(),
        case: "case_1".into(),
        activity: 1,
        node: "accept".into(),
        name: Text::new("受理", "Accept"),
        kind,
        organ: "organ_1".into(),
        post: "window".into(),
        state: TaskState::Open,
        assignee: None,
        opened_ms: 0,
        due_on: None,
        closed_ms: None,
        outcome: None,
        officers_min: 2,
        submitted_ms: 0,
    }
}

fn acts_on(slug: &str, kind: TaskKind, file: &CaseFile) -> Vec<Act> {
    let package = package(slug);
    let ground = Ground { task: &task(kind), file, item: &package.item, calendar: &WorkCalendar::official(), today: day("2026-03-02") };
    offered(&ground)
}

fn codes(acts: &[Act]) -> Vec<&str> {
    acts.iter().map(|act| act.code).collect()
}

#[test]
fn acceptance_says_when_the_clock_ends() {
    let acts = acts_on("shipin-jingying-xuke", TaskKind::Accept, &file(CaseStatus::Submitted));
    assert_eq!(codes(&acts), ["accepted", "correction", "refused"]);
    let accept = &acts[0];
    assert!(accept.effect.zh.contains("承诺办结日2026年3月"), "{}", accept.effect.zh);
    assert!(accept.effect.zh.contains("法定办结日2026年3月30日（20个工作日）"), "{}", accept.effect.zh);
    assert_eq!(accept.basis, "行政许可法 第三十二条第一款第五项");
    assert!(acts[2].is_unfavourable && !accept.is_unfavourable);
}

#[test]
fn a_correction_is_offered_once_and_names_the_last_day() {
    let mut file = file(CaseStatus::Submitted);
    let acts = acts_on("geti-shangpu-dengji", TaskKind::Accept, &file);
    assert!(acts[1].effect.zh.contains("只能告知这一次") && acts[1].effect.zh.contains("2026年3月"));
    file.correction =
        Some(Correction { items: Vec::new(), asked_on: day("2026-02-20"), answer_by: day("2026-03-13"), answered_on: Some(day("2026-02-27")) });
    assert_eq!(codes(&acts_on("geti-shangpu-dengji", TaskKind::Accept, &file)), ["accepted", "refused"]);
}

#[test]
fn nothing_is_offered_while_the_case_waits_or_is_over() {
    for status in [CaseStatus::Correcting, CaseStatus::Suspended, CaseStatus::Closed] {
        assert!(acts_on("shipin-jingying-xuke", TaskKind::Decide, &file(status)).is_empty(), "{status:?}");
    }
}

#[test]
fn every_act_of_every_kind_states_its_effect_in_both_languages() {
    for kind in TaskKind::ALL {
        for slug in ["shipin-jingying-xuke", "12345-suqiu", "gaoling-jintie"] {
            for act in acts_on(slug, kind, &file(CaseStatus::Accepted)) {
                assert!(!act.effect.is_incomplete() && !act.label.is_incomplete(), "{kind:?} {}", act.code);
            }
        }
    }
}

#[test]
fn the_command_takes_only_what_belongs_to_the_act() {
    let pairs = [("act", "rejected"), ("seen", "3"), ("opinion", "缺少合同"), ("basis", "《甲法》第一条"), ("officer", "张三"), ("organ", "organ_2")];
    let typed = Typed::from_pairs(&pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let Deed::Complete(done) = Deed::read("task_1", "rejected", &[Ask::Reasons, Ask::Basis], &typed) else { panic!("an outcome") };
    assert_eq!((done.seen, done.opinion.as_str(), done.fields.len()), (Some(3), "缺少合同", 1));
}

#[test]
fn rows_of_the_correction_form_become_items() {
    let pairs = [("target", "lease"), ("says", "合同缺页"), ("target", ""), ("says", ""), ("target", "trade_name"), ("says", "")];
    let typed = Typed::from_pairs(&pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let Deed::Correct(correct) = Deed::read("task_1", CORRECTION, &[Ask::Items], &typed) else { panic!("a correction") };
    assert_eq!(correct.items.len(), 2);
    assert_eq!((correct.items[0].target.as_str(), correct.items[1].says.as_str()), ("lease", ""));
}

#[test]
fn what_is_taken_from_somebody_is_shown_once_more() {
    let acts = acts_on("shipin-jingying-xuke", TaskKind::Decide, &file(CaseStatus::Accepted));
    let rejected = acts.iter().find(|act| act.code == "rejected").unwrap();
    let offer = Offer {
        action: "/workspace/tasks/task_1".into(),
        csrf: "token",
        key: "k".into(),
        seen: 3,
        targets: Vec::new(),
        organs: Vec::new(),
        citations: vec!["《食品安全法》第三十三条".into()],
        remedies: Text::new("可以申请行政复议", "May apply for reconsideration"),
    };
    let typed = Typed::from_pairs(&[("opinion".into(), "没有<冷藏>设施".into()), ("basis".into(), "《食品安全法》第三十三条".into())]);
    let page = confirmation(Lang::ZhHans, &offer, rejected, &typed, "王小明").0;
    assert!(page.contains("没有&lt;冷藏&gt;设施") && page.contains("name=\"confirm\"") && page.contains("可以申请行政复议"));
    assert!(!panel(Lang::En, &offer, &acts, &typed).0.contains("没有<冷藏>"));
}
