//! Tables from sheets, questions of friends and of strangers.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod statements;

use tables::{Answer, Bounds, Cell, Field, Filter, Kind, Search, Shelf, Sought, TableError, guess};

pub const STOPS: &str = "编号,name,line,lat,opened,covered\n\
    S001,云溪县人民路站,1,30.25,2019-05-01,是\n\
    S002,城关镇中山路口站,1,30.26,2020-05-01,否\n\
    S003,溪口街道育才路站,2,30.27,,是\n\
    S004,人民医院站 Hospital,3,,2024-01-09,否\n";

pub struct Stops {
    pub shelf: Shelf,
    pub fields: Vec<Field>,
    pub folder: tempfile::TempDir,
}

pub fn stops() -> Stops {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(folder.path()).unwrap();
    let mut fields = guess(STOPS.as_bytes()).unwrap();
    fields[5].kind = Kind::Boolean;
    assert_eq!(shelf.build("stops", &fields, STOPS.as_bytes()).unwrap(), Some(4));
    Stops { shelf, fields, folder }
}

impl Stops {
    fn search(&self, asked: Search) -> Result<Answer, TableError> {
        self.shelf.search("stops", &self.fields, &Search { limit: 100, count: true, ..asked }, &Bounds::default())
    }

    fn numbers(&self, asked: Search) -> Vec<String> {
        let answer = self.search(Search { columns: vec!["编号".into()], ..asked }).unwrap();
        assert_eq!(answer.total, Some(answer.rows.len() as u64));
        answer
            .rows
            .into_iter()
            .map(|row| match &row[0] {
                Cell::Text(text) => text.clone(),
                other => format!("{other:?}"),
            })
            .collect()
    }
}

fn any(name: &str, cells: &[Cell]) -> (String, Filter) {
    (name.into(), Filter::AnyOf(cells.to_vec()))
}

#[test]
fn values_keep_their_kinds() {
    let stops = stops();
    let answer = stops.search(Search { filters: vec![any("编号", &[Cell::Text("S003".into())])], ..Search::default() }).unwrap();
    let names: Vec<&str> = answer.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["_id", "编号", "name", "line", "lat", "opened", "covered"]);
    assert_eq!(
        answer.rows,
        [[Cell::Int(3), Cell::Text("S003".into()), Cell::Text("溪口街道育才路站".into()), Cell::Int(2), Cell::Real(30.27), Cell::Null, Cell::Int(1)]]
    );
}

#[test]
fn filters_words_and_order_are_combined() {
    let stops = stops();
    let numbers = |asked| stops.numbers(asked);
    assert_eq!(numbers(Search { filters: vec![any("line", &[Cell::Int(1), Cell::Int(3)])], ..Search::default() }), ["S001", "S002", "S004"]);
    assert_eq!(numbers(Search { filters: vec![any("lat", &[Cell::Null])], ..Search::default() }), ["S004"]);
    assert_eq!(numbers(Search { filters: vec![any("lat", &[])], ..Search::default() }), Vec::<String>::new());
    let between = ("opened".to_owned(), Filter::Between(Some(Cell::Text("2020-01-01".into())), None));
    assert_eq!(numbers(Search { filters: vec![between], ..Search::default() }), ["S002", "S004"]);
    let word = |text: &str| vec![Sought { field: None, text: text.into() }];
    assert_eq!(numbers(Search { words: word("人民"), ..Search::default() }), ["S001", "S004"]);
    assert_eq!(numbers(Search { words: word("路站"), ..Search::default() }), ["S001", "S003"]);
    assert_eq!(numbers(Search { words: word("hospi"), ..Search::default() }), ["S004"]);
    assert_eq!(numbers(Search { words: word("s00"), ..Search::default() }), ["S001", "S002", "S003", "S004"]);
    assert_eq!(numbers(Search { words: word("\" OR *"), ..Search::default() }), Vec::<String>::new());
    assert_eq!(numbers(Search { order: vec![("line".into(), true), ("编号".into(), true)], ..Search::default() }), ["S004", "S003", "S002", "S001"]);
}

#[test]
fn equal_rows_are_shown_once_on_request() {
    let stops = stops();
    let answer = stops.search(Search { columns: vec!["covered".into()], distinct: true, ..Search::default() }).unwrap();
    assert_eq!((answer.rows.len(), answer.total), (2, Some(2)));
}

#[test]
fn a_name_that_is_not_a_field_is_refused_wherever_it_stands() {
    let stops = stops();
    let evil = "name\" from rows; drop table rows; --".to_owned();
    for asked in [
        Search { columns: vec![evil.clone()], ..Search::default() },
        Search { filters: vec![(evil.clone(), Filter::AnyOf(vec![Cell::Int(1)]))], ..Search::default() },
        Search { order: vec![(evil.clone(), false)], ..Search::default() },
        Search { words: vec![Sought { field: Some(evil.clone()), text: "x".into() }], ..Search::default() },
    ] {
        assert!(matches!(stops.search(asked), Err(TableError::NoField(name)) if name == evil));
    }
}

#[test]
fn a_value_of_another_kind_is_found_with_its_line_and_leaves_no_table() {
    let stops = stops();
    let fields = vec![Field { name: "n".into(), kind: Kind::Integer, indexed: false, full_text: false }];
    let error = stops.shelf.build("other", &fields, b"n\n1\n\nx\n").unwrap_err();
    assert!(matches!(error, TableError::Value { line: 3, .. }), "{error}");
    assert!(!stops.shelf.holds("other"));
    assert_eq!(std::fs::read_dir(stops.folder.path()).unwrap().count(), 1);
    assert!(matches!(stops.shelf.build("../x", &fields, b"n\n1\n"), Err(TableError::Missing(_))));
}

#[test]
fn a_finished_table_is_never_changed() {
    let stops = stops();
    assert_eq!(stops.shelf.build("stops", &stops.fields, b"anything").unwrap(), None);
}

#[test]
fn a_table_is_the_same_as_parquet() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let stops = stops();
    assert_eq!(stops.shelf.parquet("stops").unwrap(), None);
    let made = stops.shelf.make_parquet("stops", &stops.fields, STOPS.as_bytes()).unwrap();
    assert_eq!(stops.shelf.parquet("stops").unwrap().as_ref(), Some(&made));
    assert_eq!(stops.shelf.make_parquet("stops", &stops.fields, b"not read again").unwrap(), made);
    let path = stops.folder.path().join("stops.parquet");
    let reader = SerializedFileReader::new(std::fs::File::open(path).unwrap()).unwrap();
    let rows: Vec<String> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
    assert_eq!(rows[2], r#"{编号: "S003", name: "溪口街道育才路站", line: 2, lat: 30.27, opened: null, covered: true}"#);
    assert_eq!((rows.len(), rows[3].contains("opened: 2024-01-09, covered: false")), (4, true), "{rows:?}");
}

#[test]
fn moments_and_more_rows_than_a_group_come_whole() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(folder.path()).unwrap();
    let rows: Vec<String> = (0..70_000).map(|n| format!("{n},2026-03-02T09:00:{:02}\n", n % 60)).collect();
    let sheet = format!("n,at\n{}", rows.concat());
    let fields = guess(sheet.as_bytes()).unwrap();
    assert_eq!(fields[1].kind, Kind::Timestamp);
    shelf.make_parquet("many", &fields, sheet.as_bytes()).unwrap();
    let reader = SerializedFileReader::new(std::fs::File::open(folder.path().join("many.parquet")).unwrap()).unwrap();
    assert_eq!(reader.metadata().num_row_groups(), 2);
    let rows: Vec<String> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
    assert_eq!((rows.len(), rows[69_999].as_str()), (70_000, "{n: 69999, at: 2026-03-02 09:00:39.000000 +00:00}"));
    let wrong = shelf.make_parquet("wrong", &fields, b"n,at\n1,never\n").unwrap_err();
    assert!(matches!(wrong, TableError::Value { line: 2, .. }) && !folder.path().join("wrong.parquet").exists());
}
