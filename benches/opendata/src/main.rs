//! How many questions a second a table of a million rows answers over HTTP, beside datasette on the same file.
//! `bench-opendata make FOLDER ROWS` makes the table and prints its path; `bench-opendata ask FOLDER ROWS [datasette's address of the table]` asks.
//! The server here is as plain as can be: a thread a connection, the question in the address, rows as JSON.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made has failed")]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bench_load::{Ask, hammer};
use tables::{Answer, Bounds, Cell, Field, Filter, Search, Shelf, guess};

const KEY: &str = "visits";
const CONNECTIONS: u32 = 8;
const TIME: Duration = Duration::from_secs(6);
const TOWNS: [&str; 10] = ["城关镇", "溪口街道", "白石镇", "清潭镇", "石门乡", "竹林乡", "云台镇", "南山街道", "北塘镇", "柳河乡"];

fn sheet(rows: u64) -> String {
    let mut text = String::from("code,town,month,visits,mean\n");
    for row in 0..rows {
        let mixed = row.wrapping_mul(2_654_435_761) >> 7;
        let town = TOWNS[usize::try_from(mixed % 10).unwrap()];
        // Writing into a text cannot fail.
        let _ = writeln!(text, "P{row:07},{town},2026-{:02},{},{}.{}", mixed % 12 + 1, mixed % 10_000, mixed % 97, mixed % 10);
    }
    text
}

fn fields(rows: u64) -> Vec<Field> {
    let mut fields = guess(sheet(rows.min(1_000)).as_bytes()).unwrap();
    for field in &mut fields {
        field.indexed = matches!(field.name.as_str(), "code" | "town" | "visits");
        field.full_text = false;
    }
    fields
}

fn json(answer: &Answer) -> String {
    let mut text = String::from("{\"success\":true,\"result\":{\"records\":[");
    for (at, row) in answer.rows.iter().enumerate() {
        text.push_str(if at == 0 { "{" } else { ",{" });
        for (at, (cell, column)) in row.iter().zip(&answer.columns).enumerate() {
            let comma = if at == 0 { "" } else { "," };
            let _ = match cell {
                Cell::Null => write!(text, "{comma}\"{}\":null", column.name),
                Cell::Int(n) => write!(text, "{comma}\"{}\":{n}", column.name),
                Cell::Real(x) => write!(text, "{comma}\"{}\":{x}", column.name),
                Cell::Text(said) => write!(text, "{comma}\"{}\":\"{}\"", column.name, said.replace('\\', "\\\\").replace('"', "\\\"")),
            };
        }
        text.push('}');
    }
    text.push_str("]}}");
    text
}

/// `/key/123` or `/town/3`.
fn answered(shelf: &Shelf, fields: &[Field], path: &str) -> String {
    let (what, number) = path.trim_start_matches('/').split_once('/').unwrap();
    let number: i64 = number.parse().unwrap();
    let filter = match what {
        "key" => ("_id", Filter::AnyOf(vec![Cell::Int(number)])),
        "town" => ("town", Filter::AnyOf(vec![Cell::Text(TOWNS[usize::try_from(number).unwrap()].to_owned())])),
        _ => ("visits", Filter::Between(Some(Cell::Int(number)), Some(Cell::Int(number)))),
    };
    let asked = Search { filters: vec![(filter.0.to_owned(), filter.1)], limit: 100, ..Search::default() };
    json(&shelf.search(KEY, fields, &asked, &Bounds::default()).unwrap())
}

fn serve(shelf: Arc<Shelf>, fields: Arc<Vec<Field>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (stream, shelf, fields) = (stream.unwrap(), Arc::clone(&shelf), Arc::clone(&fields));
            std::thread::spawn(move || connection(&stream, &shelf, &fields));
        }
    });
    address
}

fn connection(stream: &TcpStream, shelf: &Shelf, fields: &[Field]) {
    stream.set_nodelay(true).unwrap();
    let (mut reader, mut writer) = (BufReader::new(stream), stream);
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|bytes| bytes > 0) {
        let path = line.split(' ').nth(1).unwrap().to_owned();
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line).unwrap();
        }
        line.clear();
        let body = answered(shelf, fields, &path);
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
        if writer.write_all([head.as_bytes(), body.as_bytes()].concat().as_slice()).is_err() {
            return;
        }
    }
}

/// Asks over all connections for a while, prints what was measured, and gives the rate.
fn ask(name: &str, host: &str, path: &(dyn Fn(u64) -> String + Sync)) -> f64 {
    let figures = hammer(host, CONNECTIONS, TIME, 20, &|turn| Ask::get(path(turn)));
    println!("  {name:<30} {figures}");
    figures.rate
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(&words[1]);
    let rows: u64 = words[2].parse().unwrap();
    let (shelf, fields) = (Arc::new(Shelf::open(folder).unwrap()), Arc::new(fields(rows)));
    let started = Instant::now();
    if shelf.build(KEY, &fields, sheet(rows).as_bytes()).unwrap().is_some() {
        println!("{rows} rows laid in {:.1} s: {}", started.elapsed().as_secs_f64(), folder.join(format!("{KEY}.table")).display());
    }
    if words[0] == "make" {
        return;
    }
    let host = serve(shelf, fields);
    let last = rows - 1;
    println!("{rows} rows, {CONNECTIONS} connections, {} s each", TIME.as_secs());
    let ours = [
        ask("row by key", &host, &move |turn| format!("/key/{}", turn % last + 1)),
        ask("by a value, about 100 rows", &host, &|turn| format!("/visits/{}", turn % 10_000)),
        ask("by a common value, first 100", &host, &|turn| format!("/town/{}", turn % 10)),
    ];
    let Some(peer) = words.get(3) else { return };
    let (host, table) = peer.trim_start_matches("http://").split_once('/').unwrap();
    let table = format!("/{table}");
    let town = |turn: u64| TOWNS[usize::try_from(turn % 10).unwrap()].bytes().fold(String::new(), |text, byte| format!("{text}%{byte:02X}"));
    let only = "_size=100&_nocount=1&_nofacet=1&_shape=objects";
    let theirs = [
        ask("datasette: row by key", host, &|turn| format!("{table}/{}.json?_shape=objects", turn % last + 1)),
        ask("datasette: by a value", host, &|turn| format!("{table}.json?visits__exact={}&{only}", turn % 10_000)),
        ask("datasette: by a common value", host, &|turn| format!("{table}.json?town__exact={}&{only}", town(turn))),
    ];
    let ratios: Vec<String> = ours.iter().zip(&theirs).map(|(ours, theirs)| format!("{:.0} ×", ours / theirs)).collect();
    println!("  ratios: {}", ratios.join(", "));
}
