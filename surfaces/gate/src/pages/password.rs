//! Changing one's password.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use runner::{Halt, Refusal};
use seal::OsEntropy;
use trust::{ChangePassword, Password, PasswordState};
use ui::{Button, ErrorMessage, ErrorSummary, InsetText, PasswordInput, layout};

use super::sign_in::home_of;
use crate::{App, Flash, Form, PageError, Visitor, Who, Words, form_fields, frame, see_other_with, unprocessable};

/// `GET /password`
pub(crate) async fn get(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let who = signed_in(&visitor)?;
    Ok(render(&app, &visitor, who, None).into_response())
}

/// `POST /password`
pub(crate) async fn post(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, PageError> {
    let who = signed_in(&visitor)?;
    match change(&app, &visitor, who, &form).await {
        Ok(()) => Ok(see_other_with(
            &app,
            home_of(who.kind),
            &Flash::success("密码已修改。其他设备上的登录已退出。", "Your password was changed. Other devices were signed out."),
        )),
        Err(Halt::Refused(refusal)) => Ok(unprocessable(render(&app, &visitor, who, Some(&refusal)))),
        Err(fault @ Halt::Fault(_)) => Err(fault.into()),
    }
}

fn signed_in(visitor: &Visitor) -> Result<&Who, PageError> {
    let needed = || PageError::NeedsSignIn { staff: false, next: "/password".to_owned() };
    visitor.signed_in.as_ref().ok_or_else(needed)
}

async fn change(app: &App, visitor: &Visitor, who: &Who, form: &Form) -> Result<(), Halt> {
    let (present, new, again) = (form.get("present_password"), form.get("new_password"), form.get("new_password_again"));
    if new != again {
        return Err(not_the_same().into());
    }
    let (present, new) = (Password::new(present.unwrap_or_default()), Password::new(new.unwrap_or_default()));
    let (store, account, session) = (Arc::clone(&app.store), who.account.clone(), who.session.clone());
    let command = app.blocking(move || ChangePassword::prepare(&store, &account, &session, &present, &new, &mut OsEntropy)).await??;
    app.run(visitor.actor.clone(), None, command).await?;
    Ok(())
}

fn not_the_same() -> Refusal {
    Refusal::new("password-not-the-same", "两次输入的新密码不一样。", "The two new passwords are not the same.", "请重新输入。", "Type them again.")
}

fn render(app: &App, visitor: &Visitor, who: &Who, refusal: Option<&Refusal>) -> Markup {
    let lang = visitor.lang;
    let title = Words("修改密码", "Change your password").get(lang);
    let must = match who.password {
        PasswordState::Valid => None,
        PasswordState::Initial => {
            Some(Words("这是别人为您设置的初始密码，请先修改再使用。", "Somebody else gave you this password. Change it before you go on."))
        }
        PasswordState::Aged => Some(Words("密码已使用超过 90 天，请修改。", "Your password is older than 90 days. Change it.")),
    };
    let (present_error, new_error) = errors(refusal, lang);
    let body = html! {
        @if let Some(refusal) = refusal {
            (ErrorSummary::new(lang).error(if present_error.is_some() { "present_password" } else { "new_password" }, refusal.sentence.get(lang)))
        }
        h1.govuk-heading-l { (title) }
        @if let Some(must) = must { (InsetText { content: must.get(lang).into(), ..InsetText::default() }) }
        form method="post" action="/password" novalidate {
            (form_fields(visitor))
            (PasswordInput::new(lang, "present_password", Words("现在的密码", "Present password").get(lang)).error(present_error))
            (PasswordInput::new(lang, "new_password", Words("新密码", "New password").get(lang)).for_new_password()
                .hint(password_hint(lang)).error(new_error))
            (PasswordInput::new(lang, "new_password_again", Words("再次输入新密码", "New password again").get(lang)).for_new_password())
            (Button::submit(Words("修改密码", "Change password").get(lang)))
        }
    };
    layout::citizen(&layout::Page { has_errors: refusal.is_some(), ..frame(app, visitor, title) }, body)
}

fn errors(refusal: Option<&Refusal>, lang: i18n::Lang) -> (Option<ErrorMessage>, Option<ErrorMessage>) {
    let Some(refusal) = refusal else { return (None, None) };
    let message = Some(ErrorMessage::new(lang, refusal.sentence.get(lang)));
    if refusal.code == "present-password-wrong" { (message, None) } else { (None, message) }
}

pub(crate) fn password_hint(lang: i18n::Lang) -> &'static str {
    Words("至少 8 位，包含大写字母、小写字母、数字、符号中的三种", "At least 8 characters, of three kinds: capitals, small letters, digits, signs")
        .get(lang)
}
