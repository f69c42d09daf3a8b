use std::collections::HashMap;
use std::sync::Arc;

use clock::Date;
use runner::{Command, Cx, Halt, Refusal};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::events::{RecordsLoaded, stream};
use crate::model::asking::refusals;
use crate::model::declaration::{Declaration, Field, FieldKind, Grade, Origin};
use crate::model::loading::{Columns, Load, LoadProblem, LoadReport, LoadRow, PROBLEMS_COUNT_MAX, VALID_FROM, VALID_UNTIL};
use crate::model::record::Cause;
use crate::queries::present;
use crate::store as tables;
use crate::writing::{NewVersion, Put, Writer};

/// Most rows of one load.
pub const ROWS_COUNT_MAX: usize = 1_000_000;

/// Loads the rows of a file. Good rows are kept, the others are reported with every problem; a file is loaded once.
#[derive(Clone, Debug, Serialize)]
pub struct LoadRecords {
    /// The register.
    pub register: String,
    /// SM3 of the file, which stands for its rows.
    pub file_sm3: String,
    /// First day on which rows hold that say none.
    pub valid_from: Date,
    /// The rows.
    #[serde(skip)]
    pub rows: Arc<Vec<LoadRow>>,
    /// What the reader of the file could not read.
    #[serde(skip)]
    pub unread: Vec<LoadProblem>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    /// The load.
    pub load: String,
    /// Whether the file had been loaded before; the report is the first one then.
    pub again: bool,
    /// The report.
    pub report: LoadReport,
}

impl Command for LoadRecords {
    type Outcome = Loaded;
    const ACTION: &'static str = "register.load";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Loaded, Halt> {
        let found = present(cx.tx(), &self.register)?;
        let resource = found.resource(cx.tx())?;
        cx.authorise(&resource)?;
        if found.declaration.origin != Origin::Own {
            return Err(refusals::asked_elsewhere().into());
        }
        if self.rows.len() > ROWS_COUNT_MAX {
            return Err(too_many_rows().into());
        }
        cx.hold(&stream(&self.register))?;
        // What stood there before the others were done.
        let found = present(cx.tx(), &self.register)?;
        if let Some(first) = tables::loads::by_file(cx.tx(), &self.register, &self.file_sm3)? {
            return Ok(Loaded { load: first.id, again: true, report: first.report });
        }
        let (good, mut report) = self.read_rows(&found.declaration, cx.today())?;
        let keys = cx.service::<FieldKeys>()?;
        let new_keys: Vec<&str> = good.iter().map(|new| new.key.as_str()).collect();
        let mut writer = Writer::of(cx, &found, &keys, &new_keys)?;
        for new in good {
            match writer.put(cx, new)? {
                Put::Added => report.added += 1,
                Put::Changed => report.changed += 1,
                Put::Unchanged => report.unchanged += 1,
            }
        }
        let (written, records_sm3) = writer.finish(true);
        if !written.rows.is_empty() {
            report.position_from = found.head.position.saturating_add(1);
            report.position_to = written.position;
        }
        report.records_sm3 = records_sm3;
        let load = cx.ids().next_text("load");
        let kept = Load {
            id: load.clone(),
            register: self.register.clone(),
            file_sm3: self.file_sm3.clone(),
            report: report.clone(),
            at_ms: cx.now_ms(),
            account: cx.actor().account.clone(),
        };
        let event = RecordsLoaded {
            register: self.register.clone(),
            load: load.clone(),
            file_sm3: self.file_sm3.clone(),
            rows: report.rows,
            added: report.added,
            changed: report.changed,
            unchanged: report.unchanged,
            refused: report.refused,
            records_sm3: report.records_sm3.clone(),
            position_from: report.position_from,
            position_to: report.position_to,
            kept,
            written,
        };
        cx.record(&stream(&self.register), &event)?;
        Ok(Loaded { load, again: false, report })
    }
}

impl LoadRecords {
    /// The good rows, and a report with the problems of the others.
    fn read_rows(&self, declaration: &Declaration, today: Date) -> Result<(Vec<NewVersion>, LoadReport), Halt> {
        let dates = DateFields::new();
        let columns = Columns::of(declaration);
        let mut seen: HashMap<(String, Date), usize> = HashMap::new();
        let unread: std::collections::BTreeSet<usize> = self.unread.iter().map(|problem| problem.row).collect();
        let mut report = LoadReport {
            rows: self.rows.len().saturating_add(unread.len()),
            refused: unread.len(),
            problems: self.unread.clone(),
            ..LoadReport::default()
        };
        let mut good = Vec::with_capacity(self.rows.len());
        for row in self.rows.iter() {
            match self.read_row(declaration, &dates, &columns, row, today) {
                Ok(new) => match seen.insert((new.key.clone(), new.from), row.row) {
                    None => good.push(new),
                    Some(first) => {
                        report.refused += 1;
                        report.problems.push(twice(declaration, row.row, first));
                    }
                },
                Err(problems) => {
                    report.refused += 1;
                    report.problems.extend(problems);
                }
            }
            if report.problems.len() > PROBLEMS_COUNT_MAX {
                return Err(hopeless().into());
            }
        }
        Ok((good, report))
    }

    fn read_row(
        &self,
        declaration: &Declaration,
        dates: &DateFields,
        columns: &Columns<'_>,
        row: &LoadRow,
        today: Date,
    ) -> Result<NewVersion, Vec<LoadProblem>> {
        let mut problems = Vec::new();
        let (mut given, mut from, mut until) = (Map::new(), self.valid_from, None);
        for (head, cell) in &row.cells {
            match columns.field(head) {
                Some(VALID_FROM) => from = dates.read(&dates.from, row.row, cell, &mut problems).unwrap_or(self.valid_from),
                Some(VALID_UNTIL) => until = dates.read(&dates.until, row.row, cell, &mut problems),
                Some(field) => drop(given.insert(field.to_owned(), cell.clone())),
                None => drop(given.insert(head.clone(), cell.clone())),
            }
        }
        if until.is_some_and(|until| until < from) {
            problems.push(LoadProblem {
                row: row.row,
                column: VALID_UNTIL.into(),
                sentence: i18n::Text::new("失效日期早于生效日期。", "The last day is before the first."),
            });
        }
        match declaration.record_values(&given, today) {
            Ok(values) if problems.is_empty() => Ok(NewVersion { key: declaration.key_of(&values), values, from, until, cause: Cause::Changed }),
            Ok(_) => Err(problems),
            Err(wrong) => {
                problems.extend(wrong.into_iter().map(|problem| LoadProblem { row: row.row, column: problem.field, sentence: problem.sentence }));
                Err(problems)
            }
        }
    }
}

/// The two columns that every register accepts, read like any field.
struct DateFields {
    from: Field,
    until: Field,
}

impl DateFields {
    fn new() -> Self {
        let field = |name: &str| Field {
            name: name.to_owned(),
            title: i18n::Text::default(),
            also: Vec::new(),
            kind: FieldKind::Date,
            personal: false,
            sensitive: false,
            statistic: false,
            indexed: false,
            grade: Grade::General1,
            mask: None,
            required: false,
            codes: Vec::new(),
            checks: Vec::new(),
        };
        Self { from: field(VALID_FROM), until: field(VALID_UNTIL) }
    }

    fn read(&self, field: &Field, row: usize, cell: &Value, problems: &mut Vec<LoadProblem>) -> Option<Date> {
        match field.value(cell) {
            Ok(value) => value.as_ref().and_then(Value::as_str).and_then(|text| text.parse().ok()),
            Err(sentence) => {
                problems.push(LoadProblem { row, column: field.name.clone(), sentence });
                None
            }
        }
    }
}

fn twice(declaration: &Declaration, row: usize, first: usize) -> LoadProblem {
    let sentence = i18n::Text::new(format!("与第{first}行主键和生效日期相同。"), format!("The key and the first day are those of row {first}."));
    LoadProblem { row, column: declaration.key.join("/"), sentence }
}

fn too_many_rows() -> Refusal {
    Refusal::new("load-too-large", "一次最多导入100万行。", "At most a million rows are loaded at once.", "请拆分文件后分次导入。", "Split the file.")
}

fn hopeless() -> Refusal {
    Refusal::new(
        "load-hopeless",
        "文件中的错误超过5000处，没有导入任何一行。",
        "The file has more than 5,000 problems; nothing of it was loaded.",
        "请核对是否选错了登记或文件，并先在来源系统中更正。",
        "Check whether this is the right file for this register, and mend it where it came from.",
    )
}
