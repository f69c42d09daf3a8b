//! Comparisons that are kept, and the cases that follow.

use quality::commands::{CompareSources, OpenCorrection};
use quality::{Column, Columns, Comparison, Kind, Side, queries};
use serde_json::json;
use testkit::on_both;

use crate::world::County;

fn columns(key: &str, fields: &[&str]) -> Columns {
    Columns { key: vec![Column::parse(key)], fields: fields.iter().map(|field| Column::parse(field)).collect() }
}

fn differing() -> Comparison {
    let (left, right) = ("code,name\n1,甲\n2,乙\n", "code,name\n1,甲\n2,丙\n3,丁\n");
    queries::compare_files(Side::of_bytes(left.as_bytes()), Side::of_bytes(right.as_bytes()), &columns("code", &["name"])).unwrap()
}

fn kept(county: &County, result: Comparison) -> CompareSources {
    CompareSources {
        organ: county.organ("public-security"),
        left: "门牌.csv".into(),
        right: "地名.csv".into(),
        register: None,
        other_register: None,
        result,
    }
}

#[test]
fn differences_become_one_case_with_the_organ_that_has_to_correct() {
    on_both(|database| {
        let county = County::on(database);
        let id = county.world.execute(&county.police(), kept(&county, differing())).outcome;
        let organ = county.organ("civil-affairs");
        let open = || OpenCorrection { comparison: id.clone(), organ: organ.clone() };
        let case = county.world.execute(&county.police(), open()).outcome;
        assert_eq!(county.world.refuse(&county.police(), open()).code, "nothing-different");
        let led = county.world.read(|tx| queries::corrections_of(tx, &id));
        assert_eq!((led.len(), &led[0].correction.case, &led[0].correction.organ, led[0].is_open), (1, &case, &organ, true));
        let kept = county.world.read(|tx| queries::comparison(tx, &id)).unwrap();
        assert_eq!((kept.result.count(Kind::Different), kept.result.count(Kind::OnlyRight)), (1, 1));
    });
}

#[test]
fn what_does_not_differ_is_not_sent_and_strangers_do_not_compare_for_others() {
    on_both(|database| {
        let county = County::on(database);
        let text = b"code\n1\n";
        let same = queries::compare_files(Side::of_bytes(text), Side::of_bytes(text), &columns("code", &[])).unwrap();
        let id = county.world.execute(&county.police(), kept(&county, same)).outcome;
        let open = OpenCorrection { comparison: id, organ: county.organ("civil-affairs") };
        assert_eq!(county.world.refuse(&county.police(), open).code, "nothing-different");
        let stranger = county.clerk("civil-affairs", "data-officer");
        assert_eq!(county.world.refuse(&stranger, kept(&county, differing())).code, "not-permitted");
    });
}

#[test]
fn a_register_about_nobody_is_compared_with_a_file_and_one_about_persons_is_not() {
    on_both(|database| {
        let county = County::on(database);
        let place = |code: &str, name: &str| json!({ "place_code": code, "kind": "road", "name": name, "division": "339921100" });
        county.load("addresses", "places", vec![place("3399211000001", "和平路"), place("3399211000002", "中山路")]);
        let keys = county.world.runner().service::<seal::FieldKeys>().unwrap();
        let file = "代码,名称\n3399211000001,和平路\n3399211000002,中山北路\n3399211000003,解放路\n";
        let wanted = columns("place_code=代码", &["name=名称"]);
        let compare = |register: &str, columns: &Columns| {
            queries::compare_registers(county.world.runner(), &keys, Side::Register(register), Side::of_bytes(file.as_bytes()), columns)
        };
        let found = compare("addresses", &wanted).unwrap();
        assert_eq!((found.same, found.count(Kind::Different), found.count(Kind::OnlyRight)), (1, 1, 1));
        assert_eq!(found.differences[0].left, Some(2));
        match compare("population", &columns("id_number=代码", &[])) {
            Err(runner::Halt::Refused(refusal)) => assert_eq!(refusal.code, "comparison-personal"),
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn a_database_elsewhere_is_a_side_of_a_comparison_row_by_row_for_its_owner_alone() {
    on_both(|database| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("places.db");
        let raw = rusqlite::Connection::open(&path).unwrap();
        raw.execute_batch(
            "create table dm (bm text, mc text);
             insert into dm values ('3399211000001', '和平路'), ('3399211000002', '中山北路'), ('3399211000003', '解放路'), (null, '无码');",
        )
        .unwrap();
        let columns_of = |pairs: &[(&str, &str)]| pairs.iter().map(|(own, theirs)| ((*own).to_owned(), (*theirs).to_owned())).collect();
        let table = sources::SqliteTable::new(&path, "dm", columns_of(&[("place_code", "bm"), ("name", "mc")]));
        let county = County::with(database, registers::Connections::default().with("places", Box::new(table)));
        let place = |code: &str, name: &str| json!({ "place_code": code, "kind": "road", "name": name, "division": "339921100" });
        county.load("addresses", "places", vec![place("3399211000001", "和平路"), place("3399211000002", "中山路")]);
        let shipped = registers::SHIPPED.iter().find(|(slug, _)| *slug == "addresses").unwrap().1;
        let text = shipped.replacen("slug = \"addresses\"", "slug = \"addresses-elsewhere\"", 1);
        let text = text.replacen("update_period", "origin = { kind = \"asked\", connection = \"places\" }\nupdate_period", 1);
        county.world.execute(&runner::Actor::system(), registers::DeclareRegister { text, division: town::DIVISION.into() });
        let keys = county.world.runner().service::<seal::FieldKeys>().unwrap();
        let (own, elsewhere) = (Side::Register("addresses"), Side::Register("addresses-elsewhere"));
        let found = queries::compare_registers(county.world.runner(), &keys, own, elsewhere, &columns("place_code", &["name"])).unwrap();
        assert_eq!((found.left_rows, found.right_rows, found.same), (2, 4, 1));
        assert_eq!((found.count(Kind::Different), found.count(Kind::OnlyRight), found.count(Kind::NoKey)), (1, 1, 1));
        let different = found.differences.iter().find(|one| one.kind == Kind::Different).unwrap();
        assert_eq!((different.left, different.right), (Some(2), Some(2)));
        let made = |organ: &str| CompareSources {
            organ: county.organ(organ),
            register: Some("addresses".into()),
            other_register: Some("addresses-elsewhere".into()),
            ..kept(&county, found.clone())
        };
        let owner = county.world.read(|tx| registers::overview(tx, "addresses-elsewhere")).unwrap().owner.unwrap();
        let owner_duty =
            ["civil-affairs", "public-security", "natural-resources"].into_iter().find(|duty| county.organ(duty) == owner.id.as_str()).unwrap();
        county.world.execute(&county.clerk(owner_duty, "data-officer"), made(owner_duty));
        let other = if owner_duty == "public-security" { "civil-affairs" } else { "public-security" };
        assert_eq!(county.world.refuse(&county.clerk(other, "data-officer"), made(other)).code, "comparison-foreign");
        drop(raw);
        std::fs::remove_file(&path).unwrap();
        let gone = queries::compare_registers(
            county.world.runner(),
            &keys,
            Side::Register("addresses-elsewhere"),
            Side::of_bytes(b"code\n1\n"),
            &columns("place_code=code", &[]),
        );
        match gone {
            Err(runner::Halt::Refused(refusal)) => assert_eq!(refusal.code, "source-unreachable"),
            other => panic!("{other:?}"),
        }
    });
}
