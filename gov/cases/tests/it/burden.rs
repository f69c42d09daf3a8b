//! R3: what items ask though government has it, computed from what packages and registers declare, and counted over applications.

use std::sync::Arc;

use cases::commands::ProposeChange;
use cases::queries::{ItemBurden, burden_of, item_burdens, proposal};
use procedure::{Files, Library, Package};
use registers::Declaration;
use serde_json::json;
use testkit::on_both;

use crate::stage::{County, packages};
use crate::steps::*;

fn declarations() -> Vec<Declaration> {
    registers::SHIPPED.iter().map(|(_, text)| Declaration::read(text).unwrap()).collect()
}

fn burden(package: Package) -> ItemBurden {
    let declarations = declarations();
    burden_of(&Arc::new(package), &declarations.iter().collect::<Vec<_>>())
}

fn shipped(slug: &str) -> Files {
    Files::read_dir(&package_folder(slug)).unwrap()
}

/// A package in which a text stands in place of another.
fn altered(slug: &str, path: &str, before: &str, after: &str) -> Package {
    let mut files = shipped(slug);
    let text = files.text(path).unwrap().to_owned();
    assert!(text.contains(before), "{before}");
    files.put(path, text.replace(before, after));
    Package::parse(files).unwrap()
}

#[test]
fn shipped_packages_ask_for_nothing_the_registers_hold() {
    let mut asked = Vec::new();
    for folder in packages() {
        let found = burden(procedure::read_package(&folder).unwrap());
        let held = found.fields.iter().chain(&found.materials);
        asked.extend(held.map(|held| format!("{}: {} ({}) is held as {}", found.package.slug, held.place, held.title.zh, held.source)));
    }
    assert!(asked.is_empty(), "{asked:#?}");
}

/// Filled in as a help, though the fact is another one: where a shop stands need not be where it is registered.
const ANOTHER_FACT: [(&str, &str); 1] = [("shipin-jingying-xuke", "premises_address")];

#[test]
fn whatever_a_shipped_package_takes_from_a_register_would_be_found_if_it_asked_for_it() {
    let mut looked_at = 0;
    for folder in packages() {
        let package = procedure::read_package(&folder).unwrap();
        let slug = package.slug.clone();
        for field in package.form.fields() {
            let Some(source) = field.prefill.clone().filter(|source| !source.starts_with("applicant.")) else { continue };
            if ANOTHER_FACT.contains(&(slug.as_str(), field.name.as_str())) {
                continue;
            }
            let mut form: serde_json::Value = serde_json::from_str(package.files().text("form.json").unwrap()).unwrap();
            let keys = form["properties"][&field.name].as_object_mut().unwrap();
            for key in ["x-prefill", "x-prefill-fixed", "x-verify"] {
                keys.remove(key);
            }
            let mut files = shipped(&slug);
            files.put("form.json", form.to_string());
            let found = burden(Package::parse(files).unwrap()).fields;
            let found: Vec<_> = found.iter().map(|held| (held.place.as_str(), held.source.as_str())).collect();
            assert_eq!(found, [(field.name.as_str(), source.as_str())], "{slug}");
            looked_at += 1;
        }
        for material in package.item.materials.iter().filter(|material| material.waived_by.is_some()) {
            let source = material.waived_by.as_deref().unwrap();
            let found = burden(altered(&slug, "item.toml", &format!("waived_by = \"{source}\"\n"), "")).materials;
            assert!(found.iter().any(|held| held.place == material.id && held.source == source), "{slug} {}: {found:?}", material.id);
            looked_at += 1;
        }
    }
    assert!(looked_at >= 10, "{looked_at}");
}

#[test]
fn what_is_compared_with_a_register_is_not_typed() {
    let found = burden(altered("geti-shangpu-dengji", "form.json", "\"x-prefill\": \"population.name\", ", "")).fields;
    assert_eq!(found.iter().map(|held| held.source.as_str()).collect::<Vec<_>>(), ["population.name"]);
    let renamed = altered("geti-shangpu-dengji", "form.json", "\"title\": \"经营者姓名\"", "\"title\": \"签名\"");
    let mut files = Files::new();
    renamed.files().iter().for_each(|(path, content)| files.put(path, content));
    let form = files.text("form.json").unwrap().replace("\"x-prefill\": \"population.name\", ", "");
    files.put("form.json", form);
    let found = burden(Package::parse(files).unwrap()).fields;
    assert_eq!(found.iter().map(|held| held.source.as_str()).collect::<Vec<_>>(), ["population.name"], "whatever it is called");
}

#[test]
fn what_is_asked_though_held_for_a_stated_reason_is_told_and_not_counted() {
    let source = "\"x-prefill\": \"population.birth_date\"";
    let because = "\"x-asked-because\": { \"zh\": \"由本人申报\", \"en\": \"Declared by oneself\" }";
    let found = burden(altered("gaoling-jintie", "form.json", source, because));
    assert_eq!((found.avoidable(), found.explained.len()), (0, 1));
    assert_eq!((found.explained[0].0.source.as_str(), found.explained[0].1.zh.as_str()), ("population.birth_date", "由本人申报"));
    assert!(proposal(&found).is_none());
    let waiver = "waived_by = \"register:population\"\n";
    let because = "asked_because = { zh = \"需要看原件\", en = \"The original is needed\" }\n";
    let found = burden(altered("gaoling-jintie", "item.toml", waiver, because));
    let explained: Vec<_> = found.explained.iter().map(|(held, _)| held.place.as_str()).collect();
    assert_eq!((found.avoidable(), explained), (0, vec!["identity", "household_register"]));
}

#[test]
fn sources_that_packages_name_are_fields_that_registers_have() {
    let declarations = declarations();
    let mut unknown = Vec::new();
    for folder in packages() {
        let package = procedure::read_package(&folder).unwrap();
        let paths = package.form.fields().iter().flat_map(|field| [&field.prefill, &field.verify]).flatten();
        for path in paths.filter(|path| !path.starts_with("applicant.")) {
            let (register, field) = path.split_once('.').unwrap();
            let known = declarations.iter().find(|known| known.slug == register).is_some_and(|known| known.field(field).is_some());
            if !known {
                unknown.push(format!("{}: {path}", package.slug));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn what_is_asked_though_held_is_found_with_where_it_is_held() {
    let without_source = altered("gaoling-jintie", "form.json", " \"x-prefill\": \"population.birth_date\",", "");
    let found = burden(without_source);
    assert_eq!(
        found.fields.iter().map(|held| (held.place.as_str(), held.source.as_str())).collect::<Vec<_>>(),
        [("birth_date", "population.birth_date")]
    );
    let without_waiver = altered("gaoling-jintie", "item.toml", "waived_by = \"register:population\"\n", "");
    let found = burden(without_waiver);
    let materials: Vec<_> = found.materials.iter().map(|held| (held.place.as_str(), held.source.as_str())).collect();
    assert_eq!(materials, [("identity", "register:population"), ("household_register", "register:population")]);
    let before = burden(Package::parse(shipped("gaoling-jintie")).unwrap());
    assert!(found.minutes > before.minutes, "{} {}", found.minutes, before.minutes);
    assert_eq!(before.avoidable(), 0);
}

#[test]
fn a_certificate_that_is_registered_is_not_asked_for() {
    let found = burden(altered("geti-shangpu-dengji", "item.toml", "zh = \"经营场所租赁合同\"", "zh = \"食品经营许可证复印件\""));
    let materials: Vec<_> = found.materials.iter().map(|held| (held.place.as_str(), held.source.as_str())).collect();
    assert_eq!(materials, [("premises_lease", "certificate:food-permit")]);
}

#[test]
fn the_proposal_changes_the_lines_concerned_and_nothing_else() {
    assert!(proposal(&burden(Package::parse(shipped("gaoling-jintie")).unwrap())).is_none(), "nothing to propose");
    let worse = altered("gaoling-jintie", "form.json", " \"x-prefill\": \"population.birth_date\",", "");
    let proposed = proposal(&burden(worse)).unwrap();
    assert_eq!(proposed.count, 1);
    let lines: Vec<&str> = proposed.diff.lines().collect();
    assert_eq!(lines[0], "--- a/packages/gaoling-jintie/form.json");
    assert_eq!(lines.len(), 5, "{}", proposed.diff);
    assert!(
        lines[3].starts_with('-') && lines[4].starts_with('+') && lines[4].contains("\"x-prefill\": \"population.birth_date\""),
        "{}",
        proposed.diff
    );
    let worse = altered("gaoling-jintie", "item.toml", "waived_by = \"register:population\"\n", "");
    let proposed = proposal(&burden(worse)).unwrap();
    assert_eq!(proposed.diff.matches("+waived_by = \"register:population\"").count(), 2, "{}", proposed.diff);
    assert_eq!(proposed.count, 2);
}

#[test]
fn a_proposal_goes_once_to_the_organ_that_owns_the_item_with_its_figures() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        apply(&county, &county.person("339921194003080135").unwrap(), "gaoling-jintie", "instant-86");
        let clerk = county.post("handler", Some(&county.organs["public-security"]));
        let propose = |slug: &str| ProposeChange { slug: slug.into() };
        assert_eq!(refused(&county, &clerk, propose("gaoling-jintie")), "nothing-to-propose");
        assert_eq!(refused(&county, &clerk, propose("shuju-fuhe")), "not-found", "nobody applies for it");
        publish_altered(&county, "gaoling-jintie", "form.json", " \"x-prefill\": \"population.birth_date\",", "");
        assert_eq!(refused(&county, &county.sample(), propose("gaoling-jintie")), "not-permitted");
        let number = county.world.execute(&clerk, propose("gaoling-jintie")).outcome;
        assert_eq!(refused(&county, &clerk, propose("gaoling-jintie")), "proposal-open");
        let library = county.runner().service::<Library>().unwrap();
        let packages = library.all_current(day("2026-03-02"));
        let burdens = county.world.store().read(|tx| item_burdens(tx, &packages)).unwrap();
        assert_eq!((burdens[0].package.slug.as_str(), burdens[0].avoidable()), ("gaoling-jintie", 1), "what is avoidable comes first");
        let proposed = burdens[0].proposed.clone().unwrap();
        let file = view(&county, &proposed.case).file;
        assert_eq!((&file.number, &proposed.number, proposed.outcome), (&number, &number, None));
        assert_eq!((&file.organ, file.due_on), (&county.organs["civil-affairs"], Some(day("2026-04-07"))));
        assert_eq!(open_task(&county, &file.id, "examine").organ, county.organs["civil-affairs"]);
        let answers = &file.answers;
        assert_eq!((&answers["fields_count"], &answers["materials_count"], &answers["applications"]), (&json!(1), &json!(0), &json!(1)));
        assert_eq!((&answers["slug"], &answers["proposed_by"]), (&json!("gaoling-jintie"), &json!("云溪县公安局")));
        assert!(answers["asked"].as_str().unwrap().contains("population.birth_date") && answers["change"].as_str().unwrap().contains("\n+"));
        assert!(burdens.iter().skip(1).all(|burden| burden.proposed.is_none()));
    });
}

#[test]
fn what_applications_asked_is_counted_per_item() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        apply(&county, &county.sample(), SHOP, "ordinary");
        apply(&county, &county.person("339921194003080135").unwrap(), "gaoling-jintie", "instant-86");
        let library = county.runner().service::<Library>().unwrap();
        let packages = library.all_current(day("2026-03-02"));
        let burdens = county.world.store().read(|tx| item_burdens(tx, &packages)).unwrap();
        let of = |slug: &str| burdens.iter().find(|burden| burden.package.slug == slug).unwrap().measured;
        let shop = of(SHOP);
        assert_eq!((shop.applications, shop.attached, shop.waived), (1, 1, 1));
        // Name and number as the register has them; she states another address and mobile number.
        assert!(shop.given >= 2 && shop.changed >= 1 && shop.typed > shop.given, "{shop:?}");
        let benefit = of("gaoling-jintie");
        assert_eq!((benefit.applications, benefit.given, benefit.changed, benefit.waived), (1, 4, 1, 2), "{benefit:?}");
        assert_eq!(benefit.typed, 3, "bank, account, and who decides");
        assert!(burdens.iter().all(|burden| burden.package.slug != "shuju-fuhe"), "nobody applies for what the system opens");
    });
}
