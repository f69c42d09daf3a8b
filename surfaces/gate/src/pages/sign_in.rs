//! Signing in, for everybody.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use runner::{Actor, Refusal};
use serde::Deserialize;
use trust::{AccountKind, OpenedSession, Password, PasswordState, SignInAnswer, SignOut};
use ui::{Button, ErrorMessage, ErrorSummary, Input, InsetText, PasswordInput, layout};
use web::{ClientAddress, SetCookie, cookie, local_path};

use crate::kept::{KEPT_COOKIE, OWNER_COOKIE, owner_mark};
use crate::staff::admin_address_fits;
use crate::visitor::SESSION_COOKIE;
use crate::{App, Form, PageError, Visitor, Words, desk_frame, form_fields, frame, see_other, unprocessable};

/// Where to go afterwards.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    next: Option<String>,
    kept: Option<String>,
}

/// What became of what was being sent when the session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    /// Nothing was.
    Nothing,
    /// The form was kept.
    Kept,
    /// A file was not.
    NoFile,
}

/// What the page shows.
pub(crate) struct SignInPage<'a> {
    pub(crate) staff: bool,
    pub(crate) next: &'a str,
    pub(crate) login: &'a str,
    pub(crate) sent: Sent,
    pub(crate) refusal: Option<&'a Refusal>,
}

/// `GET /sign-in`
pub(crate) async fn get(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Response {
    show(&app, &visitor, &asked, false)
}

/// `POST /sign-in`
pub(crate) async fn post(app: State<App>, visitor: Visitor, headers: HeaderMap, client: Client, form: Form) -> Result<Response, PageError> {
    try_to_sign_in(&app.0, &visitor, &headers, client.0, &form, false).await
}

/// The page, or straight on for who has signed in already.
pub(crate) fn show(app: &App, visitor: &Visitor, asked: &Asked, staff: bool) -> Response {
    let next = local_path(asked.next.as_deref(), "");
    if let Some(who) = &visitor.signed_in {
        return see_other(local_path(Some(next), home_of(who.kind)));
    }
    let sent = match asked.kept.as_deref() {
        None => Sent::Nothing,
        Some("no-file") => Sent::NoFile,
        Some(_) => Sent::Kept,
    };
    let page = SignInPage { staff, next, login: "", sent, refusal: None };
    render(app, visitor, &page).into_response()
}

pub(crate) async fn try_to_sign_in(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
    client: Option<ClientAddress>,
    form: &Form,
    staff: bool,
) -> Result<Response, PageError> {
    let (login, next) = (form.text("login"), local_path(form.get("next"), ""));
    let opened = match attempt(app, login, form.get("password").unwrap_or_default(), client, headers).await? {
        SignInAnswer::Opened(opened) => opened,
        SignInAnswer::Refused(refusal) => {
            let sent = if cookie(headers, KEPT_COOKIE).is_some() { Sent::Kept } else { Sent::Nothing };
            let page = SignInPage { staff, next, login, sent, refusal: Some(&refusal) };
            return Ok(unprocessable(render(app, visitor, &page)));
        }
    };
    if opened.kind == AccountKind::Admin
        && let Err(refused) = admin_address_fits(app, client)
    {
        close(app, &opened).await?;
        return Err(refused);
    }
    Ok(welcome(app, headers, &opened, next))
}

async fn attempt(app: &App, login: &str, password: &str, client: Option<ClientAddress>, headers: &HeaderMap) -> Result<SignInAnswer, PageError> {
    let (runner, login, password) = (Arc::clone(&app.runner), login.to_owned(), Password::new(password));
    let address = client.map(|client| client.0.to_string()).unwrap_or_default();
    let browser = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    Ok(app.blocking(move || trust::sign_in(&runner, &login, &password, &address, &browser)).await??)
}

async fn close(app: &App, opened: &OpenedSession) -> Result<(), PageError> {
    let owner = Actor::bare(opened.account.as_str(), opened.kind.actor_kind());
    app.run(owner, None, SignOut { session: opened.session.clone() }).await?;
    Ok(())
}

/// Sets the cookies and leads on: to a password that must be changed, to a form that waits, to where one wanted to go.
fn welcome(app: &App, headers: &HeaderMap, opened: &OpenedSession, next: &str) -> Response {
    let path = match opened.password {
        PasswordState::Initial | PasswordState::Aged => "/password",
        PasswordState::Valid if cookie(headers, KEPT_COOKIE).is_some_and(|token| !token.is_empty()) => "/kept-form",
        PasswordState::Valid => local_path(Some(next), home_of(opened.kind)),
    };
    let mut response = see_other(path);
    let cookies =
        [SetCookie::session(SESSION_COOKIE, opened.token.as_str()), SetCookie::session(OWNER_COOKIE, owner_mark(app, opened.account.as_str()))];
    for cookie in cookies {
        cookie.set(response.headers_mut(), app.limits.https);
    }
    response
}

pub(crate) const fn home_of(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Person => "/cases",
        AccountKind::Staff | AccountKind::Admin => "/workspace",
    }
}

pub(crate) fn render(app: &App, visitor: &Visitor, shown: &SignInPage<'_>) -> Markup {
    let title = if shown.staff { Words("工作人员登录", "Staff sign-in") } else { Words("登录", "Sign in") }.get(visitor.lang);
    let framed = if shown.staff { desk_frame(app, visitor, title) } else { frame(app, visitor, title) };
    let page = layout::Page { visitor: layout::Visitor::Hidden, has_errors: shown.refusal.is_some(), skin: visitor.skin, ..framed };
    layout::citizen(&page, body(visitor, title, shown))
}

fn body(visitor: &Visitor, title: &str, shown: &SignInPage<'_>) -> Markup {
    let lang = visitor.lang;
    let told = match shown.sent {
        Sent::Nothing => None,
        Sent::Kept => Some(Words(
            "您已较长时间没有操作，为保护您的信息已自动退出。刚才填写的内容已经保留，登录后可以继续。",
            "You were signed out after some time without activity, to protect your data. What you typed has been kept; sign in to go on.",
        )),
        Sent::NoFile => Some(Words(
            "您已较长时间没有操作，为保护您的信息已自动退出。以前保存的内容都在；刚才选择的文件没有传上来，登录后请重新上传。",
            "You were signed out after some time without activity, to protect your data. What was saved before is there; the file you just chose was not \
             received, please upload it again.",
        )),
    };
    let action = if shown.staff { "/workspace/sign-in" } else { "/sign-in" };
    let error = shown.refusal.map(|refusal| refusal.sentence.get(lang).to_owned());
    html! {
        @if let Some(refusal) = shown.refusal {
            (ErrorSummary::new(lang).error("login", refusal.sentence.get(lang)))
        }
        h1.govuk-heading-l { (title) }
        @if let Some(told) = told { (InsetText { content: told.get(lang).into(), ..InsetText::default() }) }
        form method="post" action=(action) novalidate {
            (form_fields(visitor))
            input type="hidden" name="next" value=(shown.next);
            (Input::new("login", Words("账号名", "Account name").get(lang)).value(shown.login).autocomplete("username")
                .error(error.map(|sentence| ErrorMessage::new(lang, sentence))))
            (PasswordInput::new(lang, "password", Words("密码", "Password").get(lang)))
            @if let Some(refusal) = shown.refusal { p.govuk-body { (refusal.next_step.get(lang)) } }
            (Button::submit(Words("登录", "Sign in").get(lang)))
        }
        @if !shown.staff {
            p.govuk-body {
                a.govuk-link href="/register" { (Words("注册个人账号", "Register a personal account").get(lang)) } " · "
                a.govuk-link href="/track" { (Words("不登录，凭查询码查询进度", "Track a case by its query code, without signing in").get(lang)) }
            }
        }
    }
}

/// The address of the client, as the outer ring found it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Client(pub(crate) Option<ClientAddress>);

impl<S: Sync> axum::extract::FromRequestParts<S> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<ClientAddress>().copied()))
    }
}
