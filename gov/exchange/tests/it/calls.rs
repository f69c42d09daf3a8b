use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use exchange::{AnswerCall, Asking, Code, EndDuty, LogSide, Permit, RowScope};
use i18n::Text;
use runner::{Command, Cx, Halt, Resource};
use serde::Serialize;
use serde_json::{Value, json};
use testkit::on_both;
use tracker::Manner;

use crate::world::{CASE, CIVIL, Mood, PERSON, STRANGER, Town, WANG, admin, id};

fn body(reply: &exchange::Reply) -> Value {
    serde_json::from_slice(&reply.response.body).unwrap()
}

#[test]
fn a_signed_call_under_a_duty_is_answered_logged_and_tracked() {
    on_both(|database| {
        let town = Town::new(database);
        let duty = town.may(STRANGER, &[Manner::Full], false);
        let request = town.read_wang();
        let reply = town.gateway.answer(request.clone());
        assert_eq!((reply.code, reply.response.status), (Code::Answered, 200), "{reply:?}");
        assert_eq!(body(&reply), json!({"rows": [{"name": "王小明", "age": 73}]}));
        reply.response.answers(&request).unwrap();
        let call = reply.call.unwrap();
        let logged = town.world.read(|tx| exchange::call(tx, &call)).unwrap();
        assert_eq!((logged.side, logged.grant.as_deref(), logged.code), (LogSide::Provider, Some(duty.as_str()), Code::Answered));
        assert!(logged.request.signature.is_some());
        let readings = town.readings();
        assert_eq!(readings.len(), 1);
        assert_eq!((readings[0].message.as_deref(), readings[0].grant.as_deref()), (Some(call.as_str()), Some(duty.as_str())));
        assert_eq!(readings[0].organ.as_deref(), Some(STRANGER));
        let entries = town.world.store().read(|tx| journal::entries_of(tx, &call)).unwrap();
        assert!(entries[0].header.actor.contains(STRANGER) && entries[0].header.actor.contains("CN-officer-7"), "who called, of whom");
        let payload = entries[0].payload.clone().unwrap();
        assert!(payload.contains("exchange") || payload.contains(STRANGER));
        assert!(!payload.contains(WANG) && !payload.contains("王小明"), "{payload}");
    });
}

#[test]
fn without_a_right_nothing_passes_and_the_refusal_is_in_the_log() {
    on_both(|database| {
        let town = Town::new(database);
        let reply = town.gateway.answer(town.read_wang());
        assert_eq!((reply.code, reply.response.status), (Code::NotGranted, 403));
        assert_eq!(body(&reply)["code"], "not-granted");
        assert!(reply.response.header("x-road-error").is_some() && reply.response.header("x-zhengshu-signature").is_some());
        let logged = town.world.read(|tx| exchange::call(tx, reply.call.as_ref().unwrap())).unwrap();
        assert_eq!(logged.code, Code::NotGranted);
        assert!(town.readings().is_empty());
    });
}

#[test]
fn a_right_covers_its_fields_and_manners_and_ends_when_it_is_ended() {
    on_both(|database| {
        let town = Town::new(database);
        let duty = town.may(STRANGER, &[Manner::YesNo], false);
        assert_eq!(town.gateway.answer(town.read_wang()).code, Code::MannerNotGranted);
        let health = town.signed(town.request("verify", &json!({"key": WANG, "claims": {"health": "ill"}})));
        assert_eq!(town.gateway.answer(health).code, Code::FieldNotGranted);
        let verify = || town.signed(town.request("verify", &json!({"key": WANG, "claims": {"name": "王小明", "age": 20}})));
        let reply = town.gateway.answer(verify());
        assert_eq!(body(&reply), json!({"known": true, "matches": {"name": true, "age": false}}));
        assert_eq!(town.readings()[0].manner, Manner::YesNo);
        town.world.execute(&admin(), EndDuty { duty, reason: "职责调整".into() });
        assert_eq!(town.gateway.answer(verify()).code, Code::NotGranted);
    });
}

#[test]
fn a_right_bound_to_a_case_needs_an_open_one_of_the_same_organ_and_ends_with_it() {
    on_both(|database| {
        let town = Town::new(database);
        town.may(CIVIL, &[Manner::Full], true);
        let body = || json!({"key": WANG, "fields": ["name"]});
        let call = |fields: Value, case: Option<&str>| town.gateway.call_here(&admin(), &town.asking("read", fields, case));
        let code = |answer: Result<exchange::Outcome, runner::Halt>| Code::of_refusal(answer.unwrap_err().refusal().unwrap());
        assert_eq!(code(call(body(), None)), Code::CaseNeeded);
        assert_eq!(code(call(body(), Some("339921-2026-999999"))), Code::CaseNeeded);
        let answered = call(body(), Some(CASE)).unwrap();
        assert_eq!(answered.body, json!({"rows": [{"name": "王小明"}]}));
        assert_eq!(town.readings()[0].case.as_ref().unwrap().number, CASE);
        // The package declares name and age; the duty would give the division as well.
        assert_eq!(code(call(json!({"key": WANG, "fields": ["division"]}), Some(CASE))), Code::FieldNotGranted);
        *town.cases.0.lock().unwrap() = false;
        assert_eq!(code(call(body(), Some(CASE))), Code::CaseClosed);
        let under = town.world.read(|tx| exchange::calls_by_case(tx, CASE));
        assert_eq!(under.iter().filter(|call| call.code == Code::Answered).count(), 1);
    });
}

#[test]
fn rate_and_quota_hold_and_come_back_with_time() {
    on_both(|database| {
        let town = Town::new(database);
        town.may(STRANGER, &[Manner::Full], false);
        let codes: Vec<Code> = (0..6).map(|_| town.gateway.answer(town.read_wang()).code).collect();
        assert_eq!(codes, [vec![Code::Answered; 5], vec![Code::RateExceeded]].concat());
        town.world.move_to("2026-03-02T09:02");
        let codes: Vec<Code> = (0..4).map(|_| town.gateway.answer(town.read_wang()).code).collect();
        assert_eq!(codes, [vec![Code::Answered; 3], vec![Code::QuotaExceeded]].concat(), "eight a day");
        town.world.move_to("2026-03-03T09:00");
        assert_eq!(town.gateway.answer(town.read_wang()).code, Code::Answered);
        assert_eq!(town.readings().len(), 9, "a call that is refused reads nothing");
    });
}

#[test]
fn figures_hide_small_cells_and_read_nobody() {
    on_both(|database| {
        let town = Town::new(database);
        town.may(STRANGER, &[Manner::Aggregate], false);
        let reply = town.gateway.answer(town.signed(town.request("aggregate", &json!({"by": ["division"]}))));
        let groups = body(&reply)["groups"].clone();
        let told: Vec<&Value> = groups.as_array().unwrap().iter().map(|group| &group["count"]).collect();
        assert_eq!(told, [&json!(40), &Value::Null, &Value::Null], "one hidden cell takes the next with it");
    });
}

#[test]
fn a_provider_may_not_lie_nor_give_more_and_its_failure_is_its_own() {
    on_both(|database| {
        let town = Town::new(database);
        town.may(STRANGER, &[Manner::Full], false);
        let mood = |mood: Mood| *town.register.0.lock().unwrap() = mood;
        mood(Mood::Lying);
        assert_eq!(town.gateway.answer(town.read_wang()).code, Code::ProviderLied);
        mood(Mood::Down);
        let reply = town.gateway.answer(town.read_wang());
        assert_eq!((reply.code, reply.fault.is_some()), (Code::ProviderFailed, true));
        assert!(town.readings().is_empty(), "what was not shown was not read");
        mood(Mood::Generous);
        let reply = town.gateway.answer(town.read_wang());
        assert_eq!(body(&reply), json!({"rows": [{"name": "王小明", "age": 73}]}));
    });
}

#[test]
fn a_call_inside_the_node_goes_the_same_way_and_both_its_texts_are_signed() {
    on_both(|database| {
        let town = Town::new(database);
        town.may(CIVIL, &[Manner::Full], false);
        let asking = town.asking("read", json!({"key": WANG, "fields": ["name"]}), None);
        let outcome = town.gateway.call_here(&admin(), &asking).unwrap();
        let logged = || town.world.read(|tx| exchange::call(tx, &outcome.call)).unwrap();
        let signed = || logged().request.signature.is_some() && logged().response.is_some_and(|text| text.signature.is_some());
        for _ in 0..200 {
            if signed() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        assert!(signed());
        assert_eq!(town.readings()[0].organ.as_deref(), Some("organ_civil"));
    });
}

#[test]
fn what_a_crash_left_unsigned_the_round_signs_and_texts_are_erased_in_time() {
    on_both(|database| {
        let town = Town::new(database);
        town.may(CIVIL, &[Manner::Full], false);
        let asking = town.asking("read", json!({"key": WANG, "fields": ["name"]}), None);
        // The command alone: the process ended before anything was signed.
        let call = town.world.execute(&admin(), AnswerCall::Asked(asking)).outcome.call;
        town.world.move_to("2026-03-02T09:05");
        town.gateway.sweep().unwrap();
        let logged = town.world.read(|tx| exchange::call(tx, &call)).unwrap();
        assert!(logged.request.signature.is_some() && logged.response.as_ref().unwrap().signature.is_some() && logged.request.sealed.is_some());
        town.world.move_to("2026-04-02T09:00");
        town.gateway.sweep().unwrap();
        let erased = town.world.read(|tx| exchange::call(tx, &call)).unwrap();
        assert!(erased.request.sealed.is_none() && erased.response.as_ref().unwrap().sealed.is_none());
        assert_eq!(erased.request.head_sm3, logged.request.head_sm3);
    });
}

#[test]
fn figures_of_the_traffic_name_services_and_codes_alone() {
    on_both(|database| {
        let town = Town::new(database);
        town.may(STRANGER, &[Manner::Full], false);
        for _ in 0..6 {
            town.gateway.answer(town.read_wang());
        }
        let now_ms = town.now_ms();
        let traffic = town.world.read(|tx| exchange::traffic(tx, now_ms - 1_000, now_ms + 1_000));
        assert_eq!(traffic.len(), 1);
        assert_eq!((traffic[0].calls, traffic[0].by_code.clone()), (6, vec![(Code::Answered, 5), (Code::RateExceeded, 1)]));
        let told = serde_json::to_string(&traffic).unwrap();
        assert!(!told.contains(STRANGER) && !told.contains(WANG));
    });
}

#[test]
fn many_calls_at_once_are_signed_in_batches() {
    on_both(|database| {
        let town = std::sync::Arc::new(Town::new(database));
        let mut duty = crate::world::duty(STRANGER, &[Manner::Full], false);
        (duty.calls_per_minute_max, duty.calls_per_day_max) = (1_000, 1_000);
        town.world.execute(&admin(), duty);
        let answered = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                let (town, answered) = (&town, &answered);
                scope.spawn(move || {
                    for _ in 0..5 {
                        let reply = town.gateway.answer(town.read_wang());
                        let envelope: exchange::Envelope = reply.response.header("x-zhengshu-signature").unwrap().parse().unwrap();
                        envelope.verify(town.gateway.public_key(seal::Algorithm::Sm2), &reply.response.signed_text()).unwrap();
                        answered.fetch_add(usize::from(reply.code == Code::Answered), Ordering::Relaxed);
                    }
                });
            }
        });
        assert_eq!(answered.load(Ordering::Relaxed), 40);
        assert_eq!(town.readings().len(), 40);
    });
}

/// A step of a case: its command has established the right to the name of the person, and to nothing else.
#[derive(Debug, Clone, Serialize)]
struct Step {
    fields: Vec<&'static str>,
}

impl Command for Step {
    type Outcome = Value;
    const ACTION: &'static str = "case.submit";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Value, Halt> {
        cx.authorise(&Resource::of("case"))?;
        let permit = Permit {
            grant: "item:allowance".into(),
            purpose: Text::new("核验", "To check"),
            basis: "老年人权益保障法 第三十三条".into(),
            case: None,
            fields: ["name".to_owned()].into(),
            masks: BTreeMap::new(),
            rows: RowScope::default(),
            manners: vec![Manner::Full],
            calls_per_minute_max: 1,
            calls_per_day_max: 1,
            cell_count_min: 0,
            consent: None,
            secret_until: None,
        };
        let asking = Asking {
            client: id(CIVIL),
            service: id(PERSON),
            endpoint: "read".into(),
            body: json!({ "key": WANG, "fields": self.fields }),
            user: None,
            case: Some(CASE.into()),
            purpose: None,
            represented: None,
            query: None,
        };
        let answered = exchange::ask_under(cx, &asking, &permit)?;
        Ok(serde_json::from_slice(&answered.response.body)?)
    }
}

#[test]
fn a_step_of_a_case_brings_its_own_right_and_is_logged_and_cut_like_every_call() {
    on_both(|database| {
        let town = Town::new(database);
        let by_itself = town.gateway.call_here(&admin(), &town.asking("read", json!({"key": WANG, "fields": ["name"]}), None));
        assert_eq!(by_itself.unwrap_err().refusal().unwrap().code, "not-granted", "nobody else has a right");
        for times in 1..=3 {
            let shown = town.world.execute(&admin(), Step { fields: vec!["name"] }).outcome;
            assert_eq!(shown, json!({"rows": [{"name": "王小明"}]}));
            let logged = town.world.read(|tx| exchange::calls_by_case(tx, CASE));
            assert_eq!((logged.len(), logged[0].grant.as_deref(), logged[0].code), (times, Some("item:allowance"), Code::Answered));
            let calls: BTreeSet<String> = logged.iter().map(|call| call.id.clone()).collect();
            let readings: BTreeSet<String> = town.readings().into_iter().filter_map(|seen| seen.message).collect();
            assert_eq!(calls, readings, "each is in the log and in the tracker; quotas bound grants, not steps");
        }
        assert_eq!(town.world.refuse(&admin(), Step { fields: vec!["age", "name"] }).code, "field-not-granted");
        assert_eq!((town.world.read(|tx| exchange::calls_by_case(tx, CASE)).len(), town.readings().len()), (3, 3), "refused, nothing of it stays");
        // What was answered in a command is signed by the next round.
        town.world.move_to("2026-03-02T09:05");
        town.gateway.sweep().unwrap();
        for call in town.world.read(|tx| exchange::calls_by_case(tx, CASE)) {
            assert_eq!(town.world.read(|tx| exchange::verification(tx, &town.keys, &call)), exchange::Verification::Holds);
        }
    });
}
