//! Whatever happens, in whatever order: a case waits for somebody until it is closed, and a closed case waits for nobody.

use cases::commands::{ClaimTask, CompleteTask, ReleaseTask, ReopenCase, WithdrawCase};
use cases::model::{CaseStatus, TaskKind, TaskState};
use cases::queries::case_view;
use ids::{Entropy, SeededEntropy};
use runner::Request;
use seal::FieldKeys;
use serde_json::{Map, Value, json};
use testkit::{TestDatabase, on_both};

use crate::concurrency::complaint;
use crate::stage::County;

/// Who sees what because of a task is what the tasks say.
fn check_sight(county: &County) {
    let rows = |text: &'static str| -> Vec<(String, i64)> {
        let rows = county.world.read(|tx| tx.query(text, &[]));
        let mut rows: Vec<_> = rows.iter().map(|row| (row.get(0).unwrap(), row.get(1).unwrap())).collect();
        rows.sort();
        rows
    };
    let kept = rows("select viewer, line from case_sight");
    let told = rows(
        "select 'account/' || t.assignee, c.line from case_task t join case_file c on c.id = t.case_id where t.assignee is not null
         union select 'post/' || t.organ || '/' || t.post, c.line from case_task t join case_file c on c.id = t.case_id where t.state = 'open'",
    );
    assert_eq!(kept, told);
}

/// Every open case has an open task, an armed timer, an awaited message or a correction; no closed case has an open task.
pub fn check(county: &County) {
    check_sight(county);
    let keys = county.runner().service::<FieldKeys>().unwrap();
    let ids: Vec<String> =
        county.world.read(|tx| tx.query("select id from case_file order by id", &[])).iter().map(|row| row.get(0).unwrap()).collect();
    for id in ids {
        let view = county.world.store().read(|tx| case_view(tx, &keys, &id, &tracker::in_process("a test"))).unwrap().unwrap();
        let open = view.tasks.iter().filter(|task| task.state == TaskState::Open).count();
        let instance = &view.file.instance;
        match view.file.status {
            CaseStatus::Closed => {
                assert_eq!(open, 0, "{id} is closed and has an open task");
                assert!(view.file.outcome.is_some(), "{id} is closed without an outcome");
            }
            CaseStatus::Submitted | CaseStatus::Correcting | CaseStatus::Accepted | CaseStatus::Suspended => {
                let waits = open > 0 || instance.timers().next().is_some() || instance.awaited().next().is_some();
                assert!(waits, "{id} waits for nobody");
                let tasks: Vec<u32> = view.tasks.iter().filter(|task| task.state == TaskState::Open).map(|task| task.activity).collect();
                let activities: Vec<u32> = instance.open_tasks().filter(|open| open.kind == flow::ActivityKind::User).map(|open| open.id.0).collect();
                assert_eq!(tasks.len(), activities.len(), "{id}: tasks and the flow's open activities differ");
                assert!(tasks.iter().all(|task| activities.contains(task)), "{id}: a task the flow does not know");
            }
        }
    }
}

fn random_walk(database: TestDatabase, seed: u64) {
    let county = County::on(database, "2026-03-02T09:00");
    let mut dice = SeededEntropy::new(seed);
    let mut cases = Vec::new();
    for step in 0..120 {
        match dice.below(10) {
            0..=2 => {
                cases.push(county.runner().execute(Request::by(county.sample()), complaint(&format!("噪声扰民第{step}件"))).unwrap().outcome.case)
            }
            3 => {
                if let Some(case) = pick(&cases, &mut dice) {
                    let _ = county.world.try_execute(&county.sample(), WithdrawCase { case, seen: None });
                }
            }
            4 => {
                if let Some(case) = pick(&cases, &mut dice) {
                    let _ = county.world.try_execute(&county.sample(), ReopenCase { case, reason: "没有解决".into() });
                }
            }
            5 => claim_or_release(&county, &mut dice),
            _ => complete_something(&county, &mut dice),
        }
        if step % 20 == 19 {
            check(&county);
        }
    }
    check(&county);
}

fn pick(cases: &[String], dice: &mut SeededEntropy) -> Option<String> {
    let at = usize::try_from(dice.below(u64::try_from(cases.len()).unwrap())).unwrap();
    cases.get(at).cloned()
}

fn complete_something(county: &County, dice: &mut SeededEntropy) {
    let open = county.world.read(|tx| tx.query("select id, kind, organ, post from case_task where state = 'open' order by id", &[]));
    let at = usize::try_from(dice.below(u64::try_from(open.len()).unwrap())).unwrap();
    let Some(row) = open.get(at) else { return };
    let (task, kind): (String, String) = (row.get(0).unwrap(), row.get(1).unwrap());
    let actor = county.post(&row.get::<String>(3).unwrap(), Some(&row.get::<String>(2).unwrap()));
    let outcomes = TaskKind::parse(&kind).unwrap().outcomes();
    let outcome = outcomes[usize::try_from(dice.below(u64::try_from(outcomes.len()).unwrap())).unwrap()].0;
    let organs: Vec<&String> = county.organs.values().collect();
    let organ = organs[usize::try_from(dice.below(u64::try_from(organs.len()).unwrap())).unwrap()];
    let fields: Map<String, Value> = Map::from_iter([("organ".to_owned(), json!(organ))]);
    let _ = county.world.try_execute(&actor, CompleteTask { task, outcome: outcome.into(), opinion: "已核实办理。".into(), fields, seen: None });
}

fn claim_or_release(county: &County, dice: &mut SeededEntropy) {
    let open = county.world.read(|tx| tx.query("select id, assignee, organ, post from case_task where state = 'open' order by id", &[]));
    let at = usize::try_from(dice.below(u64::try_from(open.len()).unwrap())).unwrap();
    let Some(row) = open.get(at) else { return };
    let task: String = row.get(0).unwrap();
    let actor = county.post(&row.get::<String>(3).unwrap(), Some(&row.get::<String>(2).unwrap()));
    match row.get::<Option<String>>(1).unwrap() {
        None => drop(county.world.try_execute(&actor, ClaimTask { task })),
        Some(_) => drop(county.world.try_execute(&actor, ReleaseTask { task })),
    }
}

#[test]
fn tasks_are_conserved_whatever_happens() {
    for seed in 1..=3 {
        on_both(|database| random_walk(database, seed));
    }
}
