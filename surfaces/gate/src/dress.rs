//! The ring between routes and network: makes pages of problems, sets cookies, keeps forms.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use runner::Refusal;
use seal::{OsEntropy, hash};
use ui::layout::{self, Page, ProblemKind};
use ui::{BackLink, Button};
use web::{Problem, SetCookie, cookie};

use crate::error::{Refused, SignInWanted, sign_in_path};
use crate::flash::FLASH_COOKIE;
use crate::form::form_expired;
use crate::visitor::{PRE_COOKIE, SESSION_COOKIE, look};
use crate::{App, PageError, Visitor, Words, kept, see_other};

/// What form tokens are bound to before sign-in.
#[derive(Clone, Debug)]
pub(crate) struct PreSession(pub(crate) String);

pub(crate) async fn dress(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let fresh = fresh_pre_session(&headers);
    let pre = fresh.clone().or_else(|| cookie(&headers, PRE_COOKIE).map(str::to_owned));
    if let Some(pre) = pre {
        request.extensions_mut().insert(PreSession(pre));
    }
    let (parts, body) = request.into_parts();
    let look = look(&parts);
    let request = Request::from_parts(parts, body);
    let sends_file = kept::sends_file(&request);
    let (response, held) = match kept::hold(request).await {
        Ok((request, held)) => (next.run(request).await, held),
        Err(error) => (error.into_response(), None),
    };
    let response = with_form_kept(&app, &look.path, response, held.as_ref(), sends_file).await;
    let mut response = as_page(&app, &look, response);
    let cookies = cookies_after(&headers, &response, fresh, held.is_some_and(|held| held.is_sent_again()));
    for cookie in cookies {
        cookie.set(response.headers_mut(), app.limits.https);
    }
    response
}

/// A value for a visitor whose forms have nothing yet to be bound to.
fn fresh_pre_session(headers: &HeaderMap) -> Option<String> {
    let has = |name| cookie(headers, name).is_some_and(|value| !value.is_empty());
    (!has(SESSION_COOKIE) && !has(PRE_COOKIE)).then(|| hash::to_hex(&seal::random_bytes::<16>(&mut OsEntropy)))
}

fn cookies_after(headers: &HeaderMap, response: &Response, fresh: Option<String>, sent_again: bool) -> Vec<SetCookie> {
    let mut cookies = Vec::new();
    if let Some(fresh) = fresh.filter(|_| is_html(response)) {
        cookies.push(SetCookie::session(PRE_COOKIE, fresh));
    }
    if response.status() == StatusCode::OK && is_html(response) && cookie(headers, FLASH_COOKIE).is_some() {
        cookies.push(SetCookie::removed(FLASH_COOKIE));
    }
    if sent_again && response.status() == StatusCode::SEE_OTHER {
        cookies.push(SetCookie::removed(kept::KEPT_COOKIE));
    }
    cookies
}

fn is_html(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
}

/// Where somebody has to sign in and was sending a form, the form is kept and the sign-in page says so; of a file it says that it was not.
async fn with_form_kept(app: &App, path: &str, response: Response, held: Option<&kept::Held>, sends_file: bool) -> Response {
    let Some(wanted) = response.extensions().get::<SignInWanted>().cloned() else { return response };
    if sends_file {
        return see_other(&format!("{}&kept=no-file", sign_in_path(wanted.staff, &wanted.next)));
    }
    let Some(held) = held else { return response };
    match kept::keep(app, held, path).await {
        Some(cookie) => {
            let mut response = see_other(&format!("{}&kept=1", sign_in_path(wanted.staff, &wanted.next)));
            cookie.set(response.headers_mut(), app.limits.https);
            response
        }
        None => response,
    }
}

/// Problems become pages for people; programs get them as they are.
fn as_page(app: &App, look: &Visitor, response: Response) -> Response {
    let is_for_programs = look.path.starts_with("/api/") || look.path.starts_with("/metrics");
    let Some(problem) = response.extensions().get::<Problem>().cloned().filter(|_| !is_for_programs) else { return response };
    let refused = response.extensions().get::<Refused>().cloned().map(|refused| *refused.0);
    let refusal = refused.or_else(|| (problem.code == "form-forged").then(form_expired));
    let page = problem_page(app, look, &problem, refusal.as_ref());
    let mut dressed = (response.status(), page).into_response();
    for name in [header::RETRY_AFTER, header::ALLOW, header::SET_COOKIE] {
        for value in response.headers().get_all(&name) {
            dressed.headers_mut().append(name.clone(), value.clone());
        }
    }
    dressed
}

fn problem_page(app: &App, look: &Visitor, problem: &Problem, refusal: Option<&Refusal>) -> Markup {
    let site = if look.path.starts_with("/workspace") { &app.desk_site } else { &app.site };
    let page = Page {
        skin: look.skin,
        nonce: look.nonce.clone(),
        path: look.back.clone(),
        visitor: layout::Visitor::Hidden,
        ..Page::new(site, look.lang, String::new())
    };
    match refusal {
        Some(refusal) => refusal_page(page, look, refusal),
        None => layout::problem(&page, ProblemKind::from_status(problem.status), &look.request_id),
    }
}

/// Why the act was refused, on which basis, and what to do now; then shortly in the other language.
fn refusal_page(page: Page<'_>, look: &Visitor, refusal: &Refusal) -> Markup {
    let (lang, other) = (look.lang, look.lang.other());
    let sentence = refusal.sentence.get(lang);
    let page = Page { title: sentence.to_owned(), back: Some(BackLink::new(lang, back_path(&look.back))), ..page };
    let body = html! {
        div.zs-problem {
            h1.govuk-heading-l { (sentence) }
            @if !refusal.fields.is_empty() {
                ul.govuk-list.govuk-list--bullet {
                    @for field in &refusal.fields { li { (if lang == i18n::Lang::ZhHans { &field.zh } else { &field.en }) } }
                }
            }
            p.govuk-body { (refusal.next_step.get(lang)) }
            @if !refusal.basis.is_empty() { p.govuk-body-s { (Words("依据：", "Basis: ").get(lang)) (refusal.basis) } }
            (Button::link(Words("返回", "Go back").get(lang), back_path(&look.back)).secondary())
            div.zs-problem__other lang=(other.code()) {
                p.govuk-body-s { strong { (refusal.sentence.get(other)) } }
                p.govuk-body-s { (refusal.next_step.get(other)) }
            }
        }
    };
    layout::citizen(&page, body)
}

/// The page on which the form stood.
fn back_path(path: &str) -> &str {
    web::local_path(Some(path), "/")
}

/// For addresses at which there is nothing.
pub(crate) async fn nothing_here() -> PageError {
    PageError::NotFound
}

/// For addresses that serve other methods.
pub(crate) async fn other_method() -> PageError {
    PageError::Status(StatusCode::METHOD_NOT_ALLOWED)
}
