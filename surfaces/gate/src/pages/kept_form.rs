//! What was typed before the session ended, to be sent again after a look.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use i18n::Lang;
use maud::{Markup, html};
use trust::AccountKind;
use ui::Button;
use web::SetCookie;

use super::sign_in::home_of;
use crate::kept::{KEPT_COOKIE, KEPT_FIELD, KeptForm, forget, waiting};
use crate::{App, Flash, Form, PageError, Visitor, Words, desk, form_fields, page, see_other, see_other_with};

/// `GET /kept-form`
pub(crate) async fn get(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Result<Response, PageError> {
    let Some(who) = &visitor.signed_in else { return Err(PageError::NeedsSignIn { staff: false, next: "/kept-form".to_owned() }) };
    match waiting(&app, &headers, who.account.as_str()).await? {
        Some(form) => Ok(render(&app, &visitor, &form).into_response()),
        None => {
            let mut response = see_other(home_of(who.kind));
            SetCookie::removed(KEPT_COOKIE).set(response.headers_mut(), app.limits.https);
            Ok(response)
        }
    }
}

/// `POST /kept-form/discard`
pub(crate) async fn discard(State(app): State<App>, headers: HeaderMap, form: Form) -> Result<Response, PageError> {
    forget(&app, &headers).await?;
    let back = web::local_path(form.get("path"), "/");
    let mut response = see_other_with(&app, back, &Flash::notice("保留的内容已删除。", "What had been kept was deleted."));
    SetCookie::removed(KEPT_COOKIE).set(response.headers_mut(), app.limits.https);
    Ok(response)
}

fn render(app: &App, visitor: &Visitor, form: &KeptForm) -> Markup {
    let lang = visitor.lang;
    let title = Words("您刚才填写的内容还在", "What you typed is still here").get(lang);
    let explained = Words(
        "退出登录前，您正在提交下面的内容，还没有提交成功。请核对后继续提交，或者放弃。",
        "Before you were signed out you were sending what stands below; it was not sent. Check it and send it, or give it up.",
    );
    let body = html! {
        h1.govuk-heading-l { (title) }
        p.govuk-body { (explained.get(lang)) }
        (typed(lang, form))
        form method="post" action=(form.path) {
            (form_fields(visitor))
            input type="hidden" name=(KEPT_FIELD) value="1";
            @for (name, value) in &form.fields { input type="hidden" name=(name) value=(value); }
            (Button::submit(Words("继续提交", "Send it").get(lang)))
        }
        form method="post" action="/kept-form/discard" {
            (form_fields(visitor))
            input type="hidden" name="path" value=(form.path);
            (Button::submit(Words("放弃这些内容", "Give it up").get(lang)).secondary())
        }
    };
    match visitor.signed_in.as_ref().map(|who| who.kind) {
        Some(AccountKind::Staff | AccountKind::Admin) => desk(app, visitor, title, None, body),
        Some(AccountKind::Person) | None => page(app, visitor, title, body),
    }
}

/// What was typed in words; what was chosen from lists has only codes here, and is counted.
fn typed(lang: Lang, form: &KeptForm) -> Markup {
    let shown = form.fields.iter().filter(|(name, value)| !is_technical(name) && !value.trim().is_empty());
    let (codes, words): (Vec<_>, Vec<_>) = shown.map(|(_, value)| value).partition(|value| is_code(value));
    let chosen = codes.len();
    html! {
        @if !words.is_empty() { ul.govuk-list.govuk-list--bullet { @for value in &words { li { (value) } } } }
        @if chosen > 0 {
            p.govuk-body { @match lang {
                Lang::ZhHans => { "您选择的" (chosen) "项也一并保留。" }
                Lang::En => { (i18n::count(lang, i64::try_from(chosen).unwrap_or(i64::MAX), "", "choice", "choices")) " of yours are kept too." }
            } }
        }
    }
}

fn is_technical(name: &str) -> bool {
    name.starts_with('_') || matches!(name, "act" | "seen" | "confirm" | "back" | "next")
}

/// A value that a list or a radio button sends.
fn is_code(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_lowercase())
        && value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'))
}
