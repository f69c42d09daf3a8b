//! Text with separators, in whatever encoding offices use.

use i18n::Text;
use serde_json::{Map, Value};

use super::{FileProblem, FileRows, Row, Unread, extra_cell, heads};

/// UTF-8 or UTF-16 by its mark, UTF-8 when it is valid, else GB18030 when that is; `None` for anything else.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark_length)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, wrong) = encoding.decode_without_bom_handling(bytes.get(mark_length..)?);
        return (!wrong).then(|| text.into_owned());
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned(),
    };
    (!text.contains('\0')).then_some(text)
}

pub(super) fn read(text: &str) -> Result<FileRows, FileProblem> {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    let delimiter = [',', '\t', ';'].into_iter().max_by_key(|mark| count(*mark)).filter(|mark| count(*mark) > 0).unwrap_or(',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(u8::try_from(delimiter).unwrap_or(b',')).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.records();
    let head = match records.next() {
        Some(Ok(record)) => record.iter().map(|head| head.trim().to_owned()).collect::<Vec<_>>(),
        _ => return Err(FileProblem::new("file-empty", "文件没有内容。", "The file is empty.")),
    };
    heads(&head)?;
    let mut file = FileRows::default();
    for (index, record) in records.enumerate() {
        let row = index.saturating_add(2);
        let Ok(record) = record else {
            let sentence = Text::new("这一行不是完整的分隔文本，没有读取。", "The row is not well-formed and was not read.");
            file.unread.push(Unread { row, column: String::new(), sentence });
            continue;
        };
        if record.iter().skip(head.len()).any(|cell| !cell.trim().is_empty()) {
            file.unread.push(extra_cell(row));
            continue;
        }
        let mut cells = Map::new();
        for (head, cell) in head.iter().zip(record.iter()) {
            let cell = cell.trim();
            if !cell.is_empty() {
                cells.insert(if head.is_empty() { "?".to_owned() } else { head.clone() }, Value::from(cell));
            }
        }
        if !cells.is_empty() {
            file.rows.push(Row { row, cells });
        }
    }
    Ok(file)
}
