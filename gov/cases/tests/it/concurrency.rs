//! Many at once: nothing is done twice, nothing is lost.

use std::collections::BTreeSet;

use cases::commands::{CompleteTask, SubmitCase, Submitted};
use cases::queries::{InboxFilter, inbox};
use runner::{Halt, Request};
use serde_json::{Map, json};
use testkit::on_both;

use crate::stage::County;

pub fn complaint(title: &str) -> SubmitCase {
    let answers = json!({
        "category": "complaint", "title": title, "description": "夜间施工噪声很大，影响休息，请尽快处理。",
        "place_division": "339921", "place": "云溪县城关街道桂花路8号", "contact_mobile": "13800000000",
        "wants_reply": true, "keep_secret": false
    });
    let answers = answers.as_object().cloned().unwrap_or_default();
    SubmitCase { slug: "12345-suqiu".into(), answers, situation: situation(), promised: true, ..SubmitCase::default() }
}

fn situation() -> Map<String, serde_json::Value> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages/12345-suqiu");
    let package = procedure::read_package(&folder).unwrap();
    let choose = |situation: &procedure::item::Situation| {
        let stop = situation.stop.as_ref().map(|stop| stop.value.clone());
        let option = situation.options.iter().find(|option| Some(&option.value) != stop.as_ref()).unwrap();
        (situation.id.clone(), json!(option.value))
    };
    package.item.situations.iter().map(choose).collect()
}

fn submit(county: &County, title: &str) -> Submitted {
    let request = Request::by(county.sample());
    match county.runner().execute(request, complaint(title)) {
        Ok(executed) => executed.outcome,
        Err(Halt::Refused(refusal)) => panic!("{refusal:#?}"),
        Err(Halt::Fault(fault)) => panic!("{fault:?}"),
    }
}

#[test]
fn of_two_clerks_at_once_one_wins_and_the_other_is_told() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        submit(&county, "噪声扰民");
        let hotline = county.organs["hotline-12345"].clone();
        let dispatcher = county.post("dispatcher", Some(&hotline));
        let page = county.world.read(|tx| inbox(tx, &dispatcher, &InboxFilter::default()));
        let task = page.rows[0].task.id.clone();
        let organ = county.organs["market-supervision"].clone();
        let fields = Map::from_iter([("organ".to_owned(), json!(organ))]);
        let complete = || CompleteTask { task: task.clone(), outcome: "assigned".into(), fields: fields.clone(), ..CompleteTask::default() };
        let (first, second) = std::thread::scope(|scope| {
            let one = scope.spawn(|| county.world.try_execute(&dispatcher, complete()));
            let two = scope.spawn(|| county.world.try_execute(&dispatcher, complete()));
            (one.join().unwrap(), two.join().unwrap())
        });
        let refused: Vec<String> = [first, second].into_iter().filter_map(Result::err).map(|halt| halt.refusal().unwrap().code.to_string()).collect();
        assert_eq!(refused.len(), 1, "exactly one is refused");
        assert!(["task-not-open", "stale-version"].contains(&refused[0].as_str()), "{refused:?}");
    });
}

#[test]
fn a_double_submit_gets_the_first_answer() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let ask = || county.runner().execute(Request::once(county.sample(), "form-1"), complaint("噪声扰民")).unwrap();
        let first = ask();
        assert_eq!(ask(), first);
        let count = county.world.read(|tx| tx.scalar::<i64>("select count(*) from case_file", &[]));
        assert_eq!(count, 1);
    });
}

#[test]
fn many_submissions_at_once_get_numbers_of_their_own() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let numbers: BTreeSet<String> = std::thread::scope(|scope| {
            let county = &county;
            let submitters: Vec<_> = (0..4)
                .map(|n| scope.spawn(move || (0..10).map(|m| submit(county, &format!("噪声扰民第{n}{m}件")).number).collect::<Vec<_>>()))
                .collect();
            submitters.into_iter().flat_map(|submitter| submitter.join().unwrap()).collect()
        });
        assert_eq!(numbers.len(), 40);
        assert!(numbers.iter().all(|number| number.len() <= 50));
    });
}
