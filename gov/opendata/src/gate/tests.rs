#![allow(clippy::unwrap_used)]
use super::*;
use crate::model::ResourceId;
use tables::guess;

fn resource(csv: &str, adjust: impl Fn(&mut DataField)) -> Resource {
    let mut fields: Vec<DataField> = guess(csv.as_bytes()).unwrap().into_iter().map(DataField::plain).collect();
    fields.iter_mut().for_each(adjust);
    Resource {
        id: ResourceId::parse("resource_00000000000000000000000000").unwrap(),
        name: Text::same("file"),
        note: Text::default(),
        format: "CSV".into(),
        blob: None,
        url: String::new(),
        size_bytes: 1,
        fields,
        rows: None,
        at_ms: 0,
    }
}

fn faults(csv: &str, adjust: impl Fn(&mut DataField)) -> Vec<(Fault, String, u64, bool)> {
    let found = scan(&resource(csv, adjust), csv.as_bytes()).findings;
    found.into_iter().map(|finding| (finding.fault, finding.field, finding.rows, finding.forbids)).collect()
}

#[test]
fn identity_numbers_are_told_by_their_check_digit() {
    let csv = "k,v\n1,33992119900307777X\n2,11010119900307747\n3,110101199003077475\n4,x 11010519491231002X y\n";
    assert_eq!(faults(csv, |_| ()), [(Fault::Personal("identity-number".into()), "v".to_owned(), 2, true)]);
}

#[test]
fn mobiles_cards_and_addresses_of_mail_are_found_anywhere() {
    let csv = "a,b,c\n电话13812345678,6228480402564890018,x@example.com\n12345,6228480402564890019,a@yunxi.gov.cn\n";
    let found = faults(csv, |_| ());
    assert_eq!(
        found,
        [
            (Fault::Personal("mobile".into()), "a".to_owned(), 1, true),
            (Fault::Personal("bank-card".into()), "b".to_owned(), 1, true),
            (Fault::Personal("email".into()), "c".to_owned(), 1, true),
        ]
    );
}

#[test]
fn names_are_told_by_the_column_or_by_being_most_of_it() {
    assert_eq!(faults("申请人\n王小明\n", |_| ()).len(), 1);
    assert_eq!(faults("x\n王小明\n李四\n张三\n赵六\n孙七\n", |_| ()).len(), 1);
    assert_eq!(faults("x\n云溪县\n高中\n人民医院\n中山路\n城关镇\n溪口\n汽车站\n", |_| ()), []);
}

#[test]
fn a_name_that_a_law_makes_public_is_shown_to_whoever_approves() {
    let found = faults("法定代表人\n王小明\n", |field| field.public_by = "企业信息公示暂行条例 第六条".into());
    assert_eq!(found, [(Fault::Personal("person-name".into()), "法定代表人".to_owned(), 1, false)]);
    let never = faults("法定代表人\n11010519491231002X\n", |field| field.public_by = "x".into());
    assert!(never.iter().all(|found| found.3));
}

#[test]
fn what_a_column_may_be_by_its_name_or_need_not_be_about_somebody_is_for_whoever_approves() {
    let check = |csv: &str| faults(csv, |_| ()).into_iter().map(|(fault, _, _, forbids)| (fault, forbids)).collect::<Vec<_>>();
    assert_eq!(check("诊断\n高血压\n"), [(Fault::Personal("health".into()), false)]);
    assert_eq!(check("民族,人数\n汉族,120\n回族,9\n"), [(Fault::Personal("ethnicity".into()), false)]);
    assert_eq!(check("出生日期\n1990-01-31\n"), [(Fault::Personal("birth".into()), true)]);
    assert_eq!(check("车号\n浙A12345\n"), [(Fault::Personal("plate".into()), true)]);
}

#[test]
fn the_title_of_the_dictionary_tells_as_well_as_the_name_of_the_field() {
    let titled = |title: &'static str| {
        faults("fzr\n王小明\n县图书馆\n县文化馆\n县体育馆\n县档案馆\n县博物馆\n", move |field| field.title = Text::same(title))
    };
    assert_eq!(titled("负责人"), [(Fault::Personal("person-name".into()), "fzr".to_owned(), 1, true)]);
    assert_eq!(titled("馆名称"), []);
}

#[test]
fn a_text_that_is_no_table_is_looked_through_line_by_line() {
    let text = "{\"a\": 1}\n{\"a\": \"13812345678\"}\n{\"a\": \"x@example.com\"}\n";
    let found = scan_text(&resource("a\n1\n", |_| ()), text).findings;
    let places: Vec<_> = found.iter().map(|finding| (finding.fault.clone(), finding.lines.clone(), finding.forbids)).collect();
    assert_eq!(places, [(Fault::Personal("mobile".into()), vec![2], true), (Fault::Personal("email".into()), vec![3], true)]);
}

#[test]
fn findings_of_the_past_are_read() {
    let finding = r#"{"fault":{"personal":"identity-number"},"resource":"r","field":"v","rows":1,"lines":[2],"forbids":true,
        "sentence":{"zh":"","en":""},"next_step":{"zh":"","en":""}}"#;
    assert_eq!(serde_json::from_str::<Finding>(finding).unwrap().fault, Fault::Personal("identity-number".into()));
}

#[test]
fn groups_of_fewer_than_five_are_found() {
    let mut csv = "band,town\n".to_owned();
    csv.push_str(&"30-39,城关镇\n".repeat(5));
    csv.push_str(&"40-49,城关镇\n".repeat(4));
    csv.push_str("40-49,溪口街道\n");
    assert_eq!(faults(&csv, |field| field.quasi = true), [(Fault::SmallGroups, "band、town".to_owned(), 5, true)]);
    assert_eq!(faults(&csv, |field| field.quasi = field.field.name == "town").len(), 1);
    assert_eq!(faults(&csv, |_| ()), []);
}

#[test]
fn small_numbers_are_found_where_they_count_people() {
    let csv = "month,n\n2026-01,0\n2026-02,4\n2026-03,5\n2026-04,\n2026-05,1\n";
    assert_eq!(faults(csv, |field| field.counts = field.field.name == "n"), [(Fault::SmallCells, "n".to_owned(), 2, true)]);
}

#[test]
fn what_cannot_be_read_is_said_with_its_line() {
    let good = "a,b\n1,2\n";
    let found = scan(&resource(good, |_| ()), b"a,b\n1,2\n3\n").findings;
    assert_eq!((&found[0].fault, found[0].lines.clone()), (&Fault::Unreadable, vec![3]));
}

#[test]
fn a_finding_never_repeats_the_value() {
    let csv = "v\n11010519491231002X\n13812345678\n";
    let text = serde_json::to_string(&scan(&resource(csv, |_| ()), csv.as_bytes()).findings).unwrap();
    assert!(!text.contains("110105") && !text.contains("138123"));
}
