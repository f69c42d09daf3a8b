//! Parquet (<https://github.com/apache/parquet-format>): one flat table, uncompressed or with Snappy. A file says itself how large everything in it is;
//! nothing it says is believed before it was compared with what is there (`heads`).

mod cells;
mod heads;
mod pages;

use bytes::Bytes;
use i18n::Text;
use parquet::basic::{Compression, ConvertedType, Type};
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Row as Record;
use parquet::record::reader::RowIter;
use parquet::schema::types::ColumnDescriptor;
use serde_json::{Map, Value};

use self::cells::Form;
use self::pages::Pages;
use super::{FileProblem, FileRows, Row, Unread, heads as check_heads};

/// Begin and end of a file.
pub(super) const MARK: &[u8] = b"PAR1";
/// The mark and, before it, the length of the footer.
const END_BYTES: usize = 8;
const FOOTER_BYTES_MAX: usize = 4 << 20;
const ROWS_COUNT_MAX: usize = 2_000_000;
/// All values as text; a file is packed, so that its own length says little.
const TEXT_BYTES_MAX: usize = 512 << 20;

/// One column: its head, and in which form its values come.
struct Column {
    head: String,
    form: Form,
}

pub(super) fn read(bytes: &[u8]) -> Result<FileRows, FileProblem> {
    // The reader of the format panics on some damaged files. It holds nothing but the file, so nothing half done is left.
    std::panic::catch_unwind(|| read_rows(bytes, TEXT_BYTES_MAX)).unwrap_or_else(|_| Err(damaged()))
}

fn read_rows(bytes: &[u8], text_bytes_max: usize) -> Result<FileRows, FileProblem> {
    let (footer_from, footer) = footer(bytes).ok_or_else(damaged)?;
    if let Some(column) = heads::nested_column(footer).ok_or_else(damaged)? {
        return Err(nested(&column));
    }
    let reader = SerializedFileReader::new(Pages { bytes: Bytes::copy_from_slice(bytes), footer_from }).map_err(|_| damaged())?;
    check(reader.metadata(), bytes.len())?;
    let columns = columns(reader.metadata())?;
    check_heads(&columns.iter().map(|column| column.head.clone()).collect::<Vec<_>>())?;
    let (mut file, mut text_bytes) = (FileRows::default(), 0_usize);
    for (index, record) in RowIter::from_file_into(Box::new(reader)).enumerate() {
        text_bytes = text_bytes.saturating_add(take(&mut file, &columns, index.saturating_add(1), &record.map_err(|_| damaged())?));
        if text_bytes > text_bytes_max {
            return Err(too_large());
        }
    }
    Ok(file)
}

/// Where the footer begins, and what it is; `None` where file and footer do not fit.
fn footer(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.len().checked_sub(END_BYTES).filter(|_| bytes.ends_with(MARK))?;
    let length = u32::from_le_bytes(bytes.get(end..end.checked_add(4)?)?.try_into().ok()?);
    let length = usize::try_from(length).ok().filter(|length| *length <= FOOTER_BYTES_MAX)?;
    let from = end.checked_sub(length).filter(|from| *from >= MARK.len())?;
    Some((from, bytes.get(from..end)?))
}

/// Whether the groups of rows can be read; `length` is that of the file. Columns that lay over one another would unpack to many times the file.
fn check(metadata: &ParquetMetaData, length: usize) -> Result<(), FileProblem> {
    let (mut rows, mut packed) = (0_usize, 0_u64);
    for group in metadata.row_groups() {
        rows = rows.saturating_add(usize::try_from(group.num_rows()).map_err(|_| damaged())?);
        packed = group.columns().iter().fold(packed, |packed, chunk| packed.saturating_add(chunk.byte_range().1));
        if group.columns().iter().any(|chunk| !matches!(chunk.compression(), Compression::UNCOMPRESSED | Compression::SNAPPY)) {
            return Err(FileProblem::new(
                "file-parquet-packed",
                "Parquet文件的压缩方式不受支持，请不压缩或用Snappy压缩后重新导出。",
                "The Parquet file is packed in a way that is not read; write it with Snappy or uncompressed.",
            ));
        }
    }
    if u64::try_from(length).is_ok_and(|length| packed > length) {
        return Err(damaged());
    }
    if rows > ROWS_COUNT_MAX { Err(too_large()) } else { Ok(()) }
}

fn columns(metadata: &ParquetMetaData) -> Result<Vec<Column>, FileProblem> {
    let schema = metadata.file_metadata().schema_descr();
    let mut columns = Vec::with_capacity(schema.num_columns());
    for column in schema.columns() {
        columns.push(Column { head: column.name().trim().to_owned(), form: form(column)? });
    }
    Ok(columns)
}

fn form(column: &ColumnDescriptor) -> Result<Form, FileProblem> {
    if column.physical_type() == Type::INT96 {
        return Err(of_column(
            column.name(),
            "file-parquet-int96",
            "用INT96保存的时间没有说明时区，请改用TIMESTAMP类型重新导出。",
            "moments in INT96 do not say their time zone; export them as TIMESTAMP.",
        ));
    }
    if column.converted_type() == ConvertedType::INTERVAL {
        let (zh, en) = ("不支持时间间隔类型，请改为数值后重新导出。", "intervals are not read; export a number.");
        return Err(of_column(column.name(), "file-parquet-interval", zh, en));
    }
    Ok(Form::of(column))
}

fn nested(column: &str) -> FileProblem {
    of_column(
        column,
        "file-parquet-nested",
        "表格中不能有列表、映射或分组，请展开为普通列后重新导出。",
        "lists, maps and groups are no columns of a table; flatten them and export again.",
    )
}

fn of_column(name: &str, code: &'static str, zh: &str, en: &str) -> FileProblem {
    FileProblem { code, sentence: Text::new(format!("“{name}”列：{zh}"), format!("Column {name}: {en}")) }
}

/// Takes a row in; answers how long its values are together.
fn take(file: &mut FileRows, columns: &[Column], row: usize, record: &Record) -> usize {
    let (mut values, mut wrong, mut text_bytes) = (Map::new(), Vec::new(), 0_usize);
    for (column, (_, field)) in columns.iter().zip(record.get_column_iter()) {
        match column.form.text_of(field) {
            Ok(text) if text.trim().is_empty() => {}
            Ok(text) => {
                text_bytes = text_bytes.saturating_add(text.len());
                values.insert(if column.head.is_empty() { "?".to_owned() } else { column.head.clone() }, Value::from(text.trim()));
            }
            Err(sentence) => wrong.push(Unread { row, column: column.head.clone(), sentence }),
        }
    }
    if wrong.is_empty() && !values.is_empty() {
        file.rows.push(Row { row, cells: values });
    }
    file.unread.extend(wrong);
    text_bytes
}

fn damaged() -> FileProblem {
    FileProblem::new(
        "file-parquet-damaged",
        "Parquet文件不完整、已损坏或编码不受支持，请用PLAIN或字典编码重新导出。",
        "The Parquet file is incomplete, damaged or encoded in a way that is not read; export it again, in plain or dictionary encoding.",
    )
}

fn too_large() -> FileProblem {
    FileProblem::new(
        "file-parquet-large",
        "Parquet文件展开后超过200万行或512MB，请拆分后分次导入。",
        "Unpacked, the Parquet file has over two million rows or 512 MB; split it.",
    )
}

#[cfg(test)]
mod tests;
