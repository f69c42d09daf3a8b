//! Pages that need a person who has signed in.

use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use runner::Refusal;
use trust::{AccountKind, PasswordState};

use crate::{App, PageError, Visitor};

/// A visitor who has signed in with a personal account. Others are led to the sign-in page and back; what they typed is kept.
#[derive(Clone, Debug)]
pub struct Citizen(pub Visitor);

impl Deref for Citizen {
    type Target = Visitor;

    fn deref(&self) -> &Visitor {
        &self.0
    }
}

impl FromRequestParts<App> for Citizen {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let visitor = Visitor::from_request_parts(parts, app).await.unwrap_or_else(|never| match never {});
        let Some(who) = &visitor.signed_in else { return Err(PageError::NeedsSignIn { staff: false, next: visitor.back }) };
        match who.kind {
            AccountKind::Person => {}
            AccountKind::Staff | AccountKind::Admin => return Err(personal_account_needed().into()),
        }
        password_fits(who.password)?;
        Ok(Self(visitor))
    }
}

/// A first or aged password must be changed before anything else is done.
pub(crate) fn password_fits(state: PasswordState) -> Result<(), PageError> {
    match state {
        PasswordState::Valid => Ok(()),
        PasswordState::Initial | PasswordState::Aged => Err(PageError::Elsewhere("/password")),
    }
}

fn personal_account_needed() -> Refusal {
    Refusal::new(
        "personal-account-needed",
        "您现在用的是工作账号，不能办理个人事务。",
        "You are signed in with an account of your office; it does not serve for your own affairs.",
        "请退出登录，再用个人账号登录。",
        "Sign out, and sign in with your personal account.",
    )
}
