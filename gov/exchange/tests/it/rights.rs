//! What ends or narrows a right that was recorded: the negative list, and the consent of the person.

use exchange::{Code, RecordDuty, Reply};
use i18n::Text;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use runner::{Command, Cx, Halt, Resource};
use seal::FieldKeys;
use serde::Serialize;
use serde_json::{Value, json};
use testkit::on_both;
use tracker::{ConsentTerms, Manner, Source, SourceKind};

use crate::world::{CIVIL, STRANGER, Town, WANG, admin, duty};

const NAME: &str = "入学核对住址";

fn ask_for(town: &Town, fields: &[&str]) -> Reply {
    town.gateway.answer(town.signed(town.request("read", &json!({ "key": WANG, "fields": fields }))))
}

#[test]
fn what_is_put_on_the_negative_list_later_passes_no_more_at_once_and_the_refusal_is_in_the_log() {
    on_both(|database| {
        let town = Town::new(database);
        for client in [STRANGER, CIVIL] {
            town.may(client, &[Manner::Full, Manner::YesNo], false);
        }
        assert_eq!(ask_for(&town, &["name", "division"]).code, Code::Answered);
        *town.listed.0.lock().unwrap() = true;
        let refused = ask_for(&town, &["name", "division"]);
        let body: Value = serde_json::from_slice(&refused.response.body).unwrap();
        assert_eq!((refused.code, refused.response.status, body["code"].as_str()), (Code::NegativeListed, 403, Some("negative-listed")));
        assert_eq!(body["sentence"]["zh"], Code::NegativeListed.sentence().zh);
        let logged = town.world.read(|tx| exchange::call(tx, refused.call.as_ref().unwrap())).unwrap();
        assert_eq!(logged.code, Code::NegativeListed);
        // To ask whether it is so, or for it as a condition, tells as much.
        let verify = town.signed(town.request("verify", &json!({ "key": WANG, "claims": { "division": "339921100" } })));
        let search = town.signed(town.request("search", &json!({ "filter": { "division": "339921100" }, "fields": ["name"] })));
        assert_eq!([verify, search].map(|request| town.gateway.answer(request).code), [Code::NegativeListed; 2]);
        let inside = town.gateway.call_here(&admin(), &town.asking("read", json!({ "key": WANG, "fields": ["division"] }), None));
        let refusal = inside.unwrap_err().refusal().unwrap().clone();
        assert_eq!((refusal.code.as_ref(), refusal.basis.as_ref()), ("negative-listed", "户口登记条例 第二条"));
        assert!(refusal.sentence.zh.contains("户籍"), "whoever is here is told of what: {}", refusal.sentence.zh);
        assert_eq!(ask_for(&town, &["name"]).code, Code::Answered, "what is not listed goes on");
        *town.listed.0.lock().unwrap() = false;
        assert_eq!(ask_for(&town, &["division"]).code, Code::Answered);
        assert_eq!(town.readings().len(), 3, "what was refused was not read");
    });
}

#[derive(Clone, Copy, Debug)]
enum Act {
    List,
    Remove,
    Ask(bool),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![Just(Act::List), Just(Act::Remove), any::<bool>().prop_map(Act::Ask)];
    proptest::collection::vec(act, 1..24)
}

/// Whenever it was listed or removed: a call passes exactly when none of its fields is listed at that moment.
#[test]
fn a_call_passes_exactly_while_none_of_its_fields_is_listed() {
    on_both(|database| {
        let town = Town::new(database);
        let wide = RecordDuty { calls_per_minute_max: 100_000, calls_per_day_max: 100_000, ..duty(STRANGER, &[Manner::Full], false) };
        town.world.execute(&admin(), wide);
        let mut runner = TestRunner::deterministic();
        for _ in 0..16 {
            for act in acts().new_tree(&mut runner).unwrap().current() {
                match act {
                    Act::List => *town.listed.0.lock().unwrap() = true,
                    Act::Remove => *town.listed.0.lock().unwrap() = false,
                    Act::Ask(division) => {
                        let fields: &[&str] = if division { &["name", "division"] } else { &["name", "age"] };
                        let expected = if division && *town.listed.0.lock().unwrap() { Code::NegativeListed } else { Code::Answered };
                        assert_eq!(ask_for(&town, fields).code, expected);
                    }
                }
            }
        }
    });
}

/// Wang agrees that a reader may read some fields of the register.
#[derive(Debug, Clone, Serialize)]
struct Agree {
    reader: &'static str,
    fields: Vec<&'static str>,
}

impl Command for Agree {
    type Outcome = String;
    const ACTION: &'static str = "consent.answer";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        cx.authorise(&Resource::of("consent"))?;
        let keys = cx.service::<FieldKeys>()?;
        let terms = ConsentTerms {
            organ: self.reader.into(),
            name: NAME.into(),
            purpose: Text::new("核对入学片区", "To check the school district"),
            source: Source { kind: SourceKind::Register, name: "population".into(), title: Text::new("人口", "Population") },
            fields: self.fields.iter().map(|field| (*field).to_owned()).collect(),
            sensitive: false,
            until_ms: cx.now_ms() + 86_400_000,
        };
        let id = tracker::ask_consent(cx, &keys, WANG, terms)?;
        tracker::answer_consent(cx, &keys, WANG, &id, true)?;
        Ok(id)
    }
}

#[derive(Debug, Clone, Serialize)]
struct TakeBack(String);

impl Command for TakeBack {
    type Outcome = ();
    const ACTION: &'static str = "consent.revoke";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&Resource::of("consent"))?;
        let keys = cx.service::<FieldKeys>()?;
        tracker::revoke_consent(cx, &keys, WANG, &self.0)
    }
}

#[test]
fn under_a_duty_by_consent_a_call_of_another_node_passes_while_the_consent_recorded_here_stands() {
    on_both(|database| {
        let town = Town::new(database);
        let by_consent = |client: &str| RecordDuty { consent: Some(NAME.into()), ..duty(client, &[Manner::Full], false) };
        for client in [STRANGER, CIVIL] {
            town.world.execute(&admin(), by_consent(client));
        }
        let refused = ask_for(&town, &["name"]);
        assert_eq!((refused.code, refused.response.status), (Code::ConsentNotInForce, 403), "nobody asked her");
        assert_eq!(town.world.read(|tx| exchange::call(tx, refused.call.as_ref().unwrap())).unwrap().code, Code::ConsentNotInForce);
        town.world.execute(&admin(), Agree { reader: "organ_civil", fields: vec!["name", "age"] });
        assert_eq!(ask_for(&town, &["name"]).code, Code::ConsentNotInForce, "what she allows one she does not allow another");
        let consent = town.world.execute(&admin(), Agree { reader: STRANGER, fields: vec!["name"] }).outcome;
        assert_eq!(ask_for(&town, &["name"]).code, Code::Answered);
        let seen = town.readings().remove(0);
        assert_eq!(
            (seen.consent.as_deref(), seen.organ.as_deref(), seen.purpose.zh.as_str()),
            (Some(consent.as_str()), Some(STRANGER), "核对入学片区")
        );
        assert_eq!(ask_for(&town, &["name", "age"]).code, Code::ConsentNotInForce, "the duty has the age, her consent has not");
        let inside = town.gateway.call_here(&admin(), &town.asking("read", json!({ "key": WANG, "fields": ["age"] }), None)).unwrap();
        assert_eq!(inside.body, json!({ "rows": [{ "age": 73 }] }), "an organ of this node is asked for in its own name");
        town.world.move_to("2026-03-02T09:02");
        town.world.execute(&admin(), TakeBack(consent));
        assert_eq!(ask_for(&town, &["name"]).code, Code::ConsentNotInForce, "she took it back");
        // A duty that needs no consent is looked for first.
        town.may(STRANGER, &[Manner::Full], false);
        assert_eq!(ask_for(&town, &["name"]).code, Code::Answered);
        assert_eq!(town.readings().len(), 3);
    });
}
