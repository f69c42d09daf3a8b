//! Differences of every kind are found, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::model::comparison::Difference;

fn texts(left: &str, right: &str, key: &[&str], fields: &[&str]) -> Result<Comparison, Halt> {
    let columns = |names: &[&str]| names.iter().map(|name| Column::parse(name)).collect();
    let columns = Columns { key: columns(key), fields: columns(fields) };
    compare(Side::of_bytes(left.as_bytes()), Side::of_bytes(right.as_bytes()), &columns, None)
}

fn code(result: Result<Comparison, Halt>) -> String {
    match result {
        Err(Halt::Refused(refusal)) => refusal.code.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_kind_of_difference_is_found_with_its_rows() {
    let left = "code,name,town\nA1,茶店,城关\nA2,面馆,城关\nA3,布店,溪口\nA3,布店,溪口\n,无,城关\nA5,书店,白石\n";
    let right = "代码;name;town\nA5;书店;白石\nA1;茶 店;城关\nA2;面馆;溪口\nA4;药店;城关\nA4;药店;城关\nA1;茶店;城关\n";
    let found = texts(left, right, &["code=代码"], &["name", "town"]).unwrap();
    assert_eq!((found.left_rows, found.right_rows, found.same, found.different()), (6, 6, 2, 7));
    let one = |kind, left, right, fields: &[&str]| Difference { kind, left, right, fields: fields.iter().map(|name| (*name).to_owned()).collect() };
    let expected = [
        one(Kind::TwiceLeft, Some(5), None, &[]),
        one(Kind::NoKey, Some(6), None, &[]),
        one(Kind::Different, Some(3), Some(4), &["town"]),
        one(Kind::OnlyRight, None, Some(5), &[]),
        one(Kind::TwiceRight, None, Some(6), &[]),
        one(Kind::TwiceRight, Some(2), Some(7), &[]),
        one(Kind::OnlyLeft, Some(4), None, &[]),
    ];
    assert_eq!(found.differences, expected);
    assert_eq!(found.by_field, BTreeMap::from([("town".to_owned(), 1)]));
}

#[test]
fn files_in_old_encodings_and_json_are_compared_alike() {
    let (old, _, _) = encoding_rs::GB18030.encode("号码,姓名\n1,林晓禾\n2,周德全\n");
    let json = r#"[{"号码": "1", "姓名": "林晓禾"}, {"号码": "2", "姓名": "周敏"}]"#;
    let columns = Columns { key: vec![Column::parse("号码")], fields: vec![Column::parse("姓名")] };
    let found = compare(Side::of_bytes(&old), Side::of_bytes(json.as_bytes()), &columns, None).unwrap();
    assert_eq!((found.same, found.count(Kind::Different)), (1, 1));
}

#[test]
fn what_cannot_be_compared_is_said() {
    assert_eq!(code(texts("a,b\n1,2\n", "a,c\n1,2\n", &["a"], &["b"])), "comparison-unfit");
    assert_eq!(code(texts("a\n1\n", "a\n1\n", &[], &[])), "comparison-unfit");
    assert_eq!(code(texts("", "a\n1\n", &["a"], &[])), "file-empty");
}

#[test]
fn what_is_kept_is_bounded_and_all_is_counted() {
    let many: String = std::iter::once("a\n".to_owned()).chain((0..1_500).map(|row| format!("{row}\n"))).collect();
    let found = texts(&many, "a\n", &["a"], &[]).unwrap();
    assert_eq!((found.count(Kind::OnlyLeft), found.differences.len()), (1_500, 1_000));
}

proptest! {
    /// The comparison says of each key what sets say, in whatever order the rows come.
    #[test]
    fn the_comparison_agrees_with_sets(left in prop::collection::vec((0_u8..40, 0_u8..3), 0..60), right in prop::collection::vec((0_u8..40, 0_u8..3), 0..60)) {
        let file = |rows: &[(u8, u8)]| rows.iter().fold("k,v\n".to_owned(), |text, (key, value)| format!("{text}K{key},{value}\n"));
        let found = texts(&file(&left), &file(&right), &["k"], &["v"]).unwrap();
        let first = |rows: &[(u8, u8)]| rows.iter().rev().copied().collect::<BTreeMap<u8, u8>>();
        let (a, b) = (first(&left), first(&right));
        let keys = |map: &BTreeMap<u8, u8>| map.keys().copied().collect::<BTreeSet<_>>();
        let both: Vec<u8> = keys(&a).intersection(&keys(&b)).copied().collect();
        let same = both.iter().filter(|key| a[key] == b[key]).count();
        let count = |kind| usize::try_from(found.count(kind)).unwrap();
        prop_assert_eq!(usize::try_from(found.same).unwrap(), same);
        prop_assert_eq!(count(Kind::Different), both.len() - same);
        prop_assert_eq!(count(Kind::OnlyLeft), a.len() - both.len());
        prop_assert_eq!(count(Kind::OnlyRight), b.len() - both.len());
        prop_assert_eq!(count(Kind::TwiceLeft), left.len() - a.len());
        prop_assert_eq!(count(Kind::TwiceRight), right.len() - b.len());
    }
}
