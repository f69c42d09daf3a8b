//! Every scenario that ships holds, on both databases.

use cases::scenario::{Script, run_scenario};
use testkit::{TestDatabase, on_both};

use crate::stage::{County, packages};

fn play_all(database: TestDatabase) {
    let county = County::on(database, "2026-01-01T00:00");
    let mut failures = Vec::new();
    for folder in packages() {
        let package = procedure::read_package(&folder).unwrap();
        for scenario in &package.scenarios {
            county.play(|stage| {
                let result = Script::parse(&scenario.text)
                    .map_err(|e| format!("{e:?}"))
                    .and_then(|script| run_scenario(stage, &package, &script).map_err(|failure| format!("「{}」 {failure}", script.name)));
                if let Err(why) = result {
                    failures.push(format!("{}/{}: {why}", package.slug, scenario.path));
                }
            });
        }
    }
    assert!(failures.is_empty(), "{} scenarios failed:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_scenario_of_every_package_holds() {
    on_both(play_all);
}
