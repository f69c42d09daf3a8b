#![allow(clippy::unwrap_used)]
use serde_json::json;

use super::*;

fn cells(file: &FileRows) -> Vec<Value> {
    file.rows.iter().map(|row| Value::Object(row.cells.clone())).collect()
}

#[test]
fn text_is_read_in_the_encodings_of_offices() {
    let text = "姓名,住址\n林晓禾,和平路12号\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for bytes in [text.as_bytes(), &gb, &utf16, &marked] {
        let file = read_file(bytes).unwrap();
        assert_eq!(cells(&file), [json!({ "姓名": "林晓禾", "住址": "和平路12号" })]);
        assert_eq!((file.rows[0].row, file.unread.len()), (2, 0));
    }
}

#[test]
fn separators_are_recognised_and_quoted_text_may_hold_them() {
    for text in ["a;b\n1;2\n", "a\tb\n1\t2\n", "a,b\n\"1\",2\n"] {
        assert_eq!(cells(&read_file(text.as_bytes()).unwrap()), [json!({ "a": "1", "b": "2" })]);
    }
    assert_eq!(cells(&read_file("a,b\n\"1,5\",\"x\ny\"\n".as_bytes()).unwrap()), [json!({ "a": "1,5", "b": "x\ny" })]);
}

#[test]
fn nothing_is_dropped_in_silence() {
    let file = read_file("a,b\n1,2,3\n,\n4\n".as_bytes()).unwrap();
    assert_eq!(file.unread.iter().map(|unread| unread.row).collect::<Vec<_>>(), [2]);
    assert_eq!((file.rows.len(), file.rows[0].row), (1, 4));
    let lines = read_file("{\"a\":1}\nnot json\n{\"a\":null}\n".as_bytes()).unwrap();
    assert_eq!((lines.rows.len(), lines.unread[0].row), (2, 2));
}

#[test]
fn json_is_read_as_array_and_as_lines() {
    let expected = [json!({ "a": 1 }), json!({ "a": "x" })];
    assert_eq!(cells(&read_file(b"[{\"a\":1},{\"a\":\"x\"}]").unwrap()), expected);
    assert_eq!(cells(&read_file(b"{\"a\":1}\n{\"a\":\"x\"}\n").unwrap()), expected);
}

#[test]
fn what_is_no_table_says_why() {
    let code = |bytes: &[u8]| read_file(bytes).unwrap_err().code;
    assert_eq!(code(b"PAR1...."), "file-parquet-damaged");
    assert_eq!(code(b""), "file-empty");
    assert_eq!(code(b"a,a\n1,2\n"), "file-column-twice");
    assert_eq!(code(b"PK\x03\x04nonsense"), "file-workbook");
    assert_eq!(code(&[0xff, 0xff, 0x00, 0x80]), "file-not-text");
}

#[test]
fn long_texts_are_read_row_by_row_in_either_encoding() {
    let text = "代码;名称\n1; 联通 \n2;\"a;\nb\"\n\n4;x;y\n";
    let (old, _, _) = encoding_rs::GB18030.encode(text);
    for bytes in [text.as_bytes(), &*old, format!("\u{feff}{text}").as_bytes()] {
        let mut rows = TextRows::open(Box::new(bytes)).unwrap();
        assert_eq!(rows.heads(), ["代码", "名称"]);
        let (mut cells, mut all) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next_row(&mut cells).unwrap() {
            all.push(format!("{row}:{}", cells.join("|")));
        }
        assert_eq!(all, ["2:1|联通", "3:2|a;\nb", "4:4|x|y"]);
    }
    assert_eq!(TextRows::open(Box::new(&b""[..])).err().unwrap().code, "file-empty");
    assert_eq!(TextRows::open(Box::new(&b"a,a\n"[..])).err().unwrap().code, "file-column-twice");
}
