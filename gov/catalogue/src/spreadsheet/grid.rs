//! Sheets as they are: cells with their places, merged regions, nothing interpreted.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, DataRef, Reader, Xls, Xlsx};
use i18n::Text;

use super::report::address;

/// Largest file, in bytes.
pub const FILE_BYTES_MAX: usize = 20_000_000;
/// Rows of one sheet that are read.
pub const ROWS_MAX: u32 = 100_000;
/// Columns that are read.
pub const COLUMNS_MAX: u32 = 200;
const SHEETS_MAX: usize = 60;

/// Why a file cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// More than [`FILE_BYTES_MAX`].
    #[error("the file is too large")]
    TooLarge,
    /// Neither xlsx nor xls nor a text.
    #[error("the file is no spreadsheet")]
    NotASpreadsheet,
    /// It opens and breaks.
    #[error("the spreadsheet is damaged")]
    Damaged,
    /// More than 60 sheets.
    #[error("the file has too many sheets")]
    TooManySheets,
}

impl FileProblem {
    /// What to say and what to do.
    #[must_use]
    pub fn sentence(self) -> Text {
        match self {
            Self::TooLarge => Text::new("文件超过 20 MB，请拆分后导入。", "The file is over 20 MB: split it."),
            Self::NotASpreadsheet => {
                Text::new("无法识别文件格式，请上传 xlsx、xls 或 csv 文件。", "The format is unknown: upload an xlsx, xls or csv file.")
            }
            Self::Damaged => {
                Text::new("文件已损坏或者被加密，请另存为 xlsx 后重试。", "The file is damaged or encrypted: save it as xlsx and try again.")
            }
            Self::TooManySheets => Text::new("工作表超过 60 个，请拆分后导入。", "There are more than 60 sheets: split the file."),
        }
    }
}

/// A merged region, from 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Row and column of the first cell.
    pub first: (u32, u32),
    /// Row and column of the last cell.
    pub last: (u32, u32),
}

/// One sheet.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// Its name.
    pub name: String,
    /// One more than the last row with a value.
    pub row_count: u32,
    /// One more than the last column with a value.
    pub column_count: u32,
    cells: HashMap<(u32, u32), String>,
    merged: HashMap<(u32, u32), Merged>,
    /// Cells that hold an error of the spreadsheet, such as `#N/A`.
    pub broken: Vec<(u32, u32)>,
    /// The first cell beyond [`ROWS_MAX`] or [`COLUMNS_MAX`] that has a value.
    pub beyond: Option<(u32, u32)>,
}

impl Grid {
    /// The value of a cell as it was typed; in a merged region that of its first cell.
    #[must_use]
    pub fn get(&self, row: u32, column: u32) -> &str {
        let place = self.merged.get(&(row, column)).map_or((row, column), |region| region.first);
        self.cells.get(&place).map_or("", String::as_str)
    }

    /// The merged region of a cell.
    #[must_use]
    pub fn region(&self, row: u32, column: u32) -> Option<Merged> {
        self.merged.get(&(row, column)).copied()
    }

    /// Whether a row has any value of its own.
    #[must_use]
    pub fn is_empty_row(&self, row: u32) -> bool {
        (0..self.column_count).all(|column| self.get(row, column).trim().is_empty())
    }

    /// The address of a cell.
    #[must_use]
    pub fn address(&self, row: u32, column: u32) -> String {
        address(row, column)
    }

    fn put(&mut self, row: u32, column: u32, value: Typed) {
        let text = match value {
            Typed::Nothing => return,
            Typed::Broken => {
                self.broken.push((row, column));
                return;
            }
            Typed::Text(text) if text.trim().is_empty() => return,
            Typed::Text(text) => text,
        };
        if row >= ROWS_MAX || column >= COLUMNS_MAX {
            self.beyond = self.beyond.or(Some((row, column)));
            return;
        }
        self.row_count = self.row_count.max(row + 1);
        self.column_count = self.column_count.max(column + 1);
        self.cells.insert((row, column), text);
    }

    fn merge(&mut self, region: Merged) {
        let rows = region.first.0..=region.last.0.min(ROWS_MAX);
        for row in rows {
            for column in region.first.1..=region.last.1.min(COLUMNS_MAX) {
                self.merged.insert((row, column), region);
            }
        }
    }

    /// A grid from rows of texts, for CSV and tests.
    #[must_use]
    pub fn from_rows(name: &str, rows: impl IntoIterator<Item = Vec<String>>) -> Self {
        let mut grid = Self { name: name.to_owned(), ..Self::default() };
        for (row, values) in (0..).zip(rows) {
            for (column, value) in (0..).zip(values) {
                grid.put(row, column, Typed::Text(value));
            }
        }
        grid
    }
}

enum Typed {
    Nothing,
    Broken,
    Text(String),
}

/// All sheets of a file: xlsx, xls, or CSV in UTF-8 or GB 18030.
///
/// # Errors
/// When the file cannot be read at all.
pub fn grids(bytes: &[u8]) -> Result<Vec<Grid>, FileProblem> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(FileProblem::TooLarge);
    }
    if bytes.starts_with(b"PK") {
        return xlsx(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return xls(bytes);
    }
    csv(bytes).map(|grid| vec![grid])
}

/// Cell by cell, so that a sheet with one value in its last corner takes no more room than its values.
fn xlsx(bytes: &[u8]) -> Result<Vec<Grid>, FileProblem> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| FileProblem::Damaged)?;
    let names = book.sheet_names();
    if names.len() > SHEETS_MAX {
        return Err(FileProblem::TooManySheets);
    }
    let mut grids = Vec::new();
    for name in names {
        let mut grid = Grid { name: name.clone(), ..Grid::default() };
        if let Ok(mut reader) = book.worksheet_cells_reader(&name) {
            while let Some(cell) = reader.next_cell().map_err(|_| FileProblem::Damaged)? {
                let (row, column) = cell.get_position();
                grid.put(row, column, typed_ref(cell.get_value()));
            }
        }
        let regions = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        regions.into_iter().for_each(|region| grid.merge(Merged { first: region.start, last: region.end }));
        grids.push(grid);
    }
    Ok(grids)
}

fn xls(bytes: &[u8]) -> Result<Vec<Grid>, FileProblem> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|_| FileProblem::Damaged)?;
    let names = book.sheet_names();
    if names.len() > SHEETS_MAX {
        return Err(FileProblem::TooManySheets);
    }
    let mut grids = Vec::new();
    for name in names {
        let mut grid = Grid { name: name.clone(), ..Grid::default() };
        let range = book.worksheet_range(&name).map_err(|_| FileProblem::Damaged)?;
        let (top, left) = range.start().unwrap_or((0, 0));
        for (row, column, value) in range.used_cells() {
            let place = |offset: u32, at: usize| offset.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
            grid.put(place(top, row), place(left, column), typed(value));
        }
        let regions = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        regions.into_iter().for_each(|region| grid.merge(Merged { first: region.start, last: region.end }));
        grids.push(grid);
    }
    Ok(grids)
}

/// Office programs in China write CSV in GB 18030 unless told otherwise.
fn csv(bytes: &[u8]) -> Result<Grid, FileProblem> {
    let text = match std::str::from_utf8(bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes)) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let (text, _, broken) = encoding_rs::GB18030.decode(bytes);
            if broken {
                return Err(FileProblem::NotASpreadsheet);
            }
            text.into_owned()
        }
    };
    if text.contains('\0') || text.trim().is_empty() {
        return Err(FileProblem::NotASpreadsheet);
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows: Result<Vec<Vec<String>>, _> = reader.records().map(|row| row.map(|row| row.iter().map(bare).collect())).collect();
    Ok(Grid::from_rows("CSV", rows.map_err(|_| FileProblem::NotASpreadsheet)?))
}

/// Without the apostrophe that keeps spreadsheets from taking a text for a formula.
fn bare(value: &str) -> String {
    value.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(value).to_owned()
}

fn typed(value: &Data) -> Typed {
    match value {
        Data::Empty => Typed::Nothing,
        Data::Error(_) => Typed::Broken,
        Data::Int(number) => Typed::Text(number.to_string()),
        Data::Float(number) => Typed::Text(number.to_string()),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Typed::Text(text.clone()),
        Data::Bool(yes) => Typed::Text(if *yes { "是" } else { "否" }.to_owned()),
        Data::DateTime(moment) => day(moment),
    }
}

fn typed_ref(value: &DataRef<'_>) -> Typed {
    match value {
        DataRef::Empty => Typed::Nothing,
        DataRef::Error(_) => Typed::Broken,
        DataRef::Int(number) => Typed::Text(number.to_string()),
        DataRef::Float(number) => Typed::Text(number.to_string()),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Typed::Text(text.clone()),
        DataRef::SharedString(text) => Typed::Text((*text).to_owned()),
        DataRef::Bool(yes) => Typed::Text(if *yes { "是" } else { "否" }.to_owned()),
        DataRef::DateTime(moment) => day(moment),
    }
}

fn day(moment: &calamine::ExcelDateTime) -> Typed {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Typed::Text(format!("{year:04}-{month:02}-{day:02}"))
}
