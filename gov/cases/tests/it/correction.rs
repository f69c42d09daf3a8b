//! 行政许可法 第三十二条: one correction, and acceptance by default when no notice goes out in time.

use cases::commands::{AcceptByDefault, AnswerCorrection, CompleteTask, LapseCorrection, RemoveMaterial, RequestCorrection};
use cases::model::{CaseStatus, CorrectionItem, Outcome};
use procedure::{Files, PublishPackage, RetirePackage};
use runner::Actor;
use serde_json::{Map, json};
use testkit::{TestDatabase, on_both};

use crate::stage::{County, publishing_key};
use crate::steps::*;

const TEA: &str = "ordinary-tea-shop";

fn submitted(database: TestDatabase) -> (County, String) {
    let county = County::on(database, "2026-03-02T09:00");
    let case = apply(&county, &county.sample(), FOOD, TEA).case;
    (county, case)
}

fn answer(case: &str) -> AnswerCorrection {
    AnswerCorrection { case: case.into(), answers: Map::new(), seen: None }
}

#[test]
fn without_a_notice_the_case_is_accepted_as_of_its_receipt() {
    on_both(|database| {
        let (county, case) = submitted(database);
        move_to(&county, "2026-03-09T23:59");
        assert_eq!(view(&county, &case).file.status, CaseStatus::Submitted);
        move_to(&county, "2026-03-10T00:00");
        let file = view(&county, &case).file;
        assert_eq!((file.status, file.accepted_on, file.accepted_by_default), (CaseStatus::Accepted, Some(day("2026-03-02")), true));
        assert_eq!(file.due_on, Some(day("2026-03-30")), "the clock runs from the receipt, not from the default");
        assert_eq!(open_nodes(&county, &case), ["review"]);
        assert_eq!(documents(&county, &case), ["acceptance-notice"], "one notice");
        let deemed: String = county.world.read(|tx| tx.scalar("select kind from journal_entry where kind = 'case-accepted'", &[]));
        assert_eq!(deemed, "case-accepted");
    });
}

#[test]
fn after_a_correction_the_days_count_from_its_receipt() {
    on_both(|database| {
        let (county, case) = submitted(database);
        county.world.move_to("2026-03-04T10:00");
        ask_for_correction(&county, &case);
        move_to(&county, "2026-03-20T09:00");
        assert_eq!(view(&county, &case).file.status, CaseStatus::Correcting, "waiting for the applicant is no acceptance by default");
        county.world.execute(&county.sample(), answer(&case));
        move_to(&county, "2026-03-27T23:00");
        assert_eq!(view(&county, &case).file.status, CaseStatus::Submitted);
        move_to(&county, "2026-03-28T00:00");
        let file = view(&county, &case).file;
        assert_eq!((file.status, file.accepted_on), (CaseStatus::Accepted, Some(day("2026-03-20"))));
        assert_eq!(file.due_on, Some(day("2026-04-20")));
    });
}

#[test]
fn a_correction_is_asked_for_once() {
    on_both(|database| {
        let (county, case) = submitted(database);
        let window = county.post("window", None);
        let empty = RequestCorrection { task: format!("{case}:accept"), items: Vec::new(), seen: None };
        assert_eq!(refused(&county, &window, empty), "correction-empty");
        let item = |says: &str| CorrectionItem { target: "layout_drawing".into(), says: says.into() };
        let long = RequestCorrection { task: format!("{case}:accept"), items: vec![item(&"补".repeat(2_001))], seen: None };
        assert_eq!(refused(&county, &window, long), "text-too-long");
        let again = ask_for_correction(&county, &case);
        assert_eq!(refused(&county, &window, again.clone()), "correction-already-requested");
        assert_eq!(refused(&county, &window, completion(&case, "accept", "accepted", &json!({}))), "not-in-progress");
        county.world.execute(&county.sample(), answer(&case));
        assert_eq!(refused(&county, &window, again), "correction-already-requested");
        assert_eq!(refused(&county, &county.sample(), answer(&case)), "not-correcting");
    });
}

#[test]
fn a_correction_that_nobody_answers_ends_the_case_after_the_last_day() {
    on_both(|database| {
        let (county, case) = submitted(database);
        ask_for_correction(&county, &case);
        move_to(&county, "2026-03-23T23:59");
        assert_eq!(view(&county, &case).file.status, CaseStatus::Correcting);
        move_to(&county, "2026-03-24T00:00");
        assert_eq!(view(&county, &case).file.outcome, Some(Outcome::Lapsed));
        assert!(documents(&county, &case).contains(&"termination".to_owned()), "{:?}", documents(&county, &case));
    });
}

#[test]
fn timers_that_come_too_early_change_nothing() {
    on_both(|database| {
        let (county, case) = submitted(database);
        let system = Actor::system();
        assert!(!county.world.execute(&system, AcceptByDefault { case: case.clone() }).outcome);
        ask_for_correction(&county, &case);
        assert!(!county.world.execute(&system, LapseCorrection { case: case.clone() }).outcome);
        county.world.move_to("2026-03-19T09:00");
        county.world.execute(&county.sample(), answer(&case));
        // A job of the first receipt that an operator replays now.
        assert!(!county.world.execute(&system, AcceptByDefault { case: case.clone() }).outcome);
        assert_eq!(view(&county, &case).file.status, CaseStatus::Submitted);
        move_to(&county, "2026-03-27T00:00");
        assert_eq!(view(&county, &case).file.accepted_on, Some(day("2026-03-19")), "and the real one is still promised");
    });
}

#[test]
fn required_materials_are_required_after_the_correction_too() {
    on_both(|database| {
        let (county, case) = submitted(database);
        ask_for_correction(&county, &case);
        let me = county.sample();
        let drawing = view(&county, &case).materials.into_iter().find(|file| file.material == "layout_drawing").unwrap();
        county.world.execute(&me, RemoveMaterial { owner: case.clone(), file: drawing.id });
        assert_eq!(refused(&county, &me, answer(&case)), "material-missing");
        county.world.execute(&me, attachment(&case, "layout_drawing"));
        county.world.execute(&me, answer(&case));
        assert_eq!(refused(&county, &me, attachment(&case, "layout_drawing")), "not-correcting");
    });
}

#[test]
fn a_correction_can_be_answered_when_the_item_is_retired() {
    on_both(|database| {
        let (county, case) = submitted(database);
        ask_for_correction(&county, &case);
        county.world.move_to("2026-03-04T09:00");
        let hash = view(&county, &case).file.package_hash;
        county.world.execute(&Actor::system(), RetirePackage { hash, retired_on: day("2026-03-04"), reason: "目录调整".into() });
        let library = county.runner().service::<procedure::Library>().unwrap();
        county.world.store().read(|tx| library.refresh(tx)).unwrap();
        assert!(library.current(FOOD, day("2026-03-04")).is_none());
        county.world.execute(&county.sample(), attachment(&case, "layout_drawing"));
        county.world.execute(&county.sample(), answer(&case));
    });
}

/// Food permits whose window task comes after a check at the desk.
fn publish_with_check_before_acceptance(county: &County) {
    let mut files = Files::read_dir(&package_folder(FOOD)).unwrap();
    let flow = files.text("flow.bpmn").unwrap();
    let check = concat!(
        r#"<userTask id="desk" name="初查" zs:name-en="Desk check" zs:kind="confirm" zs:limit-workdays="1">"#,
        "<incoming>to_desk</incoming><outgoing>flow_submitted_accept</outgoing></userTask>"
    );
    let flow = flow
        .replacen("<outgoing>flow_submitted_accept</outgoing>", "<outgoing>to_desk</outgoing>", 1)
        .replacen(r#"<userTask id="accept""#, &format!(r#"{check}<userTask id="accept""#), 1)
        .replacen("<flowNodeRef>accept</flowNodeRef>", "<flowNodeRef>accept</flowNodeRef><flowNodeRef>desk</flowNodeRef>", 1)
        .replacen(
            r#"<sequenceFlow id="flow_submitted_accept" sourceRef="submitted""#,
            r#"<sequenceFlow id="to_desk" sourceRef="submitted" targetRef="desk" /><sequenceFlow id="flow_submitted_accept" sourceRef="desk""#,
            1,
        );
    files.put("flow.bpmn", flow.into_bytes());
    let signature = procedure::sign(&files.hash(), "test", &publishing_key()).unwrap();
    county.world.execute(&Actor::system(), PublishPackage { files: std::sync::Arc::new(files), signature, valid_from: day("2026-03-02") });
    let library = county.runner().service::<procedure::Library>().unwrap();
    county.world.store().read(|tx| library.refresh(tx)).unwrap();
}

#[test]
fn a_case_whose_window_task_is_not_open_yet_is_accepted_by_default_too_and_cannot_be_refused_then() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        publish_with_check_before_acceptance(&county);
        let case = apply(&county, &county.sample(), FOOD, TEA).case;
        assert_eq!(open_nodes(&county, &case), ["desk"]);
        move_to(&county, "2026-03-10T00:00");
        let file = view(&county, &case).file;
        assert_eq!((file.status, file.accepted_on), (CaseStatus::Accepted, Some(day("2026-03-02"))));
        complete(&county, "window", &case, "desk", "done");
        let refuse = CompleteTask {
            opinion: "不属于本机关。".into(),
            ..completion(&case, "accept", "refused", &json!({ "basis": "行政许可法 第三十二条" }))
        };
        assert_eq!(refused(&county, &county.post("window", None), refuse), "accepted-by-default");
        complete(&county, "window", &case, "accept", "accepted");
        assert_eq!(documents(&county, &case), ["acceptance-notice"], "one notice");
    });
}
