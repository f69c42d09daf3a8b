//! What stands between a file and the public: personal data, groups so small that they give somebody away, small numbers.
//! Pure functions over the bytes of a file and its data dictionary. What is personal is told by the detector of the catalogue.

use std::collections::HashMap;

use catalogue::detect::{Sighting, Watch};
use i18n::Text;
use serde::{Deserialize, Serialize};
use tables::{Sheet, TableError};

use crate::model::resource::{DataField, Resource};

/// Kinds whose values are not published unless a law says so. What else the detector sees is shown to whoever approves.
const FORBIDDEN: [&str; 10] =
    ["identity-number", "bank-card", "passport", "travel-permit", "mobile", "email", "person-name", "home-address", "birth", "plate"];
/// Those that no law makes public.
const NEVER_PUBLIC: [&str; 4] = ["identity-number", "bank-card", "passport", "travel-permit"];
/// The smallest group of people who are alike in all quasi-identifiers.
pub const K_MIN: usize = 5;
/// The smallest count of people or cases that is shown.
pub const CELL_MIN: i64 = 5;
const ROWS_NAMED_MAX: usize = 5;
const GROUPS_MAX: usize = 2_000_000;

/// What kind of thing was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Personal data, by the detector's word for their kind: `identity-number`.
    Personal(String),
    /// Groups smaller than [`K_MIN`].
    SmallGroups,
    /// Counts from 1 to below [`CELL_MIN`].
    SmallCells,
    /// The file cannot be read as a table.
    Unreadable,
}

/// Something the scan found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What.
    pub fault: Fault,
    /// In which file.
    pub resource: String,
    /// In which field; several for groups; empty for the file as a whole.
    pub field: String,
    /// In how many rows.
    pub rows: u64,
    /// The first lines where it stands, the header being line 1.
    pub lines: Vec<u64>,
    /// Whether it forbids publication. What does not is shown to whoever approves.
    pub forbids: bool,
    /// What it is about, without the value itself.
    pub sentence: Text,
    /// What to do.
    pub next_step: Text,
}

/// What the scan of one file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// Everything found.
    pub findings: Vec<Finding>,
    /// How many rows the file has.
    pub rows: u64,
}

/// Looks through a table.
#[must_use]
pub fn scan(resource: &Resource, bytes: &[u8]) -> Scan {
    match scanned(resource, bytes) {
        Ok(scan) => scan,
        Err(error) => Scan { findings: vec![unreadable(resource, &error)], rows: 0 },
    }
}

/// Looks through a text that is no table: JSON, GeoJSON, plain text.
#[must_use]
pub fn scan_text(resource: &Resource, text: &str) -> Scan {
    let mut watch = Watch::text();
    for (line, part) in (1..).zip(text.lines()) {
        watch.see(line, part);
    }
    Scan { findings: watch.sightings().into_iter().map(|seen| personal(resource, "", "", seen)).collect(), rows: 0 }
}

fn scanned(resource: &Resource, bytes: &[u8]) -> Result<Scan, TableError> {
    let mut sheet = Sheet::read(bytes)?;
    let fields = &resource.fields;
    let title = |at: usize| fields.get(at).map_or("", |field| field.title.zh.as_str());
    let mut columns: Vec<Watch> = sheet.header.iter().enumerate().map(|(at, name)| Watch::column(name, title(at))).collect();
    let names = sheet.header.clone();
    let quasi: Vec<usize> = positions(fields, |field| field.quasi);
    let counted: Vec<usize> = positions(fields, |field| field.counts);
    let mut groups: HashMap<Vec<String>, (usize, u64)> = HashMap::new();
    let mut cells: Vec<(u64, Vec<u64>)> = vec![(0, Vec::new()); counted.len()];
    let mut rows = 0;
    while let Some((line, record)) = sheet.next_row()? {
        rows += 1;
        for (column, value) in columns.iter_mut().zip(record) {
            column.see(line, value);
        }
        if !quasi.is_empty() && groups.len() < GROUPS_MAX {
            let key = quasi.iter().map(|at| record.get(*at).unwrap_or_default().trim().to_owned()).collect();
            groups.entry(key).or_insert((0, line)).0 += 1;
        }
        for (at, (count, lines)) in counted.iter().zip(&mut cells) {
            let value = record.get(*at).and_then(|value| value.trim().parse::<i64>().ok());
            if value.is_some_and(|value| (1..CELL_MIN).contains(&value)) {
                *count += 1;
                if lines.len() < ROWS_NAMED_MAX {
                    lines.push(line);
                }
            }
        }
    }
    let mut findings = Vec::new();
    for (at, (column, name)) in columns.into_iter().zip(&names).enumerate() {
        let public_by = fields.get(at).map(|field| field.public_by.as_str()).unwrap_or_default();
        findings.extend(column.sightings().into_iter().map(|seen| personal(resource, name, public_by, seen)));
    }
    findings.extend(small_groups(resource, &quasi, groups));
    for (at, (count, lines)) in counted.iter().zip(cells).filter(|(_, (count, _))| *count > 0) {
        findings.push(small_cells(resource, *at, count, lines));
    }
    Ok(Scan { findings, rows })
}

fn positions(fields: &[DataField], holds: impl Fn(&DataField) -> bool) -> Vec<usize> {
    fields.iter().enumerate().filter(|(_, field)| holds(field)).map(|(at, _)| at).collect()
}

fn personal(resource: &Resource, field: &str, public_by: &str, seen: Sighting) -> Finding {
    let is_forbidden = FORBIDDEN.contains(&seen.kind) && !seen.by_name_alone;
    let forbids = is_forbidden && (NEVER_PUBLIC.contains(&seen.kind) || public_by.is_empty());
    let (what, rows) = (&seen.name, seen.values);
    let (place, place_en) = match field.is_empty() {
        true => (resource.name.zh.clone(), resource.name.en.as_str()),
        false => (format!("“{field}”"), field),
    };
    let sentence = match seen.by_name_alone {
        true => Text::new(format!("{place}按名称可能是{}", what.zh), format!("By its name {place_en} may hold: {}", what.en.to_lowercase())),
        false => {
            Text::new(format!("{place}中有 {rows} 行像是{}", what.zh), format!("{rows} row(s) of {place_en} look like: {}", what.en.to_lowercase()))
        }
    };
    let next_step = match (forbids, public_by.is_empty()) {
        (true, _) => Text::new(
            "请删除或改为脱敏、汇总后的数据，重新上传文件；依法应当公开的姓名、地址，请在数据字典中写明法律依据。",
            "Remove it, mask it or publish sums, and upload again. Where a law makes names or addresses public, cite it in the data dictionary.",
        ),
        (false, false) => Text::new(format!("审核人请核对公开依据：{public_by}"), format!("Whoever approves checks the basis: {public_by}")),
        (false, true) => Text::new(
            "审核人请核对是否涉及个人；涉及个人的，请退回修改。",
            "Whoever approves checks whether it is about persons, and sends it back if so.",
        ),
    };
    Finding {
        fault: Fault::Personal(seen.kind.to_owned()),
        resource: resource.id.to_string(),
        field: field.to_owned(),
        rows,
        lines: seen.lines,
        forbids,
        sentence,
        next_step,
    }
}

fn small_groups(resource: &Resource, quasi: &[usize], groups: HashMap<Vec<String>, (usize, u64)>) -> Option<Finding> {
    let mut small: Vec<(usize, u64)> = groups.into_values().filter(|(count, _)| *count < K_MIN).collect();
    small.sort_by_key(|(_, line)| *line);
    let first = small.first()?;
    let rows: usize = small.iter().map(|(count, _)| count).sum();
    let smallest = small.iter().map(|(count, _)| *count).min().unwrap_or(first.0);
    let names: Vec<&str> = quasi.iter().filter_map(|at| resource.fields.get(*at)).map(|field| field.field.name.as_str()).collect();
    Some(Finding {
        fault: Fault::SmallGroups,
        resource: resource.id.to_string(),
        field: names.join("、"),
        rows: u64::try_from(rows).unwrap_or(u64::MAX),
        lines: small.iter().take(ROWS_NAMED_MAX).map(|(_, line)| *line).collect(),
        forbids: true,
        sentence: Text::new(
            format!("按 {} 分组，有 {} 组不足 {K_MIN} 行（最小 {smallest} 行），可能认出个人", names.join("、"), small.len()),
            format!(
                "Grouped by {}, {} group(s) have fewer than {K_MIN} rows (the smallest {smallest}): people could be recognised",
                names.join(", "),
                small.len()
            ),
        ),
        next_step: Text::new(
            "请把准标识符改粗（年龄段、乡镇、月份），或者删去这些行，再重新上传。",
            "Make these fields coarser (age bands, townships, months), or leave the rows out, and upload again.",
        ),
    })
}

fn small_cells(resource: &Resource, at: usize, rows: u64, lines: Vec<u64>) -> Finding {
    let field = resource.fields.get(at).map(|field| field.field.name.clone()).unwrap_or_default();
    Finding {
        fault: Fault::SmallCells,
        resource: resource.id.to_string(),
        rows,
        lines,
        forbids: true,
        sentence: Text::new(
            format!("“{field}”有 {rows} 个数在 1 到 {} 之间", CELL_MIN - 1),
            format!("{rows} number(s) of {field} lie between 1 and {}", CELL_MIN - 1),
        ),
        next_step: Text::new("请合并分组，或者把这些数留空，再重新上传。", "Join groups, or leave these numbers blank, and upload again."),
        field,
    }
}

fn unreadable(resource: &Resource, error: &TableError) -> Finding {
    let (line, field) = match error {
        TableError::Sheet { line, .. } => (*line, ""),
        TableError::Value { line, field, .. } => (*line, field.as_str()),
        _ => (1, ""),
    };
    Finding {
        fault: Fault::Unreadable,
        resource: resource.id.to_string(),
        field: field.to_owned(),
        rows: 1,
        lines: vec![line],
        forbids: true,
        sentence: Text::new(format!("文件第 {line} 行读不出来"), format!("Line {line} of the file cannot be read")),
        next_step: Text::new(
            "请用 UTF-8 编码、首行为字段名、各行列数相同的 CSV 重新上传；字段类型与内容不符的，请改正数据字典。",
            "Upload a CSV in UTF-8: a line of field names, then rows of as many values. Correct the data dictionary where a kind does not fit.",
        ),
    }
}

/// What the scan found about a file that does not fit its dictionary.
#[must_use]
pub fn misfit(resource: &Resource, error: &TableError) -> Finding {
    unreadable(resource, error)
}

#[cfg(test)]
mod tests;
