//! Loads: good rows kept, problems reported, files loaded once; and the change feed.

use registers::Cause;
use serde_json::json;
use testkit::on_both;
use tracker::Manner;

use crate::world::*;

#[test]
fn good_rows_are_kept_and_every_problem_is_reported() {
    on_both(|database| {
        let world = empty(database);
        declare(&world, "population");
        let mut wrong = map(person("郑百岁", "33992119250211031X", "13800000004", "云溪县石门乡", "339921200"));
        wrong.insert("birth_date".into(), "1926-02-11".into());
        wrong.insert("mobile".into(), "123".into());
        wrong.insert("hobby".into(), "象棋".into());
        let good = person("林晓禾", LIN, "13800000001", "云溪县城关镇和平路12号", "339921100");
        let report = load(&world, "population", "mixed", vec![wrong.into(), good.clone(), good, json!({ "姓名": "无号码" })]).report;
        assert_eq!((report.rows, report.added, report.refused), (4, 1, 3));
        let problems: Vec<_> = report.problems.iter().map(|problem| (problem.row, problem.column.as_str())).collect();
        let expected = [(2, "hobby"), (2, "mobile"), (2, "birth_date"), (4, "id_number")];
        assert_eq!(problems[..4], expected);
        assert!(problems.iter().filter(|(row, _)| *row == 5).count() >= 4, "{problems:?}");
        assert!(report.problems.iter().all(|problem| !problem.sentence.is_incomplete()));
    });
}

#[test]
fn a_file_is_loaded_once() {
    on_both(|database| {
        let world = world(database);
        let again = load(&world, "population", "first", vec![]);
        assert!(again.again && again.report.added == 3);
        let same = person("林晓禾", LIN, "13800000001", "云溪县城关镇和平路12号", "339921100");
        let other_file = load(&world, "population", "other", vec![same]);
        assert_eq!((other_file.again, other_file.report.unchanged, other_file.report.position_from), (false, 1, 0));
        assert_eq!(world.read(|tx| registers::loads(tx, "population")).len(), 2);
    });
}

#[test]
fn a_load_has_one_entry_without_personal_data() {
    on_both(|database| {
        let world = world(database);
        let entries = world.read(|tx| Ok(journal::entries_of(tx, "register:population").unwrap()));
        assert_eq!(entries.iter().map(|entry| entry.header.kind.as_str()).collect::<Vec<_>>(), ["register-declared", "records-loaded"]);
        let payload = entries[1].payload.clone().unwrap();
        assert!(payload.contains("\"added\":3") && !payload.contains("林") && !payload.contains(LIN), "{payload}");
        let plain: Vec<String> = world.read(|tx| {
            let rows = tx.query("select key_index || coalesce(subject_index, '') || plain || sealed from register_record", &[])?;
            rows.iter().map(|row| row.get(0)).collect()
        });
        assert!(plain.iter().all(|text| !text.contains(LIN) && !text.contains("林晓禾") && !text.contains("13800000001")));
    });
}

#[test]
fn the_feed_tells_every_change_without_a_gap_and_without_values() {
    on_both(|database| {
        let world = world(database);
        world.move_to("2026-03-10T09:00");
        let mut row = map(person("林晓禾", LIN, "13800000002", "云溪县城关镇和平路12号", "339921100"));
        row.insert("valid_from".into(), "2026-03-01".into());
        load(&world, "population", "second", vec![row.into()]);
        let changes = world.store().read(|tx| registers::changes_after(tx, "population", 0, 100)).unwrap();
        assert_eq!(changes.iter().map(|change| change.position).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert_eq!(
            changes.iter().map(|change| change.cause).collect::<Vec<_>>(),
            [Cause::Added, Cause::Added, Cause::Added, Cause::Kept, Cause::Changed]
        );
        assert_eq!(changes[4].fields, ["mobile"]);
        assert!(changes.iter().all(|change| change.key.is_none()));
        let rest = world.store().read(|tx| registers::changes_after(tx, "population", 4, 100)).unwrap();
        assert_eq!(rest, changes[4..]);
    });
}

#[test]
fn registers_about_nobody_are_read_without_a_reading() {
    on_both(|database| {
        let world = empty(database);
        declare(&world, "macro-economy");
        let row = json!({ "指标": "地区生产总值", "期间": "2025Q4", "数值": "86.3", "单位": "亿元", "source": "县统计局" });
        assert_eq!(load(&world, "macro-economy", "gdp", vec![row]).report.problems, []);
        let asked = asked("macro-economy", &["value", "unit"], Manner::Full);
        let found = world.execute(&clerk(), registers::ReadRecord { asked, key: "gdp/2025Q4".into() });
        assert_eq!(found.outcome.unwrap().values["value"], "86.3");
        assert!(found.recorded.is_empty());
        let changes = world.store().read(|tx| registers::changes_after(tx, "macro-economy", 0, 10)).unwrap();
        assert_eq!(changes[0].key.as_deref(), Some("gdp/2025Q4"));
    });
}

#[test]
fn a_parquet_file_is_loaded_like_any_other_with_a_report() {
    let sheet = format!(
        "姓名,公民身份号码,出生日期,性别,手机号码,住址,所在区划,valid_from\n\
         林晓禾,{LIN},1990-05-17,female,13800000001,云溪县城关镇和平路12号,339921100,2026-02-01\n\
         周敏,{ZHOU},1972-06-15,female,123,云溪县溪口街道滨溪路61号,339921001,\n"
    );
    let folder = tempfile::tempdir().unwrap();
    let fields = tables::guess(sheet.as_bytes()).unwrap();
    assert_eq!(fields[2].kind, tables::Kind::Date, "days are days in the file");
    let parquet = tables::Shelf::open(folder.path()).unwrap().make_parquet("people", &fields, sheet.as_bytes()).unwrap();
    on_both(|database| {
        let world = empty(database);
        declare(&world, "population");
        let command = registers::load_command("population", &parquet, "2026-01-01".parse().unwrap()).unwrap();
        let report = world.execute(&clerk(), command).outcome.report;
        assert_eq!((report.rows, report.added, report.refused), (2, 1, 1), "{:?}", report.problems);
        assert!(report.problems.iter().any(|problem| (problem.row, problem.column.as_str()) == (2, "mobile")), "{:?}", report.problems);
        let refusal = registers::load_command("population", &parquet[..parquet.len() - 9], "2026-01-01".parse().unwrap()).unwrap_err();
        assert_eq!(refusal.code, "file-parquet-damaged");
    });
}
