//! Tables as departments send them, made for the tests.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

pub const HEADINGS: [&str; 16] = [
    "序号",
    "*信息资源名称",
    "信息资源代码",
    "信息资源分类码",
    "提供方",
    "提供方代码",
    "信息资源摘要",
    "信息资源格式",
    "格式类型",
    "信息项名称",
    "数据类型",
    "数据长度",
    "共享类型",
    "共享条件",
    "共享方式",
    "更新频率",
];

/// One row, by columns.
pub fn row(values: &[(usize, &str)]) -> Vec<String> {
    let mut row = vec![String::new(); HEADINGS.len()];
    for (column, value) in values {
        row[*column] = (*value).to_owned();
    }
    row
}

/// A resource in one row with one item.
pub fn good(name: &str, provider: &str) -> Vec<String> {
    row(&[
        (1, name),
        (3, "303013"),
        (4, provider),
        (6, "摘要"),
        (7, "数据库"),
        (8, "mysql"),
        (9, "经营者名称"),
        (10, "字符型C"),
        (11, "200"),
        (12, "无条件共享"),
        (13, "无条件"),
        (14, "接口"),
        (15, "每日"),
    ])
}

/// With one cell changed.
pub fn with(mut row: Vec<String>, column: usize, value: &str) -> Vec<String> {
    row[column] = value.to_owned();
    row
}

pub fn write(sheet: &mut Worksheet, from: u32, rows: &[Vec<String>]) {
    for (at, row) in (from..).zip(rows) {
        for (column, value) in (0_u16..).zip(row) {
            if !value.is_empty() {
                sheet.write_string(at, column, value).unwrap();
            }
        }
    }
}

pub fn headings() -> Vec<String> {
    HEADINGS.iter().map(|heading| (*heading).to_owned()).collect()
}

/// A file with one plain sheet.
pub fn book(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("目录").unwrap();
    write(sheet, 0, &[headings()]);
    write(sheet, 1, rows);
    book.save_to_buffer().unwrap()
}

pub fn merged(sheet: &mut Worksheet, first: (u32, u16), last: (u32, u16), text: &str) {
    sheet.merge_range(first.0, first.1, last.0, last.1, text, &Format::new()).unwrap();
}
