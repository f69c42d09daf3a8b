//! Signing out.

use axum::extract::State;
use axum::response::Response;
use runner::Halt;
use trust::{AccountKind, SignOut};
use web::SetCookie;

use crate::kept::{KEPT_COOKIE, OWNER_COOKIE};
use crate::visitor::SESSION_COOKIE;
use crate::{App, Flash, Form, PageError, Visitor, see_other_with};

/// `POST /sign-out`
pub(crate) async fn post(State(app): State<App>, visitor: Visitor, _form: Form) -> Result<Response, PageError> {
    let mut home = "/";
    if let Some(who) = &visitor.signed_in {
        if who.kind != AccountKind::Person {
            home = "/workspace/sign-in";
        }
        match app.run(visitor.actor.clone(), None, SignOut { session: who.session.clone() }).await {
            Ok(_) => {}
            Err(Halt::Refused(refusal)) => tracing::warn!(code = %refusal.code, "a sign-out was refused"),
            Err(fault @ Halt::Fault(_)) => return Err(fault.into()),
        }
    }
    let mut response = see_other_with(&app, home, &Flash::success("您已退出登录。", "You have signed out."));
    for name in [SESSION_COOKIE, OWNER_COOKIE, KEPT_COOKIE] {
        SetCookie::removed(name).set(response.headers_mut(), app.limits.https);
    }
    Ok(response)
}
