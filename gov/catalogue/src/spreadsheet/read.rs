//! From sheets to resources: every problem with its cell, good rows kept, nothing left out in silence.

use std::collections::HashMap;

use parties::OrganId;

use super::block::{Block, written};
use super::columns::{Meaning, meaning};
use super::grid::{FileProblem, Grid, grids};
use super::header::{Header, header};
use super::report::{CellProblem, Report, Severity};
use crate::commands::ImportRow;
use crate::model::Content;
use crate::model::checks::{Strictness, troubles};
use i18n::Text;

/// An organ whose resources may be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// The organ.
    pub organ: OrganId,
    /// Its full and short names.
    pub names: Vec<String>,
    /// 统一社会信用代码
    pub code: String,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Resources without errors.
    pub rows: Vec<ImportRow>,
    /// What was found, with all problems.
    pub report: Report,
}

/// Reads a file. `providers` are the organs whose rows are taken; with one alone, rows without a provider are its.
///
/// # Errors
/// When the file cannot be read at all.
pub fn read(bytes: &[u8], providers: &[Provider]) -> Result<Table, FileProblem> {
    Ok(read_grids(&grids(bytes)?, providers))
}

/// Reads sheets.
#[must_use]
pub fn read_grids(grids: &[Grid], providers: &[Provider]) -> Table {
    let mut reader = Reader { providers, table: Table::default(), names: HashMap::new(), codes: HashMap::new() };
    for grid in grids {
        reader.sheet(grid);
    }
    reader.table
}

struct Reader<'a> {
    providers: &'a [Provider],
    table: Table,
    /// Where a name of an organ stood first.
    names: HashMap<(OrganId, String), String>,
    /// Where a code stood first.
    codes: HashMap<String, String>,
}

impl Reader<'_> {
    fn report(&mut self, grid: &Grid, place: (u32, u32), severity: Severity, zh: impl Into<String>, en: impl Into<String>) {
        let problem = CellProblem { sheet: grid.name.clone(), cell: grid.address(place.0, place.1), severity, sentence: Text::new(zh, en) };
        self.table.report.add(problem);
    }

    fn sheet(&mut self, grid: &Grid) {
        if grid.row_count == 0 {
            return;
        }
        let Some(header) = header(grid) else {
            let zh = "这张工作表没有目录表头（至少应有“信息资源名称”等三列），未导入。";
            self.report(grid, (0, 0), Severity::Warning, zh, "This sheet has no header of a catalogue; it was not imported.");
            return;
        };
        self.table.report.sheets.push(grid.name.clone());
        self.about_columns(grid, &header);
        for rows in self.blocks(grid, &header) {
            self.block(grid, &header, rows);
        }
    }

    /// Columns nobody knows, columns that are for people alone, broken cells, and what lies beyond the bounds.
    fn about_columns(&mut self, grid: &Grid, header: &Header) {
        for (column, heading) in &header.strange {
            let values = (header.data_from..grid.row_count).filter(|row| !grid.get(*row, *column).trim().is_empty()).count();
            if values > 0 {
                let (zh, en) = match heading.as_str() {
                    "" => (
                        format!("这一列没有表头，其中 {values} 个值未导入。"),
                        format!("This column has no heading; {values} values were not imported."),
                    ),
                    heading => (
                        format!("“{heading}”列无法识别或者重复，其中 {values} 个值未导入。"),
                        format!("The column \"{heading}\" is unknown or repeated; {values} values were not imported."),
                    ),
                };
                self.report(grid, (header.row, *column), Severity::Warning, zh, en);
            }
        }
        for meaning in [Meaning::Remark, Meaning::PublishedOn] {
            let Some(column) = header.columns.get(&meaning) else { continue };
            if (header.data_from..grid.row_count).any(|row| !grid.get(row, *column).trim().is_empty()) {
                let name = written(meaning);
                let zh = format!("“{name}”列只供核对，未导入；发布日期由系统在发布时记录。");
                self.report(grid, (header.row, *column), Severity::Warning, zh, format!("The column \"{name}\" is for people and was not imported."));
            }
        }
        if !header.columns.contains_key(&Meaning::Code) {
            let zh = "表中没有“信息资源代码”列，代码由系统生成。";
            self.report(grid, (header.row, 0), Severity::Warning, zh, "The table has no column of resource codes; they are generated.");
        }
        if !header.columns.contains_key(&Meaning::Secrecy) {
            let zh = "表中没有“涉密性”列，按非涉密导入。";
            self.report(grid, (header.row, 0), Severity::Warning, zh, "The table has no column of secrecy; its resources are taken as not secret.");
        }
        for place in grid.broken.clone() {
            self.report(
                grid,
                place,
                Severity::Warning,
                "单元格是错误值（如 #N/A），按空值处理。",
                "The cell holds an error such as #N/A; it is taken as empty.",
            );
        }
        if let Some(place) = grid.beyond {
            let zh = "超出可以读取的行数或者列数，从这个单元格起未读取。";
            self.report(grid, place, Severity::Error, zh, "Beyond the rows or columns that are read; nothing from this cell on was read.");
        }
    }

    /// The rows of each resource. A resource goes on while its name is empty, merged, or the same.
    fn blocks(&mut self, grid: &Grid, header: &Header) -> Vec<Vec<u32>> {
        let name_column = header.columns.get(&Meaning::Name).copied().unwrap_or(0);
        let mut blocks: Vec<Vec<u32>> = Vec::new();
        let mut current = String::new();
        for row in header.data_from..grid.row_count {
            if grid.is_empty_row(row) {
                continue;
            }
            let name = grid.get(row, name_column).trim().to_owned();
            if meaning(&name) == Some(Meaning::Name) {
                self.report(grid, (row, name_column), Severity::Warning, "重复的表头行，已跳过。", "A repeated header; skipped.");
                continue;
            }
            self.table.report.rows += 1;
            let goes_on = name.is_empty() || name == current;
            match blocks.last_mut() {
                Some(block) if goes_on && has_item(grid, header, row) => block.push(row),
                Some(_) | None if name.is_empty() => {
                    let column = (0..grid.column_count).find(|column| !grid.get(row, *column).trim().is_empty()).unwrap_or(0);
                    let zh = "这一行没有信息资源名称，也不是信息项，未导入。";
                    self.report(grid, (row, column), Severity::Error, zh, "This row has neither a name nor an item; it was not imported.");
                }
                Some(_) | None => {
                    current = name;
                    blocks.push(vec![row]);
                }
            }
        }
        blocks
    }

    fn block(&mut self, grid: &Grid, header: &Header, rows: Vec<u32>) {
        self.table.report.found += 1;
        let mut block = Block { grid, columns: &header.columns, rows, problems: Vec::new() };
        let read = self.resource(&mut block);
        let good = !block.has_errors();
        let problems = std::mem::take(&mut block.problems);
        if let Some(row) = read.filter(|_| good) {
            self.table.report.good += 1;
            self.table.rows.push(row);
        } else {
            let name = block.address(Meaning::Name);
            let sentence = Text::new("这条信息资源有错误，未导入。", "This resource has errors and was not imported.");
            self.table.report.add(CellProblem { sheet: grid.name.clone(), cell: name, severity: Severity::Error, sentence });
        }
        problems.into_iter().for_each(|problem| self.table.report.add(problem));
    }

    fn resource(&mut self, block: &mut Block<'_>) -> Option<ImportRow> {
        let name = block.sentence(Meaning::Name);
        let (class, code) = block.codes();
        let organ = self.provider(block);
        let (format, sharing, period) = (block.format(), block.sharing(), block.period());
        let (opening, secrecy, storage, relations) = (block.opening(), block.secrecy(), block.storage(), block.relations());
        let (summary, domain, items) = (block.sentence(Meaning::Summary), block.sentence(Meaning::Domain), block.items());
        let (class, organ, (format, format_type)) = (class?, organ?, format?);
        let level = Block::level(class.tier());
        let (sharing, period) = (sharing?, period?);
        let content =
            Content { class, name, summary, secrecy, level, format, format_type, items, sharing, opening, period, domain, storage, relations };
        check(block, &content);
        self.twice(block, &organ, &content.name, code.as_ref().map(ToString::to_string));
        let cell = block.address(Meaning::Name);
        Some(ImportRow { organ, code, content, sheet: block.grid.name.clone(), cell })
    }

    fn provider(&mut self, block: &mut Block<'_>) -> Option<OrganId> {
        let (name, code) = (block.sentence(Meaning::Provider), block.word(Meaning::ProviderCode).to_uppercase());
        if name.is_empty() && code.is_empty() {
            if let [only] = self.providers {
                block.problem(
                    Meaning::Provider,
                    Severity::Warning,
                    "未填提供方，按本单位导入。",
                    "The provider is missing; it is taken as your organ.",
                );
                return Some(only.organ.clone());
            }
            block.problem(Meaning::Provider, Severity::Error, "缺少“信息资源提供方”。", "The provider is missing.");
            return None;
        }
        let by_code = self.providers.iter().find(|provider| !code.is_empty() && provider.code == code);
        let by_name = self.providers.iter().find(|provider| provider.names.contains(&name));
        match (by_code, by_name) {
            (Some(coded), Some(named)) if coded.organ != named.organ => {
                block.problem(
                    Meaning::ProviderCode,
                    Severity::Error,
                    "提供方名称与代码不是同一单位。",
                    "Name and code of the provider belong to different organs.",
                );
                None
            }
            (Some(found), _) => Some(found.organ.clone()),
            (None, Some(found)) if code.is_empty() || parties::UnifiedCode::parse(&code).is_err() => {
                if !code.is_empty() {
                    let (zh, en) =
                        (format!("提供方代码“{code}”有误，按名称导入。"), format!("The provider's code \"{code}\" is wrong; its name decides."));
                    block.problem(Meaning::ProviderCode, Severity::Warning, zh, en);
                }
                Some(found.organ.clone())
            }
            (None, Some(_) | None) => {
                let (zh, en) =
                    (format!("提供方“{name} {code}”不是可以导入的单位。"), format!("The provider \"{name} {code}\" is not yours to import."));
                block.problem(Meaning::Provider, Severity::Error, zh, en);
                None
            }
        }
    }

    /// The same resource or code twice in one file.
    fn twice(&mut self, block: &mut Block<'_>, organ: &OrganId, name: &str, code: Option<String>) {
        let here = format!("{}!{}", block.grid.name, block.address(Meaning::Name));
        if let Some(first) = self.names.insert((organ.clone(), name.to_owned()), here.clone()) {
            let (zh, en) = (format!("与 {first} 的信息资源重复。"), format!("The same resource as in {first}."));
            block.problem(Meaning::Name, Severity::Error, zh, en);
            self.names.insert((organ.clone(), name.to_owned()), first);
        }
        let Some(code) = code else { return };
        if let Some(first) = self.codes.insert(code.clone(), here) {
            let (zh, en) = (format!("信息资源代码与 {first} 重复。"), format!("The same resource code as in {first}."));
            block.problem(Meaning::Code, Severity::Error, zh, en);
            self.codes.insert(code, first);
        }
    }
}

fn has_item(grid: &Grid, header: &Header, row: u32) -> bool {
    [Meaning::ItemTitle, Meaning::ItemName]
        .iter()
        .any(|meaning| header.columns.get(meaning).is_some_and(|column| !grid.get(row, *column).trim().is_empty()))
}

/// What a draft may not be is an error; what is lacking for registration is a warning.
fn check(block: &mut Block<'_>, content: &Content) {
    let errors = troubles(content, Strictness::Draft);
    for trouble in troubles(content, Strictness::Complete) {
        let severity = if errors.contains(&trouble) { Severity::Error } else { Severity::Warning };
        let (zh, en) = match severity {
            Severity::Error => (trouble.sentence.zh, trouble.sentence.en),
            Severity::Warning => (
                format!("已作为草稿导入，注册前需要改正：{}", trouble.sentence.zh),
                format!("Taken as a draft; to be corrected: {}", trouble.sentence.en),
            ),
        };
        block.problem(column_of(&trouble.field), severity, zh, en);
    }
}

fn column_of(field: &str) -> Meaning {
    match field {
        "name" => Meaning::Name,
        "class" => Meaning::Class,
        "summary" => Meaning::Summary,
        "format_type" => Meaning::FormatType,
        "sharing.condition" => Meaning::ShareCondition,
        "sharing.methods" => Meaning::ShareMethods,
        "opening.open_type" => Meaning::Open,
        "opening.condition" => Meaning::OpenCondition,
        "relations.source_code" => Meaning::SourceCode,
        "domain" => Meaning::Domain,
        "storage.system" => Meaning::System,
        "storage.place" => Meaning::Place,
        field if field.ends_with(".length") => Meaning::Length,
        field if field.starts_with("items") => Meaning::ItemTitle,
        _ => Meaning::Name,
    }
}
