//! My account: how I sign in, and where I am signed in.

use axum::extract::{Path, State};
use axum::response::Response;
use gate::{App, Citizen, Flash, Form, PageError, Who, form_fields, see_other_with};
use i18n::Lang;
use maud::{Markup, html};
use trust::queries::{AccountView, SessionView};
use trust::{RevokeSession, SessionId};
use ui::{SummaryList, SummaryRow, Tag, TagColour};

use super::view::{TEXTS, View, column, fill, moment, t};

const SESSIONS_SHOWN_MAX: usize = 20;

/// `GET /account`
pub(super) async fn get(State(app): State<App>, Citizen(visitor): Citizen) -> Result<Markup, PageError> {
    let who = visitor.signed_in.clone().ok_or(PageError::NotFound)?;
    let (id, now_ms) = (who.account.clone(), app.now_ms());
    let (account, sessions) = app.read(move |tx| Ok((trust::queries::account(tx, &id)?, trust::queries::sessions(tx, &id, now_ms)?))).await?;
    let account = account.ok_or(PageError::NotFound)?;
    let (lang, title) = (visitor.lang, t(visitor.lang, "account.title"));
    let body = html! {
        h1.govuk-heading-xl { (title) }
        (facts(lang, &who, &account))
        p.govuk-body { a.govuk-link href="/password" { (t(lang, "account.password")) } }
        p.govuk-body { a.govuk-link href="/act-for" { (t(lang, "account.act-for")) } }
        p.govuk-body { a.govuk-link href="/my-data" { (t(lang, "holdings.title")) } }
        p.govuk-body { a.govuk-link href="/consents" { (t(lang, "consents.title")) } }
        p.govuk-body { a.govuk-link href="/data-tracker/digests" { (t(lang, "digests.title")) } }
        h2.govuk-heading-l { (t(lang, "account.sessions")) }
        p.govuk-body { (t(lang, "account.sessions-explain")) }
        @for session in sessions.iter().take(SESSIONS_SHOWN_MAX) { (session_card(lang, &who, session, &form_fields(&visitor))) }
    };
    Ok(View::new(&app, &visitor, title).show(column(body)))
}

/// `POST /account/sessions/{session}/revoke`
pub(super) async fn post(State(app): State<App>, Citizen(visitor): Citizen, Path(session): Path<String>, _: Form) -> Result<Response, PageError> {
    let session = SessionId::parse(&session).map_err(|_| PageError::NotFound)?;
    app.execute(&visitor, None, RevokeSession { session }).await?;
    let text = TEXTS.text("account.revoked");
    Ok(see_other_with(&app, "/account", &Flash::success(text.zh, text.en)))
}

fn facts(lang: Lang, who: &Who, account: &AccountView) -> Markup {
    let level = match account.assurance {
        0 | 1 => "account.assurance-1",
        2 => "account.assurance-2",
        3 => "account.assurance-3",
        _ => "account.assurance-4",
    };
    html! {
        (SummaryList::new(vec![
            SummaryRow::new(t(lang, "account.name"), who.display_name.as_str()),
            SummaryRow::new(t(lang, "account.login"), who.login.as_str()),
            SummaryRow::new(t(lang, "account.assurance"), t(lang, level)),
        ]))
    }
}

/// Browser and system in two words, out of what a browser calls itself; cut short where neither is known.
fn browser_words(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 6] =
        [("MicroMessenger", "微信"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "curl")];
    const SYSTEMS: [(&str, &str); 6] =
        [("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];
    let find = |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (None, None) => agent.chars().take(40).collect(),
        (browser, system) => [browser, system].into_iter().flatten().collect::<Vec<_>>().join(" · "),
    }
}

fn session_card(lang: Lang, who: &Who, session: &SessionView, fields: &Markup) -> Markup {
    let is_this = session.id == who.session;
    let (tag, key) = match (is_this, session.live) {
        (true, _) => (TagColour::Green, "account.this-session"),
        (false, true) => (TagColour::Blue, "account.live"),
        (false, false) => (TagColour::Grey, "account.ended"),
    };
    html! {
        section.zs-session aria-label=(fill(lang, "account.session", &[("at", &moment(lang, session.opened_ms))])) {
            p.govuk-body {
                (Tag::new(tag, t(lang, key))) " "
                (fill(lang, "account.opened", &[("at", &moment(lang, session.opened_ms)), ("seen", &moment(lang, session.seen_ms))]))
                br; span.zs-quiet { (session.address) " " (browser_words(&session.browser)) }
            }
            @if session.live && !is_this {
                form method="post" action={ "/account/sessions/" (session.id.as_str()) "/revoke" } {
                    (fields)
                    button.zs-link-button type="submit" { (t(lang, "account.revoke")) span.govuk-visually-hidden { " " (moment(lang, session.opened_ms)) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_called_by_their_names() {
        let phone =
            "Mozilla/5.0 (Linux; Android 14; 2311DRK48C) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0";
        assert_eq!(browser_words(phone), "微信 · Android");
        assert_eq!(browser_words("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0"), "Edge · Windows");
        assert_eq!(browser_words(&"x".repeat(90)).len(), 40);
    }
}
