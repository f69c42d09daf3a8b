//! Sources that are asked live: every kind gives the same answer to the same question.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use mysql::prelude::Queryable;

use serde_json::{Value, json};
use sources::{FileDrop, HttpJson, Mapping, MySqlTable, PostgresTable, Source, SourceError, SqliteTable};

const NUMBER: &str = "339921199005170241";

fn mapping() -> Mapping {
    [("id_number", "sfzh"), ("name", "xm"), ("age", "nl")].map(|(own, theirs)| (own.to_owned(), theirs.to_owned())).to_vec()
}

fn expect(source: &dyn Source) {
    let found = source.by_key(&[("id_number", NUMBER)]).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0]["name"].as_str(), found[0].contains_key("secret")), (Some("林晓禾"), false));
    assert_eq!(found[0]["age"].to_string().trim_matches('"'), "35");
    assert!(source.by_key(&[("id_number", "' or 1=1 --")]).unwrap().is_empty());
    assert!(matches!(source.by_key(&[("password", "x")]), Err(SourceError::Unmapped { .. })));
}

/// All rows, in the names of the asker.
fn expect_all(source: &dyn Source, first: i64) {
    let mut found = Vec::new();
    source.each(&mut |row, values| found.push((row, values["name"].clone(), values.contains_key("secret")))).unwrap();
    assert_eq!(found, [(first, json!("林晓禾"), false)]);
}

#[test]
fn a_table_of_an_sqlite_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("theirs.db");
    let theirs = rusqlite::Connection::open(&path).unwrap();
    theirs
        .execute_batch(
            "create table rk (sfzh text, xm text, nl integer, secret text); insert into rk values ('339921199005170241', '林晓禾', 35, 'x')",
        )
        .unwrap();
    expect(&SqliteTable::new(&path, "rk", mapping()));
    expect_all(&SqliteTable::new(&path, "rk", mapping()), 1);
    let missing = SqliteTable::new(&folder.path().join("none.db"), "rk", mapping());
    assert!(matches!(missing.by_key(&[("id_number", NUMBER)]), Err(SourceError::Unreachable { .. })));
    assert!(!folder.path().join("none.db").exists(), "asking makes no file");
}

#[test]
fn a_view_of_a_postgresql_server() {
    let address = std::env::var("ZHENGSHU_TEST_POSTGRES").expect("ZHENGSHU_TEST_POSTGRES must hold the address of a PostgreSQL server");
    let mut client = postgres::Client::connect(&address, postgres::NoTls).unwrap();
    let schema = format!("test_sources_{}", std::process::id());
    client
        .batch_execute(&format!(
            "drop schema if exists {schema} cascade; create schema {schema};
             create table {schema}.people (sfzh text, xm text, nl bigint, secret text);
             insert into {schema}.people values ('339921199005170241', '林晓禾', 35, 'x');
             create view {schema}.rk as select sfzh, xm, nl from {schema}.people"
        ))
        .unwrap();
    expect(&PostgresTable::new(&address, &format!("{schema}.rk"), mapping()));
    expect_all(&PostgresTable::new(&address, &format!("{schema}.rk"), mapping()), 1);
    client.batch_execute(&format!("drop schema {schema} cascade")).unwrap();
}

#[test]
fn a_view_of_a_mysql_server() {
    let server = MariaDb::start();
    let address = format!("mysql://root@127.0.0.1:{}/theirs", server.port);
    let mut client = mysql::Conn::new(mysql::Opts::from_url(&address.replace("/theirs", "")).unwrap()).unwrap();
    for statement in [
        "create database theirs character set gbk",
        "create table theirs.people (sfzh char(18) primary key, xm varchar(50), nl int, born date, seen datetime, pay decimal(8,2), photo blob, secret text)",
        "insert into theirs.people values ('339921199005170241', '林晓禾', 35, '1990-05-17', '2026-03-02 09:00:00', 12.50, x'0041', 'x')",
        "create view theirs.rk as select * from theirs.people",
        "create table theirs.numbers (sfzh bigint primary key, xm text)",
        "insert into theirs.numbers values (5, 'five')",
    ] {
        client.query_drop(statement).unwrap();
    }
    let rk = MySqlTable::new(&address, "rk", mapping()).unwrap();
    expect(&rk);
    expect_all(&rk, 1);
    let more = ["sfzh", "born", "seen", "pay", "photo"].map(|name| (name.to_owned(), name.to_owned())).to_vec();
    let row = MySqlTable::new(&address, "rk", more).unwrap().by_key(&[("sfzh", NUMBER)]).unwrap().remove(0);
    let wanted = json!({ "sfzh": NUMBER, "born": "1990-05-17", "seen": "2026-03-02 09:00:00", "pay": "12.50" });
    assert_eq!(Value::Object(row), wanted, "bytes are no text");
    let numbers = MySqlTable::new(&address, "theirs.numbers", mapping()[..2].to_vec()).unwrap();
    assert_eq!(numbers.by_key(&[("id_number", "5")]).unwrap().len(), 1);
    assert!(numbers.by_key(&[("id_number", "5x")]).unwrap().is_empty(), "what merely begins with the number is another key");
    drop(server);
    let SourceError::Unreachable { place, .. } = rk.by_key(&[("id_number", NUMBER)]).unwrap_err() else { panic!("a server that is gone") };
    assert!(place.starts_with("mysql://127.0.0.1:"), "{place}");
    assert!(MySqlTable::new("host=x password=secret", "rk", mapping()).is_err_and(|fault| !fault.to_string().contains("secret")));
}

/// A server in a temporary folder, on a free port of loopback, gone when dropped.
struct MariaDb {
    process: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl MariaDb {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let program = if std::path::Path::new("/usr/sbin/mariadbd").exists() { "/usr/sbin/mariadbd" } else { "mariadbd" };
        let mut command = Command::new(program);
        // Without accounts of its own, it need not be set up first.
        command.args(["--no-defaults", "--skip-grant-tables", "--bind-address=127.0.0.1"]).arg(format!("--port={port}"));
        command.arg(format!("--datadir={}", data.display())).arg(format!("--socket={}", folder.path().join("socket").display()));
        if std::os::unix::fs::MetadataExt::uid(&folder.path().metadata().unwrap()) == 0 {
            command.arg("--user=root");
        }
        let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let process = process.expect("mariadbd, of the package mariadb-server-core, which ./test installs");
        let server = Self { process, port, _folder: folder };
        let is_up = (0..300).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(is_up, "the server listens within thirty seconds");
        server
    }
}

impl Drop for MariaDb {
    fn drop(&mut self) {
        // Nothing of it is kept.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

#[test]
fn a_folder_with_files_whose_newest_counts() {
    let folder = tempfile::tempdir().unwrap();
    let drop = FileDrop::new(folder.path(), mapping());
    assert!(drop.by_key(&[("id_number", NUMBER)]).unwrap().is_empty());
    std::fs::write(folder.path().join("2026-03-01.csv"), "sfzh,xm,nl\n339921199005170241,林小禾,34\n").unwrap();
    std::fs::write(folder.path().join("2026-03-02.csv"), "sfzh,xm,nl,secret\n339921199005170241,林晓禾,35,x\n").unwrap();
    expect(&drop);
    expect_all(&drop, 2);
}

/// Answers the next requests with JSON, and tells what they asked.
fn serve(answers: Vec<(u16, Value)>) -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/people", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let mut asked = Vec::new();
        for (status, answer) in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut buffer = [0_u8; 4096];
            let length = stream.read(&mut buffer).unwrap();
            asked.push(String::from_utf8_lossy(&buffer[..length]).lines().next().unwrap_or_default().to_owned());
            let body = answer.to_string();
            let head =
                format!("HTTP/1.1 {status} x\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(body.as_bytes()).unwrap();
        }
        asked
    });
    (address, served)
}

#[test]
fn a_service_that_answers_json() {
    let row = json!({ "sfzh": NUMBER, "xm": "林晓禾", "nl": 35, "secret": "x" });
    let answers = vec![(200, json!({ "data": { "rows": [row] } })), (200, json!({ "data": { "rows": [] } }))];
    let (address, served) = serve(answers);
    expect(&HttpJson::new(&address, Some("token".into()), "/data/rows", mapping()));
    assert_eq!(served.join().unwrap()[0], format!("GET /people?sfzh={NUMBER} HTTP/1.1"));
}

#[test]
fn a_service_that_has_nothing_fails_or_talks_nonsense() {
    let (address, served) = serve(vec![(404, json!({})), (500, json!({})), (200, json!({ "xm": { "first": "x" } }))]);
    let source = HttpJson::new(&address, None, "", mapping());
    let ask = || source.by_key(&[("id_number", NUMBER)]);
    assert!(ask().unwrap().is_empty());
    assert!(matches!(ask(), Err(SourceError::Unreachable { .. })));
    assert!(matches!(ask(), Err(SourceError::Unexpected { .. })));
    served.join().unwrap();
}
