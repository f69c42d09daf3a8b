//! `/workspace/catalogue/import`: tables of departments, with every problem by its cell.

use ::catalogue::queries::{self, ImportRecord};
use ::catalogue::spreadsheet::{CellProblem, Provider, Severity, Table as Read, read};
use ::catalogue::{BeginImport, IMPORT_ROWS_MAX, ImportRows, OFFICER_POST};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, PageError, StaffMember, UploadForm, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use parties::Organ;
use ui::{Button, Cell, FileUpload, SummaryList, SummaryRow, Table, Tag, TagColour};
use web::UploadedFile;

use super::kept;
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::{Say, moment};
use crate::typed::Typed;

/// Problems shown on one page; the rest is in the file one can download from the API.
const PROBLEMS_SHOWN_MAX: usize = 500;

/// `GET /workspace/catalogue/import`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    let (organs, before) = load(&app, &visitor).await?;
    Ok(page(&app, &visitor, &organs, &before, &Typed::default()).into_response())
}

/// `POST /workspace/catalogue/import`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, form: UploadForm) -> Result<Response, PageError> {
    let (organs, before) = load(&app, &visitor).await?;
    let mut typed = Typed::from_pairs(&form.fields.0);
    let Some(file) = form.files.iter().find(|file| file.field == "file").cloned() else {
        typed.blame("file", visitor.lang.say("请选择文件。", "Choose a file."));
        return Ok(gate::unprocessable(page(&app, &visitor, &organs, &before, &typed)));
    };
    let providers: Vec<Provider> = organs.iter().map(provider).collect();
    let (hash, bytes) = (seal::hash::sm3_hex(&file.bytes), file.bytes.clone());
    let read = app.blocking(move || read(&bytes, &providers)).await?;
    let table = match read {
        Ok(table) => table,
        Err(problem) => {
            typed.blame("file", problem.sentence().get(visitor.lang));
            return Ok(gate::unprocessable(page(&app, &visitor, &organs, &before, &typed)));
        }
    };
    match take(&app, &visitor, &organs, &file, hash, table, form.fields.key()).await {
        Ok(import) => Ok(gate::see_other(&format!("/workspace/catalogue/imports/{import}"))),
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, |_| "file")?;
            Ok((status, page(&app, &visitor, &organs, &before, &typed)).into_response())
        }
    }
}

/// Keeps the report, then takes the good rows in parts; each part has a key, so that a second click takes nothing twice.
async fn take(
    app: &App,
    visitor: &Visitor,
    organs: &[Organ],
    file: &UploadedFile,
    file_hash: String,
    table: Read,
    key: Option<String>,
) -> Result<String, PageError> {
    let organ = organs.first().ok_or(PageError::NotFound)?.id.clone();
    let begin = BeginImport { organ, file_name: file.name.clone(), file_hash, report: table.report };
    let import = app.execute(visitor, key, begin).await?.outcome;
    for (nth, rows) in table.rows.chunks(IMPORT_ROWS_MAX).enumerate() {
        let command = ImportRows { import: import.clone(), rows: rows.to_vec() };
        app.execute(visitor, Some(format!("{import}-{nth}")), command).await?;
    }
    Ok(import)
}

fn provider(organ: &Organ) -> Provider {
    let names = vec![organ.name.zh.clone(), organ.name.en.clone(), organ.details.short_name.zh.clone()];
    Provider { organ: organ.id.clone(), names, code: organ.code.to_string() }
}

async fn load(app: &App, visitor: &Visitor) -> Result<(Vec<Organ>, Vec<ImportRecord>), PageError> {
    let organs = kept(app, visitor).await?;
    let ids: Vec<String> = organs.iter().map(|organ| organ.id.to_string()).collect();
    if ids.is_empty() {
        return Err(PageError::NotFound);
    }
    let before = app
        .read(move |tx| {
            let mut before = Vec::new();
            for id in &ids {
                before.extend(queries::imports_of_organ(tx, id, 10)?);
            }
            Ok(before)
        })
        .await?;
    Ok((organs, before))
}

fn page(app: &App, visitor: &Visitor, organs: &[Organ], before: &[ImportRecord], typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let title = lang.say("导入目录", "Import a catalogue");
    let names: Vec<&str> = organs.iter().map(|organ| organ.name.get(lang)).collect();
    let file = FileUpload::new(lang, "file", lang.say("目录表格", "The table"))
        .hint(lang.say(
            "xlsx、xls 或 csv，不超过 20 MB；可以有多张工作表、合并单元格、两行表头。",
            "xlsx, xls or csv up to 20 MB; several sheets, merged cells and headers of two rows are read.",
        ))
        .limits(lang, &["xlsx".into(), "xls".into(), "csv".into()], 20_000_000)
        .error(typed.error(lang, "file"));
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        p.govuk-body { (lang.say("导入到：", "For: ")) (names.join("、")) }
        p.govuk-body { (lang.say(
            "没有错误的目录成为草稿，同名的草稿被更新；有错误的不导入。全部问题按单元格列出，不会悄悄丢掉任何内容。",
            "Resources without errors become drafts, known ones are changed; the rest is left out. \
             Every problem is listed by its cell; nothing is dropped in silence.",
        )) }
        form method="post" enctype="multipart/form-data" novalidate {
            (hidden(visitor, "import"))
            (file)
            (Button::submit(lang.say("导入", "Import")))
        }
        (earlier(lang, before))
    };
    Desk::new(app, visitor, Place::Catalogue, title).below().wrong(typed.has_errors()).show(body)
}

fn earlier(lang: Lang, before: &[ImportRecord]) -> Markup {
    html! {
        @if !before.is_empty() {
            h2.govuk-heading-m { (lang.say("以前的导入", "Earlier imports")) }
            ul.govuk-list { @for import in before {
                li { a.govuk-link href={ "/workspace/catalogue/imports/" (import.id) } { (import.file_name) } " · " (moment(lang, import.at_ms)) " · "
                    (lang.tell(format!("导入 {} 条", import.taken), format!("{} taken", import.taken))) }
            } }
        }
    }
}

/// `GET /workspace/catalogue/imports/{import}`
pub(super) async fn report(State(app): State<App>, StaffMember(visitor): StaffMember, Path(import): Path<String>) -> Result<Markup, PageError> {
    let found = app.read(move |tx| Ok(queries::import(tx, &import)?)).await?.ok_or(PageError::NotFound)?;
    if !visitor.actor.holds(&found.organ, OFFICER_POST) {
        return Err(PageError::NotFound);
    }
    let lang = visitor.lang;
    let title = lang.say("导入报告", "Report of the import");
    let body = html! {
        (heading(title))
        (summary(lang, &found))
        (problems(lang, &found.report.problems))
        p.govuk-body { a.govuk-link href="/workspace/catalogue?status=draft" { (lang.say("查看草稿", "See the drafts")) } }
    };
    Ok(Desk::new(&app, &visitor, Place::Catalogue, title).below().show(body))
}

fn summary(lang: Lang, import: &ImportRecord) -> Markup {
    let report = &import.report;
    let sheets = if report.sheets.is_empty() {
        lang.say("没有可以识别的工作表", "None that could be read").to_owned()
    } else {
        report.sheets.join("、")
    };
    let unlisted = if report.unlisted > 0 {
        lang.tell(format!("，另有 {} 个未列出", report.unlisted), format!(", {} more not listed", report.unlisted))
    } else {
        String::new()
    };
    let rows = vec![
        SummaryRow::new(lang.say("文件", "File"), import.file_name.as_str()),
        SummaryRow::new(lang.say("工作表", "Sheets"), sheets),
        SummaryRow::new(lang.say("读取行数", "Rows read"), report.rows.to_string()),
        SummaryRow::new(lang.say("信息资源", "Resources"), report.found.to_string()),
        SummaryRow::new(lang.say("已导入", "Taken"), import.taken.to_string()),
        SummaryRow::new(lang.say("错误", "Errors"), format!("{}{unlisted}", report.count(Severity::Error))),
        SummaryRow::new(lang.say("提醒", "Warnings"), report.count(Severity::Warning).to_string()),
    ];
    html! { (SummaryList::new(rows)) }
}

fn problems(lang: Lang, problems: &[CellProblem]) -> Markup {
    let head = [lang.say("工作表", "Sheet"), lang.say("单元格", "Cell"), lang.say("程度", "Severity"), lang.say("问题", "Problem")];
    let row = |problem: &CellProblem| {
        let tag = match problem.severity {
            Severity::Error => Tag::new(TagColour::Red, lang.say("错误", "Error")),
            Severity::Warning => Tag::new(TagColour::Yellow, lang.say("提醒", "Warning")),
        };
        vec![
            Cell::new(problem.sheet.as_str()),
            Cell::new(html! { code { (problem.cell) } }),
            Cell::new(html! { (tag) }),
            Cell::new(problem.sentence.get(lang)),
        ]
    };
    let label = lang.say("问题", "Problems");
    // Errors first; each group in the order of the file.
    let mut sorted: Vec<&CellProblem> = problems.iter().collect();
    sorted.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    html! {
        h2.govuk-heading-m { (label) }
        @if problems.is_empty() { p.govuk-body { (lang.say("没有问题。", "None.")) } }
        @else {
            (Table::new("", head.map(Cell::new).to_vec(), sorted.iter().take(PROBLEMS_SHOWN_MAX).map(|problem| row(problem)).collect()).scrolling(label))
            @if problems.len() > PROBLEMS_SHOWN_MAX {
                p.govuk-body { (lang.tell(
                    format!("此页列出前 {PROBLEMS_SHOWN_MAX} 个，共 {} 个。", problems.len()),
                    format!("The first {PROBLEMS_SHOWN_MAX} of {} are shown.", problems.len()),
                )) }
            }
        }
    }
}
