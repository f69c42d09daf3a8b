//! Two versions of a package compared.

use procedure::{CitedBy, Package, diff};

use crate::good;

fn changes(path: &str, from: &str, to: &str) -> Vec<String> {
    let new = Package::parse(good::changed(path, from, to)).unwrap();
    diff(&good::package(), &new).into_iter().map(|change| format!("{} {} / {}", change.part, change.text.zh, change.text.en)).collect()
}

#[test]
fn equal_packages_do_not_differ() {
    assert_eq!(diff(&good::package(), &good::package()), []);
}

#[test]
fn limits_and_visits_are_told_with_both_values() {
    let found = changes("item.toml", "promised = { value = 10", "promised = { value = 8");
    assert_eq!(found, ["limits 承诺办结时限由“10个工作日”改为“8个工作日”。 / Promised limit from \"10 working days\" to \"8 working days\"."]);
}

#[test]
fn materials_fields_tasks_and_tables_are_named() {
    let found = changes("item.toml", "size_max_bytes = 10485760", "size_max_bytes = 5242880");
    assert_eq!(found, ["material 材料“户外广告设计图”有变化。 / Material \"Drawing of the advertisement\" changed."]);
    let found = changes("form.json", "\"maximum\": 500, \"title\": \"面积（平方米）\"", "\"maximum\": 500, \"title\": \"广告面积\"");
    assert_eq!(found, ["field 表单字段“广告面积”有变化。 / Form field \"Area (m²)\" changed."]);
    let found = changes("flow.bpmn", "zs:kind=\"review\" zs:limit-workdays=\"3\"", "zs:kind=\"review\" zs:limit-workdays=\"2\"");
    assert_eq!(found, ["task 办理环节“审查”有变化。 / Step of the flow \"review\" changed."]);
    let found = changes("rules/size.dmn", "面积不足10平方米的，不需", "不足10平方米的，不需");
    assert_eq!(found, ["table 决策表“rules/size.dmn”有变化。 / Decision file \"rules/size.dmn\" changed."]);
}

#[test]
fn a_change_of_law_lists_what_it_touches() {
    let package = good::package();
    let parts: Vec<CitedBy> = package.citing("城市市容和环境卫生管理条例", Some("第十一条")).into_iter().map(|citation| citation.part).collect();
    let material = |id: &str| CitedBy::Material(id.to_owned());
    assert_eq!(parts, [CitedBy::Item, material("design"), material("owner_consent"), material("business_licence")]);
    assert_eq!(package.citing("行政许可法", None)[0].part, CitedBy::Limit);
    assert!(package.citing("行政许可法", Some("第四条")).is_empty());
}
