//! Opening a personal account.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use i18n::Lang;
use maud::{Markup, html};
use runner::{Halt, Refusal};
use ui::{Button, ErrorMessage, ErrorSummary, Input, PasswordInput, layout};

use super::password::password_hint;
use crate::registration::{Registration, register};
use crate::{App, Flash, Form, PageError, Visitor, Words, form_fields, frame, see_other, see_other_with, unprocessable};

/// `GET /register`
pub(crate) async fn get(State(app): State<App>, visitor: Visitor) -> Response {
    if visitor.signed_in.is_some() {
        return see_other("/");
    }
    render(&app, &visitor, &Registration::of(&Form::default()), None).into_response()
}

/// `POST /register`
pub(crate) async fn post(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, PageError> {
    let typed = Registration::of(&form);
    match register(&app, &typed).await {
        Ok(_) => Ok(see_other_with(&app, "/sign-in", &Flash::success("账号已开通，请登录。", "Your account is open. Sign in."))),
        Err(Halt::Refused(refusal)) => Ok(unprocessable(render(&app, &visitor, &typed, Some(&refusal)))),
        Err(fault @ Halt::Fault(_)) => Err(fault.into()),
    }
}

/// What is wrong with a field.
fn error(refusal: Option<&Refusal>, field: &str, lang: Lang) -> Option<ErrorMessage> {
    let found = refusal?.fields.iter().find(|wrong| wrong.field == field)?;
    Some(ErrorMessage::new(lang, sentence(found, lang)))
}

fn sentence(wrong: &runner::FieldRefusal, lang: Lang) -> &str {
    match lang {
        Lang::ZhHans => &wrong.zh,
        Lang::En => &wrong.en,
    }
}

fn summary(refusal: &Refusal, lang: Lang) -> ErrorSummary {
    if refusal.fields.is_empty() {
        return ErrorSummary::new(lang).error("name", refusal.sentence.get(lang));
    }
    refusal.fields.iter().fold(ErrorSummary::new(lang), |summary, wrong| summary.error(&wrong.field, sentence(wrong, lang)))
}

fn render(app: &App, visitor: &Visitor, typed: &Registration, refusal: Option<&Refusal>) -> Markup {
    let lang = visitor.lang;
    let title = Words("注册个人账号", "Register a personal account").get(lang);
    let input = |name: &'static str, label: Words, value: &str, purpose: &str| {
        Input::new(name, label.get(lang)).value(value).autocomplete(purpose).error(error(refusal, name, lang))
    };
    let body = html! {
        @if let Some(refusal) = refusal { (summary(refusal, lang)) }
        h1.govuk-heading-l { (title) }
        p.govuk-body { (PURPOSE.get(lang)) }
        form method="post" action="/register" novalidate {
            (form_fields(visitor))
            (input("name", Words("姓名", "Name"), &typed.name, "name").hint(Words("与身份证上的姓名一致", "As on the identity card").get(lang)))
            (input("identity_number", Words("公民身份号码", "Identity number"), &typed.identity_number, "off").width(20))
            (input("mobile", Words("手机号码", "Mobile number"), &typed.mobile, "tel").inputmode("tel").width(20))
            (input("address", Words("常住地址", "Address"), &typed.address, "street-address"))
            (input("login", Words("账号名", "Account name"), &typed.login, "username")
                .hint(Words(
                    "登录时使用，3至64个英文字母或数字，可以用手机号码",
                    "For signing in: 3 to 64 letters and digits; your mobile number will do",
                ).get(lang)))
            (PasswordInput::new(lang, "password", Words("密码", "Password").get(lang)).for_new_password().hint(password_hint(lang))
                .error(error(refusal, "password", lang)))
            (PasswordInput::new(lang, "password_again", Words("再次输入密码", "Password again").get(lang)).for_new_password()
                .error(error(refusal, "password_again", lang)))
            @if let Some(refusal) = refusal { p.govuk-body { (refusal.next_step.get(lang)) } }
            (Button::submit(Words("注册", "Register").get(lang)))
        }
        p.govuk-body { a.govuk-link href="/sign-in" { (Words("已有账号，去登录", "I have an account: sign in").get(lang)) } }
    };
    layout::citizen(&layout::Page { has_errors: refusal.is_some(), visitor: layout::Visitor::Hidden, ..frame(app, visitor, title) }, body)
}

/// 个人信息保护法 第十七条: who processes what, why and how long, before it is asked.
const PURPOSE: Words = Words(
    "这些信息用于核实身份和办理您申请的事项，加密保存，只在办理时使用；您可以随时查询、更正，或注销账号。",
    "These data serve to confirm who you are and to handle what you apply for. They are kept encrypted; you can see, correct and delete them.",
);
