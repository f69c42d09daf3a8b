//! `/workspace/quality/compare`: two files or registers about nobody, by key.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, PageError, StaffMember, UploadForm, Visitor, see_other_with};
use i18n::Lang;
use maud::{Markup, html};
use quality::commands::CompareSources;
use quality::{Column, Columns, Comparison, Side, queries};
use registers::{DATA_OFFICER, Origin, Overview};
use runner::Halt;
use ui::{Button, FileUpload, Input, Select, SelectItem};
use web::UploadedFile;

use super::needs;
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::shown;
use crate::say::Say;
use crate::typed::Typed;

/// Largest file of the page; larger ones are compared on the command line.
const FILE_BYTES_MAX: u64 = 20 * 1024 * 1024;

/// The organ for which the visitor compares: one whose data officer, head or authority she is.
pub(super) fn organ(app: &App, visitor: &Visitor) -> Option<String> {
    let posts = visitor.actor.posts.iter();
    let mut organs: Vec<&String> = posts.filter(|held| held.post == DATA_OFFICER).map(|held| &held.organ).collect();
    organs.extend(visitor.actor.posts.iter().map(|held| &held.organ));
    organs.into_iter().find(|organ| app.may(visitor, "quality.compare", &queries::comparison_resource(organ))).cloned()
}

/// `GET /workspace/quality/compare`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    let (organ, registers) = permitted(&app, &visitor).await?;
    Ok(page(&app, &visitor, &organ, &registers, &Typed::default()).await?.into_response())
}

/// `POST /workspace/quality/compare`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, upload: UploadForm) -> Result<Response, PageError> {
    let (organ, registers) = permitted(&app, &visitor).await?;
    let lang = visitor.lang;
    let mut typed = Typed::from_pairs(&upload.fields.0);
    let (key, mut left, mut right) = (upload.fields.key(), None, None);
    for file in upload.files.into_iter().filter(|file| !file.bytes.is_empty()) {
        match file.field.as_str() {
            "left" => left = Some(file),
            _ => right = Some(file),
        }
    }
    let chosen = |name: &str| registers.iter().find(|known| known.declaration.slug == typed.get(name)).cloned();
    let (register, other) = (chosen("register"), chosen("other"));
    one_source(&mut typed, lang, &SIDES[0], register.is_some(), left.is_some());
    one_source(&mut typed, lang, &SIDES[1], other.is_some(), right.is_some());
    let columns = Columns { key: columns(typed.get("key")), fields: columns(typed.get("fields")) };
    if columns.key.is_empty() {
        typed.blame("key", lang.say("请写明按哪一列比对。", "Say which column is the key."));
    }
    if typed.has_errors() {
        return Ok(gate::unprocessable(page(&app, &visitor, &organ, &registers, &typed).await?));
    }
    let title = |register: &Option<Overview>, file: &Option<UploadedFile>| match (register, file) {
        (Some(register), _) => register.declaration.title.zh.clone(),
        (None, file) => file.as_ref().map(|file| file.name.clone()).unwrap_or_default(),
    };
    let (first, second) = (title(&register, &left), title(&other, &right));
    let slug = |register: Option<Overview>| register.map(|register| register.declaration.slug.clone());
    let (register, other_register) = (slug(register), slug(other));
    let bytes = |file: Option<UploadedFile>| file.map(|file| file.bytes).unwrap_or_default();
    let work = Work { left: (register.clone(), bytes(left)), right: (other_register.clone(), bytes(right)), columns };
    let (runner, keys) = (Arc::clone(&app.runner), Arc::clone(&app.keys));
    let compared = app.blocking(move || work.done(&runner, &keys)).await.map_err(PageError::from)?;
    let done = match compared {
        Ok(result) => {
            let command = CompareSources { organ: organ.clone(), left: first, right: second, register, other_register, result };
            app.execute(&visitor, key, command).await
        }
        Err(halt) => Err(PageError::from(halt)),
    };
    match done {
        Ok(done) => {
            let flash = Flash::success("比对完成。", "The sources were compared.");
            Ok(see_other_with(&app, &format!("/workspace/quality/comparisons/{}", done.outcome), &flash))
        }
        Err(error) => {
            let refusal = shown(error)?;
            let typed = typed.refuse(lang, &refusal, |code| if code == "comparison-unfit" { "key" } else { "right" });
            Ok((gate::status_of(&refusal), page(&app, &visitor, &organ, &registers, &typed).await?).into_response())
        }
    }
}

/// A side of the comparison: the control of its file; what is said when nothing was chosen for it, and when a register and a file were.
type Wording = (&'static str, (&'static str, &'static str), (&'static str, &'static str));

const SIDES: [Wording; 2] = [
    (
        "left",
        ("请选择甲方文件，或者选择一个登记。", "Choose the first file, or a register."),
        ("甲方只能选登记或者文件中的一个。", "Choose a register or a file as the first source, not both."),
    ),
    (
        "right",
        ("请选择乙方文件，或者选择一个登记。", "Choose the second file, or a register."),
        ("乙方只能选登记或者文件中的一个。", "Choose a register or a file as the second source, not both."),
    ),
];

/// Says where nothing, or too much, was chosen for a side.
fn one_source(typed: &mut Typed, lang: Lang, (control, none, both): &Wording, register: bool, file: bool) {
    if register == file {
        let (zh, en) = *(if file { both } else { none });
        typed.blame(*control, lang.say(zh, en));
    }
}

/// A register, or else the content of a file.
type Chosen = (Option<String>, Vec<u8>);

struct Work {
    left: Chosen,
    right: Chosen,
    columns: Columns,
}

impl Work {
    fn done(self, runner: &runner::Runner, keys: &seal::FieldKeys) -> Result<Comparison, Halt> {
        queries::compare_registers(runner, keys, side(&self.left), side(&self.right), &self.columns)
    }
}

fn side((register, bytes): &Chosen) -> Side<'_> {
    match register {
        Some(register) => Side::Register(register),
        None => Side::of_bytes(bytes),
    }
}

fn columns(text: &str) -> Vec<Column> {
    text.split([',', '，', '、']).map(str::trim).filter(|name| !name.is_empty()).map(Column::parse).collect()
}

/// The organ, and the registers that may be compared row by row: those about nobody, and of those that others keep in a system the organ's own.
async fn permitted(app: &App, visitor: &Visitor) -> Result<(String, Vec<Overview>), PageError> {
    needs(app, visitor)?;
    let organ = organ(app, visitor).ok_or(PageError::NotFound)?;
    let mut all = app.read(|tx| Ok(registers::overviews(tx)?)).await?;
    let is_own = |register: &Overview| register.owner.as_ref().is_some_and(|owner| owner.id.as_str() == organ);
    all.retain(|register| register.declaration.subject.is_none() && (register.declaration.origin == Origin::Own || is_own(register)));
    Ok((organ, all))
}

async fn page(app: &App, visitor: &Visitor, organ: &str, registers: &[Overview], typed: &Typed) -> Result<Markup, PageError> {
    let lang = visitor.lang;
    let of = organ.to_owned();
    let before = app.read(move |tx| Ok(queries::comparisons(tx, &of)?)).await?;
    let title = lang.say("交叉比对", "Compare two sources");
    let kinds: Vec<String> = ["csv", "xlsx", "xls", "json", "jsonl", "txt", "parquet"].map(str::to_owned).to_vec();
    let items = || {
        let none = SelectItem::new("", lang.say("不用登记，用文件", "No register: a file"));
        let named = |known: &Overview| SelectItem::new(known.declaration.slug.clone(), known.declaration.title.get(lang).to_owned());
        std::iter::once(none).chain(registers.iter().map(named)).collect()
    };
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        p.govuk-body { (lang.say(
            "按主键找出两个来源中缺少、重复和内容不一致的行。结果只列行号和字段，不保存内容；文件不留存。含个人信息的登记请用质量规则中的一致性规则。",
            "Finds rows that are missing, double or different under the same key. The result names rows and fields and keeps no content; files are not \
             kept. For registers about persons use a rule of consistency.",
        )) }
        form method="post" enctype="multipart/form-data" novalidate {
            (hidden(visitor, "compare"))
            (Select::new("register", lang.say("甲方：登记", "First source: a register"), items()).value(typed.get("register")))
            (FileUpload::new(lang, "left", lang.say("甲方：文件", "First source: a file")).limits(lang, &kinds, FILE_BYTES_MAX).error(typed.error(lang, "left")))
            (Select::new("other", lang.say("乙方：登记", "Second source: a register"), items()).value(typed.get("other")))
            (FileUpload::new(lang, "right", lang.say("乙方：文件", "Second source: a file")).limits(lang, &kinds, FILE_BYTES_MAX).error(typed.error(lang, "right")))
            (Input::new("key", lang.say("按哪几列比对（主键）", "Key"))
                .hint(lang.say("多列用逗号分开；两边列名不同的写成“甲=乙”。", "Separate several by commas; write first=second where the names differ."))
                .value(typed.get("key")).error(typed.error(lang, "key")))
            (Input::new("fields", lang.say("核对哪几列（可不填）", "Compared columns, if any")).value(typed.get("fields")).error(typed.error(lang, "fields")))
            (Button::submit(lang.say("比对", "Compare")))
        }
        (super::comparison::table(visitor, &before))
    };
    Ok(Desk::new(app, visitor, Place::Quality, title).below().wrong(typed.has_errors()).show(body))
}
