//! `/data/keys`: one's developer keys.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, Visitor, form_fields, see_other_with, status_of};
use i18n::Lang;
use maud::{Markup, html};
use opendata::{IssueKey, Key, KeyId, RevokeKey, queries};
use runner::Refusal;
use ui::{Button, Cell, Crumb, ErrorMessage, Input, InsetText, Table};

use super::dataset::crumbs;
use super::{say, voices};
use crate::public::view::{View, document, moment};

const PATH: &str = "/data/keys";

#[derive(Default)]
struct Shown {
    /// The secret of a key just issued.
    token: Option<String>,
    typed: String,
    refusal: Option<Refusal>,
}

fn signed_in(visitor: &Visitor) -> Result<(), PageError> {
    if visitor.signed_in.is_some() { Ok(()) } else { Err(PageError::NeedsSignIn { staff: false, next: PATH.to_owned() }) }
}

/// `GET /data/keys`
pub(super) async fn get(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    signed_in(&visitor)?;
    show(&app, &visitor, &Shown::default()).await
}

/// `POST /data/keys` answers a new key with the page itself: the secret is shown once and stands in no address.
pub(super) async fn post(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, PageError> {
    signed_in(&visitor)?;
    if let Ok(key) = KeyId::parse(form.text("revoke")) {
        app.execute(&visitor, form.key(), RevokeKey { key }).await?;
        return Ok(see_other_with(&app, PATH, &Flash::success("密钥已停用。", "The key has ended.")));
    }
    let typed = form.text("name").to_owned();
    match app.execute(&visitor, None, IssueKey { name: typed.clone() }).await {
        Ok(executed) => show(&app, &visitor, &Shown { token: Some(executed.outcome.token), ..Shown::default() }).await,
        Err(PageError::Refused(refusal)) => show(&app, &visitor, &Shown { refusal: Some(*refusal), typed, token: None }).await,
        Err(error) => Err(error),
    }
}

async fn show(app: &App, visitor: &Visitor, shown: &Shown) -> Result<Response, PageError> {
    let account = visitor.actor.account.clone();
    let keys = app.read(move |tx| Ok(queries::keys_of(tx, &account)?)).await?;
    let lang = visitor.lang;
    let title = say(lang, "开发者密钥", "Developer keys");
    let mut between = crumbs(lang);
    between.push(Crumb::link(say(lang, "接口说明", "Interfaces"), "/data/developers"));
    let view = View::new(title, body(visitor, shown, &keys)).below(lang, between, title).private().with_errors(shown.refusal.is_some());
    let page = document(app, visitor, view);
    Ok(match &shown.refusal {
        Some(refusal) => (status_of(refusal), page).into_response(),
        None => page.into_response(),
    })
}

fn body(visitor: &Visitor, shown: &Shown, keys: &[Key]) -> Markup {
    let lang = visitor.lang;
    let error = shown.refusal.as_ref().and_then(|refusal| refusal.fields.first());
    let error = error.map(|field| ErrorMessage::new(lang, if lang == Lang::En { field.en.as_str() } else { field.zh.as_str() }));
    html! {
        @if let Some(refusal) = &shown.refusal { (voices::summary(lang, refusal)) }
        h1.govuk-heading-l { (say(lang, "开发者密钥", "Developer keys")) }
        p.govuk-body { (say(
            lang,
            "程序在请求头 Authorization 里带上密钥。带密钥的请求按密钥计数，每天 10 万次；工作人员的密钥还可以编制本单位的数据集。",
            "Programs send the key in the header Authorization. Each key has 100,000 calls a day; keys of staff also prepare datasets of their organ.",
        )) }
        @if let Some(token) = &shown.token {
            (InsetText::new(html! {
                strong { (say(lang, "新密钥（只显示这一次，请立即保存）：", "The new key, shown this once; keep it now: ")) } br; code { (token) }
            }))
        }
        (list(visitor, keys))
        h2.govuk-heading-m { (say(lang, "申请密钥", "Get a key")) }
        form method="post" action=(PATH) novalidate {
            (form_fields(visitor))
            (Input::new("name", say(lang, "用途", "What for")).value(shown.typed.as_str()).error(error)
                .attribute("maxlength", "60").attribute("autocomplete", "off"))
            (Button::submit(say(lang, "生成密钥", "Make a key")))
        }
    }
}

fn list(visitor: &Visitor, keys: &[Key]) -> Markup {
    let lang = visitor.lang;
    let head = [say(lang, "用途", "What for"), say(lang, "生成时间", "Made"), say(lang, "状态", "State"), say(lang, "操作", "Do")];
    let row = |key: &Key| {
        let open = key.revoked_ms.is_none();
        let state = if open { say(lang, "有效", "valid") } else { say(lang, "已停用", "ended") };
        let act = html! {
            @if open {
                form method="post" action=(PATH) {
                    (form_fields(visitor))
                    input type="hidden" name="revoke" value=(key.id.as_str());
                    (Button::submit(html! { (say(lang, "停用", "End")) span.govuk-visually-hidden { "：" (key.name) } }).secondary())
                }
            }
        };
        vec![Cell::new(key.name.as_str()), Cell::new(moment(lang, key.created_ms)), Cell::new(state), Cell::new(act)]
    };
    let caption = say(lang, "我的密钥", "My keys");
    html! {
        @if !keys.is_empty() { (Table::new(caption, head.map(Cell::new).to_vec(), keys.iter().map(row).collect()).first_cell_is_header().scrolling(caption)) }
    }
}
