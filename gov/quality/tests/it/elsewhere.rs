//! Registers that others keep, examined by rules as far as their interface gives rows.

use std::path::Path;

use quality::commands::{DeclareRules, RequestRun};
use quality::{Dimension, Score, queries};
use registers::{Connections, DeclareRegister};
use runner::Actor;
use serde_json::{Map, Value};
use sources::{Source, SourceError, SqliteTable};
use testkit::{TestDatabase, on_both};

use crate::world::County;

const SLUG: &str = "addresses-elsewhere";
const RULES: &str = r#"
register = "addresses-elsewhere"
every = "day"

[[rules]]
slug = "named"
title = { zh = "有名称", en = "Has a name" }
dimension = "complete"
check = { kind = "present", fields = ["name"] }

[[rules]]
slug = "once"
title = { zh = "代码不重复", en = "No code twice" }
dimension = "consistent"
check = { kind = "unique", fields = ["place_code"] }

[[rules]]
slug = "division-known"
title = { zh = "区划存在", en = "Its division exists" }
dimension = "accurate"
check = { kind = "reference", field = "division", register = "divisions" }

[[rules]]
slug = "readable"
title = { zh = "来源可读取", en = "The source can be read" }
dimension = "accessible"
check = { kind = "readable" }

[[rules]]
slug = "fresh"
title = { zh = "按期更新", en = "Up to date" }
dimension = "timely"
check = { kind = "fresh" }
"#;

fn table(path: &Path) -> SqliteTable {
    let columns = [("place_code", "bm"), ("name", "mc"), ("division", "qh")];
    SqliteTable::new(path, "dm", columns.map(|(own, theirs)| (own.to_owned(), theirs.to_owned())).to_vec())
}

fn declared(county: &County, shipped: &str, slug: &str, connection: &str) {
    let text = registers::SHIPPED.iter().find(|(known, _)| *known == shipped).unwrap().1;
    let text = text.replacen(&format!("slug = \"{shipped}\""), &format!("slug = \"{slug}\""), 1);
    let text = text.replacen("update_period", &format!("origin = {{ kind = \"asked\", connection = \"{connection}\" }}\nupdate_period"), 1);
    county.world.execute(&Actor::system(), DeclareRegister { text, division: town::DIVISION.into() });
}

fn rules(text: &str) -> DeclareRules {
    DeclareRules { text: text.to_owned() }
}

/// A county whose places are in a database elsewhere: one has no name, one code stands twice, one division does not exist.
fn county(database: TestDatabase, path: &Path) -> County {
    let raw = rusqlite::Connection::open(path).unwrap();
    raw.execute_batch(
        "create table dm (bm text, mc text, qh text);
         insert into dm values ('P1', '和平路', '339921100'), ('P2', null, '339921100'), ('P1', '中山路', '339921100'), ('P4', '解放路', '999999');",
    )
    .unwrap();
    let county = County::with(database, Connections::default().with("places", Box::new(table(path))));
    declared(&county, "addresses", SLUG, "places");
    county
}

#[test]
fn the_rows_of_a_database_elsewhere_are_examined_each_night_and_places_are_its_rows() {
    on_both(|database| {
        let folder = tempfile::tempdir().unwrap();
        let county = county(database, &folder.path().join("places.db"));
        county.world.execute(&Actor::system(), rules(RULES));
        county.world.move_to("2026-03-03T02:31");
        county.run_jobs();
        let run = county.world.read(|tx| queries::last_run(tx, SLUG)).unwrap();
        assert_eq!(run.records, 4);
        let found = |rule: &str| {
            let result = run.results.iter().find(|result| result.rule == rule).unwrap();
            let findings = county.world.read(|tx| queries::findings(tx, &run.id, rule));
            (result.checked, findings.into_iter().map(|finding| (finding.position, finding.other)).collect::<Vec<_>>())
        };
        assert_eq!(found("named"), (4, vec![(2, None)]));
        assert_eq!(found("once"), (4, vec![(3, Some(1))]));
        assert_eq!(found("division-known"), (4, vec![(4, None)]));
        assert_eq!(found("readable"), (4, Vec::new()));
        assert_eq!(found("fresh"), (0, Vec::new()), "nobody promised the node a period");
        assert_eq!((run.dimensions.get(&Dimension::Accessible), run.dimensions.get(&Dimension::Timely)), (Some(&Score::FULL), None));
        let cases = county.world.read(|tx| queries::corrections(tx, SLUG));
        let case = cases.iter().find(|one| one.correction.rule == "once").unwrap().correction.case.clone();
        let keys = county.world.runner().service::<seal::FieldKeys>().unwrap();
        let view = county.world.store().read(|tx| cases::queries::case_view(tx, &keys, &case, &tracker::in_process("a test"))).unwrap().unwrap();
        assert_eq!(view.file.answers["places"].as_str(), Some("第3行→第1行"));
        county.world.move_to("2026-03-04T02:31");
        county.run_jobs();
        assert_eq!(county.world.read(|tx| queries::runs(tx, SLUG)).len(), 2, "the next night was promised");
    });
}

#[test]
fn a_source_that_does_not_answer_is_asked_again_then_recorded_as_not_readable_and_the_nights_go_on() {
    on_both(|database| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("places.db");
        let county = county(database, &path);
        county.world.execute(&Actor::system(), rules(RULES));
        let kept = folder.path().join("kept.db");
        std::fs::rename(&path, &kept).unwrap();
        let runs = || county.world.read(|tx| queries::runs(tx, SLUG));
        for (moment, expected) in [("02:31", 0), ("02:41", 0), ("02:51", 0), ("03:31", 1)] {
            county.world.move_to(&format!("2026-03-03T{moment}"));
            county.run_jobs();
            assert_eq!(runs().len(), expected, "{moment}");
        }
        let run = runs().remove(0);
        let readable = run.results.iter().find(|result| result.rule == "readable").unwrap();
        assert_eq!((run.records, readable.checked, readable.failed), (0, 1, 1));
        assert!(run.results.iter().filter(|result| result.rule != "readable").all(|result| result.checked == 0), "nothing to check is no score");
        std::fs::rename(&kept, &path).unwrap();
        county.world.move_to("2026-03-04T02:31");
        county.run_jobs();
        assert_eq!(runs().iter().map(|run| run.records).max(), Some(4));
    });
}

/// A service that answers single keys.
struct ByKey;

impl Source for ByKey {
    fn by_key(&self, _: &[(&str, &str)]) -> Result<Vec<Map<String, Value>>, SourceError> {
        Ok(Vec::new())
    }
}

#[test]
fn what_answers_single_keys_or_is_about_persons_gets_no_rules_and_no_run() {
    on_both(|database| {
        let county = County::with(database, Connections::default().with("places", Box::new(ByKey)).with("police", Box::new(ByKey)));
        declared(&county, "addresses", SLUG, "places");
        assert_eq!(county.world.refuse(&Actor::system(), rules(RULES)).code, "source-by-key");
        let beside =
            RULES.replacen("addresses-elsewhere", "addresses", 1).replacen("register = \"divisions\"", "register = \"addresses-elsewhere\"", 1);
        assert_eq!(county.world.refuse(&Actor::system(), rules(&beside)).code, "source-by-key", "nor is it what another register refers to");
        declared(&county, "population", "population-elsewhere", "police");
        let persons = quality::SHIPPED[0].1.replacen("register = \"population\"", "register = \"population-elsewhere\"", 1);
        assert_eq!(county.world.refuse(&Actor::system(), rules(&persons)).code, "register-kept-elsewhere");
        assert_eq!(county.world.refuse(&Actor::system(), RequestRun { register: SLUG.into() }).code, "source-by-key");
    });
}
