//! Forms, with the check that they come from our own pages.

use std::ops::Deref;

use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use maud::{Markup, html};
use runner::Refusal;
use web::{Fields, Upload, UploadLimits, UploadedFile, cookie, read_form, read_upload};

use crate::visitor::{PRE_COOKIE, SESSION_COOKIE};
use crate::{App, PageError, Visitor};

pub(crate) const CSRF_FIELD: &str = "_csrf";
pub(crate) const KEY_FIELD: &str = "_key";
pub(crate) const FORM_BYTES_MAX: usize = 1024 * 1024;

/// The fields of a form without files, checked to come from our own pages. Take it last in a handler's arguments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form(pub Vec<(String, String)>);

impl Form {
    /// The first value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a field without outer spaces; empty when it is missing.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default().trim()
    }

    /// All values of a field.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The idempotency key that [`form_fields`] put into the form.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        self.get(KEY_FIELD).filter(|key| !key.is_empty() && key.len() <= 64).map(str::to_owned)
    }

    /// The fields that people filled in: without those whose names begin with `_`.
    pub fn typed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter(|(name, _)| !name.starts_with('_')).map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl FromRequest<App> for Form {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        let headers = request.headers().clone();
        let fields = read_form(request, FORM_BYTES_MAX).await?;
        check_token(app, &headers, &fields)?;
        Ok(Self(fields.0))
    }
}

/// A form with files, checked to come from our own pages. Take it last in a handler's arguments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UploadForm {
    /// Fields without file.
    pub fields: Form,
    /// The files; controls left empty are not among them.
    pub files: Vec<UploadedFile>,
}

impl FromRequest<App> for UploadForm {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        let headers = request.headers().clone();
        let Upload { fields, files } = read_upload(request, UploadLimits::default()).await?;
        check_token(app, &headers, &fields)?;
        Ok(Self { fields: Form(fields.0), files })
    }
}

/// The hidden fields every form of ours carries: the token, and the idempotency key.
#[must_use]
pub fn form_fields(visitor: &Visitor) -> Markup {
    html! {
        input type="hidden" name=(CSRF_FIELD) value=(visitor.csrf);
        input type="hidden" name=(KEY_FIELD) value=(visitor.form_key());
    }
}

fn check_token(app: &App, headers: &HeaderMap, fields: &Fields) -> Result<(), PageError> {
    if token_fits(app, headers, fields.get(CSRF_FIELD).unwrap_or_default()) { Ok(()) } else { Err(form_expired().into()) }
}

/// A token is bound to the session; before sign-in, to the cookie that precedes one.
pub(crate) fn token_fits(app: &App, headers: &HeaderMap, token: &str) -> bool {
    [SESSION_COOKIE, PRE_COOKIE].into_iter().filter_map(|name| cookie(headers, name)).any(|bound_to| app.form_key.accepts(bound_to, token))
}

pub(crate) fn form_expired() -> Refusal {
    Refusal::new(
        "form-expired",
        "无法确认这份表单来自本网站的页面，或者页面已经过期，没有提交。",
        "We could not make sure that this form came from a page of this site, or the page was too old. Nothing was sent.",
        "请返回上一页，刷新页面后重新提交；浏览器需要允许本网站使用 Cookie。",
        "Go back, reload the page and send the form again. Your browser has to accept cookies of this site.",
    )
}

impl Deref for UploadForm {
    type Target = Form;

    fn deref(&self) -> &Form {
        &self.fields
    }
}
