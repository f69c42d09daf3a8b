//! 导入

use i18n::Text;
use parties::{Organ, OrganId};
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::compile_resource::{compile, of_organ};
use super::edit_resource::edit;
use super::loading::{check, organ};
use crate::events::{ImportBegun, ImportRowsTaken};
use crate::model::checks::Strictness;
use crate::model::{Content, ResourceCode};
use crate::queries::ImportRecord;
use crate::spreadsheet::{CellProblem, Report, Severity};
use crate::store as tables;

/// Rows of one command, at most: so that nobody waits for long.
pub const IMPORT_ROWS_MAX: usize = 200;

/// Begins an import: keeps what was read and every problem found.
#[derive(Clone, Debug, Serialize)]
pub struct BeginImport {
    /// The organ that imports; the data authority imports for others too.
    pub organ: OrganId,
    /// Name of the file.
    pub file_name: String,
    /// SM3 of the file, in hexadecimal digits.
    pub file_hash: String,
    /// What was read.
    pub report: Report,
}

impl Command for BeginImport {
    type Outcome = String;
    const ACTION: &'static str = "catalogue.import";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        let organ = organ(cx, &self.organ)?;
        cx.authorise(&of_organ(&organ))?;
        let id = cx.ids().next_text("import");
        let record = ImportRecord {
            id: id.clone(),
            organ: organ.id.to_string(),
            file_name: self.file_name.chars().filter(|c| !c.is_control()).take(200).collect(),
            report: self.report.clone(),
            taken: 0,
            at_ms: cx.now_ms(),
            actor: cx.actor().account.clone(),
        };
        let event = ImportBegun {
            id: id.clone(),
            organ: organ.id.to_string(),
            file_hash: self.file_hash.clone(),
            found: self.report.found,
            good: self.report.good,
            problems: self.report.problems.len(),
            record,
        };
        cx.record(&id, &event)?;
        Ok(id)
    }
}

/// One resource read from a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    /// The provider.
    pub organ: OrganId,
    /// The code it brings, if it does.
    pub code: Option<ResourceCode>,
    /// The description.
    pub content: Content,
    /// Name of the sheet it stood on.
    pub sheet: String,
    /// Address of its name.
    pub cell: String,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowOutcome {
    /// A new draft.
    Created,
    /// A known resource was changed.
    Changed,
    /// A known resource says the same already.
    Unchanged,
    /// Not taken; the report says why.
    Refused,
}

/// Takes rows of an import: new ones become drafts, known ones (by name) are changed. A row that cannot be taken is reported with its cell and
/// the others are taken all the same.
#[derive(Clone, Debug, Serialize)]
pub struct ImportRows {
    /// The import.
    pub import: String,
    /// At most [`IMPORT_ROWS_MAX`].
    pub rows: Vec<ImportRow>,
}

impl Command for ImportRows {
    type Outcome = Vec<RowOutcome>;
    const ACTION: &'static str = "catalogue.import";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Vec<RowOutcome>, Halt> {
        let mut record = tables::imports::find(cx.tx(), &self.import)?.ok_or_else(Refusal::not_found)?;
        let thing = Resource { organ: Some(record.organ.clone()), post: Some(crate::OFFICER_POST.to_owned()), ..Resource::of("catalogue-resource") };
        cx.authorise(&Resource { sensitivity: 1, ..thing })?;
        if self.rows.len() > IMPORT_ROWS_MAX {
            let rows = IMPORT_ROWS_MAX;
            let refusal =
                Refusal::new("rows-too-many", format!("每次最多 {rows} 条。"), format!("At most {rows} rows."), "请分批导入。", "Import in parts.");
            return Err(refusal.into());
        }
        let mut organs: BTreeMap<OrganId, Organ> = BTreeMap::new();
        let mut outcomes = Vec::new();
        for row in &self.rows {
            outcomes.push(take_or_report(cx, row, &self.import, &mut organs, &mut record.report)?);
        }
        let count = |wanted: &[RowOutcome]| i64::try_from(outcomes.iter().filter(|outcome| wanted.contains(outcome)).count()).unwrap_or(i64::MAX);
        let taken = count(&[RowOutcome::Created, RowOutcome::Changed, RowOutcome::Unchanged]);
        record.taken += taken;
        cx.record(&self.import, &ImportRowsTaken { taken, refused: count(&[RowOutcome::Refused]), after: record })?;
        Ok(outcomes)
    }
}

const ROW: &str = "catalogue_row";

/// A refused row leaves nothing behind but its problem.
fn take_or_report(
    cx: &mut Cx<'_>,
    row: &ImportRow,
    import: &str,
    organs: &mut BTreeMap<OrganId, Organ>,
    report: &mut Report,
) -> Result<RowOutcome, Halt> {
    if !organs.contains_key(&row.organ) {
        organs.insert(row.organ.clone(), organ(cx, &row.organ)?);
    }
    let Some(organ) = organs.get(&row.organ) else { return Err(Refusal::not_found().into()) };
    cx.authorise(&of_organ(organ))?;
    cx.tx().savepoint(ROW)?;
    match take(cx, row, organ, import) {
        Ok(outcome) => {
            cx.tx().release(ROW)?;
            Ok(outcome)
        }
        Err(Halt::Refused(refusal)) => {
            cx.tx().rollback_to(ROW)?;
            let fields: Vec<Text> = refusal.fields.iter().map(|field| Text::new(field.zh.clone(), field.en.clone())).collect();
            let details = |of: fn(&Text) -> &str| fields.iter().map(of).collect::<Vec<_>>().join(" ");
            let (zh, en) = (details(|text| &text.zh), details(|text| &text.en));
            let sentence = Text::new(format!("{} {zh}", refusal.sentence.zh), format!("{} {en}", refusal.sentence.en));
            report.add(CellProblem { sheet: row.sheet.clone(), cell: row.cell.clone(), severity: Severity::Error, sentence });
            Ok(RowOutcome::Refused)
        }
        Err(fault) => Err(fault),
    }
}

fn take(cx: &mut Cx<'_>, row: &ImportRow, organ: &Organ, import: &str) -> Result<RowOutcome, Halt> {
    check(&row.content, Strictness::Draft)?;
    let known = tables::resources::find_by_name(cx.tx(), organ.id.as_str(), &row.content.name)?;
    match known {
        None => {
            compile(cx, organ, &row.content, row.code.as_ref(), Some(import))?;
            Ok(RowOutcome::Created)
        }
        Some(before) if same(&before.content, &row.content) => Ok(RowOutcome::Unchanged),
        Some(before) => {
            cx.loaded_version(before.id.as_str(), before.version);
            let mut content = row.content.clone();
            keep_grades(&before.content, &mut content);
            edit(cx, before, &content, Some(import))?;
            Ok(RowOutcome::Changed)
        }
    }
}

/// Tables of departments say nothing of levels: what a person decided stays.
fn keep_grades(before: &Content, after: &mut Content) {
    for item in after.items.iter_mut().filter(|item| item.grade.is_none()) {
        if let Some(known) = before.items.iter().find(|known| known.key() == item.key()) {
            (item.personal, item.grade, item.mask) = (known.personal, known.grade, known.mask);
        }
    }
}

fn same(before: &Content, row: &Content) -> bool {
    let mut row = row.clone();
    keep_grades(before, &mut row);
    *before == row
}
