//! A sheet as Parquet (<https://github.com/apache/parquet-format>), for those who take it along to count with: every column optional, days as `DATE`,
//! moments as `TIMESTAMP` of a clock without zone, in groups of rows, with Snappy.

use std::io::Write;
use std::sync::Arc;

use jiff::civil;
use jiff::tz::TimeZone;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{BoolType, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::model::{Cell, Field, Kind, TableError};
use crate::sheet::Sheet;

const GROUP_ROWS: usize = 65_536;
const PRESENT: i16 = 1;
const ABSENT: i16 = 0;

/// Writes the rows of a sheet.
pub(crate) fn write(fields: &[Field], bytes: &[u8], to: impl Write + Send) -> Result<(), TableError> {
    let mut sheet = Sheet::of(fields, bytes)?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by("zhengshu".to_owned()).build();
    let mut file = SerializedFileWriter::new(to, schema(fields).map_err(TableError::Parquet)?, Arc::new(properties)).map_err(TableError::Parquet)?;
    let mut columns: Vec<Vec<Cell>> = vec![Vec::new(); fields.len()];
    let mut rows = 0;
    while let Some((line, record)) = sheet.next_row()? {
        for ((column, field), text) in columns.iter_mut().zip(fields).zip(record) {
            column.push(field.cell(line, text)?);
        }
        rows += 1;
        if rows == GROUP_ROWS {
            group(&mut file, fields, &mut columns).map_err(TableError::Parquet)?;
            rows = 0;
        }
    }
    if rows > 0 {
        group(&mut file, fields, &mut columns).map_err(TableError::Parquet)?;
    }
    file.close().map_err(TableError::Parquet)?;
    Ok(())
}

fn schema(fields: &[Field]) -> Result<TypePtr, ParquetError> {
    let mut columns = Vec::with_capacity(fields.len());
    for field in fields {
        let (physical, logical) = match field.kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Integer => (Physical::INT64, None),
            Kind::Numeric => (Physical::DOUBLE, None),
            Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
            Kind::Timestamp => (Physical::INT64, Some(LogicalType::timestamp(false, TimeUnit::MICROS))),
            Kind::Boolean => (Physical::BOOLEAN, None),
        };
        let column = Type::primitive_type_builder(&field.name, physical).with_repetition(Repetition::OPTIONAL).with_logical_type(logical);
        columns.push(Arc::new(column.build()?));
    }
    Ok(Arc::new(Type::group_type_builder("rows").with_fields(columns).build()?))
}

/// Writes the rows gathered, and empties the columns.
fn group<W: Write + Send>(file: &mut SerializedFileWriter<W>, fields: &[Field], columns: &mut [Vec<Cell>]) -> Result<(), ParquetError> {
    let mut group = file.next_row_group()?;
    for (field, cells) in fields.iter().zip(columns) {
        let Some(mut column) = group.next_column()? else { break };
        match field.kind {
            Kind::Text => put::<ByteArrayType>(&mut column, cells, |cell| text(cell).map(Into::into))?,
            Kind::Integer => put::<Int64Type>(&mut column, cells, integer)?,
            Kind::Numeric => put::<DoubleType>(&mut column, cells, number)?,
            Kind::Date => put::<Int32Type>(&mut column, cells, |cell| days(text(cell)?))?,
            Kind::Timestamp => put::<Int64Type>(&mut column, cells, |cell| microseconds(text(cell)?))?,
            Kind::Boolean => put::<BoolType>(&mut column, cells, |cell| integer(cell).map(|truth| truth != 0))?,
        }
        column.close()?;
        cells.clear();
    }
    group.close()?;
    Ok(())
}

fn put<T: DataType>(column: &mut SerializedColumnWriter<'_>, cells: &[Cell], value: impl Fn(&Cell) -> Option<T::T>) -> Result<(), ParquetError> {
    let (mut values, mut levels) = (Vec::with_capacity(cells.len()), Vec::with_capacity(cells.len()));
    for cell in cells {
        let value = value(cell);
        levels.push(if value.is_some() { PRESENT } else { ABSENT });
        values.extend(value);
    }
    column.typed::<T>().write_batch(&values, Some(&levels), None)?;
    Ok(())
}

fn text(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text),
        Cell::Null | Cell::Int(_) | Cell::Real(_) => None,
    }
}

const fn integer(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Int(number) => Some(*number),
        Cell::Null | Cell::Real(_) | Cell::Text(_) => None,
    }
}

const fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Real(number) => Some(*number),
        Cell::Null | Cell::Int(_) | Cell::Text(_) => None,
    }
}

fn days(text: &str) -> Option<i32> {
    let day: civil::Date = text.parse().ok()?;
    Some(day.since(civil::date(1970, 1, 1)).ok()?.get_days())
}

/// Of a clock without zone: as if it stood in UTC.
fn microseconds(text: &str) -> Option<i64> {
    let at: civil::DateTime = text.parse().ok()?;
    Some(at.to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond())
}
