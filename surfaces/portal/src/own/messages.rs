//! Messages about my cases, and about datasets I follow.

use axum::extract::State;
use axum::response::Redirect;
use cases::queries::{Message, case_resource, mark_messages_read, messages_of};
use gate::{App, Citizen, Form, PageError, Visitor, form_fields};
use i18n::Lang;
use maud::{Markup, html};
use opendata::queries::{Notice, mark_notices_read, notices};
use runner::Halt;
use store::Tx;
use trust::{Scope, visible};
use ui::{Button, Tag, TagColour};

use super::view::{View, column, moment, moment_iso, t};

const SHOWN_MAX: u32 = 100;

/// `GET /messages`
pub(super) async fn get(State(app): State<App>, Citizen(visitor): Citizen) -> Result<Markup, PageError> {
    let (messages, notices) = load(&app, &visitor).await?;
    let (lang, title) = (visitor.lang, t(visitor.lang, "messages.title"));
    let any_new = messages.iter().any(|message| message.read_ms.is_none()) || notices.iter().any(|notice| notice.read_ms.is_none());
    let body = html! {
        h1.govuk-heading-xl { (title) }
        @if messages.is_empty() && notices.is_empty() { p.govuk-body { (t(lang, "messages.none")) } }
        @if any_new { form method="post" action="/messages" { (form_fields(&visitor)) (Button::submit(t(lang, "messages.read-all")).secondary()) } }
        ul.govuk-list.zs-messages { @for message in &messages { (item(lang, message)) } }
        @if !notices.is_empty() {
            h2.govuk-heading-m { (t(lang, "messages.datasets")) }
            ul.govuk-list.zs-messages { @for notice in &notices { (renewed(lang, notice)) } }
        }
    };
    Ok(View::new(&app, &visitor, title).show(column(body)))
}

/// `POST /messages`: all read.
pub(super) async fn post(State(app): State<App>, Citizen(visitor): Citizen, _: Form) -> Result<Redirect, PageError> {
    let (party, account, now_ms) = (visitor.party().unwrap_or_default().to_owned(), visitor.actor.account.clone(), app.now_ms());
    let store = std::sync::Arc::clone(&app.store);
    let read = move |tx: &mut Tx<'_>| {
        mark_messages_read(tx, &party, now_ms)?;
        mark_notices_read(tx, &account, now_ms).map_err(Halt::from)
    };
    app.blocking(move || store.write(read)).await??;
    Ok(Redirect::to("/messages"))
}

/// The messages of the party now acted for, about cases which the visitor may see; and new releases of the datasets that the account follows.
async fn load(app: &App, visitor: &Visitor) -> Result<(Vec<Message>, Vec<Notice>), PageError> {
    let (actor, scope) = (visitor.actor.clone(), Scope::for_case_list(&visitor.actor));
    app.read(move |tx| {
        let mut shown = Vec::new();
        for message in messages_of(tx, actor.acting_party().unwrap_or_default(), SHOWN_MAX)? {
            let resource = case_resource(tx, &actor, &message.case)?;
            if resource.is_some_and(|resource| visible(&scope, &resource)) {
                shown.push(message);
            }
        }
        let notices = notices(tx, &actor.account, SHOWN_MAX)?;
        Ok((shown, notices))
    })
    .await
}

fn item(lang: Lang, message: &Message) -> Markup {
    html! {
        li.zs-message {
            (told(lang, message.at_ms, message.read_ms))
            p.govuk-body { (message.text.get(lang)) }
            p.govuk-body {
                a.govuk-link href={ "/cases/" (message.case) } {
                    (t(lang, "messages.case")) span.govuk-visually-hidden { " " (message.text.get(lang)) }
                }
            }
        }
    }
}

fn renewed(lang: Lang, notice: &Notice) -> Markup {
    let release = &notice.release;
    html! {
        li.zs-message {
            (told(lang, notice.at_ms, notice.read_ms))
            p.govuk-body {
                a.govuk-link href={ "/data/" (release.slug) } { (release.metadata.title.get(lang)) }
                " " (t(lang, "messages.release")) " " (release.number)
            }
            p.govuk-body { (release.changes.get(lang)) }
        }
    }
}

/// When it was told, and whether it is new.
fn told(lang: Lang, at_ms: i64, read_ms: Option<i64>) -> Markup {
    html! {
        p.govuk-body-s {
            time datetime=(moment_iso(at_ms)) { (moment(lang, at_ms)) }
            @if read_ms.is_none() { " " (Tag::new(TagColour::Turquoise, t(lang, "messages.new"))) }
        }
    }
}
