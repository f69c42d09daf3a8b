//! `/workspace/registers/{slug}/load`: a file of records.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, PageError, StaffMember, UploadForm, Visitor, see_other_with};
use maud::{Markup, html};
use registers::{Overview, load_command};
use ui::{Button, Details, FileUpload, Input};

use super::{href, overview};
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::shown;
use crate::say::Say;
use crate::typed::{Typed, day};

/// Largest file of the page; larger ones go in parts.
const FILE_BYTES_MAX: u64 = 20 * 1024 * 1024;

/// `GET /workspace/registers/{slug}/load`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(slug): Path<String>) -> Result<Response, PageError> {
    let register = permitted(&app, &visitor, &slug).await?;
    Ok(page(&app, &visitor, &register, &Typed::default()).into_response())
}

/// `POST /workspace/registers/{slug}/load`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(slug): Path<String>,
    upload: UploadForm,
) -> Result<Response, PageError> {
    let register = permitted(&app, &visitor, &slug).await?;
    let lang = visitor.lang;
    let mut typed = Typed::from_pairs(&upload.fields.0);
    let valid_from = day(&mut typed, lang, "valid_from", lang.say("生效日期", "First day"));
    let file = upload.files.into_iter().find(|file| !file.bytes.is_empty());
    if file.is_none() {
        typed.blame("file", lang.say("请选择文件。", "Choose a file."));
    }
    let (Some(valid_from), Some(file)) = (valid_from, file) else { return Ok(gate::unprocessable(page(&app, &visitor, &register, &typed))) };
    let of = slug.clone();
    let command = app.blocking(move || load_command(&of, &file.bytes, valid_from)).await.map_err(PageError::from)?;
    let done = match command {
        Ok(command) => app.execute(&visitor, None, command).await,
        Err(refusal) => Err(PageError::Refused(Box::new(refusal))),
    };
    match done {
        Ok(done) => {
            let flash = flash(done.outcome.again);
            Ok(see_other_with(&app, &format!("{}/loads/{}", href(&slug), done.outcome.load), &flash))
        }
        Err(error) => {
            let refusal = shown(error)?;
            let typed = typed.refuse(lang, &refusal, |_| "file");
            Ok((gate::status_of(&refusal), page(&app, &visitor, &register, &typed)).into_response())
        }
    }
}

fn flash(again: bool) -> Flash {
    if again {
        return Flash::success(
            "这个文件以前已经导入过，没有重复导入；下面是当时的报告。",
            "This file had been loaded before and was not loaded again; this is the report of that time.",
        );
    }
    Flash::success("文件已处理，请查看报告。", "The file was taken in; see the report.")
}

async fn permitted(app: &App, visitor: &Visitor, slug: &str) -> Result<Overview, PageError> {
    let register = overview(app, visitor, slug).await?;
    if app.may(visitor, "register.load", &register.resource()) { Ok(register) } else { Err(PageError::NotFound) }
}

fn page(app: &App, visitor: &Visitor, register: &Overview, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let declaration = &register.declaration;
    let title = lang.tell(format!("导入：{}", declaration.title.zh), format!("Load: {}", declaration.title.en));
    let kinds: Vec<String> = ["csv", "xlsx", "xls", "json", "jsonl", "txt", "parquet"].map(str::to_owned).to_vec();
    let from = if typed.get("valid_from").is_empty() { app.today().to_string() } else { typed.get("valid_from").to_owned() };
    let heads: Vec<&str> = declaration.fields.iter().map(|field| field.title.get(lang)).collect();
    let body = html! {
        (typed.summary(lang))
        (heading(&title))
        p.govuk-body { (lang.say(
            "第一行是表头，可用字段名称或代码。正确的行入库，有问题的行逐条列出行、列和原因，不会静默丢弃；同一个文件只导入一次。",
            "The first row holds titles or names of fields. Good rows are kept; every problem is listed with row, column and reason; a file is loaded once.",
        )) }
        (Details::new(lang.say("这个登记的表头", "Heads of this register"), html! { pre.zs-pre tabindex="0" { (heads.join(",")) } }))
        form method="post" enctype="multipart/form-data" novalidate {
            (hidden(visitor, "load"))
            (FileUpload::new(lang, "file", lang.say("文件（CSV、Excel、JSON或Parquet）", "File: CSV, Excel, JSON or Parquet"))
                .limits(lang, &kinds, FILE_BYTES_MAX)
                .error(typed.error(lang, "file")))
            (Input {
                kind: "date".to_owned(),
                ..Input::new("valid_from", lang.say("没有写明生效日期的行自哪天起有效", "First day of rows that say none"))
                    .value(from)
                    .error(typed.error(lang, "valid_from"))
                    .width(10)
            })
            (Button::submit(lang.say("检查并导入", "Check and load")))
        }
    };
    Desk::new(app, visitor, Place::Registers, title).below().wrong(typed.has_errors()).show(body)
}
