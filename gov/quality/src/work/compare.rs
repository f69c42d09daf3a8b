//! Comparing two sources by key, in one pass over each. Of the first source fingerprints are kept, some fifty bytes a row; the second one
//! passes by.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Read;

use i18n::Text;
use runner::{Halt, Refusal};
use serde_json::Value;
use sources::{FileProblem, TextRows};

use super::examine::Source;
use crate::model::comparison::{Comparison, Kind};
use crate::model::fingerprint::{Fingerprint, of_text};

/// A column of the first source, and what it is called in the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the first source.
    pub left: String,
    /// Its name in the second.
    pub right: String,
}

impl Column {
    /// Reads `name`, or `name=other` where the second source calls it otherwise.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let (left, right) = text.split_once('=').unwrap_or((text, text));
        Self { left: left.trim().to_owned(), right: right.trim().to_owned() }
    }
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// By which rows belong together.
    pub key: Vec<Column>,
    /// What must be the same.
    pub fields: Vec<Column>,
}

/// A source of rows.
pub enum Side<'a> {
    /// Text with separators, read as it comes.
    Text(Box<dyn Read + 'a>),
    /// Any other file, read as a whole: Excel, JSON, Parquet.
    File(&'a [u8]),
    /// The records of a register that hold now, here or with whoever keeps it.
    Register(&'a str),
}

impl<'a> Side<'a> {
    /// A file that is held in memory.
    #[must_use]
    pub fn of_bytes(bytes: &'a [u8]) -> Self {
        let is_table = bytes.starts_with(b"PAR1") || bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
        let is_json = bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| matches!(byte, b'{' | b'['));
        if is_table || is_json { Self::File(bytes) } else { Self::Text(Box::new(bytes)) }
    }
}

/// Gathers what two sources say under the same keys: first all rows of the one, then all rows of the other.
#[derive(Debug)]
pub struct Comparer {
    names: Vec<String>,
    places: HashMap<Fingerprint, usize>,
    rows: Vec<i64>,
    met: Vec<bool>,
    prints: Vec<Fingerprint>,
    found: Comparison,
}

impl Comparer {
    /// Nothing has been seen yet; the names are those of the compared fields.
    #[must_use]
    pub fn new(names: Vec<String>) -> Self {
        Self { names, places: HashMap::new(), rows: Vec::new(), met: Vec::new(), prints: Vec::new(), found: Comparison::default() }
    }

    /// A row of the first source, by the fingerprint of its key and those of its fields.
    pub fn left(&mut self, row: i64, key: Option<Fingerprint>, fields: &[Fingerprint]) {
        self.found.left_rows = self.found.left_rows.saturating_add(1);
        let Some(key) = key else { return self.found.add(Kind::NoKey, Some(row), None, Vec::new()) };
        match self.places.entry(key) {
            Entry::Occupied(_) => self.found.add(Kind::TwiceLeft, Some(row), None, Vec::new()),
            Entry::Vacant(place) => {
                place.insert(self.rows.len());
                self.rows.push(row);
                self.met.push(false);
                self.prints.extend_from_slice(fields);
            }
        }
    }

    /// A row of the second source.
    pub fn right(&mut self, row: i64, key: Option<Fingerprint>, fields: &[Fingerprint]) {
        self.found.right_rows = self.found.right_rows.saturating_add(1);
        let Some(key) = key else { return self.found.add(Kind::NoKey, None, Some(row), Vec::new()) };
        match self.places.entry(key) {
            // Remembered, so that the same key a second time is known as such.
            Entry::Vacant(place) => {
                place.insert(usize::MAX);
                self.found.add(Kind::OnlyRight, None, Some(row), Vec::new());
            }
            Entry::Occupied(place) => {
                let at = *place.get();
                let (Some(left), Some(met)) = (self.rows.get(at).copied(), self.met.get_mut(at)) else {
                    return self.found.add(Kind::TwiceRight, None, Some(row), Vec::new());
                };
                if std::mem::replace(met, true) {
                    return self.found.add(Kind::TwiceRight, Some(left), Some(row), Vec::new());
                }
                let own = self.prints.get(at.saturating_mul(self.names.len())..).unwrap_or_default();
                let different = self.names.iter().zip(own).zip(fields).filter(|((_, own), other)| own != other);
                let different: Vec<String> = different.map(|((name, _), _)| name.clone()).collect();
                if different.is_empty() {
                    self.found.same = self.found.same.saturating_add(1);
                } else {
                    self.found.add(Kind::Different, Some(left), Some(row), different);
                }
            }
        }
    }

    /// What came of it.
    #[must_use]
    pub fn finish(mut self) -> Comparison {
        for (row, met) in self.rows.iter().zip(&self.met) {
            if !met {
                self.found.add(Kind::OnlyLeft, Some(*row), None, Vec::new());
            }
        }
        self.found
    }
}

/// Compares two sources. Registers are read as the source of them says; without one, a register is unknown.
///
/// # Errors
/// The refusals `comparison-unfit` (a column is missing, nothing is compared) and those of files.
pub(crate) fn compare(left: Side<'_>, right: Side<'_>, columns: &Columns, source: Option<&Source<'_>>) -> Result<Comparison, Halt> {
    if columns.key.is_empty() {
        return Err(unfit("没有写按哪一列比对。", "It was not said which column is the key.").into());
    }
    let mut comparer = Comparer::new(columns.fields.iter().map(|column| column.left.clone()).collect());
    let names = |of: fn(&Column) -> &String| {
        let list = |columns: &[Column]| columns.iter().map(|column| of(column).clone()).collect::<Vec<_>>();
        (list(&columns.key), list(&columns.fields))
    };
    each(left, names(|column| &column.left), source, |row, key, fields| comparer.left(row, key, fields))?;
    each(right, names(|column| &column.right), source, |row, key, fields| comparer.right(row, key, fields))?;
    Ok(comparer.finish())
}

/// Names of the key and of the fields.
type Names = (Vec<String>, Vec<String>);

fn each(
    side: Side<'_>,
    names: Names,
    source: Option<&Source<'_>>,
    mut visit: impl FnMut(i64, Option<Fingerprint>, &[Fingerprint]),
) -> Result<(), Halt> {
    match side {
        Side::Text(reader) => each_text(reader, &names, visit),
        Side::File(bytes) => {
            let file = sources::read_file(bytes).map_err(|problem| unreadable(&problem))?;
            let heads = |name: &&String| file.rows.iter().any(|row| row.cells.contains_key(*name));
            if let Some(name) = names.0.iter().chain(&names.1).find(|name| !heads(name)) {
                return Err(no_column(name).into());
            }
            for row in &file.rows {
                let text = |name: &String| row.cells.get(name).map(registers::plain_text);
                visit_texts(&names, i64::try_from(row.row).unwrap_or(i64::MAX), text, &mut visit);
            }
            Ok(())
        }
        Side::Register(slug) => {
            let source = source.ok_or_else(Refusal::not_found)?;
            let declaration = source.runner.store().read(|tx| registers::declaration(tx, slug))?.ok_or_else(Refusal::not_found)?;
            if let Some(name) = names.0.iter().chain(&names.1).find(|name| declaration.field(name).is_none()) {
                return Err(no_column(name).into());
            }
            source.each(slug, |held| {
                let Ok(held) = held else { return };
                let text = |name: &String| held.values.get(name).map(plain);
                visit_texts(&names, held.position, text, &mut visit);
            })
        }
    }
}

fn plain(value: &Value) -> String {
    registers::plain_text(value)
}

fn visit_texts(names: &Names, row: i64, text: impl Fn(&String) -> Option<String>, visit: &mut impl FnMut(i64, Option<Fingerprint>, &[Fingerprint])) {
    let key: Vec<String> = names.0.iter().map(|name| text(name).unwrap_or_default()).collect();
    let fields: Vec<Fingerprint> = names.1.iter().map(|name| of_text(&text(name).unwrap_or_default())).collect();
    visit(row, key_of(key.iter().map(String::as_str)), &fields);
}

/// One key of several parts; `None` where a part is missing.
fn key_of<'t>(parts: impl Iterator<Item = &'t str>) -> Option<Fingerprint> {
    let mut key: Fingerprint = 0;
    for part in parts {
        let print = of_text(part);
        if print == 0 {
            return None;
        }
        key = key.rotate_left(1) ^ print;
    }
    Some(key)
}

fn each_text(reader: Box<dyn Read + '_>, names: &Names, mut visit: impl FnMut(i64, Option<Fingerprint>, &[Fingerprint])) -> Result<(), Halt> {
    let mut rows = TextRows::open(reader).map_err(|problem| unreadable(&problem))?;
    let place = |name: &String| rows.heads().iter().position(|head| head == name).ok_or_else(|| no_column(name));
    let key: Vec<usize> = names.0.iter().map(place).collect::<Result<_, _>>()?;
    let fields: Vec<usize> = names.1.iter().map(place).collect::<Result<_, _>>()?;
    let (mut cells, mut prints) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next_row(&mut cells).map_err(|problem| unreadable(&problem))? {
        let cell = |at: &usize| cells.get(*at).map(String::as_str).unwrap_or_default();
        prints.clear();
        prints.extend(fields.iter().map(|at| of_text(cell(at))));
        visit(i64::try_from(row).unwrap_or(i64::MAX), key_of(key.iter().map(cell)), &prints);
    }
    Ok(())
}

fn unreadable(problem: &FileProblem) -> Refusal {
    let Text { zh, en } = problem.sentence.clone();
    Refusal::new(problem.code, zh, en, "请核对文件后重新选择。", "Check the file and choose it again.")
}

fn no_column(name: &str) -> Refusal {
    unfit(format!("没有名为“{name}”的列。"), format!("There is no column {name}."))
}

fn unfit(zh: impl Into<std::borrow::Cow<'static, str>>, en: impl Into<std::borrow::Cow<'static, str>>) -> Refusal {
    let (zh, en) = (zh.into().into_owned(), en.into().into_owned());
    Refusal::new(
        "comparison-unfit",
        zh,
        en,
        "请核对列名后重试；两边列名不同的写成“甲=乙”。",
        "Check the names of the columns; write first=second where they differ.",
    )
}

#[cfg(test)]
mod tests;
