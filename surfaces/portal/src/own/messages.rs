//! Messages about my cases.

use axum::extract::State;
use axum::response::Redirect;
use cases::queries::{Message, case_resource, mark_messages_read, messages_of};
use gate::{App, Citizen, Form, PageError, Visitor, form_fields};
use i18n::Lang;
use maud::{Markup, html};
use runner::Halt;
use trust::{Scope, visible};
use ui::{Button, Tag, TagColour};

use super::view::{View, column, moment, moment_iso, t};

const SHOWN_MAX: u32 = 100;

/// `GET /messages`
pub(super) async fn get(State(app): State<App>, Citizen(visitor): Citizen) -> Result<Markup, PageError> {
    let messages = load(&app, &visitor).await?;
    let (lang, title) = (visitor.lang, t(visitor.lang, "messages.title"));
    let any_new = messages.iter().any(|message| message.read_ms.is_none());
    let body = html! {
        h1.govuk-heading-xl { (title) }
        @if messages.is_empty() { p.govuk-body { (t(lang, "messages.none")) } }
        @if any_new { form method="post" action="/messages" { (form_fields(&visitor)) (Button::submit(t(lang, "messages.read-all")).secondary()) } }
        ul.govuk-list.zs-messages { @for message in &messages { (item(lang, message)) } }
    };
    Ok(View::new(&app, &visitor, title).show(column(body)))
}

/// `POST /messages`: all read.
pub(super) async fn post(State(app): State<App>, Citizen(visitor): Citizen, _: Form) -> Result<Redirect, PageError> {
    let (party, now_ms) = (visitor.party().unwrap_or_default().to_owned(), app.now_ms());
    let store = std::sync::Arc::clone(&app.store);
    app.blocking(move || store.write(move |tx| mark_messages_read(tx, &party, now_ms).map_err(Halt::from))).await??;
    Ok(Redirect::to("/messages"))
}

/// The messages of the party now acted for, about cases which the visitor may see.
async fn load(app: &App, visitor: &Visitor) -> Result<Vec<Message>, PageError> {
    let (actor, scope) = (visitor.actor.clone(), Scope::for_case_list(&visitor.actor));
    app.read(move |tx| {
        let mut shown = Vec::new();
        for message in messages_of(tx, actor.acting_party().unwrap_or_default(), SHOWN_MAX)? {
            let resource = case_resource(tx, &actor, &message.case)?;
            if resource.is_some_and(|resource| visible(&scope, &resource)) {
                shown.push(message);
            }
        }
        Ok(shown)
    })
    .await
}

fn item(lang: Lang, message: &Message) -> Markup {
    html! {
        li.zs-message {
            p.govuk-body-s {
                time datetime=(moment_iso(message.at_ms)) { (moment(lang, message.at_ms)) }
                @if message.read_ms.is_none() { " " (Tag::new(TagColour::Turquoise, t(lang, "messages.new"))) }
            }
            p.govuk-body { (message.text.get(lang)) }
            p.govuk-body {
                a.govuk-link href={ "/cases/" (message.case) } {
                    (t(lang, "messages.case")) span.govuk-visually-hidden { " " (message.text.get(lang)) }
                }
            }
        }
    }
}
