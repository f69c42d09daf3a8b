use crate::tables::{book, good, with};
use crate::world::{Town, content};
use catalogue::queries;
use catalogue::spreadsheet::{Provider, read};
use catalogue::{BeginImport, IMPORT_ROWS_MAX, ImportRow, ImportRows, RowOutcome, Status};
use testkit::on_both;

fn provider(town: &Town) -> Provider {
    let organ = town.world.read(|tx| parties::organ(tx, &town.market)).unwrap();
    Provider { organ: organ.id, names: vec![organ.name.zh], code: organ.code.to_string() }
}

fn import(town: &Town, rows: &[Vec<String>]) -> (String, Vec<ImportRow>) {
    let table = read(&book(rows), &[provider(town)]).unwrap();
    let begin = BeginImport { organ: town.market.clone(), file_name: "目录.xlsx".into(), file_hash: "00".into(), report: table.report };
    (town.world.execute(&town.officer(&town.market), begin).outcome, table.rows)
}

fn take(town: &Town, import: &str, rows: Vec<ImportRow>) -> Vec<RowOutcome> {
    town.world.execute(&town.officer(&town.market), ImportRows { import: import.to_owned(), rows }).outcome
}

const NAME: &str = "云溪县市场监督管理局";

#[test]
fn good_rows_become_drafts_and_a_second_import_changes_nothing() {
    on_both(|database| {
        let town = Town::new(database);
        let rows = [good("甲", NAME), with(good("乙", NAME), 12, "部分共享"), good("丙", NAME)];
        let (first, good_rows) = import(&town, &rows);
        assert_eq!(take(&town, &first, good_rows), [RowOutcome::Created, RowOutcome::Created]);
        let record = town.world.read(|tx| queries::import(tx, &first)).unwrap();
        assert_eq!((record.taken, record.report.found, record.report.good), (2, 3, 2));
        let (second, good_rows) = import(&town, &rows);
        assert_eq!(take(&town, &second, good_rows), [RowOutcome::Unchanged, RowOutcome::Unchanged]);
        let (third, good_rows) = import(&town, &[with(good("甲", NAME), 15, "每月")]);
        assert_eq!(take(&town, &third, good_rows), [RowOutcome::Changed]);
        let found = town.world.read(|tx| queries::resource_by_name(tx, &town.market, "甲")).unwrap();
        assert_eq!((found.status, found.content.period), (Status::Draft, catalogue::UpdatePeriod::Monthly));
    });
}

#[test]
fn a_row_that_cannot_be_taken_is_reported_with_its_cell_and_the_others_are_taken() {
    on_both(|database| {
        let town = Town::new(database);
        let busy = town.draft_of(&town.market, content("甲"));
        town.submit(&busy);
        let taken = town.get(&busy).code.to_string();
        let (id, rows) = import(&town, &[good("甲", NAME), with(good("乙", NAME), 2, &taken), good("丙", NAME)]);
        assert_eq!(take(&town, &id, rows), [RowOutcome::Refused, RowOutcome::Refused, RowOutcome::Created]);
        let record = town.world.read(|tx| queries::import(tx, &id)).unwrap();
        let cells: Vec<_> =
            record.report.problems.iter().rev().take(2).map(|problem| (problem.cell.as_str(), problem.sentence.zh.as_str())).collect();
        assert_eq!(cells[1].0, "B2");
        assert!(cells[1].1.contains("待注册审核"), "{cells:?}");
        assert!(cells[0].0 == "B3" && cells[0].1.contains("已经使用"), "{cells:?}");
    });
}

#[test]
fn imports_are_for_the_officer_of_the_organ_and_in_parts() {
    on_both(|database| {
        let town = Town::new(database);
        let (id, rows) = import(&town, &[good("甲", NAME)]);
        for stranger in [town.officer(&town.health), town.clerk(&town.market), town.reviewer()] {
            let command = ImportRows { import: id.clone(), rows: rows.clone() };
            assert_eq!(town.world.refuse(&stranger, command).code, "not-permitted");
        }
        let many = vec![rows[0].clone(); IMPORT_ROWS_MAX + 1];
        assert_eq!(town.world.refuse(&town.officer(&town.market), ImportRows { import: id, rows: many }).code, "rows-too-many");
    });
}
