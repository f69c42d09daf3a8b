//! Spreadsheets: the first sheet of a workbook.

use std::io::Cursor;

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use i18n::Text;
use serde_json::{Map, Value};

use super::{FileProblem, FileRows, Row, Unread, extra_cell, heads};

/// Numbers above have lost digits in a cell of a spreadsheet.
const EXACT_MAX: f64 = 999_999_999_999_999.0;

pub(super) fn read(bytes: &[u8]) -> Result<FileRows, FileProblem> {
    let broken =
        || FileProblem::new("file-workbook", "工作簿无法打开，可能已损坏或加密。", "The workbook cannot be opened; it may be damaged or encrypted.");
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| broken())?;
    let range = workbook.worksheet_range_at(0).and_then(Result::ok).ok_or_else(broken)?;
    let first_row = range.start().map_or(0, |(row, _)| row);
    let mut rows = range.rows();
    let empty = || FileProblem::new("file-empty", "工作表没有内容。", "The sheet is empty.");
    let head: Vec<String> = rows.next().ok_or_else(empty)?.iter().map(|cell| text_of(cell).unwrap_or_default().trim().to_owned()).collect();
    heads(&head)?;
    let mut file = FileRows::default();
    for (index, cells) in rows.enumerate() {
        let row = usize::try_from(first_row).unwrap_or(0).saturating_add(index).saturating_add(2);
        take(&mut file, &head, row, cells);
    }
    Ok(file)
}

fn take(file: &mut FileRows, head: &[String], row: usize, cells: &[Data]) {
    if cells.iter().skip(head.len()).any(|cell| *cell != Data::Empty) {
        file.unread.push(extra_cell(row));
        return;
    }
    let (mut values, mut wrong) = (Map::new(), Vec::new());
    for (head, cell) in head.iter().zip(cells) {
        match text_of(cell) {
            Ok(text) if text.trim().is_empty() => {}
            Ok(text) => drop(values.insert(if head.is_empty() { "?".to_owned() } else { head.clone() }, Value::from(text.trim()))),
            Err(sentence) => wrong.push(Unread { row, column: head.clone(), sentence }),
        }
    }
    if wrong.is_empty() && !values.is_empty() {
        file.rows.push(Row { row, cells: values });
    }
    file.unread.extend(wrong);
}

fn text_of(cell: &Data) -> Result<String, Text> {
    Ok(match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(value) => value.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) if number.abs() > EXACT_MAX => {
            return Err(Text::new(
                "长号码被存为数值，末尾数字已丢失；请把该列设为文本后重新填写。",
                "A long number was stored as a number and has lost digits; make the column text and enter it again.",
            ));
        }
        Data::Float(number) => number.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Error(_) => return Err(Text::new("单元格的公式有错误。", "The formula of the cell has an error.")),
    })
}
