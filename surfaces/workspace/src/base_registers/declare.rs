//! `/workspace/registers/new` and `/workspace/registers/{slug}/declaration`: the file that says what a register is, sent by whoever keeps it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use registers::{DATA_OFFICER, Declaration, DeclareRegister, Overview};
use runner::{Refusal, Resource};
use ui::{Button, Textarea};

use super::{href, overview};
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::shown;
use crate::say::Say;
use crate::typed::Typed;

pub(super) const NEW: &str = "/workspace/registers/new";

/// A file to begin with.
const START: &str = r#"slug = ""
title = { zh = "", en = "" }
summary = { zh = "", en = "" }
owner_duty = ""
basis = ""
key = [""]
update_period = "monthly"

[[fields]]
name = ""
title = { zh = "", en = "" }
kind = "text"
grade = "general-1"
required = true
"#;

/// Whether the visitor keeps registers of some organ.
pub(super) fn may_begin(app: &App, visitor: &Visitor) -> bool {
    let of = |organ: &str| Resource { organ: Some(organ.to_owned()), post: Some(DATA_OFFICER.to_owned()), ..Resource::of("register") };
    visitor.actor.posts.iter().any(|held| app.may(visitor, "register.declare", &of(&held.organ)))
}

/// `GET /workspace/registers/new`
pub(super) async fn get_new(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    begins(&app, &visitor)?;
    let mut typed = Typed::default();
    typed.set("text", START);
    Ok(page(&app, &visitor, None, &typed).into_response())
}

/// `POST /workspace/registers/new`
pub(super) async fn post_new(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    begins(&app, &visitor)?;
    let division = app.settings.division.clone();
    declare(&app, &visitor, &form, None, division).await
}

/// `GET /workspace/registers/{slug}/declaration`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(slug): Path<String>) -> Result<Response, PageError> {
    let register = permitted(&app, &visitor, &slug).await?;
    let version = register.version;
    let mut typed = Typed::default();
    typed.set("text", app.read(move |tx| Ok(registers::declaration_text(tx, &slug, version)?)).await?);
    Ok(page(&app, &visitor, Some(&register), &typed).into_response())
}

/// `POST /workspace/registers/{slug}/declaration`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let register = permitted(&app, &visitor, &slug).await?;
    let division = register.division.clone();
    declare(&app, &visitor, &form, Some(&register), division).await
}

fn begins(app: &App, visitor: &Visitor) -> Result<(), PageError> {
    if Place::Registers.is_for(app, visitor) && may_begin(app, visitor) { Ok(()) } else { Err(PageError::NotFound) }
}

async fn permitted(app: &App, visitor: &Visitor, slug: &str) -> Result<Overview, PageError> {
    let register = overview(app, visitor, slug).await?;
    if app.may(visitor, "register.declare", &register.resource()) { Ok(register) } else { Err(PageError::NotFound) }
}

async fn declare(app: &App, visitor: &Visitor, form: &Form, register: Option<&Overview>, division: String) -> Result<Response, PageError> {
    let lang = visitor.lang;
    let mut typed = Typed::from_pairs(&form.0);
    let text = typed.get("text").replace("\r\n", "\n");
    // The file says itself which register it is; another one is not changed from here.
    if let Ok(Declaration { slug, .. }) = Declaration::read(&text) {
        let named = slug.clone();
        let is_known = app.read(move |tx| Ok(registers::declaration(tx, &named)?.is_some())).await?;
        match register {
            Some(register) if register.declaration.slug != slug => {
                typed.blame("text", lang.say("文件中的 slug 不是这个登记。", "The file is for another register."));
            }
            None if is_known => typed.blame(
                "text",
                lang.say("已有这个名称（slug）的登记，请在它的页面修改。", "There is a register of this name (slug); change it on its page."),
            ),
            Some(_) | None => {}
        }
    }
    if typed.has_errors() {
        return Ok(gate::unprocessable(page(app, visitor, register, &typed)));
    }
    match app.execute(visitor, form.key(), DeclareRegister { text: format!("{text}\n"), division }).await {
        Ok(done) => {
            let version = done.outcome.version;
            let flash = match done.outcome.new {
                true => Flash::success(format!("已登记为第{version}版。"), format!("Declared as version {version}.")),
                false => Flash::notice("内容没有变化，未产生新版本。", "Nothing is different: there is no new version."),
            };
            Ok(see_other_with(app, &href(&done.outcome.slug), &flash))
        }
        Err(error) => {
            let refusal = match shown(error) {
                Err(PageError::NotFound) => not_the_owner(),
                refusal => refusal?,
            };
            let typed = blamed(typed, visitor, &refusal);
            Ok((gate::status_of(&refusal), page(app, visitor, register, &typed)).into_response())
        }
    }
}

/// What one may not do does not exist; here it is the file that says whose act it is.
fn not_the_owner() -> Refusal {
    Refusal::new(
        "not-the-owner",
        "文件中的 owner_duty 不是您所在单位的职责。",
        "Your organ has not the duty that the file names as owner_duty.",
        "请由有这项职责的单位登记。",
        "The organ with that duty declares it.",
    )
    .under("政务数据共享条例")
}

/// Every problem with the field, or the word of the file, that it is about.
fn blamed(mut typed: Typed, visitor: &Visitor, refusal: &Refusal) -> Typed {
    if refusal.fields.is_empty() {
        return typed.refuse(visitor.lang, refusal, |_| "text");
    }
    for problem in &refusal.fields {
        let place = &problem.field;
        typed.blame("text", visitor.lang.tell(format!("{place}：{}", problem.zh), format!("{place}: {}", problem.en)));
    }
    typed
}

fn page(app: &App, visitor: &Visitor, register: Option<&Overview>, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let title = match register {
        None => lang.say("登记一个基础信息库", "Declare a register").to_owned(),
        Some(register) => {
            let title = &register.declaration.title;
            lang.tell(format!("登记文件：{}", title.zh), format!("Declaration: {}", title.en))
        }
    };
    let body = html! {
        (typed.summary(lang))
        (heading(&title))
        p.govuk-body { (lang.say(
            "一个文件登记一个库：名称、主管职责、法律依据、主键、当事人和字段。已有记录的，可以增加字段，修改名称、脱敏、分级、检查和更新周期；主键、当事人、字段类型和个人信息标记不能改。",
            "One file, one register: names, duty of the owner, law, key, subject and fields. Once there are records, fields may be added, and titles, masks, \
             grades, checks and the update period changed; key, subject, kinds and personal marks stay.",
        )) }
        form method="post" novalidate {
            (hidden(visitor, "declare"))
            (Textarea::new("text", lang.say("登记文件（TOML）", "Declaration (TOML)")).value(typed.get("text")).rows(24).error(typed.error(lang, "text")))
            (Button::submit(lang.say("检查并登记", "Check and declare")))
        }
    };
    Desk::new(app, visitor, Place::Registers, title).below().wrong(typed.has_errors()).show(body)
}
