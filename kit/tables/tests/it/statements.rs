//! What strangers write.

use std::time::{Duration, Instant};

use tables::{Answer, Bounds, Cell, Kind, Named, TableError};

use crate::stops;

fn ask(sql: &str) -> Result<Answer, TableError> {
    ask_within(sql, Bounds::default())
}

fn ask_within(sql: &str, bounds: Bounds) -> Result<Answer, TableError> {
    let stops = stops();
    let other = stops.fields.clone();
    stops.shelf.build("secret", &other, crate::STOPS.as_bytes()).unwrap();
    stops.shelf.query(sql, &[Named { name: "resource-1", key: "stops", fields: &stops.fields }], &bounds)
}

#[test]
fn a_select_is_answered_with_kinds() {
    let answer = ask("SELECT line, count(*) AS n, max(opened) FROM \"resource-1\" WHERE name LIKE '%路%' GROUP BY line ORDER BY n DESC").unwrap();
    assert_eq!(answer.columns[0].kind, Some(Kind::Integer));
    assert_eq!(answer.columns[1].name, "n");
    assert_eq!(answer.rows[0], [Cell::Int(1), Cell::Int(2), Cell::Text("2020-05-01".into())]);
    assert_eq!(ask("select * from \"resource-1\" limit 1").unwrap().columns.len(), 7);
    assert_eq!(ask("select count(*) from \"resource-1\"").unwrap().rows, [[Cell::Int(4)]]);
    assert_eq!(ask("with a as (select line from \"resource-1\") select count(*) from a, a as b").unwrap().rows, [[Cell::Int(16)]]);
    assert_eq!(
        ask("select x.line, row_number() over (order by x._id) from (select * from \"resource-1\") x union select 9, 9").unwrap().rows.len(),
        5
    );
}

const REFUSED: &[&str] = &[
    "",
    "  ",
    ";",
    "-- nothing",
    "delete from \"resource-1\"",
    "insert into rows values (1)",
    "update \"resource-1\" set line = 1",
    "drop table rows",
    "drop view \"resource-1\"",
    "alter table rows rename to x",
    "reindex",
    "analyze",
    "vacuum",
    "vacuum into '/tmp/zs-x'",
    "create table t (a)",
    "create temp table t as select 1",
    "create temp trigger t after insert on rows begin select 1; end",
    "create virtual table t using fts5(a)",
    "select 1; select 2",
    "select 1; drop table rows",
    "attach database '/etc/passwd' as p",
    "attach database 'file:/tmp/x?mode=rwc' as p",
    "detach database r0",
    "pragma query_only = off",
    "pragma writable_schema = on",
    "pragma database_list",
    "select * from pragma_database_list",
    "select * from pragma_table_info('rows')",
    "explain select 1",
    "explain query plan select 1",
    "select * from sqlite_master",
    "select * from sqlite_schema",
    "select * from r0.sqlite_master",
    "select * from temp.sqlite_master",
    "select * from sqlite_temp_schema",
    "select * from rows",
    "select * from r0.rows",
    "select * from words",
    "select * from r0.words",
    "select * from secret",
    "select * from \"secret\"",
    "select * from main.rows",
    "select * from dbstat",
    "select load_extension('x')",
    "select readfile('/etc/passwd')",
    "select writefile('/tmp/x', 'y')",
    "select randomblob(1000000)",
    "select zeroblob(1000000000)",
    "select hex(name) from \"resource-1\"",
    "select random()",
    "select sqlite_version()",
    "select printf('%1000000d', 1)",
    "select format('%.*c', 100000000, 'x')",
    "select sqlite_compileoption_get(1)",
    "select last_insert_rowid()",
    "select fts5('x')",
    "select * from json_each('[1]')",
    "select * from generate_series(1, 100000000)",
    "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c",
    "begin",
    "begin immediate",
    "commit",
    "rollback",
    "savepoint x",
    "release x",
    "select ?1",
    "select :name",
    "select @x",
    "select x'00ff'",
    "select * from \"resource-1\" where name match 'x'",
    "select nonsense from \"resource-1\"",
    "selec 1",
    "select * from \"resource-1\" where (",
    "select 1 from nowhere",
];

#[test]
fn everything_else_is_refused() {
    for sql in REFUSED {
        match ask(sql) {
            Err(TableError::NotPermitted(_) | TableError::Wrong(_)) => {}
            other => panic!("{sql}: {other:?}"),
        }
    }
    assert!(!std::path::Path::new("/tmp/zs-x").exists());
}

#[test]
fn whoever_writes_is_told_that_it_is_not_permitted_and_whoever_errs_that_it_is_wrong() {
    for sql in [
        "delete from \"resource-1\"",
        "DELETE FROM nowhere",
        "-- tidy up\n /* and more */ insert into \"resource-1\" values (1)",
        "update \"resource-1\" set line = 1 where nonsense = 2",
        "with a as (select 1) delete from \"resource-1\"",
        "with a as (select 1) update \"resource-1\" set line = 1",
        "drop table nowhere",
        "replace into \"resource-1\" values (1)",
    ] {
        assert!(matches!(ask(sql), Err(TableError::NotPermitted(_))), "{sql}");
    }
    for sql in [
        "select nonsense from \"resource-1\"",
        "selec 1",
        "deleted from \"resource-1\"",
        "select line as update_of from \"resource-1\" where nonsense = 1",
    ] {
        assert!(matches!(ask(sql), Err(TableError::Wrong(_))), "{sql}");
    }
}

#[test]
fn a_statement_without_end_is_ended() {
    let bounds = Bounds { time_max: Duration::from_millis(300), ..Bounds::default() };
    let many = vec!["\"resource-1\""; 20];
    let named: Vec<String> = many.iter().enumerate().map(|(at, name)| format!("{name} as t{at}")).collect();
    let started = Instant::now();
    for sql in [
        format!("select count(*) from {}", named.join(", ")),
        format!("select sum(t0.line) from {} where t0.name < t19.name", named.join(", ")),
        format!("select t0.name from {} order by t3.name || t1.name desc", named.join(", ")),
    ] {
        assert!(matches!(ask_within(&sql, bounds), Err(TableError::TooSlow)), "{sql}");
    }
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn values_that_grow_without_end_are_refused() {
    let grown = (0..30).fold("'xxxxxxxxxxxxxxxx'".to_owned(), |inner, _| format!("replace({inner}, 'x', 'xxxxxxxx')"));
    let nested = format!("select {}1{}", "abs(".repeat(200), ")".repeat(200));
    let compound = vec!["select 1"; 50].join(" union all ");
    let long = format!("select '{}'", "x".repeat(20_000));
    for sql in [format!("select {grown}"), nested, compound, long] {
        assert!(matches!(ask(&sql), Err(TableError::NotPermitted(_) | TableError::Wrong(_))), "{}", &sql[..60]);
    }
    let stars = format!("select count(*) from \"resource-1\" where replace(name, '站', '{}') like '{}b'", "a".repeat(10_000), "%a".repeat(100));
    let started = Instant::now();
    let _ = ask(&stars);
    assert!(started.elapsed() < Duration::from_secs(4));
}

#[test]
fn an_answer_ends_at_its_bounds_and_says_so() {
    let sql = "select a.name from \"resource-1\" a, \"resource-1\" b, \"resource-1\" c";
    let rows = ask_within(sql, Bounds { rows_max: 10, ..Bounds::default() }).unwrap();
    assert_eq!((rows.rows.len(), rows.is_cut), (10, true));
    let bytes = ask_within(sql, Bounds { bytes_max: 500, ..Bounds::default() }).unwrap();
    assert!(bytes.is_cut && bytes.rows.len() < 20);
    assert!(!ask("select 1").unwrap().is_cut);
}
