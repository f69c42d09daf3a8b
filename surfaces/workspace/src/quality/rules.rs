//! `/workspace/quality/{register}/rules`: the file of rules, to be changed by whoever keeps the register.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use quality::commands::DeclareRules;
use quality::queries;
use registers::{Origin, Overview};
use ui::{Button, InsetText, Textarea};

use super::{href, kept_elsewhere, overview};
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::Say;
use crate::typed::Typed;

/// `GET /workspace/quality/{register}/rules`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(slug): Path<String>) -> Result<Response, PageError> {
    let register = permitted(&app, &visitor, &slug).await?;
    let rules = app.read(move |tx| Ok(queries::rules(tx, &slug)?)).await?;
    let mut typed = Typed::default();
    typed.set("text", rules.map_or_else(|| start_of(&register), |rules| rules.text));
    Ok(page(&app, &visitor, &register, &typed).into_response())
}

/// `POST /workspace/quality/{register}/rules`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let register = permitted(&app, &visitor, &slug).await?;
    let mut typed = Typed::from_pairs(&form.0);
    let text = typed.get("text").replace("\r\n", "\n");
    // The file says itself of which register it is; another one's is not changed from here.
    if quality::RuleSet::read(&text).is_ok_and(|set| set.register != slug) {
        typed.blame("text", visitor.lang.say("文件中的 register 不是这个登记。", "The file is for another register."));
        return Ok(gate::unprocessable(page(&app, &visitor, &register, &typed)));
    }
    match app.execute(&visitor, form.key(), DeclareRules { text: format!("{text}\n") }).await {
        Ok(done) => {
            let version = done.outcome.version;
            let flash = Flash::success(
                format!("质量规则已登记为第{version}版，今晚按新规则检查。"),
                format!("The rules are declared as version {version}; the register is examined by them tonight."),
            );
            Ok(see_other_with(&app, &href(&slug), &flash))
        }
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, |_| "text")?;
            Ok((status, page(&app, &visitor, &register, &typed)).into_response())
        }
    }
}

async fn permitted(app: &App, visitor: &Visitor, slug: &str) -> Result<Overview, PageError> {
    let register = overview(app, visitor, slug).await?;
    if app.may(visitor, "quality.declare", &register.resource()) { Ok(register) } else { Err(PageError::NotFound) }
}

/// A file to begin with: of what others keep no period was promised to the node.
fn start_of(register: &Overview) -> String {
    let rule = match register.declaration.origin {
        Origin::Own => {
            "slug = \"up-to-date\"\ntitle = { zh = \"按承诺的周期更新\", en = \"Updated within the promised period\" }\n\
             dimension = \"timely\"\ncheck = { kind = \"fresh\" }\n"
        }
        Origin::Asked { .. } | Origin::Exchange { .. } => {
            "slug = \"readable\"\ntitle = { zh = \"来源可读取\", en = \"The source can be read\" }\n\
             dimension = \"accessible\"\ncheck = { kind = \"readable\" }\n"
        }
    };
    format!("register = \"{}\"\nevery = \"day\"\n\n[[rules]]\n{rule}", register.declaration.slug)
}

fn page(app: &App, visitor: &Visitor, register: &Overview, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let title = lang.tell(format!("质量规则：{}", register.declaration.title.zh), format!("Rules: {}", register.declaration.title.en));
    let fields: Vec<String> = register.declaration.fields.iter().map(|field| format!("{} {}", field.name, field.title.get(lang))).collect();
    let body = html! {
        (typed.summary(lang))
        (heading(&title))
        p.govuk-body { (lang.say(
            "检查种类：declared（符合登记现行要求）、form（格式）、present（齐全）、unique（不重复）、reference（引用存在）、agrees（与另一登记一致）、not-past（未过期）、fresh（按期更新）、readable（可读取）。",
            "Kinds of check: declared, form, present, unique, reference, agrees, not-past, fresh, readable.",
        )) }
        @if let Some(words) = kept_elsewhere(&register.declaration) { (InsetText::new(words.get(lang))) }
        p.govuk-body { (lang.say("字段：", "Fields: ")) (fields.join(lang.say("、", ", "))) }
        form method="post" novalidate {
            (hidden(visitor, "rules"))
            (Textarea::new("text", lang.say("规则文件（TOML）", "File of rules (TOML)")).value(typed.get("text")).rows(24).error(typed.error(lang, "text")))
            (Button::submit(lang.say("检查并登记", "Check and declare")))
        }
    };
    Desk::new(app, visitor, Place::Quality, title).below().wrong(typed.has_errors()).show(body)
}
