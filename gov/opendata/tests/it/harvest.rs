use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::world::{County, STOPS};
use jobs::Worker;
use opendata::{ArrangeHarvest, Fetch, HarvestId, HarvestSource, Protocol, queries};
use serde_json::{Value, json};
use testkit::on_both;

/// A portal with these datasets, by name.
struct Portal(Mutex<BTreeMap<String, Value>>, Mutex<bool>);

impl Portal {
    fn of(names: &[&str]) -> Arc<Self> {
        let portal = Self(Mutex::default(), Mutex::new(true));
        names.iter().for_each(|name| portal.put(name, "标题"));
        Arc::new(portal)
    }

    fn put(&self, name: &str, title: &str) {
        let package = json!({
            "id": format!("there-{name}"), "name": name, "title": title, "notes": "说明", "license_id": "cc-by",
            "tags": [{ "name": "标签" }], "groups": [{ "name": "tran" }, { "name": "theirs" }],
            "resources": [{ "name": "文件", "format": "CSV", "url": format!("https://other.example/{name}.csv") }],
        });
        self.0.lock().unwrap().insert(name.to_owned(), package);
    }

    fn put_broken(&self, name: &str) {
        let package = json!({ "id": format!("there-{name}"), "name": name, "title": "x", "resources": [{ "url": "ftp://old" }] });
        self.0.lock().unwrap().insert(name.to_owned(), package);
    }
}

impl Fetch for Portal {
    fn get(&self, url: &str) -> Result<Vec<u8>, String> {
        if !*self.1.lock().unwrap() {
            return Err("the portal answered 503".into());
        }
        assert!(url.starts_with("https://other.example/api/3/action/package_search?"), "{url}");
        let number = |name: &str| url.split(['?', '&']).find_map(|part| part.strip_prefix(name)).unwrap().parse::<usize>().unwrap();
        let packages: Vec<Value> = self.0.lock().unwrap().values().skip(number("start=")).take(number("rows=")).cloned().collect();
        Ok(json!({ "success": true, "result": { "count": 0, "results": packages } }).to_string().into_bytes())
    }
}

impl County {
    fn arrange(&self, source: Option<HarvestId>) -> HarvestId {
        self.arrange_from(source, "https://other.example/", Protocol::Ckan)
    }

    fn arrange_from(&self, source: Option<HarvestId>, url: &str, protocol: Protocol) -> HarvestId {
        let command = ArrangeHarvest { source, url: url.into(), protocol, title: "邻县".into(), organ: self.data.clone(), paused: false };
        self.world.execute(&self.officer(), command).outcome
    }

    fn harvest<F: Fetch + 'static>(&self, portal: &Arc<F>) {
        let portal: Arc<dyn Fetch> = Arc::clone(portal) as Arc<dyn Fetch>;
        let (kind, handler) = opendata::harvest_handler(self.world.runner(), portal);
        self.world.run_jobs(&Worker::new(self.world.store(), "worker".into()).with(kind, handler));
    }

    fn source(&self, id: &HarvestId) -> HarvestSource {
        self.world.read(|tx| queries::harvest_source(tx, id.as_str())).unwrap()
    }
}

#[test]
fn a_portal_is_taken_over_page_by_page_and_a_second_round_changes_nothing() {
    on_both(|database| {
        let county = County::new(database);
        let names: Vec<String> = (0..120).map(|number| format!("set-{number:03}")).collect();
        let portal = Portal::of(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let id = county.arrange(None);
        county.harvest(&portal);
        let round = county.source(&id).round;
        assert_eq!((round.seen, round.changed, round.failed, round.ended_ms.is_some()), (120, 120, 0, true));
        let release = county.world.read(|tx| queries::release(tx, "set-007")).unwrap();
        assert_eq!(
            (release.number, release.harvested_from.as_str(), release.metadata.themes.clone()),
            (1, "https://other.example", vec!["tran".to_owned()])
        );
        assert_eq!(release.resources[0].url, "https://other.example/set-007.csv");
        county.world.move_to("2026-03-03T09:00");
        portal.put("set-007", "新标题");
        county.arrange(Some(id.clone()));
        county.harvest(&portal);
        let round = county.source(&id).round;
        assert_eq!((round.seen, round.changed, round.gone), (120, 1, 0));
        let again = county.world.read(|tx| queries::release(tx, "set-007")).unwrap();
        assert_eq!((again.number, again.resources[0].id.clone()), (2, release.resources[0].id.clone()));
    });
}

#[test]
fn a_dataset_with_an_error_is_reported_and_the_others_go_on() {
    on_both(|database| {
        let county = County::new(database);
        let portal = Portal::of(&["a", "bus", "c"]);
        portal.put_broken("bad");
        let id = county.arrange(None);
        county.harvest(&portal);
        let round = county.source(&id).round;
        assert_eq!((round.seen, round.changed, round.failed), (4, 3, 1));
        let errors = county.world.read(|tx| queries::harvest_records(tx, id.as_str(), true, 10));
        assert_eq!((errors.len(), errors[0].there.as_str(), errors[0].error.as_str()), (1, "there-bad", "a file has no address"));
    });
}

#[test]
fn what_is_gone_there_is_taken_down_here_and_a_portal_that_is_down_changes_nothing() {
    on_both(|database| {
        let county = County::new(database);
        let portal = Portal::of(&["first", "second"]);
        let id = county.arrange(None);
        county.harvest(&portal);
        *portal.1.lock().unwrap() = false;
        county.world.move_to("2026-03-03T09:00");
        county.arrange(Some(id.clone()));
        county.harvest(&portal);
        assert_eq!(county.source(&id).round.error, "the portal answered 503");
        assert!(county.world.read(|tx| queries::release(tx, "first")).is_some());
        *portal.1.lock().unwrap() = true;
        portal.0.lock().unwrap().remove("first");
        county.world.move_to("2026-03-04T09:00");
        county.arrange(Some(id.clone()));
        county.harvest(&portal);
        assert_eq!(county.source(&id).round.gone, 1);
        assert!(county.world.read(|tx| queries::release(tx, "first")).is_none());
        assert!(county.world.read(|tx| queries::release(tx, "second")).is_some());
    });
}

#[test]
fn a_name_that_is_taken_here_is_given_another() {
    on_both(|database| {
        let county = County::new(database);
        county.publish("bus-stops", STOPS);
        let portal = Portal::of(&["bus-stops"]);
        county.arrange(None);
        county.harvest(&portal);
        assert!(county.world.read(|tx| queries::release(tx, "bus-stops")).unwrap().harvested_from.is_empty());
        let all = county.world.read(|tx| queries::datasets(tx, &[], None, 10));
        assert!(all.iter().any(|dataset| dataset.slug.starts_with("bus-stops-") && dataset.is_public()));
    });
}

/// A portal that shows these texts, by address.
struct Texts(Mutex<BTreeMap<String, String>>);

impl Texts {
    fn of(texts: &[(&str, &str)]) -> Arc<Self> {
        let put = |(url, text): &(&str, &str)| ((*url).to_owned(), format!("{PREFIXES}{text}"));
        Arc::new(Self(Mutex::new(texts.iter().map(put).collect())))
    }
}

impl Fetch for Texts {
    fn get(&self, url: &str) -> Result<Vec<u8>, String> {
        let texts = self.0.lock().unwrap();
        texts.get(url).map(|text| text.clone().into_bytes()).ok_or_else(|| format!("the portal answered 404 for {url}"))
    }
}

const PREFIXES: &str = "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> . @prefix theme: <http://publications.europa.eu/resource/authority/data-theme/> .\n";
const FIRST: &str = r#"
<https://dcat.example/catalog.ttl> hydra:next <https://dcat.example/catalog.ttl?page=2> .
<https://dcat.example/set/bus> a dcat:Dataset ; dct:title "公交"@zh, "Buses"@en ; dct:description "All buses"@en ; dcat:keyword "bus", "line, stop" ;
  dcat:theme theme:TRAN, <https://elsewhere.example/theme> ;
  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/DAILY> ;
  dcat:landingPage <https://dcat.example/bus> ; dcat:distribution <set/bus#csv>, [ a dcat:Distribution ; dcat:accessURL <https://dcat.example/bus.json> ] .
<set/bus#csv> a dcat:Distribution ; dct:title "线路"@zh ; dcat:accessURL <https://dcat.example/page> ; dcat:downloadURL <https://dcat.example/bus.csv> ;
  dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ; dct:license <http://creativecommons.org/publicdomain/zero/1.0/> .
<https://dcat.example/set/nameless> a dcat:Dataset ; dct:description "x" .
"#;
const SECOND: &str = r#"
<https://dcat.example/set/parks> a dcat:Dataset ; dct:title "Parks" ; dct:license <https://elsewhere.example/terms> .
[] a dcat:Dataset ; dct:title "Nowhere" .
<https://dcat.example/catalog.ttl?page=2> hydra:next <https://evil.example/catalog.ttl?page=3> .
"#;

#[test]
fn a_catalogue_in_dcat_is_taken_over_page_by_page() {
    on_both(|database| {
        let county = County::new(database);
        let portal = Texts::of(&[("https://dcat.example/catalog.ttl", FIRST), ("https://dcat.example/catalog.ttl?page=2", SECOND)]);
        let id = county.arrange_from(None, "https://dcat.example/catalog.ttl", Protocol::Dcat);
        county.harvest(&portal);
        let round = county.source(&id).round;
        assert_eq!((round.seen, round.changed, round.failed, round.error.as_str()), (4, 2, 2, ""));
        let bus = county.world.read(|tx| queries::release(tx, "bus")).unwrap();
        assert_eq!((bus.metadata.title.zh.as_str(), bus.metadata.title.en.as_str(), bus.metadata.notes.zh.as_str()), ("公交", "Buses", "All buses"));
        assert_eq!(
            (bus.metadata.themes.clone(), bus.metadata.period.as_str(), bus.metadata.licence.as_str()),
            (vec!["tran".to_owned()], "daily", "cc-zero")
        );
        assert_eq!(bus.metadata.tags, ["bus", "line  stop"]);
        let files: Vec<_> = bus.resources.iter().map(|file| (file.name.zh.as_str(), file.format.as_str(), file.url.as_str())).collect();
        assert_eq!(files, [("线路", "CSV", "https://dcat.example/bus.csv"), ("FILE", "FILE", "https://dcat.example/bus.json")]);
        let parks = county.world.read(|tx| queries::release(tx, "parks")).unwrap();
        assert_eq!((parks.metadata.licence.as_str(), parks.metadata.extras["license_id"].as_str()), ("open", "https://elsewhere.example/terms"));
        let errors = county.world.read(|tx| queries::harvest_records(tx, id.as_str(), true, 10));
        assert_eq!((errors.len(), errors[0].error.as_str()), (1, "it has no title"));
        county.world.move_to("2026-03-03T09:00");
        county.arrange_from(Some(id.clone()), "https://dcat.example/catalog.ttl", Protocol::Dcat);
        county.harvest(&portal);
        let again = county.source(&id).round;
        assert_eq!((again.seen, again.changed, again.gone), (4, 0, 0));
    });
}

#[test]
fn what_is_no_linked_data_ends_the_round_and_takes_nothing_down() {
    on_both(|database| {
        let county = County::new(database);
        let portal = Texts::of(&[("https://dcat.example/catalog.ttl", FIRST), ("https://dcat.example/catalog.ttl?page=2", SECOND)]);
        let id = county.arrange_from(None, "https://dcat.example/catalog.ttl", Protocol::Dcat);
        county.harvest(&portal);
        portal.0.lock().unwrap().insert("https://dcat.example/catalog.ttl".into(), "<html>Sign in</html>".into());
        county.world.move_to("2026-03-03T09:00");
        county.arrange_from(Some(id.clone()), "https://dcat.example/catalog.ttl", Protocol::Dcat);
        county.harvest(&portal);
        let round = county.source(&id).round;
        assert!(round.error.starts_with("the catalogue is no linked data"), "{}", round.error);
        assert_eq!((round.seen, round.gone), (0, 0));
        assert!(county.world.read(|tx| queries::release(tx, "bus")).is_some());
    });
}
