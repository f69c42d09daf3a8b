//! R3: what items ask though government has it, computed from what packages and registers declare, and counted over applications.

use std::sync::Arc;

use cases::queries::{ItemBurden, burden_of, item_burdens, proposal};
use procedure::{Files, Library, Package};
use registers::Declaration;
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
    let found = burden(altered("geti-shangpu-dengji", "item.toml", "zh = \"登记前置审批的批准文件\"", "zh = \"食品经营许可证复印件\""));
    let materials: Vec<_> = found.materials.iter().map(|held| (held.place.as_str(), held.source.as_str())).collect();
    assert_eq!(materials, [("prior_approval", "certificate:food-permit")]);
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
