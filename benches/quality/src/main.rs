//! What comparing two sources by key costs. See the README.
#![expect(clippy::expect_used, reason = "a benchmark that cannot run should say so and stop")]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use quality::{Column, Columns, Comparison, Kind, Side, queries};

const ROWS: u64 = 1_000_000;
const ROUNDS: usize = 3;
/// One row in so many is missing, one differs, one is double.
const EVERY: u64 = 100;
/// A number without a common divisor with any count of rows below it: steps through all rows in another order.
const STRIDE: u64 = 982_451_653;

fn main() {
    let rows = std::env::args().nth(1).map_or(ROWS, |count| count.parse().expect("a number of rows"));
    let folder = tempfile::tempdir().expect("a folder");
    let (left, right) = (folder.path().join("left.csv"), folder.path().join("right.csv"));
    let left_rows = write(&left, rows, |row| row % EVERY != 1, |_| false);
    let right_rows = write(&right, rows, |row| row % EVERY != 2, |row| row % EVERY == 3);
    let bytes = size(&left).saturating_add(size(&right));
    println!("{left_rows} rows against {right_rows}, {} MB", bytes / 1_000_000);
    let columns = Columns { key: vec![Column::parse("id_number")], fields: ["name", "mobile", "address", "division"].map(Column::parse).to_vec() };
    for round in 1..=ROUNDS {
        let start = Instant::now();
        let found = queries::compare_files(side(&left), side(&right), &columns).expect("two files that can be compared");
        let seconds = start.elapsed().as_secs_f64();
        check(&found, rows);
        let all = f64::from(u32::try_from(left_rows.saturating_add(right_rows)).expect("below four thousand million"));
        println!("round {round}: {seconds:.2} s, {:.0} rows/s, {} differences", all / seconds, found.different());
    }
    println!("most memory: {} MB", peak_kilobytes() / 1_000);
}

/// Writes the rows that `has` says, in an order of its own; gives how many.
fn write(path: &Path, rows: u64, has: impl Fn(u64) -> bool, differs: impl Fn(u64) -> bool) -> u64 {
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    writeln!(file, "id_number,name,mobile,address,division").expect("a disk");
    let offset = if differs(3) { rows / 3 } else { 0 };
    let mut written = 0_u64;
    for step in 0..rows {
        let row = (step.wrapping_mul(STRIDE).wrapping_add(offset)) % rows;
        if !has(row) {
            continue;
        }
        let house = if differs(row) { row % 90 + 100 } else { row % 90 };
        let line = format!("3399211990{row:08},居民{row},138{row:08},云溪县城关镇和平路{house}号{}室,3399211{:02}", row % 9, row % 8);
        writeln!(file, "{line}").expect("a disk");
        written += 1;
        if row % EVERY == 4 {
            writeln!(file, "{line}").expect("a disk");
            written += 1;
        }
    }
    file.flush().expect("a disk");
    written
}

fn check(found: &Comparison, rows: u64) {
    let of = |rest: u64| i64::try_from((0..rows).filter(|row| row % EVERY == rest).count()).expect("a small number");
    let expected = [(Kind::OnlyLeft, of(2)), (Kind::OnlyRight, of(1)), (Kind::Different, of(3)), (Kind::TwiceLeft, of(4)), (Kind::TwiceRight, of(4))];
    for (kind, count) in expected {
        assert_eq!(found.count(kind), count, "{kind:?}");
    }
}

fn side(path: &Path) -> Side<'static> {
    Side::Text(Box::new(File::open(path).expect("a file")))
}

fn size(path: &Path) -> u64 {
    std::fs::metadata(path).expect("a file").len()
}

/// The most memory that the process held, as Linux says.
fn peak_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
}
