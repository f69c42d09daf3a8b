//! Messages about the caller's cases.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use cases::queries::{mark_messages_read, messages_of};
use gate::App;
use runner::{ActorKind, Refusal, Resource};

use crate::body::{Asked, Maybe};
use crate::caller::{Caller, Member};
use crate::dto::{Empty, MessageOf, MessageQuery, Messages};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

const PAGE_SIZE: u32 = 50;
const PAGE_SIZE_MAX: u32 = 100;

pub(super) fn routes(api: Api) -> Api {
    api.on(
        Operation::get("/messages", "listMessages")
            .is(Tag::Parties, "case.list", "消息", "Messages about the caller's cases")
            .query::<MessageQuery>()
            .answers::<Messages>(),
        list,
    )
    .on(
        Operation::post("/messages/read", "markMessagesRead")
            .is(Tag::Parties, "case.list", "把消息都标为已读", "Mark all messages as read")
            .body::<Empty>("{}")
            .optional()
            .empty(),
        read,
    )
}

/// The party whose messages these are. Messages name cases of all items, so an authorisation for some items does not open them.
fn reader(app: &App, caller: &Caller) -> Result<String, ApiError> {
    let party = caller.actor.acting_party().filter(|_| caller.actor.kind == ActorKind::Person);
    let party = party.map(str::to_owned).ok_or_else(Refusal::not_permitted)?;
    caller.must(app, "case.read", &Resource { party: Some(party.clone()), ..Resource::of("case") })?;
    Ok(party)
}

async fn list(State(app): State<App>, Member(caller): Member, Asked(asked): Asked<MessageQuery>) -> Result<Json<Messages>, ApiError> {
    let party = reader(&app, &caller)?;
    let size = asked.page_size.unwrap_or(PAGE_SIZE).clamp(1, PAGE_SIZE_MAX);
    let found = app.query(move |tx| Ok(messages_of(tx, &party, size)?)).await?;
    let messages: Vec<MessageOf> = found.into_iter().map(MessageOf::from).collect();
    let unread = messages.iter().filter(|message| !message.read).count();
    Ok(Json(Messages { messages, unread }))
}

async fn read(State(app): State<App>, Member(caller): Member, _: Maybe<Empty>) -> Result<StatusCode, ApiError> {
    let (party, now_ms, store) = (reader(&app, &caller)?, app.now_ms(), std::sync::Arc::clone(&app.store));
    app.blocking(move || store.write(move |tx| mark_messages_read(tx, &party, now_ms))).await??;
    Ok(StatusCode::NO_CONTENT)
}
