//! A case that one may not see does not exist, whatever is asked of it; and what was seen must be the latest.

use cases::commands::*;
use cases::model::RatingLevel;
use cases::queries::progress;
use clock::WorkCalendar;
use runner::{Actor, Command, Halt};
use serde_json::{Map, json};
use testkit::on_both;

use crate::stage::County;
use crate::steps::*;

/// Every command on a case, asked of the given case.
fn every_command(case: &str, seen: Option<i64>, mut ask: impl FnMut(&str, &dyn Fn(&County, &Actor) -> String)) {
    macro_rules! ask {
        ($($command:expr),+ $(,)?) => {$(
            let command = $command;
            ask(name_of(&command), &|county, actor| code(county, actor, command.clone()));
        )+};
    }
    let (id, task) = (case.to_owned(), format!("{case}:accept"));
    ask!(
        AnswerCorrection { case: id.clone(), answers: Map::new(), seen },
        WithdrawCase { case: id.clone(), seen },
        ExtendCase { case: id.clone(), workdays: 1, reason: "复杂".into(), seen },
        SuspendCase { case: id.clone(), reason: "inspection".into(), days_estimated: 1, seen },
        ResumeCase { case: id.clone(), seen },
        RequestCorrection { task: task.clone(), items: Vec::new(), seen },
        CompleteTask { seen, ..completion(case, "accept", "accepted", &json!({})) },
    );
    if seen.is_none() {
        ask!(
            ClaimTask { task: task.clone() },
            ReleaseTask { task },
            RateCase { case: id.clone(), level: RatingLevel::Satisfied, tags: Vec::new(), comment: String::new() },
            ReopenCase { case: id.clone(), reason: "没有解决".into() },
            DeliverMessage { case: id.clone(), message: "rectified".into(), fields: Map::new() },
            AttachMaterial { ..attachment(case, "layout_drawing") },
            RemoveMaterial { owner: id, file: "material_1".into() },
        );
    }
}

fn name_of<C>(_: &C) -> &'static str {
    std::any::type_name::<C>().rsplit("::").next().unwrap()
}

fn code<C: Command>(county: &County, actor: &Actor, command: C) -> String {
    match county.world.try_execute(actor, command) {
        Ok(_) => "done".into(),
        Err(Halt::Refused(refusal)) => refusal.code.into_owned(),
        Err(Halt::Fault(fault)) => panic!("{}: {fault:?}", C::ACTION),
    }
}

#[test]
fn for_strangers_a_case_does_not_exist() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let case = apply(&county, &county.sample(), FOOD, "ordinary-tea-shop").case;
        let strangers =
            [county.person("339921194003080135").unwrap(), county.post("window", Some(&county.organs["civil-affairs"])), Actor::anonymous()];
        for stranger in &strangers {
            for id in [case.as_str(), "case_00000000000000000000000000"] {
                every_command(id, None, |name, ask| assert_eq!(ask(&county, stranger), "not-found", "{name} by {} on {id}", stranger.account));
                every_command(id, Some(99), |name, ask| assert_eq!(ask(&county, stranger), "not-found", "{name} by {} on {id}", stranger.account));
            }
        }
        let colleague = county.post("approver", None);
        assert_eq!(code(&county, &colleague, ClaimTask { task: format!("{case}:accept") }), "not-permitted", "the organ has the case");
    });
}

#[test]
fn what_was_seen_must_be_the_latest() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let case = apply(&county, &county.sample(), FOOD, "ordinary-tea-shop").case;
        let seen = view(&county, &case).file.version;
        county.world.execute(&county.post("window", None), ClaimTask { task: format!("{case}:accept") });
        let mut asked = 0;
        every_command(&case, Some(seen), |name, ask| {
            let actor = match name {
                "AnswerCorrection" | "WithdrawCase" => county.sample(),
                "ExtendCase" => county.post("head", None),
                _ => county.post("window", None),
            };
            assert_eq!(ask(&county, &actor), "stale-version", "{name}");
            asked += 1;
        });
        assert_eq!(asked, 7);
    });
}

#[test]
fn progress_tells_nothing_without_the_code_and_no_person_with_it() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let submitted = apply(&county, &county.sample(), FOOD, "ordinary-tea-shop");
        ask_for_correction(&county, &submitted.case);
        let keys = county.runner().service::<seal::FieldKeys>().unwrap();
        let calendar = WorkCalendar::official();
        let ask = |number: &str, code: &str| county.world.store().read(|tx| progress(tx, &keys, &calendar, day("2026-03-03"), number, code)).unwrap();
        assert!(ask(&submitted.number, "AAAAAA").is_none() && ask(&submitted.number, "").is_none());
        assert!(ask("no-such-number", &submitted.query_code).is_none());
        let found = ask(&format!(" {} ", submitted.number), &submitted.query_code.to_lowercase()).unwrap();
        let shown = serde_json::to_string(&found).unwrap();
        for hidden in ["林", "339921199005170241", "13800000000", "缺少尺寸标注", "account_", "解放街"] {
            assert!(!shown.contains(hidden), "{hidden} is shown: {shown}");
        }
    });
}

#[test]
fn nothing_that_people_typed_is_stored_or_journalled_in_the_clear() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let me = county.sample();
        let case = apply(&county, &me, FOOD, "ordinary-tea-shop").case;
        county.world.execute(&me, WithdrawCase { case: case.clone(), seen: None });
        let comment = "窗口的王某态度很好";
        county.world.execute(&me, RateCase { case: case.clone(), level: RatingLevel::Dissatisfied, tags: Vec::new(), comment: comment.into() });
        let rows = county.world.read(|tx| {
            let mut rows = tx.query("select payload from journal_entry", &[])?;
            rows.extend(tx.query("select content from case_file", &[])?);
            rows.extend(tx.query("select flow from case_file", &[])?);
            rows.extend(tx.query("select comment from case_rating", &[])?);
            rows.extend(tx.query("select zh from case_message", &[])?);
            Ok(rows)
        });
        for row in rows {
            let text: String = row.get::<Option<String>>(0).unwrap().unwrap_or_default();
            for hidden in ["林晓禾", "339921199005170241", "13800000001", "解放街88号", "晓禾奶茶店", comment] {
                assert!(!text.contains(hidden), "{hidden} stands in the clear: {text}");
            }
        }
        assert_eq!(view(&county, &case).rating.unwrap().comment, comment);
    });
}
