//! Tasks side by side, claimed tasks, and several tasks of one node.

use cases::commands::{ClaimTask, CompleteTask, ReleaseTask, WithdrawCase};
use cases::model::{Outcome, TaskState};
use runner::Halt;
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both};

use crate::conservation;
use crate::stage::County;
use crate::steps::*;

/// A canteen of more than 300 m²: site visit and fire countersignature at once.
fn canteen(database: TestDatabase) -> (County, String) {
    let county = County::on(database, "2026-03-02T09:00");
    let case = apply(&county, &county.sample(), FOOD, "large-canteen-fire-countersign").case;
    complete(&county, "window", &case, "accept", "accepted");
    complete(&county, "reviewer", &case, "review", "passed");
    assert_eq!(open_nodes(&county, &case), ["countersign", "visit"]);
    (county, case)
}

fn visited() -> Value {
    json!({ "officers": ["陈立行", "吴清平"], "findings": "合格。" })
}

#[test]
fn a_withdrawal_ends_all_parallel_tasks() {
    on_both(|database| {
        let (county, case) = canteen(database);
        county.world.execute(&county.sample(), WithdrawCase { case: case.clone(), seen: None });
        let view = view(&county, &case);
        assert_eq!(view.file.outcome, Some(Outcome::Withdrawn));
        assert_eq!(view.tasks.iter().filter(|task| task.state == TaskState::Cancelled).count(), 2);
        let fire = county.post("fire", Some(&county.organs["fire-rescue"]));
        assert_eq!(refused(&county, &fire, completion(&case, "countersign", "agreed", &Value::Null)), "task-not-open");
        assert_eq!(refused(&county, &county.sample(), WithdrawCase { case, seen: None }), "not-withdrawable");
        conservation::check(&county);
    });
}

#[test]
fn parallel_tasks_completed_at_the_same_moment_are_both_done_once() {
    on_both(|database| {
        let (county, case) = canteen(database);
        let fire = county.post("fire", Some(&county.organs["fire-rescue"]));
        let inspector = county.post("inspector", None);
        let codes: Vec<String> = std::thread::scope(|scope| {
            let acts = [
                (&fire, completion(&case, "countersign", "agreed", &Value::Null)),
                (&inspector, completion(&case, "visit", "qualified", &visited())),
                (&fire, completion(&case, "countersign", "agreed", &Value::Null)),
                (&inspector, completion(&case, "visit", "qualified", &visited())),
            ];
            let world = &county.world;
            let acting: Vec<_> = acts.into_iter().map(|(actor, act)| scope.spawn(move || world.try_execute(actor, act))).collect();
            acting.into_iter().filter_map(|acting| acting.join().unwrap().err()).map(code).collect()
        });
        assert_eq!(codes, ["task-not-open", "task-not-open"], "no seen version was named, so nobody is told of a stale one");
        assert_eq!(open_nodes(&county, &case), ["decide"], "the join waited for both");
        conservation::check(&county);
    });
}

fn code(halt: Halt) -> String {
    match halt {
        Halt::Refused(refusal) => refusal.code.into_owned(),
        Halt::Fault(fault) => panic!("{fault:?}"),
    }
}

#[test]
fn of_several_tasks_of_a_node_the_open_one_is_meant() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let case = apply(&county, &county.sample(), FOOD, "ordinary-tea-shop").case;
        complete(&county, "window", &case, "accept", "accepted");
        complete(&county, "reviewer", &case, "review", "returned");
        assert_eq!(open_nodes(&county, &case), ["recheck"]);
        let reviewer = county.post("reviewer", None);
        assert_eq!(refused(&county, &reviewer, completion(&case, "review", "passed", &Value::Null)), "task-not-open");
        complete(&county, "window", &case, "recheck", "done");
        complete(&county, "reviewer", &case, "review", "passed");
        let reviews = view(&county, &case).tasks.into_iter().filter(|task| task.node == "review");
        let outcomes: Vec<String> = reviews.filter_map(|task| task.outcome).collect();
        assert_eq!(outcomes, ["returned", "passed"], "in the order they were opened");
    });
}

#[test]
fn a_claimed_task_is_its_claimants_until_the_head_gives_it_back() {
    on_both(|database| {
        let (county, case) = canteen(database);
        let first = county.post("inspector", None);
        let second = runner::Actor { account: "account_second".into(), ..first.clone() };
        let task = format!("{case}:visit");
        county.world.execute(&first, ClaimTask { task: task.clone() });
        assert_eq!(refused(&county, &second, ClaimTask { task: task.clone() }), "task-claimed");
        assert_eq!(refused(&county, &second, completion(&case, "visit", "qualified", &visited())), "task-claimed");
        assert_eq!(refused(&county, &second, ReleaseTask { task: task.clone() }), "task-claimed");
        let elsewhere = county.post("head", Some(&county.organs["fire-rescue"]));
        assert_eq!(refused(&county, &elsewhere, ReleaseTask { task: task.clone() }), "not-permitted", "another organ's task");
        county.world.execute(&county.post("head", None), ReleaseTask { task: task.clone() });
        assert_eq!(open_task(&county, &case, "visit").assignee, None);
        county.world.execute(&second, completion(&case, "visit", "qualified", &visited()));
        assert_eq!(refused(&county, &second, ReleaseTask { task }), "task-not-open");
    });
}

#[test]
fn the_law_is_in_the_outcomes() {
    on_both(|database| {
        let (county, case) = canteen(database);
        let inspector = county.post("inspector", None);
        let visit = |fields: Value| CompleteTask { opinion: String::new(), ..completion(&case, "visit", "qualified", &fields) };
        assert_eq!(refused(&county, &inspector, visit(json!({ "officers": ["陈立行", " "], "findings": "合格。" }))), "officers-missing");
        assert_eq!(refused(&county, &inspector, visit(json!({ "officers": ["陈立行", "吴清平"] }))), "findings-missing");
        assert_eq!(refused(&county, &inspector, completion(&case, "visit", "approved", &visited())), "outcome-unknown");
        let fire = county.post("fire", Some(&county.organs["fire-rescue"]));
        let objection = CompleteTask { opinion: " ".into(), ..completion(&case, "countersign", "objected", &Value::Null) };
        assert_eq!(refused(&county, &fire, objection), "reasons-missing");
        complete(&county, "fire", &case, "countersign", "objected");
        complete_with(&county, "inspector", &case, "visit", "qualified", &visited());
        let approver = county.post("approver", None);
        assert_eq!(refused(&county, &approver, completion(&case, "decide", "rejected", &Value::Null)), "basis-missing");
        complete_with(&county, "approver", &case, "decide", "rejected", &json!({ "basis": "《食品安全法》第三十五条" }));
        assert_eq!(view(&county, &case).file.outcome, Some(Outcome::Rejected));
    });
}
