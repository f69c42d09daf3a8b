//! 好差评: once, with tags that fit, and a bad one is followed up. And taking up an answered request again, once.

use cases::commands::{CompleteTask, RateCase, ReopenCase, WithdrawCase};
use cases::model::{CaseStatus, RatingLevel, TaskState};
use procedure::RetirePackage;
use runner::{Actor, Request};
use serde_json::json;
use testkit::{TestDatabase, on_both};

use crate::concurrency::complaint;
use crate::stage::County;
use crate::steps::*;

fn rate(case: &str, level: RatingLevel, tags: &[u16]) -> RateCase {
    RateCase { case: case.into(), level, tags: tags.to_vec(), comment: "等了很久。".into() }
}

fn reopen(case: &str) -> ReopenCase {
    ReopenCase { case: case.into(), reason: "噪声还在。".into() }
}

fn answer(county: &County, case: &str) {
    let organ = county.organs["market-supervision"].clone();
    complete_with(county, "dispatcher", case, "assign", "assigned", &json!({ "organ": organ }));
    complete(county, "handler", case, "handle", "resolved");
}

/// A complaint that was answered.
fn answered(database: TestDatabase) -> (County, String) {
    let county = County::on(database, "2026-03-02T09:00");
    let case = county.runner().execute(Request::by(county.sample()), complaint("噪声扰民")).unwrap().outcome.case;
    answer(&county, &case);
    assert_eq!(view(&county, &case).file.status, CaseStatus::Closed);
    (county, case)
}

#[test]
fn a_case_is_rated_once_with_tags_of_its_level() {
    on_both(|database| {
        let (county, case) = answered(database);
        let me = county.sample();
        assert_eq!(refused(&county, &me, rate(&case, RatingLevel::Satisfied, &[510])), "tag-unfit");
        assert_eq!(refused(&county, &me, rate(&case, RatingLevel::Satisfied, &[999])), "tag-unfit");
        county.world.execute(&me, rate(&case, RatingLevel::Satisfied, &[413, 406, 413]));
        assert_eq!(view(&county, &case).rating.unwrap().tags, [406, 413]);
        assert_eq!(refused(&county, &me, rate(&case, RatingLevel::VeryDissatisfied, &[])), "already-rated");
    });
}

#[test]
fn only_a_closed_case_is_rated_and_only_by_its_applicant() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let case = county.runner().execute(Request::by(county.sample()), complaint("噪声扰民")).unwrap().outcome.case;
        assert_eq!(refused(&county, &county.sample(), rate(&case, RatingLevel::Satisfied, &[])), "not-rateable");
        let other = county.person("339921194003080135").unwrap();
        assert_eq!(refused(&county, &other, rate(&case, RatingLevel::Satisfied, &[])), "not-found");
    });
}

#[test]
fn a_bad_rating_opens_one_rectification() {
    on_both(|database| {
        let (county, case) = answered(database);
        let opened = county.world.execute(&county.sample(), rate(&case, RatingLevel::Dissatisfied, &[214])).outcome.unwrap();
        let file = view(&county, &opened).file;
        assert_eq!((file.parent.as_deref(), file.organ.as_str()), (Some(case.as_str()), county.organs["market-supervision"].as_str()));
        assert_eq!((&file.answers["tags"], &file.answers["comment"]), (&json!(["214"]), &json!("等了很久。")));
        let rectifications = county.world.read(|tx| tx.scalar::<i64>("select count(*) from case_file where parent is not null", &[]));
        assert_eq!(rectifications, 1);
    });
}

#[test]
fn a_bad_rating_counts_where_nothing_can_follow_it_up() {
    on_both(|database| {
        let (county, case) = answered(database);
        let library = county.runner().service::<procedure::Library>().unwrap();
        let hash = library.current("haochaping-zhenggai", day("2026-03-02")).unwrap().hash.to_string();
        county.world.execute(&Actor::system(), RetirePackage { hash, retired_on: day("2026-03-03"), reason: "停用".into() });
        county.world.store().read(|tx| library.refresh(tx)).unwrap();
        county.world.move_to("2026-03-04T09:00");
        assert_eq!(county.world.execute(&county.sample(), rate(&case, RatingLevel::VeryDissatisfied, &[])).outcome, None);
        assert_eq!(view(&county, &case).rating.unwrap().level, RatingLevel::VeryDissatisfied);
    });
}

#[test]
fn an_answered_request_is_taken_up_again_once() {
    on_both(|database| {
        let (county, case) = answered(database);
        let me = county.sample();
        assert_eq!(refused(&county, &me, ReopenCase { reason: " ".into(), ..reopen(&case) }), "reasons-missing");
        assert_eq!(refused(&county, &county.person("339921194003080135").unwrap(), reopen(&case)), "not-found");
        county.world.move_to("2026-03-16T09:00");
        county.world.execute(&me, reopen(&case));
        let file = view(&county, &case).file;
        assert_eq!((file.status, file.outcome, file.decision), (CaseStatus::Accepted, None, None));
        assert_eq!(file.due_on, Some(day("2026-03-23")), "five working days anew");
        answer(&county, &case);
        assert_eq!(refused(&county, &me, reopen(&case)), "not-reopenable");
        let tasks = view(&county, &case).tasks;
        assert_eq!(tasks.iter().filter(|task| task.node == "handle" && task.state == TaskState::Done).count(), 2);
    });
}

#[test]
fn what_was_not_answered_is_not_taken_up_again() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let me = county.sample();
        let case = county.runner().execute(Request::by(me.clone()), complaint("噪声扰民")).unwrap().outcome.case;
        assert_eq!(refused(&county, &me, reopen(&case)), "not-reopenable");
        county.world.execute(&me, WithdrawCase { case: case.clone(), seen: None });
        assert_eq!(refused(&county, &me, reopen(&case)), "not-reopenable");
    });
}

#[test]
fn a_record_takes_texts_of_a_length() {
    on_both(|database| {
        let (county, case) = answered(database);
        let long = "字".repeat(2_001);
        assert_eq!(refused(&county, &county.sample(), ReopenCase { reason: long.clone(), ..reopen(&case) }), "text-too-long");
        county.world.execute(&county.sample(), reopen(&case));
        let hotline = county.post("dispatcher", Some(&county.organs["hotline-12345"]));
        let task = || completion(&case, "assign", "assigned", &json!({ "organ": county.organs["market-supervision"] }));
        assert_eq!(refused(&county, &hotline, CompleteTask { opinion: long.clone(), ..task() }), "text-too-long");
        assert_eq!(refused(&county, &hotline, CompleteTask { fields: fields(&json!({ "note": long })), ..task() }), "text-too-long");
    });
}
