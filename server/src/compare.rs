//! `compare`: two sources by key, on the command line.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

use quality::{Column, Columns, Comparison, Kind, Side, queries};
use runner::Halt;

use crate::config::Place;
use crate::node::{Node, StartError, described};

/// How a register is named where a file could stand.
const REGISTER: &str = "register:";

/// What is compared. A register that is asked of another system is read from there, as the site file says.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// A file, or `register:<name>`.
    pub left: &'a str,
    /// A file, or `register:<name>`.
    pub right: &'a str,
    /// Columns of the key, `name` or `first=second`.
    pub key: &'a [String],
    /// Columns that must be the same.
    pub fields: &'a [String],
    /// Differences that are listed.
    pub shown: usize,
}

/// Compares; gives the report in words and whether the two say the same. Of a row it says where it stands, never what is in it.
///
/// # Errors
/// What cannot be read, and why.
pub fn compare(place: &Place, wanted: &Wanted<'_>) -> Result<(String, bool), StartError> {
    let columns = |names: &[String]| names.iter().map(|name| Column::parse(name)).collect();
    let columns = Columns { key: columns(wanted.key), fields: columns(wanted.fields) };
    let (left, right) = (Opened::of(wanted.left)?, Opened::of(wanted.right)?);
    let (first, second) = (left.side()?, right.side()?);
    let result = match (&left, &right) {
        (Opened::Register(_), _) | (_, Opened::Register(_)) => {
            let node = Node::beside(place)?;
            queries::compare_registers(&node.runner, &node.keys, first, second, &columns)
        }
        (_, _) => queries::compare_files(first, second, &columns),
    };
    let result = result.map_err(refused)?;
    Ok((report(wanted, &result), result.different() == 0))
}

fn refused(halt: Halt) -> StartError {
    match halt {
        Halt::Refused(refusal) => format!("{} {}", refusal.sentence.zh, refusal.sentence.en).into(),
        fault @ Halt::Fault(_) => described(fault),
    }
}

/// A register, or a file: text is read as it comes, anything else as a whole.
enum Opened {
    Register(String),
    Text(File),
    Whole(Vec<u8>),
}

impl Opened {
    fn of(named: &str) -> Result<Self, StartError> {
        match named.strip_prefix(REGISTER) {
            Some(register) => Ok(Self::Register(register.to_owned())),
            None => Self::at(Path::new(named)),
        }
    }

    fn at(path: &Path) -> Result<Self, StartError> {
        let mut file = File::open(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
        let mut start = Vec::new();
        file.by_ref().take(64).read_to_end(&mut start)?;
        file.rewind()?;
        if matches!(Side::of_bytes(&start), Side::Text(_)) {
            return Ok(Self::Text(file));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(Self::Whole(bytes))
    }

    fn side(&self) -> Result<Side<'_>, StartError> {
        Ok(match self {
            Self::Register(register) => Side::Register(register),
            Self::Text(file) => Side::Text(Box::new(BufReader::new(file.try_clone()?))),
            Self::Whole(bytes) => Side::File(bytes),
        })
    }
}

fn report(wanted: &Wanted<'_>, result: &Comparison) -> String {
    let mut text = String::new();
    let mut line = |words: String| {
        text.push_str(&words);
        text.push('\n');
    };
    line(format!("甲 first: {} ({})", wanted.left, result.left_rows));
    line(format!("乙 second: {} ({})", wanted.right, result.right_rows));
    line(format!("一致 same: {}", result.same));
    for kind in Kind::ALL {
        let label = kind.label();
        line(format!("{} {}: {}", label.zh, label.en, result.count(kind)));
    }
    for (field, count) in &result.by_field {
        line(format!("  {field}: {count}"));
    }
    let place = |row: Option<i64>| row.map_or_else(|| "-".to_owned(), |row| row.to_string());
    for one in result.differences.iter().take(wanted.shown) {
        line(format!("{}\t{}\t{}\t{}", one.kind.label().en, place(one.left), place(one.right), one.fields.join(",")));
    }
    text
}
