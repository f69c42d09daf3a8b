//! JSON: an array of objects, or one object a line.

use i18n::Text;
use serde_json::Value;

use super::{FileProblem, FileRows, Row, Unread};

pub(super) fn read(text: &str) -> Result<FileRows, FileProblem> {
    let mut file = FileRows::default();
    if text.trim_start().starts_with('[') {
        let values: Vec<Value> = serde_json::from_str(text)
            .map_err(|_| FileProblem::new("file-json", "文件不是有效的JSON数组。", "The file is not a well-formed JSON array."))?;
        for (index, value) in values.into_iter().enumerate() {
            take(&mut file, index.saturating_add(1), Some(value));
        }
        return Ok(file);
    }
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        take(&mut file, index.saturating_add(1), serde_json::from_str(line).ok());
    }
    Ok(file)
}

fn take(file: &mut FileRows, row: usize, value: Option<Value>) {
    if let Some(Value::Object(mut cells)) = value {
        cells.retain(|_, value| !value.is_null());
        file.rows.push(Row { row, cells });
        return;
    }
    let sentence = Text::new("这一行不是JSON对象，没有读取。", "The row is no JSON object and was not read.");
    file.unread.push(Unread { row, column: String::new(), sentence });
}
