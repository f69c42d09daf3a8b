//! Where a sheet's header is, of one row or two, and what its columns mean.

use std::collections::BTreeMap;

use super::columns::{Meaning, is_group, meaning};
use super::grid::Grid;

/// Rows from the top in which the header is looked for.
const HEADER_ROWS_MAX: u32 = 20;
const MEANINGS_MIN: usize = 3;

/// A header.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// The first row of data.
    pub data_from: u32,
    /// The row that is named in messages about columns.
    pub row: u32,
    /// Columns by meaning.
    pub columns: BTreeMap<Meaning, u32>,
    /// Columns whose heading nobody knows, and those whose meaning another column has already.
    pub strange: Vec<(u32, String)>,
}

/// Finds the header.
pub(super) fn header(grid: &Grid) -> Option<Header> {
    (0..grid.row_count.min(HEADER_ROWS_MAX)).find_map(|row| header_at(grid, row))
}

fn header_at(grid: &Grid, row: u32) -> Option<Header> {
    let below = |column: u32| {
        meaning(grid.get(row + 1, column)).filter(|_| grid.region(row, column) != grid.region(row + 1, column) || !is_tall(grid, row, column))
    };
    let heads = |wide: bool| {
        let mut columns: BTreeMap<Meaning, u32> = BTreeMap::new();
        let mut strange = Vec::new();
        for column in 0..grid.column_count {
            let found = below(column).filter(|_| wide).or_else(|| meaning(grid.get(row, column)));
            match found {
                Some(found) if !columns.contains_key(&found) => drop(columns.insert(found, column)),
                Some(_) | None => {
                    let low = if wide && !grid.get(row + 1, column).trim().is_empty() { grid.get(row + 1, column) } else { grid.get(row, column) };
                    strange.push((column, low.trim().to_owned()));
                }
            }
        }
        (columns, strange)
    };
    let named_here = (0..grid.column_count).any(|column| meaning(grid.get(row, column)) == Some(Meaning::Name));
    let second_row = (0..grid.column_count).filter(|column| below(*column).is_some()).count() >= 2;
    let grouped = (0..grid.column_count).any(|column| is_group(grid.get(row, column)));
    let wide = second_row && grouped;
    let (columns, strange) = heads(wide);
    let data_from = row + if wide { 2 } else { 1 };
    (named_here && columns.len() >= MEANINGS_MIN).then_some(Header { data_from, row: data_from - 1, columns, strange })
}

/// Whether a cell is merged with the one below.
fn is_tall(grid: &Grid, row: u32, column: u32) -> bool {
    grid.region(row, column).is_some_and(|region| region.last.0 > row)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        Grid::from_rows("x", rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()))
    }

    #[test]
    fn titles_above_the_header_are_skipped() {
        let found =
            header(&grid(&[&["云溪县政务信息资源目录"], &[], &["序号", "信息资源名称", "共享类型", "领导批示"], &["1", "甲", "1", ""]])).unwrap();
        assert_eq!((found.data_from, found.columns[&Meaning::Name], found.columns[&Meaning::ShareType]), (3, 1, 2));
        assert_eq!(found.strange, [(3, "领导批示".to_owned())]);
    }

    #[test]
    fn a_header_may_have_two_rows() {
        let found =
            header(&grid(&[&["信息资源名称", "共享属性", "", "更新周期"], &["", "共享类型", "共享条件", ""], &["甲", "1", "无条件", "每日"]]))
                .unwrap();
        assert_eq!((found.data_from, found.columns[&Meaning::ShareType], found.columns[&Meaning::ShareCondition]), (2, 1, 2));
        assert_eq!(found.columns[&Meaning::Period], 3);
    }

    #[test]
    fn a_sheet_without_names_of_resources_has_no_header() {
        assert_eq!(header(&grid(&[&["填表说明"], &["请逐项填写。"]])), None);
    }
}
